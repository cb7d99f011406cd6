import { sql } from 'drizzle-orm'
import { bigint, check, date, index, integer, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { spendAdvances } from './advances'
import { bankTransactions, LINE_REASONS, LINE_STATES } from './bank'
import { refunds } from './cards'
import { moment, vnd } from './columns'
import { events, ownEvent } from './events'
import { funds, receivingAccounts } from './funds'
import { donations } from './giving'
import { ownEntry } from './ledger'
import { cashDeposits, cashReversals } from './office'
import { spendPayments, spendRefunds } from './payments'

/** What a person may say that a bank line is. */
export const BANK_DECISIONS = [
  'place',
  'general',
  'keep_unplaced',
  'interest',
  'fee',
  'own_transfer',
  'budget_repayment',
  'not_ours',
  'refund_paid',
  'refund_returned',
  'spend',
  'supplier_refund',
  'advance',
  'advance_returned',
  'cash_banked',
  'payout',
  'not_payout',
  'same',
  'not_same',
  'ours',
] as const

/** Decisions that a rule may make: never one that places a donor's gift. */
export const RULE_DECISIONS = ['fee', 'interest', 'own_transfer'] as const

/** What was once decided for a pattern. A rule is shown before it acts, and only ever decides what names no donor. */
export const bankRules = pgTable(
  'bank_rules',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    /** Folded words, all of which the memo must have. */
    words: text('words').notNull(),
    direction: text('direction', { enum: ['in', 'out'] }).notNull(),
    leastVnd: vnd('least_vnd').notNull(),
    mostVnd: vnd('most_vnd').notNull(),
    decision: text('decision', { enum: RULE_DECISIONS }).notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    madeBy: text('made_by').notNull(),
    madeAt: moment('made_at').notNull(),
    retiredBy: text('retired_by'),
    retiredAt: moment('retired_at'),
  },
  (t) => [
    index('bank_rules_fund')
      .on(t.fundId)
      .where(sql`retired_at is null`),
    check('bank_rules_words', sql`${t.words} ~ '^[a-z0-9]+( [a-z0-9]+)*$'`),
    check('bank_rules_amounts', sql`${t.leastVnd} > 0 and ${t.mostVnd} >= ${t.leastVnd}`),
    check(
      'bank_rules_decision',
      sql`case ${t.decision} when 'fee' then ${t.direction} = 'out' when 'interest' then ${t.direction} = 'in' else ${t.decision} = 'own_transfer' end`,
    ),
    check('bank_rules_retired', sql`(${t.retiredBy} is null) = (${t.retiredAt} is null)`),
  ],
)

/** What a person said that a line of the bank is: who, when and why. Taken back once, by saying so; never changed otherwise. */
export const bankDecisions = pgTable(
  'bank_decisions',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id').references(() => funds.id),
    kind: text('kind', { enum: BANK_DECISIONS }).notNull(),
    /** The rule that proposed it, where one did. */
    ruleId: bigint('rule_id', { mode: 'bigint' }).references(() => bankRules.id),
    /** What it was matched with, where it was. */
    spendPaymentId: bigint('spend_payment_id', { mode: 'bigint' }).references(() => spendPayments.id),
    spendRefundId: bigint('spend_refund_id', { mode: 'bigint' }).references(() => spendRefunds.id),
    refundId: bigint('refund_id', { mode: 'bigint' }).references(() => refunds.id),
    cashDepositId: bigint('cash_deposit_id', { mode: 'bigint' }).references(() => cashDeposits.id),
    advanceId: bigint('advance_id', { mode: 'bigint' }).references(() => spendAdvances.id),
    /** Private: why, in the person's words. */
    reason: text('reason').notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: moment('decided_at').notNull(),
    undoneBy: text('undone_by'),
    undoneAt: moment('undone_at'),
    undoneReason: text('undone_reason'),
  },
  (t) => [
    index('bank_decisions_recent').on(t.fundId, t.id),
    uniqueIndex('bank_decisions_payment')
      .on(t.spendPaymentId)
      .where(sql`undone_at is null`),
    uniqueIndex('bank_decisions_spend_refund')
      .on(t.spendRefundId)
      .where(sql`undone_at is null`),
    uniqueIndex('bank_decisions_cash_deposit')
      .on(t.cashDepositId)
      .where(sql`undone_at is null`),
    check(
      'bank_decisions_kind',
      sql`${t.kind} in ('place', 'general', 'keep_unplaced', 'interest', 'fee', 'own_transfer', 'budget_repayment', 'not_ours', 'refund_paid', 'refund_returned', 'spend', 'supplier_refund', 'advance', 'advance_returned', 'cash_banked', 'payout', 'not_payout', 'same', 'not_same', 'ours')`,
    ),
    check(
      'bank_decisions_undone',
      sql`(${t.undoneBy} is null) = (${t.undoneAt} is null) and (${t.undoneBy} is null) = (${t.undoneReason} is null)`,
    ),
  ],
)

const decisionId = () => bigint('decision_id', { mode: 'bigint' }).references(() => bankDecisions.id)
const bankLineId = () => bigint('bank_transaction_id', { mode: 'bigint' }).references(() => bankTransactions.id)

