import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { events, refunds } from '../../db/schema'
import { giveBack } from '../donations/give-back'
import { appendEvent } from '../events/append'
import { fundLine, lineAccount } from '../ledger/books'
import type { Posting } from '../ledger/post'
import { dayOf } from '../time/day'
import type { CardRefund, Movement } from '../payments/stripe/model'
import { bookMovement, clearingOf } from './book'
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
 * A bank sent a refund back: the đồng enter their line at its end, as the same donor's. What the reserve stood in for
 * enters the reserve, for the đồng it stood in for stay its own.
 */
export async function bookRefundFailure(step: Step, refund: CardRefund, sent: Movement, movement: Movement): Promise<void> {
  const { tx, now } = step
  const { donationId, fundId } = step.gift
  const { stripeId, requestKey } = refund
  await needBooked(tx, sent)
  const clearing = await clearingOf(tx, fundId)
  const isNew = await bookMovement(tx, {
    ...{ movement, fundId, kind: 'refund_failure', sourceId: stripeId, donationId, now },
    postings: async () => {
      const postings: Posting[] = []
      for (const { lineId, amountVnd } of await goneWith(tx, donationId, stripeId)) {
        const line = lineId ?? (await fundLine(tx, fundId, 'reserve'))
        await appendEvent(tx, {
          ...{ kind: 'refund_failed', idempotencyKey: `stripe:${stripeId}:failed:${lineId ?? 'reserve'}`, fundId, lineId: line },
          ...{ day: dayOf(movement.happenedAt), amountVnd, facts: { failed: stripeId }, donationId, createdAt: now },
        })
        postings.push({ debit: clearing, credit: await lineAccount(tx, line), amountVnd })
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

/** What went with a refund, by line; null stands for what the reserve, or the fund, stood in for. */
async function goneWith(tx: Transaction, donationId: bigint, refund: string): Promise<{ lineId: number | null; amountVnd: bigint }[]> {
  const rows = await tx
    .select({
      kind: events.kind,
      lineId: events.lineId,
      amountVnd: events.amountVnd,
      covers: sql<string | null>`${events.facts}->>'coversVnd'`,
    })
    .from(events)
    .where(and(eq(events.donationId, donationId), sql`${events.facts}->>'refund' = ${refund}`))
  return rows.map(({ kind, lineId, amountVnd, covers }) =>
    kind === 'reserve_used' ? { lineId: null, amountVnd: BigInt(covers ?? '0') } : { lineId, amountVnd: amountVnd ?? 0n },
  )
}
