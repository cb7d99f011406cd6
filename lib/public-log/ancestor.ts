import { desc, eq } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { logCheckpoints } from '../../db/schema'
import { parseCheckpoint, type Checkpoint } from '../tlog/checkpoint'
import { isSameHash } from '../tlog/hash'
import { openNote } from '../tlog/note'
import { logSize, rootAt } from './hashes'
import { getLogIdentity } from './keys'
import { speaksFor, type LogKey } from './log-key'
import { LogRefused } from './refused'
import type { LogVault } from './vault'

/** The newest checkpoint that the database has; null where none was published. */
export async function lastCheckpoint(db: Database): Promise<{ size: number; note: string } | null> {
  const [last] = await db
    .select({ size: logCheckpoints.size, note: logCheckpoints.note })
    .from(logCheckpoints)
    .orderBy(desc(logCheckpoints.size))
    .limit(1)
  return last ? { size: Number(last.size), note: last.note } : null
}

/**
 * Makes sure that what this database holds goes on from the last checkpoint that was published: that checkpoint's log must be
 * the beginning of this one. Asked before anything gets a place in public order, for a place that was published once is never
 * given to another event. A database restored from an older backup is refused, until the newer one is brought back.
 */
export async function ensureAncestor(db: Database, vault: LogVault): Promise<void> {
  // Read first: where a process that leads shares the folder, what it keeps meanwhile is of entries that came after `size`.
  const published = vault.readPublished()
  const last = await lastCheckpoint(db)
  const size = await logSize(db)
  const kept = published === null ? null : await openPublished(db, published)
  if (kept) await ensureBegan(db, size, kept)
  // Others publish too, and a process that leads here for the first time knows no more than the database does.
  if (last && last.size > (kept?.size ?? 0)) {
    await ensureBegan(db, size, await openPublished(db, last.note))
    vault.keepPublished(last.note)
  }
}

/**
 * Keeps what another process published, where one waits to lead: whichever leads next, on whatever machine, then holds a
 * restored database against the newest checkpoint and not against the last one of its own.
 */
export async function followPublished(db: Database, vault: LogVault): Promise<void> {
  const last = await lastCheckpoint(db)
  if (last && last.note !== vault.readPublished()) await ensureAncestor(db, vault)
}

/** Makes sure that a log began as a checkpoint of it says. */
async function ensureBegan(db: Database, size: number, { size: publishedSize, root }: Checkpoint): Promise<void> {
  if (size < publishedSize) {
    throw new LogRefused('behind', `${publishedSize} entries were published and ${size} are here: this database is an older backup`)
  }
  if (!isSameHash(await rootAt(db, publishedSize), root)) {
    throw new LogRefused('forked', `the first ${publishedSize} entries are not those that were published`)
  }
}

/**
 * The root of a checkpoint that was published, as it stands in the database; null where none of this size was.
 * @param size entries
 */
export async function publishedRoot(db: Database, size: number): Promise<Uint8Array | null> {
  const [row] = await db
    .select({ root: logCheckpoints.root })
    .from(logCheckpoints)
    .where(eq(logCheckpoints.size, BigInt(size)))
  return row?.root ?? null
}

/** A checkpoint, once it is sure that it is this log's. */
async function openPublished(db: Database, note: string): Promise<Checkpoint> {
  const identity = await getLogIdentity(db)
  const opened = identity && openNote(note, identity.keys)
  const checkpoint = opened?.ok ? parseCheckpoint(opened.text) : null
  const isSigner = (key: LogKey) => opened?.ok === true && opened.verified.some((one) => one.key === key)
  const isSigned = identity?.keys.some((key) => checkpoint && speaksFor(key, checkpoint.size) && isSigner(key))
  if (!checkpoint || checkpoint.origin !== identity?.origin || !isSigned) {
    throw new LogRefused('not_ours', 'a checkpoint that is kept, beside the key or in the database, was not signed by a key of this log')
  }
  return checkpoint
}
