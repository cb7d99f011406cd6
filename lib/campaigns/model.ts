import type { Day } from '../time/day'

/** What readers may see; only `open` takes new pledges. */
export type PublicState = 'open' | 'funded' | 'delivering' | 'complete' | 'closed'

/** Sums of a campaign. Money above the goal is told apart, and never hides what is missing elsewhere. */
export interface CampaignSums {
  goalVnd: bigint
  receivedVnd: bigint
  missingVnd: bigint
  aboveGoalVnd: bigint
}

/** What is missing, or above the goal, of what came. */
export function campaignSums(goalVnd: bigint, receivedVnd: bigint): CampaignSums {
  const apart = goalVnd - receivedVnd
  return { goalVnd, receivedVnd, missingVnd: apart > 0n ? apart : 0n, aboveGoalVnd: apart < 0n ? -apart : 0n }
}

/** A campaign in a list. */
export interface CampaignItem extends CampaignSums {
  slug: string
  title: string
  summary: string
  state: PublicState
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
  state: PublicState
  reason: string
  happenedAt: Date
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
  commune: CampaignItem['commune'] & { province: string }
  gifts: number
  need: { schoolYear: number; quantity: number | null; unit: string; reportedOn: Day; checkedOn: Day | null; otherSources: OtherSource[] }
  budget: BudgetItem[]
  latestGifts: GiftRow[]
  steps: CampaignStep[]
}
