import type Stripe from 'stripe'
import { and, asc, eq, gte, inArray, notExists } from 'drizzle-orm'
import { cardDisputes, cardPayments, donations, funds, refunds } from '../../db/schema'
import type { CardAccount, ServerContext } from '../context'
import { describeError, log } from '../log'
import { NotLaidYet } from '../money-line/uses'
import { isRefused, stripeErrorCode, stripeOf } from '../payments/stripe/client'
import { readCharge } from '../payments/stripe/read'
import { makeRefund, refusalForGood } from '../payments/stripe/refund'
import { claimRefund, isTimely, releaseRefund, stillClaimed, type Claim } from './claim'
import { withdraw, type End } from './refunds'
import { syncCharge } from './sync'

/**
 * Sends approved refunds to Stripe and books them. While a dispute of the gift is open they wait: Stripe refunds no such
 * charge. What fails, as where Stripe's balance is too small, is told of in the log and sent again the next time; what
 * Stripe refuses for good is over.
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
    .select({ id: refunds.id, chargeId: cardPayments.chargeId, fundSlug: funds.slug })
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
  for (const { id, chargeId, fundSlug } of due) {
    if (signal?.aborted) return
    const account = cards.accounts.get(fundSlug)
    const claim = account ? await claimRefund(context, id) : null
    if (!account || !claim) continue
    try {
      await send(context, account, claim, chargeId)
      await releaseRefund(context, claim)
    } catch (error) {
      // Where Stripe did not answer it may still take it: nobody else asks before that is over.
      if (error instanceof NotLaidYet || isRefused(error)) await releaseRefund(context, claim)
      if (error instanceof NotLaidYet) continue
      log.error({ event: 'refund_failed', fund: fundSlug, stripe: stripeErrorCode(error), error: describeError(error) })
    }
  }
}

/**
 * Sends one, unless it was sent before: its key protects it for a day, and after that what Stripe has. Where so much is
 * not there any more, because it went back another way, or Stripe will never take it, the wish comes to nothing.
 */
async function send(context: ServerContext, account: CardAccount, claim: Claim, chargeId: string): Promise<void> {
  const { idempotencyKey: key, amountMinor } = claim.refund
  const stripe = stripeOf(account)
  const charge = await readCharge(stripe, chargeId)
  if (!charge) throw new Error(`charge ${chargeId} is not known to Stripe`)
  const sent = charge.refunds.find(({ requestKey }) => requestKey === key)
  const isDisputed = (state: 'open' | 'lost') => charge.disputes.some((dispute) => dispute.state === state)
  if (!sent && !isDisputed('open') && (isDisputed('lost') || charge.leftMinor < amountMinor)) {
    await endClaimed(context, claim, { state: 'failed', refusal: 'gone_another_way' })
    return
  }
  if (sent || !isDisputed('open')) {
    // In the hands of a process that slept it may be somebody else's by now.
    if (!sent && !isTimely(context, claim)) return
    const stripeId = sent?.stripeId ?? (await askFor(context, stripe, claim, chargeId))
    if (stripeId === null) return
    await context.db.update(refunds).set({ state: 'sent', stripeId }).where(stillClaimed(claim))
  }
  await syncCharge(context, account, chargeId)
}

/** Asks Stripe for a refund. @returns null where it refuses for good, and the wish came to nothing */
async function askFor(context: ServerContext, stripe: Stripe, claim: Claim, chargeId: string): Promise<string | null> {
  const { idempotencyKey: key, amountMinor } = claim.refund
  try {
    return await makeRefund(stripe, { chargeId, amountMinor, key })
  } catch (error) {
    const refusal = refusalForGood(error)
    if (refusal === null) throw error
    log.error({ event: 'refund_refused', stripe: stripeErrorCode(error) })
    await endClaimed(context, claim, { state: 'failed', refusal })
    return null
  }
}

/** Ends an approved refund that Stripe did not take, while it is in hand. @returns whether it was still there to be ended */
export async function endClaimed(context: ServerContext, claim: Claim, end: End): Promise<boolean> {
  return context.db.transaction(async (tx) => {
    const [still] = await tx.select().from(refunds).where(stillClaimed(claim)).for('update')
    if (still) await withdraw(tx, still, context.now(), end)
    return still !== undefined
  })
}
