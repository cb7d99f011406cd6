import { and, asc, eq, ne } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { budgetLines, campaigns, goodsLines, goodsPledges, goodsReceipts, goodsRefusals, pledgeItems, pledges } from '../../db/schema'
import type { Context } from '../context'
import { receiptStands } from '../donations/returned'
import { commitments } from '../donations/record'
import { appendEvent } from '../events/append'
import { lineAccount } from '../ledger/books'
import { stockAccount, unitsPosting } from '../ledger/goods-books'
import { postEntry } from '../ledger/post'
import { ok, refuse, type Result } from '../result'
import { dayOf, startOfDay, type Day } from '../time/day'
import { goodsLineOf } from './lines'
import type { Condition, GoodsRefusalReason } from './model'
import { MAX_UNITS } from './schema'

/** Units of one budget line that came, counted by staff. They may be more or fewer than were promised. */
export interface ReceivedLine {
  position: number
  units: bigint
  /** Asked of goods; null for a service. */
  condition: Condition | null
  /** What the giver says it is worth. In no total of money; for the giver's papers. */
  statedValueVnd: bigint | null
}

export interface Receipt {
  /** Code of the pledge. */
  code: string
  /** Random, of this one form: sent twice, it books once. */
  formKey: string
  lines: ReceivedLine[]
  /** That all of it meets the standards which the budget lines name. What does not is turned back, and not counted here. */
  meetsStandard: boolean
  /** Number of the paper on which giver and fund signed, "12/BB-QBTTE". */
  documentReference: string | null
  receivedOn: Day
  /** Who counted it. */
  actor: string
}

export type ReceiptRefusal =
  | 'not_found'
  | 'refused_before'
  | 'form_used'
  | 'not_units'
  | 'unknown_line'
  | 'no_condition'
  | 'below_standard'
  | 'not_a_document'
  | 'not_a_day'
  | 'after_closing_day'

/**
 * Confirms goods or a service that came for a pledge, whole or in part; the same form again changes nothing. Of each
 * budget line: one entry in the ledger of that kind of goods (stock to the campaign's line of it), one receipt, and one
 * event without personal data, which the sequencer lays. What comes past its time, or for a pledge that its donor
 * cancelled, is still that donor's gift.
 * Refuses: a code that is of no goods; a pledge that the fund refused; a form that confirmed something else; no units,
 * or a line twice; a line that the campaign does not have; goods whose condition nobody noted, or below the standard;
 * what can't be the number of a paper; a day before the campaign opened or after today; what came after the closing day
 * of an emergency appeal (Decree 93/2021).
 * @returns ids of the receipts, in the order of the budget
 */
export const confirmReceipt = (context: Context, receipt: Receipt): Promise<Result<bigint[], ReceiptRefusal>> =>
  context.db.transaction((tx) => confirmWithin(tx, context.now(), receipt))

/** The same in the caller's transaction, as where goods are handed in that nobody promised. */
export async function confirmWithin(tx: Transaction, now: Date, receipt: Receipt): Promise<Result<bigint[], ReceiptRefusal>> {
  const wrong = whatIsWrong(receipt, dayOf(now))
  if (wrong !== null) return refuse(wrong)
  const pledge = await lockedPledge(tx, receipt.code)
  if (!pledge) return refuse('not_found')
  const before = await receiptsOfForm(tx, receipt.formKey)
  if (before.length > 0) return isSame(before, pledge.id, receipt) ? ok(before.map(({ id }) => id)) : refuse('form_used')
  if (pledge.isRefused) return refuse('refused_before')
  if (receipt.receivedOn < pledge.opensOn) return refuse('not_a_day')
  if (pledge.isEmergency && receipt.receivedOn > pledge.neededBy) return refuse('after_closing_day')
  if (pledge.nature === 'goods' && receipt.lines.some(({ condition }) => condition === null)) return refuse('no_condition')
  const budget = await tx.select({ position: budgetLines.position }).from(budgetLines).where(eq(budgetLines.campaignId, pledge.campaignId))
  if (receipt.lines.some((line) => !budget.some(({ position }) => position === line.position))) return refuse('unknown_line')
  const ids: bigint[] = []
  // Always in the order of the budget, so that two receipts wait for each other in one way only.
  for (const line of receipt.lines.toSorted((a, b) => a.position - b.position)) {
    const { campaignId, fundId } = pledge
    const goodsLine = await goodsLineOf(tx, { campaignId, fundId, position: line.position })
    ids.push(await book(tx, { receipt, pledge, line, ...goodsLine }, now))
  }
  // What was promised no more came all the same: if it is taken back, nothing waits again.
  if (pledge.state === 'cancelled') await tx.update(goodsPledges).set({ isWalkIn: true }).where(eq(goodsPledges.pledgeId, pledge.id))
  await tx
    .update(pledges)
    .set({ state: 'received' })
    .where(and(eq(pledges.id, pledge.id), ne(pledges.state, 'received')))
  return ok(ids)
}

