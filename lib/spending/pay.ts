import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { entries, lineTakeovers, receivingAccounts, spendPayments, spendRefunds, spends } from '../../db/schema'
import type { Context } from '../context'
import { bankAccount, lineAccount, type BookAccount } from '../ledger/books'
import { postEntry } from '../ledger/post'
import { lengthOf, subtract, written } from '../money-line/stretches'
import { firstFree, layUses, lockLines, reserve } from '../money-line/uses'
import { ok, refuse, type Result } from '../result'
import { startOfDay, type Day } from '../time/day'
import { outOfSpend } from './advance-moves'
import { tellSpend } from './commands'
import { unitsRange, type PayRefusal, type ReturnRefusal } from './model'
import { giftsOn, stretchesOfSpend, writeParts } from './parts'
import { lockSpend, type LockedSpend } from './spend-row'

/** A payment of a spend. */
export interface SpendPayment {
  spendId: bigint
  amountVnd: bigint
  paidOn: Day
  /** The account it was paid from; the fund's newest where it is left out. */
  receivingAccountId?: number
  /** Names the payment: told twice, it is one. */
  key: string
}

/**
 * Pays an approved spend, in full or in part, from the fund's bank: it takes the first đồng of the line that are free,
 * whoever gave them (money.md §5).
 */
export const paySpend = (context: Context, payment: SpendPayment): Promise<Result<null, PayRefusal>> =>
  context.db.transaction((tx) => paySpendWithin(tx, context.now(), payment))

/** The same in the caller's transaction, as where a line of the bank is what paid. */
export async function paySpendWithin(
  tx: Transaction,
  now: Date,
  { spendId, amountVnd, paidOn, receivingAccountId, key }: SpendPayment,
): Promise<Result<null, PayRefusal>> {
  const found = await lockSpend(tx, spendId)
  if (!found) return refuse('not_found')
  const { spend, paidVnd } = found
  const bank = await bankOf(tx, spend.fundId, receivingAccountId)
  if (!bank) return refuse('no_account')
  // What is out with a buyer will be paid from there.
  const roomVnd = spend.amountVnd - paidVnd - (await outOfSpend(tx, spendId))
  const payment = { amountVnd, paidOn, idempotencyKey: `spend:${spendId}:${key}`, suffix: `:${key}`, credit: bank, roomVnd }
  const paid = await layPayment(tx, now, found, payment)
  return paid.ok ? ok(null) : paid
}

/**
 * Lays and books a payment of a locked spend: the first free đồng of its line, credited to the bank or to the advance
 * that a buyer was handed.
 * @param payment.roomVnd the most it may be, besides what the spend has left
 * @returns null where the key was booked before
 */
export async function layPayment(
  tx: Transaction,
  now: Date,
  { spend, paidVnd }: LockedSpend,
  payment: {
    amountVnd: bigint
    paidOn: Day
    advanceId?: bigint
    idempotencyKey: string
    suffix: string
    credit: BookAccount
    roomVnd: bigint
  },
): Promise<Result<{ eventId: bigint; entryId: bigint } | null, PayRefusal>> {
  const { amountVnd, paidOn, advanceId = null, idempotencyKey, suffix, credit, roomVnd } = payment
  if (await isBooked(tx, idempotencyKey)) return ok(null)
  if (spend.state !== 'approved') return refuse('not_approved')
  const toVnd = paidVnd + amountVnd
  if (amountVnd <= 0n || amountVnd > roomVnd || toVnd > spend.amountVnd) return refuse('too_much')
  await lockLines(tx, [spend.lineId])
  const stretches = await firstFree(tx, spend.lineId, amountVnd)
  if (lengthOf(stretches) < amountVnd) return refuse('not_available')
  const facts = {
    ...{ fromVnd: String(paidVnd), stretches: written(stretches) },
    ...(advanceId === null ? {} : { advance: String(advanceId) }),
  }
  const eventId = await tellSpend(tx, spend, 'spend_paid', now, facts, { suffix, amountVnd, day: paidOn })
  await layUses(tx, eventId, stretches, { isFirst: true })
  await reserve(tx, spend.lineId, -amountVnd)
  const entryId = await postEntry(tx, {
    ...{ kind: advanceId === null ? 'spend' : 'advance_settled', idempotencyKey, occurredAt: startOfDay(paidOn), bookedAt: now },
    postings: [{ debit: await lineAccount(tx, spend.lineId), credit, amountVnd }],
  })
  if (entryId === null) throw new Error(`${idempotencyKey} was booked before`)
  await tx.insert(spendPayments).values({ spendId: spend.id, fromVnd: paidVnd, toVnd, paidOn, advanceId, entryId, eventId, createdAt: now })
  // An advance that is settled with it is written down in the same transaction: then nothing is out any more.
  if (toVnd === spend.amountVnd) await tx.update(spends).set({ state: 'paid' }).where(eq(spends.id, spend.id))
  return ok({ eventId, entryId })
}

