import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { refunds } from '../../db/schema'
import { giveBack } from '../donations/give-back'
import { chooseTakeovers, handBack } from '../donations/hand-back'
import { appendEvent } from '../events/append'
import { fundAccount, fundLine, lineAccount } from '../ledger/books'
import type { Posting } from '../ledger/post'
import { named } from '../money-line/stretches'
import { dayOf } from '../time/day'
import type { CardRefund, Movement } from '../payments/stripe/model'
import { bookMovement, clearingOf } from './book'
import { paidBackOf } from './borne'
import { costPostings } from './costs'
import { withdraw } from './refunds'
import { needBooked, shareOf, type Step } from './step'

/** Money sent back: the donor's đồng leave the line. Where the day's rate is another than at the gift, the difference is a cost. */
export async function bookRefund(step: Step, refund: CardRefund, movement: Movement): Promise<void> {
  const { tx, now } = step
  const { donationId, fundId } = step.gift
  const { stripeId, requestKey } = refund
  const clearing = await clearingOf(tx, fundId)
  const isNew = await bookMovement(tx, {
    ...{ movement, fundId, kind: 'refund', sourceId: stripeId, donationId, now },
    postings: async () => {
      const { postings, givenVnd } = await giveBack(tx, {
        ...{ donationId, fundId, amountVnd: shareOf(step, stripeId), from: clearing, kind: 'refund', key: `stripe:${stripeId}` },
        ...{ holdEventId: await holdOfRequest(tx, refund), day: dayOf(movement.happenedAt), now, facts: { refund: stripeId } },
      })
      return [...postings, ...(await costPostings(tx, fundId, clearing, -movement.amountVnd - givenVnd))]
    },
  })
  if (!isNew || requestKey === null) return
  await tx
    .update(refunds)
    .set({ state: 'sent', stripeId })
    .where(and(eq(refunds.idempotencyKey, requestKey), eq(refunds.state, 'approved')))
}

async function holdOfRequest(tx: Transaction, { requestKey }: CardRefund): Promise<bigint | null> {
  if (requestKey === null) return null
  const [request] = await tx.select({ hold: refunds.holdEventId }).from(refunds).where(eq(refunds.idempotencyKey, requestKey))
  return request?.hold ?? null
}

/**
 * A bank sent a refund back: the money returns to whoever bore it (lib/cards/borne.ts). What a line gave enters it at its
 * end, as the same donor's; what the reserve stood in for enters the reserve, for the đồng it stood in for stay its own;
 * what the fund owes for is owed no longer, and the đồng it stood in for are the donor's spent ones again. The rest is
 * the state budget's, and so is what the day's rate makes of it.
 */
export async function bookRefundFailure(step: Step, refund: CardRefund, sent: Movement, movement: Movement): Promise<void> {
  const { tx, charge, shares, now } = step
  const { donationId, fundId, amountVnd: giftVnd } = step.gift
  const { stripeId, requestKey } = refund
  await needBooked(tx, sent)
  const clearing = await clearingOf(tx, fundId)
  const isNew = await bookMovement(tx, {
    ...{ movement, fundId, kind: 'refund_failure', sourceId: stripeId, donationId, now },
    postings: async () => {
      const postings: Posting[] = []
      const reserveLineId = await fundLine(tx, fundId, 'reserve')
      for (const { lineId, amountVnd } of await paidBackOf(
        tx,
        { donationId, amountVnd: giftVnd, reserveLineId },
        stripeId,
        charge,
        shares,
      )) {
        const handedBack = lineId === null ? await chooseTakeovers(tx, donationId, stripeId, amountVnd) : []
        const eventId = await appendEvent(tx, {
          ...{ kind: 'refund_failed', idempotencyKey: `stripe:${stripeId}:failed:${lineId ?? 'fund'}`, fundId, lineId },
          ...{ day: dayOf(movement.happenedAt), amountVnd, donationId, createdAt: now },
          facts: lineId === null ? { failed: stripeId, handsBack: handedBack.map(({ stretch }) => named(stretch)) } : { failed: stripeId },
        })
        if (eventId === null) throw new Error(`refund ${stripeId} failed before`)
        await handBack(tx, handedBack, eventId)
        const credit = lineId === null ? await fundAccount(tx, fundId, 'donation', 'due_from_fund') : await lineAccount(tx, lineId)
        postings.push({ debit: clearing, credit, amountVnd })
      }
      const givenVnd = postings.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)
      return [...postings, ...(await costPostings(tx, fundId, clearing, givenVnd - movement.amountVnd))]
    },
  })
  if (!isNew || requestKey === null) return
  await tx
    .update(refunds)
    .set({ state: 'failed' })
    .where(and(eq(refunds.idempotencyKey, requestKey), eq(refunds.state, 'sent')))
}

/** A refund that came to nothing before it moved any money, as where Stripe's balance stayed too small. */
export async function dropRefund({ tx, now }: Step, { stripeId, requestKey }: CardRefund): Promise<void> {
  if (requestKey === null) return
  const [request] = await tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.idempotencyKey, requestKey), inArray(refunds.state, ['approved', 'sent'])))
    .for('update')
  if (request) await withdraw(tx, request, now, { state: 'failed', stripeId })
}
