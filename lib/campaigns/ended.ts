import { inArray, sql, type SQL } from 'drizzle-orm'
import { campaigns, campaignTransitions } from '../../db/schema'
import { ENDED_STATES } from './states'

/** When a campaign ended, for a query that has its row; null while it takes money, and then nothing is looked up. */
export const endedAt: SQL<Date | null> = sql`case when ${inArray(campaigns.state, [...ENDED_STATES])} then (
    select min(${campaignTransitions.happenedAt}) from ${campaignTransitions}
    where ${campaignTransitions.campaignId} = ${campaigns.id} and ${inArray(campaignTransitions.toState, [...ENDED_STATES])}) end`.mapWith(
  campaignTransitions.happenedAt,
)
