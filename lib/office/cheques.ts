import { and, eq } from 'drizzle-orm'
import { chequeReturns, officeReceipts, pledges } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import type { ChequeReturn } from './model'

/**
 * Says that a bank did not pay a cheque, or that its giver got it back. Its receipt and number stay; nothing was booked, so
 * nothing is taken back. Said again, it changes nothing.
 * Refuses: what is no cheque; one whose money stands, which is taken back at the bank desk first; one that was said to be
 * returned for another reason.
 */
export async function returnCheque(
  { db, now }: Context,
  { receiptId, reason, by }: { receiptId: bigint; reason: ChequeReturn; by: string },
): Promise<Result<null, 'not_found' | 'cleared' | 'returned_before'>> {
  return db.transaction(async (tx) => {
    const [cheque] = await tx
      .select({ pledgeId: pledges.id, state: pledges.state })
      .from(officeReceipts)
      .innerJoin(pledges, eq(pledges.id, officeReceipts.pledgeId))
      .where(and(eq(officeReceipts.id, receiptId), eq(officeReceipts.kind, 'cheque')))
      .for('update', { of: pledges })
    if (!cheque) return refuse('not_found')
    const [known] = await tx.select().from(chequeReturns).where(eq(chequeReturns.receiptId, receiptId))
    if (known) return known.reason === reason && known.recordedBy === by ? ok(null) : refuse('returned_before')
    if (cheque.state === 'received') return refuse('cleared')
    await tx.insert(chequeReturns).values({ receiptId, reason, recordedBy: by, recordedAt: now() })
    await tx.update(pledges).set({ state: 'cancelled' }).where(eq(pledges.id, cheque.pledgeId))
    return ok(null)
  })
}