function whatIsWrong({ lines, meetsStandard, documentReference, receivedOn }: Receipt, today: Day): ReceiptRefusal | null {
  if (lines.length === 0 || lines.some(({ units }) => units <= 0n || units > MAX_UNITS)) return 'not_units'
  if (new Set(lines.map(({ position }) => position)).size < lines.length) return 'not_units'
  if (!meetsStandard) return 'below_standard'
  if (documentReference !== null && !/^[0-9A-ZĐ./-]{1,40}$/.test(documentReference)) return 'not_a_document'
  return receivedOn > today ? 'not_a_day' : null
}

/** A pledge of goods, with its campaign and what a receipt needs of both; its row is locked until the transaction ends. */
async function lockedPledge(tx: Transaction, code: string) {
  const [pledge] = await tx
    .select({
      id: pledges.id,
      code: pledges.code,
      state: pledges.state,
      fundId: pledges.fundId,
      campaignId: goodsPledges.campaignId,
      nature: goodsPledges.nature,
      campaignSlug: campaigns.slug,
      opensOn: campaigns.opensOn,
      isEmergency: campaigns.isEmergency,
      neededBy: campaigns.neededBy,
    })
    .from(pledges)
    .innerJoin(goodsPledges, eq(goodsPledges.pledgeId, pledges.id))
    .innerJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .where(eq(pledges.code, code))
    .for('update', { of: pledges })
  if (!pledge) return null
  const [refusal] = await tx.select({ reason: goodsRefusals.reason }).from(goodsRefusals).where(eq(goodsRefusals.pledgeId, pledge.id))
  return { ...pledge, isRefused: refusal !== undefined, refusal: refusal?.reason ?? null }
}
type LockedPledge = NonNullable<Awaited<ReturnType<typeof lockedPledge>>>

const receiptsOfForm = (tx: Transaction, formKey: string) =>
  tx
    .select({
      ...{ id: goodsReceipts.id, pledgeId: goodsReceipts.pledgeId, position: goodsLines.position, units: goodsReceipts.units },
      ...{ condition: goodsReceipts.condition, receivedOn: goodsReceipts.receivedOn, documentReference: goodsReceipts.documentReference },
      statedValueVnd: goodsReceipts.statedValueVnd,
    })
    .from(goodsReceipts)
    .innerJoin(goodsLines, eq(goodsLines.lineId, goodsReceipts.lineId))
    .where(eq(goodsReceipts.formKey, formKey))
    .orderBy(asc(goodsLines.position))

/** Whether a form that came before said the same. */
function isSame(before: Awaited<ReturnType<typeof receiptsOfForm>>, pledgeId: bigint, receipt: Receipt): boolean {
  const { lines, documentReference, receivedOn } = receipt
  const isOfForm = before.every(
    (one) => one.pledgeId === pledgeId && one.documentReference === documentReference && one.receivedOn === receivedOn,
  )
  // Of a service no condition is kept.
  const isService = before.every(({ condition }) => condition === null)
  const said = lines.map((line) => `${line.position}:${line.units}:${line.statedValueVnd}:${isService ? null : line.condition}`).toSorted()
  const kept = before.map((line) => `${line.position}:${line.units}:${line.statedValueVnd}:${line.condition}`).toSorted()
  return isOfForm && said.join() === kept.join()
}

