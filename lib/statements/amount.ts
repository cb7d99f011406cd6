import { ok, refuse, type Result } from '../result'
import type { Cell, RowProblem } from './model'

/** As many as any sum of the product has. */
const MOST_DIGITS = 15
const CURRENCY = /(?:VN[DĐ]|đồng|[đ₫])\s*$/i
/** "50.000", "1,234,567", "500,000.00", "1.234.567,0": one sign between thousands, the other before noughts. */
const GROUPED = /^\d{1,3}(?:(?:\.\d{3})+(?:,\d{1,3})?|(?:,\d{3})+(?:\.\d{1,3})?|(?:['\u2019 ]\d{3})+(?:[.,]\d{1,2})?)$/
/** "50000", "50000.00". */
const PLAIN = /^\d+(?:[.,]\d{1,2})?$/

/**
 * Reads an amount of đồng in either style of numbers. Đồng have no parts: "50.000" is fifty thousand, and what is left
 * after a decimal sign must be noughts.
 * @returns with its sign, in đồng; null for a cell without an amount, such as "-"
 */
export function readAmount(cell: Cell | undefined): Result<bigint | null, Extract<RowProblem, 'formula' | 'amount' | 'not_whole'>> {
  if (!cell) return ok(null)
  if (cell.kind === 'formula') return refuse('formula')
  if (cell.kind === 'date') return refuse('amount')
  if (cell.kind === 'number') {
    if (!Number.isFinite(cell.value)) return refuse('amount')
    if (!Number.isInteger(cell.value)) return refuse('not_whole')
    return Math.abs(cell.value) < 10 ** MOST_DIGITS ? ok(BigInt(cell.value)) : refuse('amount')
  }
  return readText(cell.text)
}

function readText(text: string): ReturnType<typeof readAmount> {
  const bare = text.replace(/[\s\u00a0\u202f]+/g, ' ').trim()
  if (bare === '' || /^[-–—]+$/.test(bare)) return ok(null)
  const inBrackets = /^\((.*)\)$/.exec(bare)
  const signed = (inBrackets?.[1] ?? bare).replace(CURRENCY, '').trim()
  const [, sign = '', digits = ''] = /^([-–−+]?)\s*(.*)$/.exec(signed) ?? []
  const isNegative = inBrackets !== null || (sign !== '' && sign !== '+')
  if (!GROUPED.test(digits) && !PLAIN.test(digits)) return refuse('amount')
  // In GROUPED a sign that comes last and differs from the ones before it stands before decimals; in PLAIN any does.
  const decimals = decimalsOf(digits)
  if (/[1-9]/.test(decimals)) return refuse('not_whole')
  const whole = digits.slice(0, digits.length - (decimals === '' ? 0 : decimals.length + 1)).replace(/\D/g, '')
  if (whole.length > MOST_DIGITS) return refuse('amount')
  return ok(isNegative ? -BigInt(whole) : BigInt(whole))
}

function decimalsOf(digits: string): string {
  const signs = [...digits.matchAll(/\D/g)].map(([sign]) => sign)
  const last = signs.at(-1)
  if (last === undefined || last === ' ') return ''
  const after = digits.slice(digits.lastIndexOf(last) + 1)
  if (signs.length === 1) return after.length === 3 ? '' : after
  return signs.indexOf(last) === signs.length - 1 ? after : ''
}
