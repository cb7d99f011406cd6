import { and, eq, inArray, isNull, or, type SQL } from 'drizzle-orm'
import { campaigns } from '../../db/schema'

/**
 * Whether money of a campaign may be asked for, for a query that has its row: while it runs, and of an emergency appeal
 * also after its closing day, which ends the giving and not the help.
 */
export const maySpend: SQL | undefined = or(
  inArray(campaigns.state, ['open', 'funded', 'delivering']),
  and(eq(campaigns.state, 'closed'), eq(campaigns.isEmergency, true), isNull(campaigns.restLineId)),
)
