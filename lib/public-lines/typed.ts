import { fold } from '../i18n/fold'
import { parseVnd, parseVndInWords } from '../money/vnd'
import { CODE_ALPHABET } from '../pledges/codes'
import { readTypedCode } from '../pledges/typed-code'
import { isDay, periodDays, type Day } from '../time/day'
import type { LineFilter } from './model'

/** Most words of a text that are looked for. */
const MOST_WORDS = 8
/** No bank's line is older; and the database knows no year 0. */
const FIRST_YEAR = '1900'
/** A payment code as far as it was typed, without spaces. With fewer symbols too many codes begin so. */
const BEGUN_CODE = new RegExp(`^TD[${CODE_ALPHABET}]{3,6}$`, 'i')
const AMOUNT = /^[\d.,\s₫]{4,}(đ|đồng|vnd|vnđ)?$/iu

/** What one field asks for. */
export type Looked = Pick<LineFilter, 'words' | 'code' | 'entry' | 'direction'> & { exactVnd: bigint | null }

/**
 * One field for a code or its beginning, a sum, the number of an entry, or words: what it is shows in how it is written.
 * A sum may have the sign it has in a row: then it is one that came, or one that went.
 */
export function readTyped(typed: string): Looked | { error: 'not_a_code' | 'no_words' } {
  const nothing: Looked = { words: [], code: null, entry: null, direction: null, exactVnd: null }
  if (typed === '') return nothing
  const code = readTypedCode(typed)
  if (code.kind === 'code') return { ...nothing, code: code.code }
  if (code.kind === 'typo' || code.kind === 'confused') return { error: 'not_a_code' }
  const text = typed.normalize('NFC')
  if (BEGUN_CODE.test(text)) return { ...nothing, code: text.toUpperCase() }
  const [, entry = ''] = /^(?:mục|muc|entry|#)\s*(\d{1,15}|\d{1,3}(?:[.,]\d{3})+)$/iu.exec(text) ?? []
  if (entry !== '') return { ...nothing, entry: BigInt(entry.replace(/[.,]/g, '')) }
  const [, sign = '', sum = ''] = /^([+\u2212-]?)\s*(.*)$/su.exec(text) ?? []
  const exactVnd = AMOUNT.test(sum) ? parseVnd(sum) : parseVndInWords(sum)
  if (exactVnd !== null) return { ...nothing, exactVnd, direction: sign === '' ? null : sign === '+' ? 'in' : 'out' }
  const words = fold(text).split(' ').filter(Boolean).slice(0, MOST_WORDS)
  return words.length === 0 ? { error: 'no_words' } : { ...nothing, words }
}

/**
 * The days that somebody means: "2026-11-23" as addresses have it; as people type it "23/11/2026", "23/11/26", "23/11"
 * (when that was last), a month "11/2026", a year "2026".
 * @returns the first and the last of them; null where the calendar has none such
 */
export function readDays(text: string, today: Day): { from: Day; to: Day } | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(text) ?? []
  const [, monthOf = '', yearOf = ''] = /^(\d{1,2})[/.-](\d{4})$/.exec(text) ?? []
  const two = (digits: string) => digits.padStart(2, '0')
  const inYear = (one: string) => `${one}-${two(month)}-${two(day)}`
  const last = inYear(today.slice(0, 4))
  const said = yearOf
    ? `${yearOf}-${two(monthOf)}`
    : !month
      ? text
      : year
        ? inYear(year.length === 2 ? `20${year}` : year)
        : last <= today
          ? last
          : inYear(String(Number(today.slice(0, 4)) - 1))
  if (!/^\d{4}(-\d{2}){0,2}$/.test(said) || said < FIRST_YEAR) return null
  const days = periodDays(said)
  return isDay(days.from) ? days : null
}
