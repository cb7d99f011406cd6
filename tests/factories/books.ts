import { and, eq, sql } from 'drizzle-orm'
import { cardPayments, funds, ledgerAccounts, ledgers, postings } from '../../db/schema'
import type { Context } from '../../lib/context'
import { recordDonation } from '../../lib/donations/record'
import { fundAccount, fundLine } from '../../lib/ledger/books'

/** Debits less credits of a fund's accounts of a kind; what it owes stands above zero, too. */
export async function balanceOf(
  { db }: Context,
  fundSlug: string,
  source: 'donation' | 'state_budget',
  kind: typeof ledgerAccounts.$inferSelect.kind,
): Promise<bigint> {
  const [row] = await db
    .select({
      balance:
        sql`coalesce(sum(case when ${postings.debitAccountId} = ${ledgerAccounts.id} then ${postings.amount} else -${postings.amount} end), 0)::bigint`.mapWith(
          BigInt,
        ),
    })
    .from(postings)
    .innerJoin(ledgerAccounts, sql`${ledgerAccounts.id} in (${postings.debitAccountId}, ${postings.creditAccountId})`)
    .innerJoin(ledgers, eq(ledgers.id, ledgerAccounts.ledgerId))
    .innerJoin(funds, eq(funds.id, ledgers.fundId))
    .where(and(eq(funds.slug, fundSlug), eq(ledgers.source, source), eq(ledgerAccounts.kind, kind)))
  return row?.balance ?? 0n
}

/** A gift by card to a fund's reserve. */
export async function giveToReserve(context: Context, fundId: number, amountVnd: bigint): Promise<void> {
  const now = context.now()
  await context.db.transaction(async (tx) => {
    const ids = { chargeId: `ch_reserve_${fundId}`, paymentIntentId: 'pi_reserve' }
    const [payment] = await tx
      .insert(cardPayments)
      .values({ fundId, ...ids, currency: 'vnd', amountMinor: amountVnd, amountVnd, rate: null, chargedAt: now, createdAt: now })
      .returning({ id: cardPayments.id })
    if (!payment) throw new Error('no payment')
    const place = { lineId: await fundLine(tx, fundId, 'reserve'), pledgeId: null, code: null }
    const source = { kind: 'card' as const, cardPaymentId: payment.id, charged: null }
    const into = await fundAccount(tx, fundId, 'donation', 'stripe_clearing')
    await recordDonation(tx, { fundId, ...place, source, into, amountVnd, receivedAt: now, bookedAt: now })
  })
}
