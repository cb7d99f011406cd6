import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { budgetLines, campaigns, campaignSlugs, campaignTransitions, lineTotals, needCategories, needs, programmes } from '../../db/schema'
import { FEWEST_CHILDREN } from '../communes/model'
import type { Context } from '../context'
import { appendEvent } from '../events/append'
import { fundLine, openCampaignLine } from '../ledger/books'
import { ok, refuse, type Result } from '../result'
import { dayOf, type Day } from '../time/day'
import { canChangeState, isPublicState, type CampaignState } from './states'
import { uncoveredVnd } from './uncovered'

export interface BudgetLine {
  itemVi: string
  itemEn: string
  unitVi: string
  unitEn: string
  standardVi: string
  standardEn: string
  unitPriceVnd: bigint
  quantity: number
}

export interface NewCampaign {
  slug: string
  needId: number
  titleVi: string
  titleEn: string
  summaryVi: string
  summaryEn: string
  /** Markdown. */
  storyVi: string
  storyEn: string
  /** What happens to money above the goal. */
  overflowVi: string
  overflowEn: string
  children: number
  budget: BudgetLine[]
  opensOn: Day
  neededBy: Day
  isEmergency: boolean
  actor: string
}

export type CampaignRefusal =
  | 'unknown_need'
  | 'need_not_published'
  | 'per_child_category'
  | 'not_a_budget'
  | 'more_than_uncovered'
  | 'more_children_than_need'
  | 'too_few_children'
  | 'slug_taken'

/**
 * Drafts a campaign for a published need, with its pot and its priced budget; the goal is the sum of the budget.
 * The need's row is locked, so that two campaigns together can't ask for more than is uncovered.
 * Refuses: an unknown or unpublished need; a category in which a unit is a child (money.md §8); an empty budget;
 * more money or more children than the need has; fewer than five children; a slug that was ever given.
 */
export async function createCampaign(
  context: Context,
  campaign: NewCampaign,
): Promise<Result<{ campaignId: number; lineId: number }, CampaignRefusal>> {
  const { needId, budget, actor, ...texts } = campaign
  if (budget.length === 0 || budget.some((line) => line.unitPriceVnd <= 0n || line.quantity <= 0)) return refuse('not_a_budget')
  const goalVnd = budget.reduce((sum, line) => sum + line.unitPriceVnd * BigInt(line.quantity), 0n)
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [need] = await tx
      .select({ state: needs.state, children: needs.children, unitId: needs.unitId, category: needs.category, fundId: programmes.fundId })
      .from(needs)
      .innerJoin(programmes, eq(programmes.id, needs.programmeId))
      .where(eq(needs.id, needId))
      .for('update', { of: needs })
    if (!need) return refuse('unknown_need')
    if (need.state !== 'published') return refuse('need_not_published')
    const [category] = await tx
      .select({ isPerChild: needCategories.isPerChild })
      .from(needCategories)
      .where(eq(needCategories.key, need.category))
    if (category?.isPerChild !== false) return refuse('per_child_category')
    if (campaign.children > need.children) return refuse('more_children_than_need')
    // A smaller count points at a child, and a budget would give it away (money.md §8).
    if (campaign.children < FEWEST_CHILDREN) return refuse('too_few_children')
    if (goalVnd > (await uncoveredVnd(tx, needId))) return refuse('more_than_uncovered')
    if (await isSlugTaken(tx, campaign.slug)) return refuse('slug_taken')

    const lineId = await openCampaignLine(tx, need.fundId)
    const overflowLineId = await fundLine(tx, need.fundId, 'general')
    const [row] = await tx
      .insert(campaigns)
      .values({
        ...texts,
        needId,
        fundId: need.fundId,
        unitId: need.unitId,
        category: need.category,
        lineId,
        overflowLineId,
        state: 'draft',
        goalVnd,
        createdAt: now,
      })
      .returning({ id: campaigns.id })
    if (!row) throw new Error('a campaign was not made')
    await tx.insert(budgetLines).values(budget.map((line, position) => ({ campaignId: row.id, position, ...line })))
    await tx.insert(campaignTransitions).values({
      campaignId: row.id,
      fromState: null,
      toState: 'draft',
      reasonVi: 'Lập từ nhu cầu đã công bố',
      reasonEn: 'Drafted from a published need',
      actor,
      happenedAt: now,
    })
    return ok({ campaignId: row.id, lineId })
  })
}

async function isSlugTaken(tx: Transaction, slug: string): Promise<boolean> {
  const [current] = await tx.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.slug, slug))
  const [former] = await tx.select({ id: campaignSlugs.campaignId }).from(campaignSlugs).where(eq(campaignSlugs.slug, slug))
  return current !== undefined || former !== undefined
}

export interface StateChange {
  campaignId: number
  to: CampaignState
  /** Public. */
  reasonVi: string
  reasonEn: string
  actor: string
}

/**
 * Moves a campaign to another state, with a public reason; what becomes public is an event. Where it already is changes
 * nothing.
 * Refuses: an unknown campaign; a step that its state does not allow.
 */
export async function changeCampaignState(
  context: Context,
  change: StateChange,
): Promise<Result<null, 'unknown_campaign' | 'wrong_state'>> {
  return context.db.transaction(async (tx) => {
    const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, change.campaignId)).for('update')
    if (!campaign) return refuse('unknown_campaign')
    if (campaign.state === change.to) return ok(null)
    if (!canChangeState(campaign.state, change.to)) return refuse('wrong_state')
    await tx.update(campaigns).set({ state: change.to }).where(eq(campaigns.id, campaign.id))
    await recordTransition(tx, campaign, change, context.now())
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
      .set({ state: 'funded' })
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
      .set({ state: 'closed' })
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

/** Keeps the step, and tells the public where the campaign now stands before its eyes. The reason's words stay out of the fact. */
async function recordTransition(
  tx: Transaction,
  campaign: { id: number; slug: string; fundId: number; lineId: number; state: CampaignState },
  change: Omit<StateChange, 'campaignId'>,
  now: Date,
): Promise<void> {
  const { to, reasonVi, reasonEn, actor } = change
  const [step] = await tx
    .insert(campaignTransitions)
    .values({ campaignId: campaign.id, fromState: campaign.state, toState: to, reasonVi, reasonEn, actor, happenedAt: now })
    .returning({ id: campaignTransitions.id })
  if (!step) throw new Error('a change of state was not kept')
  if (!isPublicState(to)) return
  await appendEvent(tx, {
    kind: 'campaign_state',
    idempotencyKey: `campaign_state:${step.id}`,
    fundId: campaign.fundId,
    lineId: campaign.lineId,
    day: dayOf(now),
    facts: { campaign: campaign.slug, from: isPublicState(campaign.state) ? campaign.state : null, to },
    createdAt: now,
  })
}
