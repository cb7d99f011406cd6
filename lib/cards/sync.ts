import { and, desc, eq, inArray } from 'drizzle-orm'
import { cardPayouts, cardSessions, funds, pledges } from '../../db/schema'
import type { CardAccount, Context, ServerContext } from '../context'
import { describeError, log } from '../log'
import { stripeErrorCode, stripeOf } from '../payments/stripe/client'
import { readCharge, readPayout, readSession } from '../payments/stripe/read'
import { bookCharge, bookChargeFee } from './book'
import { closePage } from './close-page'
import { noteFailedCharge } from './failed'
import { isFurther, payoutStatesBefore } from './model'
import { bookReturns } from './returns'
import { askToReturn } from './to-return'

/** A page at the card company, as its row says. */
type SessionState = typeof cardSessions.$inferSelect.state

/** The id of a fund that has an account. */
export async function fundIdOf({ db }: ServerContext, { fundSlug }: CardAccount): Promise<number> {
  const [fund] = await db.select({ id: funds.id }).from(funds).where(eq(funds.slug, fundSlug))
  if (!fund) throw new Error(`there is no fund ${fundSlug}`)
  return fund.id
}

/**
 * Asks Stripe how a page stands, and books what came of it. A page that Stripe does not know has ended.
 * Asked in any order and any number of times, the last word stays.
 */
export async function syncSession(context: ServerContext, account: CardAccount, stripeId: string): Promise<void> {
  const session = await readSession(stripeOf(account), stripeId)
  if (session && session.chargeId !== null) await syncCharge(context, account, session.chargeId)
  await moveSession(context, stripeId, session?.state ?? 'expired')
}

/** Closes a page, so that nothing can be paid on it any more; what Stripe does not close was paid or ended, and is asked about. */
export async function endPage(context: ServerContext, account: CardAccount, stripeId: string): Promise<void> {
  if (!(await closePage(context, account, stripeId))) await syncSession(context, account, stripeId)
}

/** Moves a page's state on, never back. */
async function moveSession({ db }: Context, stripeId: string, state: SessionState): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ id: cardSessions.id, state: cardSessions.state })
      .from(cardSessions)
      .where(eq(cardSessions.stripeId, stripeId))
      .for('update')
    if (row && isFurther(row.state, state)) await tx.update(cardSessions).set({ state }).where(eq(cardSessions.id, row.id))
  })
}

/** Asks Stripe how a charge stands, and books it with its fee, refunds and disputes, as far as they are not booked yet. */
export async function syncCharge(context: ServerContext, account: CardAccount, stripeId: string): Promise<void> {
  const charge = await readCharge(stripeOf(account), stripeId)
  if (!charge) throw new Error(`Stripe told of charge ${stripeId} and does not know it`)
  const fundId = await fundIdOf(context, account)
  if (charge.state === 'failed') return noteFailedCharge(context, account, fundId, charge)
  const gift = await bookCharge(context, fundId, charge)
  if (!gift) return
  await bookChargeFee(context, gift, charge)
  await bookReturns(context, gift, charge)
  if (gift.mustReturn) await askToReturn(context, gift, charge)
}

/** Asks Stripe how a payout stands, and moves its state on, never back. It is booked when the bank tells of it. */
export async function syncPayout(context: ServerContext, account: CardAccount, stripeId: string): Promise<void> {
  const payout = await readPayout(stripeOf(account), stripeId)
  if (!payout) throw new Error(`Stripe told of payout ${stripeId} and does not know it`)
  const { amountVnd, arrivesOn, state } = payout
  // What Stripe takes back from the bank, where refunds were more than gifts, is a line out of the bank: for a person.
  if (amountVnd <= 0n) return
  await context.db
    .insert(cardPayouts)
    .values({ stripeId, fundId: await fundIdOf(context, account), amountVnd, arrivesOn, state, createdAt: context.now() })
    .onConflictDoUpdate({
      target: cardPayouts.stripeId,
      set: { arrivesOn, state },
      setWhere: inArray(cardPayouts.state, payoutStatesBefore(state)),
    })
}

/**
 * Asks Stripe now how a pledge's newest page stands: its donor has just come back from there. What fails is asked
 * again later, by the same ways as everything else.
 */
export async function refreshCardGift(context: ServerContext, code: string): Promise<void> {
  const [session] = await context.db
    .select({ stripeId: cardSessions.stripeId, fundSlug: funds.slug })
    .from(cardSessions)
    .innerJoin(pledges, eq(pledges.id, cardSessions.pledgeId))
    .innerJoin(funds, eq(funds.id, cardSessions.fundId))
    .where(and(eq(pledges.code, code), inArray(cardSessions.state, ['open', 'processing'])))
    .orderBy(desc(cardSessions.attempt))
    .limit(1)
  const account = session && context.cards.accounts.get(session.fundSlug)
  if (!account || session.stripeId === null) return
  try {
    await syncSession(context, account, session.stripeId)
  } catch (error) {
    log.warn({ event: 'card_refresh_failed', fund: session.fundSlug, stripe: stripeErrorCode(error), error: describeError(error) })
  }
}
