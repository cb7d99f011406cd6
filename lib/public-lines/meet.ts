import { sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import type { LineSort, Standing } from './model'
import { goesOn, inOrder, isByDay } from './order'
import { STANDING, standingOf } from './told'
import { inAmounts, inDays, isWanted, LINES, type Wanted } from './wanted'

/** What was met along an order. */
export interface Met {
  /** One more than a stretch has room for, where there are so many. */
  standings: Standing[]
  /** The last line that was looked at. */
  last: Standing | null
  isFull: boolean
  isEnd: boolean
}

/**
 * Meets lines in their order, so many at each step, until a stretch is full.
 * @param before what was met of the stretch already
 */
export async function meet(
  tx: Transaction,
  wanted: Wanted,
  { sort, after, size }: { sort: LineSort; after: Standing | null; size: number },
  steps: readonly number[],
  before: Met = { standings: [], last: after, isFull: false, isEnd: false },
): Promise<Met> {
  let { standings, last } = before
  for (const step of steps) {
    const along = walk(wanted, sort, last)
    // Read no further than it is full.
    const hits = await tx
      .select(STANDING)
      .from(
        sql`(select l.* from (${along} limit ${step}) as l where ${isWanted(wanted)} order by ${inOrder(sort)} limit ${size + 1 - standings.length}) as l`,
      )
      .orderBy(inOrder(sort))
    standings = [...standings, ...hits.flatMap(standingOf)]
    if (standings.length > size) return { standings, last, isFull: true, isEnd: false }
    // The index of the order knows its numbers, and is counted off alone.
    const [edge] = await tx
      .select(STANDING)
      .from(LINES)
      .where(sql`l.id = (select l.id from (${along} offset ${step - 1} limit 1) as l)`)
    last = (edge && standingOf(edge)[0]) ?? last
    if (!edge) return { standings, last, isFull: false, isEnd: true }
  }
  return { standings, last, isFull: false, isEnd: false }
}

/** The next lines of an order, along the index that has fewest of others among them. */
export function walk({ filter }: Wanted, sort: LineSort, after: Standing | null): SQL {
  const { lineId, direction } = filter
  const along = lineId !== null ? sql`l.line_id = ${lineId}` : direction === 'out' ? sql`l.direction = 'out'` : sql`true`
  const within = isByDay(sort) ? sql`${along} and ${inDays(filter) ?? sql`true`}` : (inAmounts(filter) ?? sql`true`)
  return sql`select l.* from ${LINES} where ${within} and ${goesOn(sort, after)} order by ${inOrder(sort)}`
}
