import { eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { advanceMoves, spendAdvances } from '../../db/schema'

export type AdvanceRow = typeof spendAdvances.$inferSelect

/** What was handed out of an advance, and what of it is still out: neither settled nor returned. */
export async function outOf(db: Database, advanceId: bigint): Promise<{ given: bigint; out: bigint }> {
  const [row] = await db
    .select({
      given:
        sql`coalesce(sum(case ${advanceMoves.kind} when 'given' then ${advanceMoves.amountVnd} when 'given_undone' then -${advanceMoves.amountVnd} end), 0)::bigint`.mapWith(
          BigInt,
        ),
      out: sql`advance_out(${advanceId})`.mapWith(BigInt),
    })
    .from(advanceMoves)
    .where(eq(advanceMoves.advanceId, advanceId))
  return row ?? { given: 0n, out: 0n }
}

/** Writes down what happened to the money of an advance; the table refuses what does not add up. */
export const writeMove = (tx: Transaction, move: typeof advanceMoves.$inferInsert) => tx.insert(advanceMoves).values(move)

/** What is out of the advances of a spend, together. */
export async function outOfSpend(db: Database, spendId: bigint): Promise<bigint> {
  const [row] = await db
    .select({ out: sql`coalesce(sum(advance_out(${spendAdvances.id})), 0)::bigint`.mapWith(BigInt) })
    .from(spendAdvances)
    .where(eq(spendAdvances.spendId, spendId))
  return row?.out ?? 0n
}
