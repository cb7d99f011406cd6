import { and, desc, eq, lte } from 'drizzle-orm'
import { cardSessions, pledges } from '../../db/schema'
import type { CardAccount, ServerContext } from '../context'
import type { CardCharge } from '../payments/stripe/model'
import { closePage } from './close-page'
import { recordCardFailure } from './risk'

/** Stripe tells when in whole seconds. */
const SECOND_MS = 1_000

/**
 * Takes note of a card that was not accepted, and closes its page where enough was tried on it. Told again, it does
 * the same, so that a page that could not be closed is closed later.
 */
export async function noteFailedCharge(context: ServerContext, account: CardAccount, fundId: number, charge: CardCharge): Promise<void> {
  const page = await pageOf(context, fundId, charge)
  const { stripeId: chargeId, fingerprint, chargedAt: failedAt } = charge
  const failure = { chargeId, fundId, sessionId: page?.id ?? null, fingerprint, failedAt }
  const { expireSession } = await context.db.transaction((tx) => recordCardFailure(tx, context, failure))
  if (expireSession && page?.state === 'open' && page.stripeId !== null) {
    await closePage(context, account, page.stripeId)
  }
}

/** The page on which a card was tried: of a pledge one is open at a time, so it is the newest that was there then. */
async function pageOf({ db }: ServerContext, fundId: number, { code, chargedAt }: CardCharge) {
  if (code === null) return null
  const [page] = await db
    .select({ id: cardSessions.id, stripeId: cardSessions.stripeId, state: cardSessions.state })
    .from(cardSessions)
    .innerJoin(pledges, eq(pledges.id, cardSessions.pledgeId))
    .where(and(eq(pledges.code, code), eq(pledges.fundId, fundId), lte(cardSessions.createdAt, new Date(chargedAt.getTime() + SECOND_MS))))
    .orderBy(desc(cardSessions.attempt))
    .limit(1)
  return page ?? null
}
