import { sql } from 'drizzle-orm'
import { type AnyPgColumn, bigint, check, foreignKey, index, integer, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { moment, vnd } from './columns'
import { funds, receivingAccounts } from './funds'
import { lines } from './money-line'

/** A ledger is (fund, money source, unit); postings never leave one. */
export const ledgers = pgTable(
  'ledgers',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    source: text('source', { enum: ['donation', 'state_budget'] }).notNull(),
    /** 'VND', or the key of a kind of goods. */
    unit: text('unit').notNull(),
  },
  (t) => [
    unique('ledgers_identity').on(t.fundId, t.source, t.unit),
    unique('ledgers_source').on(t.id, t.source),
    unique('ledgers_unit').on(t.id, t.unit),
    check('ledgers_source_known', sql`${t.source} in ('donation', 'state_budget')`),
  ],
)

/**
 * An account of a ledger. Donated money pays for children only: an `admin_expense` account
 * cannot stand in a donation ledger. A line's account stands in a ledger of the line's unit, so no posting
 * of goods reaches a line of money, nor the other way round.
 */
export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    ledgerId: integer('ledger_id').notNull(),
    source: text('source', { enum: ['donation', 'state_budget'] }).notNull(),
    kind: text('kind', {
      enum: [
        'bank',
        'cash_box',
        'stripe_clearing',
        'line',
        'advance',
        'stock',
        'in_dispute',
        'due_from_state_budget',
        'due_from_fund',
        'due_to_donations',
        'admin_expense',
      ],
    }).notNull(),
    lineId: integer('line_id').references((): AnyPgColumn => lines.id),
    receivingAccountId: integer('receiving_account_id').references(() => receivingAccounts.id),
    /** That of its ledger. */
    unit: text('unit').notNull().default('VND'),
  },
  (t) => [
    foreignKey({ name: 'ledger_accounts_ledger', columns: [t.ledgerId, t.source], foreignColumns: [ledgers.id, ledgers.source] }),
    foreignKey({ name: 'ledger_accounts_ledger_unit', columns: [t.ledgerId, t.unit], foreignColumns: [ledgers.id, ledgers.unit] }),
    foreignKey({ name: 'ledger_accounts_line_unit', columns: [t.lineId, t.unit], foreignColumns: [lines.id, lines.unit] }),
    unique('ledger_accounts_in_ledger').on(t.ledgerId, t.id),
    unique('ledger_accounts_identity').on(t.ledgerId, t.kind, t.lineId, t.receivingAccountId).nullsNotDistinct(),
    uniqueIndex('ledger_accounts_line').on(t.lineId),
    check('ledger_accounts_children_only', sql`not (${t.kind} = 'admin_expense' and ${t.source} = 'donation')`),
    check('ledger_accounts_line_only', sql`(${t.kind} = 'line') = (${t.lineId} is not null)`),
    check('ledger_accounts_bank_only', sql`${t.receivingAccountId} is null or ${t.kind} = 'bank'`),
    check('ledger_accounts_goods', sql`${t.kind} = 'line' or (${t.kind} = 'stock') = (${t.unit} <> 'VND')`),
    check(
      'ledger_accounts_kind',
      sql`${t.kind} in ('bank', 'cash_box', 'stripe_clearing', 'line', 'advance', 'stock', 'in_dispute', 'due_from_state_budget', 'due_from_fund', 'due_to_donations', 'admin_expense')`,
    ),
  ],
)

/** A happening in the books. Never updated, never deleted; a deferred trigger asks for at least one posting. */
export const entries = pgTable(
  'entries',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    /** Names the outside fact; written once. */
    idempotencyKey: text('idempotency_key').notNull().unique(),
    /** A correction names what it takes back, once. */
    reversesEntryId: bigint('reverses_entry_id', { mode: 'bigint' })
      .unique()
      .references((): AnyPgColumn => entries.id),
    occurredAt: moment('occurred_at').notNull(),
    bookedAt: moment('booked_at').notNull(),
  },
  (t) => [check('entries_not_itself', sql`${t.reversesEntryId} is null or ${t.reversesEntryId} < ${t.id}`)],
)

/** The one entry of a row; no other row has it. */
export function ownEntry() {
  return bigint('entry_id', { mode: 'bigint' })
    .notNull()
    .unique()
    .references(() => entries.id)
}

/** One debit account, one credit account, one positive amount, inside one ledger. */
export const postings = pgTable(
  'postings',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    entryId: bigint('entry_id', { mode: 'bigint' })
      .notNull()
      .references(() => entries.id),
    ledgerId: integer('ledger_id').notNull(),
    debitAccountId: integer('debit_account_id').notNull(),
    creditAccountId: integer('credit_account_id').notNull(),
    amount: vnd('amount').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'postings_debit',
      columns: [t.ledgerId, t.debitAccountId],
      foreignColumns: [ledgerAccounts.ledgerId, ledgerAccounts.id],
    }),
    foreignKey({
      name: 'postings_credit',
      columns: [t.ledgerId, t.creditAccountId],
      foreignColumns: [ledgerAccounts.ledgerId, ledgerAccounts.id],
    }),
    index('postings_entry').on(t.entryId),
    index('postings_debit_account').on(t.debitAccountId),
    index('postings_credit_account').on(t.creditAccountId),
    check('postings_amount_positive', sql`${t.amount} > 0`),
    check('postings_two_accounts', sql`${t.debitAccountId} <> ${t.creditAccountId}`),
  ],
)
