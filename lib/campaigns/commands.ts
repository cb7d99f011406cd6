import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { campaigns, lineTotals } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import { askNeed, insertCampaign, type AskRefusal, type CampaignText } from './ask'
import { canChangeState } from './states'
import { lockCampaign, recordTransition, setCampaign, type StateChange } from './transitions'

export interface NewCampaign extends CampaignText {
  needId: number
  actor: string
}

/**
 * Drafts a campaign for a published need, with its pot and its priced budget; the goal is the sum of the budget.
 * The need's row is locked, so that two campaigns together can't ask for more than is uncovered.
 * Refuses: an unknown or unpublished need; a category in which a unit is a child (money.md §8); an empty budget;
 * more money or more children than the need has; fewer than five children; a slug that was ever given.
 */
export const createCampaign = (
  context: Context,
  { needId, actor, ...text }: NewCampaign,
): Promise<Result<{ campaignId: number; lineId: number }, AskRefusal>> =>
  context.db.transaction(async (tx) => {
    const asked = await askNeed(tx, { needId, text, own: null, beyond: null })
    if (!asked.ok) return asked
    const { id: campaignId, lineId } = await insertCampaign(tx, { needId, text, asked: asked.value, actor, now: context.now() })
    return ok({ campaignId, lineId })
  })

/**
 * Moves a campaign to another state, with a public reason; what becomes public is an event. Where it already is changes
 * nothing.
 * Refuses: an unknown campaign; a step that its state does not allow; who handed it in as the one who opens it.
 */
export async function changeCampaignState(
  context: Context,
  change: StateChange,
): Promise<Result<null, 'unknown_campaign' | 'wrong_state' | 'same_person'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, change.campaignId)
    if (!campaign) return refuse('unknown_campaign')
    if (campaign.state === change.to) return ok(null)
    if (!canChangeState(campaign.state, change.to)) return refuse('wrong_state')
    const isOpening = change.to === 'open' && campaign.approvedBy === null
    if (isOpening && campaign.handedInBy === change.actor) return refuse('same_person')
    await setCampaign(tx, campaign.id, {
      state: change.to,
      ...(change.to === 'in_review' ? { handedInBy: change.actor } : {}),
      ...(change.to === 'draft' ? { handedInBy: null, approvedBy: null, approvedAt: null, opensAt: null } : {}),
      ...(isOpening ? { approvedBy: change.actor, approvedAt: now, opensAt: now } : {}),
    })
    await recordTransition(tx, campaign, change, now)
    return ok(null)
  })
}

/**
 * Marks open campaigns that have received their goal as funded. Run after money was sequenced; running it again, or from
 * two processes at once, marks each campaign once.
 * @param lineIds lines whose totals changed; every open campaign is looked at when left out
 * @returns slugs of the campaigns that were marked
 */
export async function markFundedCampaigns(context: Context, lineIds?: number[]): Promise<string[]> {
  if (lineIds?.length === 0) return []
  const reached = sql`exists (select 1 from ${lineTotals} where ${lineTotals.lineId} = ${campaigns.lineId} and ${lineTotals.netVnd} >= ${campaigns.goalVnd})`
  return context.db.transaction(async (tx) => {
    const marked = await tx
      .update(campaigns)
      .set({ state: 'funded', version: sql`${campaigns.version} + 1` })
      .where(and(eq(campaigns.state, 'open'), lineIds ? inArray(campaigns.lineId, lineIds) : undefined, reached))
      .returning({ id: campaigns.id, slug: campaigns.slug, fundId: campaigns.fundId, lineId: campaigns.lineId })
    const change = { to: 'funded', reasonVi: 'Đã nhận đủ số tiền cần', reasonEn: 'The goal has been received', actor: 'sequencer' } as const
    for (const campaign of marked) await recordTransition(tx, { ...campaign, state: 'open' }, change, context.now())
    return marked.map((campaign) => campaign.slug)
  })
}

/**
 * Closes emergency appeals whose closing day is over: they may take nothing more (Decree 93/2021). Running it again, or
 * from two processes at once, closes each once.
 * @returns slugs of the campaigns that were closed
 */
export async function closeEndedAppeals(context: Context): Promise<string[]> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const closed = await tx
      .update(campaigns)
      .set({ state: 'closed', version: sql`${campaigns.version} + 1` })
      .where(and(eq(campaigns.state, 'open'), eq(campaigns.isEmergency, true), lt(campaigns.neededBy, dayOf(now))))
      .returning({ id: campaigns.id, slug: campaigns.slug, fundId: campaigns.fundId, lineId: campaigns.lineId })
    const change = {
      to: 'closed',
      reasonVi: 'Hết ngày nhận của đợt kêu gọi khẩn cấp',
      reasonEn: 'The closing day of the emergency appeal is over',
      actor: 'calendar',
    } as const
    for (const campaign of closed) await recordTransition(tx, { ...campaign, state: 'open' }, change, now)
    return closed.map((campaign) => campaign.slug)
  })
}
