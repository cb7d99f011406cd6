import { readFileSync } from 'node:fs'
import { z } from 'zod'

const file = z.object({ cases: z.array(z.object({ to: z.string(), from: z.string(), memo: z.string(), no_code: z.boolean().optional() })) })

/** Published shapes of memos; {CODE} stands where the payment code stood. */
export const MEMO_SHAPES = file.parse(JSON.parse(readFileSync(new URL('../vectors/bank-memos.json', import.meta.url), 'utf8'))).cases

const CUTS = [50, 100, 140, 160, 210]

/** Every listed way in which banks mangle a memo. None of them touches what an intact code says. */
export const BANK_MANGLINGS: Record<string, (memo: string) => string> = {
  'as it is': (memo) => memo,
  'upper case': (memo) => memo.toUpperCase(),
  'lower case': (memo) => memo.toLowerCase(),
  'without diacritics': (memo) => memo.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D'),
  'a space after every 35th': (memo) => memo.replace(/[\s\S]{35}/g, '$& '),
  'a space lost at the 35th': (memo) => (memo[34] === ' ' ? memo.slice(0, 34) + memo.slice(35) : memo),
  'signs removed': (memo) => memo.replace(/[-._]/g, ''),
  'signs to spaces': (memo) => memo.replace(/[-._]/g, ' '),
  'exclamation marks spelled': (memo) => memo.replaceAll('!', 'asc(33)'),
  'a line break in the cell': (memo) => memo.replace(' ', '\n'),
  ...Object.fromEntries(CUTS.map((length) => [`cut at ${length}`, (memo: string) => memo.slice(0, length)])),
}

/** What people do around a code when they type it. */
export const TYPED_AROUND: Record<string, (code: string) => string> = {
  alone: (code) => code,
  'text before, no space': (code) => `ungho${code}`,
  'text after, no space': (code) => `${code}unghocacem`,
}

/** What people do to a code when they type it by hand: it is no longer exact. */
export const HAND_ERRORS: Record<string, (code: string, at: number, symbol: string) => string> = {
  'one wrong symbol': (code, at, symbol) => code.slice(0, 2 + at) + symbol + code.slice(3 + at),
  'one missing symbol': (code, at) => code.slice(0, 2 + at) + code.slice(3 + at),
  'two swapped symbols': (code, at) => {
    const first = 2 + Math.min(at, 5)
    return code.slice(0, first) + (code[first + 1] ?? '') + (code[first] ?? '') + code.slice(first + 2)
  },
}
