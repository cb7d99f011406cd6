import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { budgetLines, campaigns } from './campaigns'
import { moment, vnd } from './columns'
import { events } from './events'
import { wordsSql } from './folded'
import { funds } from './funds'
import { donations } from './giving'
import { entries } from './ledger'
import { lines } from './money-line'
import { administrativeUnits } from './places'

/** An approved use of a campaign's money. One person asks, another decides. */
export const spends = pgTable(
  'spends',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    campaignId: integer('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    /** The pot that pays. */
    lineId: integer('line_id')
      .notNull()
      .references(() => lines.id),
    titleVi: text('title_vi').notNull(),
    titleEn: text('title_en').notNull(),
    /** Who is paid. Public: a trader's or an institution's name, never a person's. */
    supplier: text('supplier').notNull(),
    /** Sum of its items. */
    amountVnd: vnd('amount_vnd').notNull(),
    state: text('state', { enum: ['requested', 'approved', 'paid', 'settled', 'rejected', 'cancelled'] }).notNull(),
    /** Why it was rejected or cancelled; public. */
    reasonVi: text('reason_vi'),
    reasonEn: text('reason_en'),
    /** The day by which it should be handed over, and proved. Past it, the page says overdue. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** The approved spend in whose place it is asked for, as invoiced; it ends when this one is approved. */
    replacesId: bigint('replaces_id', { mode: 'bigint' }).references((): AnyPgColumn => spends.id),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    requestedBy: text('requested_by').notNull(),
    requestedAt: moment('requested_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
  },
  (t) => [
    uniqueIndex('spends_replaces')
      .on(t.replacesId)
      .where(sql`state <> 'rejected'`),
    index('spends_campaign').on(t.campaignId, t.id),
    index('spends_words').using('gin', wordsSql(sql`title_vi || ' ' || title_en || ' ' || supplier`)),
    index('spends_reserved')
      .on(t.lineId)
      .where(sql`state = 'approved'`),
    check('spends_amount', sql`${t.amountVnd} > 0`),
    check('spends_state', sql`${t.state} in ('requested', 'approved', 'paid', 'settled', 'rejected', 'cancelled')`),
    check('spends_two_people', sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.requestedBy}`),
    check(
      'spends_decided',
      sql`(${t.decidedBy} is null) = (${t.decidedAt} is null) and (${t.state} = 'requested') = (${t.decidedBy} is null)`,
    ),
    check('spends_reason', sql`(${t.state} in ('rejected', 'cancelled')) = (${t.reasonVi} is not null and ${t.reasonEn} is not null)`),
  ],
)

/** What a spend buys. Unit u of n is the đồng [⌊uS/n⌋, ⌊(u+1)S/n⌋) of its item (money.md §5). */
export const spendItems = pgTable(
  'spend_items',
  {
    spendId: bigint('spend_id', { mode: 'bigint' })
      .notNull()
      .references(() => spends.id),
    position: integer('position').notNull(),
    itemVi: text('item_vi').notNull(),
    itemEn: text('item_en').notNull(),
    unitVi: text('unit_vi').notNull(),
    unitEn: text('unit_en').notNull(),
    units: integer('units').notNull(),
    amountVnd: vnd('amount_vnd').notNull(),
    /** The line of the campaign's budget it is bought under; null where it stands beside the budget. */
    budgetPosition: integer('budget_position'),
  },
  (t) => [
    primaryKey({ columns: [t.spendId, t.position] }),
    check('spend_items_counts', sql`${t.position} >= 0 and ${t.units} > 0 and ${t.amountVnd} >= ${t.units}`),
  ],
)

/**
 * A change of how much of a line of its budget a campaign may buy: one person asks, another decides, and the public sees
 * it with its reason. The newest that was approved counts.
 */
export const budgetChanges = pgTable(
  'budget_changes',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    campaignId: integer('campaign_id').notNull(),
    position: integer('position').notNull(),
    /** What may be bought in all from then on, in the line's unit. */
    quantity: integer('quantity').notNull(),
    reasonVi: text('reason_vi').notNull(),
    reasonEn: text('reason_en').notNull(),
    state: text('state', { enum: ['requested', 'approved', 'rejected'] }).notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    requestedBy: text('requested_by').notNull(),
    requestedAt: moment('requested_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
    eventId: bigint('event_id', { mode: 'bigint' })
      .unique()
      .references(() => events.id),
  },
  (t) => [
    foreignKey({
      name: 'budget_changes_line',
      columns: [t.campaignId, t.position],
      foreignColumns: [budgetLines.campaignId, budgetLines.position],
    }),
    index('budget_changes_line_of').on(t.campaignId, t.position, t.id),
    check('budget_changes_quantity', sql`${t.quantity} > 0`),
    check('budget_changes_reason', sql`btrim(${t.reasonVi}) <> '' and btrim(${t.reasonEn}) <> ''`),
    check('budget_changes_state', sql`${t.state} in ('requested', 'approved', 'rejected')`),
    check('budget_changes_two_people', sql`${t.decidedBy} <> ${t.requestedBy}`),
    check(
      'budget_changes_decided',
      sql`num_nonnulls(${t.decidedBy}, ${t.decidedAt}) = case ${t.state} when 'requested' then 0 else 2 end and (${t.eventId} is null) = (${t.state} <> 'approved')`,
    ),
  ],
)

/**
 * Money of an approved spend that a buyer was handed, or is to be, before it is known what it became (tạm ứng). The bank's
 * line hands it out; it is settled by payments of the spend against invoices, and the rest comes back by another line.
 */
export const spendAdvances = pgTable(
  'spend_advances',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The spend it is of; where that is replaced, the one in its place. */
    spendId: bigint('spend_id', { mode: 'bigint' })
      .notNull()
      .references(() => spends.id),
    amountVnd: vnd('amount_vnd').notNull(),
    /** Who is handed it, of the fund's people; never public. */
    heldBy: text('held_by').notNull(),
    /** The day by which it is to be settled; public. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: moment('recorded_at').notNull(),
    /** Who took it back before anything was handed out. */
    droppedBy: text('dropped_by'),
    droppedAt: moment('dropped_at'),
  },
  (t) => [
    index('spend_advances_spend').on(t.spendId),
    check('spend_advances_amount', sql`${t.amountVnd} > 0`),
    check('spend_advances_two_people', sql`${t.heldBy} <> ${t.recordedBy}`),
    check('spend_advances_dropped', sql`(${t.droppedBy} is null) = (${t.droppedAt} is null)`),
  ],
)

/** What happened to the money of an advance. A bank line that is taken back is taken back here, too. Never updated, never deleted. */
export const advanceMoves = pgTable(
  'advance_moves',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    advanceId: bigint('advance_id', { mode: 'bigint' })
      .notNull()
      .references(() => spendAdvances.id),
    kind: text('kind', { enum: ['given', 'settled', 'returned', 'given_undone', 'returned_undone'] }).notNull(),
    amountVnd: vnd('amount_vnd').notNull(),
    happenedOn: date('happened_on', { mode: 'string' }).notNull(),
    entryId: bigint('entry_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => entries.id),
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => events.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('advance_moves_advance').on(t.advanceId),
    check('advance_moves_kind', sql`${t.kind} in ('given', 'settled', 'returned', 'given_undone', 'returned_undone')`),
    check('advance_moves_amount', sql`${t.amountVnd} > 0`),
  ],
)

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
    entryId: bigint('entry_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => entries.id),
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => events.id),
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
    entryId: bigint('entry_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => entries.id),
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => events.id),
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
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => events.id),
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
