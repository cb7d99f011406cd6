import { and, asc, eq, ne } from 'drizzle-orm'
import { stringify } from 'csv-stringify/sync'
import { bankTransactions, receivingAccounts } from '../../db/schema'
import { keepUnreadableNotice } from '../bank/commands'
import type { FileContext } from '../context'
import { acceptFile, giveFile } from '../statements/commands'
import { storeFile } from '../statements/store'
import { workOnStatements } from '../statements/work'
import { addDays, dayOf, formatDay, startOfDay, type Day } from '../time/day'
import { SAMPLE_ACCOUNTS } from './bank-lines'
import { given } from './given'

const BY = 'ke-toan-mau'
const HEADS = ['Ngày hạch toán', 'Ngày phát sinh', 'Mô tả giao dịch', 'Nợ/Debit', 'Có/Credit', 'Số dư TK', 'Số giao dịch']
/** So many lines are still to be looked at; those of three weeks before them are booked. */
const WAITING_LINES = 8
const BOOKED_DAYS = 21
/** What an account held before the sample's year. */
const OPENING_BALANCE_VND = 250_000_000n

type Line = typeof bankTransactions.$inferSelect & { day: Day; balanceVnd: bigint }

/**
 * Gives two statements of an account, as its accountant would: one of three weeks that is accepted and told of lines that
 * were known, and one of the last days that waits, with a fee that nobody told of, a line that may be told twice and a row
 * that can't be read. And a notice that nobody understands.
 * @param at sets the clock of the context
 */
export async function tellStatements(
  { context, at }: { context: FileContext; at: (moment: Date, key: string) => void },
  anchorDay: Day,
): Promise<void> {
  const { accountNumber } = SAMPLE_ACCOUNTS['ha-noi']
  const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.accountNumber, accountNumber))
  if (!account) throw new Error('the sample has no account')
  const lines = await linesOf(context, account.id)
  const from = lines.at(-WAITING_LINES)?.day ?? anchorDay
  const booked = lines.filter(({ day }) => day < from && day >= addDays(from, -BOOKED_DAYS))
  at(startOfDay(from), 'statements/booked')
  const fileId = await give(context, account, { name: 'sao-ke-thang-truoc.csv', rows: booked.map(rowOf) })
  given(await acceptFile(context, { fundId: account.fundId, fileId, by: BY, despite: null }), 'statement')
  await work(context)
  at(startOfDay(addDays(anchorDay, 1)), 'statements/waiting')
  await give(context, account, { name: 'sao-ke-tuan-nay.csv', rows: withOddities(lines.filter(({ day }) => day >= from)) })
  const body = { accountNumber, transferAmount: 'hai tram nghin', content: 'ung ho' }
  await keepUnreadableNotice(context, { provider: 'sepay', providerEventId: 'unread:sample', body })
}

/** Lines of an account in the order in which the bank has them, each with its day and the balance after it. */
async function linesOf({ db }: FileContext, accountId: number): Promise<Line[]> {
  const rows = await db
    .select()
    .from(bankTransactions)
    .where(and(eq(bankTransactions.receivingAccountId, accountId), ne(bankTransactions.state, 'possible_duplicate')))
    .orderBy(asc(bankTransactions.transactedAt), asc(bankTransactions.id))
  let balanceVnd = OPENING_BALANCE_VND
  return rows.map((row) => {
    balanceVnd += row.direction === 'in' ? row.amountVnd : -row.amountVnd
    return { ...row, day: dayOf(row.transactedAt), balanceVnd }
  })
}

const rowOf = ({ day, memo, direction, amountVnd, balanceVnd, reference }: Line): string[] => [
  ...[formatDay(day), formatDay(day), memo, direction === 'out' ? String(amountVnd) : '', direction === 'in' ? String(amountVnd) : ''],
  ...[String(balanceVnd), reference ?? ''],
]

/** The last days as the bank has them: one line without balance and under another number, one more, and a row that is none. */
function withOddities(lines: readonly Line[]): string[][] {
  const double = lines.findLastIndex(({ direction }) => direction === 'in')
  const last = lines.at(-1)
  if (!last) return []
  const fee = { ...last, memo: 'PHI CHUYEN TIEN', direction: 'out' as const, amountVnd: 3_300n, reference: 'PHI0001' }
  return [
    ...lines.map((line, index) =>
      rowOf(line)
        .with(5, index === double ? '' : String(line.balanceVnd))
        .with(6, index === double ? 'SP2026' : (line.reference ?? '')),
    ),
    rowOf({ ...fee, balanceVnd: last.balanceVnd - fee.amountVnd }),
    ['31/02/2026', '', 'PHI SMS', '11.000', '', '', 'PHI0002'],
  ]
}

async function give(
  context: FileContext,
  { id, fundId, accountNumber }: typeof receivingAccounts.$inferSelect,
  { name, rows }: { name: string; rows: string[][] },
): Promise<bigint> {
  const text = stringify([['Sao kê tài khoản', accountNumber], HEADS, ...rows])
  const stored = given(await storeFile(context, [Buffer.from(text)]), name)
  const file = { ...stored, fundId, name, receivingAccountId: id, idempotencyKey: `sample:${name}`, by: BY }
  const fileId = given(await giveFile(context, file), name)
  await work(context)
  return fileId
}

const work = (context: FileContext): Promise<void> =>
  workOnStatements(context, (_file, error) => {
    throw new Error('a statement of the sample was not read', { cause: error })
  })
