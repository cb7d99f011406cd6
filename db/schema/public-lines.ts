import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { moment, vnd, word } from './columns'
import { files } from './evidence'

/** How money came or went: by a line of a bank account, by card, or over the office's counter. */
export const LINE_CHANNELS = ['bank', 'card', 'cash'] as const

/**
 * Every line in and out of every account, as far as it is public (docs/decisions/0053). Read model that follows public
 * order: it holds no name and no message, only numbers of their words, which go with them. No foreign keys, which would be
 * looked up seven times for a line; reconciliation compares them.
 */
export const publicLines = pgTable(
  'public_lines',
  {
    /** Place in the public log of the event that tells of it. */
    id: bigint('id', { mode: 'bigint' }).primaryKey(),
    channel: text('channel', { enum: LINE_CHANNELS }).notNull(),
    bankTransactionId: bigint('bank_transaction_id', { mode: 'bigint' }),
    /** The gift, or the interest, that it brings or gives back. */
    donationId: bigint('donation_id', { mode: 'bigint' }),
    /** The bank's posting day where a statement has it; else the day on which it happened. */
    day: date('day', { mode: 'string' }).notNull(),
    direction: text('direction', { enum: ['in', 'out'] }).notNull(),
    amountVnd: vnd('amount_vnd').notNull(),
    /** What it is: as its leaf in the log says, or what its gift is. */
    class: text('class').notNull(),
    /** Whether it only moves what is told elsewhere: between own accounts, from the card company, from the cash box. */
    isMove: boolean('is_move').notNull(),
    fundId: integer('fund_id').notNull(),
    receivingAccountId: integer('receiving_account_id'),
    /** The pot that it came to or was taken from; null where it is of none. */
    lineId: integer('line_id'),
    pledgeId: bigint('pledge_id', { mode: 'bigint' }),
    spendId: bigint('spend_id', { mode: 'bigint' }),
    /** False while only a notice told of a line of the bank. */
    isStated: boolean('is_stated').notNull(),
    /** Numbers of the words of its name and message, or of its spend (above zero, `public_line_words`), and of what it is filtered by (below). */
    terms: integer('terms').array().notNull(),
  },
  (t) => [
    index('public_lines_day').on(t.day, t.id),
    index('public_lines_amount').on(t.amountVnd, t.day, t.id),
    index('public_lines_line')
      .on(t.lineId, t.day, t.id)
      .where(sql`line_id is not null`),
    index('public_lines_out')
      .on(t.day, t.id)
      .where(sql`direction = 'out'`),
    index('public_lines_bank')
      .on(t.bankTransactionId)
      .where(sql`bank_transaction_id is not null`),
    index('public_lines_donation')
      .on(t.donationId)
      .where(sql`bank_transaction_id is null`),
    index('public_lines_pledge')
      .on(t.pledgeId)
      .where(sql`pledge_id is not null`),
    // What waits to be put in order is read by each search: little of it.
    // Beside terms, what sums begin with: so many digits, and the first of them.
    index('public_lines_terms_and_bands')
      .using('gin', t.terms, sql`(array[length(amount_vnd::text) * 10 + left(amount_vnd::text, 1)::int])`)
      .with({ fastupdate: true, gin_pending_list_limit: 512 }),
    check('public_lines_channel', sql`${t.channel} in ('bank', 'card', 'cash')`),
    check('public_lines_direction', sql`${t.direction} in ('in', 'out')`),
    check('public_lines_amount', sql`${t.amountVnd} > 0`),
    check(
      'public_lines_source',
      sql`case ${t.channel} when 'bank' then num_nonnulls(${t.bankTransactionId}, ${t.receivingAccountId}) = 2 else ${t.donationId} is not null and num_nonnulls(${t.bankTransactionId}, ${t.receivingAccountId}) = 0 end`,
    ),
  ],
)

/**
 * Words of names and messages that stand in lines, and of what was bought from whom, small and without marks, and their
 * beginnings of one and two letters ("ng*"), with how many lines have them and what these come to. A word that no line has any more is gone.
 */
