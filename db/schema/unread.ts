import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bankNotices, bankTransactions } from './bank'
import { cardMovements } from './cards'
import { moment } from './columns'
import { funds } from './funds'
import { entries } from './ledger'

/** What a person may say of what no machine could read. */
export const UNREAD_DECISIONS = ['told', 'no_money', 'not_ours', 'fee', 'no_change', 'wait'] as const

/**
 * What a person said of a notice of a bank line that was not understood or contradicts another, or of a change of the
 * balance at Stripe that nobody understood. Taken back once, by saying so; never changed otherwise.
 */
export const unreadDecisions = pgTable(
  'unread_decisions',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    noticeId: bigint('notice_id', { mode: 'bigint' }).references(() => bankNotices.id),
    movementId: text('movement_id').references(() => cardMovements.stripeId),
    kind: text('kind', { enum: UNREAD_DECISIONS }).notNull(),
    /** The line of the bank that a notice tells of, where it is known already. */
    bankTransactionId: bigint('bank_transaction_id', { mode: 'bigint' }).references(() => bankTransactions.id),
    /** What was booked; undoing it reverses it. */
    entryId: bigint('entry_id', { mode: 'bigint' })
      .unique()
      .references(() => entries.id),
    /** Private: why, in the person's words. */
    reason: text('reason').notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: moment('decided_at').notNull(),
    undoneBy: text('undone_by'),
    undoneAt: moment('undone_at'),
  },
  (t) => [
    index('unread_decisions_recent').on(t.fundId, t.id),
    uniqueIndex('unread_decisions_notice')
      .on(t.noticeId)
      .where(sql`undone_at is null`),
    uniqueIndex('unread_decisions_movement')
      .on(t.movementId)
      .where(sql`undone_at is null`),
    check(
      'unread_decisions_kind',
      sql`case when ${t.noticeId} is not null and ${t.movementId} is null then ${t.kind} in ('told', 'no_money', 'not_ours', 'wait')
        when ${t.movementId} is not null and ${t.noticeId} is null then ${t.kind} in ('fee', 'no_change', 'wait') else false end`,
    ),
    check(
      'unread_decisions_comes_to',
      sql`(${t.kind} = 'told') = (${t.bankTransactionId} is not null) and (${t.kind} = 'fee') = (${t.entryId} is not null)`,
    ),
    check('unread_decisions_reason', sql`${t.kind} = 'told' or ${t.reason} <> ''`),
    check('unread_decisions_undone', sql`(${t.undoneBy} is null) = (${t.undoneAt} is null)`),
  ],
)
