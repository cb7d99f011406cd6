import { asc, desc, eq, gt } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { logCheckpoints, logCosignatures, logWitnesses } from '../../db/schema'
import type { Cosignature } from '../tlog/add-checkpoint'
import { formatVerifierKey, type VerifierKey } from '../tlog/keys'

/** Lines of witnesses under the checkpoint of a size, in the order in which the witnesses came. */
export async function cosignatureLines(db: Database, size: number): Promise<string[]> {
  const rows = await db
    .select({ line: logCosignatures.line })
    .from(logCosignatures)
    .where(eq(logCosignatures.size, BigInt(size)))
    .orderBy(asc(logCosignatures.witnessId))
  return rows.map(({ line }) => line)
}

/** Entries of the first checkpoint that speaks of an entry and that a witness has cosigned; null where there is none. */
export async function firstCosigned(db: Database, index: bigint): Promise<bigint | null> {
  const [first] = await db
    .select({ size: logCosignatures.size })
    .from(logCosignatures)
    .where(gt(logCosignatures.size, index))
    .orderBy(asc(logCosignatures.size))
    .limit(1)
  return first?.size ?? null
}

/** Keys of the witnesses that have cosigned the log. */
export async function listWitnessKeys(db: Database): Promise<string[]> {
  const rows = await db.select({ key: logWitnesses.verifierKey }).from(logWitnesses).orderBy(asc(logWitnesses.id))
  return rows.map(({ key }) => key)
}

/** Entries of the newest checkpoint that a witness has cosigned; 0 where there is none. */
export async function lastCosigned(db: Database, key: VerifierKey): Promise<number> {
  const [last] = await db
    .select({ size: logCosignatures.size })
    .from(logCosignatures)
    .innerJoin(logWitnesses, eq(logWitnesses.id, logCosignatures.witnessId))
    .where(eq(logWitnesses.verifierKey, formatVerifierKey(key)))
    .orderBy(desc(logCosignatures.size))
    .limit(1)
  return Number(last?.size ?? 0)
}

/** When the first checkpoint was published that a witness has not cosigned, nor a later one; null where there is none. */
export async function waitsForWitness(db: Database, key: VerifierKey): Promise<Date | null> {
  const [next] = await db
    .select({ publishedAt: logCheckpoints.publishedAt })
    .from(logCheckpoints)
    .where(gt(logCheckpoints.size, BigInt(await lastCosigned(db, key))))
    .orderBy(asc(logCheckpoints.size))
    .limit(1)
  return next?.publishedAt ?? null
}

async function findWitness(db: Database, verifierKey: string): Promise<{ id: number } | undefined> {
  const [known] = await db.select({ id: logWitnesses.id }).from(logWitnesses).where(eq(logWitnesses.verifierKey, verifierKey))
  return known
}

async function addWitness(db: Database, verifierKey: string, now: Date): Promise<{ id: number }> {
  await db.insert(logWitnesses).values({ verifierKey, addedAt: now }).onConflictDoNothing()
  const added = await findWitness(db, verifierKey)
  if (!added) throw new Error('a witness was not written')
  return added
}

/** Keeps what a witness said of the checkpoint of a size, once; it must have been checked. */
export async function keepCosignature(
  db: Database,
  key: VerifierKey,
  size: number,
  { line, timestamp }: Cosignature,
  now: Date,
): Promise<void> {
  const verifierKey = formatVerifierKey(key)
  // Numbers of witnesses are few, and one that is asked for is used up.
  const witness = (await findWitness(db, verifierKey)) ?? (await addWitness(db, verifierKey, now))
  await db
    .insert(logCosignatures)
    .values({ witnessId: witness.id, size: BigInt(size), line, cosignedAt: new Date(Number(timestamp) * 1000) })
    .onConflictDoNothing()
}
