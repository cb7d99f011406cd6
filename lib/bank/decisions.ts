import { and, desc, eq, isNull } from 'drizzle-orm'
import { bankDecisionLines, bankDecisions } from '../../db/schema'
import type { Context } from '../context'
import type { DecisionKind } from './schema'

/** Whose decision stands on a line, for who came second. Null where nobody's does. */
export async function whoDecided({ db }: Context, lineId: bigint): Promise<{ by: string; kind: DecisionKind; at: Date } | null> {
  const [row] = await db
    .select({ by: bankDecisions.decidedBy, kind: bankDecisions.kind, at: bankDecisions.decidedAt })
    .from(bankDecisionLines)
    .innerJoin(bankDecisions, eq(bankDecisions.id, bankDecisionLines.decisionId))
    .where(and(eq(bankDecisionLines.bankTransactionId, lineId), isNull(bankDecisions.undoneAt)))
    .orderBy(desc(bankDecisions.id))
    .limit(1)
  return row ?? null
}
