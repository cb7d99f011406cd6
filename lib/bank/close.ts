import { and, asc, between, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import { bankTransactions, cardPayouts, dayCloseLines, dayCloses, events, receivingAccounts, unclosedLines } from '../../db/schema'
import { sqlStateOf } from '../../db/sql-state'
import type { Context } from '../context'
import { appendEvents } from '../events/append'
import { ok, refuse, type Result } from '../result'
import type { Day } from '../time/day'
import { daysUntil, listCounted, listLate, lockDays, NO_LINES, sumDays, WAITING, type DaySums } from './days'
import { classified, giftsOf, lockBankLines, tellClass, type Target } from './deciding'
import type { CloseRefusal, LineClass, LineState } from './model'
import { ofStanding } from './standing'

/** What the tables say to a close that is not what its lines come to. */
const INTEGRITY = '23000'

/** What is told of machines' work in one transaction. */
const TOLD_AT_ONCE = 500

interface DayToClose {
  accountId: number
  day: Day
  /** What the bank says it had before and has after, as the person sees it. */
  openingVnd: bigint
  closingVnd: bigint
  by: string
}

/** A day with what the bank says it had before and has after it. */
export type StatedDay = Pick<DayToClose, 'day' | 'openingVnd' | 'closingVnd'>

/**
 * Closes a day of an account, by the bank's posting day: what the bank had, with every line of it, is what the bank says it
 * has, and each line is known for what it is (money.md §4). From then on the day does not change: a line that comes late
 * is counted in the next day that closes, with its true date. Told twice, it is closed once.
 * @returns the id of the close
 */
export async function closeDay(context: Context, wish: DayToClose): Promise<Result<{ closeId: bigint }, CloseRefusal>> {
  const { accountId, day, openingVnd, closingVnd, by } = wish
  const closed = await closeDays(context, { accountId, days: [{ day, openingVnd, closingVnd }], by })
  if (!closed.ok) return closed
  const [closeId] = closed.value.closeIds
  if (closeId === undefined) throw new Error('a close was not written')
  return ok({ closeId })
}

/**
 * Closes the next days of an account, all of them or none. What lines are that `tellPlaced` did not see is told with it.
 * @param wish.days in order, none left out; some dozens, since all are closed in one transaction
 * @returns the ids of the closes, in that order
 */
export async function closeDays(
  context: Context,
  { accountId, days, by }: { accountId: number; days: readonly StatedDay[]; by: string },
): Promise<Result<{ closeIds: bigint[] }, CloseRefusal>> {
  const [first, until] = [days[0]?.day, days.at(-1)?.day]
  if (first === undefined || until === undefined) return ok({ closeIds: [] })
  const close = async (tx: Transaction): Promise<Result<{ closeIds: bigint[] }, CloseRefusal>> => {
    await lockDays(tx, accountId)
    const [account] = await tx.select().from(receivingAccounts).where(eq(receivingAccounts.id, accountId))
    if (!account) return refuse('not_found')
    const known = await closesOf(tx, accountId, first, until)
    if (known.length > 0) {
      const isSame = (one: StatedDay, { day, openingVnd, closingVnd }: StatedDay) =>
        one.day === day && one.openingVnd === openingVnd && one.closingVnd === closingVnd
      const same = days.flatMap((day) => known.find((close) => isSame(close, day))?.id ?? [])
      return same.length === days.length ? ok({ closeIds: same }) : refuse('closed_already')
    }
    const last = await lastClose(tx, accountId)
    const expected = await daysUntil(tx, accountId, { after: last?.day ?? null, until })
    if (expected.length !== days.length || days.some(({ day }, index) => day !== expected[index])) return refuse('not_next')
    let held = 0
    for await (const ids of unclosedUntil(tx, accountId, until)) held += await holdLines(tx, ids)
    const sums = await sumDays(tx, accountId, { first, until, last })
    if (held < [...sums.values()].reduce((lines, { linesIn, linesOut }) => lines + linesIn + linesOut, 0)) return refuse('lines_meanwhile')
    const counted = await listCounted(tx, accountId, { first, until })
    const told = days.map((stated) => ({ ...stated, ...(sums.get(stated.day) ?? NO_LINES), lines: counted.get(stated.day) ?? [] }))
    for (const [index, { openingVnd }] of told.entries())
      if ((told[index - 1] ?? last ?? { closingVnd: openingVnd }).closingVnd !== openingVnd) return refuse('opening_differs')
    if (told.some(({ waiting }) => waiting > 0)) return refuse('unclassified')
    if (told.some(({ openingVnd, sumInVnd, sumOutVnd, closingVnd }) => openingVnd + sumInVnd - sumOutVnd !== closingVnd))
      return refuse('does_not_add_up')
    // A line that came after `tellPlaced` looked is told of as well.
    for await (const ids of unclosedUntil(tx, accountId, until)) await tellUntold(tx, account, ids, context.now())
    const closeIds = await writeCloses(tx, account, { told, last, by, now: context.now() })
    await tx.execute(sql`
      insert into ${dayCloseLines} (bank_transaction_id, close_id)
      select u.bank_transaction_id, c.id from ${unclosedLines} u
      join ${dayCloses} c on c.receiving_account_id = u.receiving_account_id and c.day = greatest(u.posted_on, ${first}::date)
      where u.receiving_account_id = ${accountId} and u.posted_on <= ${until}::date`)
    await ensureWhole(tx)
    return ok({ closeIds })
  }
  try {
    return await context.db.transaction(close)
  } catch (error) {
    if (error instanceof CameMeanwhile) return refuse('lines_meanwhile')
    throw error
  }
}

/** Lets nobody decide on lines until the transaction ends: what they are is what their day is closed with. @returns how many there are */
async function holdLines(tx: Transaction, ids: readonly bigint[]): Promise<number> {
  const { id } = bankTransactions
  return (await tx.select({ id }).from(bankTransactions).where(isAnyOf(id, ids)).orderBy(asc(id)).for('key share')).length
}

/** Ends the transaction of a close whose lines are not those that it was summed up from. */
class CameMeanwhile extends Error {}

/**
 * Lets the tables say now, and not when the transaction ends, whether closes are what their lines come to (`check_day_close`):
 * nobody who books a line waits for whoever closes a day. What comes after this look is late.
 */
async function ensureWhole(tx: Transaction): Promise<void> {
  try {
    await tx.execute(sql`set constraints adds_up immediate`)
  } catch (error) {
    throw sqlStateOf(error) === INTEGRITY ? new CameMeanwhile('lines came while a day was closed', { cause: error }) : error
  }
  await tx.execute(sql`set constraints adds_up deferred`)
}

/** Writes closes with what is public of them. @returns their ids, in order */
async function writeCloses(
  tx: Transaction,
  { id: accountId, fundId, alias }: typeof receivingAccounts.$inferSelect,
  {
    told,
    last,
    by,
    now,
  }: { told: readonly (StatedDay & DaySums & { lines: [string, string][] })[]; last: StatedDay | null; by: string; now: Date },
): Promise<bigint[]> {
  // Of days that were closed before, lines are counted in the first that closes after them.
  const late = last === null || !told[0]?.lateLines ? [] : await listLate(tx, accountId, last.day)
  const eventIds = await appendEvents(
    tx,
    told.map(({ day, openingVnd, closingVnd, lines, linesIn, linesOut, sumInVnd, sumOutVnd, lateLines }, index) => ({
      ...{ kind: 'day_closed' as const, idempotencyKey: `close:${accountId}:${day}`, fundId, day, createdAt: now },
      facts: {
        ...{ account: alias, openingVnd: String(openingVnd), closingVnd: String(closingVnd), lines, linesIn, linesOut },
        ...{ inVnd: String(sumInVnd), outVnd: String(sumOutVnd), lateLines },
        late: index === 0 ? late.map(({ id, postedOn }) => [id, postedOn]) : [],
      },
    })),
  )
  const rows = told.map(({ day, openingVnd, closingVnd, linesIn, linesOut, sumInVnd, sumOutVnd, lateLines }, index) => {
    const eventId = eventIds[index]
    if (eventId == null) throw new Error(`${day} of account ${accountId} was told before`)
    return {
      ...{ receivingAccountId: accountId, day, openingVnd, closingVnd, linesIn, linesOut, sumInVnd, sumOutVnd },
      ...{ lateLines, eventId, closedBy: by, closedAt: now },
    }
  })
  const closes = await tx.insert(dayCloses).values(rows).returning({ id: dayCloses.id })
  return closes.map(({ id }) => id)
}

const lastClose = async (tx: Transaction, accountId: number) =>
  (await tx.select().from(dayCloses).where(eq(dayCloses.receivingAccountId, accountId)).orderBy(desc(dayCloses.day)).limit(1))[0] ?? null

/** Closes of an account from one day to another. */
const closesOf = (tx: Transaction, accountId: number, from: Day, to: Day) =>
  tx
    .select()
    .from(dayCloses)
    .where(and(eq(dayCloses.receivingAccountId, accountId), between(dayCloses.day, from, to)))

/** What lines are by their state alone, where no person decided. */
const BY_STATE: Partial<Record<LineState, LineClass>> = { placed: 'gift', unplaced: 'unplaced', to_return: 'to_return', payout: 'payout' }

const IS_TOLD = ['placed', 'unplaced', 'to_return', 'payout'] as const

/** What a person decided last on a line that stands, for a query of lines. */
const STANDING = ofStanding(sql`d.kind`, sql`bank_transactions.id`)
/** What the newest entry about a line says of it. */
const newestEntry = (tx: Transaction) =>
  tx
    .select({ id: events.id, is: sql<string>`${events.facts}->>'class'`.as('is') })
    .from(events)
    .where(and(eq(events.kind, 'line_classified'), sql`${events.facts}->>'line' = ${bankTransactions.id}::text`))
    .orderBy(desc(events.id))
    .limit(1)
    .as('newest')

/** What lines are of that no person decided on: the gifts that they stand booked as, or Stripe's payout. */
async function machineTargets(tx: Transaction, lineIds: readonly bigint[]): Promise<(lineId: bigint) => Target | null> {
  const gifts = await giftsOf(tx, lineIds)
  const rows = await tx
    .select({ lineId: cardPayouts.bankTransactionId, id: cardPayouts.stripeId })
    .from(cardPayouts)
    .where(isAnyOf(cardPayouts.bankTransactionId, lineIds))
  const payouts = new Map(rows.map(({ lineId, id }) => [lineId, id]))
  return (lineId) => {
    const payout = payouts.get(lineId)
    return payout === undefined ? gifts(lineId) : { payout }
  }
}

/**
 * Makes public what lines are that no entry says anything of, or only that they wait, up to a day of an account: what a code
 * placed, what Stripe paid out, what nobody named and went back to its donor; a line of which a person only said that it is
 * one of its own, of ours, or kept as nobody's, is among them. In short transactions; cut off, it goes on where it stood. Run before the day is closed.
 * @returns how many it told of
 */
export async function tellPlaced(context: Context, accountId: number, day: Day): Promise<number> {
  const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.id, accountId))
  if (!account) return 0
  let told = 0
  for await (const ids of unclosedUntil(context.db, accountId, day)) {
    const now = context.now()
    told += await context.db.transaction((tx) => tellUntold(tx, account, ids, now))
  }
  return told
}

