import { asc, eq, gt } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { holdAlone } from '../../db/hold-alone'
import { givers, loadSteps } from '../../db/schema'
import { RECOGNITION_LOCK } from './follow'
import { listByName } from './words'

const STEP = 'recognition/words'
const AT_ONCE = 2_000

/** Lists givers who were there before lists had words, once, in batches that each stand for themselves: cut off, it goes on the next time. */
export async function listEarlier(db: Database, now: Date): Promise<void> {
  const [done] = await db.select().from(loadSteps).where(eq(loadSteps.name, STEP))
  if (done) return
  let last: bigint | null = 0n
  while (last !== null) last = await listAfter(db, last)
  await db.insert(loadSteps).values({ name: STEP, finishedAt: now }).onConflictDoNothing()
}

/** @returns the last giver who was looked at; null at the end */
async function listAfter(db: Database, after: bigint): Promise<bigint | null> {
  return db.transaction(async (tx) => {
    await holdAlone(tx, RECOGNITION_LOCK)
    const rows = await tx
      .select({ id: givers.id })
      .from(givers)
      .where(gt(givers.id, after))
      .orderBy(asc(givers.id))
      .limit(AT_ONCE)
      .for('no key update')
    await listByName(
      tx,
      rows.map(({ id }) => id),
    )
    return rows.length === AT_ONCE ? (rows.at(-1)?.id ?? null) : null
  })
}
