import { parse } from 'csv-parse/sync'
import { ok, refuse, type Result } from '../result'
import type { ReadWorkbook, SheetBounds, SheetRefusal, SheetRow } from './model'

/**
 * Reads the first sheet of an .xlsx or .xls workbook, or a .csv text in UTF-8 with commas, semicolons or tabs. What it is
 * says its beginning, never its name. Empty rows are left out.
 * @param readWorkbook the server's own, of its context
 */
export async function readSheet(
  readWorkbook: ReadWorkbook,
  bytes: Uint8Array,
  bounds: SheetBounds,
): Promise<Result<SheetRow[], SheetRefusal>> {
  if (bytes.length > bounds.mostBytes) return refuse('too_large')
  const kind = sniff(bytes)
  if (kind === null) return refuse('not_a_sheet')
  const read = kind === 'workbook' ? await readWorkbook(bytes, bounds) : textRows(bytes, bounds)
  return read.ok ? ok(read.value.filter(({ cells }) => cells.some((cell) => cell !== ''))) : read
}

function sniff(bytes: Uint8Array): 'workbook' | 'text' | null {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (head.startsWith('PK\u0003\u0004') || head === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return 'workbook'
  return bytes.length > 0 && !bytes.includes(0) ? 'text' : null
}

function textRows(bytes: Uint8Array, { mostRows }: SheetBounds): Result<SheetRow[], SheetRefusal> {
  let rows: string[][]
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // One row more than allowed tells that there are too many.
    rows = parse(text, {
      ...{ bom: true, delimiter: [',', ';', '\t'], relax_column_count: true, skip_empty_lines: false, to: mostRows + 1 },
    })
  } catch {
    return refuse('damaged')
  }
  if (rows.length > mostRows) return refuse('too_many_rows')
  return ok(rows.map((cells, index) => ({ row: index + 1, cells: cells.map((cell) => cell.normalize('NFC').trim()) })))
}
