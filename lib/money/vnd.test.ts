import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCount, formatShare, formatVnd, parseVnd, parseVndInWords } from './vnd'

describe('a sum', () => {
  test.each<[bigint, string, string]>([
    [0n, '0\u00a0₫', '₫0'],
    [999n, '999\u00a0₫', '₫999'],
    [1_250_000n, '1.250.000\u00a0₫', '₫1,250,000'],
    [-5_000n, '\u22125.000\u00a0₫', '\u2212₫5,000'],
    [9_007_199_254_740_993n, '9.007.199.254.740.993\u00a0₫', '₫9,007,199,254,740,993'],
  ])('%s is written whole in both languages', (amount, vi, en) => {
    expect([formatVnd(amount, 'vi'), formatVnd(amount, 'en')]).toEqual([vi, en])
  })

  test('is read again as it was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.constantFrom('vi', 'en'), (amount, locale) => {
        expect(parseVnd(formatVnd(amount, locale))).toBe(amount)
        expect(parseVnd(formatCount(amount, locale))).toBe(amount)
      }),
    )
  })
})

test('a share is never rounded up', () => {
  expect([formatShare(1n, 3n, 'vi'), formatShare(1n, 3n, 'en'), formatShare(999_999n, 1_000_000n, 'vi')]).toEqual([
    '33,3\u00a0%',
    '33.3%',
    '99,9\u00a0%',
  ])
  expect(() => formatShare(1n, 0n, 'vi')).toThrow(RangeError)
})

describe('what people type', () => {
  test.each<[string, bigint]>([
    ['250k', 250_000n],
    ['1,5 triệu', 1_500_000n],
    ['2tr', 2_000_000n],
    ['0,25 tỷ', 250_000_000n],
    [' 300 nghìn đồng ', 300_000n],
    ['250.000 ₫', 250_000n],
    ['₫1,250,000', 1_250_000n],
  ])('%j is an amount', (typed, amount) => {
    expect(parseVnd(typed)).toBe(amount)
  })

  test('is an amount in words only where a word says so', () => {
    expect(['250k', '1,5 triệu', '250.000', '2026'].map(parseVndInWords)).toEqual([250_000n, 1_500_000n, null, null])
  })

  test.each(['', ' ', 'k', '-5', '1e6', '12,5', '1.2345', '1,000.50', '15.000k', '1.500tr', '0x10', '١٢٣', '1'.repeat(16), '1,5 triệu 2'])(
    '%j is none',
    (typed) => {
      expect(parseVnd(typed)).toBeNull()
    },
  )
})
