import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatShares } from './shares'

test('shares as they are written add up to a hundred', () => {
  expect(formatShares([194_600n, 160_300n, 645_100n], 'vi')).toEqual(['19,5\u00a0%', '16\u00a0%', '64,5\u00a0%'])
  expect(formatShares([1n, 1n, 1n], 'en')).toEqual(['33.4%', '33.3%', '33.3%'])
  expect(formatShares([0n, 5n], 'en')).toEqual(['0%', '100%'])
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 5 }), (parts) => {
      fc.pre(parts.some((part) => part > 0n))
      const tenths = formatShares(parts, 'en').map((text) => Math.round(Number(text.replace('%', '')) * 10))
      expect(tenths.reduce((sum, one) => sum + one, 0)).toBe(1000)
    }),
    { numRuns: 50 },
  )
})
