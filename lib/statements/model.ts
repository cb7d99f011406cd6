import type { Day } from '../time/day'

/** What a file may be, so that reading it stays within bounds. A year of a fund has some ten thousand lines. */
export const BOUNDS = {
  /** Of a .csv, which is read as it streams by. */
  csvBytes: 256 * 1024 * 1024,
  /** Of an .xls or .xlsx, which is in memory as a whole while it is read. */
  workbookBytes: 16 * 1024 * 1024,
  /** What the parts of an .xlsx come to when they are unpacked. */
  unpackedBytes: 192 * 1024 * 1024,
  workbookRows: 100_000,
  csvRows: 2_000_000,
  columns: 64,
  /** Of one cell; memos of banks have some two hundred characters. */
  cellCharacters: 4_000,
  /** Title lines above the headers. */
  titleRows: 200,
  /** Accounts, or sheets with lines, of one file. */
  sections: 100,
} as const

/** What stands in a cell. A formula is what somebody computed, never what a bank said. */
export type Cell =
  | { kind: 'text'; text: string }
  | { kind: 'number'; value: number }
  /** A date of Excel, with "14:02:37" where it has a time. */
  | { kind: 'date'; day: Day; time: string | null }
  | { kind: 'formula' }
  | null

/** A row of a sheet, or of a .csv, which has no sheets. */
export interface SheetRow {
  sheet: string | null
  /** As Excel numbers it, from 1. */
  number: number
  cells: readonly Cell[]
}

/** What a column may tell. */
export const FIELDS = [
  'posted_on',
  'transacted_at',
  'debit',
  'credit',
  'amount',
  'side',
  'balance',
  'reference',
  'memo',
  'fee',
  'vat',
  'account',
] as const
export type Field = (typeof FIELDS)[number]

export const isField = (text: string): text is Field => FIELDS.some((field) => field === text)

/** Which field a column has, by the folded text of its header. */
export type Mapping = Readonly<Record<string, Field>>

/** Why a file cannot be taken at all. */
export type Refusal =
  | 'empty'
  | 'not_a_statement_file'
  | 'markup'
  | 'locked'
  | 'macros'
  | 'damaged'
  | 'too_large'
  | 'unpacks_too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'too_many_sections'
  | 'cell_too_long'
  | 'too_slow'
  | 'no_headers'
  | 'no_lines'
  | 'no_account'
  | 'foreign_account'
  | 'other_account'

/** Why a row cannot be read as a line. */
export type RowProblem = 'formula' | 'amount' | 'not_whole' | 'both_sides' | 'no_amount' | 'no_side' | 'day' | 'no_day'

/** Why a line contradicts its file: the balance before it and its amount do not come to the balance after it. */
export type Contradiction = 'balance' | 'opening' | 'closing'

/** Where something is wrong, and what stands there. */
export interface Problem<Code extends string = string> {
  code: Code
  row?: number
  sheet?: string
  found?: string
}

/** Thrown while a file is read: it can't be taken, and nothing of it is. */
export class RefusedFile extends Error {
  constructor(readonly problem: Problem<Refusal>) {
    super(`the file is refused: ${problem.code}`)
  }
}

/** One line of a statement. */
export interface StatementLine {
  section: number
  row: number
  /** A fee and its VAT are lines of their own; null on the line itself. */
  part: 'fee' | 'vat' | null
  postedOn: Day
  /** When it happened, where the bank says so; else the beginning of the day. */
  transactedAt: Date
  direction: 'in' | 'out'
  /** Above zero. */
  amountVnd: bigint
  /** After the line, with its fee and VAT; null where the bank says none. */
  balanceVnd: bigint | null
  reference: string | null
  memo: string
  contradiction: Problem<Contradiction> | null
}

/** A row that has to be a line and can't be read as one. */
export interface UnreadableRow {
  section: number
  row: number
  problem: Problem<RowProblem>
}

/** What a file says of one account, before its lines and after them. */
export interface SectionStart {
  position: number
  accountNumber: string
}
export interface SectionEnd {
  position: number
  /** The period it is of, where its title names one. */
  period: { from: Day; to: Day } | null
  openingVnd: bigint | null
  closingVnd: bigint | null
  isNewestFirst: boolean
}

/** What reading a file gives, in the order of the file. */
export type Item =
  | { kind: 'section'; section: SectionStart }
  | { kind: 'line'; line: StatementLine }
  | { kind: 'unreadable'; unreadable: UnreadableRow }
  | { kind: 'end'; end: SectionEnd }

/** A text for people to find a place by, short enough to be kept. */
export const shorten = (text: string, most = 60): string => {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain
}

/** What a cell says, as text. */
export function textOf(cell: Cell | undefined): string {
  if (!cell || cell.kind === 'formula') return ''
  if (cell.kind === 'text') return cell.text
  return cell.kind === 'number' ? String(cell.value) : [cell.day, cell.time].filter(Boolean).join(' ')
}

/** What a line of a file is beside the books. */
export const LINE_KINDS = ['new', 'known', 'possible_duplicate', 'contradictory', 'unreadable'] as const
export type LineKind = (typeof LINE_KINDS)[number]
export const isLineKind = (text: string): text is LineKind => LINE_KINDS.some((kind) => kind === text)

export type FileState = 'waiting' | 'needs_mapping' | 'comparing' | 'read' | 'refused' | 'accepted' | 'booked' | 'thrown_away'

/** Whether something is done for a file without anybody: its page looks again by itself. */
export const isUnderWay = (state: FileState): boolean => state === 'waiting' || state === 'comparing' || state === 'accepted'

/** A file as its fund's people see it. */
export interface FileView {
  id: bigint
  name: string
  format: 'csv' | 'xls' | 'xlsx'
  bytes: number
  state: FileState
  /** Why it was refused. */
  problem: Problem | null
  /** Null until all lines are compared. */
  counts: Record<LineKind, number> | null
  linesRead: number
  linesCompared: number
  linesBooked: number
  uploadedBy: string
  uploadedAt: Date
  acceptedBy: string | null
  acceptedAt: Date | null
  acceptedDespite: string | null
  thrownAwayBy: string | null
}

/** What a file says of an account. */
export interface SectionView {
  position: number
  alias: string
  accountNumber: string
  openingVnd: bigint | null
  closingVnd: bigint | null
  fromDay: Day | null
  toDay: Day | null
}

/** A line as the page of its file shows it. */
export interface PreviewLine {
  number: number
  row: number
  part: 'fee' | 'vat' | null
  postedOn: Day | null
  direction: 'in' | 'out' | null
  amountVnd: bigint | null
  balanceVnd: bigint | null
  reference: string | null
  /** Private. */
  memo: string
  kind: LineKind | null
  problem: Problem | null
  /** The line of the books that it is, or may be. */
  bankLineId: string | null
}
