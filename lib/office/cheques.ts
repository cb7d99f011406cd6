import { and, asc, desc, eq } from 'drizzle-orm'
import { chequeReturns, donations, officeReceipts, pledges, refunds } from '../../db/schema'
import { requestRefund } from '../cards/refunds'
import type { Context } from '../context'
import { stands } from '../donations/returned'
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

/**
 * Says that a bank took back what it had paid for a cheque, whatever became of the money meanwhile (docs/decisions/0045).
 * What is free of it is held; another person approves, and the line by which the bank took it is matched like that of any
 * gift that goes back. Said again by the same person while it waits, it is one request.
 * Refuses: what is no cheque that a bank paid; one of whose sum no gift stands, as where it was placed as several; one that
 * somebody asked for; one of which a part went another way; one that has no place on its line yet.
 */
export async function recallCheque(
  context: Context,
  { receiptId, by }: { receiptId: bigint; by: string },
): Promise<Result<{ refundId: bigint }, 'not_found' | 'several_gifts' | 'asked_already' | 'not_available' | 'not_laid_yet'>> {
  return context.db.transaction(async (tx) => {
    const [cheque] = await tx
      .select({ pledgeId: pledges.id, amountVnd: officeReceipts.amountVnd })
      .from(officeReceipts)
      .innerJoin(pledges, eq(pledges.id, officeReceipts.pledgeId))
      .where(and(eq(officeReceipts.id, receiptId), eq(officeReceipts.kind, 'cheque')))
      .for('update', { of: pledges })
    if (!cheque) return refuse('not_found')
    const gifts = await tx
      .select()
      .from(donations)
      .where(and(eq(donations.pledgeId, cheque.pledgeId), stands(donations.id)))
      .orderBy(asc(donations.id))
    if (gifts.length === 0) return refuse('not_found')
    // Its giver may have given again with its code: the cheque is the first gift of its sum.
    const gift = gifts.find(({ bankTransactionId, amountVnd }) => bankTransactionId !== null && amountVnd === cheque.amountVnd)
    if (!gift) return refuse('several_gifts')
    const before = await tx.select().from(refunds).where(eq(refunds.donationId, gift.id)).orderBy(desc(refunds.id))
    const known = before.find(({ reason, state }) => reason === 'cheque_returned' && ['requested', 'approved', 'sent'].includes(state))
    if (known) return known.state === 'requested' && known.requestedBy === by ? ok({ refundId: known.id }) : refuse('asked_already')
    const asked = await requestRefund(
      { ...context, db: tx },
      {
        ...{ donationId: gift.id, amountMinor: gift.amountVnd, reason: 'cheque_returned', by },
        key: `cheque:${gift.id}:${before.length}`,
      },
    )
    // The gift was found: what is missing is its place in the public order.
    return asked.ok ? asked : refuse(asked.refusal === 'not_found' ? 'not_laid_yet' : 'not_available')
  })
}
