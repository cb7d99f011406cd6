import { eq, gt, inArray } from 'drizzle-orm'
import { cardFailures, funds } from '../../db/schema'
import type { ServerContext } from '../context'
import { judgeFund } from './risk'

/** News of a failure that comes later than this is not counted. */
const LATE_MS = 60 * 60_000

/** How cards are doing at each fund that takes them, for figures. */
export interface CardFigures {
  /** Whether cards are closed for everybody at a fund, by its slug. */
  paused: { fund: string; isPaused: boolean }[]
  /** Cards that were not accepted in the last hour; each is here for as long, so that none is missed between two looks. */
  failures: { chargeId: string; fund: string }[]
}

export async function getCardFigures(context: ServerContext): Promise<CardFigures> {
  const { db, cards, now } = context
  const slugs = [...cards.accounts.keys()]
  if (slugs.length === 0) return { paused: [], failures: [] }
  const taking = await db.select({ id: funds.id, fund: funds.slug }).from(funds).where(inArray(funds.slug, slugs))
  const paused: CardFigures['paused'] = []
  for (const { id, fund } of taking) paused.push({ fund, isPaused: (await judgeFund(db, context, id)).risk === 'paused' })
  const failures = await db
    .select({ chargeId: cardFailures.chargeId, fund: funds.slug })
    .from(cardFailures)
    .innerJoin(funds, eq(funds.id, cardFailures.fundId))
    .where(gt(cardFailures.failedAt, new Date(now().getTime() - LATE_MS)))
  return { paused, failures }
}
