import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { entries, papers, spendAdvances, spendPayments, staffRoles } from '../../db/schema'
import type { Context } from '../context'
import { fundAccount } from '../ledger/books'
import { ok, refuse, type Result } from '../result'
import { dayOf, type Day } from '../time/day'
import { outOf, writeMove, type AdvanceRow } from './advance-moves'
import type { AdvanceRefusal, DropAdvanceRefusal, SettleAdvanceRefusal } from './model'
import { layPayment } from './pay'
import { lockSpend, type LockedSpend } from './spend-row'

/** Money of an approved spend that somebody of the fund shall be handed, to buy with it. */
export interface AdvanceWish {
  spendId: bigint
  amountVnd: bigint
  /** Id of who is handed it. */
  heldBy: string
  /** By when it is to be settled. */
  dueOn: Day
  by: string
  /** Names this wish: told twice, it is one. */
  key: string
}

/**
 * Writes down an advance. It is handed out when a line of the bank is matched with it; the spend's promise on its line
 * covers it, so no đồng is taken before it is known what it became.
 * Refuses: a spend that is not approved; more than is neither paid nor out already; a day that has passed; who writes it
 * down, or is none of the fund's people now, as who holds it; a key that named another wish.
 */
export async function planAdvance(context: Context, wish: AdvanceWish): Promise<Result<{ advanceId: bigint }, AdvanceRefusal>> {
  const { spendId, amountVnd, heldBy, dueOn, by, key } = wish
  const now = context.now()
  if (heldBy === by) return refuse('same_person')
  return context.db.transaction(async (tx) => {
    const found = await lockSpend(tx, spendId)
    if (!found) return refuse('not_found')
    const [known] = await tx.select().from(spendAdvances).where(eq(spendAdvances.idempotencyKey, key))
    if (known) {
      const isSame = known.spendId === spendId && known.amountVnd === amountVnd && known.heldBy === heldBy && known.dueOn === dueOn
      return isSame ? ok({ advanceId: known.id }) : refuse('form_used')
    }
    if (dueOn < dayOf(now)) return refuse('past')
    if (found.spend.state !== 'approved') return refuse('not_approved')
    if (amountVnd <= 0n || amountVnd > (await roomIn(tx, found))) return refuse('too_much')
    if (!(await worksFor(tx, { staffId: heldBy, fundId: found.spend.fundId, now }))) return refuse('unknown_person')
    const [made] = await tx
      .insert(spendAdvances)
      .values({ spendId, amountVnd, heldBy, dueOn, idempotencyKey: key, recordedBy: by, recordedAt: now })
      .returning({ id: spendAdvances.id })
    if (!made) throw new Error('an advance was not written')
    return ok({ advanceId: made.id })
  })
}

/** Takes back an advance of which nothing was handed out. */
export const dropAdvance = (
  context: Context,
  { advanceId, by }: { advanceId: bigint; by: string },
): Promise<Result<null, DropAdvanceRefusal>> =>
  context.db.transaction(async (tx) => {
    const found = await lockAdvance(tx, advanceId)
    if (!found) return refuse('not_found')
    const { given } = await outOf(tx, advanceId)
    if (given > 0n) return refuse('given')
    if (found.advance.droppedAt === null)
      await tx.update(spendAdvances).set({ droppedBy: by, droppedAt: context.now() }).where(eq(spendAdvances.id, advanceId))
    return ok(null)
  })

/** What of an advance was spent, as invoices say. */
export interface Settlement {
  advanceId: bigint
  amountVnd: bigint
  /** When it was bought. */
  on: Day
  by: string
  /** Names this settlement: told twice, it is one. */
  key: string
}

/**
 * Settles an advance, or a part of it: the spend is paid from it, and takes the first free đồng of its line now
 * (money.md §2: line / advance). What is dearer than the advance is paid on top by the bank; what is left comes back.
 * Refuses: more than is out or than the spend was approved for; a spend that has no invoice or receipt; who holds it; a key
 * that named another settlement.
 */
