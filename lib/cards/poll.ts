import { and, asc, eq, inArray, lt, max, notExists } from 'drizzle-orm'
import { cardDisputes, cardMovements, cardPayments, cardPayouts, cardSessions, donations, refunds } from '../../db/schema'
import type { CardAccount, ServerContext } from '../context'
import { describeError, log } from '../log'
import { NotLaidYet } from '../money-line/uses'
import { stripeErrorCode, stripeOf } from '../payments/stripe/client'
import type { CardWarning, ListedMovement } from '../payments/stripe/model'
import { chargeOfDispute, chargeOfRefund, listMovements } from '../payments/stripe/read'
import { bookMovement, clearingOf } from './book'
import { costPostings } from './costs'
import { fundIdOf, syncCharge, syncPayout, syncSession } from './sync'
import { listToReturn } from './to-return'
import { keepWarning, listMissedWarnings } from './warnings'

/** Who begins to ask can't know how long nobody did. Stripe tries a webhook for three days. */
const FIRST_LOOK_BACK_MS = 14 * 86_400_000
/** What Stripe enters late. */
const OVERLAP_MS = 60 * 60_000
/** Whatever belongs to a charge and is not told of by it after so long is nothing that we know. */
const BELATED_MS = 24 * 60 * 60_000
/** A page is asked about once webhooks had their time. */
const PATIENCE_MS = 10 * 60_000
const MOST_AT_ONCE = 100

/** Where a poll goes on: from a moment, and with what it could not book yet. */
export interface PollPosition {
  since: Date
  left: ListedMovement[]
}

/**
 * Asks Stripe for every change of a fund's balance since the last time and books what no webhook led to. All money
 * moves there, so nothing stays unknown: what is not understood is kept for a person. What can't be booked now is
 * tried again the next time, and holds nothing else up.
 * @param position null at first
 * @param signal tells it to stop: what it has not come to is found the next time
 * @returns where to go on, and how many changes it booked or kept
 */
export async function pollMovements(
  context: ServerContext,
  account: CardAccount,
  position: PollPosition | null,
  signal?: AbortSignal,
): Promise<{ next: PollPosition; missed: number }> {
  const began = context.now()
  const missing: ListedMovement[] = []
  let batch: ListedMovement[] = []
  const sift = async () => {
    missing.push(...(await unknownOf(context, batch)))
    batch = []
  }
  const waiting = new Map((position?.left ?? []).map((movement) => [movement.stripeId, movement]))
  for await (const movement of listMovements(stripeOf(account), position?.since ?? (await firstLook(context, account)))) {
    signal?.throwIfAborted()
    waiting.delete(movement.stripeId)
    if (batch.push(movement) === MOST_AT_ONCE) await sift()
  }
  // Newest first, as Stripe lists them: what was left over is older.
  for (const movement of waiting.values()) if (batch.push(movement) === MOST_AT_ONCE) await sift()
  await sift()
  const left: ListedMovement[] = []
  // The first first: a refund has nothing to go back before its gift is booked.
  for (const movement of missing.reverse()) {
    signal?.throwIfAborted()
    if (!(await attemptOne(account, movement.type, () => take(context, account, movement)))) left.unshift(movement)
  }
  return { next: { since: new Date(began.getTime() - OVERLAP_MS), left }, missed: missing.length - left.length }
}

/** From when to ask at first: from the last change that is booked, where nobody asked for longer than Stripe tries. */
async function firstLook(context: ServerContext, account: CardAccount): Promise<Date> {
  const usual = new Date(context.now().getTime() - FIRST_LOOK_BACK_MS)
  const [last] = await context.db
    .select({ at: max(cardMovements.happenedAt) })
    .from(cardMovements)
    .where(eq(cardMovements.fundId, await fundIdOf(context, account)))
  return last?.at && last.at < usual ? last.at : usual
}

/** Does one of several things, so that one that fails keeps no other from being done. @returns whether it is done */
async function attemptOne({ fundSlug }: CardAccount, type: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    return (await work()) !== false
  } catch (error) {
    if (!(error instanceof NotLaidYet))
      log.error({ event: 'card_poll_failed', fund: fundSlug, type, stripe: stripeErrorCode(error), error: describeError(error) })
    return false
  }
}

async function unknownOf({ db }: ServerContext, movements: ListedMovement[]): Promise<ListedMovement[]> {
  if (movements.length === 0) return []
  const ids = movements.map(({ stripeId }) => stripeId)
  const rows = await db.select({ id: cardMovements.stripeId }).from(cardMovements).where(inArray(cardMovements.stripeId, ids))
  const known = new Set(rows.map(({ id }) => id))
  return movements.filter(({ stripeId }) => !known.has(stripeId))
}

const CHARGES = new Set(['charge', 'payment'])
const REFUNDS = new Set(['refund', 'payment_refund', 'refund_failure', 'payment_failure_refund'])
const FEES = new Set(['stripe_fee', 'stripe_fx_fee', 'tax_fee'])

