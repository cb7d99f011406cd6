import type { DeskPaper } from '../evidence/model'
import type { Day } from '../time/day'
import type { BudgetLineUse, SpendState, SpendView } from '../spending/model'

/**
 * Parts of the list of spends: what waits for a second person, what is on its way, of what a buyer holds money, of what a
 * paper of its own waits to be shown, all.
 */
export const SPEND_PARTS = ['waiting', 'running', 'advances', 'papers', 'all'] as const
export type SpendPart = (typeof SPEND_PARTS)[number]
/** Words of the address for them; the first is left out. */
export const PART_WORDS: Record<SpendPart, string> = {
  ...{ waiting: 'cho-duyet', running: 'dang-chi', advances: 'tam-ung', papers: 'giay-to', all: 'tat-ca' },
}

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
  /** What buyers hold of it, and by when the first of it is to be settled; null where nothing is out. */
  out: { vnd: bigint; dueOn: Day } | null
}

/** An advance as the fund's people see it. */
export interface AdvanceDesk {
  key: string
  amountVnd: bigint
  outVnd: bigint
  settledVnd: bigint
  returnedVnd: bigint
  givenOn: Day | null
  dueOn: Day
  isOverdue: boolean
  heldBy: string
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
  advances: AdvanceDesk[]
  papers: DeskPaper[]
  /** The spend in whose place it was asked for, and the one that was asked for in its place. */
  replacesKey: string | null
  replacedByKey: string | null
  /** What may still be handed out or paid. */
  roomVnd: bigint
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
  /** The approved spend that is asked for anew, as invoiced; null for a new one. */
  replaces: ReplacedSpend | null
  lines: BudgetLineUse[]
  availableVnd: bigint
}

/** A spend that is asked for anew, with what it says so far. */
export interface ReplacedSpend {
  key: string
  titleVi: string
  titleEn: string
  supplier: string
  dueOn: Day
  items: { budgetPosition: number; units: number; amountVnd: bigint }[]
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
