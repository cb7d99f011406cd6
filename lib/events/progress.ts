import { desc } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { eventPositions, type publicLineProgress, type recognitionProgress } from '../../db/schema'

/** Where a read model that follows public order keeps how far it is. */
type Progress = typeof publicLineProgress | typeof recognitionProgress

/** Places [from, to) of public order; `end` is the first that nobody has yet. */
export interface Stretch {
  from: bigint
  to: bigint
  end: bigint
}

/** The first place that was not gone through yet. */
export async function nextPosition(db: Database, progress: Progress): Promise<bigint> {
  const [kept] = await db.select({ next: progress.nextPosition }).from(progress)
  return kept?.next ?? 0n
}

/** The next places to go through, `limit` at most; from the first of all where nothing was gone through yet. */
export async function nextStretch(tx: Transaction, progress: Progress, limit: number): Promise<Stretch> {
  const from = await nextPosition(tx, progress)
  const [last] = await tx.select({ position: eventPositions.position }).from(eventPositions).orderBy(desc(eventPositions.position)).limit(1)
  const end = last ? last.position + 1n : 0n
  return { from, to: from + BigInt(limit) < end ? from + BigInt(limit) : end, end }
}

/** Says that all places before `to` were gone through. */
export const keepProgress = (tx: Transaction, progress: Progress, to: bigint) =>
  tx
    .insert(progress)
    .values({ nextPosition: to })
    .onConflictDoUpdate({ target: progress.id, set: { nextPosition: to } })
