import { read, utils } from '@e965/xlsx'
import { parse } from 'csv-parse/sync'
import { ok, refuse, type Result } from '../result'
import { checkArchive } from '../statements/archive'

/** Why a file is not read: more bytes or rows than allowed, neither a workbook nor a text, or broken. */
export type SheetRefusal = 'too_large' | 'too_many_rows' | 'not_a_sheet' | 'damaged'

/** The numbers a person sees beside the rows of a sheet begin with 1. */
export interface SheetRow {
  row: number
  cells: string[]
}

/**
 * Reads the first sheet of an .xlsx or .xls workbook, or a .csv text in UTF-8 with commas, semicolons or tabs. What it is
 * says its beginning, never its name. Numbers come as plain digits, whatever format they are shown in; empty rows are
 * left out.
 */
export async function readSheet(
  bytes: Uint8Array,
  { mostBytes, mostRows }: { mostBytes: number; mostRows: number },
): Promise<Result<SheetRow[], SheetRefusal>> {
  if (bytes.length > mostBytes) return refuse('too_large')
  const kind = sniff(bytes)
  if (kind === null) return refuse('not_a_sheet')
  let rows: string[][]
  try {
    if (bytes[0] === ZIP) await checkArchive(Buffer.from(bytes))
    rows = kind === 'workbook' ? workbookRows(bytes, mostRows) : textRows(bytes, mostRows)
  } catch {
    return refuse('damaged')
  }
  if (rows.length > mostRows) return refuse('too_many_rows')
  return ok(rows.map((cells, index) => ({ row: index + 1, cells })).filter(({ cells }) => cells.some((cell) => cell !== '')))
}

/** The first byte of a zip archive, which an .xlsx is. */
const ZIP = 0x50

function sniff(bytes: Uint8Array): 'workbook' | 'text' | null {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (head.startsWith('PK\u0003\u0004') || head === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return 'workbook'
  return bytes.length > 0 && !bytes.includes(0) ? 'text' : null
}

function workbookRows(bytes: Uint8Array, mostRows: number): string[][] {
  // One row more than allowed tells that there are too many.
  const book = read(bytes, { type: 'array', sheetRows: mostRows + 1, cellFormula: false, cellHTML: false, cellText: false })
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  if (!sheet) throw new Error('a workbook without a sheet')
  const rows: unknown[][] = utils.sheet_to_json(sheet, { header: 1, raw: true, defval: null, blankrows: true })
  return rows.map((cells) => cells.map(written))
}

const written = (cell: unknown): string =>
  typeof cell === 'string' ? cell.normalize('NFC').trim() : typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''

function textRows(bytes: Uint8Array, mostRows: number): string[][] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const rows: string[][] = parse(text, {
    ...{ bom: true, delimiter: [',', ';', '\t'], relax_column_count: true, skip_empty_lines: false, to: mostRows + 1 },
  })
  return rows.map((cells) => cells.map(written))
}
