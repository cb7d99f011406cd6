import { and, eq, ne } from 'drizzle-orm'
import { cashReversals, donations, officeReceipts, pledges } from '../../db/schema'
import type { Context } from '../context'
import { stands } from '../donations/returned'
import { takeOffLine, type ReverseRefusal } from '../donations/reverse'
import { fundAccount, lockedBalance } from '../ledger/books'
import { reverseEntry } from '../ledger/post'
import { ok, refuse, type Result } from '../result'
import type { ReversalReason } from './model'
import { carriedVnd } from './deposits'

/**
 * Asks that a gift of cash is taken back because it was written down wrongly. Nothing changes until another person says so.
 * Said again by the same person, it is one request.
 * Refuses: what is no receipt of cash; one that is asked for or taken back already.
 */
export async function askReversal(
  { db, now }: Context,
  { receiptId, reason, by }: { receiptId: bigint; reason: ReversalReason; by: string },
): Promise<Result<{ reversalId: bigint }, 'not_found' | 'asked_already'>> {
  return db.transaction(async (tx) => {
    const [receipt] = await tx
      .select({ id: officeReceipts.id, pledgeId: officeReceipts.pledgeId })
      .from(officeReceipts)
      .where(and(eq(officeReceipts.id, receiptId), eq(officeReceipts.kind, 'cash')))
    if (!receipt) return refuse('not_found')
    // Whoever asks at the same moment waits here.
    await tx.select({ id: pledges.id }).from(pledges).where(eq(pledges.id, receipt.pledgeId)).for('update')
    const [known] = await tx
      .select()
      .from(cashReversals)
      .where(and(eq(cashReversals.receiptId, receiptId), ne(cashReversals.state, 'rejected')))
    if (known)
      return known.state === 'asked' && known.askedBy === by && known.reason === reason
        ? ok({ reversalId: known.id })
        : refuse('asked_already')
    const [made] = await tx
      .insert(cashReversals)
      .values({ receiptId, reason, state: 'asked', askedBy: by, askedAt: now() })
      .returning({ id: cashReversals.id })
    if (!made) throw new Error('a request was not written')
    return ok({ reversalId: made.id })
  })
}

export type DecideReversalRefusal = 'not_found' | 'decided_already' | 'same_person' | 'not_in_box' | ReverseRefusal

/**
 * Takes a gift of cash back, or leaves it: by another person than who asked. What is taken back leaves a hole on its line
 * and an entry that mirrors its own (money.md §2); its number stays used, and its page says so.
 * Refuses: a request that was decided; the person who asked; money of which a part is spent, held or promised; cash that
 * is no longer in the box, since the box would hold less than nothing: the right gift is written down first then.
 */
export async function decideReversal(
  { db, now: clock }: Context,
  { reversalId, isReversed, by }: { reversalId: bigint; isReversed: boolean; by: string },
): Promise<Result<null, DecideReversalRefusal>> {
  const now = clock()
  return db.transaction(async (tx) => {
    const [request] = await tx.select().from(cashReversals).where(eq(cashReversals.id, reversalId)).for('update')
    if (!request) return refuse('not_found')
    if (request.state !== 'asked')
      return request.decidedBy === by && request.state === (isReversed ? 'reversed' : 'rejected') ? ok(null) : refuse('decided_already')
    if (request.askedBy === by) return refuse('same_person')
    const decided = { decidedBy: by, decidedAt: now }
    if (!isReversed) {
      await tx
        .update(cashReversals)
        .set({ state: 'rejected', ...decided })
        .where(eq(cashReversals.id, reversalId))
      return ok(null)
    }
    const [gift] = await tx
      .select()
      .from(donations)
      .where(and(eq(donations.officeReceiptId, request.receiptId), stands(donations.id)))
    if (!gift || gift.pledgeId === null) throw new Error(`receipt ${request.receiptId} stands booked as nothing`)
    const box = await fundAccount(tx, gift.fundId, 'donation', 'cash_box')
    if ((await lockedBalance(tx, box)) - (await carriedVnd(tx, gift.fundId)) < gift.amountVnd) return refuse('not_in_box')
    const taken = await takeOffLine(tx, gift, { cashReversalId: reversalId, now })
    if (!taken.ok) return taken
    const entryId = await reverseEntry(tx, gift.entryId, `cash-reversal:${reversalId}`, now)
    await tx
      .update(cashReversals)
      .set({ state: 'reversed', entryId, ...decided })
      .where(eq(cashReversals.id, reversalId))
    // Nothing is awaited with its code any more; what else came with it stands.
    await tx
      .update(pledges)
      .set({ state: 'cancelled' })
      .where(and(eq(pledges.id, gift.pledgeId), eq(pledges.state, 'open')))
    return ok(null)
  })
}
