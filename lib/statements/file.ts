import { readCsv } from './csv'
import type { Format } from './format'
import { BOUNDS, RefusedFile, type SheetRow } from './model'
import type { Parts } from './text'
import { readWorkbook } from './workbook'

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
