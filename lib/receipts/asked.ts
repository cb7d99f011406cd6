import { normalizeCode } from '../pledges/codes'
import { readTypedNumber } from './numbers'

/** What somebody looks up: the entry of a number, or all that came with a code. */
export type Asked = { number: bigint; code: null } | { number: null; code: string }

/** Reads what was typed: a number as receipts print it, else a code. */
export function readAsked(typed: string): Asked {
  const number = readTypedNumber(typed)
  return number === null ? { number, code: normalizeCode(typed) } : { number, code: null }
}

/** What a page's address asks for; null where it asks for nothing. */
export function askedIn(query: string): Asked | null {
  const params = new URLSearchParams(query)
  const typed = [...params.getAll('ma'), ...params.getAll('muc')].find((one) => one.trim() !== '')
  return typed === undefined ? null : readAsked(typed)
}