/** What a supplier gave back of an item. */
export interface SupplierRefund {
  spendId: bigint
  position: number
  amountVnd: bigint
  on: Day
  /** The account it came to; the fund's newest where it is left out. */
  receivingAccountId?: number
  /** Names the refund: told twice, it is one. */
  key: string
}

/**
 * A supplier gives money back for units of an item that were not handed over: the last of the item's đồng that were
 * paid and neither used up by a delivery nor given back before. They enter the line at its end, still their donors'.
 */
export const takeBackFromSupplier = (context: Context, refund: SupplierRefund): Promise<Result<null, ReturnRefusal>> =>
  context.db.transaction((tx) => takeBackWithin(tx, context.now(), refund))

/** The same in the caller's transaction, as where a line of the bank is what came back. */
export async function takeBackWithin(
  tx: Transaction,
  now: Date,
  { spendId, position, amountVnd, on, receivingAccountId, key }: SupplierRefund,
): Promise<Result<null, ReturnRefusal>> {
  const found = await lockSpend(tx, spendId)
  const item = found?.items.find((one) => one.position === position)
  if (!found || !item) return refuse('not_found')
  const idempotencyKey = `spend:${spendId}:back:${key}`
  if (await isBooked(tx, idempotencyKey)) return ok(null)
  const { spend } = found
  if (spend.state !== 'approved' && spend.state !== 'paid') return refuse('not_paid')
  const bank = await bankOf(tx, spend.fundId, receivingAccountId)
  if (!bank) return refuse('no_account')
  const toVnd = endOfPaid(found, item.range)
  const delivered = unitsRange(item, item.range, 0, item.deliveredUnits).toVnd
  const fromVnd = toVnd - amountVnd
  if (amountVnd <= 0n || fromVnd < delivered) return refuse('too_much')
  await lockLines(tx, [spend.lineId])
  const stretches = await stretchesOfSpend(tx, spendId, { fromVnd, toVnd })
  if (lengthOf(stretches) !== amountVnd) throw new Error(`spend ${spendId} was not paid from ${fromVnd} to ${toVnd}`)
  if (await isStoodInFor(tx, stretches)) return refuse('stood_in_for')
  const facts = { fromVnd: String(fromVnd), toVnd: String(toVnd) }
  const eventId = await tellSpend(tx, spend, 'spend_refunded', now, facts, { suffix: `:${key}`, amountVnd, day: on })
  await writeParts(tx, eventId, await giftsOn(tx, stretches))
  const entryId = await postEntry(tx, {
    ...{ kind: 'spend_refund', idempotencyKey, occurredAt: startOfDay(on), bookedAt: now },
    postings: [{ debit: bank, credit: await lineAccount(tx, spend.lineId), amountVnd }],
  })
  if (entryId === null) throw new Error(`${idempotencyKey} was booked before`)
  await tx.insert(spendRefunds).values({ spendId, fromVnd, toVnd, entryId, eventId, createdAt: now })
  return ok(null)
}

/** Where the đồng of an item end that are paid and did not come back. */
export function endOfPaid(
  { paidVnd, returned }: Pick<LockedSpend, 'paidVnd' | 'returned'>,
  { fromVnd, toVnd }: { fromVnd: bigint; toVnd: bigint },
): bigint {
  const paid = paidVnd < toVnd ? paidVnd : toVnd
  const back = returned.filter((range) => range.fromVnd >= fromVnd && range.fromVnd < toVnd)
  return back.reduce((end, range) => (range.fromVnd < end ? range.fromVnd : end), paid > fromVnd ? paid : fromVnd)
}

/** Whether the reserve paid their donors out: then they are no longer theirs, and a person decides. */
async function isStoodInFor(tx: Transaction, stretches: Awaited<ReturnType<typeof stretchesOfSpend>>): Promise<boolean> {
  for (const stretch of stretches) {
    const taken = await tx
      .select()
      .from(lineTakeovers)
      .where(and(eq(lineTakeovers.lineId, stretch.lineId), isNull(lineTakeovers.endedByEventId)))
    if (lengthOf(subtract([stretch], taken)) < lengthOf([stretch])) return true
  }
  return false
}

async function isBooked(tx: Transaction, idempotencyKey: string): Promise<boolean> {
  const [entry] = await tx.select({ id: entries.id }).from(entries).where(eq(entries.idempotencyKey, idempotencyKey))
  return entry !== undefined
}

/** The bank account from which a fund pays: the one that is named, else the newest; one that two people approved. */
async function bankOf(tx: Transaction, fundId: number, id?: number): Promise<BookAccount | null> {
  const [account] = await tx
    .select({ id: receivingAccounts.id })
    .from(receivingAccounts)
    .where(
      and(
        ...[eq(receivingAccounts.fundId, fundId), isNotNull(receivingAccounts.approvedBy)],
        id === undefined ? undefined : eq(receivingAccounts.id, id),
      ),
    )
    .orderBy(desc(receivingAccounts.effectiveFrom))
    .limit(1)
  return account ? bankAccount(tx, account.id) : null
}
