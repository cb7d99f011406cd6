import { sql, type SQL } from 'drizzle-orm'
import { campaigns, campaignTransitions } from '../../db/schema'
import { ENDED_STATES } from './states'

const ended = sql.join(
  ENDED_STATES.map((state) => sql.raw(`'${state}'`)),
  sql`, `,
)

/** When a campaign ended, for a query that has its row; null while it takes money, and then nothing is looked up. */
export const endedAt: SQL<Date | null> = sql`case when ${campaigns.state} in (${ended}) then (select min(t.happened_at)
    from campaign_transitions t where t.campaign_id = ${campaigns.id} and t.to_state in (${ended})) end`.mapWith(
  campaignTransitions.happenedAt,
)
