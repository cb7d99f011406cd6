import { fold } from '../i18n/fold'
import type { Day } from '../time/day'
import { readAmount } from './amount'
import { readDate } from './day'
import { textOf, type SheetRow } from './model'

const ACCOUNT =
  /\b(?:so tai khoan|tai khoan so|so tk|stk|tai khoan|account number|account no|account|a c no)((?: (?:so tai khoan|account number|account no|account|number|no|so))*) (\d[\d ]*\d)/
const OPENING = /^(?:so du dau(?: ky| ngay)?|so du ban dau|so du truoc|opening balance|beginning balance|balance brought forward)\b/
const CLOSING = /^(?:so du cuoi(?: ky| ngay)?|so du hien tai|closing balance|ending balance|balance carried forward)\b/
const TOTAL =
  /^(?:tong(?: cong| so)?(?: phat sinh| so phat sinh| tien| giao dich| ghi no| ghi co| so tien| no| co)*|cong(?: so)? phat sinh(?: trong ky)?|cong(?: don)?|(?:grand |sub )?totals?(?: amount| debit| credit| transactions)*|sum)$/

/** Which account a title names, in digits; null where it names none. */
export function accountIn(row: SheetRow): string | null {
  const digits = ACCOUNT.exec(foldRow(row))?.[2]?.replaceAll(' ', '')
  return digits !== undefined && digits.length >= 6 ? digits.slice(0, 19) : null
}

/** A balance that a title says, before the lines or after them; null where it says none. */
export function balanceIn(row: SheetRow): { which: 'opening' | 'closing'; amountVnd: bigint } | null {
  for (const [at, cell] of row.cells.entries()) {
    const text = textOf(cell)
    const name = fold(text)
    const which = OPENING.test(name) ? 'opening' : CLOSING.test(name) ? 'closing' : null
    if (which === null) continue
    const beside = [{ kind: 'text' as const, text: text.slice(text.lastIndexOf(':') + 1) }, ...row.cells.slice(at + 1)]
    for (const candidate of beside) {
      const amount = readAmount(candidate)
      if (amount.ok && amount.value !== null) return { which, amountVnd: amount.value }
    }
  }
  return null
}

const DAY = String.raw`(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})`
const PERIOD = new RegExp(`${DAY}.{1,40}?${DAY}`, 's')

/** The period that a title names, "Từ ngày 01/11/2026 đến ngày 30/11/2026"; null where it names none. */
export function periodIn(row: SheetRow): { from: Day; to: Day } | null {
  const text = row.cells.map((cell) => textOf(cell)).join(' ')
  if (!/\b(?:tu|from|ky|period)\b/.test(fold(text))) return null
  const [, from = '', to = ''] = PERIOD.exec(text) ?? []
  const [first, last] = [from, to].map((day) => readDate({ kind: 'text', text: day })?.day)
  return first !== undefined && last !== undefined && first <= last ? { from: first, to: last } : null
}

/** Whether the first text of a row says that it adds others up. */
export function isTotal(row: SheetRow): boolean {
  const first = row.cells
    .map((cell) => (cell?.kind === 'text' ? fold(cell.text.replace(/\(.*?\)|\/.*$/g, ' ')) : ''))
    .find((text) => text !== '')
  return first !== undefined && TOTAL.test(first)
}

const foldRow = (row: SheetRow): string => fold(row.cells.map((cell) => textOf(cell)).join(' '))
