import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { administrativeUnits, campaigns, campaignTransitions, funds, lineTotals, needCategories, needs } from '../../db/schema'
import { listCampaignsByIds } from '../campaigns/queries'
import type { CampaignItem, PublicState } from '../campaigns/model'
import { PUBLIC_STATES } from '../campaigns/states'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { startOfDay } from '../time/day'
import type { SitemapPage } from './sitemap'

/** Campaigns in one sitemap: each is two addresses, and a sitemap holds 50,000 of them and 50 MB at most. */
const CAMPAIGNS_PER_MAP = 1_000

const isPublic = inArray(campaigns.state, [...PUBLIC_STATES])
const lastStep = sql`(select max(${campaignTransitions.happenedAt}) from ${campaignTransitions} where ${campaignTransitions.campaignId} = ${campaigns.id})`

/** When a campaign's page last came to say something else: its last step, or its last gift. */
const changedAt = sql<string | Date | null>`greatest(${lastStep}, ${lineTotals.lastGiftAt}, ${campaigns.createdAt})`

/**
 * Where each sitemap of campaigns begins: it holds those whose number is above. Always one at least.
 * @param perMap as many in each but the last
 */
export async function listCampaignMaps({ db }: Context, perMap = CAMPAIGNS_PER_MAP): Promise<{ after: number; changedAt: Date | null }[]> {
  const numbered = db
    .select({
      id: campaigns.id,
      changedAt: changedAt.as('changed_at'),
      map: sql<number>`(row_number() over (order by ${campaigns.id}) - 1) / ${perMap}::int`.as('map'),
    })
    .from(campaigns)
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .where(isPublic)
    .as('numbered')
  const maps = await db
    .select({ last: sql`max(${numbered.id})`.mapWith(Number), changedAt: sql<string | Date | null>`max(${numbered.changedAt})` })
    .from(numbered)
    .groupBy(numbered.map)
    .orderBy(asc(numbered.map))
  return [{ last: 0, changedAt: null }, ...maps].flatMap(({ last }, index) => {
    const map = maps[index]
    return map || maps.length === 0 ? [{ after: last, changedAt: moment(map?.changedAt) }] : []
  })
}

/** The public campaigns with a number above, in the order of their numbers, as many as one sitemap holds. */
export async function listCampaignPages({ db }: Context, after: number, perMap = CAMPAIGNS_PER_MAP): Promise<SitemapPage[]> {
  const rows = await db
    .select({ slug: campaigns.slug, changedAt })
    .from(campaigns)
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .where(and(isPublic, gt(campaigns.id, after)))
    .orderBy(asc(campaigns.id))
    .limit(perMap)
  return rows.map((row) => ({ path: `/chien-dich/${row.slug}`, changedAt: moment(row.changedAt) }))
}

/** Communes of today and of before, with the newest of their needs' days and their campaigns' changes. */
export async function listCommunePages({ db }: Context): Promise<SitemapPage[]> {
  const ofCampaigns = db
    .select({ unitId: campaigns.unitId, newest: sql<string | Date | null>`max(${changedAt})`.as('newest') })
    .from(campaigns)
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .where(isPublic)
    .groupBy(campaigns.unitId)
    .as('of_campaigns')
  const ofNeeds = db
    .select({
      unitId: needs.unitId,
      newest: sql<string | null>`max(coalesce(${needs.checkedOn}, ${needs.reportedOn}))::text`.as('newest_need'),
    })
    .from(needs)
    .where(eq(needs.state, 'published'))
    .groupBy(needs.unitId)
    .as('of_needs')
  const rows = await db
    .select({ slug: administrativeUnits.slug, campaign: ofCampaigns.newest, need: ofNeeds.newest })
    .from(administrativeUnits)
    .leftJoin(ofCampaigns, eq(ofCampaigns.unitId, administrativeUnits.id))
    .leftJoin(ofNeeds, eq(ofNeeds.unitId, administrativeUnits.id))
    .orderBy(asc(administrativeUnits.id))
  return rows.map(({ slug, campaign, need }) => ({
    path: `/xa/${slug}`,
    changedAt: newest([moment(campaign), need === null ? null : startOfDay(need)]),
  }))
}

/** The pages there is one of, and those of categories and funds, which say sums of all campaigns. */
export async function listOtherPages(context: Context): Promise<SitemapPage[]> {
  const { db } = context
  const maps = await listCampaignMaps(context)
  const changed = newest(maps.map((map) => map.changedAt))
  const categories = await db.select({ key: needCategories.key }).from(needCategories).orderBy(asc(needCategories.position))
  const fundRows = await db.select({ slug: funds.slug }).from(funds).orderBy(asc(funds.id))
  return [
    ...[
      '/',
      '/chien-dich',
      '/xa',
      '/nhu-cau',
      '/quy',
      '/ung-ho',
      '/ghi-nhan',
      '/sao-ke',
      '/sao-ke/tep',
      '/minh-bach',
      '/minh-bach/cong-cu',
    ].map((path) => ({
      path,
      changedAt: changed,
    })),
    { path: '/tra-cuu', changedAt: null },
    ...categories.map(({ key }) => ({ path: `/nhu-cau/${key}`, changedAt: changed })),
    ...fundRows.map(({ slug }) => ({ path: `/quy/${slug}`, changedAt: changed })),
  ]
}

/** A step of a campaign, for a feed. */
export interface FeedStep {
  /** Number of the step, for ever the same. */
  id: number
  state: PublicState
  reason: string
  happenedAt: Date
  campaign: CampaignItem
}

const FEED_STEPS = 40

/** The newest public steps of campaigns, newest first. */
export async function listFeedSteps(context: Context, locale: Locale): Promise<FeedStep[]> {
  const rows = await context.db
    .select({ step: campaignTransitions, campaignId: campaigns.id })
    .from(campaignTransitions)
    .innerJoin(campaigns, eq(campaigns.id, campaignTransitions.campaignId))
    .where(and(isPublic, inArray(campaignTransitions.toState, [...PUBLIC_STATES])))
    .orderBy(desc(campaignTransitions.happenedAt), desc(campaignTransitions.id))
    .limit(FEED_STEPS)
  const items = await listCampaignsByIds(context, [...new Set(rows.map(({ campaignId }) => campaignId))], locale)
  return rows.flatMap(({ step, campaignId }) => {
    const state = PUBLIC_STATES.find((one) => one === step.toState)
    const campaign = items.get(campaignId)
    if (!state || !campaign) return []
    return [{ id: step.id, state, reason: pick(locale, step.reasonVi, step.reasonEn), happenedAt: step.happenedAt, campaign }]
  })
}

/** Drivers give the result of an expression as they read it from the wire. */
const moment = (value: string | Date | null | undefined): Date | null => (value == null ? null : new Date(value))

const newest = (moments: readonly (Date | null)[]): Date | null =>
  moments.reduce((latest, one) => (one !== null && (latest === null || one > latest) ? one : latest), null)
