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
import { keptShareOf, keptVndOf, type Round } from './model'
import { needBooked, shareOf, type Step } from './step'

const inDispute = (tx: Transaction, fundId: number) => fundAccount(tx, fundId, 'donation', 'in_dispute')

/**
 * The donor's bank took the money until it is decided whose it is: what is unspent of the gift is held meanwhile. One
 * that takes it again after the fund had won opens the dispute once more; what comes after one that was lost is left for
 * a person.
 */
export async function bookDisputed(step: Step, dispute: CardDispute, round: Round): Promise<void> {
  const { tx, now } = step
  const { donationId, fundId } = step.gift
  const { stripeId, reason, answerBy, openedAt } = dispute
  const shareVnd = shareOf(step, stripeId)
  const { taken } = round
  if (await isLeft(tx, stripeId, round)) return
  await bookMovement(tx, {
    ...{ movement: taken, fundId, kind: 'dispute', sourceId: stripeId, donationId, now },
    postings: async () => {
      const { free } = await ownStretches(tx, donationId)
      const held = takeLast(free, shareVnd)
      const eventId = await appendEvent(tx, {
        ...{ kind: 'dispute_opened', idempotencyKey: keyOf(stripeId, round, 'opened'), fundId, donationId, createdAt: now },
        ...{ day: dayOf(round.number === 1 ? openedAt : taken.happenedAt), lineId: held[0]?.lineId ?? null, amountVnd: shareVnd },
        facts: { ...factsOf(stripeId, round), heldVnd: String(lengthOf(held)), stretches: written(held) },
      })
      if (eventId === null) throw new Error(`dispute ${stripeId} was opened before`)
      await layHolds(tx, eventId, held)
      if (round.number === 1) {
        await tx
          .insert(cardDisputes)
          .values({ stripeId, fundId, donationId, amountVnd: shareVnd, reason, state: 'open', answerBy, openedAt, closedAt: null })
      } else {
        const again = await tx
          .update(cardDisputes)
          .set({ state: 'open', closedAt: null })
          .where(and(eq(cardDisputes.stripeId, stripeId), eq(cardDisputes.state, 'won')))
          .returning({ id: cardDisputes.stripeId })
        if (again.length === 0) throw new NotLaidYet(`dispute ${stripeId} is not booked as won yet`)
      }
      return [{ debit: await inDispute(tx, fundId), credit: await clearingOf(tx, fundId), amountVnd: -taken.amountVnd }]
    },
  })
}

/** Names a fact of a dispute; of the first round as if there were no other. */
const keyOf = (stripeId: string, { number }: Round, what: string) => `stripe:${stripeId}:${number === 1 ? '' : `${number}:`}${what}`

const factsOf = (stripeId: string, { number }: Round) => (number === 1 ? { dispute: stripeId } : { dispute: stripeId, round: number })

async function stateOf(tx: Transaction, stripeId: string) {
  const [known] = await tx.select({ state: cardDisputes.state }).from(cardDisputes).where(eq(cardDisputes.stripeId, stripeId))
  return known?.state ?? null
}

/**
 * Money of a dispute came back: all of it, at the day's rate, where it was won; a part, such as what had been refunded
 * before, where it was lost all the same. Which of the two is known when it is closed. What comes back of one that was
 * booked as lost is left for a person.
 */
export async function bookReinstated({ tx, gift, now }: Step, dispute: CardDispute, round: Round, movement: Movement): Promise<void> {
  const { donationId, fundId } = gift
  const { stripeId } = dispute
  if (await isLeft(tx, stripeId, round)) return
  await needBooked(tx, round.taken)
  if (round.state === 'open') throw new NotLaidYet(`how dispute ${stripeId} ended is not known yet`)
  if ((await stateOf(tx, stripeId)) === 'lost' && round.state === 'won') return
  const clearing = await clearingOf(tx, fundId)
  const keptVnd = keptVndOf(round)
  const backVnd = -round.taken.amountVnd - keptVnd
  await bookMovement(tx, {
    ...{ movement, fundId, kind: 'dispute_reversal', sourceId: stripeId, donationId, now },
    postings: async () => [
      { debit: clearing, credit: await inDispute(tx, fundId), amountVnd: backVnd },
      ...(await costPostings(tx, fundId, clearing, backVnd - movement.amountVnd)),
    ],
  })
}

/** Won: what was held is the children's again. Lost: the donor's đồng leave the line, or the reserve stands in for what is spent. */
export async function closeDispute(step: Step, dispute: CardDispute, round: Round): Promise<void> {
  const { tx, gift, now } = step
  const { stripeId } = dispute
  const shareVnd = shareOf(step, stripeId)
  const keptVnd = keptVndOf(round)
  const state = round.state === 'lost' && keptVnd > 0n ? 'lost' : 'won'
  const { donationId, fundId } = gift
  if (await isLeft(tx, stripeId, round)) return
  await needBooked(tx, round.taken)
  const [opened] = await tx
    .select({ id: events.id, lineId: events.lineId })
    .from(events)
    .where(eq(events.idempotencyKey, keyOf(stripeId, round, 'opened')))
  if (!opened) throw new Error(`dispute ${stripeId} was closed and never opened`)
  if (await isClosed(tx, stripeId, round)) return
  const closed = await tx
    .update(cardDisputes)
    .set({ state, closedAt: now })
    .where(and(eq(cardDisputes.stripeId, stripeId), eq(cardDisputes.state, 'open')))
    .returning({ id: cardDisputes.stripeId })
  if (closed.length === 0) return
  const facts = factsOf(stripeId, round)
  if (state === 'won') {
    const eventId = await appendEvent(tx, {
      ...{ kind: 'dispute_won', idempotencyKey: keyOf(stripeId, round, 'won'), fundId, lineId: opened.lineId, donationId },
      ...{ day: dayOf(now), amountVnd: shareVnd, facts, createdAt: now },
    })
    if (eventId === null) throw new Error(`dispute ${stripeId} was won before`)
    return endHolds(tx, opened.id, eventId)
  }
  const from = await inDispute(tx, fundId)
  const key = keyOf(stripeId, round, 'lost')
  const { postings, givenVnd } = await giveBack(tx, {
    ...{ donationId, fundId, amountVnd: keptShareOf(round, shareVnd), from, kind: 'dispute_lost', key },
    ...{ holdEventId: opened.id, day: dayOf(now), now, facts },
  })
  const [first, ...others] = [...postings, ...(await costPostings(tx, fundId, from, keptVnd - givenVnd))]
  if (!first) throw new Error(`dispute ${stripeId} was lost and moved nothing`)
  const entry = { kind: 'card_dispute_lost', idempotencyKey: key, occurredAt: now, bookedAt: now }
  if ((await postEntry(tx, { ...entry, postings: [first, ...others] })) === null) throw new Error(`dispute ${stripeId} was booked before`)
}

/** Whether a round is for a person: it came after the dispute was booked as lost. */
async function isLeft(tx: Transaction, stripeId: string, round: Round): Promise<boolean> {
  if (round.number === 1 || (await stateOf(tx, stripeId)) !== 'lost') return false
  const opened = eq(events.idempotencyKey, keyOf(stripeId, round, 'opened'))
  return (await tx.$count(events, opened)) === 0
}

/** Whether a round is over: an open dispute may be open because of a later one. */
async function isClosed(tx: Transaction, stripeId: string, round: Round): Promise<boolean> {
  const [won] = await tx
    .select({ id: events.id })
    .from(events)
    .where(eq(events.idempotencyKey, keyOf(stripeId, round, 'won')))
  return won !== undefined
}
