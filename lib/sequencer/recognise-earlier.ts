import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { donations, givers, loadSteps, recognisedGifts } from '../../db/schema'
import { recognise } from '../recognition/recognise'
import { listByName } from '../recognition/words'
import { lockSequence } from './sequence'

const AT_ONCE = 2_000

/**
 * Adds gifts that were laid before recognition was kept to its sums, and lists givers who were there before lists had
 * words, each once, in batches that each stand for themselves: cut off, it goes on the next time. Nobody sequences
 * during a batch, whose gifts would otherwise be added twice.
 */
export async function recogniseEarlier(db: Database, now: Date): Promise<void> {
  await once(db, now, 'recognition/earlier', recogniseAfter)
  await once(db, now, 'recognition/words', listAfter)
}

async function once(db: Database, now: Date, name: string, goOn: (db: Database, after: bigint) => Promise<bigint | null>): Promise<void> {
  const [done] = await db.select().from(loadSteps).where(eq(loadSteps.name, name))
  if (done) return
  let last: bigint | null = 0n
  while (last !== null) last = await goOn(db, last)
  await db.insert(loadSteps).values({ name, finishedAt: now }).onConflictDoNothing()
}

/** @returns the last giver who was looked at; null at the end */
async function listAfter(db: Database, after: bigint): Promise<bigint | null> {
  return db.transaction(async (tx) => {
    await lockSequence(tx)
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

/** @returns the last gift that was looked at; null at the end */
async function recogniseAfter(db: Database, after: bigint): Promise<bigint | null> {
  return db.transaction(async (tx) => {
    await lockSequence(tx)
    const rows = await tx
      .select({ id: donations.id })
      .from(donations)
      .leftJoin(recognisedGifts, eq(recognisedGifts.donationId, donations.id))
      .where(and(gt(donations.id, after), isNull(recognisedGifts.donationId)))
      .orderBy(asc(donations.id))
      .limit(AT_ONCE)
    await recognise(
      tx,
      rows.map(({ id }) => id),
    )
    return rows.length === AT_ONCE ? (rows.at(-1)?.id ?? null) : null
  })
}
