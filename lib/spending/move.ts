import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { entries, lines } from '../../db/schema'
import type { Context } from '../context'
import { appendEvent } from '../events/append'
import { lineAccount } from '../ledger/books'
import { postEntry } from '../ledger/post'
import { lengthOf, written, type Stretch } from '../money-line/stretches'
import { availableOn, firstFree, layUses, lockLines, ownStretches } from '../money-line/uses'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import { giftsOn, writeParts } from './parts'

export type MoveRefusal = 'not_found' | 'other_fund' | 'same_line' | 'not_available'

interface Move {
  toLineId: number
  reasonVi: string
  reasonEn: string
  /** Names the move: told twice, it is one. */
  key: string
}

/**
 * Moves money from one pot of a fund to another: the first đồng that are free and nobody was promised. They enter the
 * other line at its end, still their donors' (money.md §5). For a closed campaign's rest, or the general pot.
 */
export const moveBetweenLines = (
  context: Context,
  { fromLineId, amountVnd, ...move }: Move & { fromLineId: number; amountVnd: bigint },
): Promise<Result<null, MoveRefusal>> =>
  context.db.transaction(async (tx) => {
    if (await isMoved(tx, move.key)) return ok(null)
    await lockLines(tx, [fromLineId, move.toLineId])
    if (amountVnd <= 0n || (await availableOn(tx, fromLineId)) < amountVnd) return refuse('not_available')
    const stretches = await firstFree(tx, fromLineId, amountVnd)
    if (lengthOf(stretches) < amountVnd) return refuse('not_available')
    return layMove(tx, context, fromLineId, stretches, true, move)
  })

/** Moves what is free of one gift to another pot: a gift that waited for its place, or was matched wrongly. */
export const moveGift = (
  context: Context,
  { donationId, fromLineId, ...move }: Move & { donationId: bigint; fromLineId: number },
): Promise<Result<null, MoveRefusal>> =>
  context.db.transaction(async (tx) => {
    if (await isMoved(tx, move.key)) return ok(null)
    const { free } = await ownStretches(tx, donationId, [fromLineId, move.toLineId])
    const stretches = free.filter(({ lineId }) => lineId === fromLineId)
    const amountVnd = lengthOf(stretches)
    if (amountVnd === 0n || (await availableOn(tx, fromLineId)) < amountVnd) return refuse('not_available')
    return layMove(tx, context, fromLineId, stretches, false, move)
  })

const isMoved = async (tx: Transaction, key: string): Promise<boolean> => {
  const [entry] = await tx
    .select({ id: entries.id })
    .from(entries)
    .where(eq(entries.idempotencyKey, `move:${key}`))
  return entry !== undefined
}

async function layMove(
  tx: Transaction,
  context: Context,
  fromLineId: number,
  stretches: Stretch[],
  isFirst: boolean,
  { toLineId, reasonVi, reasonEn, key }: Move,
): Promise<Result<null, MoveRefusal>> {
  const now = context.now()
  if (fromLineId === toLineId) return refuse('same_line')
  const [from] = await tx.select().from(lines).where(eq(lines.id, fromLineId))
  const [to] = await tx.select().from(lines).where(eq(lines.id, toLineId))
  if (!from || !to || to.unit !== 'VND') return refuse('not_found')
  if (from.fundId !== to.fundId) return refuse('other_fund')
  const amountVnd = lengthOf(stretches)
  const fact = { fundId: from.fundId, day: dayOf(now), amountVnd, createdAt: now }
  const out = await appendEvent(tx, {
    ...{ ...fact, kind: 'transfer_out', idempotencyKey: `move:${key}:out`, lineId: fromLineId },
    facts: { to: toLineId, reasonVi, reasonEn, stretches: written(stretches) },
  })
  const into = await appendEvent(tx, {
    ...fact,
    kind: 'transfer_in',
    idempotencyKey: `move:${key}:in`,
    lineId: toLineId,
    facts: { from: fromLineId },
  })
  if (out === null || into === null) throw new Error(`move ${key} was told before`)
  await layUses(tx, out, stretches, { isFirst })
  await writeParts(tx, into, await giftsOn(tx, stretches))
  const entryId = await postEntry(tx, {
    ...{ kind: 'move', idempotencyKey: `move:${key}`, occurredAt: now, bookedAt: now },
    postings: [{ debit: await lineAccount(tx, fromLineId), credit: await lineAccount(tx, toLineId), amountVnd }],
  })
  if (entryId === null) throw new Error(`move ${key} was booked before`)
  return ok(null)
}
