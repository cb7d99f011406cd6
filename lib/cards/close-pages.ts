import { and, eq, gt, inArray, isNotNull, lt, or, sql } from 'drizzle-orm'
import { cardFailures, cardSessions } from '../../db/schema'
import type { Context } from '../context'
import { judgeFund, judgeVisitor } from './risk'
import { FUND_RULE, MEMORY_MS, VISITOR_RULE } from './risk-rules'

/** A page at Stripe on which nothing should be tried any more. */
export interface PageToClose {
  id: bigint
  fundId: number
  stripeId: string
}

const PAUSE_MS = Math.max(FUND_RULE.pauseMs, VISITOR_RULE.pauseMs)
const MOST_VISITORS = 200

/**
 * The pages that are still open at Stripe although cards are paused for their fund or for who opened them. Who tries
 * stolen cards may have opened many before the first one failed; each would be good for some more.
 * Read off the same facts each time, so asking again after a crash closes what was left.
 */
export async function listPagesToClose(context: Context): Promise<PageToClose[]> {
  const { db } = context
  const isRecent = gt(cardFailures.failedAt, new Date(context.now().getTime() - PAUSE_MS))
  const touched = await db.selectDistinct({ fundId: cardFailures.fundId }).from(cardFailures).where(isRecent)
  if (touched.length === 0) return []
  const fundIds: number[] = []
  for (const { fundId } of touched) if ((await judgeFund(db, context, fundId)).risk === 'paused') fundIds.push(fundId)
  const suspects = await db
    .select({ visitor: cardFailures.visitor })
    .from(cardFailures)
    .where(and(isRecent, isNotNull(cardFailures.visitor)))
    .groupBy(cardFailures.visitor)
    .having(sql`count(*) > ${VISITOR_RULE.pauseAgain.failures}`)
    .orderBy(sql`max(${cardFailures.failedAt}) desc`)
    .limit(MOST_VISITORS)
  const visitors: string[] = []
  for (const { visitor } of suspects) {
    if (visitor !== null && (await judgeVisitor(db, context, visitor)).risk === 'paused') visitors.push(visitor)
  }
  if (fundIds.length + visitors.length === 0) return []
  const pages = await db
    .select({ id: cardSessions.id, fundId: cardSessions.fundId, stripeId: cardSessions.stripeId })
    .from(cardSessions)
    .where(and(eq(cardSessions.state, 'open'), or(inArray(cardSessions.fundId, fundIds), inArray(cardSessions.visitor, visitors))))
    .orderBy(cardSessions.id)
  return pages.flatMap(({ stripeId, ...page }) => (stripeId === null ? [] : [{ ...page, stripeId }]))
}

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
