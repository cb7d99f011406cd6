import { and, asc, eq, inArray, lt, lte, notInArray } from 'drizzle-orm'
import { stringify } from 'csv-stringify/sync'
import { bankTransactions, receivingAccounts, statementDays } from '../../db/schema'
import { closeDays, tellPlaced } from '../bank/close'
import { keepUnreadableNotice } from '../bank/commands'
import { decideLine } from '../bank/decide'
import { lineMark } from '../bank/model'
import type { FileContext } from '../context'
import { acceptFile, giveFile } from '../statements/commands'
import { storeFile } from '../statements/store'
import { workOnStatements } from '../statements/work'
import { addDays, dayOf, formatDay, periodDays, startOfDay, type Day } from '../time/day'
import { SAMPLE_ACCOUNTS, SAMPLE_FUNDS, type SampleFund } from './bank-lines'
import { given } from './given'

const ACCOUNTANTS: Record<SampleFund, string> = { 'ha-noi': 'ke-toan-mau', 'ninh-thuan': 'ke-toan-ninh-thuan-mau' }
const HEADS = ['Ngày hạch toán', 'Ngày phát sinh', 'Mô tả giao dịch', 'Nợ/Debit', 'Có/Credit', 'Số dư TK', 'Số giao dịch']
/** So many lines of the first fund's account are still to be looked at. */
const WAITING_LINES = 8
/** So many days of each account are booked and still to be closed. */
const OPEN_DAYS = 1
/** What an account held before the sample's year. */
const OPENING_BALANCE_VND = 250_000_000n

/** What an accountant says of lines that a day is not closed with. */
const SAID = {
  unplaced: { kind: 'keep_unplaced', reason: 'Chưa rõ của ai: giữ lại, chờ người ủng hộ nhận.' },
  outgoing: { kind: 'fee', reason: '' },
  possible_duplicate: { kind: 'same', reason: '' },
} as const
const WAITING = ['unplaced', 'outgoing', 'possible_duplicate'] as const

type Line = typeof bankTransactions.$inferSelect & { day: Day; balanceVnd: bigint }

/** What a bank has of an account of the sample, and who works with it. */
export interface BankAccount {
  account: typeof receivingAccounts.$inferSelect
  by: string
  lines: Line[]
  /** The last day whose lines are booked from a statement. */
  bookedUntil: Day
}

interface Telling {
  context: FileContext
  /** Sets the clock of the context. */
  at: (moment: Date, key: string) => void
}

/** The accounts of the sample with all that came in and went out, once that was told. */
export async function findAccounts(context: FileContext, anchorDay: Day): Promise<BankAccount[]> {
  const found: BankAccount[] = []
  for (const fund of SAMPLE_FUNDS) {
    const { accountNumber } = SAMPLE_ACCOUNTS[fund]
    const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.accountNumber, accountNumber))
    if (!account) throw new Error(`the sample has no account of ${fund}`)
    const lines = await linesOf(context, account.id)
    const waitingFrom = (fund === 'ha-noi' ? lines.at(-WAITING_LINES)?.day : undefined) ?? anchorDay
    const bookedUntil = lines.findLast(({ day }) => day < waitingFrom)?.day ?? addDays(waitingFrom, -1)
    found.push({ account, by: ACCOUNTANTS[fund], lines, bookedUntil })
  }
  return found
}

/** The quarters of the sample's year, by whose statements its accountants close days. @returns the first and last day of each */
export function quartersOf(anchorDay: Day): { from: Day; to: Day }[] {
  const quarters: { from: Day; to: Day }[] = []
  for (let from = addDays(anchorDay, -364); from <= anchorDay;) {
    const [year = 0, month = 0] = from.split('-').map(Number)
    const { to } = periodDays(`${year}-${String(Math.ceil(month / 3) * 3).padStart(2, '0')}`)
    quarters.push({ from, to })
    from = addDays(to, 1)
  }
  return quarters
}

/**
 * Gives the statement of a quarter, as an account's accountant would: accepts it, says what its lines are that waited, and
 * closes its days, but for the last of them. Told again after a cut, it goes on.
 */
