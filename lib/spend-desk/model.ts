import type { Day } from '../time/day'
import type { BudgetLineUse, SpendState, SpendView } from '../spending/model'

/** Parts of the list of spends: what waits for a second person, what is on its way, all. */
export const SPEND_PARTS = ['waiting', 'running', 'all'] as const
export type SpendPart = (typeof SPEND_PARTS)[number]
/** Words of the address for them; the first is left out. */
export const PART_WORDS: Record<SpendPart, string> = { waiting: 'cho-duyet', running: 'dang-chi', all: 'tat-ca' }

/** A spend in the list of its fund's people. */
export interface SpendDeskRow {
  key: string
  title: string
  supplier: string
  state: SpendState
  campaign: { slug: string; title: string }
  amountVnd: bigint
  paidVnd: bigint
  dueOn: Day
  requestedBy: string
  requestedOn: Day
}

/** A spend with what its fund's people need to decide on it. */
export interface SpendDesk {
  view: SpendView
  campaignId: number
  requestedBy: string
  decidedBy: string | null
  /** Of the campaign's money, neither used nor promised nor held. */
  availableVnd: bigint
  isHandedOver: boolean
}

/** A campaign whose money may be spent. */
export interface PayingCampaign {
  id: number
  slug: string
  title: string
  lineId: number
}

export interface BudgetDesk {
  campaign: PayingCampaign
  lines: BudgetLineUse[]
  availableVnd: bigint
}

/** A change of a budget that waits for a second person. */
export interface WaitingChange {
  key: string
  campaign: { slug: string; title: string }
  item: string
  unit: string
  plannedQuantity: number
  quantity: number
  reason: string
  requestedBy: string
}
