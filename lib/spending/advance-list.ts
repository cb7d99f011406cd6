import { and, asc, inArray, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { spendAdvances } from '../../db/schema'
import type { Day } from '../time/day'

/** An advance of a spend, for its fund's people: who holds it is nobody else's business. */
export interface Advance {
  id: bigint
  spendId: bigint
  amountVnd: bigint
  /** Handed out, and neither settled nor returned. */
  outVnd: bigint
  /** What of it was settled, and came back. */
  settledVnd: bigint
  returnedVnd: bigint
  /** When the bank handed it out; null while it waits for its line. */
  givenOn: Day | null
  dueOn: Day
  heldBy: string
}

const moved = (kinds: [plus: string, minus: string]) =>
  sql`coalesce((select sum(case m.kind when ${kinds[0]} then m.amount_vnd else -m.amount_vnd end) from advance_moves m
    where m.advance_id = spend_advances.id and m.kind in (${kinds[0]}, ${kinds[1]})), 0)::bigint`.mapWith(BigInt)

/** Advances of spends, in the order in which they were written down; none that was dropped. */
export async function listAdvances(db: Database, spendIds: readonly bigint[]): Promise<Advance[]> {
  if (spendIds.length === 0) return []
  const rows = await db
    .select({
      ...{ id: spendAdvances.id, spendId: spendAdvances.spendId, amountVnd: spendAdvances.amountVnd },
      ...{ dueOn: spendAdvances.dueOn, heldBy: spendAdvances.heldBy },
      outVnd: sql`advance_out(spend_advances.id)`.mapWith(BigInt),
      settledVnd: moved(['settled', 'settled']),
      returnedVnd: moved(['returned', 'returned_undone']),
      givenVnd: moved(['given', 'given_undone']),
      lastGivenOn: sql<Day | null>`(select max(m.happened_on)::text from advance_moves m where m.advance_id = spend_advances.id and m.kind = 'given')`,
    })
    .from(spendAdvances)
    .where(and(inArray(spendAdvances.spendId, [...spendIds]), isNull(spendAdvances.droppedAt)))
    .orderBy(asc(spendAdvances.id))
  return rows.map(({ givenVnd, lastGivenOn, ...advance }) => ({ ...advance, givenOn: givenVnd > 0n ? lastGivenOn : null }))
}
