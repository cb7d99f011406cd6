import { inArray, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { deliveryUnits } from '../../db/schema'

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
