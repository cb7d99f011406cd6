import type { Locale } from '../i18n/locale'
import { formatCount } from './vnd'

/** Currencies besides đồng in which a card can be charged. Both have a hundred cents. */
export const FOREIGN_CURRENCIES = ['usd', 'eur'] as const
export type ForeignCurrency = (typeof FOREIGN_CURRENCIES)[number]

export const isForeignCurrency = (text: string): text is ForeignCurrency => FOREIGN_CURRENCIES.some((known) => known === text)

const SIGNS: Record<ForeignCurrency, string> = { usd: 'US$', eur: '€' }
const NO_BREAK_SPACE = '\u00a0'

/** An amount of cents as a form shows it again: 2050 → "20.50". */
export const writtenMinor = (amountMinor: bigint): string => `${amountMinor / 100n}.${String(amountMinor % 100n).padStart(2, '0')}`

/** An amount of another currency: "20,50 US$" in Vietnamese, "US$20.50" in English. */
export function formatForeign(amountMinor: bigint, currency: ForeignCurrency, locale: Locale): string {
  const cents = String(amountMinor % 100n).padStart(2, '0')
  const number = `${formatCount(amountMinor / 100n, locale)}${locale === 'vi' ? ',' : '.'}${cents}`
  return locale === 'vi' ? `${number}${NO_BREAK_SPACE}${SIGNS[currency]}` : `${SIGNS[currency]}${number}`
}

/**
 * What one dollar or euro came to, to the hundredth of a đồng, cut down: "1 US$ = 26.012,91 ₫" in Vietnamese,
 * "US$1 = ₫26,012.91" in English.
 * @param rate đồng for one cent, as a decimal: "260.12913"
 */
export function formatRate(rate: string, currency: ForeignCurrency, locale: Locale): string {
  const [whole = '', fraction = ''] = rate.split('.')
  const hundredths = BigInt(whole + fraction.slice(0, 4).padEnd(4, '0'))
  const rest = hundredths % 100n
  const digits = rest === 0n ? '' : `${locale === 'vi' ? ',' : '.'}${String(rest).padStart(2, '0')}`
  const number = `${formatCount(hundredths / 100n, locale)}${digits}`
  if (locale === 'vi') return `1${NO_BREAK_SPACE}${SIGNS[currency]} = ${number}${NO_BREAK_SPACE}₫`
  return `${SIGNS[currency]}1 = ₫${number}`
}

/**
 * Reads an amount of dollars or euros as people type it: "20", "20.5", "20,50", "1,000", "1.000,50", "$20".
 * Three digits after a single sign are a group of thousands.
 * @returns cents, or null where it is not plainly an amount
 */
export function parseMinor(text: string): bigint | null {
  const cleaned = text
    .toLowerCase()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/^(?:us\$|\$|€|usd|eur)|(?:us\$|\$|€|usd|eur)$/g, '')
  const match = /^(\d{1,9}|\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?:\.\d{3}){1,2})(?:([.,])(\d{1,2}))?$/.exec(cleaned)
  if (!match) return null
  const [, whole = '', sign, cents = ''] = match
  // "1,000,50" groups and divides by one sign: no amount that two people read alike.
  if (sign !== undefined && whole.includes(sign)) return null
  return BigInt(whole.replace(/[.,]/g, '')) * 100n + BigInt(cents.padEnd(2, '0'))
}