export async function tellQuarter(
  { context, at }: Telling,
  { account, by, lines, bookedUntil }: BankAccount,
  quarter: { from: Day; to: Day },
) {
  const until = earlier(quarter.to, bookedUntil)
  const told = lines.filter(({ day }) => day >= quarter.from && day <= until)
  const [first] = told
  if (!first) return
  // Of what was before its first line the fund has no statement; after it, each begins where the one before ended.
  const period = { from: first === lines[0] ? first.day : quarter.from, to: until }
  const name = `sao-ke-${period.from}-den-${until}.csv`
  at(new Date(startOfDay(addDays(until, 1)).getTime() + 9 * 3_600_000), `statements/${account.id}/${name}`)
  const fileId = await give(context, account, { name, rows: told.map(rowOf), by, period })
  given(await acceptFile(context, { fundId: account.fundId, fileId, by, despite: null }), name)
  await work(context)
  const closing = earlier(until, addDays(bookedUntil, -OPEN_DAYS))
  await decideWaiting(context, account.id, closing, by)
  await tellPlaced(context, account.id, closing)
  const days = await context.db
    .select({ day: statementDays.day, openingVnd: statementDays.openingVnd, closingVnd: statementDays.closingVnd })
    .from(statementDays)
    .where(and(eq(statementDays.fileId, fileId), lte(statementDays.day, closing)))
    .orderBy(asc(statementDays.day))
  const stated = days.map(({ day, openingVnd, closingVnd }) => {
    if (openingVnd === null || closingVnd === null) throw new Error(`${name} gives no balances of ${day}`)
    return { day, openingVnd, closingVnd }
  })
  given(await closeDays(context, { accountId: account.id, days: stated, by }), `days of ${name}`)
}

const earlier = (one: Day, other: Day): Day => (one < other ? one : other)

/** Says of each line that waits, up to a day, what it is: all that was paid for goods was said when it was paid. */
async function decideWaiting(context: FileContext, accountId: number, until: Day, by: string): Promise<void> {
  const { id, receivingAccountId, transactedAt, state } = bankTransactions
  const waiting = await context.db
    .select({ id, state })
    .from(bankTransactions)
    .where(and(eq(receivingAccountId, accountId), lt(transactedAt, startOfDay(addDays(until, 1))), inArray(state, [...WAITING])))
    .orderBy(asc(id))
  for (const line of waiting) {
    const of = WAITING.find((one) => one === line.state)
    if (!of) continue
    const { kind, reason } = SAID[of]
    const wish = { lineId: line.id, decision: { kind }, seen: lineMark(of, null), reason, by, key: `sample/close/${line.id}` }
    given(await decideLine(context, wish), wish.key)
  }
}

/**
 * Gives the statement of the first fund's last days, which waits, with a fee that nobody told of, a line that may be told
 * twice and a row that can't be read. And a notice that nobody understands.
 */
export async function tellWaiting(
  { context, at }: Telling,
  { account, by, lines, bookedUntil }: BankAccount,
  anchorDay: Day,
): Promise<void> {
  at(startOfDay(addDays(anchorDay, 1)), 'statements/waiting')
  const rows = withOddities(lines.filter(({ day }) => day > bookedUntil))
  await give(context, account, { name: 'sao-ke-tuan-nay.csv', rows, by })
  const body = { accountNumber: account.accountNumber, transferAmount: 'hai tram nghin', content: 'ung ho' }
  await keepUnreadableNotice(context, { provider: 'sepay', providerEventId: 'unread:sample', body })
}

/** Lines of an account in the order in which the bank has them, each with its day and the balance after it. */
async function linesOf({ db }: FileContext, accountId: number): Promise<Line[]> {
  const rows = await db
    .select()
    .from(bankTransactions)
    .where(and(eq(bankTransactions.receivingAccountId, accountId), notInArray(bankTransactions.state, ['possible_duplicate', 'duplicate'])))
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

/** Gives a statement of an account to be read, and waits until it was. @returns its number */
async function give(
  context: FileContext,
  { id, fundId, accountNumber }: BankAccount['account'],
  { name, rows, by, period }: { name: string; rows: string[][]; by: string; period?: { from: Day; to: Day } },
): Promise<bigint> {
  const titles = [
    ['Sao kê tài khoản', accountNumber],
    ...(period ? [[`Từ ngày ${formatDay(period.from)} đến ngày ${formatDay(period.to)}`]] : []),
  ]
  const text = stringify([...titles, HEADS, ...rows])
  const stored = given(await storeFile(context, [Buffer.from(text)]), name)
  const file = { ...stored, fundId, name, receivingAccountId: id, idempotencyKey: `sample:${id}:${name}`, by }
  const fileId = given(await giveFile(context, file), name)
  await work(context)
  return fileId
}

const work = (context: FileContext): Promise<void> =>
  workOnStatements(context, (_file, error) => {
    throw new Error('a statement of the sample was not read', { cause: error })
  })
