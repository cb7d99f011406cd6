import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { cardPayments, donations, pledges, refunds, type REFUND_REASONS } from '../../db/schema'
import type { Context } from '../context'
import { appendEvent } from '../events/append'
import { lengthOf, takeLast, written, type Stretch } from '../money-line/stretches'
import { availableOn, endHolds, layHolds, NotLaidYet, ownStretches } from '../money-line/uses'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'

export type RefundReason = (typeof REFUND_REASONS)[number]

export type RequestRefusal =
  /** No gift has this id, or it has no place on its line yet. */
  | 'not_found'
  /** More than was charged or transferred, or nothing. */
  | 'not_an_amount'
  /** So much of the gift is not there any more: spent, given back, or held. */
  | 'not_available'
  /** The key names another wish: of another gift, or another amount. */
  | 'key_taken'

export interface RefundWish {
  donationId: bigint
  /** In the smallest unit of what the card was charged; of a transfer, in đồng. */
  amountMinor: bigint
  /** For staff and auditors; never public. */
  reason: RefundReason
  /** The person who asks. */
  by: string
  /** Names this wish: asked twice, it is one. */
  key: string
}

/**
 * Asks that a gift goes back, in full or in part. Its đồng are held from this moment on; another person decides (money.md
 * §5, §7). One by card goes back by Stripe, one that came to the bank when a line out of it is matched (lib/bank). Of a
 * cheque that its bank took back, what nobody was promised is held: the money is gone, whatever it was used for meanwhile.
 * @returns the id of the request
 */
export async function requestRefund(context: Context, wish: RefundWish): Promise<Result<{ refundId: bigint }, RequestRefusal>> {
  const { donationId, amountMinor, reason, by, key } = wish
  const now = context.now()
  const known = await knownAs(context.db, wish)
  if (known) return known
  try {
    return await context.db.transaction(async (tx) => {
      const [gift] = await tx
        .select({ donation: donations, payment: cardPayments, method: pledges.method })
        .from(donations)
        .leftJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
        .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
        .where(and(eq(donations.id, donationId), eq(donations.nature, 'gift')))
      const isCheque = reason === 'cheque_returned'
      if (!gift || (isCheque && gift.method !== 'cheque')) return refuse('not_found')
      const wholeMinor = gift.payment?.amountMinor ?? gift.donation.amountVnd
      if (amountMinor <= 0n || amountMinor > wholeMinor) return refuse('not_an_amount')
      const own = await ownStretches(tx, donationId)
      const meanwhile = await knownAs(tx, wish)
      if (meanwhile) return meanwhile
      const amountVnd = (amountMinor * gift.donation.amountVnd) / wholeMinor
      const held = takeLast(await unpromised(tx, own.free), amountVnd)
      if (lengthOf(isCheque ? [...own.free, ...own.spent] : held) < amountVnd) return refuse('not_available')
      const lineId = held[0]?.lineId ?? gift.donation.lineId
      const facts = { stretches: written(held), ...(isCheque ? { because: reason, heldVnd: String(lengthOf(held)) } : {}) }
      const holdEventId = await appendEvent(tx, {
        ...{ kind: 'refund_requested', idempotencyKey: `refund:${key}:requested`, fundId: gift.donation.fundId, lineId },
        ...{ day: dayOf(now), amountVnd, donationId, facts, createdAt: now },
      })
      if (holdEventId === null) throw new AskedMeanwhile(`refund ${key} was asked for before`)
      await layHolds(tx, holdEventId, held)
      const [row] = await tx
        .insert(refunds)
        .values({
          donationId,
          amountVnd,
          amountMinor,
          reason,
          state: 'requested',
          idempotencyKey: key,
          requestedBy: by,
          holdEventId,
          requestedAt: now,
        })
        .returning({ id: refunds.id })
      if (!row) throw new Error('a refund was not written')
      return ok({ refundId: row.id })
    })
  } catch (error) {
    if (error instanceof NotLaidYet) return refuse('not_found')
    if (error instanceof AskedMeanwhile) return (await knownAs(context.db, wish)) ?? refuse('key_taken')
    throw error
  }
}

/** What of free đồng may be held: what a spend was promised is not taken from under it. The caller holds their lines' locks. */
async function unpromised(tx: Transaction, free: readonly Stretch[]): Promise<Stretch[]> {
  const found: Stretch[] = []
  for (const [lineId, own] of Map.groupBy(free, (stretch) => stretch.lineId)) {
    const availableVnd = await availableOn(tx, lineId)
    if (availableVnd > 0n) found.push(...takeLast(own, availableVnd))
  }
  return found
}

