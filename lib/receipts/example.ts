import { TILE_WIDTH, tilePath } from '../tlog/tiles'
import type { ExampleEntry } from './model'

/** An entry to try commands with: of the last full tile of a log of a size, which stays as it is, or of its only one. */
export function exampleEntry(size: number): ExampleEntry {
  const full = Math.floor(size / TILE_WIDTH)
  const first = Math.max(0, full - 1) * TILE_WIDTH
  return commandEntry(first + Math.floor((full > 0 ? TILE_WIDTH : Math.max(1, size)) / 3), size)
}

/**
 * An entry as commands name it, with the tile that has its hash: a full one, or what there is of the last one, which a log
 * that has grown since serves all the same.
 * @param size of the log; more than the entry's number, but for a log that has none
 */
export function commandEntry(entry: number, size: number): ExampleEntry {
  const index = Math.floor(entry / TILE_WIDTH)
  const first = index * TILE_WIDTH
  const width = Math.max(1, Math.min(TILE_WIDTH, size - first))
  return { entry, tile: tilePath({ level: 0, index, width }), first, last: first + width - 1 }
}
