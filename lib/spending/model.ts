import type { Day } from '../time/day'

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

/** What became of some đồng of a gift. */
export type Fate =
  /** Free, with so many free đồng of the line before them. */
  | { kind: 'waiting'; aheadVnd: bigint }
  /** Free, and promised to an approved spend. */
  | { kind: 'committed' }
  /** Waiting for the end of a refund or a dispute. */
  | { kind: 'held' }
  /** Paid for a spend; these đồng of it. */
  | { kind: 'spent' | 'delivered'; spendId: bigint; range: Range }
  /** Sent back to the donor: from the line, or by the reserve that stood in for what was spent. */
  | { kind: 'refunded' }
  /** Used by the reserve to stand in for others. */
  | { kind: 'reserve' }

/** A spend in the list of a campaign. */
export interface SpendListed {
  key: string
  title: string
  supplier: string
  state: 'requested' | 'approved' | 'paid' | 'settled' | 'rejected' | 'cancelled'
  reason: string | null
  amountVnd: bigint
  paidVnd: bigint
  deliveredVnd: bigint
  dueOn: Day
  isOverdue: boolean
}

/** What of a campaign's money is on its way. */
export interface CampaignSpending {
  spends: SpendListed[]
  /** Paid for children, less what came back. */
  spentVnd: bigint
  /** What of it is handed over. */
  deliveredVnd: bigint
}

/** What of a gift went into units of an item. */
export interface BoughtPart {
  key: string
  item: string
  unit: string
  /** Whole units that this gift paid for alone. */
  wholeUnits: number
  /** What it gave to units that others paid for, too. */
  sharedVnd: bigint
  amountVnd: bigint
  /** Null while it is not handed over. */
  delivery: { slug: string; place: string; commune: string; communeSlug: string; deliveredOn: Day } | null
}

/** A spend that a gift paid for, with what this gift became in it. */
export interface SpendPart {
  key: string
  title: string
  supplier: string
  amountVnd: bigint
  /** What of the whole spend it is. */
  spendVnd: bigint
  dueOn: Day
  isOverdue: boolean
  bought: BoughtPart[]
}

/** What became of a gift, as its page tells it. */
export interface GiftStory {
  /** The parts of the gift by what became of them; they add up to it. */
  sums: { kind: Fate['kind']; amountVnd: bigint }[]
  spends: SpendPart[]
  /** Free đồng of the line that will be used before the first of this gift that waits; null where none waits. */
  aheadVnd: bigint | null
}
