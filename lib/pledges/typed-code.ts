import { isPaymentCode, normalizeCode } from './codes'

/** What a typed code comes to: a code to look up, or what is wrong with it. */
export type TypedCode =
  | { kind: 'empty' }
  | { kind: 'code'; code: string }
  /** Has symbols that codes never use because people mix them up. */
  | { kind: 'confused'; code: string; symbols: string[] }
  | { kind: 'length'; code: string; count: number }
  | { kind: 'shape'; code: string }
  /** Right in shape, wrong in its check symbol. */
  | { kind: 'typo'; code: string }

const CONFUSING = ['0', 'O', '1', 'I', 'L']
const LENGTH = 9
const LONGEST_SHOWN = 40

/** Reads a code as people type it; Đ is read as the D of TD. */
export function readTypedCode(typed: string): TypedCode {
  const code = normalizeCode(typed.normalize('NFC').replace(/[đĐ]/g, 'D'))
  if (code === '') return typed.trim() === '' ? { kind: 'empty' } : { kind: 'shape', code: typed.trim().slice(0, LONGEST_SHOWN) }
  if (isPaymentCode(code)) return { kind: 'code', code }
  const shown = code.slice(0, LONGEST_SHOWN)
  if (!code.startsWith('TD')) return { kind: 'shape', code: shown }
  const symbols = CONFUSING.filter((symbol) => code.slice(2).includes(symbol))
  if (symbols.length > 0 && code.length === LENGTH) return { kind: 'confused', code: shown, symbols }
  if (code.length !== LENGTH) return { kind: 'length', code: shown, count: code.length }
  return { kind: 'typo', code: shown }
}
