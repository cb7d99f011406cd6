import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { goodsIntervals, goodsPledges, goodsReceipts, goodsRefusals, goodsReversals, pledges } from '../../db/schema'
import type { Context } from '../context'
import { receiptStands } from '../donations/returned'
import { appendEvent } from '../events/append'
import { lineAccount, lockedBalance } from '../ledger/books'
import { reverseEntry } from '../ledger/post'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import type { GoodsReversalReason } from './model'

export type GoodsReversalRefusal = 'not_found' | 'form_used' | 'taken_back_before' | 'not_laid_yet' | 'handed_over'

interface Wish {
  receiptId: bigint
  /** Code of the gift that it is a receipt of. */
  code: string
  /** Public. */
  reason: GoodsReversalReason
  /** Random, of this one form: sent twice, it takes back once. */
  formKey: string
  by: string
}

/**
 * Takes a receipt of goods back, whole, because it was written down wrongly: an entry that mirrors its own in the ledger of
 * its kind of goods (money.md §2), and an event that names its units as a hole. Nothing laid moves, and no đồng is touched.
 * A pledge for which nothing stands any more waits again; one that was refused does not, nor what nobody had promised.
 * Refuses: a receipt that is none of this gift's; one that was taken back; one that has no place on its line yet; one of
 * which the line does not hold as many units any more, since they were handed over.
 */
export const reverseReceipt = (context: Context, wish: Wish): Promise<Result<null, GoodsReversalRefusal>> =>
  context.db.transaction(async (tx) => {
    const { receiptId, code, reason, formKey, by } = wish
    const now = context.now()
    // Whoever receives or takes back for the same gift waits here.
    const [found] = await tx
      .select({ receipt: goodsReceipts })
      .from(pledges)
      .innerJoin(goodsReceipts, and(eq(goodsReceipts.pledgeId, pledges.id), eq(goodsReceipts.id, receiptId)))
      .where(eq(pledges.code, code))
      .for('update', { of: pledges })
    if (!found) return refuse('not_found')
    const { receipt } = found
    const [sent] = await tx.select().from(goodsReversals).where(eq(goodsReversals.formKey, formKey))
    if (sent) return sent.receiptId === receiptId && sent.reason === reason ? ok(null) : refuse('form_used')
    const [before] = await tx.select().from(goodsReversals).where(eq(goodsReversals.receiptId, receiptId))
    if (before) return refuse('taken_back_before')
    const [laid] = await tx.select().from(goodsIntervals).where(eq(goodsIntervals.receiptId, receiptId))
    if (!laid) return refuse('not_laid_yet')
    // Debits less credits: of a line that holds something, less than nothing.
    const heldUnits = -(await lockedBalance(tx, await lineAccount(tx, receipt.lineId)))
    if (heldUnits < receipt.units) return refuse('handed_over')
    const entryId = await reverseEntry(tx, receipt.entryId, `goods-reversal:${receiptId}`, now)
    const eventId = await appendEvent(tx, {
      ...{ kind: 'goods_reversed', idempotencyKey: `goods_reversed:${receiptId}`, fundId: receipt.fundId, lineId: receipt.lineId },
      ...{ day: dayOf(now), units: receipt.units, goodsReceiptId: receiptId, createdAt: now },
      facts: { because: reason, stretches: [[String(laid.startUnit), String(laid.endUnit)]], code },
    })
    if (eventId === null) throw new Error(`receipt ${receiptId} was told to be taken back before`)
    await tx.insert(goodsReversals).values({ receiptId, entryId, eventId, reason, formKey, reversedBy: by, reversedAt: now })
    await leaveWhatStands(tx, receipt.pledgeId)
    return ok(null)
  })

/** A pledge for which no receipt stands is received no more. */
async function leaveWhatStands(tx: Transaction, pledgeId: bigint): Promise<void> {
  const [other] = await tx
    .select({ id: goodsReceipts.id })
    .from(goodsReceipts)
    .where(and(eq(goodsReceipts.pledgeId, pledgeId), receiptStands(goodsReceipts.id)))
    .limit(1)
  if (other) return
  const [is] = await tx
    .select({ isWalkIn: goodsPledges.isWalkIn, refusal: goodsRefusals.reason })
    .from(goodsPledges)
    .leftJoin(goodsRefusals, eq(goodsRefusals.pledgeId, goodsPledges.pledgeId))
    .where(eq(goodsPledges.pledgeId, pledgeId))
  const isAwaited = is !== undefined && !is.isWalkIn && is.refusal === null
  await tx
    .update(pledges)
    .set({ state: isAwaited ? 'open' : 'cancelled' })
    .where(and(eq(pledges.id, pledgeId), eq(pledges.state, 'received')))
}
