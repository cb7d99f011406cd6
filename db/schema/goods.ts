import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { budgetLines } from './campaigns'
import { moment, vnd } from './columns'
import { events } from './events'
import { funds } from './funds'
import { pledges } from './giving'
import { ownEntry } from './ledger'
import { lines } from './money-line'

/** A pledge of goods, or of a service, beside the row in `pledges` that every pledge has (docs/decisions/0017). */
export const goodsPledges = pgTable(
  'goods_pledges',
  {
    pledgeId: bigint('pledge_id', { mode: 'bigint' }).primaryKey(),
    campaignId: integer('campaign_id').notNull(),
    method: text('method')
      .notNull()
      .generatedAlwaysAs(sql`'goods'`),
    nature: text('nature', { enum: ['goods', 'service'] }).notNull(),
    /** Nobody promised it when it was brought: it was written down then, or its promise had been cancelled. */
    isWalkIn: boolean('is_walk_in').notNull().default(false),
  },
  (t) => [
    foreignKey({
      name: 'goods_pledges_pledge',
      columns: [t.pledgeId, t.campaignId, t.method],
      foreignColumns: [pledges.id, pledges.campaignId, pledges.method],
    }),
    unique('goods_pledges_campaign').on(t.pledgeId, t.campaignId),
    check('goods_pledges_nature', sql`${t.nature} in ('goods', 'service')`),
  ],
)

/** How many units of which budget line a pledge promises. Never in a total of what came. */
export const pledgeItems = pgTable(
  'pledge_items',
  {
    pledgeId: bigint('pledge_id', { mode: 'bigint' }).notNull(),
    campaignId: integer('campaign_id').notNull(),
    position: integer('position').notNull(),
    units: bigint('units', { mode: 'bigint' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.pledgeId, t.position] }),
    foreignKey({
      name: 'pledge_items_pledge',
      columns: [t.pledgeId, t.campaignId],
      foreignColumns: [goodsPledges.pledgeId, goodsPledges.campaignId],
    }),
    foreignKey({
      name: 'pledge_items_budget_line',
      columns: [t.campaignId, t.position],
      foreignColumns: [budgetLines.campaignId, budgetLines.position],
    }),
    index('pledge_items_budget').on(t.campaignId, t.position),
    check('pledge_items_units', sql`${t.units} between 1 and 1000000`),
  ],
)

/** Pledges of goods that the fund does not take, or takes no more of. */
export const goodsRefusals = pgTable(
  'goods_refusals',
  {
    pledgeId: bigint('pledge_id', { mode: 'bigint' })
      .primaryKey()
      .references(() => goodsPledges.pledgeId),
    reason: text('reason', { enum: ['below_standard', 'not_needed', 'cannot_handle', 'not_reached'] }).notNull(),
    refusedBy: text('refused_by').notNull(),
    refusedAt: moment('refused_at').notNull(),
  },
  (t) => [check('goods_refusals_reason', sql`${t.reason} in ('below_standard', 'not_needed', 'cannot_handle', 'not_reached')`)],
)

/** The pot of one budget line's units: its line, whose unit is a kind of goods and never đồng. Opened with the first receipt. */
export const goodsLines = pgTable(
  'goods_lines',
  {
    lineId: integer('line_id').primaryKey(),
    unit: text('unit').notNull(),
    campaignId: integer('campaign_id').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    foreignKey({ name: 'goods_lines_line', columns: [t.lineId, t.unit], foreignColumns: [lines.id, lines.unit] }),
    foreignKey({
      name: 'goods_lines_budget_line',
      columns: [t.campaignId, t.position],
      foreignColumns: [budgetLines.campaignId, budgetLines.position],
    }),
    unique('goods_lines_one_each').on(t.campaignId, t.position),
    check('goods_lines_never_money', sql`${t.unit} <> 'VND'`),
  ],
)

