import { sql, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { findLeading, guessTogether, sumLines } from './leading'
import type { LineFilter, LineSort, LineTotals, Standing } from './model'
import { goesOn, inOrder, isByDay } from './order'
import { inAmounts, inDays, inTerms, isPlain, isWanted, LINES, onlyWord, readWanted, type Wanted } from './wanted'

/** How far each way of finding lines goes before another is tried. */
export interface SearchLimits {
  /** So many lines are gathered and put in order. */
  few: number
  /** So many are met in the order asked for before what has several terms at once is gathered. */
  first: number
  /** So many at a time after that, and in so many steps, for one answer. */
  step: number
  steps: number
  /** So many are met to say how many there are at least. */
  counted: number
}

const LIMITS: SearchLimits = { few: 10_000, first: 10_000, step: 20_000, steps: 3, counted: 10_000 }

export interface Found {
  /** In the order asked for. */
  standings: Standing[]
  /** After which line the next stretch begins, found or only met; null at the end. */
  next: Standing | null
  /** Exact sums of all; or how many there are at least. */
  totals: LineTotals | { atLeast: number }
}

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
 * leads: they are gathered, and their sums are exact. Where everything asked for is common, lines are met in the order asked
 * for, which soon fills a stretch; where it does not, because what is common is seldom together, the index of terms says
 * who has all. Whatever is asked for, no answer meets more than some ten thousand lines: a stretch may be shorter for it.
 */
export async function searchLines(db: Database, filter: LineFilter, stretch: Stretch): Promise<Found> {
  return db.transaction(
    async (tx) => {
      // No plan of a search reads a whole table, or is worth compiling.
      await tx.execute(
        sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), set_config('statement_timeout', '10000', true)`,
      )
      const wanted = await readWanted(tx, filter)
      if (!wanted) return { standings: [], next: null, totals: { lines: 0, inVnd: 0n, outVnd: 0n, movedVnd: 0n } }
      return search(tx, wanted, { limits: LIMITS, isCounted: true, ...stretch })
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

async function search(tx: Transaction, wanted: Wanted, stretch: Required<Stretch>): Promise<Found> {
  const { first, step, steps, few } = stretch.limits
  const leading = isPlain(wanted.filter) ? null : await findLeading(tx, wanted, few)
  const gathered = leading && (await gather(tx, wanted, stretch, leading))
  if (gathered) return gathered
  const guess = await guessTogether(tx, wanted)
  const terms = guess === null ? undefined : inTerms(wanted)
  const isSeldom = guess !== null && guess <= few
  const seldom = terms && isSeldom ? await gather(tx, wanted, stretch, terms) : null
  if (seldom) return seldom
  const near = await meet(tx, wanted, stretch, [first])
  const isDone = near.isFull || near.isEnd
  const together = terms && !isSeldom && !isDone ? await gather(tx, wanted, stretch, terms) : null
  if (together) return together
  const met = isDone
    ? near
    : await meet(
        tx,
        wanted,
        stretch,
        Array.from({ length: steps }, () => step),
        near,
      )
  const standings = met.standings.slice(0, stretch.size)
  return {
    standings,
    next: met.isFull ? (standings.at(-1) ?? null) : met.isEnd ? null : met.last,
    totals: stretch.isCounted ? await totalsOf(tx, wanted, stretch, terms && (isSeldom || !isDone) ? few : 0) : { atLeast: 0 },
  }
}

/** Gathers what an index leads to, adds it up and puts it in order; null where it is more than a few. */
async function gather(
  tx: Transaction,
  wanted: Wanted,
  { sort, after, size, limits }: Required<Stretch>,
  leading: SQL,
): Promise<Found | null> {
  // A fence, so that what leads does lead.
  const found = sql`select l.id, l.day, l.amount_vnd, l.direction, l.is_move from (select * from ${LINES} where ${leading} offset 0) as l
    where ${isWanted(wanted)} limit ${limits.few + 1}`
  const rows = await tx
    .select({ ...STANDING, ...TOTALS })
    .from(
      sql`(with found as materialized (${found}),
          stretch as (select l.id, l.day, l.amount_vnd from found l where ${goesOn(sort, after)} order by ${inOrder(sort)} limit ${size + 1})
        select * from (select ${ADDED_UP} from found l) as totals left join stretch on true) as l`,
    )
    .orderBy(inOrder(sort))
  const [totals] = rows
  if (!totals || totals.lines > limits.few) return null
  const all = rows.flatMap(standingOf)
  const standings = all.slice(0, size)
  const { lines, inVnd, outVnd, movedVnd } = totals
  return { standings, next: all.length > size ? (standings.at(-1) ?? null) : null, totals: { lines, inVnd, outVnd, movedVnd } }
}

interface Met {
  standings: Standing[]
  /** The last line that was looked at. */
  last: Standing | null
  isFull: boolean
  isEnd: boolean
}

/** Meets lines in their order, so many at each step, until a stretch is full. */
async function meet(
  tx: Transaction,
  wanted: Wanted,
  { sort, after, size }: Required<Stretch>,
  steps: readonly number[],
  before: Met = { standings: [], last: after, isFull: false, isEnd: false },
): Promise<Met> {
  let { standings, last } = before
  for (const step of steps) {
    const along = walk(wanted, sort, last, step)
    // Read no further than it is full.
    const hits = await tx
      .select({ id: sql`l.id`.mapWith(BigInt), day: sql<string>`l.day::text`, amountVnd: sql`l.amount_vnd`.mapWith(BigInt) })
      .from(
        sql`(select l.* from (${along}) as l where ${isWanted(wanted)} order by ${inOrder(sort)} limit ${size + 1 - standings.length}) as l`,
      )
      .orderBy(inOrder(sort))
    standings = [...standings, ...hits]
    if (standings.length > size) return { standings, last, isFull: true, isEnd: false }
    const [edge] = await tx.select({ ...STANDING, met: sql`l.met`.mapWith(Number) }).from(
      sql`(with met as materialized (select l.id, l.day, l.amount_vnd from (${along}) as l)
        select met.*, (select count(*) from met) as met from met order by ${inOrder(sort, { isReversed: true, alias: 'met' })} limit 1) as l`,
    )
    last = (edge && standingOf(edge)[0]) ?? last
    if ((edge?.met ?? 0) < step) return { standings, last, isFull: false, isEnd: true }
  }
  return { standings, last, isFull: false, isEnd: false }
}

/** The next lines of an order, along the index that has fewest of others among them. */
function walk({ filter }: Wanted, sort: LineSort, after: Standing | null, most: number): SQL {
  const { lineId, direction } = filter
  const along = lineId !== null ? sql`l.line_id = ${lineId}` : direction === 'out' ? sql`l.direction = 'out'` : sql`true`
  const within = isByDay(sort) ? sql`${along} and ${inDays(filter) ?? sql`true`}` : (inAmounts(filter) ?? sql`true`)
  return sql`select l.* from ${LINES} where ${within} and ${goesOn(sort, after)} order by ${inOrder(sort)} limit ${most}`
}

/** What a result that was not gathered comes to: exactly where it was counted beforehand, or is met whole. @param known so many there are */
async function totalsOf(tx: Transaction, wanted: Wanted, { sort, limits }: Required<Stretch>, known: number): Promise<Found['totals']> {
  const { filter } = wanted
  if (filter.words.length === 0 && filter.code === null && filter.leastVnd === null && filter.mostVnd === null) return sumLines(tx, filter)
  const only = await onlyWord(tx, wanted)
  if (only) return only
  if (known > 0) return { atLeast: known }
  const [row] = await tx.select({ ...TOTALS, met: sql`met`.mapWith(Number) }).from(
    sql`(with met as materialized (${walk(wanted, sort, null, limits.counted)})
        select ${ADDED_UP}, (select count(*) from met) as met from met l where ${isWanted(wanted)}) as totals`,
  )
  if (!row) throw new Error('lines were not counted')
  const { met, ...totals } = row
  return met < limits.counted ? totals : { atLeast: totals.lines }
}

const ADDED_UP = sql`count(*) as lines,
  coalesce(sum(l.amount_vnd) filter (where l.direction = 'in' and not l.is_move), 0)::bigint as in_vnd,
  coalesce(sum(l.amount_vnd) filter (where l.direction = 'out' and not l.is_move), 0)::bigint as out_vnd,
  greatest(coalesce(sum(l.amount_vnd) filter (where l.direction = 'in' and l.is_move), 0),
    coalesce(sum(l.amount_vnd) filter (where l.direction = 'out' and l.is_move), 0))::bigint as moved_vnd`
const TOTALS = {
  lines: sql`lines`.mapWith(Number),
  ...{ inVnd: sql`in_vnd`.mapWith(BigInt), outVnd: sql`out_vnd`.mapWith(BigInt), movedVnd: sql`moved_vnd`.mapWith(BigInt) },
}
/** Null where a result has no line after that one. */
const STANDING = {
  id: sql<string | null>`l.id::text`,
  day: sql<string | null>`l.day::text`,
  amountVnd: sql<string | null>`l.amount_vnd::text`,
}

const standingOf = ({ id, day, amountVnd }: { id: string | null; day: string | null; amountVnd: string | null }): Standing[] =>
  id === null || day === null || amountVnd === null ? [] : [{ id: BigInt(id), day, amountVnd: BigInt(amountVnd) }]
