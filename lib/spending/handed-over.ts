import { and, inArray, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { deliveries, deliveryUnits } from '../../db/schema'
import { FEWEST_CHILDREN } from '../few'

/** How many units of each item of some spends are handed over, by "spend position". Units are handed over in order. */
export async function handedOver(db: Database, spendIds: readonly bigint[]): Promise<Map<string, number>> {
  if (spendIds.length === 0) return new Map()
  const rows = await db
    .select({
      ...{ spendId: deliveryUnits.spendId, position: deliveryUnits.position },
      units: sql`max(${deliveryUnits.toUnit})`.mapWith(Number),
    })
    .from(deliveryUnits)
    .where(inArray(deliveryUnits.spendId, [...spendIds]))
    .groupBy(deliveryUnits.spendId, deliveryUnits.position)
  return new Map(rows.map(({ spendId, position, units }) => [`${spendId} ${position}`, units]))
}

/**
 * Of some spends those of which a part went to fewer than five children. What is handed over of them is told only as a whole: each
 * part that is told would tell, taken off what was bought, how much went to those few (money.md §8).
 */
export async function untoldSpends(db: Database, spendIds: readonly bigint[]): Promise<Set<bigint>> {
  if (spendIds.length === 0) return new Set()
  const rows = await db
    .selectDistinct({ spendId: deliveries.spendId })
    .from(deliveries)
    .where(and(inArray(deliveries.spendId, [...spendIds]), lt(deliveries.children, FEWEST_CHILDREN)))
  return new Set(rows.map(({ spendId }) => spendId))
}
