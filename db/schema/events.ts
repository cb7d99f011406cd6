import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { moment, vnd } from './columns'
import { funds } from './funds'
import { donations } from './giving'
import { goodsReceipts } from './goods'
import { lines } from './money-line'

/** One public fact, the unit of history. Never updated, never deleted. */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    /** Names the fact; the same fact twice changes nothing. */
    idempotencyKey: text('idempotency_key').notNull().unique(),
    fundId: integer('fund_id').references(() => funds.id),
    lineId: integer('line_id').references(() => lines.id),
    /** Day of Việt Nam on which it happened. */
    day: date('day', { mode: 'string' }).notNull(),
    amountVnd: vnd('amount_vnd'),
    /** Of goods, in the unit of their line; such an event has no amount of money. */
    units: bigint('units', { mode: 'bigint' }),
    /** The rest of the public fact: commitments, alias of the account, class. Never personal data. */
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull(),
    donationId: bigint('donation_id', { mode: 'bigint' }).references((): AnyPgColumn => donations.id),
    goodsReceiptId: bigint('goods_receipt_id', { mode: 'bigint' }).references((): AnyPgColumn => goodsReceipts.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    check('events_amount_positive', sql`${t.amountVnd} is null or ${t.amountVnd} > 0`),
    check('events_units_positive', sql`${t.units} > 0`),
    check('events_money_or_goods', sql`${t.units} is null or num_nonnulls(${t.amountVnd}, ${t.donationId}) = 0`),
    check('events_goods', sql`${t.units} is null or ${t.goodsReceiptId} is not null`),
    index('events_goods_receipt')
      .on(t.goodsReceiptId)
      .where(sql`goods_receipt_id is not null`),
    // Goods come once, and are taken back once.
    uniqueIndex('events_goods_once')
      .on(t.goodsReceiptId, t.kind)
      .where(sql`units is not null`),
    index('events_line').on(t.lineId, t.id),
    // What went out of a line and came back: few among its gifts.
    index('events_line_out')
      .on(t.lineId, t.id)
      .where(sql`kind in ('spend_paid', 'spend_refunded', 'transfer_out')`),
    index('events_donation')
      .on(t.donationId)
      .where(sql`donation_id is not null`),
    // Gifts whose donor was erased: few, and looked for every hour.
    index('events_erasure')
      .on(t.id)
      .where(sql`kind = 'erasure'`),
    // What a line of the bank was last said to be.
    index('events_of_bank_line')
      .on(sql`(facts->>'line')`, t.id)
      .where(sql`kind = 'line_classified'`),
  ],
)

/** The one event that tells the public of a row; no other row has it. */
export function ownEvent() {
  return bigint('event_id', { mode: 'bigint' })
    .notNull()
    .unique()
    .references(() => events.id)
}

/** Events that have no position yet; filled by a trigger on `events`, emptied by the sequencer. */
export const pendingEvents = pgTable('pending_events', {
  eventId: bigint('event_id', { mode: 'bigint' })
    .primaryKey()
    .references(() => events.id),
  createdAt: moment('created_at').notNull(),
})

/** Public order. Gapless: each position but the first needs the one before it. */
export const eventPositions = pgTable(
  'event_positions',
  {
    position: bigint('position', { mode: 'bigint' }).primaryKey(),
    previous: bigint('previous', { mode: 'bigint' }).generatedAlwaysAs(sql`nullif(position, 0) - 1`),
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .references(() => events.id),
    sequencedAt: moment('sequenced_at').notNull(),
  },
  (t) => [
    unique('event_positions_event').on(t.eventId),
    foreignKey({ name: 'event_positions_chain', columns: [t.previous], foreignColumns: [t.position] }),
    check('event_positions_from_zero', sql`${t.position} >= 0`),
  ],
)

/** Events that could not be laid: an alarm for a person, while the rest goes on. */
export const parkedEvents = pgTable('parked_events', {
  eventId: bigint('event_id', { mode: 'bigint' })
    .primaryKey()
    .references(() => events.id),
  reason: text('reason').notNull(),
  parkedAt: moment('parked_at').notNull(),
})
