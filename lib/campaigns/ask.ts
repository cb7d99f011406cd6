import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { budgetLines, campaigns, campaignSlugs, campaignTransitions, needCategories, needs, programmes } from '../../db/schema'
import { FEWEST_CHILDREN } from '../few'
import { fundLine, openCampaignLine } from '../ledger/books'
import { ok, refuse, type Result } from '../result'
import type { Day } from '../time/day'
import { setCampaign, type CampaignRow } from './transitions'
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

/** All that a campaign says and asks for. */
export interface CampaignText {
  slug: string
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
}

/** A director's word that a campaign may ask for more than is uncovered: how much more, and why. */
export interface Beyond {
  vnd: bigint
  reason: string
  by: string
}

export type AskRefusal =
  | 'unknown_need'
  | 'need_not_published'
  | 'per_child_category'
  | 'not_a_budget'
  | 'more_than_uncovered'
  | 'more_children_than_need'
  | 'too_few_children'
  | 'slug_taken'

interface Asked {
  need: { unitId: number; category: string; fundId: number }
  goalVnd: bigint
  /** Kept with the campaign where it asks for more than is uncovered. */
  beyond: { beyondReason: string; beyondBy: string } | { beyondReason: null; beyondBy: null }
}

const goalOf = (budget: readonly BudgetLine[]): bigint => budget.reduce((sum, line) => sum + line.unitPriceVnd * BigInt(line.quantity), 0n)

/**
 * Looks whether a campaign may ask a need for what it asks, and holds the need's lock from then on: two campaigns at
 * once can't both take the rest of it.
 * @param own the campaign that asks, where it is there already: what it asked before is free to be asked anew
 */
export async function askNeed(
  tx: Transaction,
  { needId, text, own, beyond }: { needId: number; text: CampaignText; own: CampaignRow | null; beyond: Beyond | null },
): Promise<Result<Asked, AskRefusal>> {
  if (text.budget.length === 0 || text.budget.some((line) => line.unitPriceVnd <= 0n || line.quantity <= 0)) return refuse('not_a_budget')
  const goalVnd = goalOf(text.budget)
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
  if (text.children > need.children) return refuse('more_children_than_need')
  // A smaller count points at a child, and a budget would give it away (money.md §8).
  if (text.children < FEWEST_CHILDREN) return refuse('too_few_children')
  const tooMuchVnd = goalVnd - (own?.goalVnd ?? 0n) - (await uncoveredVnd(tx, needId))
  if (tooMuchVnd > 0n && (beyond === null || tooMuchVnd > beyond.vnd)) return refuse('more_than_uncovered')
  if (await isSlugTaken(tx, text.slug, own?.id ?? null)) return refuse('slug_taken')
  const isBeyond = tooMuchVnd > 0n && beyond !== null
  return ok({
    ...{ need, goalVnd },
    beyond: isBeyond ? { beyondReason: beyond.reason, beyondBy: beyond.by } : { beyondReason: null, beyondBy: null },
  })
}

/** Whether a slug is, or ever was, another campaign's. */
export async function isSlugTaken(tx: Transaction, slug: string, ownId: number | null): Promise<boolean> {
  const [current] = await tx.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.slug, slug))
  const [former] = await tx.select({ id: campaignSlugs.campaignId }).from(campaignSlugs).where(eq(campaignSlugs.slug, slug))
  return (current !== undefined && current.id !== ownId) || (former !== undefined && former.id !== ownId)
}

/** Makes a campaign with its pot and its budget, as a draft. The caller holds the need's lock. */
export async function insertCampaign(
  tx: Transaction,
  { needId, text, asked, actor, now }: { needId: number; text: CampaignText; asked: Asked; actor: string; now: Date },
): Promise<CampaignRow> {
  const { budget, ...columns } = text
  const { unitId, category, fundId } = asked.need
  const lineId = await openCampaignLine(tx, fundId)
  const overflowLineId = await fundLine(tx, fundId, 'general')
  const [row] = await tx
    .insert(campaigns)
    .values({
      ...{ ...columns, needId, fundId, unitId, category, lineId, overflowLineId },
      ...{ state: 'draft', goalVnd: asked.goalVnd, ...asked.beyond, createdAt: now },
    })
    .returning()
  if (!row) throw new Error('a campaign was not made')
  await writeBudget(tx, row.id, budget)
  const why = { reasonVi: 'Lập từ nhu cầu đã công bố', reasonEn: 'Drafted from a published need' }
  await tx.insert(campaignTransitions).values({ campaignId: row.id, fromState: null, toState: 'draft', ...why, actor, happenedAt: now })
  return row
}

/** Writes a draft's campaign anew. The caller holds the locks of need and campaign. */
export async function rewriteCampaign(tx: Transaction, campaign: CampaignRow, text: CampaignText, asked: Asked): Promise<void> {
  const { budget, ...columns } = text
  await tx.delete(budgetLines).where(eq(budgetLines.campaignId, campaign.id))
  await writeBudget(tx, campaign.id, budget)
  await setCampaign(tx, campaign.id, { ...columns, goalVnd: asked.goalVnd, ...asked.beyond })
}

const writeBudget = (tx: Transaction, campaignId: number, budget: readonly BudgetLine[]) =>
  tx.insert(budgetLines).values(budget.map((line, position) => ({ campaignId, position, ...line })))
