import { fold } from '../i18n/fold'
import { startOfDay, type Day } from '../time/day'
import { readAmount } from './amount'
import { readDate } from './day'
import { cellOf, type Columns } from './headers'
import { BOUNDS, shorten, textOf, type Cell, type Field, type Problem, type RowProblem, type SheetRow, type StatementLine } from './model'
import { balanceIn, isTotal } from './titles'

/** The lines of one row: a line, and its fee and VAT. */
export interface Group {
  row: number
  lines: Omit<StatementLine, 'section' | 'contradiction'>[]
  /** What they change the balance by. */
  sumVnd: bigint
  /** After all of them; null where the bank says none. */
  balanceVnd: bigint | null
}

/** What a row below the headers is. `ignored`: a total, a line without money, or words between lines. */
export type RowRead =
  { kind: 'lines'; group: Group; day: Day } | { kind: 'unreadable'; problem: Problem<RowProblem> } | { kind: 'words' } | { kind: 'ignored' }

const AMOUNTS = ['debit', 'credit', 'amount', 'fee', 'vat'] as const satisfies readonly Field[]

/** What came in and went out of a section so far: a row that says just that adds them up. */
export interface Sums {
  inVnd: bigint
  outVnd: bigint
}

/**
 * Reads a row below headers.
 * @param lastDay the day of the row above: banks write a day once for all of its lines
 * @param sums of the lines above
 */
export function readRow(row: SheetRow, columns: Columns, lastDay: Day | null, sums: Sums): RowRead {
  const cell = (field: Field) => cellOf(row, columns, field)
  const refused = (code: RowProblem, found: Cell): RowRead => ({ kind: 'unreadable', problem: problemAt(row, code, found) })
  const dayCell = cell('posted_on')
  const date = readDate(dayCell)
  if (!date && isTotal(row)) return { kind: 'ignored' }

  const amounts = new Map<(typeof AMOUNTS)[number], bigint>()
  let hasNought = false
  for (const field of AMOUNTS) {
    const amount = readAmount(cell(field))
    if (!amount.ok) {
      // Signatures and places stand below tables, in any column.
      if (!date && isWords(cell(field)) && (balanceIn(row) || !hasFacts(row, columns))) return { kind: 'words' }
      return refused(amount.refusal, cell(field))
    }
    if (amount.value === 0n) hasNought = true
    else if (amount.value !== null) amounts.set(field, amount.value)
  }
  if (amounts.size === 0) {
    if (!date) return { kind: 'words' }
    return hasNought ? { kind: 'ignored' } : refused('no_amount', null)
  }
  const { debit, credit } = { debit: amounts.get('debit') ?? 0n, credit: amounts.get('credit') ?? 0n }
  const memo = textOf(cell('memo')).trim()
  const reference = textOf(cell('reference')).trim()
  const isBare = !date && memo === '' && textOf(dayCell).trim() === ''
  if (isBare && abs(debit) === sums.outVnd && credit === sums.inVnd && sums.inVnd + sums.outVnd > 0n) return { kind: 'ignored' }
  if (debit !== 0n && credit !== 0n) return refused('both_sides', cell('credit'))
  if (!date && textOf(dayCell).trim() !== '') return refused('day', dayCell)
  const day = date?.day ?? lastDay
  if (day === null) return refused('no_day', dayCell)

  const signed = signedAmount(debit, credit, amounts.get('amount'), columns.fields.has('side') ? cell('side') : null)
  if (signed === null) return refused('no_side', cell('side'))
  const balance = readAmount(cell('balance'))
  if (!balance.ok) return refused(balance.refusal, cell('balance'))
  const moment = readDate(cell('transacted_at'))
  // What a bank writes about a moment after the day it booked is another column's meaning.
  const at = (moment && moment.day <= day ? (moment.at ?? startOfDay(moment.day)) : null) ?? date?.at ?? startOfDay(day)
  const facts = {
    ...{ row: row.number, postedOn: day, transactedAt: at, memo: memo.slice(0, BOUNDS.cellCharacters) },
    reference: referenceOf(columns, reference, dayCell, date?.rest ?? ''),
  }
  const parts = [
    { part: null, signedVnd: signed },
    { part: 'fee' as const, signedVnd: -abs(amounts.get('fee') ?? 0n) },
    { part: 'vat' as const, signedVnd: -abs(amounts.get('vat') ?? 0n) },
  ].filter(({ signedVnd }) => signedVnd !== 0n)
  const lines = parts.map(({ part, signedVnd }, index) => ({
    ...{ ...facts, part, amountVnd: abs(signedVnd), direction: signedVnd > 0n ? ('in' as const) : ('out' as const) },
    // What a bank tells elsewhere is the balance after the whole row.
    balanceVnd: index === 0 ? balance.value : null,
  }))
  const sumVnd = parts.reduce((sum, { signedVnd }) => sum + signedVnd, 0n)
  return { kind: 'lines', day, group: { row: row.number, lines, sumVnd, balanceVnd: balance.value } }
}

/** Debits are written with a minus by some banks and without by others. @returns null where nothing says which way it went */
function signedAmount(debit: bigint, credit: bigint, amount: bigint | undefined, side: Cell): bigint | null {
  if (debit !== 0n) return -abs(debit)
  if (credit !== 0n) return credit
  if (amount === undefined) return 0n
  const said = textOf(side).trim()
  if (said === '') return amount
  if (said === '-' || /^(?:d|dr|no|n|debit|ghi no|chi|tien ra)$/.test(fold(said))) return -abs(amount)
  return said === '+' || /^(?:c|cr|co|credit|ghi co|thu|tien vao)$/.test(fold(said)) ? abs(amount) : null
}

/** A reference may stand below the day, in the same cell. */
function referenceOf({ fields }: Columns, reference: string, dayCell: Cell, rest: string): string | null {
  const isShared = fields.get('reference')?.from === fields.get('posted_on')?.from
  const said = isShared ? (dayCell?.kind === 'text' ? rest : '') : reference
  return said === '' ? null : shorten(said, 120)
}

/** Whether a row without a day has something that only lines have: it goes on with the day above. */
const hasFacts = (row: SheetRow, columns: Columns): boolean =>
  textOf(cellOf(row, columns, 'reference')).trim() !== '' ||
  [...AMOUNTS, 'balance' as const].some((field) => {
    const amount = readAmount(cellOf(row, columns, field))
    return amount.ok && amount.value !== null
  })

const isWords = (cell: Cell): boolean => cell?.kind === 'text' && /\p{L}{3}/u.test(cell.text.replace(/VND/gi, ''))

export const problemAt = <Code extends string>(row: SheetRow, code: Code, found: Cell): Problem<Code> => ({
  ...{ code, row: row.number },
  ...(row.sheet === null ? {} : { sheet: row.sheet }),
  ...(textOf(found).trim() === '' ? {} : { found: shorten(textOf(found)) }),
})

const abs = (amount: bigint): bigint => (amount < 0n ? -amount : amount)
