import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { bankTransactions, dayCloses, donations, receivingAccounts, statementDays, statementFiles, unclosedLines } from '../../db/schema'
import type { Context } from '../context'
import { returnedVndOf, stands } from '../donations/returned'
import { addDays, startOfDay, type Day } from '../time/day'
import type { AccountDays, DayView } from './model'
import { ofStanding } from './standing'

const RECENT = 10
const MOST_LATE = 50

/**
 * Lines that a statement has and no close counted, as `u`, each with its line `b`; a line told twice is none. A fence, so that
 * each is looked up: no plan reads all lines of the bank for those of a day.
 */
const UNCLOSED = sql`${unclosedLines} u cross join lateral (select * from ${bankTransactions} where id = u.bank_transaction_id offset 0) b`
/** Before every day. */
const NO_DAY = '-infinity'

/** Whether a line `b` waits for a person: a state that waits, unless somebody keeps it there for a reason. */
export const WAITING = sql`(b.state in ('outgoing', 'possible_duplicate', 'possible_payout', 'unknown_account')
  or (b.state = 'unplaced' and coalesce(${ofStanding(sql`d.kind`, sql`b.id`)}, '') <> 'keep_unplaced'
    and not exists (select 1 from ${donations} where ${donations.bankTransactionId} = b.id and ${stands(donations.id)}
      and ${returnedVndOf(donations.id)} = ${donations.amountVnd})))`

/** Whoever closes a day of an account, or changes which day lines of it belong to, holds this lock. */
const CLOSE_LOCK = 0x7464_636c

/** Lets one at a time decide what days of an account come to, until the transaction ends. */
export const lockDays = (tx: Transaction, accountId: number) =>
  tx.execute(sql`select pg_advisory_xact_lock(${CLOSE_LOCK}::int, ${accountId}::int)`)

/** The accounts of a fund, how far each is closed, and what the next day still needs. */
export async function listAccountDays(context: Context, fundId: number): Promise<AccountDays[]> {
  const { db } = context
  const accounts = await db
    .select({ id: receivingAccounts.id, alias: receivingAccounts.alias, bankName: receivingAccounts.bankName })
    .from(receivingAccounts)
    .where(and(eq(receivingAccounts.fundId, fundId), isNotNull(receivingAccounts.approvedBy)))
    .orderBy(asc(receivingAccounts.id))
  const found: AccountDays[] = []
  for (const account of accounts) {
    const recent = await db
      .select()
      .from(dayCloses)
      .where(eq(dayCloses.receivingAccountId, account.id))
      .orderBy(desc(dayCloses.day))
      .limit(RECENT)
    const last = recent[0] ?? null
    const day = await nextDay(db, account.id, last?.day ?? null)
    found.push({
      ...account,
      ...{ closedUntil: last?.day ?? null, closingVnd: last?.closingVnd ?? null },
      next: day === null ? null : await viewDay(db, account.id, day, last),
      recent: recent.map((close) => ({
        ...{ day: close.day, closingVnd: close.closingVnd, linesIn: close.linesIn, linesOut: close.linesOut, lateLines: close.lateLines },
        ...{ closedAt: close.closedAt, by: close.closedBy },
      })),
    })
  }
  return found
}

/** Days of an account after one that a booked statement tells of, with or without lines, as rows of `d`. */
const statedDays = (accountId: number, after: Day | null) =>
  sql`${statementDays} d join ${statementFiles} f on f.id = d.file_id where d.receiving_account_id = ${accountId} and f.state = 'booked'
    and d.day > coalesce(${after}::date, (select min(posted_on) from ${unclosedLines} where receiving_account_id = ${accountId}))`

/** The day that an account closes next: the first after the last closed one that a statement tells of; null where none does. */
async function nextDay(db: Database, accountId: number, after: Day | null): Promise<Day | null> {
  const [row] = await db
    .select({
      day: sql<string | null>`least(
        (select min(u.posted_on) from ${unclosedLines} u where u.receiving_account_id = ${accountId} and u.posted_on > ${after ?? NO_DAY}::date),
        (select min(d.day) from ${statedDays(accountId, after)}))::text`,
    })
    .from(sql`(values (1)) as one`)
  return row?.day ?? null
}

/** The days of an account that close next, up to one: what statements tell of, none left out. @param after the last closed day */
export async function daysUntil(db: Database, accountId: number, { after, until }: { after: Day | null; until: Day }): Promise<Day[]> {
  const rows = await db
    .select({ day: sql<string>`days.day::text` })
    .from(
      sql`(select u.posted_on as day from ${unclosedLines} u where u.receiving_account_id = ${accountId} and u.posted_on > ${after ?? NO_DAY}::date
          and u.posted_on <= ${until}::date
        union select d.day from ${statedDays(accountId, after)} and d.day <= ${until}::date) as days`,
    )
    .orderBy(sql`days.day`)
  return rows.map(({ day }) => day)
}

/** What lines of a day come to. */
export type DaySums = Pick<DayView, 'linesIn' | 'linesOut' | 'sumInVnd' | 'sumOutVnd' | 'lateLines' | 'waiting'>
export const NO_LINES: DaySums = { linesIn: 0, linesOut: 0, sumInVnd: 0n, sumOutVnd: 0n, lateLines: 0, waiting: 0 }

/**
 * What lines that no close counted come to, by the day that counts them; a day without lines is left out.
 * @param first the day that counts those of days before it
 * @param last the close before it
 */
