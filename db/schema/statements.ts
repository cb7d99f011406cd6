import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bankTransactions } from './bank'
import { moment, vnd } from './columns'
import { files } from './evidence'
import { funds, receivingAccounts } from './funds'

/** Why a file, or a row of it, was not understood, as a code; where it is, where it is anywhere. */
export interface StatementProblem {
  code: string
  /** As Excel numbers it, from 1. */
  row?: number
  /** Which sheet, where a file has several. */
  sheet?: string
  /** What stands there, shortened. */
  found?: string
}

/** How many lines of a file are what. */
export type StatementCounts = Record<'new' | 'known' | 'possible_duplicate' | 'contradictory' | 'unreadable', number>

/**
 * A bank's statement as a file that somebody gave. It is read into lines, compared with the books, looked at, and then
 * accepted or thrown away as a whole. A row is written once its bytes are stored.
 */
export const statementFiles = pgTable(
  'statement_files',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    /** As whoever gave it named it. */
    name: text('name').notNull(),
    format: text('format', { enum: ['csv', 'xls', 'xlsx'] }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** Of which account it is, where whoever gave it said so; else the file says it. */
    receivingAccountId: integer('receiving_account_id').references(() => receivingAccounts.id),
    /**
     * `waiting` to be read; `needs_mapping` by a person; `comparing` with the books; `read`, and waiting for a person;
     * `accepted`, and being booked; `booked`; or `refused`, or `thrown_away`.
     */
    state: text('state', {
      enum: ['waiting', 'needs_mapping', 'comparing', 'read', 'refused', 'accepted', 'booked', 'thrown_away'],
    })
      .notNull()
      .default('waiting'),
    /** Why it was refused. */
    problem: jsonb('problem').$type<StatementProblem>(),
    /** Its first rows, for whoever says what its columns are; gone once that is said. */
    head: jsonb('head').$type<string[][]>(),
    /** Lines read so far. */
    linesRead: integer('lines_read').notNull().default(0),
    /** Lines compared with the books so far, in the order of their numbers. */
    linesCompared: integer('lines_compared').notNull().default(0),
    /** Lines booked so far, in the order of their numbers. */
    linesBooked: integer('lines_booked').notNull().default(0),
    /** Null until all are compared. */
    counts: jsonb('counts').$type<StatementCounts>(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    uploadedBy: text('uploaded_by').notNull(),
    uploadedAt: moment('uploaded_at').notNull(),
    acceptedBy: text('accepted_by'),
    acceptedAt: moment('accepted_at'),
    /** Why it was accepted although it contradicts itself or the books. */
    acceptedDespite: text('accepted_despite'),
    bookedAt: moment('booked_at'),
    /** Null where nobody did, but time. */
    thrownAwayBy: text('thrown_away_by'),
    thrownAwayAt: moment('thrown_away_at'),
  },
  (t) => [
    index('statement_files_fund').on(t.fundId, t.id),
    index('statement_files_work')
      .on(t.id)
      .where(sql`state in ('waiting', 'comparing', 'accepted')`),
    check('statement_files_format', sql`${t.format} in ('csv', 'xls', 'xlsx')`),
    check(
      'statement_files_state',
      sql`${t.state} in ('waiting', 'needs_mapping', 'comparing', 'read', 'refused', 'accepted', 'booked', 'thrown_away')`,
    ),
    check('statement_files_refused', sql`${t.problem} is null or ${t.state} in ('refused', 'thrown_away')`),
    check(
      'statement_files_accepted',
      sql`num_nonnulls(${t.acceptedBy}, ${t.acceptedAt}) = case when ${t.state} in ('accepted', 'booked') then 2 else 0 end`,
    ),
    check('statement_files_booked', sql`(${t.bookedAt} is not null) = (${t.state} = 'booked')`),
    check('statement_files_thrown_away', sql`(${t.thrownAwayAt} is not null) = (${t.state} = 'thrown_away')`),
    check('statement_files_progress', sql`${t.linesBooked} <= ${t.linesCompared} and ${t.linesCompared} <= ${t.linesRead}`),
  ],
)

/** The bytes of a file, in parts of a bounded size, so that none is ever in memory as a whole. */
export const statementParts = pgTable(
  'statement_parts',
  {
    fileId: bigint('file_id', { mode: 'bigint' })
      .notNull()
      .references(() => statementFiles.id),
    position: integer('position').notNull(),
    file: text('file')
      .notNull()
      .references(() => files.name),
  },
  (t) => [
    primaryKey({ columns: [t.fileId, t.position] }),
    index('statement_parts_file').on(t.file),
    check('statement_parts_kept', sql`${t.file} like 'kept/%'`),
  ],
)

/** What a file says of one account: a file may have several, one after another or in sheets. */
export const statementSections = pgTable(
  'statement_sections',
  {
    fileId: bigint('file_id', { mode: 'bigint' })
      .notNull()
      .references(() => statementFiles.id),
    position: integer('position').notNull(),
    receivingAccountId: integer('receiving_account_id')
      .notNull()
      .references(() => receivingAccounts.id),
    /** What the bank says before its first line and after its last; null where it says neither. */
    openingVnd: vnd('opening_vnd'),
    closingVnd: vnd('closing_vnd'),
    /** The period, where the file names it. */
    fromDay: date('from_day', { mode: 'string' }),
    toDay: date('to_day', { mode: 'string' }),
    /** Null until all of its lines are read: whether the newest line comes first. */
    isNewestFirst: boolean('is_newest_first'),
  },
  (t) => [
    primaryKey({ columns: [t.fileId, t.position] }),
    check('statement_sections_period', sql`${t.fromDay} is null or ${t.toDay} is null or ${t.fromDay} <= ${t.toDay}`),
  ],
)

/** A row of a file, staged: no line of the books before its file is accepted. A bank's fee and VAT are lines of their own. */
export const statementLines = pgTable(
  'statement_lines',
  {
    fileId: bigint('file_id', { mode: 'bigint' }).notNull(),
    /** From 1, in the order of the file. */
    number: integer('number').notNull(),
    section: integer('section').notNull(),
    /** Where it stands, as Excel numbers rows, from 1. */
    row: integer('row').notNull(),
    /** Null on the line itself. */
    part: text('part', { enum: ['fee', 'vat'] }),
    /** The day on which the bank booked it. Null, like all that follows, where the row could not be read. */
    postedOn: date('posted_on', { mode: 'string' }),
    /** When it happened, where the file says so; else the beginning of the day. */
    transactedAt: moment('transacted_at'),
    direction: text('direction', { enum: ['in', 'out'] }),
    amountVnd: vnd('amount_vnd'),
    balanceVnd: vnd('balance_vnd'),
    reference: text('reference'),
    /** As the bank wrote it. Private. */
    memo: text('memo').notNull(),
    /** What it is beside the books, as they were when it was compared; null before that. */
    kind: text('kind', { enum: ['new', 'known', 'possible_duplicate', 'contradictory', 'unreadable'] }),
    /** What is wrong with it, of lines that are unreadable or contradict. */
    problem: jsonb('problem').$type<StatementProblem>(),
    /** The line of the books that it is, or may be, or contradicts. */
    bankTransactionId: bigint('bank_transaction_id', { mode: 'bigint' }).references(() => bankTransactions.id),
  },
  (t) => [
    primaryKey({ columns: [t.fileId, t.number] }),
    foreignKey({
      name: 'statement_lines_section',
      columns: [t.fileId, t.section],
      foreignColumns: [statementSections.fileId, statementSections.position],
    }),
    index('statement_lines_kind').on(t.fileId, t.kind, t.number),
    index('statement_lines_transaction')
      .on(t.bankTransactionId)
      .where(sql`bank_transaction_id is not null`),
    check('statement_lines_number', sql`${t.number} > 0 and ${t.row} > 0`),
    check('statement_lines_part', sql`${t.part} in ('fee', 'vat')`),
    check('statement_lines_direction', sql`${t.direction} in ('in', 'out')`),
    check('statement_lines_amount_positive', sql`${t.amountVnd} > 0`),
    check('statement_lines_kind', sql`${t.kind} in ('new', 'known', 'possible_duplicate', 'contradictory', 'unreadable')`),
    check(
      'statement_lines_read',
      sql`num_nonnulls(${t.postedOn}, ${t.transactedAt}, ${t.direction}, ${t.amountVnd}) = case when ${t.kind} = 'unreadable' then 0 else 4 end`,
    ),
  ],
)

/**
 * What a file says of one day of an account, by the bank's posting day: each day from its first to its last. The
 * balances are the bank's own where it gives one after each line; else they follow from the one it begins with.
 */
export const statementDays = pgTable(
  'statement_days',
  {
    fileId: bigint('file_id', { mode: 'bigint' })
      .notNull()
      .references(() => statementFiles.id),
    receivingAccountId: integer('receiving_account_id')
      .notNull()
      .references(() => receivingAccounts.id),
    day: date('day', { mode: 'string' }).notNull(),
    openingVnd: vnd('opening_vnd'),
    closingVnd: vnd('closing_vnd'),
    lines: integer('lines').notNull(),
    inVnd: vnd('in_vnd').notNull(),
    outVnd: vnd('out_vnd').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.fileId, t.receivingAccountId, t.day] }),
    index('statement_days_account').on(t.receivingAccountId, t.day),
    check('statement_days_sums', sql`${t.lines} >= 0 and ${t.inVnd} >= 0 and ${t.outVnd} >= 0`),
  ],
)

/** What the columns of an account's files are, as a person said it once. */
export const statementMappings = pgTable('statement_mappings', {
  receivingAccountId: integer('receiving_account_id')
    .primaryKey()
    .references(() => receivingAccounts.id),
  /** By the text of the column's header, folded: which fact it has. */
  columns: jsonb('columns').$type<Record<string, string>>().notNull(),
  setBy: text('set_by').notNull(),
  setAt: moment('set_at').notNull(),
})
