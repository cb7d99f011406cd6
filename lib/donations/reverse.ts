import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { donationReversals, donations, pledges } from '../../db/schema'
import { appendEvent } from '../events/append'
import { lengthOf, written } from '../money-line/stretches'
import { availableOn, layUses, NotLaidYet, ownStretches } from '../money-line/uses'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import { stands } from './returned'

export type Donation = typeof donations.$inferSelect

/** Why a donation can't be taken off its line: a part of it is spent, held, promised or moved, or it has no place yet. */
export type ReverseRefusal = 'not_laid_yet' | 'not_free'

/** Names why a donation is taken off its line, or comes back to it: what its bank line is, or cash that was written down wrongly. */
type Cause = { now: Date } & ({ decisionId: bigint } | { cashReversalId: bigint })

const nameOf = (cause: Cause): string => ('decisionId' in cause ? `decision:${cause.decisionId}` : `cash-reversal:${cause.cashReversalId}`)

/**
 * Takes a donation off its line, whole, in the caller's transaction: it is placed elsewhere, or was no gift. Its đồng leave
 * a hole that nobody uses (money.md §5), and its pledge is open again where nothing else came with it. What the books say
 * of it is the caller's. Locks its line.
 */
export async function takeOffLine(tx: Transaction, donation: Donation, cause: Cause): Promise<Result<null, ReverseRefusal>> {
  const { id, fundId, lineId, amountVnd, nature, pledgeId } = donation
  const { now } = cause
  const free = await freeOf(tx, id)
  if (free === null) return refuse('not_laid_yet')
  const own = free.filter((stretch) => stretch.lineId === lineId)
  if (lengthOf(own) !== amountVnd) return refuse('not_free')
  // What a spend was promised is not taken from under it.
  if ((await availableOn(tx, lineId)) < amountVnd) return refuse('not_free')
  const eventId = await appendEvent(tx, {
    ...{ kind: 'donation_reversed', idempotencyKey: `${nameOf(cause)}:reversed:${id}`, fundId, lineId, amountVnd, donationId: id },
    ...{ day: dayOf(now), facts: { nature, stretches: written(own) }, createdAt: now },
  })
  if (eventId === null) throw new Error(`donation ${id} was reversed by ${nameOf(cause)} before`)
  await layUses(tx, eventId, own)
  await tx.insert(donationReversals).values({
    ...{ eventId, donationId: id },
    ...('decisionId' in cause ? { decisionId: cause.decisionId } : { cashReversalId: cause.cashReversalId }),
  })
  if (pledgeId !== null) await reopenPledge(tx, pledgeId)
  return ok(null)
}

/** A donation's free đồng; null while a part of it has no place on its line. */
async function freeOf(tx: Transaction, donationId: bigint) {
  try {
    return (await ownStretches(tx, donationId)).free
  } catch (error) {
    if (error instanceof NotLaidYet) return null
    throw error
  }
}

/** A pledge for which nothing stands any more waits again. */
async function reopenPledge(tx: Transaction, pledgeId: bigint): Promise<void> {
  const [other] = await tx
    .select({ id: donations.id })
    .from(donations)
    .where(and(eq(donations.pledgeId, pledgeId), stands(donations.id)))
    .limit(1)
  if (other) return
  await tx
    .update(pledges)
    .set({ state: 'open' })
    // One of goods is received by what was handed in, whatever money came with its code.
    .where(and(eq(pledges.id, pledgeId), eq(pledges.state, 'received'), ne(pledges.method, 'goods')))
}

/** Brings a donation back to its line, at the end of it, in the caller's transaction: what took it off is taken back. */
export async function putBackOnLine(
  tx: Transaction,
  donation: Donation,
  { decisionId, now }: { decisionId: bigint; now: Date },
): Promise<void> {
  const { id, fundId, lineId, amountVnd, nature, pledgeId } = donation
  const eventId = await appendEvent(tx, {
    ...{ kind: 'donation_restored', idempotencyKey: `decision:${decisionId}:restored:${id}`, fundId, lineId, amountVnd, donationId: id },
    ...{ day: dayOf(now), facts: { nature }, createdAt: now },
  })
  if (eventId === null) throw new Error(`donation ${id} was restored by decision ${decisionId} before`)
  const restored = await tx
    .update(donationReversals)
    .set({ restoredByEventId: eventId })
    .where(and(eq(donationReversals.donationId, id), isNull(donationReversals.restoredByEventId)))
    .returning({ id: donationReversals.eventId })
  if (restored.length !== 1) throw new Error(`donation ${id} stands`)
  if (pledgeId !== null)
    await tx
      .update(pledges)
      .set({ state: 'received' })
      .where(and(eq(pledges.id, pledgeId), ne(pledges.state, 'received'), ne(pledges.method, 'goods')))
}