/**
 * Corrects what a closed day says of a line that waited, and waits no more although nobody decided on it. Before its day is
 * closed it is told of with the others (`tellPlaced`).
 */
export async function tellWaitsNoMore(tx: Transaction, lineId: bigint, { key, now }: { key: string; now: Date }): Promise<void> {
  const newest = newestEntry(tx)
  const [waited] = await tx
    .select({ state: bankTransactions.state })
    .from(bankTransactions)
    .innerJoin(dayCloseLines, eq(dayCloseLines.bankTransactionId, bankTransactions.id))
    .innerJoinLateral(newest, eq(newest.is, 'waiting'))
    .where(
      and(
        eq(bankTransactions.id, lineId),
        sql`exists (select 1 from ${bankTransactions} b where b.id = ${bankTransactions.id} and not ${WAITING})`,
      ),
    )
  const is = waited && BY_STATE[waited.state]
  if (!is) return
  const [on, target] = [(await lockBankLines(tx, [lineId]))(lineId), (await machineTargets(tx, [lineId]))(lineId)]
  await tellClass(tx, on, { is, target, key, now })
}

/** Tells of those of some lines that no entry says anything of, or only that they wait. @returns how many they were */
async function tellUntold(
  tx: Transaction,
  account: Pick<typeof receivingAccounts.$inferSelect, 'fundId' | 'alias'>,
  ids: readonly bigint[],
  now: Date,
): Promise<number> {
  const newest = newestEntry(tx)
  // Held, so that nobody decides on them meanwhile.
  const lines = await tx
    .select({ line: bankTransactions, after: newest.id })
    .from(bankTransactions)
    .leftJoinLateral(newest, sql`true`)
    .where(
      and(
        ...[isAnyOf(bankTransactions.id, ids), inArray(bankTransactions.state, IS_TOLD)],
        sql`coalesce(${newest.is}, 'waiting') = 'waiting'`,
        sql`coalesce(${STANDING}, 'not_same') in ('not_same', 'not_payout', 'ours', 'keep_unplaced')`,
        sql`exists (select 1 from ${bankTransactions} b where b.id = ${bankTransactions.id} and not ${WAITING})`,
      ),
    )
    .orderBy(asc(bankTransactions.id))
    .for('no key update', { of: bankTransactions })
  if (lines.length === 0) return 0
  const targetOf = await machineTargets(
    tx,
    lines.map(({ line }) => line.id),
  )
  await appendEvents(
    tx,
    lines.flatMap(({ line, after }) => {
      const is = BY_STATE[line.state]
      // Once after each entry that it follows, however often this is asked for.
      const key = `placed:line:${line.id}${after === null ? '' : `:after:${after}`}`
      return is ? [classified(line, account, is, { target: targetOf(line.id), key, now })] : []
    }),
  )
  return lines.length
}

/** Lines up to a day of an account that no close counted, some at a time, by the bank's day. */
async function* unclosedUntil(db: Database, accountId: number, day: Day): AsyncGenerator<bigint[]> {
  const { postedOn, bankTransactionId: id } = unclosedLines
  const until = and(eq(unclosedLines.receivingAccountId, accountId), lte(postedOn, day))
  for (let last: typeof unclosedLines.$inferSelect | undefined; ;) {
    const after = last && sql`(${postedOn}, ${id}) > (${last.postedOn}::date, ${last.bankTransactionId})`
    const lines = await db.select().from(unclosedLines).where(and(until, after)).orderBy(asc(postedOn), asc(id)).limit(TOLD_AT_ONCE)
    last = lines.at(-1)
    if (!last) return
    yield lines.map(({ bankTransactionId }) => bankTransactionId)
  }
}
