import { and, asc, desc, eq, gt, isNull, lte, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import { bankTransactions, cardPayouts, dayCloseLines, dayCloses, events, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { appendEvent, appendEvents } from '../events/append'
import { ok, refuse, type Result } from '../result'
import type { Day } from '../time/day'
import { lockDays, nextDay, viewDay } from './days'
import { classified, giftsOf, type Target } from './deciding'
import type { CloseRefusal, LineClass, LineState } from './model'

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

/**
 * Closes a day of an account, by the bank's posting day: what the bank had, with every line of it, is what the bank says it
 * has, and each line is known for what it is (money.md §4). From then on the day does not change: a line that comes late
 * is counted in the next day that closes, with its true date. Told twice, it is closed once.
 * @returns the id of the close
 */
export async function closeDay(context: Context, wish: DayToClose): Promise<Result<{ closeId: bigint }, CloseRefusal>> {
  const { accountId, day, openingVnd, closingVnd, by } = wish
  const now = context.now()
  return context.db.transaction(async (tx) => {
    await lockDays(tx, accountId)
    const [account] = await tx.select().from(receivingAccounts).where(eq(receivingAccounts.id, accountId))
    if (!account) return refuse('not_found')
    const [last] = await tx
      .select()
      .from(dayCloses)
      .where(eq(dayCloses.receivingAccountId, accountId))
      .orderBy(desc(dayCloses.day))
      .limit(1)
    const known = await closeOf(tx, accountId, day)
    if (known)
      return known.openingVnd === openingVnd && known.closingVnd === closingVnd ? ok({ closeId: known.id }) : refuse('closed_already')
    if ((await nextDay(tx, accountId, last?.day ?? null)) !== day) return refuse('not_next')
    const view = await viewDay(tx, accountId, day, last ?? null)
    if (last && last.closingVnd !== openingVnd) return refuse('opening_differs')
    if (view.waiting > 0) return refuse('unclassified')
    const { linesIn, linesOut, sumInVnd, sumOutVnd, late, lateLines } = view
    if (openingVnd + sumInVnd - sumOutVnd !== closingVnd) return refuse('does_not_add_up')
    const eventId = await appendEvent(tx, {
      ...{ kind: 'day_closed', idempotencyKey: `close:${accountId}:${day}`, fundId: account.fundId, day, createdAt: now },
      facts: {
        ...{ account: account.alias, openingVnd: String(openingVnd), closingVnd: String(closingVnd), linesIn, linesOut },
        ...{ inVnd: String(sumInVnd), outVnd: String(sumOutVnd), lateLines, late: late.map(({ id, postedOn }) => [id, postedOn]) },
      },
    })
    if (eventId === null) throw new Error(`${day} of account ${accountId} was told before`)
    const [close] = await tx
      .insert(dayCloses)
      .values({
        ...{ receivingAccountId: accountId, day, openingVnd, closingVnd, linesIn, linesOut, sumInVnd, sumOutVnd },
        ...{ lateLines, eventId, closedBy: by, closedAt: now },
      })
      .returning({ id: dayCloses.id })
    if (!close) throw new Error('a close was not written')
    await tx.execute(sql`
      insert into ${dayCloseLines} (bank_transaction_id, close_id)
      select b.id, ${close.id} from ${bankTransactions} b where b.receiving_account_id = ${accountId} and b.posted_on <= ${day}::date
        and b.state <> 'duplicate' and not exists (select 1 from ${dayCloseLines} c where c.bank_transaction_id = b.id)`)
    return ok({ closeId: close.id })
  })
}

async function closeOf(tx: Transaction, accountId: number, day: Day) {
  const [row] = await tx
    .select()
    .from(dayCloses)
    .where(and(eq(dayCloses.receivingAccountId, accountId), eq(dayCloses.day, day)))
  return row ?? null
}

/** What lines are by their state alone, where no person decided. */
const BY_STATE: Partial<Record<LineState, LineClass>> = { placed: 'gift', to_return: 'to_return', payout: 'payout' }

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
 * Makes public what lines are that no person had to decide on, up to a day of an account: what a code placed, what Stripe
 * paid out. In short transactions; cut off, it goes on where it stood. Run before the day is closed.
 * @returns how many it told of
 */
export async function tellPlaced(context: Context, accountId: number, day: Day): Promise<number> {
  const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.id, accountId))
  if (!account) return 0
  for (let told = 0, after = 0n; ;) {
    const lines = await context.db
      .select({ line: bankTransactions })
      .from(bankTransactions)
      .leftJoin(events, eq(events.idempotencyKey, sql`'placed:line:' || ${bankTransactions.id}`))
      .where(
        and(
          ...[eq(bankTransactions.receivingAccountId, accountId), lte(bankTransactions.postedOn, day), isNull(events.id)],
          gt(bankTransactions.id, after),
          sql`not exists (select 1 from ${dayCloseLines} c where c.bank_transaction_id = ${bankTransactions.id})`,
          sql`${bankTransactions.state} in ('placed', 'to_return', 'payout')`,
          sql`not exists (select 1 from bank_decision_lines l join bank_decisions d on d.id = l.decision_id
            where l.bank_transaction_id = ${bankTransactions.id} and d.undone_at is null and d.kind not in ('not_same', 'not_payout'))`,
        ),
      )
      .orderBy(asc(bankTransactions.id))
      .limit(TOLD_AT_ONCE)
    if (lines.length === 0) return told
    const now = context.now()
    await context.db.transaction(async (tx) => {
      const targetOf = await machineTargets(
        tx,
        lines.map(({ line }) => line.id),
      )
      return appendEvents(
        tx,
        lines.flatMap(({ line }) => {
          const is = BY_STATE[line.state]
          return is ? [classified(line, account, is, { target: targetOf(line.id), key: `placed:line:${line.id}`, now })] : []
        }),
      )
    })
    told += lines.length
    after = lines.at(-1)?.line.id ?? after
  }
}
