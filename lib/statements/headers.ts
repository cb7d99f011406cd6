import { fold } from '../i18n/fold'
import { textOf, type Cell, type Field, type Mapping, type SheetRow } from './model'

/**
 * How banks head their columns, in Vietnamese and English, folded: Vietcombank's two layouts, BIDV, VietinBank, MB and
 * Techcombank, and what others write for the same. Of several dates the bank's own day is the first that is there.
 */
const WORDS = {
  posted: [
    ['ngay hach toan', 'ngay hieu luc', 'ngay ghi so', 'posting date', 'booking date', 'effective date', 'accounting date', 'post date'],
    ['ngay giao dich', 'transaction date', 'tnx date', 'txn date', 'trans date', 'ngay gd', 'value date', 'ngay gia tri'],
    ['ngay phat sinh', 'ngay', 'date', 'thoi gian', 'thoi gian giao dich', 'transaction time', 'ngay gio'],
    ['requesting date', 'ngay yeu cau'],
  ],
  debit: [
    'so tien ghi no',
    'ghi no',
    'phat sinh no',
    'ps no',
    'so tien no',
    'so tien rut',
    'debit',
    'debit amount',
    'withdrawal',
    'tien ra',
  ],
  credit: [
    'so tien ghi co',
    'ghi co',
    'phat sinh co',
    'ps co',
    'so tien co',
    'so tien gui',
    'co',
    'credit',
    'credit amount',
    'deposit',
    'tien vao',
  ],
  amount: ['so tien', 'so tien giao dich', 'amount', 'transaction amount', 'gia tri giao dich'],
  side: ['no co', 'debit credit', 'd c', 'dr cr', 'loai', 'loai giao dich', 'dau', 'type'],
  balance: ['so du', 'so du tk', 'so du tai khoan', 'so du luy ke', 'so du sau giao dich', 'balance', 'running balance', 'account balance'],
  reference: [
    ...['so tham chieu', 'so ct', 'so chung tu', 'so but toan', 'so giao dich', 'so gd', 'ma giao dich', 'ma gd', 'ma tham chieu'],
    ...['reference', 'reference no', 'reference number', 'ref no', 'ref', 'transaction no', 'transaction id', 'doc no', 'so ref'],
  ],
  memo: [
    ...['mo ta', 'mo ta giao dich', 'noi dung', 'noi dung chi tiet', 'noi dung giao dich', 'chi tiet giao dich', 'dien giai'],
    ...['description', 'details', 'transaction details', 'transaction description', 'remark', 'remarks', 'particulars', 'narrative'],
  ],
  fee: ['fee', 'phi', 'phi giao dich', 'transaction fee', 'fee amount'],
  vat: ['vat', 'thue', 'thue vat', 'thue gtgt', 'tax'],
  account: ['so tai khoan', 'so tk', 'account no', 'account number'],
} as const

const PLAIN_FIELDS = ['debit', 'credit', 'amount', 'side', 'balance', 'reference', 'memo', 'fee', 'vat', 'account'] as const

/** Where a field stands: columns that have no header of their own belong to the one before them, as merged cells do. */
export interface Span {
  from: number
  until: number
}

/** The columns of a table, as its headers say. */
export interface Columns {
  fields: ReadonlyMap<Field, Span>
  /** The headers, folded: the same again is a page break. */
  headers: readonly string[]
  /** How many rows they take. */
  rows: 1 | 2
}

/**
 * Finds the columns of a table if its headers stand in a row, or in it and the next.
 * @param mappings what people said the columns of files of the fund are; they go before the words of banks
 * @returns null where this row heads no table of bank lines
 */
export function findColumns(row: SheetRow, next: SheetRow | null, mappings: readonly Mapping[]): Columns | null {
  const here = headersOf(row.cells)
  const own = columnsOf(here, mappings, 1)
  if (own?.fields.has('debit') || !next || next.cells.some((cell) => cell !== null && cell.kind !== 'text')) return own
  const below = headersOf(next.cells)
  // A title above headers is none of them.
  if (!here.some((text) => text !== '') || (!own && columnsOf(below, mappings, 1))) return own
  // A header over several columns says what they have in common, "Số tiền"; the row below tells them apart.
  const both = columnsOf(
    Array.from({ length: Math.max(here.length, below.length) }, (_, at) => below[at] || here[at] || ''),
    mappings,
    2,
  )
  return both?.fields.has('debit') ? both : (own ?? both)
}

