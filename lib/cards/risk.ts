import { and, count, desc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { cardFailures, cardSessions } from '../../db/schema'
import type { Context } from '../context'
import { cardHash, type CardContext } from './keys'
import { FUND_RULE, isLongDay, isPageOver, judge, MEMORY_MS, VISITOR_RULE, type Failure, type Risk, type Verdict } from './risk-rules'

/** A card that was not accepted, as Stripe tells of it. */
export interface CardFailure {
  chargeId: string
  fundId: number
  /** The page of ours on which it was tried; null where none is known. */
  sessionId: bigint | null
  /** Stripe's fingerprint of the card, of which only a keyed hash is kept. */
  fingerprint: string | null
  failedAt: Date
}

type Reader = Database | Transaction

/** The newest of a day; what came before so many changes nothing of how it stands. */
const MOST_READ = 300

const CALM: Verdict = { risk: 'calm', untilMs: null }

/**
 * Remembers for a day that a card was not accepted. The same charge told again changes nothing and gets the same answer.
 * @param tx the transaction in which Stripe's news is dealt with
 * @returns whether its page should be closed at Stripe now: too much failed on it, its card failed too often wherever,
 * or cards are paused for its visitor or its fund
 */
export async function recordCardFailure(tx: Transaction, context: CardContext, failure: CardFailure): Promise<{ expireSession: boolean }> {
  const { chargeId, fundId, sessionId, fingerprint, failedAt } = failure
  const visitor = sessionId === null ? null : await visitorOfPage(tx, sessionId)
  const card = fingerprint === null ? null : cardHash(context, fingerprint)
  await tx.insert(cardFailures).values({ chargeId, fundId, sessionId, visitor, card, failedAt }).onConflictDoNothing()
  if (sessionId === null) return { expireSession: false }
  const onThisPage = await countFailures(tx, eq(cardFailures.sessionId, sessionId))
  const ofThisCard = card === null ? 0 : await countFailures(tx, and(eq(cardFailures.card, card), isRemembered(context)))
  if (isPageOver(onThisPage, ofThisCard)) return { expireSession: true }
  return { expireSession: (await lookAtRisk(tx, context, { fundId, visitor })).risk === 'paused' }
}

/**
 * What is asked before a card page of a fund opens for a visitor. Transfers are never asked anything.
 * @param who.visitor by `visitorHash`; null where nothing is limited, and then the fund alone is looked at
 */
export const cardRisk = async (context: Context, who: { fundId: number; visitor: string | null }): Promise<Risk> =>
  (await lookAtRisk(context.db, context, who)).risk

/** The same, with when cards are open again. */
export async function lookAtRisk(db: Reader, context: Context, who: { fundId: number; visitor: string | null }): Promise<Verdict> {
  const ofFund = await judgeFund(db, context, who.fundId)
  const ofVisitor = who.visitor === null ? CALM : await judgeVisitor(db, context, who.visitor)
  if (ofFund.untilMs !== null || ofVisitor.untilMs !== null) {
    return { risk: 'paused', untilMs: Math.max(ofFund.untilMs ?? 0, ofVisitor.untilMs ?? 0) }
  }
  return ofFund.risk === 'challenge' ? ofFund : ofVisitor
}

/** How a fund stands, whoever asks. */
export async function judgeFund(db: Reader, context: Context, fundId: number): Promise<Verdict> {
  const accepted = (windowMs: number) => (until: SQL) =>
    sql<number>`(select count(*)::int from card_payments p where p.fund_id = ${fundId}
      and p.charged_at <= ${until} and p.charged_at > ${until} - ${milliseconds(windowMs)})`
  const failures = await listFailures(db, context, eq(cardFailures.fundId, fundId), accepted(FUND_RULE.windowMs))
  if (failures.length === 0) return CALM
  const verdict = judge(FUND_RULE, failures, await countNow(db, context, accepted(FUND_RULE.windowMs)), context.now().getTime())
  if (verdict.risk !== 'calm') return verdict
  return isLongDay(failures, await countNow(db, context, accepted(MEMORY_MS))) ? { risk: 'challenge', untilMs: null } : CALM
}

/** How an address stands, over all funds. */
export async function judgeVisitor(db: Reader, context: Context, visitor: string): Promise<Verdict> {
  const accepted = (until: SQL) =>
    sql<number>`(select count(*)::int from card_sessions s where s.visitor = ${visitor} and s.state = 'paid'
      and s.created_at <= ${until} and s.created_at > ${until} - ${milliseconds(VISITOR_RULE.windowMs)})`
  const failures = await listFailures(db, context, eq(cardFailures.visitor, visitor), accepted)
  if (failures.length === 0) return CALM
  return judge(VISITOR_RULE, failures, await countNow(db, context, accepted), context.now().getTime())
}

/**
 * Failures of a day, oldest first.
 * @param accepted counts the cards that were accepted up to a moment
 */
async function listFailures(db: Reader, context: Context, whose: SQL, accepted: (until: SQL) => SQL<number>): Promise<Failure[]> {
  const rows = await db
    .select({
      failedAt: cardFailures.failedAt,
      visitor: cardFailures.visitor,
      card: cardFailures.card,
      page: cardFailures.sessionId,
      accepted: accepted(sql`card_failures.failed_at`),
    })
    .from(cardFailures)
    .where(and(whose, isRemembered(context)))
    .orderBy(desc(cardFailures.failedAt))
    .limit(MOST_READ)
  // Stripe's clock may be a little ahead of ours.
  const nowMs = context.now().getTime()
  return rows.reverse().map(({ failedAt, ...failure }) => ({ ...failure, atMs: Math.min(failedAt.getTime(), nowMs) }))
}

async function countNow(db: Reader, context: Context, accepted: (until: SQL) => SQL<number>): Promise<number> {
  const now = sql`${context.now().toISOString()}::timestamptz`
  const [row] = await db.select({ count: accepted(now) }).from(sql`(values (1)) as one`)
  return row?.count ?? 0
}

async function countFailures(db: Reader, which: SQL | undefined): Promise<number> {
  const [row] = await db.select({ count: count() }).from(cardFailures).where(which)
  return row?.count ?? 0
}

async function visitorOfPage(db: Reader, sessionId: bigint): Promise<string | null> {
  const [page] = await db.select({ visitor: cardSessions.visitor }).from(cardSessions).where(eq(cardSessions.id, sessionId))
  return page?.visitor ?? null
}

const isRemembered = (context: Context): SQL => gt(cardFailures.failedAt, new Date(context.now().getTime() - MEMORY_MS))

const milliseconds = (ms: number): SQL => sql`make_interval(secs => ${ms / 1_000})`
