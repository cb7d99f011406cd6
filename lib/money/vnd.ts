import type { Locale } from '../i18n/locale'

const NO_BREAK_SPACE = '\u00a0'
const MINUS = '\u2212'

/** Groups the digits of a whole number: 1250000 → "1.250.000" in Vietnamese, "1,250,000" in English. */
export function formatCount(value: bigint | number, locale: Locale): string {
  const digits = String(value < 0 ? -value : value)
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, locale === 'vi' ? '.' : ',')
  return value < 0 ? `${MINUS}${grouped}` : grouped
}

/** An amount of đồng, whole: "1.250.000 ₫" in Vietnamese, "₫1,250,000" in English. */
export function formatVnd(amountVnd: bigint, locale: Locale): string {
  if (locale === 'vi') return `${formatCount(amountVnd, locale)}${NO_BREAK_SPACE}₫`
  const sign = amountVnd < 0n ? MINUS : ''
  return `${sign}₫${formatCount(amountVnd < 0n ? -amountVnd : amountVnd, locale)}`
}

/** A share in tenths of a percent, rounded down: 1 of 3 → "33,3 %" in Vietnamese, "33.3%" in English. */
export function formatShare(part: bigint, whole: bigint, locale: Locale): string {
  if (whole <= 0n) throw new RangeError('a share needs a whole above zero')
  const tenths = (part * 1000n) / whole
  const fraction = tenths % 10n
  const number = fraction === 0n ? `${tenths / 10n}` : `${tenths / 10n}${locale === 'vi' ? ',' : '.'}${fraction}`
  return locale === 'vi' ? `${number}${NO_BREAK_SPACE}%` : `${number}%`
}

/** What people type of an amount, without what says nothing. */
const cleaned = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/(₫|đồng|đ|vnđ|vnd)$/u, '')
    .replace(/^₫/u, '')

/** Reads an amount whose thousands or millions are a word: "250k", "1,5 triệu", "2tr", "2 million"; null where it is none. */
export function parseVndInWords(text: string): bigint | null {
  const scaled = /^(\d{1,6})(?:[.,](\d{1,2}))?(k|nghìn|ngàn|thousand|tr|triệu|m|million|tỷ|tỉ|billion)$/u.exec(cleaned(text))
  if (!scaled) return null
  const [, whole = '', fraction = '', word = ''] = scaled
  const zeros = /^(k|nghìn|ngàn|thousand)$/u.test(word) ? 3 : /^(tr|triệu|m|million)$/u.test(word) ? 6 : 9
  return BigInt(whole + fraction.padEnd(zeros, '0'))
}

/**
 * Reads an amount as people type it: "250000", "250.000", "250,000 ₫", "250 000đ", or in words as above.
 * Three digits after a sign are a group of thousands, so "15.000k" is no amount.
 * @returns whole đồng of at most 15 digits, or null where it is not plainly such an amount
 */
export function parseVnd(text: string): bigint | null {
  const inWords = parseVndInWords(text)
  if (inWords !== null) return inWords
  const digits = cleaned(text)
  if (/^\d{1,15}$/.test(digits)) return BigInt(digits)
  if (/^\d{1,3}(\.\d{3}){1,4}$/.test(digits) || /^\d{1,3}(,\d{3}){1,4}$/.test(digits)) return BigInt(digits.replace(/[.,]/g, ''))
  return null
}
