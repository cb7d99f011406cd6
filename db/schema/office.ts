import { sql } from 'drizzle-orm'
import { bigint, check, date, foreignKey, index, integer, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { moment, vnd } from './columns'
import { funds, receivingAccounts } from './funds'
import { pledges } from './giving'
import { entries } from './ledger'

/**
 * Receipts for cash and cheques given at a fund's office (docs/decisions/0042). Numbered without a gap by fund, kind and
 * year: each number but the first needs the one before it. Who gave stands with the pledge, where it can be erased.
 */
export const officeReceipts = pgTable(
  'office_receipts',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    kind: text('kind', { enum: ['cash', 'cheque'] }).notNull(),
    /** Year in which it was issued, in Việt Nam. */
    year: integer('year').notNull(),
    number: integer('number').notNull(),
    previous: integer('previous').generatedAlwaysAs(sql`nullif(number, 1) - 1`),
    pledgeId: bigint('pledge_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => pledges.id),
    amountVnd: vnd('amount_vnd').notNull(),
    /** The day on which it was given. */
    receivedOn: date('received_on', { mode: 'string' }).notNull(),
    /** What is printed on a cheque; null for cash. */
    chequeNumber: text('cheque_number'),
    chequeBank: text('cheque_bank'),
    /** Key of the form that was sent: sent again, nothing more comes of it. */
    formKey: text('form_key').notNull().unique(),
    issuedBy: text('issued_by').notNull(),
    issuedAt: moment('issued_at').notNull(),
  },
  (t) => [
    unique('office_receipts_number').on(t.fundId, t.kind, t.year, t.number),
    foreignKey({
      name: 'office_receipts_gapless',
      columns: [t.fundId, t.kind, t.year, t.previous],
      foreignColumns: [t.fundId, t.kind, t.year, t.number],
    }),
    index('office_receipts_newest').on(t.fundId, t.id),
    check('office_receipts_kind', sql`${t.kind} in ('cash', 'cheque')`),
    check('office_receipts_from_one', sql`${t.number} >= 1`),
    check('office_receipts_amount', sql`${t.amountVnd} between 1000 and 100000000000`),
    check('office_receipts_cheque', sql`num_nonnulls(${t.chequeNumber}, ${t.chequeBank}) = case ${t.kind} when 'cheque' then 2 else 0 end`),
    check('office_receipts_cheque_number', sql`${t.chequeNumber} ~ '^[0-9A-Z]{1,20}$'`),
  ],
)

/** Why a bank did not pay a cheque. */
const CHEQUE_RETURN_REASONS = ['no_money', 'not_valid', 'stopped', 'handed_back'] as const

/** Cheques that no bank paid: their receipts stay, and their money never was the fund's. Never updated, never deleted. */
export const chequeReturns = pgTable(
  'cheque_returns',
  {
    receiptId: bigint('receipt_id', { mode: 'bigint' })
      .primaryKey()
      .references(() => officeReceipts.id),
    reason: text('reason', { enum: CHEQUE_RETURN_REASONS }).notNull(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: moment('recorded_at').notNull(),
  },
  (t) => [check('cheque_returns_reason', sql`${t.reason} in ('no_money', 'not_valid', 'stopped', 'handed_back')`)],
)

/** Why a gift of cash was written down wrongly. */
const CASH_REVERSAL_REASONS = ['wrong_amount', 'wrong_place', 'wrong_giver', 'written_twice', 'not_received'] as const

/** Gifts of cash that were written down wrongly: one person asks, another takes them back or leaves them. */
export const cashReversals = pgTable(
  'cash_reversals',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    receiptId: bigint('receipt_id', { mode: 'bigint' })
      .notNull()
      .references(() => officeReceipts.id),
    reason: text('reason', { enum: CASH_REVERSAL_REASONS }).notNull(),
    state: text('state', { enum: ['asked', 'reversed', 'rejected'] }).notNull(),
    askedBy: text('asked_by').notNull(),
    askedAt: moment('asked_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
    /** The entry that takes the gift's back. */
    entryId: bigint('entry_id', { mode: 'bigint' })
      .unique()
      .references(() => entries.id),
  },
  (t) => [
    uniqueIndex('cash_reversals_once')
      .on(t.receiptId)
      .where(sql`state <> 'rejected'`),
    index('cash_reversals_asked')
      .on(t.id)
      .where(sql`state = 'asked'`),
    check('cash_reversals_reason', sql`${t.reason} in ('wrong_amount', 'wrong_place', 'wrong_giver', 'written_twice', 'not_received')`),
    check('cash_reversals_state', sql`${t.state} in ('asked', 'reversed', 'rejected')`),
    check(
      'cash_reversals_decided',
      sql`num_nonnulls(${t.decidedBy}, ${t.decidedAt}) = case ${t.state} when 'asked' then 0 else 2 end and (${t.entryId} is not null) = (${t.state} = 'reversed')`,
    ),
    check('cash_reversals_two_people', sql`${t.decidedBy} <> ${t.askedBy}`),
  ],
)

/** Cash that somebody carried to the bank. It is in the bank's account, and out of the box, once the bank's line is matched with it. */
export const cashDeposits = pgTable(
  'cash_deposits',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    receivingAccountId: integer('receiving_account_id')
      .notNull()
      .references(() => receivingAccounts.id),
    amountVnd: vnd('amount_vnd').notNull(),
    takenOn: date('taken_on', { mode: 'string' }).notNull(),
    /** Number of the bank's slip. */
    slip: text('slip'),
    formKey: text('form_key').notNull().unique(),
    takenBy: text('taken_by').notNull(),
    takenAt: moment('taken_at').notNull(),
    /** Somebody found that it was never carried there. */
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [
    index('cash_deposits_newest').on(t.fundId, t.id),
    check('cash_deposits_amount', sql`${t.amountVnd} > 0`),
    check('cash_deposits_slip', sql`${t.slip} ~ '^[0-9A-ZĐ./-]{1,40}$'`),
    check('cash_deposits_withdrawn', sql`(${t.withdrawnBy} is null) = (${t.withdrawnAt} is null)`),
  ],
)
