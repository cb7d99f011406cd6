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

/** What two stretches of a spend share; empty, with its end at or before its begin, where they share nothing. */
export const overlap = (a: Range, b: Range): Range => ({
  fromVnd: a.fromVnd > b.fromVnd ? a.fromVnd : b.fromVnd,
  toVnd: a.toVnd < b.toVnd ? a.toVnd : b.toVnd,
})

/** The first and the last unit that lie whole within some đồng of an item, [first, last). */
export function unitsWithin({ units, amountVnd }: SpendItem, item: Range, { fromVnd, toVnd }: Range): [first: number, last: number] {
  const count = BigInt(units)
  const [from, to] = [fromVnd - item.fromVnd, toVnd - item.fromVnd]
  // The first u with ⌊uS/n⌋ ≥ from, and the last with ⌊uS/n⌋ ≤ to.
  const first = (from * count + amountVnd - 1n) / amountVnd
  const last = ((to + 1n) * count - 1n) / amountVnd
  return [Number(first), Math.min(units, Number(last))]
}

/** Of a change of a budget: `too_few` is less than was asked for already, `one_waits` that another change is not decided. */
export type BudgetChangeRefusal = 'unknown_campaign' | 'unknown_line' | 'no_reason' | 'too_few' | 'one_waits'
/** Of items: a line that the budget has not, or more units than it has left. */
export type BudgetRefusal = 'unknown_line' | 'beyond_budget'
/** `not_replaceable`: what shall be replaced is not approved, is of another campaign, or was paid in part. */
/** `form_used`: its key named another wish before. */
export type RequestRefusal = BudgetRefusal | 'unknown_campaign' | 'not_an_amount' | 'no_items' | 'not_replaceable' | 'form_used'
export type DecisionRefusal = 'not_found' | 'decided_already' | 'same_person' | 'not_available' | 'not_replaceable' | 'advance_larger'
export type PayRefusal = 'not_found' | 'not_approved' | 'too_much' | 'not_available' | 'no_account'
export type ReturnRefusal = 'not_found' | 'not_paid' | 'too_much' | 'stood_in_for' | 'no_account'
/** `advance_out`: somebody still holds money of it. */
export type EndRefusal = 'not_found' | 'not_approved' | 'not_accounted_for' | 'advance_out'
/** `past` is a day by which nothing can be settled any more. */
/** `unknown_person`: who has no role of the fund that is in effect. `form_used`: its key named another wish before. */
export type AdvanceRefusal = 'not_found' | 'not_approved' | 'too_much' | 'same_person' | 'past' | 'unknown_person' | 'form_used'
/** `given`: the bank handed it out. */
export type DropAdvanceRefusal = 'not_found' | 'given'
/** `no_invoice`: no invoice and no receipt says what was bought. */
export type SettleAdvanceRefusal = PayRefusal | 'same_person' | 'no_invoice' | 'not_yet' | 'form_used'
/** Of money that goes to a buyer or comes back: it is another sum, or its state is another. */
export type MoveAdvanceRefusal = 'not_found' | 'wrong_state' | 'too_much'

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

export type SpendState = 'requested' | 'approved' | 'paid' | 'settled' | 'rejected' | 'cancelled'

/** Whether a spend should have been handed over by now, and is not: what came back from its supplier needs no more. */
export const isOverdue = (
  {
    state,
    dueOn,
    amountVnd,
    deliveredVnd,
    returnedVnd,
  }: Record<'amountVnd' | 'deliveredVnd' | 'returnedVnd', bigint> & {
    state: SpendState
    dueOn: Day
  },
  today: Day,
): boolean => (state === 'approved' || state === 'paid') && today > dueOn && deliveredVnd + returnedVnd < amountVnd

/** Vietnamese path of a spend's page: its number, which never changes, and is short enough to be said. */
export const spendPath = (key: string): string => `/khoan-chi/${key}`

/** Reads from which đồng on a list of payers begins; from the first, where nothing or no number is said. */
export const readPayersFrom = (value: string | string[] | undefined): bigint =>
  typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? BigInt(value) : 0n

/** The address of a page of payers, on the Vietnamese path where their list stands. */
export const payersPath = (path: string, fromVnd: bigint): string => (fromVnd === 0n ? path : `${path}?tu=${fromVnd}`)

/** A spend in the list of a campaign. `key` is its number. */
export interface SpendListed {
  key: string
  title: string
  supplier: string
  state: SpendState
  reason: string | null
  amountVnd: bigint
  /** Less what came back. */
  paidVnd: bigint
  /** Null where it is told only as a whole: a part went to fewer than five children (money.md §8). */
  deliveredVnd: bigint | null
  dueOn: Day
  isOverdue: boolean
}

/** What of a campaign's money is on its way. */
export interface CampaignSpending {
  spends: SpendListed[]
  /** Paid for children, less what came back. */
  spentVnd: bigint
  /** What of it is told to be handed over. */
  deliveredVnd: bigint
  /** Whether a part went to fewer than five children: spends that have such a part are not in `deliveredVnd`. */
  isPartlyTold: boolean
}

/** A pot of a fund by its name: a campaign's, or one of the fund's own. */
export type PotName = { kind: 'campaign'; slug: string; title: string } | { kind: 'general' | 'unplaced' | 'reserve' }

