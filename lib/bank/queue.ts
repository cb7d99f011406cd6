import { and, asc, desc, eq, gt, inArray, sql, type SQL } from 'drizzle-orm'
import { bankDecisionLines, bankDecisions, bankTransactions, donations, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { returnedVndOf, stands } from '../donations/returned'
import type { Locale } from '../i18n/locale'
import { lineMark, type DecisionRow, type Queue, type QueueGroup, type QueueLine } from './model'
import { ofStanding } from './standing'
import { suggest } from './suggest'

/** What a page of the queue shows. */
const QUEUE_PAGE = 40
const RECENT = 12

/** The decision that stands last on a line; null where none does. For a query on bank lines. */
const LAST_ID = sql<bigint | null>`${ofStanding(sql`d.id`, sql`bank_transactions.id`)}`.mapWith(BigInt)

/** Just the rows of the index that holds what waits. */
const WAITS = sql`${bankTransactions.state} not in ('placed', 'payout', 'settled', 'duplicate')`
const IS_KEPT = sql`coalesce(${ofStanding(sql`d.kind`, sql`bank_transactions.id`)} = 'keep_unplaced', false)`

/** Whether all that a line brought went back to whoever gave it: then it waits for nothing. */
const IS_RETURNED = sql`exists (select 1 from ${donations} where ${donations.bankTransactionId} = ${bankTransactions.id}
  and ${stands(donations.id)} and ${returnedVndOf(donations.id)} = ${donations.amountVnd})`

const GROUPS: Record<QueueGroup, SQL> = {
  in: sql`${bankTransactions.state} = 'unplaced' and not ${IS_KEPT} and not ${IS_RETURNED}`,
  out: sql`${bankTransactions.state} = 'outgoing'`,
  twice: sql`${bankTransactions.state} = 'possible_duplicate'`,
  payout: sql`${bankTransactions.state} = 'possible_payout'`,
  return: sql`${bankTransactions.state} = 'to_return' and not ${IS_RETURNED}`,
  kept: sql`${bankTransactions.state} = 'unplaced' and ${IS_KEPT} and not ${IS_RETURNED}`,
}

/** Which bank lines stand in a group of the queue, for a query on `bank_transactions` under its own name. */
export const inQueueGroup = (group: QueueGroup): SQL => GROUPS[group]

/** Lines of a fund that wait for a person, the oldest first, each with what it may be and why. */
export async function getQueue(
  context: Context,
  fundId: number,
  { group, after }: { group: QueueGroup | null; after: bigint | null },
  locale: Locale,
): Promise<Queue> {
  const rows = await linesWhere(
    context,
    fundId,
    and(
      WAITS,
      after === null ? undefined : gt(bankTransactions.id, after),
      group === null ? sql`not (${IS_KEPT} or ${IS_RETURNED})` : GROUPS[group],
    ),
    QUEUE_PAGE + 1,
  )
  const page = rows.slice(0, QUEUE_PAGE)
  return {
    lines: await described(context, fundId, page, locale),
    counts: await countQueue(context, fundId),
    next: rows.length > QUEUE_PAGE ? String(page.at(-1)?.line.id) : null,
  }
}

/** One line of a fund that waits, by its number; null where it does not. */
export async function getQueueLine(context: Context, fundId: number, id: bigint, locale: Locale): Promise<QueueLine | null> {
  const rows = await linesWhere(context, fundId, and(WAITS, eq(bankTransactions.id, id)), 1)
  return (await described(context, fundId, rows, locale))[0] ?? null
}

const linesWhere = ({ db }: Context, fundId: number, where: SQL | undefined, limit: number) =>
  db
    .select({ line: bankTransactions, account: receivingAccounts.alias, decisionId: LAST_ID })
    .from(bankTransactions)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
    .where(and(eq(receivingAccounts.fundId, fundId), where))
    .orderBy(asc(bankTransactions.id))
    .limit(limit)

async function described(
  context: Context,
  fundId: number,
  rows: Awaited<ReturnType<typeof linesWhere>>,
  locale: Locale,
): Promise<QueueLine[]> {
  const lines = rows.map(({ line }) => line)
  const twins = await twinsOf(
    context,
    lines.flatMap(({ duplicateOfId }) => duplicateOfId ?? []),
  )
  const suggestions = await suggest(context, fundId, lines, locale)
  return rows.map(({ line, account, decisionId }) => {
    const { id, state, reason, direction, amountVnd, memo, transactedAt, postedOn, duplicateOfId } = line
    return {
      ...{ id: String(id), seen: lineMark(state, decisionId), account },
      ...{ state, reason, direction, amountVnd, memo, transactedAt, postedOn },
      twin: (duplicateOfId !== null && twins.get(duplicateOfId)) || null,
      suggestions: suggestions.get(id) ?? [],
    }
  })
}

/** What lines of a fund carry, by their numbers; lines of others are left out. */
export async function lineAmounts({ db }: Context, fundId: number, ids: readonly bigint[]): Promise<Map<bigint, bigint>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: bankTransactions.id, amountVnd: bankTransactions.amountVnd })
    .from(bankTransactions)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
    .where(and(eq(receivingAccounts.fundId, fundId), inArray(bankTransactions.id, [...ids])))
  return new Map(rows.map(({ id, amountVnd }) => [id, amountVnd]))
}

