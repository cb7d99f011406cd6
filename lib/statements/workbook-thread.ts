import { parentPort, type MessagePort } from 'node:worker_threads'
import { read, type CellObject, type WorkBook } from '@e965/xlsx'
import type { Cell, Problem, Refusal, SheetRow } from './model'

/** What a thread that reads a workbook is given. It imports nothing of ours: it is started by itself. */
export interface ThreadInput {
  bytes: Uint8Array
  maxRows: number
  maxColumns: number
  maxCharacters: number
  rowsAtOnce: number
  /** A cell with a formula is what it came to, and not a formula. */
  takesResults: boolean
}

/** What it answers each time it is asked for more. */
export type ThreadAnswer = { kind: 'rows'; rows: SheetRow[] } | { kind: 'refused'; problem: Problem<Refusal> } | { kind: 'done' }

class Refused extends Error {
  readonly problem: Problem<Refusal>
  constructor(problem: Problem<Refusal>) {
    super(problem.code)
    this.problem = problem
  }
}

function* rowsOf({ bytes, maxRows, maxColumns, maxCharacters, takesResults }: ThreadInput): Generator<SheetRow> {
  const book = open(bytes, maxRows)
  let count = 0
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name]
    if (!sheet) continue
    const is1904 = book.Workbook?.WBProps?.date1904 ?? false
    const rows = sheet['!data'] ?? []
    for (const index of rows.keys()) {
      const cells = (rows[index] ?? []).slice(0, maxColumns + 1).map((cell) => toCell(cell, { is1904, takesResults }))
      if (!cells.some((cell) => cell != null)) continue
      count += 1
      if (count > maxRows) throw new Refused({ code: 'too_many_rows', row: index + 1, sheet: name })
      if (cells.some((cell) => cell?.kind === 'text' && cell.text.length > maxCharacters)) {
        throw new Refused({ code: 'cell_too_long', row: index + 1, sheet: name })
      }
      yield { sheet: name, number: index + 1, cells: Array.from(cells, (cell) => cell ?? null) }
    }
  }
}

function open(bytes: Uint8Array, maxRows: number): WorkBook {
  let book: WorkBook
  try {
    book = read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      bookVBA: true,
      sheetRows: maxRows + 1,
    })
  } catch (error) {
    const isLocked = error instanceof Error && /password|encrypt/i.test(error.message)
    throw new Refused({ code: isLocked ? 'locked' : 'damaged' })
  }
  const isMacro = Object.values(book.Sheets).some((sheet) => ['macro', 'dialog'].includes(String(sheet['!type'] ?? 'sheet')))
  if (book.vbaraw !== undefined || isMacro) throw new Refused({ code: 'macros' })
  return book
}

function toCell(cell: CellObject | undefined, { is1904, takesResults }: { is1904: boolean; takesResults: boolean }): Cell {
  if (!cell) return null
  if (!takesResults && (cell.f !== undefined || cell.F !== undefined)) return { kind: 'formula' }
  // Neither engine keeps a text with NUL, or half a letter, in it.
  if (typeof cell.v === 'string') return cell.v === '' ? null : { kind: 'text', text: cell.v.toWellFormed().replaceAll('\0', '') }
  if (typeof cell.v === 'boolean') return { kind: 'text', text: String(cell.v) }
  if (typeof cell.v !== 'number' || cell.t === 'z') return null
  if (cell.t === 'e') return { kind: 'text', text: '#' }
  return typeof cell.z === 'string' && isDateFormat(cell.z) ? toDate(cell.v, is1904) : { kind: 'number', value: cell.v }
}

/** Whether numbers of a format are dates: it names days, months, years or hours outside of quoted words and colours. */
const isDateFormat = (format: string): boolean => format !== 'General' && /[dmyhs]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))

const DAY_S = 86_400
/** The day before the first of Excel's, which believes in a 29 February 1900; the other count begins four years later. */
const BEGIN_MS = Date.UTC(1899, 11, 30)
const LATER_DAYS = 1_462

function toDate(serial: number, is1904: boolean): Cell {
  const seconds = Math.round((serial + (is1904 ? LATER_DAYS : 0)) * DAY_S)
  const text = new Date(BEGIN_MS + seconds * 1_000)
  if (Number.isNaN(text.getTime()) || serial < 0) return { kind: 'text', text: String(serial) }
  const [day = '', time = ''] = text.toISOString().slice(0, 19).split('T')
  return { kind: 'date', day, time: seconds % DAY_S === 0 ? null : time }
}

/** Answers by a batch of rows each time it is asked, so that no more lies between the threads than is wanted. */
function serve(port: MessagePort, input: ThreadInput): void {
  const rows = rowsOf(input)
  const answer = (): ThreadAnswer => {
    const batch: SheetRow[] = []
    while (batch.length < input.rowsAtOnce) {
      const next = rows.next()
      if (next.done) return batch.length > 0 ? { kind: 'rows', rows: batch } : { kind: 'done' }
      batch.push(next.value)
    }
    return { kind: 'rows', rows: batch }
  }
  port.on('message', () => {
    try {
      port.postMessage(answer())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      port.postMessage({ kind: 'refused', problem: error.problem } satisfies ThreadAnswer)
    }
  })
}

// The first message says what there is to read; each that follows asks for more.
const port = parentPort
port?.once('message', (input: ThreadInput) => serve(port, input))
