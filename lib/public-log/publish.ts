import type { Database } from '../../db/client'
import { logCheckpoints } from '../../db/schema'
import { formatCheckpoint, parseCheckpoint } from '../tlog/checkpoint'
import { EMPTY_ROOT } from '../tlog/hash'
import { parseSigningKey } from '../tlog/keys'
import { formatNote, parseNote, signNote } from '../tlog/note'
import { ensureAncestor, lastCheckpoint } from './ancestor'
import { appendLeaves } from './append'
import { rootAt } from './hashes'
import { endKeys, getLogIdentity, openKeys } from './keys'
import type { LogVault } from './vault'

/** What publishing is given. */
export interface Publishing {
  db: Database
  vault: LogVault
  /** What a new log is called: "tungdong.vn/log". */
  origin: string
  random: (size: number) => Uint8Array
  now: () => Date
}

/**
 * Brings the log up to the events that have their place, or a good step nearer, and publishes a checkpoint of it where it
 * has grown: kept outside of the database first, then in it, where visitors see it. Cut off between the two, it publishes
 * the very one it kept. A signature of Ed25519 is the same each time, so there is one checkpoint of a size whatever happens.
 * Throws LogRefused where what is here does not go on from what was published.
 * @returns entries that are published, and whether that is all
 */
export async function publishLog(publishing: Publishing): Promise<{ size: number; isAll: boolean }> {
  const { db, vault, now } = publishing
  const grown = await appendLeaves(db)
  const last = await lastCheckpoint(db)
  if (grown.size === (last?.size ?? 0)) return grown
  const { origin, keys, lapsed } = await openKeys(db, vault, { ...publishing, now: now() })
  await ensureAncestor(db, vault)
  const lastSize = await publishUnseen(publishing, last?.size ?? 0)
  await endKeys(db, lapsed, { lastSize, now: now() })
  if (lastSize === grown.size) return grown
  const text = formatCheckpoint({ origin, size: grown.size, root: await rootAt(db, grown.size) })
  const note = formatNote(
    text,
    keys.map((key) => signNote(text, key)),
  )
  vault.keepPublished(note)
  await publish(publishing, note)
  return grown
}

/**
 * A checkpoint of the log without entries, by the keys that would sign its first one; for witnesses, who say then what they
 * have seen of a log that this database knows nothing of. It is the same for every log of a name, and every log goes on from
 * it, so that signing it promises nothing.
 * @returns null where no key is held that could sign: nobody saw anything signed with one that is yet to be made
 */
export async function signEmptyLog(db: Database, { vault, origin }: Pick<Publishing, 'vault' | 'origin'>): Promise<string | null> {
  const name = (await getLogIdentity(db))?.origin ?? origin
  const keys = vault.readKeys().flatMap((text) => parseSigningKey(text) ?? [])
  const own = keys.filter((key) => key.name === name)
  if (own.length === 0) return null
  const text = formatCheckpoint({ origin: name, size: 0, root: EMPTY_ROOT })
  return formatNote(
    text,
    own.map((key) => signNote(text, key)),
  )
}

/** Publishes what was kept outside and nobody saw yet. @returns the size that is published then */
async function publishUnseen(publishing: Publishing, publishedSize: number): Promise<number> {
  const note = publishing.vault.readPublished()
  const size = note === null ? 0 : checkpointOf(note).size
  if (note === null || size <= publishedSize) return publishedSize
  await publish(publishing, note)
  return size
}

async function publish({ db, now }: Publishing, note: string): Promise<void> {
  const { size, root } = checkpointOf(note)
  await db.insert(logCheckpoints).values({ size: BigInt(size), root, note, publishedAt: now() })
}

function checkpointOf(note: string) {
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '')
  if (!checkpoint) throw new Error('a checkpoint of ours is malformed')
  return checkpoint
}
