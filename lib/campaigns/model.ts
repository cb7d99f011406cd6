import type { Day } from '../time/day'

/** What readers may see; only `open` takes new pledges. */
export type PublicState = 'open' | 'funded' | 'delivering' | 'complete' | 'closed'

/** Sums of a campaign. Money above the goal is told apart, and never hides what is missing elsewhere. */
export interface CampaignSums {
  goalVnd: bigint
  receivedVnd: bigint
  missingVnd: bigint
  aboveGoalVnd: bigint
  /** What the whole cloth stands for: the goal, and of a complete campaign what it took in the end. */
  wholeVnd: bigint
}

/** What is missing, or above the goal, of what came. Nothing is missing of a campaign that is complete. */
export function campaignSums(goalVnd: bigint, receivedVnd: bigint, state: PublicState): CampaignSums {
  if (state === 'complete' && receivedVnd > 0n) return { goalVnd, receivedVnd, missingVnd: 0n, aboveGoalVnd: 0n, wholeVnd: receivedVnd }
  const apart = goalVnd - receivedVnd
  return {
    wholeVnd: goalVnd,
    goalVnd,
    receivedVnd,
    missingVnd: apart > 0n ? apart : 0n,
    aboveGoalVnd: apart < 0n ? -apart : 0n,
  }
}

/** A campaign in a list. */
export interface CampaignItem extends CampaignSums {
  slug: string
  title: string
  summary: string
  state: PublicState
  /** Whether it takes new gifts: open, not paused, and its appeal is not over. */
  takesGifts: boolean
  category: { key: string; name: string }
  commune: { slug: string; name: string; fullName: string; seed: string }
  fund: { slug: string; name: string }
  neededBy: Day
}

/** One priced item, with how much of it the money pays for. */
export interface BudgetItem {
  position: number
  item: string
  unit: string
  standard: string
  unitPriceVnd: bigint
  quantity: number
  amountVnd: bigint
  /** Whole units paid for. */
  fundedUnits: number
  /** Paid towards the next unit of this item. */
  towardsNextVnd: bigint
}

interface PricedLine {
  unitPriceVnd: bigint
  quantity: number
}

/**
 * How far money reaches down a budget: the first đồng pay for the first item, unit by unit, then the next.
 * Money above the whole budget pays for nothing here.
 */
export function fundBudget<Line extends PricedLine>(
  lines: readonly Line[],
  receivedVnd: bigint,
): (Line & { amountVnd: bigint; fundedUnits: number; towardsNextVnd: bigint })[] {
  let left = receivedVnd
  return lines.map((line) => {
    const amountVnd = line.unitPriceVnd * BigInt(line.quantity)
    const paidVnd = left < amountVnd ? left : amountVnd
    left -= paidVnd
    return { ...line, amountVnd, fundedUnits: Number(paidVnd / line.unitPriceVnd), towardsNextVnd: paidVnd % line.unitPriceVnd }
  })
}

/** A gift on the page of its campaign. Codes are public references. */
export interface GiftRow {
  /** Stands for the gift in lists; never shown. */
  key: string
  code: string | null
  name: string
  message: string | null
  amountVnd: bigint
  /** What of it went back to its donor. */
  returnedVnd: bigint
  receivedAt: Date
}

/** Another source that meets a part of the same need. */
export interface OtherSource {
  name: string
  quantity: number
  amountVnd: bigint
}

/** A step of a campaign, as the public sees it. */
export interface CampaignStep {
  key: string
  state: PublicState | 'paused' | 'resumed' | 'extended'
  reason: string
  happenedAt: Date
}

/** A change of how much of a line of the budget is bought, with its reason. */
export interface BudgetChange {
  key: string
  item: string
  unit: string
  fromQuantity: number
  toQuantity: number
  reason: string
  changedOn: Day
}

