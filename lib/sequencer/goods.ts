import { inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { goodsIntervals, goodsTotals } from '../../db/schema'
import type { GoodsInterval } from '../money-line/lay'

/** Where lines of goods end so far, in their units. Lines of money are not among them. */
export async function goodsLineEnds(tx: Transaction, lineIds: number[]): Promise<[lineId: number, end: bigint][]> {
  const rows = await tx
    .select({ lineId: goodsTotals.lineId, end: goodsTotals.receivedUnits })
    .from(goodsTotals)
    .where(inArray(goodsTotals.lineId, lineIds))
  return rows.map(({ lineId, end }) => [lineId, end])
}

/** Lays goods that came on their lines, and adds them to what these have received. */
export async function layGoods(tx: Transaction, laid: GoodsInterval[]): Promise<void> {
  if (laid.length === 0) return
  await tx.insert(goodsIntervals).values(laid)
  const totals = [...Map.groupBy(laid, ({ lineId }) => lineId)].map(([lineId, own]) => ({
    lineId,
    receivedUnits: own.reduce((sum, { startUnit, endUnit }) => sum + endUnit - startUnit, 0n),
    receipts: own.length,
  }))
  await tx
    .insert(goodsTotals)
    .values(totals)
    .onConflictDoUpdate({
      target: goodsTotals.lineId,
      set: {
        receivedUnits: sql`${goodsTotals.receivedUnits} + excluded.received_units`,
        receipts: sql`${goodsTotals.receipts} + excluded.receipts`,
      },
    })
}
