import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import {
  bankDecisionEntries,
  bankDecisionLines,
  bankDecisions,
  bankTransactions,
  dayCloseLines,
  donationReversals,
  donations,
  events,
} from '../../db/schema'
import type { Context } from '../context'
import { putBackOnLine, takeOffLine, type Donation } from '../donations/reverse'
import { reverseEntry } from '../ledger/post'
import type { Result } from '../result'
import { moveOfDecision, undoMove } from './decide-advances'
import { giftsOf, inDecision, lockBankLines, Refused, standingDonations, tellClass } from './deciding'
import type { DecideRefusal, LineClass, LineState } from './model'
import { holdPostingDay, takeBackPostingDays } from './posting-days'
import type { DecisionKind } from './schema'
import { standingDecision } from './standing'

/** Matched payouts stay as two parties told of them; a refund that came back ended its request for good. */
const FINAL = ['payout', 'refund_returned']

/**
 * Takes a decision back: every entry of it by one that reverses it, donations off the lines where it laid them and back to
 * where they lay, and its lines to how they stood. Only what was decided last on each line; and only while the money is
 * still free. A posting day that it carried over goes back, unless a day was closed with it. A payment, a refund or what a supplier gave back is not taken back by this, only its line: it waits for another.
 * Told twice, it is taken back once.
 */
export async function undoDecision(
  context: Context,
  { decisionId, reason, by }: { decisionId: bigint; reason: string; by: string },
): Promise<Result<null, DecideRefusal>> {
  return inDecision(context, async (tx) => {
    const before = await tx
      .select()
      .from(bankDecisionLines)
      .where(eq(bankDecisionLines.decisionId, decisionId))
      .orderBy(asc(bankDecisionLines.bankTransactionId))
    const [held] = await tx
      .select({ kind: bankDecisions.kind })
      .from(bankDecisions)
      .where(and(eq(bankDecisions.id, decisionId), inArray(bankDecisions.kind, ['same', 'ours'])))
    if (held) for (const { bankTransactionId } of before) await holdPostingDay(tx, bankTransactionId)
    const lineOf = await lockBankLines(
      tx,
      before.map(({ bankTransactionId }) => bankTransactionId),
    )
    const [decision] = await tx.select().from(bankDecisions).where(eq(bankDecisions.id, decisionId)).for('update')
    if (!decision || before.length === 0) throw new Refused('not_found')
    if (decision.undoneBy === by) return null
    if (decision.undoneBy !== null) throw new Refused('decided_already')
    if (FINAL.includes(decision.kind)) throw new Refused('stays')
    for (const { bankTransactionId } of before) {
      const last = await standingDecision(tx, bankTransactionId)
      if (last?.decision.id !== decisionId) throw new Refused('stays')
    }
    if (decision.kind === 'ours' || decision.kind === 'not_same')
      for (const { bankTransactionId } of before) await refuseClosed(tx, bankTransactionId)
    const now = context.now()
    const cause = { decisionId, now }
    const [brought, takenOff] = [await broughtBy(tx, decisionId, before), await takenBy(tx, decisionId)]
    for (const gift of brought) {
      const taken = await takeOffLine(tx, gift, cause)
      if (!taken.ok) throw new Refused(taken.refusal)
    }
    for (const gift of takenOff) await putBackOnLine(tx, gift, cause)
    const entries = await tx
      .select({ id: bankDecisionEntries.entryId })
      .from(bankDecisionEntries)
      .where(eq(bankDecisionEntries.decisionId, decisionId))
      .orderBy(desc(bankDecisionEntries.entryId))
    for (const [index, { id }] of entries.entries()) {
      const entryId = await reverseEntry(tx, id, `undo:${decisionId}:${index}`, now)
      const move = await moveOfDecision(tx, id)
      if (move) await undoMove({ tx, decisionId, now }, move, entryId)
    }
    for (const { bankTransactionId, beforeState, beforeReason, beforeDuplicateOfId } of before) {
      await tx
        .update(bankTransactions)
        .set({
          ...{ state: beforeState, reason: beforeReason, duplicateOfId: beforeDuplicateOfId },
          // A line of no account of ours is of none again.
          ...(beforeState === 'unknown_account' ? { receivingAccountId: null } : {}),
        })
        .where(eq(bankTransactions.id, bankTransactionId))
    }
    await tx.update(bankDecisions).set({ undoneBy: by, undoneAt: now, undoneReason: reason }).where(eq(bankDecisions.id, decisionId))
    const targetOf = await giftsOf(
      tx,
      before.map(({ bankTransactionId }) => bankTransactionId),
    )
    for (const { bankTransactionId: id, beforeState } of before) {
      const is = classAgain((await standingDecision(tx, id))?.decision.kind ?? null, beforeState)
      await tellClass(tx, lineOf(id), { is, target: is === 'waiting' ? null : targetOf(id), key: `undo:${decisionId}`, now })
    }
    if (decision.kind === 'same') for (const { bankTransactionId } of before) await takeBackPostingDays(tx, decisionId, bankTransactionId)
    return null
  })
}

/** What a line is again when a decision on it is taken back: what was decided before, or what its code says; else it waits. */
function classAgain(decided: DecisionKind | null, state: LineState): LineClass {
  if (decided === 'keep_unplaced' && state === 'unplaced') return 'unplaced'
  if (state === 'placed') return 'gift'
  return state === 'to_return' ? 'to_return' : 'waiting'
}

/** What a day was closed with is of its account for good. */
async function refuseClosed(tx: Transaction, lineId: bigint): Promise<void> {
  if ((await tx.$count(dayCloseLines, eq(dayCloseLines.bankTransactionId, lineId))) > 0) throw new Refused('in_closed_day')
}

/** Donations that a decision laid on a line: new ones, and those that it brought back. */
async function broughtBy(tx: Transaction, decisionId: bigint, before: readonly { bankTransactionId: bigint }[]): Promise<Donation[]> {
  const entries = await tx
    .select({ id: bankDecisionEntries.entryId })
    .from(bankDecisionEntries)
    .where(eq(bankDecisionEntries.decisionId, decisionId))
  const standing = (await Promise.all(before.map(({ bankTransactionId }) => standingDonations(tx, bankTransactionId)))).flat()
  const made = new Set(entries.map(({ id }) => id))
  const restored = await tx
    .select({ donationId: events.donationId })
    .from(events)
    .where(
      inArray(
        events.idempotencyKey,
        standing.map(({ id }) => `decision:${decisionId}:restored:${id}`),
      ),
    )
  const again = new Set(restored.map(({ donationId }) => donationId))
  return standing.filter(({ id, entryId }) => made.has(entryId) || again.has(id))
}

/** Donations that a decision took off a line. */
async function takenBy(tx: Transaction, decisionId: bigint): Promise<Donation[]> {
  const rows = await tx
    .select({ donation: donations })
    .from(donationReversals)
    .innerJoin(donations, eq(donations.id, donationReversals.donationId))
    .where(and(eq(donationReversals.decisionId, decisionId), isNull(donationReversals.restoredByEventId)))
    .orderBy(asc(donations.id))
  return rows.map(({ donation }) => donation)
}
