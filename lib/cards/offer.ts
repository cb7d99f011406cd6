import { eq } from 'drizzle-orm'
import { campaigns, funds, pledges } from '../../db/schema'
import type { ServerContext } from '../context'
import { takesCards } from './commands'
import type { CardOffer } from './model'
import { judgeFund } from './risk'

/** Whether a fund takes cards, now or after a while; asked by its slug. */
export async function getCardOffer(context: ServerContext, fundSlug: string): Promise<CardOffer> {
  if (!takesCards(context, fundSlug)) return 'none'
  const [fund] = await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, fundSlug))
  return fund && (await judgeFund(context.db, context, fund.id)).risk === 'paused' ? 'paused' : 'open'
}

/** Whether the fund of a campaign takes cards, paused or not; false where there is no such campaign. */
export async function campaignTakesCards(context: ServerContext, campaignSlug: string): Promise<boolean> {
  const [row] = await context.db
    .select({ fundSlug: funds.slug })
    .from(campaigns)
    .innerJoin(funds, eq(funds.id, campaigns.fundId))
    .where(eq(campaigns.slug, campaignSlug))
  return row !== undefined && takesCards(context, row.fundSlug)
}

/** The same for the fund of a pledge, by its code. */
export async function pledgeTakesCards(context: ServerContext, code: string): Promise<boolean> {
  const [row] = await context.db
    .select({ fundSlug: funds.slug })
    .from(pledges)
    .innerJoin(funds, eq(funds.id, pledges.fundId))
    .where(eq(pledges.code, code))
  return row !== undefined && takesCards(context, row.fundSlug)
}
