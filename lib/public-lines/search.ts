import { max, min, sql, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { publicLineProgress, publicLineTotals } from '../../db/schema'
import { counting, findLeading, guessTogether, monthsOf, sumLines, type Have } from './leading'
import { meet, walk, type Met } from './meet'
import type { LineFilter, LineSort, LineTotals, Standing } from './model'
import { goesOn, inOrder, isByDay } from './order'
import { classWanted, inTerms, isPlain, isSummed, isWanted, LINES, onlyWord, readWanted, type Wanted } from './wanted'
import { ADDED_UP, STANDING, standingOf, TOTALS } from './told'
import { lookThroughBands } from './bands'
import { lookThroughMonths } from './months'

/** How far each way of finding lines goes before another is tried. */
export interface SearchLimits {
  /** So many lines are gathered and put in order, where it is known that there are no more; of days, which lie side by side, twice as many. */
  few: number
  /** So many, where it is only guessed. */
  guessed: number
  /** So many are met in the order asked for to see how often it is met. */
  first: number
  /** So many at a time after that, and in so many steps, for one answer. */
  step: number
  steps: number
  /** So many of what is wanted are enough of what is gathered part by part of an order, in so many turns for one answer. */
  enough: number
  turns: number
  /** So many are met to say how many there are at least. */
  counted: number
}

const LIMITS: SearchLimits = { few: 10_000, guessed: 4_000, first: 2_000, step: 8_000, steps: 2, enough: 200, turns: 6, counted: 5_000 }

const NOTHING: LineTotals = { lines: 0, inVnd: 0n, outVnd: 0n, movedInVnd: 0n, movedOutVnd: 0n }

export interface Found extends Looked {
  /** Whether more words or codes begin as was typed than are looked for: what is found is not all there is. */
  isCut: boolean
}

interface Looked {
  /** In the order asked for. */
  standings: Standing[]
  /** After which line the next stretch begins, found or only met; null at the end. */
  next: Standing | null
  /** Exact sums of all; or how many there are at least. */
  totals: LineTotals | { atLeast: number }
}

/** What was found, and up to which place in public order lines were kept at that moment. */
type FoundAt = Found & { size: bigint }

/** A stretch of a result. */
export interface Stretch {
  sort: LineSort
  after: Standing | null
  size: number
  /** Whether it is told what all of the result comes to; told where left out. */
  isCounted?: boolean
  limits?: SearchLimits
}

/**
 * Finds a stretch of lines, in any order and at any depth, among many millions (docs/decisions/0053). What few lines have
 * leads: they are gathered, and their sums are exact. Of the rest the next lines in the order asked for say how often it is
 * met. What is common soon fills a stretch; what is sparse is looked for part by part of the order, month by month or band
 * by band of sums, where one index knows what a part has. Whatever is asked for, no answer reads more than some tens of
 * thousands of lines: a stretch may be shorter for it.
 */
export const searchLines = (db: Database, filter: LineFilter, stretch: Stretch): Promise<FoundAt> =>
  inSearch(db, async (tx) => {
    const [kept] = await tx.select().from(publicLineProgress)
    const size = kept?.nextPosition ?? 0n
    const have = counting(tx)
    const whole = await withBothDays(tx, filter)
    const wanted = await readWanted(tx, whole, await monthsOf(whole, have))
    if (!wanted) return { standings: [], next: null, totals: NOTHING, size, isCut: false }
    const { isCut } = wanted
    const result = await search(tx, wanted, have, { limits: LIMITS, isCounted: true, ...stretch })
    // Of what begins alike only some was looked for.
    return { ...result, size, isCut, ...(isCut && 'lines' in result.totals && { totals: { atLeast: result.totals.lines } }) }
  })

/** Whether a search leaves out lines, as more words or codes begin as was typed than are looked for. */
export const isCutSearch = async (db: Database, filter: LineFilter): Promise<boolean> =>
  (await readWanted(db, filter, null))?.isCut === true

/** So many of the newest entries are looked at for what came since. */
const MOST_SINCE = 10_000

/**
 * What lines of a result come to whose entries came into the log from a size on: that came later, or are told anew by a later entry.
 * @returns null where more lines came since than are looked at
 */
export const sumSince = (db: Database, filter: LineFilter, size: bigint): Promise<LineTotals | null> =>
  inSearch(db, async (tx) => {
    const wanted = await readWanted(tx, filter, null)
    if (!wanted) return NOTHING
    const since = sql`select l.* from ${LINES} where l.id >= ${size}::bigint order by l.id limit ${MOST_SINCE + 1}`
    const { met, totals } = await addUp(tx, wanted, since)
    return met > MOST_SINCE || wanted.isCut ? null : totals
  })

/** Looks at lines as they stand at one moment. No plan of a search reads a whole table, or is worth compiling. */
const inSearch = <Result>(db: Database, look: (tx: Transaction) => Promise<Result>): Promise<Result> =>
  db.transaction(
    async (tx) => {
      await tx.execute(
        sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), set_config('statement_timeout', '10000', true)`,
      )
      return look(tx)
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )

/** A filter that begins or ends with a day, with the other end where lines end: the months between them are terms. */
async function withBothDays(tx: Transaction, filter: LineFilter): Promise<LineFilter> {
  if ((filter.from === null) === (filter.to === null)) return filter
  const [days] = await tx.select({ first: min(publicLineTotals.day), last: max(publicLineTotals.day) }).from(publicLineTotals)
  return { ...filter, from: filter.from ?? days?.first ?? null, to: filter.to ?? days?.last ?? null }
}

async function search(tx: Transaction, wanted: Wanted, have: Have, stretch: Required<Stretch>): Promise<Looked> {
  const { first, step, steps, few, guessed } = stretch.limits
  const { filter } = wanted
  // A class may be of no line of an account, a pot or a direction: these are not walked through for it.
  if (filter.class !== null && isSummed(filter) && (await have(filter)) === 0) return { standings: [], next: null, totals: NOTHING }
  const leading = isPlain(filter) ? null : await findLeading(tx, wanted, have, few)
  const gathered = leading && (await gather(tx, wanted, stretch, leading, few))
  if (gathered) return gathered
  const guess = await guessTogether(wanted, have)
  const terms = guess && inTerms(wanted)
  const near = await meet(tx, wanted, stretch, [first])
  const meetOn = (from: Met) => meet(tx, wanted, stretch, Array<number>(steps).fill(step), from)
  if (near.isEnd) return found(tx, wanted, stretch, near)
  if (!terms) return found(tx, wanted, stretch, near.isFull ? near : await meetOn(near))
  // How often it is met says more than a guess: words of one phrase are together.
  const met = near.standings.length / first
  const isGuessedFew = guess.terms > 1 && guess.lines <= guessed && met * guess.all <= few
  const isSeldom = isGuessedFew || (near.standings.length === 0 && isOfOthers(wanted))
  const together = isSeldom ? await gather(tx, wanted, stretch, terms, guessed) : null
  if (together) return together
  const known = isSeldom ? guessed : 0
  if (near.isFull) return found(tx, wanted, stretch, near, known)
  const looked = isByDay(stretch.sort)
    ? await lookThroughMonths(tx, wanted, stretch, near, Math.max(guess.share, met))
    : await lookThroughBands(tx, wanted, stretch, near)
  return found(tx, wanted, stretch, looked.isDense ? await meetOn(looked) : looked, Math.max(known, looked.seen))
}

/** Whether words are looked for among what is no gift. Most of that has none, so that no guess from how often each is met holds. */
const isOfOthers = ({ filter, words, anyOf }: Wanted): boolean => classWanted(filter) !== null && (words !== null || anyOf !== null)

/** What was found along an order, with what all of it comes to. @param known so many there are, at least */
async function found(tx: Transaction, wanted: Wanted, stretch: Required<Stretch>, met: Met, known = 0): Promise<Looked> {
  const standings = met.standings.slice(0, stretch.size)
  return {
    standings,
    next: met.isFull ? (standings.at(-1) ?? null) : met.isEnd ? null : met.last,
    totals: stretch.isCounted ? await totalsOf(tx, wanted, stretch, known) : { atLeast: 0 },
  }
}

/** Gathers what an index leads to, adds it up and puts it in order; null where it is more than the most. */
async function gather(
  tx: Transaction,
  wanted: Wanted,
  { sort, after, size }: Required<Stretch>,
  leading: SQL,
  most: number,
): Promise<Looked | null> {
  // A fence, so that what leads does lead.
  const found = sql`select l.id, l.day, l.amount_vnd, l.direction, l.is_move from (select * from ${LINES} where ${leading} offset 0) as l
    where ${isWanted(wanted)} limit ${most + 1}`
  const rows = await tx
    .select({ ...STANDING, ...TOTALS })
    .from(
      sql`(with found as materialized (${found}),
          stretch as (select l.id, l.day, l.amount_vnd from found l where ${goesOn(sort, after)} order by ${inOrder(sort)} limit ${size + 1})
        select * from (select ${ADDED_UP} from found l) as totals left join stretch on true) as l`,
    )
    .orderBy(inOrder(sort))
  const [totals] = rows
  if (!totals || totals.lines > most) return null
  const all = rows.flatMap(standingOf)
  const standings = all.slice(0, size)
  const { lines, inVnd, outVnd, movedInVnd, movedOutVnd } = totals
  const next = all.length > size ? (standings.at(-1) ?? null) : null
  return { standings, next, totals: { lines, inVnd, outVnd, movedInVnd, movedOutVnd } }
}

/** What a result that was not gathered comes to: exactly where it was counted beforehand, or is met whole. @param known so many there are */
async function totalsOf(tx: Transaction, wanted: Wanted, { sort, limits }: Required<Stretch>, known: number): Promise<Found['totals']> {
  if (isSummed(wanted.filter)) return sumLines(tx, wanted.filter)
  const only = await onlyWord(tx, wanted)
  if (only) return only
  if (known > 0) return { atLeast: known }
  const { met, totals } = await addUp(tx, wanted, sql`${walk(wanted, sort, null)} limit ${limits.counted}`)
  return met < limits.counted ? totals : { atLeast: totals.lines }
}

/** Adds up what is wanted of some lines. @returns how many these were, as well */
async function addUp(tx: Transaction, wanted: Wanted, some: SQL): Promise<{ met: number; totals: LineTotals }> {
  const [row] = await tx.select({ ...TOTALS, met: sql`met`.mapWith(Number) }).from(
    sql`(with met as materialized (${some})
        select ${ADDED_UP}, (select count(*) from met) as met from met l where ${isWanted(wanted)}) as totals`,
  )
  if (!row) throw new Error('lines were not counted')
  const { met, ...totals } = row
  return { met, totals }
}
