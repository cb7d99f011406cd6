import { ok, refuse } from '../result'
import { RefusedFile, type Cell } from '../statements/model'
import { readWorkbook } from '../statements/workbook'
import type { ReadWorkbook, SheetRow } from './model'

/** The first byte of a zip archive, which an .xlsx is. */
const ZIP = 0x50

/**
 * Reads the first sheet of a workbook in a thread with bounded memory and time, as statements are. Numbers come as plain
 * digits, whatever format they are shown in; a formula is what it came to.
 */
export const readFirstSheet: ReadWorkbook = async (bytes, { mostBytes, mostRows }) => {
  const rows: SheetRow[] = []
  let first: string | null | undefined
  try {
    const bounds = { bytes: mostBytes, rows: mostRows, takesResults: true }
    for await (const { sheet, number, cells } of readWorkbook(Buffer.from(bytes), bytes[0] === ZIP ? 'xlsx' : 'xls', bounds)) {
      first ??= sheet
      if (sheet !== first) break
      rows.push({ row: number, cells: cells.map(written) })
    }
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error
    const { code } = error.problem
    return refuse(code === 'too_large' || code === 'too_many_rows' ? code : 'damaged')
  }
  return ok(rows)
}

function written(cell: Cell): string {
  switch (cell?.kind) {
    case 'text':
      return cell.text.normalize('NFC').trim()
    case 'number':
      return String(cell.value)
    case 'date':
      return cell.day
    default:
      return ''
  }
}
