import { eq, inArray, sql } from 'drizzle-orm'
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

/** A receipt that was taken back, in its line's units. */
interface TakenBack {
  kind: string
  lineId: number | null
  units: bigint | null
}

/** Takes receipts that were taken back off what their lines have received; where these end stays. */
export async function takeGoodsBack(tx: Transaction, placed: readonly TakenBack[]): Promise<void> {
  for (const { kind, lineId, units } of placed) {
    if (kind !== 'goods_reversed') continue
    if (lineId === null || units === null) throw new Error('goods are taken back of no line')
    await tx
      .update(goodsTotals)
      .set({ reversedUnits: sql`${goodsTotals.reversedUnits} + ${units}`, receipts: sql`${goodsTotals.receipts} - 1` })
      .where(eq(goodsTotals.lineId, lineId))
  }
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
