import { and, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import type { Met } from './meet'
import type { LineSort, Standing } from './model'
import { goesOn, inOrder } from './order'
import { STANDING, standingOf } from './told'
import { inTerms, isWanted, LINES, type Wanted } from './wanted'

/** Lines that are gathered at most, how many are enough for a turn, and how many turns there are. */
export interface PartLimits {
  few: number
  enough: number
  turns: number
}

/** What was looked through. */
export interface LookedThrough extends Met {
  /** So many that are wanted were seen, of the stretch and beyond. */
  seen: number
  /** Whether what comes next has so many that lines met in their order fill a stretch sooner. */
  isDense: boolean
}

/** The next parts of an order that are looked through at once. */
export interface Parts {
  /** What the index of terms knows of them. */
  within: SQL | undefined
  /** What a line of them is, exactly. */
  exactly: SQL | undefined
  /** Where what comes after them goes on. */
  edge: Standing
  isOne: boolean
}

/** So many times more than enough is gathered of several parts. */
const OFTENER = 8
/** After all lines of a day, in the order of their numbers. */
export const LAST_ID = 2n ** 53n - 1n

/**
 * Looks for what is sparse part by part of an order: the index of terms says what of it a part has, so that only that is
 * read and put in order.
 * @param before what was met of the stretch already
 * @param next the parts that come next; null where there are none
 * @param heard is told what was found in them, or that they have too much of it
 */
export async function lookThroughParts(
  tx: Transaction,
  wanted: Wanted,
  { sort, size, limits }: { sort: LineSort; size: number; limits: PartLimits },
  before: Met,
  { next, heard }: { next: () => Parts | null; heard: (of: number, isTooMuch: boolean) => void },
): Promise<LookedThrough> {
  const standings = [...before.standings]
  let { last } = before
  let seen = standings.length
  for (let turn = 0; turn < limits.turns; turn++) {
    const parts = next()
    if (!parts) return { standings, last, isFull: false, isEnd: true, seen, isDense: false }
    const most = parts.isOne ? limits.few : Math.min(limits.few, OFTENER * limits.enough)
    const { rows, of } = await gatherParts(tx, wanted, { sort, after: last, most, size: size + 1 - standings.length }, parts)
    if (of > most && parts.isOne) return { standings, last, isFull: false, isEnd: false, seen, isDense: true }
    heard(of, of > most)
    if (of > most) continue
    standings.push(...rows)
    seen += of
    if (standings.length > size) return { standings, last, isFull: true, isEnd: false, seen, isDense: false }
    last = parts.edge
  }
  // Where nothing was settled, the order itself leads on.
  return { standings, last, isFull: false, isEnd: next() === null, seen, isDense: last === before.last }
}

/** Gathers what is wanted of parts. @returns the first of it in its order, and how much there is, counted no further than one beyond the most */
async function gatherParts(
  tx: Transaction,
  wanted: Wanted,
  { sort, after, most, size }: { sort: LineSort; after: Standing | null; most: number; size: number },
  { within, exactly }: Parts,
): Promise<{ rows: Standing[]; of: number }> {
  // A fence, so that the terms lead.
  const rows = await tx
    .select({ ...STANDING, of: sql`"of"`.mapWith(Number) })
    .from(
      sql`(with found as materialized (select l.id, l.day, l.amount_vnd from (select * from ${LINES} where ${and(inTerms(wanted), within)} offset 0) as l
          where ${and(isWanted(wanted), exactly, goesOn(sort, after))} limit ${most + 1})
        select l.*, (select count(*) from found) as "of" from found l order by ${inOrder(sort)} limit ${size}) as l`,
    )
    .orderBy(inOrder(sort))
  return { rows: rows.flatMap(standingOf), of: rows[0]?.of ?? 0 }
}
