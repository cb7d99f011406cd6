import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import {
  administrativeUnits,
  campaignChanges,
  campaignDrafts,
  campaignDraftTexts,
  campaigns,
  campaignSlugs,
  campaignTransitions,
  lineTotals,
  needCategories,
  needs,
  programmes,
} from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { readContent } from './draft-content'
import { authorsOf } from './hand-in'
import type { CampaignDesk, CampaignDeskItem, CampaignStepView } from './model'

const MOST_ITEMS = 300

const itemsOf = ({ db }: Context) =>
  db
    .select({
      campaign: campaigns,
      unit: administrativeUnits,
      category: needCategories,
      draftId: campaignDrafts.id,
      receivedVnd: lineTotals.netVnd,
    })
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .innerJoin(needCategories, eq(needCategories.key, campaigns.category))
    .leftJoin(campaignDrafts, eq(campaignDrafts.campaignId, campaigns.id))
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .$dynamic()

function itemView({ campaign, unit, category, draftId, receivedVnd }: Awaited<ReturnType<typeof itemsOf>>[number], locale: Locale) {
  return {
    ...{ draftId, campaignId: campaign.id, slug: campaign.slug, title: pick(locale, campaign.titleVi, campaign.titleEn) },
    ...{
      unitId: unit.id,
      commune: pick(locale, unit.fullNameVi, unit.fullNameEn),
      category: pick(locale, category.nameVi, category.nameEn),
    },
    state: campaign.state === 'in_review' && campaign.approvedBy !== null ? ('scheduled' as const) : campaign.state,
    ...{ isPaused: campaign.pausedAt !== null, goalVnd: campaign.goalVnd, receivedVnd: receivedVnd ?? 0n },
    ...{ neededBy: campaign.neededBy, opensAt: campaign.opensAt },
  }
}

const ORDER: CampaignDeskItem['state'][] = ['in_review', 'draft', 'scheduled', 'open', 'funded', 'delivering', 'complete', 'closed']

/** Campaigns of a fund and drafts that are none yet: what waits for somebody first, then by their life. */
export async function listCampaignDesk(context: Context, fundId: number, locale: Locale): Promise<CampaignDeskItem[]> {
  const rows = await itemsOf(context).where(eq(campaigns.fundId, fundId)).orderBy(desc(campaigns.id)).limit(MOST_ITEMS)
  const drafts = await context.db
    .select({ draft: campaignDrafts, unit: administrativeUnits, category: needCategories })
    .from(campaignDrafts)
    .innerJoin(needs, eq(needs.id, campaignDrafts.needId))
    .innerJoin(programmes, eq(programmes.id, needs.programmeId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, needs.unitId))
    .innerJoin(needCategories, eq(needCategories.key, needs.category))
    .where(and(eq(programmes.fundId, fundId), isNull(campaignDrafts.campaignId), isNull(campaignDrafts.discardedAt)))
    .orderBy(desc(campaignDrafts.savedAt))
    .limit(MOST_ITEMS)
  const unfinished = drafts.map(({ draft, unit, category }): CampaignDeskItem => {
    const content = readContent(draft.content)
    return {
      ...{ draftId: draft.id, campaignId: null, slug: null, title: pick(locale, content.titleVi, content.titleEn) || content.titleVi },
      ...{
        unitId: unit.id,
        commune: pick(locale, unit.fullNameVi, unit.fullNameEn),
        category: pick(locale, category.nameVi, category.nameEn),
      },
      ...{ state: 'draft', isPaused: false, goalVnd: null, receivedVnd: 0n, neededBy: null, opensAt: null },
    }
  })
  return [...unfinished, ...rows.map((row) => itemView(row, locale))].toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
}

