import { and, asc, count, desc, eq, gte, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import {
  administrativeUnits,
  budgetLines,
  campaigns,
  campaignSlugs,
  funds,
  lineTotals,
  needCategories,
  needCoverages,
  needs,
} from '../../db/schema'
import { FEWEST_CHILDREN } from '../few'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import { listLatestGifts, listSteps } from './history'
import { listBudgetChanges } from './budget-changes'
import { campaignSums, fundBudget, type CampaignItem, type CampaignView } from './model'
import type { CampaignFilter, CampaignSort, FilterOptions } from './schema'
import { PUBLIC_STATES, takesPledges } from './states'

/** Campaigns on one page of a list. */
export const CAMPAIGNS_PER_PAGE = 12

const itemColumns = {
  campaign: campaigns,
  receivedVnd: sql`coalesce(${lineTotals.netVnd}, 0)::bigint`.mapWith(BigInt),
  unit: {
    slug: administrativeUnits.slug,
    code: administrativeUnits.code,
    validFrom: administrativeUnits.validFrom,
    nameVi: administrativeUnits.nameVi,
    nameEn: administrativeUnits.nameEn,
    fullNameVi: administrativeUnits.fullNameVi,
    fullNameEn: administrativeUnits.fullNameEn,
    provinceVi: administrativeUnits.provinceVi,
    provinceEn: administrativeUnits.provinceEn,
  },
  category: { key: needCategories.key, nameVi: needCategories.nameVi, nameEn: needCategories.nameEn },
  fund: { slug: funds.slug, nameVi: funds.nameVi, nameEn: funds.nameEn },
}

const itemsOf = ({ db }: Context) =>
  db
    .select(itemColumns)
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .innerJoin(needCategories, eq(needCategories.key, campaigns.category))
    .innerJoin(funds, eq(funds.id, campaigns.fundId))
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .$dynamic()

type ItemRow = Awaited<ReturnType<typeof itemsOf>>[number]

function itemView({ now }: Context, { campaign, unit, category, fund, receivedVnd }: ItemRow, locale: Locale): CampaignItem[] {
  const state = PUBLIC_STATES.find((known) => known === campaign.state)
  if (!state) return []
  return [
    {
      slug: campaign.slug,
      title: pick(locale, campaign.titleVi, campaign.titleEn),
      summary: pick(locale, campaign.summaryVi, campaign.summaryEn),
      state,
      takesGifts: takesPledges(campaign, dayOf(now())),
      category: { key: category.key, name: pick(locale, category.nameVi, category.nameEn) },
      commune: {
        slug: unit.slug,
        name: pick(locale, unit.nameVi, unit.nameEn),
        fullName: pick(locale, unit.fullNameVi, unit.fullNameEn),
        seed: `${unit.code}@${unit.validFrom}`,
      },
      fund: { slug: fund.slug, name: pick(locale, fund.nameVi, fund.nameEn) },
      neededBy: campaign.neededBy,
      ...campaignSums(campaign.goalVnd, receivedVnd, state),
    },
  ]
}

/** What campaigns may be filtered by: funds, communes of today, categories. */
export async function listFilterOptions({ db }: Context, locale: Locale): Promise<FilterOptions> {
  const fundRows = await db.select({ slug: funds.slug, vi: funds.placeVi, en: funds.placeEn }).from(funds).orderBy(asc(funds.id))
  const unitRows = await db
    .select({ slug: administrativeUnits.slug, vi: administrativeUnits.nameVi, en: administrativeUnits.nameEn })
    .from(administrativeUnits)
    .where(isNull(administrativeUnits.validTo))
  const categoryRows = await db
    .select({ key: needCategories.key, vi: needCategories.nameVi, en: needCategories.nameEn })
    .from(needCategories)
    .where(eq(needCategories.isPerChild, false))
    .orderBy(asc(needCategories.position))
  return {
    funds: fundRows.map(({ slug, vi, en }) => ({ slug, name: pick(locale, vi, en) })),
    communes: unitRows
      .map(({ slug, vi, en }) => ({ slug, name: pick(locale, vi, en) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
    categories: categoryRows.map(({ key, vi, en }) => ({ key, name: pick(locale, vi, en) })),
  }
}

/** Campaigns that take gifts stand first in every order, then those on their way, then those that are over. */
const lifeOrder = sql`array_position(array['open', 'funded', 'delivering', 'complete', 'closed']::text[], ${campaigns.state})`
const missing = sql`greatest(${campaigns.goalVnd} - coalesce(${lineTotals.netVnd}, 0), 0)`

const ORDERS: Record<CampaignSort, SQL[]> = {
  need: [lifeOrder, sql`${missing} desc`],
  deadline: [lifeOrder, asc(campaigns.neededBy)],
  progress: [lifeOrder, sql`coalesce(${lineTotals.netVnd}, 0)::numeric / ${campaigns.goalVnd} desc`],
  newest: [desc(campaigns.opensOn)],
}

/**
 * One page of the public campaigns that a filter asks for. A page beyond the last gives the last.
 * The order is total: equal campaigns stand by their number.
 */
export async function listCampaigns(
  context: Context,
  filter: CampaignFilter,
  locale: Locale,
): Promise<{ items: CampaignItem[]; total: number; page: number; pages: number }> {
  const where = and(
    inArray(campaigns.state, filter.state ? [filter.state] : [...PUBLIC_STATES]),
    filter.fund ? eq(funds.slug, filter.fund) : undefined,
    filter.commune ? eq(administrativeUnits.slug, filter.commune) : undefined,
    filter.category ? eq(campaigns.category, filter.category) : undefined,
  )
  const [counted] = await context.db
    .select({ total: count() })
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .innerJoin(funds, eq(funds.id, campaigns.fundId))
    .where(where)
  const total = counted?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / CAMPAIGNS_PER_PAGE))
  const page = Math.min(filter.page, pages)
  const rows = await itemsOf(context)
    .where(where)
    .orderBy(...ORDERS[filter.sort], asc(campaigns.id))
    .limit(CAMPAIGNS_PER_PAGE)
    .offset((page - 1) * CAMPAIGNS_PER_PAGE)
  return { items: rows.flatMap((row) => itemView(context, row, locale)), total, page, pages }
}

/** Campaigns that take gifts, most missing first. */
export async function listMostNeeded(context: Context, limit: number, locale: Locale): Promise<CampaignItem[]> {
  const rows = await itemsOf(context)
    .where(
      and(
        ...[eq(campaigns.state, 'open'), isNull(campaigns.pausedAt)],
        or(eq(campaigns.isEmergency, false), gte(campaigns.neededBy, dayOf(context.now()))),
      ),
    )
    .orderBy(...ORDERS.need, asc(campaigns.id))
    .limit(limit)
  return rows.flatMap((row) => itemView(context, row, locale))
}

/** Public campaigns by their numbers. */
export async function listCampaignsByIds(context: Context, ids: number[], locale: Locale): Promise<Map<number, CampaignItem>> {
  if (ids.length === 0) return new Map()
  const rows = await itemsOf(context).where(inArray(campaigns.id, ids))
  return new Map(rows.flatMap((row) => itemView(context, row, locale).map((item): [number, CampaignItem] => [row.campaign.id, item])))
}

/** The campaign a former slug belonged to, so that a link once given works for ever; null where there is none. */
export async function getCampaignSlug({ db }: Context, formerSlug: string): Promise<string | null> {
  const [row] = await db
    .select({ slug: campaigns.slug })
    .from(campaignSlugs)
    .innerJoin(campaigns, eq(campaigns.id, campaignSlugs.campaignId))
    .where(and(eq(campaignSlugs.slug, formerSlug), inArray(campaigns.state, [...PUBLIC_STATES])))
  return row?.slug ?? null
}

/**
 * A public campaign by its slug, or by one it had before: `slug` of what comes back is today's. Null where there is none.
 */
export async function getCampaignItem(context: Context, slug: string, locale: Locale): Promise<CampaignItem | null> {
  const former = sql`(select ${campaignSlugs.campaignId} from ${campaignSlugs} where ${campaignSlugs.slug} = ${slug})`
  const [row] = await itemsOf(context)
    .where(and(or(eq(campaigns.slug, slug), sql`${campaigns.id} = ${former}`), inArray(campaigns.state, [...PUBLIC_STATES])))
    .orderBy(desc(eq(campaigns.slug, slug)))
    .limit(1)
  return row ? (itemView(context, row, locale)[0] ?? null) : null
}

/** The page of a campaign; null where there is none, or none that is public. */
export async function getCampaign(context: Context, slug: string, locale: Locale): Promise<CampaignView | null> {
  const { db } = context
  const [row] = await itemsOf(context).where(and(eq(campaigns.slug, slug), inArray(campaigns.state, [...PUBLIC_STATES])))
  const [item] = row ? itemView(context, row, locale) : []
  if (!row || !item) return null
  const { campaign, unit } = row
  const [need] = await db
    .select({ need: needs, unitVi: needCategories.unitVi, unitEn: needCategories.unitEn })
    .from(needs)
    .innerJoin(needCategories, eq(needCategories.key, needs.category))
    .where(eq(needs.id, campaign.needId))
  if (!need) throw new Error(`campaign ${campaign.id} has no need`)
  const coverages = await db.select().from(needCoverages).where(eq(needCoverages.needId, campaign.needId)).orderBy(asc(needCoverages.id))
  const lines = await db.select().from(budgetLines).where(eq(budgetLines.campaignId, campaign.id)).orderBy(asc(budgetLines.position))
  const [totals] = await db.select({ gifts: lineTotals.gifts }).from(lineTotals).where(eq(lineTotals.lineId, campaign.lineId))
  const isCountShown = need.need.children >= FEWEST_CHILDREN
  const steps = await listSteps(context, campaign.id, locale)
  return {
    ...item,
    story: pick(locale, campaign.storyVi, campaign.storyEn),
    overflow: pick(locale, campaign.overflowVi, campaign.overflowEn),
    children: campaign.children >= FEWEST_CHILDREN ? campaign.children : null,
    opensOn: campaign.opensOn,
    isEmergency: campaign.isEmergency,
    pause: campaign.pausedAt === null ? null : (steps.find(({ state }) => state === 'paused')?.reason ?? ''),
    commune: { ...item.commune, province: pick(locale, unit.provinceVi, unit.provinceEn) },
    gifts: totals?.gifts ?? 0,
    need: {
      schoolYear: need.need.schoolYear,
      quantity: isCountShown ? need.need.quantity : null,
      unit: pick(locale, need.unitVi, need.unitEn),
      reportedOn: need.need.reportedOn,
      checkedOn: need.need.checkedOn,
      otherSources: isCountShown
        ? coverages.map((one) => ({ name: pick(locale, one.nameVi, one.nameEn), quantity: one.quantity, amountVnd: one.amountVnd }))
        : [],
    },
    budget: fundBudget(
      lines.map((line) => ({
        position: line.position,
        item: pick(locale, line.itemVi, line.itemEn),
        unit: pick(locale, line.unitVi, line.unitEn),
        standard: pick(locale, line.standardVi, line.standardEn),
        unitPriceVnd: line.unitPriceVnd,
        quantity: line.quantity,
      })),
      item.receivedVnd,
    ),
    budgetChanges: await listBudgetChanges(context, campaign.id, locale),
    latestGifts: await listLatestGifts(context, campaign.lineId, locale),
    steps,
  }
}
