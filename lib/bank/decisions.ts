import { eq } from 'drizzle-orm'
import { bankDecisionLines, bankDecisions, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import type { DecisionKind } from './schema'
import { standingDecision } from './standing'

/** Whose decision stands on a line, for who came second. Null where nobody's does. */
export async function whoDecided({ db }: Context, lineId: bigint): Promise<{ by: string; kind: DecisionKind; at: Date } | null> {
  const { decision } = (await standingDecision(db, lineId)) ?? {}
  return decision ? { by: decision.decidedBy, kind: decision.kind, at: decision.decidedAt } : null
}

/** A decision by its number, with a line that it is about; null where there is none. */
export async function findDecision({ db }: Context, id: bigint): Promise<{ kind: DecisionKind; lineId: bigint } | null> {
  const [row] = await db
    .select({ kind: bankDecisions.kind, lineId: bankDecisionLines.bankTransactionId })
    .from(bankDecisions)
    .innerJoin(bankDecisionLines, eq(bankDecisionLines.decisionId, bankDecisions.id))
    .where(eq(bankDecisions.id, id))
    .limit(1)
  return row ?? null
}

/** The accounts of a fund. */
export async function listAccountIds({ db }: Context, fundId: number): Promise<Set<number>> {
  const rows = await db.select({ id: receivingAccounts.id }).from(receivingAccounts).where(eq(receivingAccounts.fundId, fundId))
  return new Set(rows.map(({ id }) => id))
}
