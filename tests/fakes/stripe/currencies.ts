import { invalid } from './errors'
import { type Reader, text } from './params'

/** What donors pay in here. The account is settled in đồng. */
export const CURRENCIES = ['vnd', 'usd', 'eur'] as const
export type Currency = (typeof CURRENCIES)[number]

/** Đồng for one cent, as Stripe counts rates: smallest unit to smallest unit. */
export type Rates = Record<'usd' | 'eur', number>

/** With it, 50 US cents are the 13,000 ₫ that Stripe asks for at least. */
export const RATES: Rates = { usd: 260, eur: 301.5 }

/** No currency is charged above eight digits of its smallest unit. */
const MOST = 99_999_999
const LEAST_CENTS = 50

const symbols: Record<Currency, string> = { vnd: '₫', usd: '$', eur: '€' }

/** "₫13,000", "$0.50": as Stripe writes amounts into its messages. Đồng have no smaller unit. */
export function written(amount: number, currency: Currency): string {
  const digits = currency === 'vnd' ? 0 : 2
  const value = currency === 'vnd' ? amount : amount / 100
  return symbols[currency] + value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A currency's three letters; Stripe takes them in capitals too. */
export const currency: Reader<Currency> = (value, path) => {
  const letters = text()(value, path).toLowerCase()
  const found = CURRENCIES.find((candidate) => candidate === letters)
  if (found) return found
  throw invalid(`Invalid currency: ${letters}. Stripe currently supports these currencies: ${CURRENCIES.join(', ')}`, { param: path })
}

/** A currency of a stored object, whose type is any text. */
export function knownCurrency(letters: string): Currency {
  const found = CURRENCIES.find((candidate) => candidate === letters)
  if (!found) throw new Error(`no such currency here: ${letters}`)
  return found
}

/** The rate at which an amount is settled; null where it is in đồng already. */
export const rateOf = (from: Currency, rates: Rates): number | null => (from === 'vnd' ? null : rates[from])

/** An amount in đồng at today's rate, rounded to the đồng. */
export const inVnd = (amount: number, from: Currency, rates: Rates): number => Math.round(amount * (rateOf(from, rates) ?? 1))

/** Refuses a total that Checkout would not charge. */
export function checkTotal(total: number, of: Currency, rates: Rates): void {
  const subject = "The Checkout Session's total amount"
  if (total > MOST) throw invalid(`${subject} due must be no more than ${written(MOST, of)}.`, { code: 'amount_too_large' })
  if (of !== 'vnd' && total < LEAST_CENTS) {
    throw invalid(`${subject} due must add up to at least ${written(LEAST_CENTS, of)} ${of}`, { code: 'amount_too_small' })
  }
  const cents = inVnd(total, of, rates) / rates.usd
  if (of === 'vnd' && cents < LEAST_CENTS) {
    const why = `${written(total, of)} converts to approximately ${written(Math.floor(cents), 'usd')}.`
    throw invalid(`${subject} must convert to at least ${LEAST_CENTS} cents. ${why}`, { code: 'amount_too_small' })
  }
}
