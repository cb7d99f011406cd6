import { and, asc, eq, inArray, lt, notExists } from 'drizzle-orm'
import { cardDisputes, cardMovements, cardPayments, cardSessions, donations, refunds } from '../../db/schema'
import type { CardAccount, ServerContext } from '../context'
import { stripeOf } from '../payments/stripe/client'
import type { ListedMovement } from '../payments/stripe/model'
import { chargeOfDispute, chargeOfRefund, listMovements } from '../payments/stripe/read'
import { bookMovement, clearingOf } from './book'
import { costPostings } from './costs'
import { fundIdOf, syncCharge, syncPayout, syncSession } from './sync'

/** Who begins to ask can't know how long nobody did. Stripe tries a webhook for three days. */
const FIRST_LOOK_BACK_MS = 14 * 86_400_000
/** What Stripe enters late. */
const OVERLAP_MS = 60 * 60_000
/** A page is asked about once webhooks had their time. */
const PATIENCE_MS = 10 * 60_000
const MOST_AT_ONCE = 100

/**
 * Asks Stripe for every change of a fund's balance since the last time and books what no webhook led to. All money
 * moves there, so nothing stays unknown: what is not understood is kept for a person.
 * @param since null at first
 * @returns from when to ask the next time, and how many changes were new
 */
export async function pollMovements(
  context: ServerContext,
  account: CardAccount,
  since: Date | null,
): Promise<{ next: Date; missed: number }> {
  const began = context.now()
  const missing: ListedMovement[] = []
  let batch: ListedMovement[] = []
  const sift = async () => {
    missing.push(...(await unknownOf(context, batch)))
    batch = []
  }
  for await (const movement of listMovements(stripeOf(account), since ?? new Date(began.getTime() - FIRST_LOOK_BACK_MS))) {
    if (batch.push(movement) === MOST_AT_ONCE) await sift()
  }
  await sift()
  // The first first: a refund has nothing to go back before its gift is booked.
  for (const movement of missing.reverse()) await take(context, account, movement)
  return { next: new Date(began.getTime() - OVERLAP_MS), missed: missing.length }
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

async function take(context: ServerContext, account: CardAccount, movement: ListedMovement): Promise<void> {
  const { type, sourceId } = movement
  const chargeId = await chargeOf(account, movement)
  if (chargeId !== null) {
    await syncCharge(context, account, chargeId)
    if ((await unknownOf(context, [movement])).length === 0) return
  }
  if ((type === 'payout' || type === 'payout_failure') && sourceId !== null) {
    await syncPayout(context, account, sourceId)
    return record(context, account, movement, type)
  }
  return record(context, account, movement, FEES.has(type) ? 'fee' : 'not_understood')
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
 * Asks about what changes without moving the balance: pages of which no webhook told for a while; disputes that are
 * open, for one that is lost keeps the money it took; refunds that were sent and moved nothing yet, for they may fail.
 */
export async function syncUnsettled(context: ServerContext, account: CardAccount): Promise<void> {
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
  for (const { stripeId } of pages) if (stripeId !== null) await syncSession(context, account, stripeId)
  const disputed = await context.db
    .select({ chargeId: cardPayments.chargeId })
    .from(cardDisputes)
    .innerJoin(donations, eq(donations.id, cardDisputes.donationId))
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .where(and(eq(cardDisputes.fundId, fundId), eq(cardDisputes.state, 'open')))
    .orderBy(asc(cardDisputes.answerBy))
    .limit(MOST_AT_ONCE)
  for (const { chargeId } of disputed) await syncCharge(context, account, chargeId)
  const moved = context.db.select({ id: cardMovements.stripeId }).from(cardMovements).where(eq(cardMovements.sourceId, refunds.stripeId))
  const sent = await context.db
    .select({ chargeId: cardPayments.chargeId })
    .from(refunds)
    .innerJoin(donations, eq(donations.id, refunds.donationId))
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .where(and(eq(donations.fundId, fundId), eq(refunds.state, 'sent'), notExists(moved)))
    .orderBy(asc(refunds.id))
    .limit(MOST_AT_ONCE)
  for (const { chargeId } of sent) await syncCharge(context, account, chargeId)
}
