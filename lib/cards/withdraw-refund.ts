import { eq } from 'drizzle-orm'
import { cardPayments, donations, funds, refunds } from '../../db/schema'
import type { ServerContext } from '../context'
import { describeError, log } from '../log'
import { stripeErrorCode, stripeOf } from '../payments/stripe/client'
import { readCharge } from '../payments/stripe/read'
import { ok, refuse, type Result } from '../result'
import { claimRefund, releaseRefund } from './claim'
import { endClaimed } from './send-refunds'

export type WithdrawRefusal =
  | 'not_found'
  /** It was not decided, or is over, or sent. */
  | 'not_approved'
  /** Who approved it: another person ends it. */
  | 'same_person'
  /** It is being sent just now, or was some minutes ago and Stripe did not answer. */
  | 'being_sent'
  /** Stripe has it: it is booked as soon as it is told of. */
  | 'taken'
  /** Stripe did not answer, or knows no such charge: nobody can be sure. */
  | 'unreachable'

/**
 * Ends an approved refund that Stripe did not take, by another person than who approved it: what was held for it is the
 * children's again. Stripe is asked first, by the key that each refund of ours carries, while nobody can send it.
 */
export async function withdrawRefund(
  context: ServerContext,
  { refundId, by }: { refundId: bigint; by: string },
): Promise<Result<null, WithdrawRefusal>> {
  const [row] = await context.db
    .select({ refund: refunds, chargeId: cardPayments.chargeId, fundSlug: funds.slug })
    .from(refunds)
    .innerJoin(donations, eq(donations.id, refunds.donationId))
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .innerJoin(funds, eq(funds.id, donations.fundId))
    .where(eq(refunds.id, refundId))
  if (!row) return refuse('not_found')
  if (row.refund.state !== 'approved') return refuse('not_approved')
  if (row.refund.decidedBy === by) return refuse('same_person')
  const account = context.cards.accounts.get(row.fundSlug)
  if (!account) return refuse('unreachable')
  const claim = await claimRefund(context, refundId)
  if (!claim) return refuse('being_sent')
  try {
    const charge = await readCharge(stripeOf(account), row.chargeId)
    if (!charge) return refuse('unreachable')
    if (charge.refunds.some(({ requestKey }) => requestKey === claim.refund.idempotencyKey)) return refuse('taken')
    return (await endClaimed(context, claim, { state: 'withdrawn', withdrawnBy: by })) ? ok(null) : refuse('being_sent')
  } catch (error) {
    log.warn({ event: 'refund_not_withdrawn', fund: row.fundSlug, stripe: stripeErrorCode(error), error: describeError(error) })
    return refuse('unreachable')
  } finally {
    await releaseRefund(context, claim)
  }
}
