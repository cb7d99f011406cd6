import { sql, type SQL } from 'drizzle-orm'
import { type AnyPgColumn, bigint, check, date, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { moment, vnd } from './columns'
import { receivingAccounts } from './funds'

export const LINE_STATES = [
  'placed',
  'unplaced',
  'to_return',
  'payout',
  'possible_payout',
  'outgoing',
  'possible_duplicate',
  'unknown_account',
  // What a person said (bank-decisions.ts): it is something else than a gift, or was told twice.
  'settled',
  'duplicate',
] as const

const keyWith = (last: SQL): SQL => sql`(account_number || ' ' || direction || ' ' || amount_vnd::text || ' ' || ${last})`

/** What indexes of bank lines are of, as a look-up must write it too; a day counts from 2000-01-01. */
export const LINE_KEYS = {
  reference: keyWith(sql`reference`),
  balance: keyWith(sql`running_balance_vnd::text`),
  postingDay: keyWith(sql`(posted_on - '2000-01-01'::date)::text`),
} as const

export const LINE_REASONS = ['no_code', 'unknown_code', 'several_codes', 'other_fund', 'after_closing_day'] as const

/**
 * A line of a bank account, known from one or more notices. The memo is private.
 * `state` says where it went: a line nobody could place waits for a person.
 */
export const bankTransactions = pgTable(
  'bank_transactions',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null where the account is not one of ours: kept for a person. */
    receivingAccountId: integer('receiving_account_id').references(() => receivingAccounts.id),
    accountNumber: text('account_number').notNull(),
    direction: text('direction', { enum: ['in', 'out'] }).notNull(),
    amountVnd: vnd('amount_vnd').notNull(),
    /** The bank's reference, stripped to letters and digits; null where the notice has none. */
    reference: text('reference'),
    memo: text('memo').notNull(),
    runningBalanceVnd: vnd('running_balance_vnd'),
    transactedAt: moment('transacted_at').notNull(),
    /** The day on which the bank booked it, as the first statement says that was accepted; null while none has it. */
    postedOn: date('posted_on', { mode: 'string' }),
    /** The channel that told of it first. */
    provider: text('provider', { enum: ['casso', 'payos', 'sepay', 'statement'] }).notNull(),
    state: text('state', {
      enum: LINE_STATES,
    }).notNull(),
    /** Why a line that came in was not placed. */
    reason: text('reason', { enum: LINE_REASONS }),
    /** The line it may be the same as. */
    duplicateOfId: bigint('duplicate_of_id', { mode: 'bigint' }).references((): AnyPgColumn => bankTransactions.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    // Which notices are one line is decided under a lock (lib/bank/identify.ts), by look-ups that each of these serves. Three
    // are of one expression: of indexes that begin with the same columns PostgreSQL took any while it knew nothing of the
    // table, and read all lines of a sum for each that came.
    index('bank_transactions_reference').on(LINE_KEYS.reference),
    index('bank_transactions_balance').on(LINE_KEYS.balance),
    index('bank_transactions_posting').on(LINE_KEYS.postingDay),
    index('bank_transactions_provider').on(t.accountNumber, t.direction, t.amountVnd, t.provider, t.transactedAt),
    // What an accountant copies from a statement.
    index('bank_transactions_of_reference')
      .on(t.reference)
      .where(sql`reference is not null`),
    index('bank_transactions_posted')
      .on(t.receivingAccountId, t.postedOn)
      .where(sql`posted_on is not null`),
    // What no statement has yet, beside the day that is to be closed.
    index('bank_transactions_unstated')
      .on(t.receivingAccountId, t.transactedAt)
      .where(sql`posted_on is null and state <> 'duplicate'`),
    index('bank_transactions_queue')
      .on(t.id)
      .where(sql`state not in ('placed', 'payout', 'settled', 'duplicate')`),
    check('bank_transactions_amount_positive', sql`${t.amountVnd} > 0`),
    check('bank_transactions_direction', sql`${t.direction} in ('in', 'out')`),
    check(
      'bank_transactions_state',
      sql`${t.state} in ('placed', 'unplaced', 'to_return', 'payout', 'possible_payout', 'outgoing', 'possible_duplicate', 'unknown_account', 'settled', 'duplicate')`,
    ),
    check(
      'bank_transactions_account',
      sql`case ${t.state} when 'unknown_account' then ${t.receivingAccountId} is null when 'settled' then true else ${t.receivingAccountId} is not null end`,
    ),
    check('bank_transactions_duplicate', sql`(${t.state} in ('possible_duplicate', 'duplicate')) = (${t.duplicateOfId} is not null)`),
  ],
)

/** Every notice an aggregator sent, as it came: what the booking was made from. */
export const bankNotices = pgTable(
  'bank_notices',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    provider: text('provider', { enum: ['casso', 'payos', 'sepay', 'statement'] }).notNull(),
    /** The provider's own id of the notice. */
    providerEventId: text('provider_event_id').notNull(),
    /** SHA-256 of the facts it tells; the same id with other facts is another row, for a person. */
    digest: text('digest').notNull(),
    body: jsonb('body').notNull(),
    /** Null where the notice contradicts an earlier one of the same id, or was not understood. */
    bankTransactionId: bigint('bank_transaction_id', { mode: 'bigint' }).references(() => bankTransactions.id),
    outcome: text('outcome', { enum: ['booked', 'merged', 'contradiction', 'not_understood'] }).notNull(),
    receivedAt: moment('received_at').notNull(),
  },
  (t) => [
    unique('bank_notices_once').on(t.provider, t.providerEventId, t.digest),
    index('bank_notices_queue')
      .on(t.id)
      .where(sql`outcome in ('contradiction', 'not_understood')`),
    index('bank_notices_transaction').on(t.bankTransactionId),
    check('bank_notices_outcome', sql`${t.outcome} in ('booked', 'merged', 'contradiction', 'not_understood')`),
  ],
)
