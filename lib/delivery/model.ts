import type { Day } from '../time/day'

/** Fewer children than this are never told as a number (money.md §8). */
export const FEWEST_CHILDREN_TOLD = 5

/** A delivery in a list. */
export interface DeliveryRow {
  slug: string
  title: string
  place: string
  commune: { slug: string; name: string }
  campaign: { slug: string; title: string }
  deliveredOn: Day
  /** Null where they are too few to be told. */
  children: number | null
  items: { key: string; item: string; unit: string; units: number; amountVnd: bigint }[]
  amountVnd: bigint
}

/** A delivery, as its page shows it. */
export interface DeliveryView extends DeliveryRow {
  seed: string
  fund: { slug: string; name: string }
  supplier: string
  /** What of the purchase it is. */
  spendVnd: bigint
  /** Gifts whose đồng paid for it: those that chose to be named, and how many there are in all. */
  givers: { key: string; name: string; code: string | null; amountVnd: bigint }[]
  gifts: number
}