export const publicLineWords = pgTable(
  'public_line_words',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    word: word('word').notNull(),
    lines: bigint('lines', { mode: 'number' }).notNull(),
    vnd: vnd('vnd').notNull(),
    /** What of it went out. */
    outVnd: vnd('out_vnd')
      .notNull()
      .default(sql`0`),
  },
  (t) => [
    uniqueIndex('public_line_words_word').on(t.word),
    check('public_line_words_counts', sql`${t.lines} >= 0 and ${t.vnd} >= 0`),
    check('public_line_words_out', sql`${t.outVnd} between 0 and ${t.vnd}`),
  ],
)

/** What lines come to by day, account, pot, direction and class: totals of whatever is asked for without words or amounts. */
export const publicLineTotals = pgTable(
  'public_line_totals',
  {
    day: date('day', { mode: 'string' }).notNull(),
    fundId: integer('fund_id').notNull(),
    channel: text('channel', { enum: LINE_CHANNELS }).notNull(),
    /** 0 where it is no account of a bank. */
    receivingAccountId: integer('receiving_account_id').notNull(),
    /** 0 where it is of no pot; -1 for all of them together. */
    lineId: integer('line_id').notNull(),
    direction: text('direction', { enum: ['in', 'out'] }).notNull(),
    isMove: boolean('is_move').notNull(),
    class: text('class').notNull(),
    lines: bigint('lines', { mode: 'number' }).notNull(),
    vnd: vnd('vnd').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.fundId, t.channel, t.receivingAccountId, t.lineId, t.direction, t.isMove, t.class] }),
    index('public_line_totals_line').on(t.lineId, t.day),
    // Which day of an account has lines next.
    index('public_line_totals_account')
      .on(t.receivingAccountId, t.day)
      .where(sql`line_id = -1`),
    check('public_line_totals_counts', sql`${t.lines} >= 0 and ${t.vnd} >= 0`),
  ],
)

/** One row: up to which place in public order lines are kept. */
export const publicLineProgress = pgTable(
  'public_line_progress',
  {
    id: integer('id').primaryKey().default(1),
    nextPosition: bigint('next_position', { mode: 'bigint' }).notNull(),
  },
  (t) => [check('public_line_progress_one_row', sql`${t.id} = 1`)],
)

/** Lines of the bank, and gifts, of which something changed without an event; filled by triggers, emptied by what keeps the lines. */
export const publicLinesDue = pgTable(
  'public_lines_due',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    bankTransactionId: bigint('bank_transaction_id', { mode: 'bigint' }),
    pledgeId: bigint('pledge_id', { mode: 'bigint' }),
  },
  (t) => [check('public_lines_due_one', sql`num_nonnulls(${t.bankTransactionId}, ${t.pledgeId}) = 1`)],
)

/**
 * Whole days, months and years of the statement as files, made once they are closed (docs/decisions/0053): "2026-11-20",
 * "2026-11", "2026". A period stands here from its first line on. What changes lines of one, or takes words out of it, counts
 * up once its making has begun; the file is served as it was made only as long as that was after the last change.
 */
export const publicLineFiles = pgTable(
  'public_line_files',
  {
    period: text('period').primaryKey(),
    changes: integer('changes').notNull(),
    /** How many changes there were when its making began; null until it was made. */
    madeAfter: integer('made_after'),
    sha256: text('sha256'),
    bytes: bigint('bytes', { mode: 'number' }),
    lines: bigint('lines', { mode: 'number' }),
    madeAt: moment('made_at'),
  },
  (t) => [
    // What is to be made: little of all that was.
    index('public_line_files_due')
      .on(t.period)
      .where(sql`made_after is distinct from changes`),
    check('public_line_files_period', sql`${t.period} ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'`),
    check('public_line_files_made', sql`num_nonnulls(${t.madeAfter}, ${t.sha256}, ${t.bytes}, ${t.lines}, ${t.madeAt}) in (0, 5)`),
  ],
)

/**
 * The bytes of such a file: its head, and of a day its lines in parts of a bounded size. A month and a year have those of
 * their days.
 */
export const publicLineFileParts = pgTable(
  'public_line_file_parts',
  {
    period: text('period')
      .notNull()
      .references(() => publicLineFiles.period),
    position: integer('position').notNull(),
    file: text('file')
      .notNull()
      .references(() => files.name),
  },
  (t) => [primaryKey({ columns: [t.period, t.position] }), index('public_line_file_parts_file').on(t.file)],
)
