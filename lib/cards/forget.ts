import { and, asc, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { cardFailures, cardSessions, stripeEvents } from '../../db/schema'
import type { Context } from '../context'
import { MEMORY_MS } from './risk-rules'

/**
 * Forgets what is older than a day, a few rows at a time so that nobody waits: failures, and who opened a page.
 * @returns how many rows were forgotten
 */
export async function pruneCardFailures({ db, now }: Context, batch = 500): Promise<number> {
  const dayAgo = new Date(now().getTime() - MEMORY_MS)
  let forgotten = 0
  for (;;) {
    const old = db.select({ chargeId: cardFailures.chargeId }).from(cardFailures).where(lt(cardFailures.failedAt, dayAgo)).limit(batch)
    const failures = await db.delete(cardFailures).where(inArray(cardFailures.chargeId, old)).returning({ chargeId: cardFailures.chargeId })
    const visited = and(isNotNull(cardSessions.visitor), lt(cardSessions.createdAt, dayAgo))
    const pages = db.select({ id: cardSessions.id }).from(cardSessions).where(visited).limit(batch)
    const nameless = await db
      .update(cardSessions)
      .set({ visitor: null })
      .where(inArray(cardSessions.id, pages))
      .returning({ id: cardSessions.id })
    forgotten += failures.length + nameless.length
    if (failures.length < batch && nameless.length < batch) return forgotten
  }
}

/** For so long Stripe keeps its own events, and lets people send one again. */
const EVENTS_MS = 30 * 86_400_000
const MOST_BATCHES = 20

/**
 * Forgets which news from Stripe was dealt with a month ago, a few rows at a time: told once more it is looked at once
 * more, and changes nothing. What still waits is never forgotten.
 * @returns how many rows were forgotten
 */
export async function pruneStripeEvents({ db, now }: Context, batch = 500): Promise<number> {
  const isPast = and(sql`${stripeEvents.state} <> 'waiting'`, lt(stripeEvents.receivedAt, new Date(now().getTime() - EVENTS_MS)))
  let forgotten = 0
  for (let round = 0; round < MOST_BATCHES; round++) {
    const old = db.select({ id: stripeEvents.stripeId }).from(stripeEvents).where(isPast).orderBy(asc(stripeEvents.receivedAt)).limit(batch)
    const deleted = await db
      .delete(stripeEvents)
      .where(and(inArray(stripeEvents.stripeId, old), isPast))
      .returning({ id: stripeEvents.stripeId })
    forgotten += deleted.length
    if (deleted.length < batch) break
  }
  return forgotten
}
