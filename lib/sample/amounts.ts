import type { Chance } from './chance'

/** Round sums with how common they are. */
export const ROUND_SUMS: [bigint, number][] = [
  [10_000n, 3],
  [20_000n, 6],
  [50_000n, 14],
  [100_000n, 22],
  [150_000n, 4],
  [200_000n, 18],
  [300_000n, 9],
  [500_000n, 14],
  [1_000_000n, 9],
  [2_000_000n, 4],
  [3_000_000n, 2],
  [5_000_000n, 1.5],
  [10_000_000n, 0.5],
]

/** What a person gives: often so many of what is needed, mostly a round sum, now and then an odd one. */
export function smallAmount(unitPriceVnd: bigint, luck: Chance): bigint {
  if (luck.is(0.3)) {
    const times =
      unitPriceVnd < 50_000n
        ? luck.pick([5n, 10n, 10n, 20n, 22n, 30n])
        : unitPriceVnd < 700_000n
          ? luck.pick([1n, 1n, 1n, 2n, 2n, 3n, 5n])
          : 1n
    if (unitPriceVnd * times < 6_000_000n) return unitPriceVnd * times
  }
  return luck.is(0.06) ? BigInt(luck.int(21, 989)) * 1_000n + BigInt(luck.pick([0, 0, 0, 234, 888, 79])) : luck.weighted(ROUND_SUMS)
}

/** Big gifts of organisations that together make a sum, none above what a bank's fast transfer carries. */
export function bigAmounts(totalVnd: bigint, luck: Chance): bigint[] {
  const amounts: bigint[] = []
  let left = totalVnd
  while (left >= 3_000_000n) {
    const share = left > 150_000_000n ? luck.int(45, 62) : left > 60_000_000n ? luck.int(18, 55) : luck.int(35, 100)
    const step = left > 20_000_000n ? 1_000_000n : 500_000n
    const amount = ((left * BigInt(share)) / 100n / step) * step
    if (amount < step) break
    amounts.push(amount)
    left -= amount
  }
  return amounts
}