/** Texts of a row that may be headers, as they stand there. */
const headersOf = (cells: readonly Cell[]): string[] => cells.map((cell) => (cell?.kind === 'text' ? cell.text.trim() : ''))

function columnsOf(texts: readonly string[], mappings: readonly Mapping[], rows: 1 | 2): Columns | null {
  const headers = texts.map(fold)
  for (const mapping of mappings) {
    const asSaid = mappingColumns(headers, mapping)
    if (asSaid) return { fields: spans(asSaid, headers), headers, rows }
  }
  const found = wordColumns(texts)
  return isEnough(found) ? { fields: spans(found, headers), headers, rows } : null
}

function mappingColumns(headers: readonly string[], mapping: Mapping): Map<Field, number> | null {
  const found = new Map<Field, number>()
  for (const [header, field] of Object.entries(mapping)) {
    const at = headers.indexOf(header)
    if (at < 0) return null
    found.set(field, at)
  }
  return isEnough(found) ? found : null
}

/** What a table must have to be bank lines: a day, and amounts that say which way they went. */
export const isEnough = (fields: Pick<ReadonlyMap<Field, unknown>, 'has'>): boolean =>
  fields.has('posted_on') && (fields.has('amount') || (fields.has('debit') && fields.has('credit')))

/** What a header may be called: as a whole, and where it is written in two languages, each of them. */
function namesOf(text: string): string[] {
  const bare = text.replace(/\((?:[^)]*)\)/g, ' ').replace(/\bVN[DĐ]\b/gi, ' ')
  return [...new Set([bare, ...bare.split(/[\n\r/|]/)].map(fold).filter((name) => name !== ''))]
}

function wordColumns(texts: readonly string[]): Map<Field, number> {
  const names = texts.map(namesOf)
  const taken = new Map<Field, number>()
  const find = (words: readonly string[], except: ReadonlySet<number> = new Set()): number => {
    // As a whole before in parts: "Nợ/Có" is neither debit nor credit.
    const whole = names.findIndex(([first], at) => !except.has(at) && first !== undefined && words.includes(first))
    return whole >= 0 ? whole : names.findIndex((of, at) => !except.has(at) && of.slice(1).some((name) => words.includes(name)))
  }
  const side = names.findIndex(([first]) => first !== undefined && isOneOf(WORDS.side, first))
  if (side >= 0) taken.set('side', side)
  const notSide = new Set(side >= 0 ? [side] : [])
  for (const field of PLAIN_FIELDS) {
    if (field === 'side') continue
    const at = find(WORDS[field], notSide)
    if (at >= 0) taken.set(field, at)
  }
  if (!taken.has('debit')) {
    const at = findNo(texts, names, taken.has('credit'))
    if (at >= 0) taken.set('debit', at)
  }
  const dates = WORDS.posted.map((words) => find(words)).filter((at) => at >= 0)
  const [posted, ...others] = [...new Set(dates)]
  if (posted !== undefined) taken.set('posted_on', posted)
  const moment = others.at(-1)
  if (moment !== undefined) taken.set('transacted_at', moment)
  return taken
}

const isOneOf = (words: readonly string[], word: string): boolean => words.includes(word)

/** "Nợ" is debit; so is "No" where a column of credit stands beside it. "No." is a number. */
function findNo(texts: readonly string[], names: readonly string[][], hasCredit: boolean): number {
  return names.findIndex(
    (of, at) => of.includes('no') && (/nợ/i.test((texts[at] ?? '').normalize('NFC')) || (hasCredit && !/\bno\./i.test(texts[at] ?? ''))),
  )
}

function spans(found: ReadonlyMap<Field, number>, headers: readonly string[]): Map<Field, Span> {
  return new Map(
    [...found].map(([field, from]) => {
      const next = headers.findIndex((text, at) => at > from && text !== '')
      return [field, { from, until: next < 0 ? from + 1 : next }]
    }),
  )
}

/** The cell of a field: the first of its columns in which something stands. */
export function cellOf(row: SheetRow, { fields }: Columns, field: Field): Cell {
  const span = fields.get(field)
  if (!span) return null
  for (let at = span.from; at < span.until; at += 1)
    if (textOf(row.cells[at]) !== '' || row.cells[at]?.kind === 'formula') return row.cells[at] ?? null
  return null
}
