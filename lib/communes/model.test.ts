import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byNeed, needLevel, needSteps, needSums } from './model'

describe('needSums', () => {
  it('adds up, whatever came', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 12n })
    fc.assert(
      fc.property(amount, amount, amount, (asked, covered, gifts) => {
        const sums = needSums(asked, covered, gifts)
        expect(sums.coveredVnd + sums.receivedVnd + sums.missingVnd).toBe(asked)
        expect(sums.missingVnd >= 0n && sums.receivedVnd >= 0n).toBe(true)
      }),
    )
  })

  it('counts gifts only as far as the need goes', () => {
    expect(needSums(100n, 30n, 90n)).toEqual({ askedVnd: 100n, coveredVnd: 30n, receivedVnd: 70n, missingVnd: 0n })
  })
})

describe('needSteps', () => {
  it('reads well and ascends', () => {
    expect(needSteps(486_200_000n)).toEqual([30_000_000n, 80_000_000n, 200_000_000n, 300_000_000n])
  })

  it('stands also where next to nothing is missing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), (most) => {
        const [a, b, c, d] = needSteps(most)
        expect(a < b && b < c && c < d).toBe(true)
      }),
    )
  })
})

describe('needLevel', () => {
  it('runs from nothing missing to the fullest weave', () => {
    const steps = needSteps(486_200_000n)
    expect([0n, 1n, 30_000_000n, 80_000_000n, 200_000_000n, 486_200_000n].map((sum) => needLevel(sum, steps))).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('byNeed', () => {
  it('puts the most in need first, then the alphabet', () => {
    const rows = [
      { name: 'Yên Bài', missingVnd: 0n },
      { name: 'Ba Vì', missingVnd: 0n },
      { name: 'Mỹ Sơn', missingVnd: 5n },
    ]
    expect(rows.toSorted(byNeed).map(({ name }) => name)).toEqual(['Mỹ Sơn', 'Ba Vì', 'Yên Bài'])
  })
})