/** The lines a decision is about, and how they stood before it. */
export const bankDecisionLines = pgTable(
  'bank_decision_lines',
  {
    decisionId: decisionId().notNull(),
    bankTransactionId: bankLineId().notNull(),
    beforeState: text('before_state', { enum: LINE_STATES }).notNull(),
    beforeReason: text('before_reason', { enum: LINE_REASONS }),
    beforeDuplicateOfId: bigint('before_duplicate_of_id', { mode: 'bigint' }),
  },
  (t) => [primaryKey({ columns: [t.decisionId, t.bankTransactionId] }), index('bank_decision_lines_line').on(t.bankTransactionId)],
)

/**
 * The posting day of a line that only notices told of, as a person confirmed it: they said that a line of a statement is
 * the same one. Taken back with the decision.
 */
export const bankPostingDays = pgTable(
  'bank_posting_days',
  {
    decisionId: decisionId().notNull(),
    /** The line that stays. */
    bankTransactionId: bankLineId().notNull(),
    /** The line that told the day, and counts nowhere. */
    toldById: bigint('told_by_id', { mode: 'bigint' })
      .notNull()
      .references(() => bankTransactions.id),
    postedOn: date('posted_on', { mode: 'string' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.decisionId, t.bankTransactionId] }),
    index('bank_posting_days_line').on(t.bankTransactionId),
    index('bank_posting_days_told_by').on(t.toldById),
  ],
)

/** The entries that a decision wrote; undoing it reverses each. */
export const bankDecisionEntries = pgTable(
  'bank_decision_entries',
  {
    decisionId: decisionId().notNull(),
    entryId: ownEntry(),
  },
  (t) => [primaryKey({ columns: [t.decisionId, t.entryId] })],
)

/** Donations that stand no more: placed elsewhere, or no gift at all. One that was restored stands again. */
export const donationReversals = pgTable(
  'donation_reversals',
  {
    eventId: bigint('event_id', { mode: 'bigint' })
      .primaryKey()
      .references(() => events.id),
    donationId: bigint('donation_id', { mode: 'bigint' })
      .notNull()
      .references(() => donations.id),
    /** Why it stands no more: what a bank line was decided to be, or cash that was written down wrongly. */
    decisionId: decisionId(),
    cashReversalId: bigint('cash_reversal_id', { mode: 'bigint' })
      .unique()
      .references(() => cashReversals.id),
    restoredByEventId: bigint('restored_by_event_id', { mode: 'bigint' })
      .unique()
      .references(() => events.id),
  },
  (t) => [
    uniqueIndex('donation_reversals_standing')
      .on(t.donationId)
      .where(sql`restored_by_event_id is null`),
    index('donation_reversals_decision').on(t.decisionId),
    check('donation_reversals_cause', sql`num_nonnulls(${t.decisionId}, ${t.cashReversalId}) = 1`),
  ],
)

/** A day of an account that is closed: what the bank said of it, and that every line of it was known for what it is. */
export const dayCloses = pgTable(
  'day_closes',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    receivingAccountId: integer('receiving_account_id')
      .notNull()
      .references(() => receivingAccounts.id),
    day: date('day', { mode: 'string' }).notNull(),
    openingVnd: vnd('opening_vnd').notNull(),
    closingVnd: vnd('closing_vnd').notNull(),
    linesIn: integer('lines_in').notNull(),
    linesOut: integer('lines_out').notNull(),
    sumInVnd: vnd('sum_in_vnd').notNull(),
    sumOutVnd: vnd('sum_out_vnd').notNull(),
    /** Lines of days that were closed before they were known. */
    lateLines: integer('late_lines').notNull(),
    eventId: ownEvent(),
    closedBy: text('closed_by').notNull(),
    closedAt: moment('closed_at').notNull(),
  },
  (t) => [
    unique('day_closes_once').on(t.receivingAccountId, t.day),
    check('day_closes_counts', sql`least(${t.linesIn}, ${t.linesOut}, ${t.sumInVnd}, ${t.sumOutVnd}, ${t.lateLines}) >= 0`),
    check('day_closes_balance', sql`${t.openingVnd} + ${t.sumInVnd} - ${t.sumOutVnd} = ${t.closingVnd}`),
  ],
)

/** In which close a line was counted: once. A line that came late is in a later close than its own day. */
export const dayCloseLines = pgTable(
  'day_close_lines',
  {
    bankTransactionId: bankLineId().primaryKey(),
    closeId: bigint('close_id', { mode: 'bigint' })
      .notNull()
      .references(() => dayCloses.id),
  },
  (t) => [index('day_close_lines_close').on(t.closeId)],
)

/**
 * Lines that a statement has and no close counted: what the next closes look through, however many came before. Kept by
 * triggers of lines and closes, and by nobody else.
 */
export const unclosedLines = pgTable(
  'unclosed_lines',
  {
    receivingAccountId: integer('receiving_account_id').notNull(),
    postedOn: date('posted_on', { mode: 'string' }).notNull(),
    bankTransactionId: bigint('bank_transaction_id', { mode: 'bigint' }).notNull(),
  },
  (t) => [primaryKey({ name: 'unclosed_lines_pk', columns: [t.receivingAccountId, t.postedOn, t.bankTransactionId] })],
)