/** Somebody else asked under the same key, of another gift, and was first. */
class AskedMeanwhile extends Error {}

/** What was asked for under a wish's key; null where nothing was. */
async function knownAs(
  db: Database | Transaction,
  { donationId, amountMinor, key }: RefundWish,
): Promise<Result<{ refundId: bigint }, 'key_taken'> | null> {
  const [known] = await db.select().from(refunds).where(eq(refunds.idempotencyKey, key))
  if (!known) return null
  const isSame = known.donationId === donationId && known.amountMinor === amountMinor
  return isSame ? ok({ refundId: known.id }) : refuse('key_taken')
}

export type DecisionRefusal = 'not_found' | 'decided_already' | 'same_person'

/** Approves a refund, by another person than the one who asked; Stripe is sent it soon after, a bank's waits for its line. */
export const approveRefund = (context: Context, decision: { refundId: bigint; by: string }): Promise<Result<null, DecisionRefusal>> =>
  decide(context, decision, async (tx, refund) => {
    await tx.update(refunds).set({ state: 'approved', decidedBy: decision.by, decidedAt: context.now() }).where(eq(refunds.id, refund.id))
  })

/** Refuses a refund: its đồng are the children's again. */
export const rejectRefund = (context: Context, decision: { refundId: bigint; by: string }): Promise<Result<null, DecisionRefusal>> =>
  decide(context, decision, (tx, refund) => withdraw(tx, refund, context.now(), { state: 'rejected', decidedBy: decision.by }))

async function decide(
  context: Context,
  { refundId, by }: { refundId: bigint; by: string },
  work: (tx: Transaction, refund: typeof refunds.$inferSelect) => Promise<void>,
): Promise<Result<null, DecisionRefusal>> {
  return context.db.transaction(async (tx) => {
    const [refund] = await tx.select().from(refunds).where(eq(refunds.id, refundId)).for('update')
    if (!refund) return refuse('not_found')
    if (refund.state !== 'requested') return refuse('decided_already')
    if (refund.requestedBy === by) return refuse('same_person')
    await work(tx, refund)
    return ok(null)
  })
}

/** How a refund ends that moved nothing. `refusal` is Stripe's code, or `gone_another_way`. */
export type End =
  | { state: 'rejected'; decidedBy: string }
  | { state: 'failed'; stripeId: string }
  | { state: 'failed'; refusal: string }
  | { state: 'withdrawn'; withdrawnBy: string }

/** Ends a refund that comes to nothing, in the caller's transaction: what was held for it is free again. */
export async function withdraw(tx: Transaction, refund: typeof refunds.$inferSelect, now: Date, end: End): Promise<void> {
  const [gift] = await tx
    .select({ fundId: donations.fundId, lineId: donations.lineId })
    .from(donations)
    .where(eq(donations.id, refund.donationId))
  const { donationId, amountVnd, idempotencyKey } = refund
  const eventId = await appendEvent(tx, {
    ...{ kind: 'refund_withdrawn', idempotencyKey: `refund:${idempotencyKey}:withdrawn`, fundId: gift?.fundId ?? null },
    ...{ lineId: gift?.lineId ?? null, day: dayOf(now), amountVnd, donationId, facts: {}, createdAt: now },
  })
  if (eventId === null) throw new Error(`refund ${idempotencyKey} was withdrawn before`)
  await endHolds(tx, refund.holdEventId, eventId)
  await tx
    .update(refunds)
    .set(end.state === 'rejected' ? { ...end, decidedAt: now } : end)
    .where(eq(refunds.id, refund.id))
}

export type WithdrawTransferRefusal = 'not_found' | 'not_approved' | 'same_person'

/**
 * Ends an approved refund of a transfer that nobody paid out, by another person than who approved it: what was held for it
 * is the children's again. One by card is ended where Stripe is asked first (withdraw-refund.ts).
 */
export async function withdrawTransferRefund(
  context: Context,
  { refundId, by }: { refundId: bigint; by: string },
): Promise<Result<null, WithdrawTransferRefusal>> {
  return context.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ refund: refunds, cardPaymentId: donations.cardPaymentId })
      .from(refunds)
      .innerJoin(donations, eq(donations.id, refunds.donationId))
      .where(eq(refunds.id, refundId))
      .for('update', { of: refunds })
    if (!row || row.cardPaymentId !== null) return refuse('not_found')
    if (row.refund.state !== 'approved') return refuse('not_approved')
    if (row.refund.decidedBy === by) return refuse('same_person')
    await withdraw(tx, row.refund, context.now(), { state: 'withdrawn', withdrawnBy: by })
    return ok(null)
  })
}
