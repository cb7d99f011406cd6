import { TILE_WIDTH, tilePath } from '../tlog/tiles'
import type { ExampleEntry } from './model'

/** An entry of a log of a size to try commands with: of its last full tile, which stays as it is, or of its only one. */
export function exampleEntry(size: number): ExampleEntry {
  const full = Math.floor(size / TILE_WIDTH)
  const index = Math.max(0, full - 1)
  const width = full > 0 ? TILE_WIDTH : Math.max(1, size)
  const first = index * TILE_WIDTH
  return { entry: first + Math.floor(width / 3), tile: tilePath({ level: 0, index, width }), first, last: first + width - 1 }
}
