import { and, asc, eq, isNull, ne, notInArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { bankTransactions, cardPayouts, receivingAccounts } from '../../db/schema'
import { clearingOf } from '../cards/book'
import type { Context } from '../context'
import { postEntry } from '../ledger/post'
import { addDays, dayOf } from '../time/day'
import { tellWaitsNoMore } from './close'
import { lockBankLines } from './deciding'

/** A bank books a payout some days before or after the day on which it should arrive. */
const DAYS_APART = 7
const MOST_AT_ONCE = 50

/**
 * Matches what banks told of Stripe with Stripe's payouts, whichever came first: the same fund and sum, at most a week
 * apart, and nothing else that it could be. Anything less sure stays for a person (money.md §4).
 * @returns how many were matched
 */
export async function matchPayouts(context: Context): Promise<number> {
  const lines = await context.db
    .select({ id: bankTransactions.id })
    .from(bankTransactions)
    .where(
      and(
        eq(bankTransactions.state, 'possible_payout'),
        sql`${bankTransactions.state} not in ('placed', 'payout', 'settled', 'duplicate')`,
      ),
    )
    .orderBy(asc(bankTransactions.id))
    .limit(MOST_AT_ONCE)
  let matched = 0
  for (const { id } of lines) if (await context.db.transaction((tx) => matchLine(tx, id, context.now()))) matched += 1
  return matched
}

async function matchLine(tx: Transaction, lineId: bigint, now: Date): Promise<boolean> {
  const on = (await lockBankLines(tx, [lineId]))(lineId)
  const { line, account } = on
  if (!account || line.state !== 'possible_payout') return false
  const { amountVnd, transactedAt } = line
  const day = dayOf(transactedAt)
  const payouts = await tx
    .select({ stripeId: cardPayouts.stripeId })
    .from(cardPayouts)
    .where(
      and(
        ...[eq(cardPayouts.fundId, account.fundId), eq(cardPayouts.amountVnd, amountVnd), isNull(cardPayouts.bankTransactionId)],
        notInArray(cardPayouts.state, ['failed', 'canceled']),
        sql`${cardPayouts.arrivesOn} between ${addDays(day, -DAYS_APART)} and ${addDays(day, DAYS_APART)}`,
      ),
    )
    .for('update')
  const [payout, ...others] = payouts
  if (!payout || others.length > 0) return false
  const [twin] = await tx
    .select({ id: bankTransactions.id })
    .from(bankTransactions)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
    .where(
      and(
        ...[eq(bankTransactions.state, 'possible_payout'), eq(receivingAccounts.fundId, account.fundId)],
        ...[eq(bankTransactions.amountVnd, amountVnd), ne(bankTransactions.id, lineId)],
      ),
    )
    .limit(1)
  if (twin) return false
  const entryId = await postEntry(tx, {
    ...{ kind: 'payout', idempotencyKey: `payout:${payout.stripeId}`, occurredAt: transactedAt, bookedAt: now },
    postings: [{ debit: account.book, credit: await clearingOf(tx, account.fundId), amountVnd }],
  })
  if (entryId === null) throw new Error(`payout ${payout.stripeId} was booked before`)
  await tx.update(cardPayouts).set({ bankTransactionId: lineId }).where(eq(cardPayouts.stripeId, payout.stripeId))
  await tx.update(bankTransactions).set({ state: 'payout' }).where(eq(bankTransactions.id, lineId))
  await tellWaitsNoMore(tx, lineId, { key: `payout:${payout.stripeId}`, now })
  return true
}
