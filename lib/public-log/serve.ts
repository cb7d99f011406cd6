import { and, asc, desc, eq, gte, lt } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { logCheckpoints, logKeys, logLeaves } from '../../db/schema'
import { formatVerifierKey } from '../tlog/keys'
import { encodeBundle, hashesAtLevel, parseTilePath, TILE_WIDTH, type Tile } from '../tlog/tiles'
import { lastCheckpoint } from './ancestor'
import { cosignatureLines, listWitnessKeys } from './cosignatures'
import { readPlacedEvents } from './events'
import { readTileHashes } from './hashes'
import { getLogIdentity } from './keys'
import { longListOf } from './leaf'
import { proveEntry, provePaper } from './prove'

/** Sizes of checkpoints in one list: as many as a tile can have. */
const MOST_SIZES = TILE_WIDTH

/** A file of the log, as it is served below /log/ (C2SP tlog-tiles). */
export interface LogFile {
  bytes: Uint8Array
  /** Checkpoints, keys and proofs. Tiles are none, and never change. */
  isText: boolean
}

/**
 * The file of a path below /log/: "checkpoint", "checkpoints/<size>" for every one that was published, both with what
 * witnesses said of them; "checkpoints/from/<size>" and "checkpoints/before/<size>", sizes of those that were, the next to it
 * first, one a line, no more than 256; "vkey"; "vkey/ended", keys that were put away with their last size; "witnesses", their keys, one a
 * line; "proof/<index>.tlog-proof" for every entry, "paper/<SHA-256>.tlog-proof" for every paper, "list/<index>/<name>" for what
 * an entry has only as its hash, and tiles.
 * Only what a published checkpoint vouches for is shown.
 * @returns null where there is none
 */
export async function findLogFile(db: Database, path: string): Promise<LogFile | null> {
  if (path === 'checkpoint') return textOf(await cosigned(db, await lastCheckpoint(db)))
  if (path === 'vkey') return textOf(await verifierKeys(db))
  if (path === 'vkey/ended') return textOf(await endedKeys(db))
  if (path === 'witnesses') return textOf((await listWitnessKeys(db)).map((key) => `${key}\n`).join(''))
  const [, size] = /^checkpoints\/([1-9][0-9]{0,15})$/.exec(path) ?? []
  if (size !== undefined) return textOf(await cosigned(db, await checkpointAt(db, Number(size))))
  const [, side, from] = /^checkpoints\/(from|before)\/([1-9][0-9]{0,15})$/.exec(path) ?? []
  if (side !== undefined && from !== undefined) return textOf(await listSizes(db, side === 'from', BigInt(from)))
  const [, index] = /^proof\/(0|[1-9][0-9]{0,14})\.tlog-proof$/.exec(path) ?? []
  if (index !== undefined) return textOf((await proveEntry(db, BigInt(index)))?.proof)
  const [, digest] = /^paper\/([0-9a-f]{64})\.tlog-proof$/.exec(path) ?? []
  if (digest !== undefined) return textOf((await provePaper(db, digest))?.proof)
  const [, entry, name] = /^list\/(0|[1-9][0-9]{0,14})\/([A-Za-z]{1,40})$/.exec(path) ?? []
  if (entry !== undefined && name !== undefined) return textOf(await readLongList(db, Number(entry), name))
  const tile = parseTilePath(path)
  return tile && readTile(db, tile)
}

const textOf = (text: string | null | undefined): LogFile | null => (text == null ? null : { bytes: Buffer.from(text), isText: true })

/** Keys that sign the log or did, the newest first, one a line. */
async function verifierKeys(db: Database): Promise<string | null> {
  const keys = await db.select({ key: logKeys.verifierKey }).from(logKeys).orderBy(desc(logKeys.number))
  return keys.length === 0 ? null : keys.map(({ key }) => `${key}\n`).join('')
}

/** Keys that were put away, one a line, each with the entries of the last checkpoint that may have its word. */
async function endedKeys(db: Database): Promise<string> {
  const { keys } = (await getLogIdentity(db)) ?? { keys: [] }
  return keys.flatMap((key) => (key.lastSize === null ? [] : [`${formatVerifierKey(key)} ${key.lastSize}\n`])).join('')
}

interface Published {
  size: number
  note: string
}

async function checkpointAt(db: Database, size: number): Promise<Published | null> {
  const [row] = await db
    .select({ note: logCheckpoints.note })
    .from(logCheckpoints)
    .where(eq(logCheckpoints.size, BigInt(size)))
  return row ? { size, note: row.note } : null
}

/** Sizes of checkpoints from one on, or below one, the nearest first. */
async function listSizes(db: Database, isFrom: boolean, size: bigint): Promise<string> {
  const rows = await db
    .select({ size: logCheckpoints.size })
    .from(logCheckpoints)
    .where(isFrom ? gte(logCheckpoints.size, size) : lt(logCheckpoints.size, size))
    .orderBy(isFrom ? asc(logCheckpoints.size) : desc(logCheckpoints.size))
    .limit(MOST_SIZES)
  return rows.map((row) => `${row.size}\n`).join('')
}

/** A checkpoint with the lines of witnesses below those of the log. */
const cosigned = async (db: Database, checkpoint: Published | null): Promise<string | null> =>
  checkpoint && [checkpoint.note, ...(await cosignatureLines(db, checkpoint.size))].join('')

/** What a published entry has only as its hash. */
async function readLongList(db: Database, index: number, name: string): Promise<string | null> {
  if (index >= ((await lastCheckpoint(db))?.size ?? 0)) return null
  const [event] = await db.transaction((tx) => readPlacedEvents(tx, index, index + 1))
  return event ? longListOf(event, name) : null
}

async function readTile(db: Database, { level, index, width }: Tile): Promise<LogFile | null> {
  const published = (await lastCheckpoint(db))?.size ?? 0
  const from = index * TILE_WIDTH
  if (from + width > (level === 'entries' ? published : hashesAtLevel(level, published))) return null
  const to = from + width
  if (level !== 'entries') {
    const hashes = await readTileHashes(db, { level, from, to })
    return hashes.length === width ? { bytes: Buffer.concat(hashes), isText: false } : null
  }
  const rows = await db
    .select({ body: logLeaves.body })
    .from(logLeaves)
    .where(and(gte(logLeaves.position, BigInt(from)), lt(logLeaves.position, BigInt(to))))
    .orderBy(asc(logLeaves.position))
  return { bytes: encodeBundle(rows.map(({ body }) => Buffer.from(body))), isText: false }
}
