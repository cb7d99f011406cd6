import { desc, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { insertRows } from '../../db/rows'
import { eventPositions, logLeaves, logNodes } from '../../db/schema'
import { leafHash } from '../tlog/hash'
import { foldHashes, TILE_WIDTH } from '../tlog/tiles'
import { readPlacedEvents } from './events'
import { logSize, readTileHashes } from './hashes'
import { encodeLeaf } from './leaf'

/** Only one transaction at a time adds to the log, whoever runs it. */
const LOG_LOCK = 0x7464_6c67
/** Leaves of one transaction when much waits, and of one call: nothing else waits for long. */
const AT_ONCE = 2_000
const MOST = 10_000

/**
 * Adds the leaves of events that have their place and are not in the log yet, in short transactions. What it reads besides
 * them is the right edge of the log. Cut off anywhere, it goes on where it stopped, with the same leaves: whatever they are
 * made of never changes.
 * @param most to add, in transactions of at most `atOnce`
 * @returns entries in the log, and whether none waits any more
 */
export async function appendLeaves(db: Database, { most = MOST, atOnce = AT_ONCE } = {}): Promise<{ size: number; isAll: boolean }> {
  for (let left = most; ;) {
    const done = await db.transaction((tx) => appendSome(tx, Math.min(left, atOnce)))
    left -= done.added
    if (done.isAll || left <= 0) return done
  }
}

async function appendSome(tx: Transaction, limit: number): Promise<{ size: number; added: number; isAll: boolean }> {
  // As the sequencer's: no plan that suits a small table reads all of it when it has grown.
  await tx.execute(sql`select pg_advisory_xact_lock(${LOG_LOCK}), set_config('enable_seqscan', 'off', true)`)
  const from = await logSize(tx)
  const placed = await placedEvents(tx)
  const to = Math.min(placed, from + limit)
  if (to <= from) return { size: from, added: 0, isAll: true }
  const bodies = (await readPlacedEvents(tx, from, to)).map(encodeLeaf)
  if (bodies.length !== to - from) throw new Error(`of the events at ${from} to ${to} only ${bodies.length} are there`)
  await writeLeaves(tx, from, bodies)
  await appendNodes(
    tx,
    from,
    bodies.map((body) => leafHash(Buffer.from(body))),
  )
  return { size: to, added: to - from, isAll: to === placed }
}

/** The bytes go once and their hashes not at all: the database makes them as the table wants them. */
const writeLeaves = (tx: Transaction, from: number, bodies: readonly string[]) =>
  tx.execute(sql`insert into ${logLeaves} (position, body, hash)
    select ${from}::bigint + place - 1, body, sha256('\\x00'::bytea || convert_to(body, 'UTF8'))
    from jsonb_array_elements_text(${JSON.stringify(bodies)}::jsonb) with ordinality as given(body, place)`)

async function placedEvents(tx: Transaction): Promise<number> {
  const [last] = await tx.select({ position: eventPositions.position }).from(eventPositions).orderBy(desc(eventPositions.position)).limit(1)
  return last ? Number(last.position) + 1 : 0
}

/** Adds the hash of each tile that the new leaves fill, and of each that those hashes fill, and so on. */
async function appendNodes(tx: Transaction, from: number, added: Uint8Array[], level = 0): Promise<void> {
  const first = Math.floor(from / TILE_WIDTH)
  const end = Math.floor((from + added.length) / TILE_WIDTH)
  if (first === end) return
  const earlier = await readTileHashes(tx, { level, from: first * TILE_WIDTH, to: from })
  const hashes = [...earlier, ...added]
  const full = Array.from({ length: end - first }, (_, tile) => foldHashes(hashes.slice(tile * TILE_WIDTH, (tile + 1) * TILE_WIDTH)))
  await tx.execute(
    insertRows(
      logNodes,
      full.map((hash, tile) => ({ level: level + 1, index: BigInt(first + tile), hash })),
    ),
  )
  await appendNodes(tx, first, full, level + 1)
}