/** Units of one budget line that really came, on one day. Never updated, never deleted. */
export const goodsReceipts = pgTable(
  'goods_receipts',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    pledgeId: bigint('pledge_id', { mode: 'bigint' })
      .notNull()
      .references(() => goodsPledges.pledgeId),
    lineId: integer('line_id')
      .notNull()
      .references(() => goodsLines.lineId),
    entryId: ownEntry(),
    /** Key of the form that confirmed it: sent again, nothing more comes of it. */
    formKey: text('form_key').notNull(),
    units: bigint('units', { mode: 'bigint' }).notNull(),
    /** Null for a service. */
    condition: text('condition', { enum: ['new', 'used'] }),
    /** Whether what came meets the standard that the budget line asks for. What does not is not taken. */
    meetsStandard: boolean('meets_standard').notNull(),
    /** Number of the paper on which giver and fund signed. */
    documentReference: text('document_reference'),
    /** What the giver says it is worth. For the giver's papers alone: in no total of money. */
    statedValueVnd: vnd('stated_value_vnd'),
    receivedOn: date('received_on', { mode: 'string' }).notNull(),
    receivedBy: text('received_by').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    unique('goods_receipts_once').on(t.formKey, t.lineId),
    index('goods_receipts_pledge').on(t.pledgeId),
    index('goods_receipts_line').on(t.lineId),
    check('goods_receipts_units', sql`${t.units} between 1 and 1000000`),
    check('goods_receipts_condition', sql`${t.condition} in ('new', 'used')`),
    check('goods_receipts_standard', sql`${t.meetsStandard}`),
    check('goods_receipts_document', sql`${t.documentReference} ~ '^[0-9A-ZĐ./-]{1,40}$'`),
    check('goods_receipts_value', sql`${t.statedValueVnd} > 0`),
  ],
)

/**
 * Receipts that were written down wrongly (docs/decisions/0057): each is taken back once, whole, by an entry that mirrors
 * its own, and its stretch is a hole. Never updated, never deleted.
 */
export const goodsReversals = pgTable(
  'goods_reversals',
  {
    receiptId: bigint('receipt_id', { mode: 'bigint' })
      .primaryKey()
      .references(() => goodsReceipts.id),
    entryId: ownEntry(),
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references((): AnyPgColumn => events.id),
    /** Public. */
    reason: text('reason', { enum: ['wrong_count', 'wrong_item', 'wrong_giver', 'written_twice', 'not_received', 'given_back'] }).notNull(),
    /** Key of the form that said so: sent again, nothing more comes of it. */
    formKey: text('form_key').notNull().unique(),
    reversedBy: text('reversed_by').notNull(),
    reversedAt: moment('reversed_at').notNull(),
  },
  (t) => [
    check(
      'goods_reversals_reason',
      sql`${t.reason} in ('wrong_count', 'wrong_item', 'wrong_giver', 'written_twice', 'not_received', 'given_back')`,
    ),
  ],
)

/**
 * Stretches of a goods line, [start, end), in units: the same chain as `intervals`, which hold đồng. Apart, so that no
 * sum of money can meet a coat.
 */
export const goodsIntervals = pgTable(
  'goods_intervals',
  {
    lineId: integer('line_id')
      .notNull()
      .references(() => goodsLines.lineId),
    startUnit: bigint('start_unit', { mode: 'bigint' }).notNull(),
    endUnit: bigint('end_unit', { mode: 'bigint' }).notNull(),
    previousEndUnit: bigint('previous_end_unit', { mode: 'bigint' }).generatedAlwaysAs(sql`nullif(start_unit, 0)`),
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .references((): AnyPgColumn => events.id),
    receiptId: bigint('receipt_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => goodsReceipts.id),
  },
  (t) => [
    primaryKey({ columns: [t.lineId, t.startUnit] }),
    unique('goods_intervals_end').on(t.lineId, t.endUnit),
    foreignKey({ name: 'goods_intervals_chain', columns: [t.lineId, t.previousEndUnit], foreignColumns: [t.lineId, t.endUnit] }),
    index('goods_intervals_event').on(t.eventId),
    check('goods_intervals_order', sql`${t.startUnit} >= 0 and ${t.endUnit} > ${t.startUnit}`),
  ],
)

/** Read model of the sequencer: what a goods line has received. */
export const goodsTotals = pgTable(
  'goods_totals',
  {
    lineId: integer('line_id')
      .primaryKey()
      .references(() => goodsLines.lineId),
    /** Sum of its intervals, that is where the next one begins. */
    receivedUnits: bigint('received_units', { mode: 'bigint' }).notNull(),
    /** Units of receipts that were taken back: holes in its intervals. */
    reversedUnits: bigint('reversed_units', { mode: 'bigint' })
      .notNull()
      .default(sql`0`),
    /** Receipts that stand. */
    receipts: integer('receipts').notNull(),
  },
  (t) => [
    check(
      'goods_totals_counts',
      sql`${t.receivedUnits} - ${t.reversedUnits} >= ${t.receipts} and ${t.receipts} >= 0 and ${t.reversedUnits} >= 0`,
    ),
  ],
)
