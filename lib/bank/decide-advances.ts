import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { advanceMoves, bankDecisions } from '../../db/schema'
import { fundAccount } from '../ledger/books'
import { mayComeBack, mayHandOut, mayUndo, recordMove } from '../spending/advance-bank'
import { dayOf } from '../time/day'
import { ownOutgoing, unbookGift } from './decide-books'
import { bookDecided, moveOn, Refused, type Deciding, type LockedLine } from './deciding'

/** What went out is an advance that was written down: advance / bank (money.md §2). */
export async function bookAdvance(deciding: Deciding, on: LockedLine, advanceId: bigint): Promise<void> {
  const { tx, decisionId, now } = deciding
  const { fundId, book: bank } = ownOutgoing(on)
  const { amountVnd, transactedAt } = on.line
  const found = await mayHandOut(tx, { advanceId, fundId, amountVnd })
  if (!found.ok) throw new Refused('no_match')
  const advance = await fundAccount(tx, fundId, 'donation', 'advance')
  const entryId = await bookDecided(deciding, on, 'advance', [{ debit: advance, credit: bank, amountVnd }])
  await recordMove(tx, found.value, { kind: 'given', amountVnd, entryId, key: `decision:${decisionId}`, on: dayOf(transactedAt), now })
  await tx.update(bankDecisions).set({ advanceId }).where(eq(bankDecisions.id, decisionId))
  await moveOn(deciding, on, { state: 'settled' })
}

/** What came in is the rest of an advance: bank / advance. No more comes back than is out. */
export async function bookAdvanceReturned(deciding: Deciding, on: LockedLine, advanceId: bigint): Promise<void> {
  const { tx, decisionId, now } = deciding
  const { fundId, book: bank } = await unbookGift(deciding, on)
  const { amountVnd, transactedAt } = on.line
  const found = await mayComeBack(tx, { advanceId, fundId, amountVnd })
  if (!found.ok) throw new Refused('no_match')
  const advance = await fundAccount(tx, fundId, 'donation', 'advance')
  const entryId = await bookDecided(deciding, on, 'advance_returned', [{ debit: bank, credit: advance, amountVnd }])
  await recordMove(tx, found.value, { kind: 'returned', amountVnd, entryId, key: `decision:${decisionId}`, on: dayOf(transactedAt), now })
  await tx.update(bankDecisions).set({ advanceId }).where(eq(bankDecisions.id, decisionId))
  await moveOn(deciding, on, { state: 'settled' })
}

/** What a decision did to an advance; null where it did nothing to one. */
export async function moveOfDecision(tx: Transaction, entryId: bigint): Promise<typeof advanceMoves.$inferSelect | null> {
  const [move] = await tx.select().from(advanceMoves).where(eq(advanceMoves.entryId, entryId))
  return move ?? null
}

/**
 * Takes back what a decision did to an advance, once its entry was reversed. Refuses where something was settled or came
 * back since, or the spend has no more room for what would be out again.
 */
export async function undoMove(
  { tx, decisionId, now }: Deciding,
  move: typeof advanceMoves.$inferSelect,
  reversalId: bigint,
): Promise<void> {
  const { advanceId, amountVnd } = move
  const kind = move.kind === 'given' ? 'given' : 'returned'
  const found = await mayUndo(tx, { advanceId, kind, amountVnd })
  if (!found.ok) throw new Refused('stays')
  await recordMove(tx, found.value, { kind: `${kind}_undone`, amountVnd, entryId: reversalId, key: `undo:${decisionId}`, now })
}
