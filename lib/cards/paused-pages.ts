import { and, eq, gt, inArray, isNotNull, or, sql } from 'drizzle-orm'
import pLimit from 'p-limit'
import { cardFailures, cardSessions, funds } from '../../db/schema'
import type { Context, ServerContext } from '../context'
import { judgeFund, judgeVisitor } from './risk'
import { FUND_RULE, VISITOR_RULE } from './risk-rules'
import { endPage } from './sync'

/** A page at Stripe on which nothing should be tried any more. */
export interface PageToClose {
  id: bigint
  fundSlug: string
  stripeId: string
}

const PAUSE_MS = Math.max(FUND_RULE.pauseMs, VISITOR_RULE.pauseMs)
const MOST_VISITORS = 200
const MOST_AT_ONCE = 100

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
    .select({ id: cardSessions.id, fundSlug: funds.slug, stripeId: cardSessions.stripeId })
    .from(cardSessions)
    .innerJoin(funds, eq(funds.id, cardSessions.fundId))
    .where(and(eq(cardSessions.state, 'open'), or(inArray(cardSessions.fundId, fundIds), inArray(cardSessions.visitor, visitors))))
    .orderBy(cardSessions.id)
  return pages.flatMap(({ stripeId, ...page }) => (stripeId === null ? [] : [{ ...page, stripeId }]))
}

/** Closes what `listPagesToClose` finds, the oldest first. @returns how many pages it tried to close */
export async function closePausedPages(context: ServerContext): Promise<number> {
  const pages = (await listPagesToClose(context)).slice(0, MOST_AT_ONCE)
  const inTurn = pLimit(4)
  await Promise.all(
    pages.map((page) =>
      inTurn(async () => {
        const account = context.cards.accounts.get(page.fundSlug)
        if (account) await endPage(context, account, page.stripeId)
      }),
    ),
  )
  return pages.length
}
