import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { cardDisputes, cardPayments, donations, pledges, refunds } from '../../db/schema'
import type { Context } from '../context'
import { returnedVndOf, stands } from '../donations/returned'
import type { DisputeRow, GiftToReturn, RefundRow } from './model'

const MOST = 60

/** Requests of a fund that gifts go back: those that wait first, then the newest. */
export async function listRefunds({ db }: Context, fundId: number): Promise<RefundRow[]> {
  const rows = await db
    .select({ refund: refunds, code: pledges.code, cardPaymentId: donations.cardPaymentId })
    .from(refunds)
    .innerJoin(donations, eq(donations.id, refunds.donationId))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .where(eq(donations.fundId, fundId))
    .orderBy(sql`${inArray(refunds.state, ['requested', 'approved'])} desc`, desc(refunds.id))
    .limit(MOST)
  return rows.map(({ refund, code, cardPaymentId }) => {
    const { amountVnd, reason, state, requestedBy, requestedAt, decidedBy } = refund
    const via = cardPaymentId === null ? 'bank' : 'card'
    return { id: String(refund.id), code, amountVnd, via, reason, state, requestedBy, requestedAt, decidedBy }
  })
}

/** Disputes of a fund that are open, those whose day is nearest first. */
export async function listDisputes({ db }: Context, fundId: number): Promise<DisputeRow[]> {
  const { stripeId, amountVnd, reason, openedAt, answerBy } = cardDisputes
  return db
    .select({ id: stripeId, code: pledges.code, amountVnd, reason, openedAt, answerBy })
    .from(cardDisputes)
    .innerJoin(donations, eq(donations.id, cardDisputes.donationId))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .where(and(eq(cardDisputes.fundId, fundId), eq(cardDisputes.state, 'open')))
    .orderBy(asc(answerBy))
    .limit(MOST)
}

/** Gifts of a fund that came with a code and stand, with what is left of each. */
export async function findGiftsToReturn({ db }: Context, fundId: number, code: string): Promise<GiftToReturn[]> {
  const rows = await db
    .select({ gift: donations, cardMinor: cardPayments.amountMinor, returnedVnd: returnedVndOf(donations.id) })
    .from(donations)
    .innerJoin(pledges, eq(pledges.id, donations.pledgeId))
    .leftJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .where(and(eq(donations.fundId, fundId), eq(pledges.code, code), eq(donations.nature, 'gift'), stands(donations.id)))
    .orderBy(asc(donations.id))
  return rows.map(({ gift, cardMinor, returnedVnd }) => ({
    ...{ donationId: String(gift.id), amountVnd: gift.amountVnd, leftVnd: gift.amountVnd - returnedVnd, receivedAt: gift.receivedAt },
    ...{ via: gift.cardPaymentId === null ? ('bank' as const) : ('card' as const), wholeMinor: cardMinor ?? gift.amountVnd },
  }))
}

/** How many requests of a fund wait for somebody else than who asked. */
export const countRefundsToDecide = async ({ db }: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> =>
  (
    await db
      .select({ id: refunds.id })
      .from(refunds)
      .innerJoin(donations, eq(donations.id, refunds.donationId))
      .where(and(eq(refunds.state, 'requested'), eq(donations.fundId, fundId), ne(refunds.requestedBy, staffId)))
  ).length
