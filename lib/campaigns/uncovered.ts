import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { campaigns, lineTotals, needCoverages, needs } from '../../db/schema'

/** What a campaign asks its need for. A closed one asks for no more than it received. */
const asked = sql`case when ${campaigns.state} = 'closed' then coalesce(${lineTotals.netVnd}, 0) else ${campaigns.goalVnd} end`

/** What campaigns ask each need for, as a part of a query. */
export const askedByNeed = (db: Database) =>
  db
    .select({ needId: campaigns.needId, vnd: sql`sum(${asked})::bigint`.mapWith(BigInt).as('asked_vnd') })
    .from(campaigns)
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .groupBy(campaigns.needId)
    .as('asked')

/** What other sources meet of each need, as a part of a query. */
export const coveredByNeed = (db: Database) =>
  db
    .select({ needId: needCoverages.needId, vnd: sql`sum(${needCoverages.amountVnd})::bigint`.mapWith(BigInt).as('covered_vnd') })
    .from(needCoverages)
    .groupBy(needCoverages.needId)
    .as('covered')

/**
 * What no other source meets and no campaign asks for; below zero where more is met or asked than is needed. Whoever
 * decides on it holds the need's lock.
 */
export async function uncoveredVnd(db: Database, needId: number): Promise<bigint> {
  const covered = coveredByNeed(db)
  const inCampaigns = askedByNeed(db)
  const [row] = await db
    .select({
      vnd: sql`${needs.amountVnd} - coalesce(${covered.vnd}, 0) - coalesce(${inCampaigns.vnd}, 0)`.mapWith(BigInt),
    })
    .from(needs)
    .leftJoin(covered, eq(covered.needId, needs.id))
    .leftJoin(inCampaigns, eq(inCampaigns.needId, needs.id))
    .where(eq(needs.id, needId))
  return row?.vnd ?? 0n
}
