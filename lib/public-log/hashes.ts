import { and, asc, desc, eq, gte, lt } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { logLeaves, logNodes } from '../../db/schema'
import { EMPTY_ROOT } from '../tlog/hash'
import { foldHashes, TILE_WIDTH, tileHashesOf, type TileHashes } from '../tlog/tiles'
import { consistencyRanges, hashOfRange, wholeSubtrees, type Range, type Subtree, type SubtreeHash } from '../tlog/tree'

/** Entries in the log: events whose leaves are there, which a checkpoint may speak of. */
export async function logSize(db: Database): Promise<number> {
  const [last] = await db.select({ position: logLeaves.position }).from(logLeaves).orderBy(desc(logLeaves.position)).limit(1)
  return last ? Number(last.position) + 1 : 0
}

/** Hashes of a level of tiles, in order; fewer than asked for where the log ends before. */
export async function readTileHashes(db: Database, { level, from, to }: TileHashes): Promise<Uint8Array[]> {
  const [first, end] = [BigInt(from), BigInt(to)]
  const rows =
    level === 0
      ? await db
          .select({ hash: logLeaves.hash })
          .from(logLeaves)
          .where(and(gte(logLeaves.position, first), lt(logLeaves.position, end)))
          .orderBy(asc(logLeaves.position))
      : await db
          .select({ hash: logNodes.hash })
          .from(logNodes)
          .where(and(eq(logNodes.level, level), gte(logNodes.index, first), lt(logNodes.index, end)))
          .orderBy(asc(logNodes.index))
  return rows.map(({ hash }) => hash)
}

/** Reads what the hashes of some ranges are made of: a tile or two of each level, however long the log is. */
async function readSubtrees(db: Database, ranges: readonly Range[]): Promise<SubtreeHash> {
  const wanted = ranges.flatMap(wholeSubtrees).map(tileHashesOf)
  const known = new Map<string, Uint8Array>()
  for (const inTile of Map.groupBy(wanted, ({ level, from }) => `${level}/${Math.floor(from / TILE_WIDTH)}`).values()) {
    const [{ level } = { level: 0 }] = inTile
    const from = Math.min(...inTile.map((one) => one.from))
    const hashes = await readTileHashes(db, { level, from, to: Math.max(...inTile.map((one) => one.to)) })
    for (const [index, hash] of hashes.entries()) known.set(`${level}/${from + index}`, hash)
  }
  // Ranges that begin alike are made of the same subtrees, but for their ends.
  const folded = new Map<string, Uint8Array>()
  return (subtree) => {
    const name = `${subtree.height}/${subtree.index}`
    const hash = folded.get(name) ?? fold(subtree, name)
    folded.set(name, hash)
    return hash
  }

  function fold(subtree: Subtree, name: string): Uint8Array {
    const { level, from, to } = tileHashesOf(subtree)
    const hashes = Array.from({ length: to - from }, (_, index) => known.get(`${level}/${from + index}`))
    const there = hashes.filter((hash) => hash !== undefined)
    if (there.length < hashes.length) throw new Error(`the log has no whole subtree ${name}`)
    return foldHashes(there)
  }
}

/** Root of the log as it was at a size. */
export async function rootAt(db: Database, size: number): Promise<Uint8Array> {
  const [root] = await hashesOfRanges(db, [{ from: 0, to: size }])
  return root ?? EMPTY_ROOT
}

/** Hashes of ranges of the log, in the order given. */
export async function hashesOfRanges(db: Database, ranges: readonly Range[]): Promise<Uint8Array[]> {
  const hashOf = await readSubtrees(db, ranges)
  return ranges.map((range) => hashOfRange(range, hashOf))
}

/** Hashes that prove that the log at a size grew from what it was at an old one (RFC 6962, section 2.1.2). */
export const proveConsistency = (db: Database, oldSize: number, size: number): Promise<Uint8Array[]> =>
  hashesOfRanges(db, consistencyRanges(oldSize, size))
