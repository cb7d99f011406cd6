import { and, asc, count, eq, lt, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { uploadChunks, uploads } from '../../db/schema'
import type { Context } from '../context'
import { sha256 } from '../files/digest'
import { ok, refuse, type Result } from '../result'
import { addDays, dayOf, startOfDay } from '../time/day'
import { MOST_UPLOADS, UPLOAD_KEPT_DAYS, type ChunkRefusal, type TakeRefusal } from './model'

/** A chunk of a file, with what it says of the whole. */
interface Chunk {
  key: string
  by: string
  /** Of the whole file. */
  bytes: number
  sha256: string
  /** Where the chunk begins. */
  from: number
  /** Empty where a browser only asks how much is here. */
  data: Uint8Array
}

/**
 * Takes a chunk of a file; the first begins it. A chunk that is here already changes nothing.
 * Refuses: a file of somebody else, or another file under the same key; a chunk before which something is missing, or
 * beyond the file's end; more files at once than a person may send.
 * @returns how much of the file is here from its beginning: where the next chunk begins
 */
export async function receiveChunk(
  { db, now }: Context,
  { key, by, bytes, sha256: digest, from, data }: Chunk,
): Promise<Result<{ received: number }, ChunkRefusal>> {
  return db.transaction(async (tx) => {
    const [own] = await tx.select({ count: count() }).from(uploads).where(eq(uploads.staffId, by))
    const [known] = await tx.select({ key: uploads.key }).from(uploads).where(eq(uploads.key, key))
    if (!known && (own?.count ?? 0) >= MOST_UPLOADS) return refuse('too_many')
    await tx.insert(uploads).values({ key, staffId: by, bytes, sha256: digest, touchedAt: now() }).onConflictDoNothing()
    // Whoever sends the same file from two windows goes one after the other.
    const [upload] = await tx.select().from(uploads).where(eq(uploads.key, key)).for('update')
    if (upload?.staffId !== by || upload.bytes !== bytes || upload.sha256 !== digest) return refuse('not_yours')
    const received = await receivedOf(tx, key)
    if (data.length === 0 || from < received) return ok({ received })
    if (from > received) return refuse('gap')
    if (from + data.length > bytes) return refuse('too_long')
    await tx.insert(uploadChunks).values({ key, fromByte: from, data })
    await tx.update(uploads).set({ touchedAt: now() }).where(eq(uploads.key, key))
    return ok({ received: from + data.length })
  })
}

async function receivedOf(tx: Transaction, key: string): Promise<number> {
  const [row] = await tx
    .select({ bytes: sql`coalesce(sum(octet_length(${uploadChunks.data})), 0)`.mapWith(Number) })
    .from(uploadChunks)
    .where(eq(uploadChunks.key, key))
  return row?.bytes ?? 0
}

/**
 * The bytes of a file that is whole. It stays, so that a form that is sent again finds it again.
 * Refuses: what is not here, or is somebody else's; what is not whole; what is another file than was announced.
 */
export async function takeUpload({ db }: Context, { key, by }: { key: string; by: string }): Promise<Result<Uint8Array, TakeRefusal>> {
  const [upload] = await db
    .select()
    .from(uploads)
    .where(and(eq(uploads.key, key), eq(uploads.staffId, by)))
  if (!upload) return refuse('unknown_upload')
  const chunks = await db
    .select({ data: uploadChunks.data })
    .from(uploadChunks)
    .where(eq(uploadChunks.key, key))
    .orderBy(asc(uploadChunks.fromByte))
  const whole = Buffer.concat(chunks.map(({ data }) => data))
  if (whole.length < upload.bytes) return refuse('unfinished_upload')
  if (sha256(whole) === upload.sha256) return ok(whole)
  await db.delete(uploads).where(eq(uploads.key, key))
  return refuse('damaged_upload')
}

/** Deletes files that were left alone for days: used, given up, or their phone is gone. @returns how many */
export async function sweepUploads({ db, now }: Context): Promise<number> {
  const before = startOfDay(addDays(dayOf(now()), -UPLOAD_KEPT_DAYS))
  return (await db.delete(uploads).where(lt(uploads.touchedAt, before)).returning({ key: uploads.key })).length
}
