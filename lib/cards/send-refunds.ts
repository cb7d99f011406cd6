import { and, asc, eq, gte, inArray, notExists } from 'drizzle-orm'
import { cardDisputes, cardPayments, donations, funds, refunds } from '../../db/schema'
import type { CardAccount, ServerContext } from '../context'
import { describeError, log } from '../log'
import { NotLaidYet } from '../money-line/uses'
import { stripeErrorCode, stripeOf } from '../payments/stripe/client'
import { readCharge } from '../payments/stripe/read'
import { makeRefund } from '../payments/stripe/refund'
import { withdraw } from './refunds'
import { syncCharge } from './sync'

type Refund = typeof refunds.$inferSelect

/**
 * Sends approved refunds to Stripe and books them. While a dispute of the gift is open they wait: Stripe refunds no such
 * charge. What fails, as where Stripe's balance is too small, is told of in the log and sent again the next time.
 * @param approvedSince leaves those out that were approved before
 * @param signal tells it to stop
 */
export async function sendApprovedRefunds(context: ServerContext, approvedSince = new Date(0), signal?: AbortSignal): Promise<void> {
  const { db, cards } = context
  const disputed = db
    .select({ id: cardDisputes.stripeId })
    .from(cardDisputes)
    .where(and(eq(cardDisputes.donationId, refunds.donationId), eq(cardDisputes.state, 'open')))
  const due = await db
    .select({ refund: refunds, chargeId: cardPayments.chargeId, fundSlug: funds.slug })
    .from(refunds)
    .innerJoin(donations, eq(donations.id, refunds.donationId))
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .innerJoin(funds, eq(funds.id, donations.fundId))
    .where(
      and(
        eq(refunds.state, 'approved'),
        gte(refunds.decidedAt, approvedSince),
        inArray(funds.slug, [...cards.accounts.keys()]),
        notExists(disputed),
      ),
    )
    .orderBy(asc(refunds.id))
  for (const { refund, chargeId, fundSlug } of due) {
    if (signal?.aborted) return
    const account = cards.accounts.get(fundSlug)
    if (!account) continue
    try {
      await send(context, account, refund, chargeId)
    } catch (error) {
      if (error instanceof NotLaidYet) continue
      log.error({ event: 'refund_failed', fund: fundSlug, stripe: stripeErrorCode(error), error: describeError(error) })
    }
  }
}

/**
 * Sends one, unless it was sent before: its key protects it for a day, and after that what Stripe has. Where so much is
 * not there any more, because it went back another way, the wish comes to nothing.
 */
async function send(context: ServerContext, account: CardAccount, refund: Refund, chargeId: string): Promise<void> {
  const { id, idempotencyKey: key, amountMinor } = refund
  const stripe = stripeOf(account)
  const charge = await readCharge(stripe, chargeId)
  if (!charge) throw new Error(`charge ${chargeId} is not known to Stripe`)
  const sent = charge.refunds.find(({ requestKey }) => requestKey === key)
  const isDisputed = (state: 'open' | 'lost') => charge.disputes.some((dispute) => dispute.state === state)
  if (!sent && !isDisputed('open') && (isDisputed('lost') || charge.leftMinor < amountMinor)) return comeToNothing(context, id)
  if (sent || !isDisputed('open')) {
    const stripeId = sent?.stripeId ?? (await makeRefund(stripe, { chargeId, amountMinor, key }))
    await context.db
      .update(refunds)
      .set({ state: 'sent', stripeId })
      .where(and(eq(refunds.id, id), eq(refunds.state, 'approved')))
  }
  await syncCharge(context, account, chargeId)
}

async function comeToNothing(context: ServerContext, id: bigint): Promise<void> {
  await context.db.transaction(async (tx) => {
    const [still] = await tx
      .select()
      .from(refunds)
      .where(and(eq(refunds.id, id), eq(refunds.state, 'approved')))
      .for('update')
    if (still) await withdraw(tx, still, context.now(), { state: 'failed', refusal: 'gone_another_way' })
  })
}