export async function sumDays(
  db: Database,
  accountId: number,
  { first, until, last }: { first: Day; until: Day; last: { day: Day } | null },
): Promise<Map<Day, DaySums>> {
  const sum = (direction: 'in' | 'out') =>
    sql`coalesce(sum(b.amount_vnd) filter (where b.direction = ${direction}), 0)::bigint`.mapWith(BigInt)
  const count = (direction: 'in' | 'out') => sql`count(*) filter (where b.direction = ${direction})::int`.mapWith(Number)
  const rows = await db
    .select({
      day: sql<string>`greatest(u.posted_on, ${first}::date)::text`,
      ...{ linesIn: count('in'), linesOut: count('out'), sumInVnd: sum('in'), sumOutVnd: sum('out') },
      lateLines: sql`count(*) filter (where u.posted_on <= ${last?.day ?? null}::date)::int`.mapWith(Number),
      waiting: sql`count(*) filter (where ${WAITING})::int`.mapWith(Number),
    })
    .from(UNCLOSED)
    .where(sql`u.receiving_account_id = ${accountId} and u.posted_on <= ${until}::date`)
    .groupBy(sql`1`)
  return new Map(rows.map(({ day, ...sums }) => [day, sums]))
}

/**
 * Which lines each day that is closed now counts, as stretches [from, to) of their numbers, in order: those of one statement
 * mostly follow one another. By the day that counts them, as `sumDays`.
 */
export async function listCounted(
  db: Database,
  accountId: number,
  { first, until }: { first: Day; until: Day },
): Promise<Map<Day, [string, string][]>> {
  const rows = await db
    .select({ day: sql<string>`day`, from: sql<string>`min(number)::text`, to: sql<string>`(max(number) + 1)::text` })
    .from(
      sql`(select day, number, number - row_number() over (partition by day order by number) as stretch from (
          select greatest(u.posted_on, ${first}::date)::text as day, u.bank_transaction_id as number from ${unclosedLines} u
          where u.receiving_account_id = ${accountId} and u.posted_on <= ${until}::date) counted) numbered`,
    )
    .groupBy(sql`day, stretch`)
    .orderBy(sql`min(number)`)
  const byDay = Map.groupBy(rows, ({ day }) => day)
  return new Map([...byDay].map(([day, stretches]) => [day, stretches.map(({ from, to }) => [from, to])]))
}

/** The first of the lines that no close counted, of days up to one that is closed. */
export const listLate = (db: Database, accountId: number, closed: Day): Promise<DayView['late']> =>
  db
    .select({
      ...{ id: sql<string>`b.id::text`, postedOn: sql<string>`b.posted_on::text`, direction: sql<'in' | 'out'>`b.direction` },
      amountVnd: sql`b.amount_vnd`.mapWith(BigInt),
    })
    .from(UNCLOSED)
    .where(sql`u.receiving_account_id = ${accountId} and u.posted_on <= ${closed}::date`)
    .orderBy(sql`b.id`)
    .limit(MOST_LATE)

/** What a day of an account comes to. @param last the close before it */
async function viewDay(db: Database, accountId: number, day: Day, last: { day: Day; closingVnd: bigint } | null): Promise<DayView> {
  const sums = (await sumDays(db, accountId, { first: day, until: day, last })).get(day) ?? NO_LINES
  const late = last === null ? [] : await listLate(db, accountId, last.day)
  const [unseen] = await db
    .select({
      lines: sql`count(*)::int`.mapWith(Number),
      vnd: sql`coalesce(sum(case b.direction when 'in' then b.amount_vnd else -b.amount_vnd end), 0)::bigint`.mapWith(BigInt),
    })
    .from(sql`${bankTransactions} b`)
    .where(
      sql`b.receiving_account_id = ${accountId} and b.posted_on is null and b.state <> 'duplicate'
        and b.transacted_at < ${startOfDay(addDays(day, 1)).toISOString()}::timestamptz`,
    )
  const told = await toldBy(db, accountId, day)
  return {
    ...{ day, ...sums, late, isOpeningClosed: last !== null },
    ...{ openingVnd: last?.closingVnd ?? told?.openingVnd ?? null, closingVnd: told?.closingVnd ?? null },
    ...{ notOnStatement: unseen?.lines ?? 0, notOnStatementVnd: unseen?.vnd ?? 0n },
  }
}

/** What the newest statement that was booked says of a day. */
async function toldBy(db: Database, accountId: number, day: Day) {
  const [row] = await db
    .select({ openingVnd: statementDays.openingVnd, closingVnd: statementDays.closingVnd })
    .from(statementDays)
    .innerJoin(statementFiles, eq(statementFiles.id, statementDays.fileId))
    .where(and(eq(statementDays.receivingAccountId, accountId), eq(statementDays.day, day), eq(statementFiles.state, 'booked')))
    .orderBy(desc(statementDays.fileId))
    .limit(1)
  return row ?? null
}

/** How many accounts of a fund have a day that a statement tells of, and that is not closed. */
export async function countDaysToClose({ db }: Context, fundId: number): Promise<number> {
  const accounts = await db
    .select({
      id: receivingAccounts.id,
      day: sql<string | null>`(select max(day)::text from ${dayCloses} c where c.receiving_account_id = receiving_accounts.id)`,
    })
    .from(receivingAccounts)
    .where(and(eq(receivingAccounts.fundId, fundId), isNotNull(receivingAccounts.approvedBy)))
  const days = await Promise.all(accounts.map(({ id, day }) => nextDay(db, id, day)))
  return days.filter((day) => day !== null).length
}
