import type { Day } from '../time/day'

export { FEWEST_CHILDREN as FEWEST_CHILDREN_TOLD } from '../few'

/** Deliveries that a page about something larger lists. */
export const LATEST_DELIVERIES = 5

/** A delivery in a list. */
export interface DeliveryRow {
  slug: string
  title: string
  place: string
  commune: { slug: string; name: string }
  campaign: { slug: string; title: string }
  category: { key: string; name: string }
  /** Number of the spend it belongs to. */
  spendKey: string
  deliveredOn: Day
  /** When the fund told of it. */
  toldAt: Date
  /** Null where they are too few to be told. */
  children: number | null
  /** None where the spend is told only as a whole: this or another part of it went to fewer than five children (money.md §8). */
  items: { key: string; item: string; unit: string; units: number; amountVnd: bigint }[]
  /** Null where it is told only as a whole. */
  amountVnd: bigint | null
}

/** A delivery, as its page shows it. */
export interface DeliveryView extends DeliveryRow {
  seed: string
  fund: { slug: string; name: string }
  spend: { key: string; supplier: string; amountVnd: bigint }
  /** What the fund wrote of it; empty where nothing. */
  note: string
  /** How many gifts' đồng paid for it; none where it is told only as a whole. */
  gifts: number
}

/** What of a purchase is paid and not handed over, as its people see it. */
export interface ToHandOver {
  spendId: string
  title: string
  campaign: string
  commune: { slug: string; name: string }
  dueOn: Day
  isOverdue: boolean
  items: { position: number; item: string; unit: string; left: number }[]
}

/** A delivery, as its people see it. */
export interface DeskDelivery {
  id: string
  slug: string
  spendId: string
  communeId: number
  title: string
  place: string
  commune: string
  deliveredOn: Day
  /** Until when a paper should be shown. */
  dueOn: Day
  /** Whether that day passed without one. */
  isOverdue: boolean
  /** Whether one is shown. */
  isProved: boolean
  /** Photos and papers that wait for a second person. */
  waiting: number
  children: number
  note: string
}
