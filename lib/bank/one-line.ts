import { and, asc, eq } from 'drizzle-orm'
import {
  bankDecisionLines,
  bankDecisions,
  bankTransactions,
  dayCloseLines,
  dayCloses,
  donations,
  pledges,
  receivingAccounts,
} from '../../db/schema'
import type { Context } from '../context'
import { stands } from '../donations/returned'
import type { BankLineView } from './model'

/** States of lines that stand in the queue. */
const SETTLED = new Set(['placed', 'payout', 'settled', 'duplicate'])

/** One line of a fund's accounts, whatever became of it; null where the fund has no such line. */
export async function getBankLine({ db }: Context, fundId: number, lineId: bigint): Promise<BankLineView | null> {
  const [row] = await db
    .select({ line: bankTransactions, account: receivingAccounts.alias, closedOn: dayCloses.day })
    .from(bankTransactions)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
    .leftJoin(dayCloseLines, eq(dayCloseLines.bankTransactionId, bankTransactions.id))
    .leftJoin(dayCloses, eq(dayCloses.id, dayCloseLines.closeId))
    .where(and(eq(bankTransactions.id, lineId), eq(receivingAccounts.fundId, fundId)))
  if (!row) return null
  const gifts = await db
    .select({ code: pledges.code, amountVnd: donations.amountVnd })
    .from(donations)
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .where(and(eq(donations.bankTransactionId, lineId), stands(donations.id)))
    .orderBy(asc(donations.id))
  const decisions = await db
    .select({ decision: bankDecisions })
    .from(bankDecisionLines)
    .innerJoin(bankDecisions, eq(bankDecisions.id, bankDecisionLines.decisionId))
    .where(eq(bankDecisionLines.bankTransactionId, lineId))
    .orderBy(asc(bankDecisions.id))
  const { id, direction, amountVnd, memo, reference, transactedAt, postedOn, provider, state, reason, duplicateOfId } = row.line
  return {
    ...{ id: String(id), account: row.account, direction, amountVnd, memo, reference, transactedAt, postedOn, provider, state, reason },
    ...{ waits: !SETTLED.has(state), sameAs: duplicateOfId === null ? null : String(duplicateOfId), closedOn: row.closedOn, gifts },
    decisions: decisions.map(({ decision }) => ({
      ...{ id: String(decision.id), kind: decision.kind, by: decision.decidedBy, at: decision.decidedAt, reason: decision.reason },
      undone:
        decision.undoneAt === null ? null : { by: decision.undoneBy ?? '', at: decision.undoneAt, reason: decision.undoneReason ?? '' },
    })),
  }
}
