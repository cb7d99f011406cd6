import { sql } from 'drizzle-orm'
import { bigint, check, date, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { campaigns } from './campaigns'
import { moment } from './columns'
import { ownEvent } from './events'
import { wordsSql } from './folded'
import { administrativeUnits } from './places'
import { spendItems, spends } from './spending'

/** What a spend became: goods or a service handed over. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    slug: text('slug').notNull().unique(),
    spendId: bigint('spend_id', { mode: 'bigint' })
      .notNull()
      .references(() => spends.id),
    campaignId: integer('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => administrativeUnits.id),
    /** A school or a health station; never a class or a home. */
    placeVi: text('place_vi').notNull(),
    placeEn: text('place_en').notNull(),
    deliveredOn: date('delivered_on', { mode: 'string' }).notNull(),
    /** Fewer than five are never told as a number (money.md §8). */
    children: integer('children').notNull(),
    noteVi: text('note_vi').notNull(),
    noteEn: text('note_en').notNull(),
    eventId: ownEvent(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    reportedBy: text('reported_by').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('deliveries_campaign').on(t.campaignId, t.id),
    index('deliveries_unit').on(t.unitId, t.id),
    index('deliveries_spend').on(t.spendId),
    index('deliveries_words').using('gin', wordsSql(sql`place_vi || ' ' || place_en`)),
    check('deliveries_children', sql`${t.children} > 0`),
  ],
)

/** The units [from, to) of an item that a delivery handed over: each is handed over once. Never updated, never deleted. */
export const deliveryUnits = pgTable(
  'delivery_units',
  {
    deliveryId: bigint('delivery_id', { mode: 'bigint' })
      .notNull()
      .references(() => deliveries.id),
    spendId: bigint('spend_id', { mode: 'bigint' }).notNull(),
    position: integer('position').notNull(),
    fromUnit: integer('from_unit').notNull(),
    toUnit: integer('to_unit').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.deliveryId, t.position] }),
    foreignKey({
      name: 'delivery_units_item',
      columns: [t.spendId, t.position],
      foreignColumns: [spendItems.spendId, spendItems.position],
    }),
    unique('delivery_units_begin').on(t.spendId, t.position, t.fromUnit),
    unique('delivery_units_end').on(t.spendId, t.position, t.toUnit),
    check('delivery_units_order', sql`${t.fromUnit} >= 0 and ${t.toUnit} > ${t.fromUnit}`),
  ],
)
