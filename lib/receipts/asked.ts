import { normalizeCode } from '../pledges/codes'
import { readTypedNumber } from './numbers'

/** What somebody looks up: the entries of one number or several, or all that came with a code. */
export type Asked = { numbers: readonly bigint[]; code: null } | { numbers: null; code: string }

/** Between the numbers in an address: neither a part of one as people write it, nor the sign of a stretch. */
export const BETWEEN_NUMBERS = '_'

/** Reads what was typed: numbers as receipts print them, else a code. */
export function readAsked(typed: string): Asked {
  const numbers = typed.split(BETWEEN_NUMBERS).map(readTypedNumber)
  return numbers.every((number) => number !== null)
    ? { numbers: [...new Set(numbers)], code: null }
    : { numbers: null, code: normalizeCode(typed) }
}

/** What a page's address asks for; null where it asks for nothing. */
export function askedIn(query: string): Asked | null {
  const params = new URLSearchParams(query)
  const typed = [...params.getAll('ma'), ...params.getAll('muc')].find((one) => one.trim() !== '')
  return typed === undefined ? null : readAsked(typed)
}
