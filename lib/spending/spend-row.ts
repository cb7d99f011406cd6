import { asc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { deliveryUnits, spendItems, spendPayments, spendRefunds, spends } from '../../db/schema'
import { rangesOf, type Range, type SpendItem } from './model'

export type SpendRow = typeof spends.$inferSelect

/** A spend with what became of it, locked until the transaction ends. */
export interface LockedSpend {
  spend: SpendRow
  items: (SpendItem & { range: Range; deliveredUnits: number })[]
  paidVnd: bigint
  /** What suppliers gave back, in order. */
  returned: Range[]
}

/** Finds and locks a spend; whoever changes it or records what became of it goes through here. */
export async function lockSpend(tx: Transaction, spendId: bigint): Promise<LockedSpend | null> {
  const [spend] = await tx.select().from(spends).where(eq(spends.id, spendId)).for('update')
  if (!spend) return null
  const rows = await tx.select().from(spendItems).where(eq(spendItems.spendId, spendId)).orderBy(asc(spendItems.position))
  const [paid] = await tx
    .select({ vnd: sql`coalesce(max(${spendPayments.toVnd}), 0)::bigint`.mapWith(BigInt) })
    .from(spendPayments)
    .where(eq(spendPayments.spendId, spendId))
  const returned = await tx
    .select({ fromVnd: spendRefunds.fromVnd, toVnd: spendRefunds.toVnd })
    .from(spendRefunds)
    .where(eq(spendRefunds.spendId, spendId))
    .orderBy(asc(spendRefunds.fromVnd))
  const delivered = await tx
    .select({ position: deliveryUnits.position, units: sql`max(${deliveryUnits.toUnit})`.mapWith(Number) })
    .from(deliveryUnits)
    .where(eq(deliveryUnits.spendId, spendId))
    .groupBy(deliveryUnits.position)
  const ranges = rangesOf(rows)
  const unitsOf = new Map(delivered.map(({ position, units }) => [position, units]))
  return {
    spend,
    items: rows.map((row) => ({
      ...row,
      range: ranges.get(row.position) ?? { fromVnd: 0n, toVnd: 0n },
      deliveredUnits: unitsOf.get(row.position) ?? 0,
    })),
    paidVnd: paid?.vnd ?? 0n,
    returned,
  }
}
