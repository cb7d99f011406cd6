import { dayOf, type Day } from '../time/day'
import type { Transaction } from '../../db/client'
import { ok, refuse, type Result } from '../result'
import { outOf, outOfSpend, writeMove, type AdvanceRow } from './advance-moves'
import { lockAdvance } from './advances'
import { tellSpend } from './commands'
import type { MoveAdvanceRefusal } from './model'
import type { LockedSpend } from './spend-row'

/** An advance with its spend, locked. */
interface LockedAdvance {
  advance: AdvanceRow
  locked: LockedSpend
}

/** A line of the bank that moved money of an advance. */
interface AdvanceLine {
  advanceId: bigint
  /** The fund of the line's account. */
  fundId: number
  amountVnd: bigint
}

/**
 * Locks an advance that a line of the bank handed out.
 * Refuses: one of another fund, another sum, one that was dropped or handed out before, or whose spend has ended.
 */
export async function mayHandOut(
  tx: Transaction,
  { advanceId, fundId, amountVnd }: AdvanceLine,
): Promise<Result<LockedAdvance, MoveAdvanceRefusal>> {
  const found = await lockAdvance(tx, advanceId)
  if (found?.locked.spend.fundId !== fundId) return refuse('not_found')
  const { advance, locked } = found
  const { given } = await outOf(tx, advanceId)
  if (advance.droppedAt !== null || given > 0n || locked.spend.state !== 'approved') return refuse('wrong_state')
  const roomVnd = locked.spend.amountVnd - locked.paidVnd - (await outOfSpend(tx, locked.spend.id))
  return amountVnd === advance.amountVnd && amountVnd <= roomVnd ? ok(found) : refuse('too_much')
}

/** Locks an advance of which a line brought something back. Refuses: one of another fund; more than is out. */
export async function mayComeBack(
  tx: Transaction,
  { advanceId, fundId, amountVnd }: AdvanceLine,
): Promise<Result<LockedAdvance, MoveAdvanceRefusal>> {
  const found = await lockAdvance(tx, advanceId)
  if (found?.locked.spend.fundId !== fundId) return refuse('not_found')
  return amountVnd <= (await outOf(tx, advanceId)).out ? ok(found) : refuse('too_much')
}

/**
 * Locks an advance whose line is taken back.
 * Refuses: one of which something was settled or came back since; where it came back, one whose spend has no room for it.
 */
export async function mayUndo(
  tx: Transaction,
  { advanceId, kind, amountVnd }: { advanceId: bigint; kind: 'given' | 'returned'; amountVnd: bigint },
): Promise<Result<LockedAdvance, MoveAdvanceRefusal>> {
  const found = await lockAdvance(tx, advanceId)
  if (!found) return refuse('not_found')
  if (kind === 'given') return (await outOf(tx, advanceId)).out === amountVnd ? ok(found) : refuse('wrong_state')
  const { spend, paidVnd } = found.locked
  const isRoom = spend.state === 'approved' && paidVnd + (await outOfSpend(tx, spend.id)) + amountVnd <= spend.amountVnd
  return isRoom ? ok(found) : refuse('wrong_state')
}

const TOLD = {
  given: 'advance_given',
  returned: 'advance_returned',
  given_undone: 'advance_corrected',
  returned_undone: 'advance_corrected',
} as const

/** Writes down and makes public what the bank did to an advance: its spend, sum and day, never who holds it. */
export async function recordMove(
  tx: Transaction,
  { advance, locked }: LockedAdvance,
  {
    kind,
    amountVnd,
    entryId,
    key,
    on,
    now,
  }: { kind: keyof typeof TOLD; amountVnd: bigint; entryId: bigint; key: string; on?: Day; now: Date },
): Promise<void> {
  const happenedOn = on ?? dayOf(now)
  const facts = {
    advance: String(advance.id),
    ...(kind === 'given' ? { dueOn: advance.dueOn } : kind === 'returned' ? {} : { corrects: kind.split('_')[0] }),
  }
  const eventId = await tellSpend(tx, locked.spend, TOLD[kind], now, facts, { suffix: `:${key}`, amountVnd, day: happenedOn })
  await writeMove(tx, { advanceId: advance.id, kind, amountVnd, happenedOn, entryId, eventId, createdAt: now })
}