/** The page of a campaign. */
export interface CampaignView extends CampaignItem {
  story: string
  /** Where money above the goal goes. */
  overflow: string
  /** Null where there are fewer than five. */
  children: number | null
  opensOn: Day
  isEmergency: boolean
  /** Why it takes no new pledges for now; null while it does. */
  pause: string | null
  commune: CampaignItem['commune'] & { province: string }
  gifts: number
  need: { schoolYear: number; quantity: number | null; unit: string; reportedOn: Day; checkedOn: Day | null; otherSources: OtherSource[] }
  budget: BudgetItem[]
  /** Since it opened, oldest first. */
  budgetChanges: BudgetChange[]
  latestGifts: GiftRow[]
  steps: CampaignStep[]
}

/** A budget line as it is typed. */
export interface DraftLine {
  itemVi: string
  itemEn: string
  unitVi: string
  unitEn: string
  standardVi: string
  standardEn: string
  unitPrice: string
  quantity: string
}

/** The text of a campaign as it is typed, whole or not. */
export interface DraftContent {
  slug: string
  titleVi: string
  titleEn: string
  summaryVi: string
  summaryEn: string
  storyVi: string
  storyEn: string
  overflowVi: string
  overflowEn: string
  children: string
  neededBy: string
  /** "yes" for an appeal that takes nothing after its closing day. */
  isEmergency: string
  budget: DraftLine[]
}
export type DraftField = Exclude<keyof DraftContent, 'budget'>

/** The name of a budget line's field in the form. */
export const lineField = (at: number, field: keyof DraftLine): string => `budget-${at}-${field}`

/** What is wrong with a draft that is handed in; `field` as the form names it. */
export interface DraftProblem {
  field: string
  error: 'missing' | 'too_long' | 'not_a_slug' | 'not_a_count' | 'not_an_amount' | 'not_a_day' | 'past'
}

/** A text that was written on an older version than the one that was saved meanwhile. */
export interface ApartText {
  id: string
  basedOn: number
  content: DraftContent
  savedBy: string
  savedAt: Date
}

/** What people may know of a draft while they write it. */
export interface DraftDesk {
  draftId: number
  version: number
  content: DraftContent
  savedBy: string
  savedAt: Date
  /** Whether it may be written: not while it waits for review or is public. */
  isOpen: boolean
  campaign: { campaignId: number; slug: string; state: string; version: number } | null
  need: {
    needId: number
    commune: string
    category: string
    unit: string
    children: number
    quantity: number
    amountVnd: bigint
    fundId: number
  }
  uncoveredVnd: bigint
  beyond: { vnd: bigint; reason: string; by: string } | null
  /** Texts that stand apart, the newest of each person. */
  apart: ApartText[]
  /** What is missing or wrong before it can be handed in. */
  problems: DraftProblem[]
  unitId: number
  /** Everybody who wrote a part of it: none of them may review it. */
  authors: string[]
}

/** A campaign, or a draft that is none yet, in the console's list. */
export interface CampaignDeskItem {
  draftId: number | null
  campaignId: number | null
  slug: string | null
  title: string
  unitId: number
  commune: string
  category: string
  state: 'draft' | 'in_review' | 'scheduled' | PublicState
  isPaused: boolean
  goalVnd: bigint | null
  receivedVnd: bigint
  neededBy: Day | null
  opensAt: Date | null
}

/** What happened to a campaign, as its page in the console tells it. */
export interface CampaignStepView {
  key: string
  kind: string
  by: string
  reasonVi: string | null
  reasonEn: string | null
  facts: Record<string, string | number | null>
  happenedAt: Date
}

/** The page of a campaign in the console. */
export interface CampaignDesk extends CampaignDeskItem {
  campaignId: number
  slug: string
  version: number
  needId: number
  fundId: number
  approvedBy: string | null
  handedInBy: string | null
  beyond: { reason: string; by: string } | null
  authors: string[]
  /** It is closed, and nobody has said where what is left goes: an appeal whose closing day is over. */
  hasRestWithoutPlace: boolean
  steps: CampaignStepView[]
  formerSlugs: string[]
  /** Public campaigns of the fund to which a rest may go. */
  others: { slug: string; title: string }[]
}