async function twinsOf({ db }: Context, ids: readonly bigint[]): Promise<Map<bigint, QueueLine['twin']>> {
  if (ids.length === 0) return new Map()
  const { id, memo, transactedAt, amountVnd } = bankTransactions
  const rows = await db
    .select({ id, memo, transactedAt, amountVnd })
    .from(bankTransactions)
    .where(inArray(id, [...ids]))
  return new Map(rows.map((row) => [row.id, { ...row, id: String(row.id) }]))
}

/** How many lines of a fund wait, by group; those that were kept for a reason wait for nobody. */
async function countQueue({ db }: Context, fundId: number): Promise<Record<QueueGroup, number>> {
  const count = (group: QueueGroup) => sql`count(*) filter (where ${GROUPS[group]})::int`.mapWith(Number)
  const counts = {
    ...{ in: count('in'), out: count('out'), twice: count('twice') },
    ...{ payout: count('payout'), return: count('return'), kept: count('kept') },
  }
  const [row] = await db
    .select(counts)
    .from(bankTransactions)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
    .where(and(eq(receivingAccounts.fundId, fundId), WAITS))
  return row ?? { in: 0, out: 0, twice: 0, payout: 0, return: 0, kept: 0 }
}

/** What was decided last in a fund, the newest first. */
export async function listRecentDecisions({ db }: Context, fundId: number): Promise<DecisionRow[]> {
  const rows = await db.select().from(bankDecisions).where(eq(bankDecisions.fundId, fundId)).orderBy(desc(bankDecisions.id)).limit(RECENT)
  const lines = await db
    .select({ decisionId: bankDecisionLines.decisionId, line: bankTransactions, lastId: LAST_ID })
    .from(bankDecisionLines)
    .innerJoin(bankTransactions, eq(bankTransactions.id, bankDecisionLines.bankTransactionId))
    .where(
      inArray(
        bankDecisionLines.decisionId,
        rows.map(({ id }) => id),
      ),
    )
  return rows.map((row) => {
    const own = lines.filter(({ decisionId }) => decisionId === row.id)
    return {
      ...{ id: String(row.id), kind: row.kind, by: row.decidedBy, at: row.decidedAt, reason: row.reason, isUndone: row.undoneAt !== null },
      isLast: own.every(({ lastId }) => lastId === row.id),
      lines: own.map(({ line: { id, direction, amountVnd, memo } }) => ({ id: String(id), direction, amountVnd, memo })),
    }
  })
}

/** How many lines wait in a fund. */
export async function countWaiting(context: Context, fundId: number): Promise<number> {
  const counts = await countQueue(context, fundId)
  return counts.in + counts.out + counts.twice + counts.payout + counts.return
}
