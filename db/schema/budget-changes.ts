import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { budgetLines } from './campaigns'
import { moment } from './columns'
import { events } from './events'

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
