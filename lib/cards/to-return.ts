import { and, asc, eq, inArray, isNotNull, like, notExists, or, sql } from 'drizzle-orm'
import { cardMovements, cardPayments, donations, lines, refunds } from '../../db/schema'
import type { Context } from '../context'
import { returnedVndOf } from '../donations/returned'
import { NotLaidYet } from '../money-line/uses'
import type { CardCharge } from '../payments/stripe/model'
import type { BookedGift } from './book'
import { requestRefund } from './refunds'

const MOST_AT_ONCE = 100

/**
 * Asks that what came too late for an emergency appeal goes back, as far as it did not go already; a person of the fund
 * approves it. Where that was rejected, withdrawn or failed it is asked for again, under a key with the next number: the
 * fund may not keep it.
 */
export async function askToReturn(context: Context, { donationId }: BookedGift, { stripeId, leftMinor }: CardCharge): Promise<void> {
  if (leftMinor === 0n) return
  const first = `return/${stripeId}`
  const asked = await context.db
    .select({ state: refunds.state })
    .from(refunds)
    .where(or(eq(refunds.idempotencyKey, first), like(refunds.idempotencyKey, `${first}/%`)))
  if (asked.some(({ state }) => state === 'requested' || state === 'approved')) return
  const key = asked.length === 0 ? first : `${first}/${asked.length + 1}`
  const wish = { donationId, amountMinor: leftMinor, reason: 'after_closing_day' as const, by: 'closing-day', key }
  const result = await requestRefund(context, wish)
  if (!result.ok && result.refusal === 'not_found') throw new NotLaidYet(`gift ${donationId} can be asked to go back once it is laid`)
}

/** The charges of a fund's gifts that must go back and that nobody asks for just now, the oldest first. */
export async function listToReturn({ db }: Context, fundId: number): Promise<string[]> {
  const moved = db.select({ id: cardMovements.stripeId }).from(cardMovements).where(eq(cardMovements.sourceId, refunds.stripeId))
  const underWay = db
    .select({ id: refunds.id })
    .from(refunds)
    .where(
      and(
        eq(refunds.donationId, donations.id),
        or(inArray(refunds.state, ['requested', 'approved']), and(eq(refunds.state, 'sent'), notExists(moved))),
      ),
    )
  const rows = await db
    .select({ chargeId: cardPayments.chargeId })
    .from(donations)
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .innerJoin(lines, eq(lines.id, donations.lineId))
    .where(
      and(
        ...[eq(lines.fundId, fundId), eq(lines.kind, 'unplaced'), isNotNull(donations.pledgeId), notExists(underWay)],
        sql`${returnedVndOf(donations.id)} < ${donations.amountVnd}`,
      ),
    )
    .orderBy(asc(donations.id))
    .limit(MOST_AT_ONCE)
  return rows.map(({ chargeId }) => chargeId)
}