export async function settleAdvance(
  context: Context,
  { advanceId, amountVnd, on, by, key }: Settlement,
): Promise<Result<null, SettleAdvanceRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const found = await lockAdvance(tx, advanceId)
    if (!found) return refuse('not_found')
    const { advance, locked } = found
    if (advance.heldBy === by) return refuse('same_person')
    if (on > dayOf(now)) return refuse('not_yet')
    const { spend } = locked
    const idempotencyKey = `spend:${spend.id}:settle:${key}`
    const known = await settledAs(tx, idempotencyKey)
    if (known) return known.advanceId === advanceId && known.amountVnd === amountVnd && known.on === on ? ok(null) : refuse('form_used')
    const { out } = await outOf(tx, advanceId)
    if (amountVnd <= 0n) return refuse('too_much')
    if (!(await hasInvoice(tx, spend.id))) return refuse('no_invoice')
    const paid = await layPayment(tx, now, locked, {
      ...{ amountVnd, paidOn: on, advanceId, idempotencyKey, suffix: `:settle:${key}` },
      ...{ credit: await fundAccount(tx, spend.fundId, 'donation', 'advance'), roomVnd: out },
    })
    if (!paid.ok) return paid
    if (!paid.value) throw new Error(`${idempotencyKey} was booked as no payment`)
    await writeMove(tx, { advanceId, kind: 'settled', amountVnd, happenedOn: on, ...paid.value, createdAt: now })
    return ok(null)
  })
}

/** What a key settled before; null where it settled nothing. */
async function settledAs(tx: Transaction, idempotencyKey: string) {
  const [row] = await tx
    .select({ advanceId: spendPayments.advanceId, fromVnd: spendPayments.fromVnd, toVnd: spendPayments.toVnd, on: spendPayments.paidOn })
    .from(spendPayments)
    .innerJoin(entries, eq(entries.id, spendPayments.entryId))
    .where(eq(entries.idempotencyKey, idempotencyKey))
  return row ? { advanceId: row.advanceId, amountVnd: row.toVnd - row.fromVnd, on: row.on } : null
}

/** An advance with its spend, both locked. The spend first, as whoever pays it does. */
export async function lockAdvance(tx: Transaction, advanceId: bigint): Promise<{ advance: AdvanceRow; locked: LockedSpend } | null> {
  for (;;) {
    const [seen] = await tx.select({ spendId: spendAdvances.spendId }).from(spendAdvances).where(eq(spendAdvances.id, advanceId))
    const locked = seen && (await lockSpend(tx, seen.spendId))
    const [advance] = await tx.select().from(spendAdvances).where(eq(spendAdvances.id, advanceId)).for('update')
    if (!advance || !locked) return null
    // Its spend may have been replaced while this waited.
    if (advance.spendId === locked.spend.id) return { advance, locked }
  }
}

/** What of a spend is neither paid, nor out, nor waits to be handed out. */
async function roomIn(tx: Transaction, { spend, paidVnd }: LockedSpend): Promise<bigint> {
  const own = await tx
    .select({ id: spendAdvances.id, amountVnd: spendAdvances.amountVnd })
    .from(spendAdvances)
    .where(and(eq(spendAdvances.spendId, spend.id), isNull(spendAdvances.droppedAt)))
  let room = spend.amountVnd - paidVnd
  for (const { id, amountVnd } of own) {
    const { given, out } = await outOf(tx, id)
    room -= given > 0n ? out : amountVnd
  }
  return room
}

/** Whether somebody has a role of a fund that is in effect: confirmed, begun and not ended. */
async function worksFor(tx: Transaction, { staffId, fundId, now }: { staffId: string; fundId: number; now: Date }): Promise<boolean> {
  const [role] = await tx
    .select({ id: staffRoles.id })
    .from(staffRoles)
    .where(
      and(
        ...[eq(staffRoles.staffId, staffId), eq(staffRoles.fundId, fundId)],
        ...[isNull(staffRoles.endedAt), lte(staffRoles.effectiveFrom, now)],
      ),
    )
    .limit(1)
  return role !== undefined
}

async function hasInvoice(tx: Transaction, spendId: bigint): Promise<boolean> {
  const [paper] = await tx
    .select({ id: papers.id })
    .from(papers)
    .where(and(eq(papers.spendId, spendId), inArray(papers.kind, ['invoice', 'receipt']), isNull(papers.withdrawnAt)))
    .limit(1)
  return paper !== undefined
}
