import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import pLimit from 'p-limit'
import { funds, stripeEvents } from '../../db/schema'
import { serverContext, type CardAccount, type ServerContext } from '../context'
import { readBody } from '../http/body'
import { problem } from '../http/problem'
import { describeError, log } from '../log'
import { NotLaidYet } from '../money-line/uses'
import { stripeErrorCode } from '../payments/stripe/client'
import { readStripeEvent, type StripeHint } from '../payments/stripe/webhook'
import { fundIdOf, syncCharge, syncPayout, syncSession } from './sync'
import { syncWarning } from './warnings'

const MAX_BODY_BYTES = 512 * 1024
/** A storm of events leaves connections to those who read. */
const inTurn = pLimit(4)
const LONGEST_WAIT_MS = 60 * 60_000
const MOST_AT_ONCE = 50

type Stored = Pick<typeof stripeEvents.$inferSelect, 'stripeId' | 'type' | 'objectId' | 'attempts'> & { account: CardAccount }

/**
 * Answers Stripe, which tells that something happened: with success once that is safely kept. What happened is asked
 * for anew, now and, where that fails, again and again later. An event of a kind we know nothing of is kept, too.
 */
export async function receiveStripeWebhook(request: Request): Promise<Response> {
  const context = serverContext()
  const { accounts } = context.cards
  if (accounts.size === 0)
    return problem(503, 'Not configured', 'This site has no account at Stripe. Nothing was kept; please send it again later.')
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === null) return problem(413, 'Too large', `An event has at most ${MAX_BODY_BYTES / 1024} kB. Nothing was kept.`)
  const hint = readStripeEvent(accounts.values(), body, request.headers.get('stripe-signature'), context.now())
  const account = hint && accounts.get(hint.fundSlug)
  if (!hint || !account) {
    log.warn({ event: 'webhook_refused', provider: 'stripe', bytes: body.length })
    return problem(401, 'Not authentic', 'The signature is missing or wrong, or was made too long ago. Nothing was kept.')
  }
  try {
    const event = await keep(context, account, hint)
    log.info({ event: 'webhook_stored', provider: 'stripe', type: hint.type })
    // While enough is under way, who leads looks at it in a moment: Stripe takes an answer that comes late for none.
    if (event && inTurn.activeCount < inTurn.concurrency) await inTurn(() => process(context, event))
    return Response.json({ received: true })
  } catch (error) {
    log.error({ event: 'webhook_failed', provider: 'stripe', error: describeError(error) })
    return problem(503, 'Not stored', 'The event could not be stored just now. Please send it again: nothing is counted twice.', {
      'Retry-After': '5',
    })
  }
}

/** What to ask for anew when an event tells of it; null for kinds that we know nothing of. */
function subjectOf(type: string): typeof syncCharge | null {
  if (type.startsWith('checkout.session.')) return syncSession
  if (type.startsWith('charge.') || type.startsWith('refund.')) return syncCharge
  if (type.startsWith('payout.')) return syncPayout
  if (type.startsWith('radar.early_fraud_warning.')) return syncWarning
  return null
}

/** @returns the event, where there is something to do about it; told again, it is looked at again */
async function keep(
  context: ServerContext,
  account: CardAccount,
  { eventId: stripeId, type, objectId }: StripeHint,
): Promise<Stored | null> {
  const now = context.now()
  const isKnown = subjectOf(type) !== null && objectId !== null
  await context.db
    .insert(stripeEvents)
    .values({
      ...{ stripeId, fundId: await fundIdOf(context, account), type, objectId, receivedAt: now },
      ...{ state: isKnown ? 'waiting' : 'unknown', nextAttemptAt: now },
    })
    .onConflictDoNothing()
  return isKnown ? { stripeId, type, objectId, attempts: 0, account } : null
}

/** Does what an event asks for. Where that fails it waits for another attempt: a second later, then twice as long each time. */
async function process(context: ServerContext, { stripeId, type, objectId, attempts, account }: Stored): Promise<void> {
  const sync = subjectOf(type)
  if (!sync || objectId === null) return
  const where = and(eq(stripeEvents.stripeId, stripeId), eq(stripeEvents.state, 'waiting'))
  try {
    await sync(context, account, objectId)
    await context.db.update(stripeEvents).set({ state: 'done' }).where(where)
  } catch (error) {
    const waitMs = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(attempts, 20))
    const nextAttemptAt = new Date(context.now().getTime() + waitMs)
    await context.db
      .update(stripeEvents)
      .set({ attempts: sql`${stripeEvents.attempts} + 1`, nextAttemptAt })
      .where(where)
    // The sequencer is a moment behind: nothing is wrong.
    if (error instanceof NotLaidYet) return
    log.error({ event: 'card_sync_failed', type, attempts, stripe: stripeErrorCode(error), error: describeError(error) })
  }
}

/** Tries again what is due of the events that were kept, until it is told to stop. @returns how many were due */
export async function processDueEvents(context: ServerContext, signal?: AbortSignal): Promise<number> {
  const { accounts } = context.cards
  const due = await context.db
    .select({ event: stripeEvents, fundSlug: funds.slug })
    .from(stripeEvents)
    .innerJoin(funds, eq(funds.id, stripeEvents.fundId))
    .where(
      and(
        eq(stripeEvents.state, 'waiting'),
        lte(stripeEvents.nextAttemptAt, context.now()),
        // What waits for an account that is not there any more holds up nobody.
        inArray(funds.slug, [...accounts.keys()]),
      ),
    )
    .orderBy(asc(stripeEvents.nextAttemptAt))
    .limit(MOST_AT_ONCE)
  for (const { event, fundSlug } of due) {
    if (signal?.aborted) break
    const account = accounts.get(fundSlug)
    if (account) await process(context, { ...event, account })
  }
  return due.length
}
