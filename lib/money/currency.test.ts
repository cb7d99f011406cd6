import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatForeign, formatRate, parseMinor, writtenMinor } from './currency'

describe('an amount of another currency', () => {
  test('is read as people type it', () => {
    for (const [text, cents] of [
      ['20', 2_000n],
      ['20.5', 2_050n],
      ['20,50', 2_050n],
      ['$20', 2_000n],
      ['US$ 1,000', 100_000n],
      ['1.000,50 €', 100_050n],
      ['1,000.50', 100_050n],
      ['1 000', 100_000n],
      ['20 usd', 2_000n],
    ] as const)
      expect(parseMinor(text), text).toBe(cents)
  })

  test('is not guessed', () => {
    for (const text of ['', 'abc', '-5', '1,000,50', '1.000.50', '1e3', '20,', '٢٠', '1234567890'])
      expect(parseMinor(text), text).toBeNull()
  })

  test('that a form shows again is the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999n }), (cents) => {
        expect(parseMinor(writtenMinor(cents))).toBe(cents)
      }),
    )
  })

  test('is written in the reader’s way', () => {
    expect(formatForeign(123_450n, 'usd', 'en')).toBe('US$1,234.50')
    expect(formatForeign(123_450n, 'eur', 'vi')).toBe('1.234,50\u00a0€')
  })
})

test.each<[string, 'usd' | 'eur', string, string]>([
  ['260', 'usd', '1\u00a0US$ = 26.000\u00a0₫', 'US$1 = ₫26,000'],
  ['301.5', 'eur', '1\u00a0€ = 30.150\u00a0₫', '€1 = ₫30,150'],
  ['260.12999999', 'usd', '1\u00a0US$ = 26.012,99\u00a0₫', 'US$1 = ₫26,012.99'],
  ['260.0005', 'usd', '1\u00a0US$ = 26.000,05\u00a0₫', 'US$1 = ₫26,000.05'],
])('a rate of %s is never rounded up', (rate, currency, vi, en) => {
  expect([formatRate(rate, currency, 'vi'), formatRate(rate, currency, 'en')]).toEqual([vi, en])
})
