import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lengthOf, subtract, takeFirst, takeLast, type Stretch } from './stretches'

const stretch = (startVnd: number, endVnd: number, lineId = 1): Stretch => ({ lineId, startVnd: BigInt(startVnd), endVnd: BigInt(endVnd) })

/** The đồng of stretches, one by one. */
const numbers = (stretches: readonly Stretch[]): string[] =>
  stretches.flatMap(({ lineId, startVnd, endVnd }) =>
    Array.from({ length: Number(endVnd - startVnd) }, (_, at) => `${lineId}/${Number(startVnd) + at}`),
  )

const some = fc
  .array(fc.record({ lineId: fc.integer({ min: 1, max: 2 }), start: fc.nat(60), size: fc.integer({ min: 1, max: 20 }) }), { maxLength: 6 })
  .map((all) => all.map(({ lineId, start, size }) => stretch(start, start + size, lineId)))

/** Stretches that do not overlap, as those of one gift. */
const apart = some.map((all) => all.reduce<Stretch[]>((kept, one) => [...kept, ...subtract([one], kept)], []))

describe('stretches', () => {
  test('are what is left đồng by đồng', () => {
    fc.assert(
      fc.property(apart, some, (own, taken) => {
        const gone = new Set(numbers(taken))
        expect(numbers(subtract(own, taken)).sort()).toEqual(
          numbers(own)
            .filter((one) => !gone.has(one))
            .sort(),
        )
      }),
    )
  })

  test('give their first and their last đồng, and no more than there are', () => {
    fc.assert(
      fc.property(apart, fc.nat(80), (own, amount) => {
        const ordered = subtract(own, [])
        const all = numbers(ordered)
        expect(numbers(takeFirst(ordered, BigInt(amount)))).toEqual(all.slice(0, amount))
        expect(numbers(takeLast(ordered, BigInt(amount)))).toEqual(amount === 0 ? [] : all.slice(-amount))
        expect(lengthOf(ordered)).toBe(BigInt(all.length))
      }),
    )
  })
})
