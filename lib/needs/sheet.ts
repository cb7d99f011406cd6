import { utils, write } from '@e965/xlsx'
import { fold } from '../i18n/fold'
import { pick, type Locale } from '../i18n/locale'
import { ok, refuse, type Result } from '../result'
import type { ReadWorkbook, SheetRefusal } from '../sheets/model'
import { readSheet } from '../sheets/read'

/** Columns of a sheet of reports, and how they may be headed: found by their words, in any order. */
const COLUMNS = {
  communeCode: { vi: 'Mã xã', en: 'Commune code' },
  commune: { vi: 'Xã', en: 'Commune' },
  categoryKey: { vi: 'Mã nhóm', en: 'Category code' },
  category: { vi: 'Nhóm nhu cầu', en: 'Category' },
  unit: { vi: 'Đơn vị tính', en: 'Unit' },
  children: { vi: 'Số trẻ em', en: 'Children' },
  quantity: { vi: 'Số lượng', en: 'Quantity' },
  amount: { vi: 'Kinh phí ước tính', en: 'Estimated cost' },
  priority: { vi: 'Mức ưu tiên', en: 'Priority' },
  note: { vi: 'Ghi chú', en: 'Note' },
} as const
export type NeedColumn = keyof typeof COLUMNS
const COLUMN_KEYS = Object.keys(COLUMNS).filter((key): key is NeedColumn => key in COLUMNS)
const FILLED_IN = ['children', 'quantity', 'amount'] as const

/** Cells of a row as they were written. */
export type NeedCells = Partial<Record<NeedColumn, string>>
export interface NeedSheetRow {
  row: number
  cells: NeedCells
}
export type NeedSheetRefusal = SheetRefusal | 'no_header' | 'no_rows'

const MOST_BYTES = 2 * 1024 * 1024
const MOST_ROWS = 3_000
/** Titles may stand above the header. */
const HEADER_WITHIN = 20

/**
 * Reads a sheet of reports: the rows below its header in which a figure is filled in, with the numbers a person sees.
 * @param readWorkbook the server's own, of its context
 * Refuses: what is no sheet; one without a header that names commune, category and figures; one with nothing filled in.
 */
export async function readNeedSheet(readWorkbook: ReadWorkbook, bytes: Uint8Array): Promise<Result<NeedSheetRow[], NeedSheetRefusal>> {
  const read = await readSheet(readWorkbook, bytes, { mostBytes: MOST_BYTES, mostRows: MOST_ROWS })
  if (!read.ok) return read
  const header = read.value.slice(0, HEADER_WITHIN).find(({ cells }) => isHeader(columnsOf(cells)))
  if (!header) return refuse('no_header')
  const columns = columnsOf(header.cells)
  const rows = read.value
    .filter(({ row }) => row > header.row)
    .map(({ row, cells }) => ({ row, cells: columns.reduce<NeedCells>((named, [key, at]) => ({ ...named, [key]: cells[at] ?? '' }), {}) }))
    .filter(({ cells }) => FILLED_IN.some((key) => (cells[key] ?? '') !== ''))
  return rows.length === 0 ? refuse('no_rows') : ok(rows)
}

function columnsOf(cells: readonly string[]): [NeedColumn, number][] {
  const heads = cells.map((cell) => fold(cell.replace(/\(.*\)/, '')))
  return COLUMN_KEYS.flatMap((key): [NeedColumn, number][] => {
    const at = heads.findIndex((head) => head === fold(COLUMNS[key].vi) || head === fold(COLUMNS[key].en))
    return at < 0 ? [] : [[key, at]]
  })
}

function isHeader(columns: [NeedColumn, number][]): boolean {
  const has = (key: NeedColumn) => columns.some(([known]) => known === key)
  return (has('communeCode') || has('commune')) && (has('categoryKey') || has('category')) && FILLED_IN.every(has)
}

export interface TemplateRow {
  communeCode: string
  commune: string
  categoryKey: string
  category: string
  unit: string
}

/** Makes the sheet that communes fill in: one row for each commune and category, figures left open. @returns an .xlsx file */
export function writeNeedTemplate(rows: readonly TemplateRow[], title: string, locale: Locale): Uint8Array {
  const head = COLUMN_KEYS.map((key) => pick(locale, COLUMNS[key].vi, COLUMNS[key].en))
  const sheet = utils.aoa_to_sheet([
    [title],
    head,
    ...rows.map(({ communeCode, commune, categoryKey, category, unit }) => [communeCode, commune, categoryKey, category, unit]),
  ])
  sheet['!cols'] = [10, 24, 12, 28, 20, 10, 10, 18, 14, 40].map((wch) => ({ wch }))
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, pick(locale, 'Nhu cầu', 'Needs'))
  const made: unknown = write(book, { type: 'buffer', bookType: 'xlsx', compression: true })
  if (!(made instanceof Uint8Array)) throw new Error('a workbook was not written')
  return made
}
