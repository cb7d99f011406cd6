import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import { disclosures, giverLists, givers, giverSums, giverWords } from '../../db/schema'
import { fold } from '../i18n/fold'
import { listName, type GiverKind } from './model'

/** How far each way of finding several words goes before the next is tried. */
export interface SearchLimits {
  /** So many who have a word are counted, to know which is the rarest. */
  counted: number
  /** So many who have the rarest are met in the order of a list, before the index of all names is asked. */
  met: number
  /** Names that have all words, no more than this, are put in order one by one. */
  few: number
}

const LIMITS: SearchLimits = { counted: 5_000, met: 1_000, few: 2_000 }
const MOST_WORDS = 8

/** The words of a name that were typed, without marks; none where nothing was typed that could be one. */
export const wordsOf = (name: string): string[] => fold(name).split(' ').filter(Boolean).slice(0, MOST_WORDS)

/** A name that may be shown and has the words, the last of them or its beginning, for a row that was come by in another way. */
export const hasWords = (words: readonly string[]): SQL | undefined => {
  const spaced = sql`(' ' || ${disclosures.folded} || ' ')`
  return and(
    eq(disclosures.field, 'name'),
    eq(disclosures.review, 'shown'),
    // They are letters and digits alone.
    ...words.map((word, index) => sql`${spaced} like ${index === words.length - 1 ? `% ${word}%` : `% ${word} %`}`),
  )
}

/** A list of givers, and where in it a stretch begins: after a sum and a giver. */
export interface GiverList {
  scope: string
  year: number
  kind: GiverKind
  after: { amountVnd: bigint; giverId: bigint } | null
}

/** Where a giver stands in a list. */
export interface Standing {
  giverId: bigint
  amountVnd: bigint
}

/**
 * Who of a list has a name with the words, all of them whole but the last, of which a beginning is enough; most first,
 * so many at most. One word is met in its own order and nobody else is. Of several, who has the rarest is met in its
 * order; where thousands of them lack the others, the index of all names says who has all.
 */
export async function findNamed(
  db: Database,
  list: GiverList,
  words: readonly string[],
  size: number,
  limits = LIMITS,
): Promise<Standing[]> {
  const whole = words.slice(0, -1)
  const beginning = words.at(-1) ?? ''
  if (whole.length === 0) return findByBeginning(db, list, beginning, size)
  const rarest = await rarestOf(db, list, whole, limits.counted)
  const met = await meet(db, list, { rarest: rarest.word, whole, beginning }, size, limits.met)
  if (met.length === size || rarest.have <= limits.met) return met
  const few = await fewNamed(db, words, limits.few)
  return few ? standings(db, list, few, size) : meet(db, list, { rarest: rarest.word, whole, beginning }, size, null)
}

/** The number of a list, as one value of a statement; there is none while nobody stands in it. */
export const listIdOf = (list: Omit<GiverList, 'after'>): SQL => sql`(select id from ${giverLists} where name = ${listName(list)})`

const ofList = (list: GiverList): SQL => sql`w.list_id = ${listIdOf(list)}`
// As one row, so that the index leads there however many gave the same.
const goesOn = (alias: SQL, { after }: GiverList): SQL =>
  after ? sql` and (${alias}.amount_vnd, ${alias}.giver_id) < (${after.amountVnd}, ${after.giverId})` : sql``

/** One index look-up for each word that begins so, and each of these words brings no more than are asked for. */
async function findByBeginning(db: Database, list: GiverList, beginning: string, size: number): Promise<Standing[]> {
  // '~' comes after all letters and digits.
  const begins = sql`${ofList(list)} and w.word < ${`${beginning}~`}`
  return read(
    db,
    sql`with recursive words(word) as (
        (select w.word from ${giverWords} w where ${begins} and w.word >= ${beginning} order by w.word limit 1)
        union all
        select (select w.word from ${giverWords} w where ${begins} and w.word > words.word order by w.word limit 1) from words where words.word is not null
      )
      select distinct one.amount_vnd, one.giver_id from words cross join lateral (
        select w.amount_vnd, w.giver_id from ${giverWords} w where ${ofList(list)} and w.word = words.word${goesOn(sql`w`, list)}
        order by w.amount_vnd desc, w.giver_id desc limit ${size}) as one
      where words.word is not null order by one.amount_vnd desc, one.giver_id desc limit ${size}`,
  )
}

/** Which of the words the fewest have in a list, and how many: counted no further than is asked for. */
async function rarestOf(db: Database, list: GiverList, words: readonly string[], most: number): Promise<{ word: string; have: number }> {
  const rows = await db
    .select({ word: sql<string>`given.word`, have: sql`counted.have`.mapWith(Number) })
    .from(
      sql`unnest(${sql.param(words)}::text[]) as given(word) cross join lateral (select count(*) as have from (
        select from ${giverWords} w where ${ofList(list)} and w.word = given.word limit ${most + 1}) as met) as counted`,
    )
    .orderBy(sql`counted.have`)
    .limit(1)
  return rows[0] ?? { word: '', have: 0 }
}

/** Who has a word, met in its order, of them those who have all. @param most so many are met; null for everybody */
async function meet(
  db: Database,
  list: GiverList,
  { rarest, whole, beginning }: { rarest: string; whole: readonly string[]; beginning: string },
  size: number,
  most: number | null,
): Promise<Standing[]> {
  return read(
    db,
    sql`select met.amount_vnd, met.giver_id from (
        select w.amount_vnd, w.giver_id from ${giverWords} w where ${ofList(list)} and w.word = ${rarest}${goesOn(sql`w`, list)}
        order by w.amount_vnd desc, w.giver_id desc limit ${most}) as met
      join ${givers} g on g.id = met.giver_id
      where g.words @> ${sql.param(whole)}::text[] and exists (select from unnest(g.words) as word where starts_with(word, ${beginning}))
      order by met.amount_vnd desc, met.giver_id desc limit ${size}`,
  )
}

/** Looks in the index of words for the pledges whose names have all; null where there are more than a few. */
async function fewNamed(db: Database, words: readonly string[], most: number): Promise<bigint[] | null> {
  const query = sql`to_tsquery('simple', ${words.map((word, index) => (index === words.length - 1 ? `${word}:*` : word)).join(' & ')})`
  const rows = await db
    .select({ pledgeId: disclosures.pledgeId })
    .from(disclosures)
    .where(
      sql`${disclosures.field} = 'name' and ${disclosures.review} = 'shown' and to_tsvector('simple', ${disclosures.folded}) @@ ${query}`,
    )
    .limit(most + 1)
  return rows.length > most ? null : rows.map(({ pledgeId }) => pledgeId)
}

/** Where those stand in a list whose names are of these pledges. */
const standings = (db: Database, list: GiverList, pledgeIds: readonly bigint[], size: number): Promise<Standing[]> =>
  read(
    db,
    sql`select w.amount_vnd, w.giver_id from ${givers} join ${giverSums} w on w.giver_id = ${givers.id}
      where ${isAnyOf(givers.pledgeId, pledgeIds)} and ${ofList(list)} and w.amount_vnd > 0${goesOn(sql`w`, list)}
      order by w.amount_vnd desc, w.giver_id desc limit ${size}`,
  )

const read = (db: Database, found: SQL): Promise<Standing[]> =>
  db
    .select({ giverId: sql`giver_id`.mapWith(BigInt), amountVnd: sql`amount_vnd`.mapWith(BigInt) })
    .from(sql`(${found}) as found`)
    .orderBy(sql`amount_vnd desc, giver_id desc`)
