import { and, asc, eq } from 'drizzle-orm'
import { cardPayments, donations, funds, refunds } from '../../db/schema'
import type { ServerContext } from '../context'
import { describeError, log } from '../log'
import { NotLaidYet } from '../money-line/uses'
import { isRefusal, stripeErrorCode, stripeOf } from '../payments/stripe/client'
import { makeRefund } from '../payments/stripe/refund'
import { withdraw } from './refunds'
import { syncCharge } from './sync'

const MOST_AT_ONCE = 20

/**
 * Sends approved refunds to Stripe, each under one key, and books them. What Stripe refuses for good, because the
 * charge went back another way, comes to nothing; what fails otherwise is sent again the next time.
 */
export async function sendApprovedRefunds(context: ServerContext): Promise<void> {
  const due = await context.db
    .select({ refund: refunds, chargeId: cardPayments.chargeId, fundSlug: funds.slug })
    .from(refunds)
    .innerJoin(donations, eq(donations.id, refunds.donationId))
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .innerJoin(funds, eq(funds.id, donations.fundId))
    .where(eq(refunds.state, 'approved'))
    .orderBy(asc(refunds.id))
    .limit(MOST_AT_ONCE)
  for (const { refund, chargeId, fundSlug } of due) {
    const account = context.cards.accounts.get(fundSlug)
    if (!account) continue
    try {
      await makeRefund(stripeOf(account), { chargeId, amountMinor: refund.amountMinor, key: refund.idempotencyKey })
      await syncCharge(context, account, chargeId)
    } catch (error) {
      if (error instanceof NotLaidYet) continue
      log.error({ event: 'refund_failed', fund: fundSlug, stripe: stripeErrorCode(error), error: describeError(error) })
      if (!isRefusal(error)) continue
      await context.db.transaction(async (tx) => {
        const [still] = await tx
          .select()
          .from(refunds)
          .where(and(eq(refunds.id, refund.id), eq(refunds.state, 'approved')))
          .for('update')
        if (still) await withdraw(tx, context, still, still.decidedBy ?? '')
      })
    }
  }
}
