import { and, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import { campaigns, campaignTransitions } from '../../db/schema'
import { ENDED_STATES } from './states'

/** When a campaign ended, for a query that has its row; null while it takes money, and then nothing is looked up. */
export const endedAt: SQL<Date | null> = sql`case when ${inArray(campaigns.state, [...ENDED_STATES])} then (
    select min(${campaignTransitions.happenedAt}) from ${campaignTransitions}
    where ${campaignTransitions.campaignId} = ${campaigns.id} and ${inArray(campaignTransitions.toState, [...ENDED_STATES])}) end`.mapWith(
  campaignTransitions.happenedAt,
)

/**
 * Whether money of a campaign may be asked for, for a query that has its row: while it runs, and of an emergency appeal
 * also after its closing day, which ends the giving and not the help.
 */
export const maySpend: SQL | undefined = or(
  inArray(campaigns.state, ['open', 'funded', 'delivering']),
  and(eq(campaigns.state, 'closed'), eq(campaigns.isEmergency, true), isNull(campaigns.restLineId)),
)
