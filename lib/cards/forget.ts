import { and, inArray, isNotNull, lt } from 'drizzle-orm'
import { cardFailures, cardSessions } from '../../db/schema'
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
