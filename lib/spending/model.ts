/** A stretch [from, to) of a spend's own đồng, from 0. */
export interface Range {
  fromVnd: bigint
  toVnd: bigint
}

/** An item of a spend, as far as its đồng go. */
export interface SpendItem {
  position: number
  units: number
  amountVnd: bigint
}

/** Where each item lies in the đồng of its spend: one after the other, in order of position. */
export function rangesOf(items: readonly SpendItem[]): Map<number, Range> {
  let fromVnd = 0n
  return new Map(
    [...items]
      .sort((a, b) => a.position - b.position)
      .map(({ position, amountVnd }) => {
        const range = { fromVnd, toVnd: fromVnd + amountVnd }
        fromVnd = range.toVnd
        return [position, range]
      }),
  )
}

/** The đồng of the units [from, to) of an item: unit u of n is [⌊uS/n⌋, ⌊(u+1)S/n⌋) (money.md §5). */
export function unitsRange({ units, amountVnd }: SpendItem, item: Range, fromUnit: number, toUnit: number): Range {
  const at = (unit: number) => item.fromVnd + (BigInt(unit) * amountVnd) / BigInt(units)
  return { fromVnd: at(fromUnit), toVnd: at(toUnit) }
}

/** How many whole units of an item lie before a place in its spend's đồng. */
export function unitsBefore({ units, amountVnd }: SpendItem, item: Range, vnd: bigint): number {
  const within = vnd - item.fromVnd
  if (within <= 0n) return 0
  if (within >= amountVnd) return units
  // ⌊uS/n⌋ ≤ w for the largest u: u ≤ ((w + 1)n − 1) / S.
  return Number(((within + 1n) * BigInt(units) - 1n) / amountVnd)
}

export type RequestRefusal = 'unknown_campaign' | 'not_an_amount' | 'no_items'
export type DecisionRefusal = 'not_found' | 'decided_already' | 'same_person' | 'not_available'
export type PayRefusal = 'not_found' | 'not_approved' | 'too_much' | 'not_available' | 'no_account'
export type ReturnRefusal = 'not_found' | 'not_paid' | 'too_much' | 'stood_in_for' | 'no_account'
export type EndRefusal = 'not_found' | 'not_approved' | 'not_accounted_for'
