import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { cardDisputes, events } from '../../db/schema'
import { giveBack } from '../donations/give-back'
import { appendEvent } from '../events/append'
import { fundAccount } from '../ledger/books'
import { postEntry } from '../ledger/post'
import { lengthOf, takeLast, written } from '../money-line/stretches'
import { endHolds, layHolds, NotLaidYet, ownStretches } from '../money-line/uses'
import { dayOf } from '../time/day'
import type { CardDispute, Movement } from '../payments/stripe/model'
import { bookMovement, clearingOf } from './book'
import { costPostings } from './costs'
import { needBooked, type Step } from './step'

const inDispute = (tx: Transaction, fundId: number) => fundAccount(tx, fundId, 'donation', 'in_dispute')

/** The donor's bank took the money until it is decided whose it is: what is unspent of the gift is held meanwhile. */
export async function bookDisputed({ tx, gift, shareVnd, now }: Step, dispute: CardDispute, taken: Movement): Promise<void> {
  const { donationId, fundId } = gift
  const { stripeId, reason, answerBy, openedAt } = dispute
  await bookMovement(tx, {
    ...{ movement: taken, fundId, kind: 'dispute', sourceId: stripeId, donationId, now },
    postings: async () => {
      const { free } = await ownStretches(tx, donationId)
      const held = takeLast(free, shareVnd)
      const eventId = await appendEvent(tx, {
        ...{ kind: 'dispute_opened', idempotencyKey: openedKey(stripeId), fundId, donationId, createdAt: now },
        ...{ day: dayOf(openedAt), lineId: held[0]?.lineId ?? null, amountVnd: shareVnd },
        facts: { dispute: stripeId, heldVnd: String(lengthOf(held)), stretches: written(held) },
      })
      if (eventId === null) throw new Error(`dispute ${stripeId} was opened before`)
      await layHolds(tx, eventId, held)
      await tx
        .insert(cardDisputes)
        .values({ stripeId, fundId, donationId, amountVnd: shareVnd, reason, state: 'open', answerBy, openedAt, closedAt: null })
      return [{ debit: await inDispute(tx, fundId), credit: await clearingOf(tx, fundId), amountVnd: -taken.amountVnd }]
    },
  })
}

const openedKey = (stripeId: string) => `stripe:${stripeId}:opened`

/**
 * Money of a dispute came back: all of it, at the day's rate, where it was won; a part, such as what had been refunded
 * before, where it was lost all the same. Which of the two is known when it is closed. What comes back of one that was
 * booked as lost is left for a person.
 */
export async function bookReinstated({ tx, gift, now }: Step, dispute: CardDispute, taken: Movement, movement: Movement): Promise<void> {
  const { donationId, fundId } = gift
  const { stripeId, state } = dispute
  await needBooked(tx, taken)
  if (state === 'open') throw new NotLaidYet(`how dispute ${stripeId} ended is not known yet`)
  const [known] = await tx.select({ state: cardDisputes.state }).from(cardDisputes).where(eq(cardDisputes.stripeId, stripeId))
  if (known?.state === 'lost' && state === 'won') return
  const clearing = await clearingOf(tx, fundId)
  const backVnd = backOf(dispute, taken)
  await bookMovement(tx, {
    ...{ movement, fundId, kind: 'dispute_reversal', sourceId: stripeId, donationId, now },
    postings: async () => [
      { debit: clearing, credit: await inDispute(tx, fundId), amountVnd: backVnd },
      ...(await costPostings(tx, fundId, clearing, backVnd - movement.amountVnd)),
    ],
  })
}

/** What of the money that a dispute took came back, as it was taken. */
function backOf({ state, movements }: CardDispute, taken: Movement): bigint {
  const takenVnd = -taken.amountVnd
  const back = movements.find(({ amountVnd }) => amountVnd > 0n)
  if (!back) return 0n
  return state === 'lost' && back.amountVnd < takenVnd ? back.amountVnd : takenVnd
}

/** Won: what was held is the children's again. Lost: the donor's đồng leave the line, or the reserve stands in for what is spent. */
export async function closeDispute(step: Step, dispute: CardDispute, taken: Movement, end: 'won' | 'lost'): Promise<void> {
  const { tx, gift, shareVnd, now } = step
  const { stripeId } = dispute
  const takenVnd = -taken.amountVnd
  const keptVnd = takenVnd - backOf(dispute, taken)
  const state = keptVnd > 0n ? end : 'won'
  const { donationId, fundId } = gift
  await needBooked(tx, taken)
  const closed = await tx
    .update(cardDisputes)
    .set({ state, closedAt: now })
    .where(and(eq(cardDisputes.stripeId, stripeId), eq(cardDisputes.state, 'open')))
    .returning({ id: cardDisputes.stripeId })
  if (closed.length === 0) return
  const [opened] = await tx
    .select({ id: events.id, lineId: events.lineId })
    .from(events)
    .where(eq(events.idempotencyKey, openedKey(stripeId)))
  if (!opened) throw new Error(`dispute ${stripeId} was closed and never opened`)
  const facts = { dispute: stripeId }
  if (state === 'won') {
    const eventId = await appendEvent(tx, {
      ...{ kind: 'dispute_won', idempotencyKey: `stripe:${stripeId}:won`, fundId, lineId: opened.lineId, donationId },
      ...{ day: dayOf(now), amountVnd: shareVnd, facts, createdAt: now },
    })
    if (eventId === null) throw new Error(`dispute ${stripeId} was won before`)
    return endHolds(tx, opened.id, eventId)
  }
  const from = await inDispute(tx, fundId)
  const { postings, givenVnd } = await giveBack(tx, {
    ...{ donationId, fundId, amountVnd: (shareVnd * keptVnd) / takenVnd, from, kind: 'dispute_lost', key: `stripe:${stripeId}:lost` },
    ...{ holdEventId: opened.id, day: dayOf(now), now, facts },
  })
  const [first, ...others] = [...postings, ...(await costPostings(tx, fundId, from, keptVnd - givenVnd))]
  if (!first) throw new Error(`dispute ${stripeId} was lost and moved nothing`)
  const entry = { kind: 'card_dispute_lost', idempotencyKey: `stripe:${stripeId}:lost`, occurredAt: now, bookedAt: now }
  if ((await postEntry(tx, { ...entry, postings: [first, ...others] })) === null) throw new Error(`dispute ${stripeId} was booked before`)
}