interface Booking {
  receipt: Receipt
  pledge: LockedPledge
  line: ReceivedLine
  lineId: number
  unit: string
}

/** Entry, receipt and event of one budget line. Touches no total: these are the sequencer's. */
async function book(tx: Transaction, { receipt, pledge, line, lineId, unit }: Booking, now: Date): Promise<bigint> {
  const { formKey, receivedOn, meetsStandard, documentReference, actor } = receipt
  const { fundId } = pledge
  const condition = pledge.nature === 'goods' ? line.condition : null
  const entryId = await postEntry(tx, {
    kind: 'goods',
    idempotencyKey: `goods:${formKey}:${line.position}`,
    occurredAt: startOfDay(receivedOn),
    bookedAt: now,
    postings: [unitsPosting(await stockAccount(tx, fundId, unit), await lineAccount(tx, lineId), line.units)],
  })
  if (entryId === null) throw new Error(`receipt ${formKey} of line ${line.position} is booked already`)
  const [row] = await tx
    .insert(goodsReceipts)
    .values({
      ...{ fundId, pledgeId: pledge.id, lineId, entryId, formKey, units: line.units, condition, meetsStandard, documentReference },
      ...{ statedValueVnd: line.statedValueVnd, receivedOn, receivedBy: actor, createdAt: now },
    })
    .returning({ id: goodsReceipts.id })
  if (!row) throw new Error('a receipt was not kept')
  await appendEvent(tx, {
    kind: 'goods_received',
    idempotencyKey: `goods_received:${row.id}`,
    fundId,
    lineId,
    day: receivedOn,
    units: line.units,
    facts: {
      ...{ campaign: pledge.campaignSlug, item: line.position, unit, nature: pledge.nature, condition, code: pledge.code },
      ...(await commitments(tx, [pledge.id]))(pledge.id),
    },
    goodsReceiptId: row.id,
    createdAt: now,
  })
  return row.id
}

/**
 * Says that the fund does not take what was promised, or takes no more of it, and why. Said again, it changes nothing.
 * Refuses: a code that is of no goods; a pledge that its donor cancelled, or of which everything came; one that was
 * refused for another reason.
 */
export async function refuseGoods(
  context: Context,
  { code, reason, actor }: { code: string; reason: GoodsRefusalReason; actor: string },
): Promise<Result<null, 'not_found' | 'refused_before' | 'not_waiting'>> {
  return context.db.transaction(async (tx) => {
    const pledge = await lockedPledge(tx, code)
    if (!pledge) return refuse('not_found')
    if (pledge.refusal !== null) return pledge.refusal === reason ? ok(null) : refuse('refused_before')
    if (pledge.state === 'cancelled' || !(await isAwaited(tx, pledge.id))) return refuse('not_waiting')
    await tx.insert(goodsRefusals).values({ pledgeId: pledge.id, reason, refusedBy: actor, refusedAt: context.now() })
    if (pledge.state === 'open') await tx.update(pledges).set({ state: 'cancelled' }).where(eq(pledges.id, pledge.id))
    return ok(null)
  })
}

/** Whether something that was promised has not come. */
async function isAwaited(tx: Transaction, pledgeId: bigint): Promise<boolean> {
  const promised = await tx
    .select({ position: pledgeItems.position, units: pledgeItems.units })
    .from(pledgeItems)
    .where(eq(pledgeItems.pledgeId, pledgeId))
  const came = await tx
    .select({ position: goodsLines.position, units: goodsReceipts.units })
    .from(goodsReceipts)
    .innerJoin(goodsLines, eq(goodsLines.lineId, goodsReceipts.lineId))
    .where(and(eq(goodsReceipts.pledgeId, pledgeId), receiptStands(goodsReceipts.id)))
  return promised.some(
    ({ position, units }) => came.reduce((left, one) => (one.position === position ? left - one.units : left), units) > 0n,
  )
}
