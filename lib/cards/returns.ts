import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { cardDisputes, cardMovements, events, refunds } from '../../db/schema'
import type { Context } from '../context'
import { giveBack } from '../donations/give-back'
import { appendEvent } from '../events/append'
import { fundAccount, fundLine, lineAccount } from '../ledger/books'
import { postEntry, type Posting } from '../ledger/post'
import { lengthOf, takeLast, written } from '../money-line/stretches'
import { endHolds, layHolds, ownStretches } from '../money-line/uses'
import { dayOf } from '../time/day'
import { bookMovement, clearingOf, lockCharge, type BookedGift } from './book'
import { costPostings } from './costs'
import type { CardCharge, CardDispute, CardRefund, Movement } from '../payments/stripe/model'
import { sharesOf } from './model'

/**
 * Books what went back of a gift by card, and what came back again: refunds, refunds that a bank sent back, disputes.
 * Each in a transaction of its own, each once, whatever was told of it and in whatever order.
 */
export async function bookReturns(context: Context, gift: BookedGift, charge: CardCharge): Promise<void> {
  const shares = sharesOf(charge, gift.amountVnd)
  const share = (stripeId: string) => shares.get(stripeId) ?? 0n
  const booking = (work: (tx: Transaction) => Promise<unknown>) =>
    context.db.transaction(async (tx) => {
      await lockCharge(tx, charge.stripeId)
      await work(tx)
    })
  const now = context.now()
  for (const refund of charge.refunds) {
    const { movement, failure } = refund
    if (!movement) continue
    await booking((tx) => bookRefund(tx, gift, refund, movement, share(refund.stripeId), now))
    if (failure) await booking((tx) => bookFailure(tx, gift, refund, failure, share(refund.stripeId), now))
  }
  for (const dispute of charge.disputes) {
    const taken = dispute.movements.find(({ amountVnd }) => amountVnd < 0n)
    if (!taken) continue
    const reinstated = dispute.movements.filter(({ amountVnd }) => amountVnd > 0n)
    await booking((tx) => openDispute(tx, gift, dispute, taken, share(dispute.stripeId), now))
    for (const movement of reinstated) await booking((tx) => bookReinstated(tx, gift, dispute, taken, movement, now))
    if (dispute.state !== 'open') await booking((tx) => closeDispute(tx, gift, dispute, taken, share(dispute.stripeId), now))
  }
}

/** Money sent back: the donor's đồng leave the line. Where the day's rate is another than at the gift, the difference is a cost. */
async function bookRefund(tx: Transaction, gift: BookedGift, refund: CardRefund, movement: Movement, shareVnd: bigint, now: Date) {
  const { donationId, fundId } = gift
  const clearing = await clearingOf(tx, fundId)
  const isNew = await bookMovement(tx, {
    ...{ movement, fundId, kind: 'refund', sourceId: refund.stripeId, donationId, now },
    postings: async () => [
      ...(await giveBack(tx, {
        ...{ donationId, fundId, amountVnd: shareVnd, from: clearing, kind: 'refund', key: `stripe:${refund.stripeId}` },
        ...{ holdEventId: await holdOfRequest(tx, refund), day: dayOf(movement.happenedAt), now, facts: { refund: refund.stripeId } },
      })),
      ...(await costPostings(tx, fundId, clearing, -movement.amountVnd - shareVnd)),
    ],
  })
  if (isNew && refund.requestKey !== null) {
    await tx
      .update(refunds)
      .set({ state: 'sent', stripeId: refund.stripeId })
      .where(and(eq(refunds.idempotencyKey, refund.requestKey), eq(refunds.state, 'approved')))
  }
}

async function holdOfRequest(tx: Transaction, { requestKey }: CardRefund): Promise<bigint | null> {
  if (requestKey === null) return null
  const [request] = await tx.select({ hold: refunds.holdEventId }).from(refunds).where(eq(refunds.idempotencyKey, requestKey))
  return request?.hold ?? null
}

/** A bank sent a refund back: the đồng enter their line at its end, as the same donor's. What the reserve gave goes back to it. */
async function bookFailure(
  tx: Transaction,
  { donationId, fundId }: BookedGift,
  refund: CardRefund,
  movement: Movement,
  shareVnd: bigint,
  now: Date,
) {
  const clearing = await clearingOf(tx, fundId)
  const isNew = await bookMovement(tx, {
    ...{ movement, fundId, kind: 'refund_failure', sourceId: refund.stripeId, donationId, now },
    postings: async () => {
      const returned = await tx
        .select({ lineId: events.lineId, amountVnd: events.amountVnd, owed: sql<string | null>`${events.facts}->>'owedByFundVnd'` })
        .from(events)
        .where(and(eq(events.donationId, donationId), sql`${events.facts}->>'refund' = ${refund.stripeId}`))
      const postings: Posting[] = []
      for (const { lineId, amountVnd, owed } of returned) {
        if (lineId !== null && amountVnd !== null) {
          await appendEvent(tx, {
            ...{ kind: 'refund_failed', idempotencyKey: `stripe:${refund.stripeId}:failed:${lineId}`, fundId, lineId },
            ...{ day: dayOf(movement.happenedAt), amountVnd, facts: { failed: refund.stripeId }, donationId, createdAt: now },
          })
          postings.push({ debit: clearing, credit: await lineAccount(tx, lineId), amountVnd })
        }
        if (owed !== null && BigInt(owed) > 0n)
          postings.push({ debit: clearing, credit: await fundAccount(tx, fundId, 'donation', 'due_from_fund'), amountVnd: BigInt(owed) })
      }
      return [...postings, ...(await costPostings(tx, fundId, clearing, shareVnd - movement.amountVnd))]
    },
  })
  if (isNew && refund.requestKey !== null)
    await tx
      .update(refunds)
      .set({ state: 'failed' })
      .where(and(eq(refunds.idempotencyKey, refund.requestKey), eq(refunds.state, 'sent')))
}