/** @returns false where it may be booked a while later: Stripe lists a change before what it belongs to tells of it */
async function take(context: ServerContext, account: CardAccount, movement: ListedMovement): Promise<boolean> {
  const { type, sourceId, happenedAt } = movement
  const chargeId = FEES.has(type) ? null : await chargeOf(account, movement)
  if (chargeId !== null) {
    await syncCharge(context, account, chargeId)
    if ((await unknownOf(context, [movement])).length === 0) return true
    if (context.now().getTime() - happenedAt.getTime() < BELATED_MS) return false
  }
  if ((type === 'payout' || type === 'payout_failure') && sourceId !== null) {
    await syncPayout(context, account, sourceId)
    await record(context, account, movement, type)
    return true
  }
  await record(context, account, movement, FEES.has(type) ? 'fee' : 'not_understood')
  return true
}

/** The charge that a change belongs to; null where it belongs to none. */
async function chargeOf(account: CardAccount, { type, sourceId }: ListedMovement): Promise<string | null> {
  if (sourceId === null) return null
  if (CHARGES.has(type)) return sourceId
  if (REFUNDS.has(type)) return chargeOfRefund(stripeOf(account), sourceId)
  return /^d[pu]_/.test(sourceId) ? chargeOfDispute(stripeOf(account), sourceId) : null
}

/** Writes down a change of its own. A fee is booked; a payout is when the bank tells of it; the rest waits for a person. */
async function record(
  context: ServerContext,
  account: CardAccount,
  movement: ListedMovement,
  kind: 'payout' | 'payout_failure' | 'fee' | 'not_understood',
): Promise<void> {
  const fundId = await fundIdOf(context, account)
  await context.db.transaction(async (tx) => {
    // No fee of a change that nobody understood is booked: a person decides on the whole of it.
    const plain = kind === 'not_understood' ? { ...movement, feeVnd: 0n } : movement
    await bookMovement(tx, {
      ...{ movement: plain, fundId, kind, sourceId: movement.sourceId, donationId: null, now: context.now() },
      postings: async () => (kind === 'fee' ? costPostings(tx, fundId, await clearingOf(tx, fundId), -movement.amountVnd) : []),
    })
  })
}

/**
 * Asks about what changes without moving the balance: pages of which no webhook told for a while; warnings; disputes that are
 * open, for one that is lost keeps the money it took; refunds that were sent and moved nothing yet, for they may fail;
 * gifts that must go back, and whose going back came to nothing; payouts that are on their way.
 */
export async function syncUnsettled(context: ServerContext, account: CardAccount, signal?: AbortSignal): Promise<void> {
  const attempt = async (type: string, work: () => Promise<unknown>) => {
    signal?.throwIfAborted()
    await attemptOne(account, type, work)
  }
  const fundId = await fundIdOf(context, account)
  const pages = await context.db
    .select({ stripeId: cardSessions.stripeId })
    .from(cardSessions)
    .where(
      and(
        eq(cardSessions.fundId, fundId),
        inArray(cardSessions.state, ['open', 'processing']),
        lt(cardSessions.createdAt, new Date(context.now().getTime() - PATIENCE_MS)),
      ),
    )
    .orderBy(asc(cardSessions.id))
    .limit(MOST_AT_ONCE)
  for (const { stripeId } of pages) if (stripeId !== null) await attempt('page', () => syncSession(context, account, stripeId))
  let warnings: CardWarning[] = []
  await attempt('warning', async () => void (warnings = await listMissedWarnings(context, account)))
  for (const warning of warnings) await attempt('warning', () => keepWarning(context, account, warning))
  const disputed = await context.db
    .select({ chargeId: cardPayments.chargeId })
    .from(cardDisputes)
    .innerJoin(donations, eq(donations.id, cardDisputes.donationId))
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .where(and(eq(cardDisputes.fundId, fundId), eq(cardDisputes.state, 'open')))
    .orderBy(asc(cardDisputes.answerBy))
    .limit(MOST_AT_ONCE)
  for (const { chargeId } of disputed) await attempt('dispute', () => syncCharge(context, account, chargeId))
  const moved = context.db.select({ id: cardMovements.stripeId }).from(cardMovements).where(eq(cardMovements.sourceId, refunds.stripeId))
  const sent = await context.db
    .select({ chargeId: cardPayments.chargeId })
    .from(refunds)
    .innerJoin(donations, eq(donations.id, refunds.donationId))
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .where(and(eq(donations.fundId, fundId), eq(refunds.state, 'sent'), notExists(moved)))
    .orderBy(asc(refunds.id))
    .limit(MOST_AT_ONCE)
  for (const { chargeId } of sent) await attempt('refund', () => syncCharge(context, account, chargeId))
  for (const chargeId of await listToReturn(context, fundId)) await attempt('return', () => syncCharge(context, account, chargeId))
  const underWay = await context.db
    .select({ stripeId: cardPayouts.stripeId })
    .from(cardPayouts)
    .where(and(eq(cardPayouts.fundId, fundId), inArray(cardPayouts.state, ['pending', 'in_transit'])))
    .orderBy(asc(cardPayouts.arrivesOn))
    .limit(MOST_AT_ONCE)
  for (const { stripeId } of underWay) await attempt('payout', () => syncPayout(context, account, stripeId))
}
