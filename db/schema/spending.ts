import { sql } from 'drizzle-orm'
import { type AnyPgColumn, bigint, check, date, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { campaigns } from './campaigns'
import { moment, vnd } from './columns'
import { wordsSql } from './folded'
import { funds } from './funds'
import { lines } from './money-line'

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
