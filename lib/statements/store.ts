import { keepFile } from '../files/keep'
import type { FileContext } from '../context'
import { nameIn } from '../files/digest'
import type { FileStore } from '../files/model'
import { ok, refuse, type Result } from '../result'
import { formatOf, type Format } from './format'
import { BOUNDS } from './model'
import type { Parts } from './text'

/** Each is stored, and read, as a whole: nothing larger of a file is ever in memory. */
const PART_BYTES = 4 * 1024 * 1024

/** A file that lies in the store and is nobody's yet; where nothing comes of it, it is swept away within a day. */
export interface StoredFile {
  parts: string[]
  bytes: number
  format: Format
}

/**
 * Stores a file as it streams in, part by part.
 * Refuses: an empty file, and one beyond its bounds.
 */
export async function storeFile(
  context: FileContext,
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Result<StoredFile, 'empty' | 'too_large'>> {
  const stored: StoredFile = { parts: [], bytes: 0, format: 'csv' }
  let waiting: Uint8Array[] = []
  let size = 0
  const keep = async () => {
    const part = Buffer.concat(waiting)
    if (stored.parts.length === 0) stored.format = formatOf(part)
    stored.parts.push(await keepFile(context, 'kept', part, 'application/octet-stream'))
    waiting = []
    size = 0
  }
  for await (const chunk of stream) {
    stored.bytes += chunk.length
    if (stored.bytes > (stored.format === 'csv' ? BOUNDS.csvBytes : BOUNDS.workbookBytes)) return refuse('too_large')
    waiting.push(chunk)
    size += chunk.length
    if (size >= PART_BYTES) await keep()
  }
  if (size > 0) await keep()
  return stored.parts.length === 0 ? refuse('empty') : ok(stored)
}

/** The bytes of a file that lies in the store in parts. */
export const partsIn = (store: FileStore, names: readonly string[]): Parts =>
  async function* () {
    for (const name of names) {
      const part = await store.get(nameIn(name))
      if (!part) throw new Error('a part of a statement is not in the store')
      yield part
    }
  }