/** How many campaigns of a fund wait for a reviewer, of those that a person did not write or hand in. */
export async function countCampaignsToReview({ db }: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> {
  const wrote = sql`exists (select 1 from ${campaignDrafts} join ${campaignDraftTexts} on ${campaignDraftTexts.draftId} = ${campaignDrafts.id}
    where ${campaignDrafts.campaignId} = ${campaigns.id} and ${campaignDraftTexts.version} is not null and ${campaignDraftTexts.savedBy} = ${staffId})`
  const [review] = await db
    .select({ total: count() })
    .from(campaigns)
    .where(
      and(
        ...[eq(campaigns.fundId, fundId), eq(campaigns.state, 'in_review'), isNull(campaigns.approvedBy)],
        ...[sql`${campaigns.handedInBy} is distinct from ${staffId}`, sql`not ${wrote}`],
      ),
    )
  return review?.total ?? 0
}

/** How many drafts of a fund are not handed in: new ones, and those that came back from review. */
export async function countCampaignDrafts({ db }: Context, { fundId }: { fundId: number }): Promise<number> {
  const [drafts] = await db
    .select({ total: count() })
    .from(campaignDrafts)
    .innerJoin(needs, eq(needs.id, campaignDrafts.needId))
    .innerJoin(programmes, eq(programmes.id, needs.programmeId))
    .leftJoin(campaigns, eq(campaigns.id, campaignDrafts.campaignId))
    .where(and(eq(programmes.fundId, fundId), isNull(campaignDrafts.discardedAt), sql`coalesce(${campaigns.state}, 'draft') = 'draft'`))
  return drafts?.total ?? 0
}

/** The page of a campaign in the console, with all that was done to it; null where there is none. */
export async function getCampaignDesk(context: Context, campaignId: number, locale: Locale): Promise<CampaignDesk | null> {
  const { db } = context
  const [row] = await itemsOf(context).where(eq(campaigns.id, campaignId))
  if (!row) return null
  const { campaign, draftId } = row
  const slugs = await db.select().from(campaignSlugs).where(eq(campaignSlugs.campaignId, campaignId))
  const wrote = draftId === null ? [] : await authorsOf(db, draftId)
  const others = await db
    .select({ slug: campaigns.slug, titleVi: campaigns.titleVi, titleEn: campaigns.titleEn })
    .from(campaigns)
    .where(
      and(
        ...[eq(campaigns.fundId, campaign.fundId), inArray(campaigns.state, ['open', 'funded', 'delivering'])],
        sql`${campaigns.id} <> ${campaignId}`,
      ),
    )
    .orderBy(asc(campaigns.titleVi))
  return {
    ...itemView(row, locale),
    ...{ version: campaign.version, needId: campaign.needId, fundId: campaign.fundId },
    ...{ approvedBy: campaign.approvedBy, handedInBy: campaign.handedInBy },
    beyond: campaign.beyondReason === null || campaign.beyondBy === null ? null : { reason: campaign.beyondReason, by: campaign.beyondBy },
    authors: campaign.handedInBy === null ? wrote : [...new Set([...wrote, campaign.handedInBy])],
    hasRestWithoutPlace: campaign.state === 'closed' && campaign.restLineId === null,
    steps: await stepsOf(context, campaignId),
    formerSlugs: slugs.map(({ slug }) => slug).filter((slug) => slug !== campaign.slug),
    others: others.map(({ slug, titleVi, titleEn }) => ({ slug, title: pick(locale, titleVi, titleEn) })),
  }
}

/** Changes of state and all else that happened, the newest first. A change that came with one of state stands once. */
async function stepsOf({ db }: Context, campaignId: number): Promise<CampaignStepView[]> {
  const transitions = await db
    .select()
    .from(campaignTransitions)
    .where(eq(campaignTransitions.campaignId, campaignId))
    .orderBy(desc(campaignTransitions.id))
  const changes = await db
    .select()
    .from(campaignChanges)
    .where(eq(campaignChanges.campaignId, campaignId))
    .orderBy(desc(campaignChanges.id))
  const steps = [
    ...transitions.map(({ id, toState, actor, reasonVi, reasonEn, happenedAt }) => ({
      ...{ key: `state-${id}`, kind: toState, by: actor, reasonVi, reasonEn, facts: {}, happenedAt },
    })),
    ...changes
      .filter(({ kind }) => !WITH_STATE.has(kind))
      .map(({ id, kind, by, reasonVi, reasonEn, facts, happenedAt }) => ({
        ...{ key: `change-${id}`, kind, by, reasonVi, reasonEn, facts, happenedAt },
      })),
  ]
  return steps.toSorted((a, b) => b.happenedAt.getTime() - a.happenedAt.getTime())
}

const WITH_STATE = new Set<string>(['handed_in', 'returned', 'delivering', 'completed', 'closed'])
