import { and, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { bankDecisionLines, bankDecisions } from '../../db/schema'

/** The decision that stands last on a line; null where no person decided. */
export async function standingDecision(db: Database, lineId: bigint) {
  const [row] = await db
    .select({ decision: bankDecisions, before: bankDecisionLines })
    .from(bankDecisionLines)
    .innerJoin(bankDecisions, eq(bankDecisions.id, bankDecisionLines.decisionId))
    .where(and(eq(bankDecisionLines.bankTransactionId, lineId), isNull(bankDecisions.undoneAt)))
    .orderBy(desc(bankDecisions.id))
    .limit(1)
  return row ?? null
}

/**
 * The same for a query on lines: null where none stands.
 * @param what of the decision `d`: a column of it, or all of it
 * @param lineId the line, as the query around calls it
 */
export const ofStanding = (what: SQL, lineId: SQL): SQL =>
  sql`(select ${what} from bank_decision_lines l join bank_decisions d on d.id = l.decision_id
    where l.bank_transaction_id = ${lineId} and d.undone_at is null order by d.id desc limit 1)`
