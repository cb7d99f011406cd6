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
  const sums = [
    486_200_000n,
    357_800_000n,
    254_500_000n,
    191_500_000n,
    127_400_000n,
    75_500_000n,
    33_200_000n,
    25_500_000n,
    6_500_000n,
    5_000_000n,
    0n,
  ]

  it('reads well, ascends, and spreads communes over the weaves', () => {
    const steps = needSteps(sums)
    expect(steps).toEqual([25_000_000n, 70_000_000n, 150_000_000n, 350_000_000n])
    expect(sums.map((sum) => needLevel(sum, steps))).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0])
  })

  it('stands also where next to nothing is missing', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 13n })), (missing) => {
        const steps = needSteps(missing)
        expect(steps).toHaveLength(4)
        expect(steps.every((step, index) => step > (steps[index - 1] ?? 0n))).toBe(true)
      }),
    )
  })
})

describe('needLevel', () => {
  it('runs from nothing missing to the fullest weave', () => {
    const steps = needSteps([])
    expect([0n, 1n, 1_000_000n, 5_000_000n, 20_000_000n, 50_000_000n].map((sum) => needLevel(sum, steps))).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('byNeed', () => {
  it('puts the most in need first, then the order of addresses', () => {
    const rows = [
      { slug: 'yen-bai', missingVnd: 0n },
      { slug: 'ba-vi', missingVnd: 0n },
      { slug: 'my-son', missingVnd: 5n },
    ]
    expect(rows.toSorted(byNeed).map(({ slug }) => slug)).toEqual(['my-son', 'ba-vi', 'yen-bai'])
  })
})