/** What became of all that a campaign received. The parts add up to `receivedVnd`. */
export interface CampaignMoney {
  /** All that came in, also what went elsewhere later; money that came back from a supplier is counted once. */
  receivedVnd: bigint
  /** What is told to be handed over. */
  deliveredVnd: bigint
  /** Paid, and not told to be handed over yet. */
  waitingVnd: bigint
  /** Whether a part went to fewer than five children: what is paid of such spends is all in `waitingVnd`. */
  isPartlyTold: boolean
  /** Promised to approved spends, and not paid yet. */
  promisedVnd: bigint
  /** Still free, or held until a refund or a dispute ends. */
  unspentVnd: bigint
  /** Went back to donors. */
  refundedVnd: bigint
  /** The newest moves to other pots. */
  moved: { key: string; to: PotName; amountVnd: bigint; reason: string; movedOn: Day }[]
  /** All that went to other pots. */
  movedVnd: bigint
}

/** Who paid for a part: one gift whose donor is named, several in a row whose donors are not, or the reserve in their place. */
export interface PayerPart {
  key: string
  kind: 'named' | 'nameless' | 'reserve'
  name: string | null
  /** The gift's page; null where several are told together. */
  code: string | null
  gifts: number
  amountVnd: bigint
}

/** A page of those who paid, in the order in which their đồng were taken. */
export interface PayersPage {
  parts: PayerPart[]
  /** What the parts of this page come to. */
  amountVnd: bigint
  /** Where the page begins and the next one does, in the spend's own đồng; null where there is none. */
  fromVnd: bigint
  nextVnd: bigint | null
}

/** An item of a spend, as its page shows it. */
export interface SpendItemView {
  key: string
  item: string
  unit: string
  units: number
  amountVnd: bigint
  /** Null where the spend is told only as a whole. */
  deliveredUnits: number | null
}

/** A spend, as its page shows it. What it was approved for is delivered, waiting, returned and unpaid, to the đồng. */
export interface SpendView {
  key: string
  title: string
  supplier: string
  state: SpendState
  /** Why it was rejected or cancelled. */
  reason: string | null
  requestedOn: Day
  /** When a second person approved or rejected it. */
  decidedOn: Day | null
  /** When it was settled or cancelled. */
  endedOn: Day | null
  dueOn: Day
  isOverdue: boolean
  amountVnd: bigint
  /** All that was paid, also what came back. */
  paidVnd: bigint
  returnedVnd: bigint
  /** Null where it is told only as a whole, and then of no item: a part went to fewer than five children (money.md §8). */
  deliveredVnd: bigint | null
  items: SpendItemView[]
  payments: { key: string; paidOn: Day; amountVnd: bigint; at: Date }[]
  refunds: { key: string; on: Day; item: string; amountVnd: bigint; at: Date }[]
  /** What buyers hold of it, until it is known what it became. */
  advances: { key: string; givenOn: Day; outVnd: bigint; dueOn: Day; isOverdue: boolean }[]
  campaign: { slug: string; title: string }
  commune: { slug: string; name: string; seed: string }
  fund: { slug: string; name: string }
  /** Gifts whose đồng paid for it and were not given back. */
  gifts: number
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
  /** Whether a part went to fewer than five children, so that nothing of it is told by piece (money.md §8). */
  isUntold: boolean
  /** Whether something is still to be handed over of what this gift bought. */
  isOpen: boolean
  bought: BoughtPart[]
}

/** A step of a gift after it arrived, in the order it was told. */
export type StoryStep = { key: string; at: Date; on: Day; amountVnd: bigint } & (
  | { kind: 'paid' | 'given_back'; spend: { key: string; title: string; supplier: string } }
  | { kind: 'delivered'; delivery: { slug: string; place: string; commune: string } }
  | { kind: 'moved'; to: PotName; reason: string | null }
)

/** What comes next for a gift: it is handed over, its approved spend is paid, or it is spent. */
export interface NextStep {
  kind: 'hand_over' | 'pay' | 'spend'
  /** By when; null where no day is known, as for a fund's general pot. */
  dueOn: Day | null
  isLate: boolean
  /** The spend it waits for, where that is known. */
  spendKey: string | null
}

/** A part of a gift that is not in a spend: what became of it, and where it lies if it was moved. */
export interface RestPart {
  kind: Exclude<Fate['kind'], 'spent' | 'delivered'>
  amountVnd: bigint
  /** The pot it was moved to; null where it lies where it was given. */
  movedTo: PotName | null
  /** Free đồng of the line that will be used before the first of it; null unless it waits. */
  aheadVnd: bigint | null
}

/** What became of a gift, as its page tells it. Sums of `spends` and `rest` add up to what of it has its place. */
export interface GiftStory {
  deliveredVnd: bigint
  /** Paid, and not handed over yet. */
  spentVnd: bigint
  spends: SpendPart[]
  rest: RestPart[]
  /** Oldest first. */
  steps: StoryStep[]
  next: NextStep | null
}

/** A line of a budget and how far it is used. */
export interface BudgetLineUse {
  position: number
  itemVi: string
  itemEn: string
  unitVi: string
  unitEn: string
  unitPriceVnd: bigint
  /** What may be bought in all, after changes. */
  quantity: number
  /** What the campaign was opened with. */
  plannedQuantity: number
  /** By spends that were neither rejected nor cancelled. */
  askedUnits: number
}