/** The donor's bank took the money until it is decided whose it is: what is unspent of the gift is held meanwhile. */
async function openDispute(tx: Transaction, gift: BookedGift, dispute: CardDispute, taken: Movement, shareVnd: bigint, now: Date) {
  const { donationId, fundId } = gift
  const clearing = await clearingOf(tx, fundId)
  await bookMovement(tx, {
    ...{ movement: taken, fundId, kind: 'dispute', sourceId: dispute.stripeId, donationId, now },
    postings: async () => {
      const { free } = await ownStretches(tx, donationId)
      const held = takeLast(free, shareVnd)
      const [first] = held
      const eventId = await appendEvent(tx, {
        ...{ kind: 'dispute_opened', idempotencyKey: `stripe:${dispute.stripeId}:opened`, fundId, donationId, createdAt: now },
        ...{ day: dayOf(dispute.openedAt), lineId: first?.lineId ?? null, amountVnd: shareVnd > 0n ? shareVnd : null },
        facts: { dispute: dispute.stripeId, heldVnd: String(lengthOf(held)), stretches: written(held) },
      })
      if (eventId === null) throw new Error(`dispute ${dispute.stripeId} was opened before`)
      await layHolds(tx, eventId, held)
      const { stripeId, reason, answerBy, openedAt } = dispute
      if (shareVnd > 0n)
        await tx
          .insert(cardDisputes)
          .values({ stripeId, fundId, donationId, amountVnd: shareVnd, reason, state: 'open', answerBy, openedAt, closedAt: null })
      return [{ debit: await fundAccount(tx, fundId, 'donation', 'in_dispute'), credit: clearing, amountVnd: -taken.amountVnd }]
    },
  })
}

/** The dispute was won and the money came back, at the day's rate. */
async function bookReinstated(
  tx: Transaction,
  { donationId, fundId }: BookedGift,
  dispute: CardDispute,
  taken: Movement,
  movement: Movement,
  now: Date,
) {
  const clearing = await clearingOf(tx, fundId)
  const takenVnd = -taken.amountVnd
  await bookMovement(tx, {
    ...{ movement, fundId, kind: 'dispute_reversal', sourceId: dispute.stripeId, donationId, now },
    postings: async () => [
      { debit: clearing, credit: await fundAccount(tx, fundId, 'donation', 'in_dispute'), amountVnd: takenVnd },
      ...(await costPostings(tx, fundId, clearing, takenVnd - movement.amountVnd)),
    ],
  })
}

/** Won: what was held is the children's again. Lost: the donor's đồng leave the line, or the reserve stands in for what is spent. */
async function closeDispute(tx: Transaction, gift: BookedGift, dispute: CardDispute, taken: Movement, shareVnd: bigint, now: Date) {
  const { donationId, fundId } = gift
  const { stripeId } = dispute
  const state = dispute.state === 'lost' ? 'lost' : 'won'
  const closed = await tx
    .update(cardDisputes)
    .set({ state, closedAt: now })
    .where(and(eq(cardDisputes.stripeId, stripeId), eq(cardDisputes.state, 'open')))
    .returning({ id: cardDisputes.stripeId })
  if (closed.length === 0) return
  const [opened] = await tx
    .select({ id: events.id, lineId: events.lineId })
    .from(events)
    .where(eq(events.idempotencyKey, `stripe:${stripeId}:opened`))
  if (!opened) throw new Error(`dispute ${stripeId} was closed and never opened`)
  if (state === 'won') {
    const eventId = await appendEvent(tx, {
      ...{ kind: 'dispute_won', idempotencyKey: `stripe:${stripeId}:won`, fundId, lineId: opened.lineId, donationId },
      ...{ day: dayOf(now), amountVnd: shareVnd, facts: { dispute: stripeId }, createdAt: now },
    })
    if (eventId === null) throw new Error(`dispute ${stripeId} was won before`)
    await endHolds(tx, opened.id, eventId)
    return
  }
  const inDispute = await fundAccount(tx, fundId, 'donation', 'in_dispute')
  const given = await giveBack(tx, {
    ...{ donationId, fundId, amountVnd: shareVnd, from: inDispute, kind: 'dispute_lost', key: `stripe:${stripeId}:lost` },
    ...{ holdEventId: opened.id, day: dayOf(now), now, facts: { dispute: stripeId } },
  })
  const [first, ...others] = [...given, ...(await costPostings(tx, fundId, inDispute, -taken.amountVnd - shareVnd))]
  if (!first) throw new Error(`dispute ${stripeId} was lost and moved nothing`)
  const entry = { kind: 'card_dispute_lost', idempotencyKey: `stripe:${stripeId}:lost`, occurredAt: now, bookedAt: now }
  if ((await postEntry(tx, { ...entry, postings: [first, ...others] })) === null) throw new Error(`dispute ${stripeId} was booked before`)
}
