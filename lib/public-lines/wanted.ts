import { and, between, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { campaigns, pledges, publicLines, publicLineWords } from '../../db/schema'
import type { Day } from '../time/day'
import { ALL_POTS, beginning, classTerm, facet, monthTerm, LONGEST_WORD, SHORT, type LineFilter, type LineTotals } from './model'

/** A filter as the database is asked: what was typed has become numbers. */
export interface Wanted {
  filter: LineFilter
  /** Words that a line must have, and how many lines have each; null where no word was typed. */
  words: { ids: readonly number[]; have: readonly number[]; rarest: number } | null
  /** Words of which a line must have one, being those that begin as was typed, and how many lines have them; null where none must. */
  anyOf: { ids: readonly number[]; have: number } | null
  /** Pledges of which a line must be: of a code, or those whose codes begin so; null where none must. */
  pledgeIds: readonly bigint[] | null
  /** Months of its days, as terms; null where so many lines are of them that to ask for each helps nothing. */
  months: readonly number[] | null
  /** Whether more words or codes begin as was typed than are looked for: what is found is not all there is. */
  isCut: boolean
}

/** So many words that begin alike are looked for: those that most lines have. */
const MOST_ALIKE = 500
/** So many codes that begin alike are looked for. */
const MOST_CODES = 1_000
/** Symbols of a whole code, and the last of those it has. */
const CODE_LENGTH = 9
const LAST_SYMBOL = 'Z'
/** So many are compared one with another. */
const FEW_WORDS = 16

/**
 * @param months of its days, where these are worth asking for
 * @returns null where nothing can be found: a word that no line has, a code that nobody has
 */
export async function readWanted(db: Database, filter: LineFilter, months: Wanted['months']): Promise<Wanted | null> {
  const pledgeIds = filter.code === null ? null : await pledgesOf(db, filter.code)
  if (pledgeIds?.length === 0) return null
  const isCut = pledgeIds !== null && pledgeIds.length > MOST_CODES
  const rest = { filter, pledgeIds: pledgeIds?.slice(0, MOST_CODES) ?? null, months, words: null, anyOf: null, isCut }
  const last = filter.words.at(-1)?.slice(0, LONGEST_WORD)
  if (last === undefined) return rest
  const whole = new Set(filter.words.slice(0, -1).map((word) => word.slice(0, LONGEST_WORD)))
  if (last.length <= SHORT) whole.add(beginning(last))
  const known = await db
    .select({ id: publicLineWords.id, lines: publicLineWords.lines })
    .from(publicLineWords)
    .where(sql`${publicLineWords.word} = any(${sql.param([...whole])}::text[])`)
  if (known.length < whole.size) return null
  const words = wordsOf(known)
  if (last.length <= SHORT) return { ...rest, words }
  const alike = await db
    .select({ id: publicLineWords.id, lines: publicLineWords.lines })
    .from(publicLineWords)
    // '~' comes after all letters and digits.
    .where(and(gte(publicLineWords.word, last), lt(publicLineWords.word, `${last}~`)))
    .orderBy(sql`${publicLineWords.lines} desc`)
    .limit(MOST_ALIKE + 1)
  if (alike.length === 0) return null
  if (alike.length === 1) return { ...rest, words: wordsOf([...known, ...alike]) }
  const some = alike.slice(0, MOST_ALIKE)
  const anyOf = { ids: some.map(({ id }) => id), have: some.reduce((sum, { lines }) => sum + lines, 0) }
  return { ...rest, words, anyOf, isCut: isCut || alike.length > MOST_ALIKE }
}

function wordsOf(known: readonly { id: number; lines: number }[]): Wanted['words'] {
  const have = known.map(({ lines }) => lines)
  return known.length === 0 ? null : { ids: known.map(({ id }) => id), have, rarest: Math.min(...have) }
}

/** Pledges of a code, or of codes that begin so, and one more than are looked for: in any collation between the first and the last. */
async function pledgesOf(db: Database, code: string): Promise<bigint[]> {
  const found = await db
    .select({ id: pledges.id })
    .from(pledges)
    .where(between(pledges.code, code, code.padEnd(CODE_LENGTH, LAST_SYMBOL)))
    .limit(MOST_CODES + 1)
  return found.map(({ id }) => id)
}

/** That a line, `l`, is of one of these pledges. */
export const isOfPledges = (ids: readonly bigint[]): SQL => sql`l.pledge_id = any(${sql.param(ids.map(String))}::bigint[])`

/** That a line, `l`, has all of these terms. */
export const hasAll = (ids: readonly number[]): SQL | undefined => (ids.length === 0 ? undefined : sql`l.terms @> ${sql.param(ids)}::int[]`)
/** Of many words each line's own are looked up among them; compared one with another it would take long. */
const hasOne = (ids: readonly number[], isMet = false): SQL =>
  isMet && ids.length > FEW_WORDS
    ? sql`exists (select from unnest(l.terms) as term where term = any(${sql.param(ids)}::int[]))`
    : sql`l.terms && ${sql.param(ids)}::int[]`

/** The number among terms of the class that is asked for; null where none is that has one. */
export const classWanted = ({ class: is }: LineFilter): number | null => (is === null ? null : classTerm(is))

/** That a line, `l`, has the words, and is of the pot, the commune, the class and the months, in terms of the one index that knows them all. */
export const inTerms = ({ filter, words, anyOf, months }: Wanted): SQL | undefined =>
  and(
    hasAll([
      ...(words?.ids ?? []),
      ...(filter.lineId === null ? [] : [facet('pot', filter.lineId)]),
      ...(filter.unitId === null ? [] : [facet('commune', filter.unitId)]),
      ...[classWanted(filter)].filter((term) => term !== null),
    ]),
    anyOf === null ? undefined : hasOne(anyOf.ids),
    months === null ? undefined : hasOne(months),
  )

/** That a line, `l`, is of one of the months that begin on these days, in terms. */
export const inMonths = (firsts: readonly Day[]): SQL => hasOne(firsts.map(monthTerm))

/** That the sum of a line, `l`, is in one of these bands (`bands.ts`), as the index of terms knows them. */
export const inBands = (bands: readonly number[]): SQL =>
  sql`(array[length(l.amount_vnd::text) * 10 + left(l.amount_vnd::text, 1)::int]) && ${sql.param(bands)}::int[]`

export const inDays = ({ from, to }: LineFilter): SQL | undefined =>
  and(from === null ? undefined : sql`l.day >= ${from}::date`, to === null ? undefined : sql`l.day <= ${to}::date`)

export const inAmounts = ({ leastVnd, mostVnd }: LineFilter): SQL | undefined =>
  and(
    leastVnd === null ? undefined : sql`l.amount_vnd >= ${leastVnd}::bigint`,
    mostVnd === null ? undefined : sql`l.amount_vnd <= ${mostVnd}::bigint`,
  )

/** All of what is wanted of a line, `l`. */
export function isWanted(wanted: Wanted): SQL {
  const { filter, words, anyOf, pledgeIds } = wanted
  const { fundId, account, lineId, unitId, direction, class: is, entry } = filter
  const all = and(
    inDays(filter),
    inAmounts(filter),
    ...[fundId === null ? undefined : sql`l.fund_id = ${fundId}`, direction === null ? undefined : sql`l.direction = ${direction}`],
    is === null ? undefined : sql`l.class = ${is}`,
    account === null
      ? undefined
      : 'channel' in account
        ? sql`l.channel = ${account.channel}`
        : sql`l.receiving_account_id = ${account.receivingAccountId}`,
    ...[lineId === null ? undefined : sql`l.line_id = ${lineId}`, unitId === null ? undefined : hasAll([facet('commune', unitId)])],
    ...[words === null ? undefined : hasAll(words.ids), anyOf === null ? undefined : hasOne(anyOf.ids, true)],
    ...[pledgeIds === null ? undefined : isOfPledges(pledgeIds), entry === null ? undefined : sql`l.id = ${entry}::bigint`],
  )
  return all ?? sql`true`
}

/** Whether what a filter comes to was counted beforehand: it has no words, amounts, code or entry. */
export const isSummed = ({ words, code, entry, leastVnd, mostVnd }: LineFilter): boolean =>
  words.length === 0 && [code, entry, leastVnd, mostVnd].every((one) => one === null)

/** Whether nothing is asked for. */
export const isPlain = ({ words, ...others }: LineFilter): boolean =>
  words.length === 0 && Object.values(others).every((one) => one === null)

/** What all lines of one word come to, where nothing else is asked for: moves have no words. */
export async function onlyWord(db: Database, { filter, words, anyOf }: Wanted): Promise<LineTotals | null> {
  const ids = [...(words?.ids ?? []), ...(anyOf?.ids ?? [])]
  if (!isPlain({ ...filter, words: [] }) || ids.length !== 1) return null
  const [row] = await db
    .select()
    .from(publicLineWords)
    .where(eq(publicLineWords.id, ids[0] ?? 0))
  return row ? { lines: row.lines, inVnd: row.vnd - row.outVnd, outVnd: row.outVnd, movedInVnd: 0n, movedOutVnd: 0n } : null
}

/** The rows of `public_line_totals` that a filter without words, amounts or code comes to: its sums are exact. */
export function inSums({ from, to, fundId, account, lineId, unitId, direction, class: is }: LineFilter): SQL | undefined {
  return and(
    ...[from === null ? undefined : sql`s.day >= ${from}::date`, to === null ? undefined : sql`s.day <= ${to}::date`],
    ...[fundId === null ? undefined : sql`s.fund_id = ${fundId}`, direction === null ? undefined : sql`s.direction = ${direction}`],
    is === null ? undefined : sql`s.class = ${is}`,
    account === null
      ? undefined
      : 'channel' in account
        ? sql`s.channel = ${account.channel}`
        : sql`s.receiving_account_id = ${account.receivingAccountId}`,
    lineId !== null ? sql`s.line_id = ${lineId}` : unitId === null ? sql`s.line_id = ${ALL_POTS}` : undefined,
    unitId === null ? undefined : sql`s.line_id in (select c.line_id from ${campaigns} c where c.unit_id = ${unitId})`,
  )
}

/** Lines, as `l`. */
export const LINES = sql`${publicLines} l`
