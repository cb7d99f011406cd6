import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meaningfulAmounts } from './amounts'

const coats = [
  { position: 1, unitPriceVnd: 185_000n, quantity: 186 },
  { position: 2, unitPriceVnd: 215_000n, quantity: 226 },
  { position: 3, unitPriceVnd: 65_000n, quantity: 412 },
]

describe('meaningfulAmounts', () => {
  it('offers coats by the piece', () => {
    const amounts = meaningfulAmounts(coats, 300_000_000n)
    expect(amounts).toHaveLength(4)
    expect(amounts.map(({ kind }) => kind)).toEqual(['units', 'units', 'units', 'units'])
  })

  it('offers sets where each child gets one of each', () => {
    const kit = [
      { position: 1, unitPriceVnd: 180_000n, quantity: 40 },
      { position: 2, unitPriceVnd: 60_000n, quantity: 40 },
    ]
    expect(meaningfulAmounts(kit, 9_000_000n)).toContainEqual({ kind: 'sets', amountVnd: 240_000n, count: 1 })
  })

  it('offers parts of what is too dear for one person, rounded up to a thousand', () => {
    const amounts = meaningfulAmounts([{ position: 1, unitPriceVnd: 168_000_050n, quantity: 1 }], 168_000_050n)
    expect(amounts[0]).toEqual({ kind: 'part', amountVnd: 1_681_000n, position: 1, of: 100 })
  })

  it('offers a handful of what is cheaper than the least gift', () => {
    const amounts = meaningfulAmounts([{ position: 1, unitPriceVnd: 4_000n, quantity: 900 }], 3_600_000n)
    expect(amounts[0]).toMatchObject({ kind: 'units', position: 1 })
    expect(amounts[0]?.amountVnd).toBeGreaterThanOrEqual(10_000n)
  })

  it('offers the rest when little is missing, and nothing above it', () => {
    expect(meaningfulAmounts(coats, 200_000n)).toEqual([
      { kind: 'units', amountVnd: 65_000n, position: 3, count: 1 },
      { kind: 'units', amountVnd: 130_000n, position: 3, count: 2 },
      { kind: 'units', amountVnd: 185_000n, position: 1, count: 1 },
      { kind: 'units', amountVnd: 195_000n, position: 3, count: 3 },
      { kind: 'rest', amountVnd: 200_000n },
    ])
  })

  it('still offers the smallest thing when nothing is missing any more', () => {
    expect(meaningfulAmounts(coats, 0n)).toEqual([{ kind: 'units', amountVnd: 65_000n, position: 3, count: 1 }])
  })

  it('is always ascending, distinct and within bounds', () => {
    const item = fc.record({
      position: fc.integer({ min: 1, max: 9 }),
      unitPriceVnd: fc.bigInt({ min: 1n, max: 9_000_000_000n }),
      quantity: fc.integer({ min: 1, max: 5_000 }),
    })
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 6 }), fc.bigInt({ min: 0n, max: 50_000_000_000n }), (items, missing) => {
        const amounts = meaningfulAmounts(items, missing).map(({ amountVnd }) => amountVnd)
        expect(amounts.length).toBeLessThanOrEqual(5)
        for (const [index, amount] of amounts.entries()) {
          expect(amount).toBeGreaterThanOrEqual(10_000n)
          if (index > 0) expect(amount).toBeGreaterThan(amounts[index - 1] ?? 0n)
        }
      }),
    )
  })
})
