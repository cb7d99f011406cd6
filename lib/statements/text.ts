import { BOUNDS, RefusedFile } from './model'

/** How the bytes of a .csv are to be read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258'

/** Gives the parts of a file from its beginning, each time it is asked. */
export type Parts = () => AsyncIterable<Uint8Array>

/**
 * Tells how a text is written: by its mark, by noughts between letters, else UTF-8 where all of it is, and the old
 * Windows page of Việt Nam where it is not. The whole text is looked at, part by part.
 */
export async function encodingOf(parts: Parts): Promise<Encoding> {
  let decoder: TextDecoder | null = null
  for await (const part of parts()) {
    if (!decoder) {
      const marked = markOf(part)
      if (marked) return marked
      decoder = new TextDecoder('utf-8', { fatal: true })
    }
    try {
      decoder.decode(part, { stream: true })
    } catch {
      return 'windows-1258'
    }
  }
  try {
    decoder?.decode()
    return 'utf-8'
  } catch {
    return 'windows-1258'
  }
}

function markOf(first: Uint8Array): Encoding | null {
  const [a = -1, b = -1] = first
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const sample = first.subarray(0, 512)
  const noughts = (odd: 0 | 1) => sample.filter((byte, at) => byte === 0 && at % 2 === odd).length
  if (sample.length < 4 || noughts(0) + noughts(1) < sample.length / 6) return null
  return noughts(1) > noughts(0) ? 'utf-16le' : 'utf-16be'
}

/** The text of a .csv, piece by piece, without a mark before it. Letters that were written in two signs become one. */
export async function* decodeText(parts: Parts, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  const compose = (text: string) => (encoding === 'windows-1258' ? text.normalize('NFC') : text)
  let carried = ''
  for await (const part of parts()) {
    const text = carried + decoder.decode(part, { stream: true })
    if (text.includes('\0')) throw new RefusedFile({ code: 'not_a_statement_file' })
    // A letter and the mark that follows it may lie in two parts.
    carried = text.slice(-1)
    yield compose(text.slice(0, -1))
  }
  yield compose(carried + decoder.decode())
}

/** The sign between the cells of a row: the one that makes the most rows of a table; commas stand in amounts as well. */
export function delimiterOf(sample: string): string {
  const rows = sample.split(/\r\n?|\n/).slice(0, BOUNDS.titleRows)
  const tableRows = (sign: string) => rows.filter((row) => row.split(sign).length >= 4).length
  return ['\t', ';', '|', ','].reduce((best, sign) => (tableRows(sign) > tableRows(best) ? sign : best))
}
