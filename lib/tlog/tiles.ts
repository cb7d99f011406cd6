import { nodeHash } from './hash'
import type { Subtree } from './tree'

/** Hashes, or entries, of a full tile (C2SP tlog-tiles). */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
/** An entry's length is told in 16 bits. */
const MAX_ENTRY_BYTES = 0xffff

/** A tile of hashes at a level, or of entries; its first `width` of 256. */
export interface Tile {
  level: number | 'entries'
  index: number
  width: number
}

/** Hashes [from, to) of a level of tiles: each is the root of a full tile one level below, or an entry's hash at level 0. */
export interface TileHashes {
  level: number
  from: number
  to: number
}

/** Where the hashes stand that a whole subtree is made of, in one tile. */
export function tileHashesOf({ height, index }: Subtree): TileHashes {
  const count = 2 ** (height % TILE_HEIGHT)
  return { level: Math.floor(height / TILE_HEIGHT), from: index * count, to: (index + 1) * count }
}

/** Hash of a whole subtree from its hashes in a tile: a power of two of them. */
export function foldHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const [left, right] = hashes
  if (!left) throw new RangeError('no hashes to fold')
  if (!right) return left
  const middle = hashes.length / 2
  if (!Number.isInteger(middle)) throw new RangeError(`${hashes.length} hashes are no whole subtree`)
  return nodeHash(foldHashes(hashes.slice(0, middle)), foldHashes(hashes.slice(middle)))
}

/** How many hashes there are at a level of a log of a size: full tiles of the level below. */
export const hashesAtLevel = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level)

/** The tiles of a log of a size, level by level, entries last. */
export function tilesOf(size: number): Tile[] {
  const tiles: Tile[] = []
  const addLevel = (level: Tile['level'], count: number) => {
    for (let index = 0; index * TILE_WIDTH < count; index++)
      tiles.push({ level, index, width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH) })
  }
  for (let level = 0, count = size; count > 0; level++, count = hashesAtLevel(level, size)) addLevel(level, count)
  addLevel('entries', size)
  return tiles
}

/** Path of a tile below the log's address: "tile/0/x001/x234/067", "tile/entries/000.p/5". */
export function tilePath({ level, index, width }: Tile): string {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return `tile/${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** The tile a path names; null where it is not written exactly as the specification says. */
export function parseTilePath(path: string): Tile | null {
  const [, level, groups, width] = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path) ?? []
  if (level === undefined || groups === undefined) return null
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  if (tile.level !== 'entries' && tile.level > 63) return null
  // Zeroes in front, a width of 0 or 256, an index beyond what is counted: none is written back the same.
  const isPartial = width !== undefined
  return Number.isSafeInteger(tile.index * TILE_WIDTH) && isPartial === tile.width < TILE_WIDTH && tile.width > 0 && tilePath(tile) === path
    ? tile
    : null
}

/** An entry bundle: each entry with its length in two bytes before it. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((sum, { length }) => sum + 2 + length, 0))
  const view = new DataView(bundle.buffer)
  let at = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES)
      throw new RangeError(`an entry has ${entry.length} bytes, and a bundle has room for ${MAX_ENTRY_BYTES}`)
    view.setUint16(at, entry.length)
    bundle.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bundle
}

/** The entries of a bundle; null where it is cut off or has something after them. */
export function parseBundle(bundle: Uint8Array): Uint8Array[] | null {
  const entries: Uint8Array[] = []
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  for (let at = 0; at < bundle.length;) {
    if (at + 2 > bundle.length) return null
    const end = at + 2 + view.getUint16(at)
    if (end > bundle.length) return null
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return entries
}
