import { readCsv } from './csv'
import { BOUNDS, RefusedFile, type SheetRow } from './model'
import type { Parts } from './text'
import { readWorkbook } from './workbook'

export type Format = 'csv' | 'xls' | 'xlsx'

const STARTS: [Format, number[]][] = [
  ['xlsx', [0x50, 0x4b, 0x03, 0x04]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
]

/** What a file is, told by its first bytes whatever its name says: banks call many things ".xls". */
export const formatOf = (first: Uint8Array): Format =>
  STARTS.find(([, start]) => start.every((byte, at) => first[at] === byte))?.[0] ?? 'csv'

/**
 * Reads the rows of a file.
 * @throws RefusedFile where it can't be read, or is beyond its bounds
 */
export async function* readRows(parts: Parts, format: Format): AsyncGenerator<SheetRow> {
  if (format === 'csv') {
    yield* readCsv(parts)
    return
  }
  const all: Uint8Array[] = []
  let size = 0
  for await (const part of parts()) {
    size += part.length
    if (size > BOUNDS.workbookBytes) throw new RefusedFile({ code: 'too_large' })
    all.push(part)
  }
  yield* readWorkbook(Buffer.concat(all), format)
}
