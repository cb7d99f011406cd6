import { sql } from 'drizzle-orm'
import { bigint, check, date, index, integer, pgTable, primaryKey, unique } from 'drizzle-orm/pg-core'
import { spendAdvances } from './advances'
import { moment, vnd } from './columns'
import { events, ownEvent } from './events'
import { donations } from './giving'
import { ownEntry } from './ledger'
import { lines } from './money-line'
import { spends } from './spending'

/** Each part in which a spend was paid, in order; its đồng are the uses of its event. Never updated, never deleted. */
export const spendPayments = pgTable(
  'spend_payments',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    spendId: bigint('spend_id', { mode: 'bigint' })
      .notNull()
      .references(() => spends.id),
    /** Where it begins and ends in the spend's own đồng, from 0. */
    fromVnd: vnd('from_vnd').notNull(),
    toVnd: vnd('to_vnd').notNull(),
    paidOn: date('paid_on', { mode: 'string' }).notNull(),
    /** The advance it was paid from; null where the bank paid. */
    advanceId: bigint('advance_id', { mode: 'bigint' }).references(() => spendAdvances.id),
    entryId: ownEntry(),
    eventId: ownEvent(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    unique('spend_payments_begin').on(t.spendId, t.fromVnd),
    unique('spend_payments_end').on(t.spendId, t.toVnd),
    check('spend_payments_order', sql`${t.fromVnd} >= 0 and ${t.toVnd} > ${t.fromVnd}`),
  ],
)

/** Money that a supplier gave back: the last đồng of the spend, which enter the line anew. Never updated, never deleted. */
export const spendRefunds = pgTable(
  'spend_refunds',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    spendId: bigint('spend_id', { mode: 'bigint' })
      .notNull()
      .references(() => spends.id),
    /** Where it begins and ends in the spend's own đồng. */
    fromVnd: vnd('from_vnd').notNull(),
    toVnd: vnd('to_vnd').notNull(),
    entryId: ownEntry(),
    eventId: ownEvent(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    unique('spend_refunds_begin').on(t.spendId, t.fromVnd),
    unique('spend_refunds_end').on(t.spendId, t.toVnd),
    check('spend_refunds_order', sql`${t.fromVnd} >= 0 and ${t.toVnd} > ${t.fromVnd}`),
  ],
)

/**
 * Whose đồng an event moved to another place on a line: several gifts' at once, in order. One row a gift's part,
 * from which the sequencer lays one interval each. Never updated, never deleted.
 */
export const movedParts = pgTable(
  'moved_parts',
  {
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .references(() => events.id),
    position: integer('position').notNull(),
    donationId: bigint('donation_id', { mode: 'bigint' })
      .notNull()
      .references(() => donations.id),
    amountVnd: vnd('amount_vnd').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.position] }),
    index('moved_parts_donation').on(t.donationId),
    check('moved_parts_amount', sql`${t.amountVnd} > 0`),
  ],
)

/**
 * What has gone, is held or is promised of a line, kept by whoever gives from it, under the line's lock: so that what
 * is available is known without adding up history.
 */
export const lineOutflows = pgTable(
  'line_outflows',
  {
    lineId: integer('line_id')
      .primaryKey()
      .references(() => lines.id),
    usedVnd: vnd('used_vnd').notNull(),
    heldVnd: vnd('held_vnd').notNull(),
    /** Approved and not paid yet. */
    reservedVnd: vnd('reserved_vnd').notNull(),
    /** No đồng before this one is free. */
    firstFreeVnd: vnd('first_free_vnd').notNull(),
  },
  (t) => [check('line_outflows_counts', sql`least(${t.usedVnd}, ${t.heldVnd}, ${t.reservedVnd}, ${t.firstFreeVnd}) >= 0`)],
)
