import { dayOf, type Day } from '../time/day'

/** A campaign goes `draft` → `in_review` → `open` → `funded` → `delivering` → `complete`, or ends `closed` (money.md §7). */
export const CAMPAIGN_STATES = ['draft', 'in_review', 'open', 'funded', 'delivering', 'complete', 'closed'] as const
export type CampaignState = (typeof CAMPAIGN_STATES)[number]

/** What readers may see. A draft, and a campaign in review, never shows. */
export const PUBLIC_STATES = ['open', 'funded', 'delivering', 'complete', 'closed'] as const satisfies readonly CampaignState[]

const NEXT: Record<CampaignState, readonly CampaignState[]> = {
  draft: ['in_review'],
  // A reviewer may hand it back.
  in_review: ['draft', 'open'],
  open: ['funded', 'closed'],
  funded: ['delivering', 'closed'],
  delivering: ['complete', 'closed'],
  complete: [],
  closed: [],
}

export const isPublicState = (state: CampaignState): boolean => PUBLIC_STATES.some((known) => known === state)

/**
 * Whether a campaign may go from one state to another. What was never public can't be closed: closing is a public
 * act with a public reason. What is complete or closed stays so.
 */
export const canChangeState = (from: CampaignState, to: CampaignState): boolean => NEXT[from].includes(to)

/**
 * Whether a campaign takes new pledges. Only an open one does that nobody has paused, and an appeal for disaster, epidemic
 * or critical illness takes nothing after its closing day (Decree 93/2021).
 */
export const takesPledges = (
  campaign: { state: string; isEmergency: boolean; neededBy: Day; pausedAt: Date | null },
  today: Day,
): boolean => campaign.state === 'open' && campaign.pausedAt === null && !(campaign.isEmergency && today > campaign.neededBy)

/** States in which a campaign takes no money any more; none follows them. */
export const ENDED_STATES = ['complete', 'closed'] as const satisfies readonly CampaignState[]

export const isEnded = (state: CampaignState): boolean => ENDED_STATES.some((ended) => ended === state)

/**
 * Where money goes that came for a campaign: to its own line, to the line that was named beforehand where it came after
 * the campaign had ended, or back, where it came after the closing day of an emergency appeal (Decree 93/2021). What
 * counts is when the money came, not when anybody told of it.
 * @param campaign.endedAt when it ended; null while it takes money
 * @param cameAt when a card was charged, or a bank booked a transfer
 */
export const giftDestination = (
  campaign: { isEmergency: boolean; neededBy: Day; endedAt: Date | null },
  cameAt: Date,
): 'campaign' | 'overflow' | 'to_return' => {
  if (campaign.isEmergency && dayOf(cameAt) > campaign.neededBy) return 'to_return'
  return campaign.endedAt === null || cameAt < campaign.endedAt ? 'campaign' : 'overflow'
}
