import { and, asc, eq, inArray, isNull, max, sql } from 'drizzle-orm'
import { administrativeUnits, campaigns, lineTotals, needCategories, needCoverages, needs } from '../../db/schema'
import { takesPledges } from '../campaigns/states'
import type { Context } from '../context'
import { FEWEST_CHILDREN } from '../few'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import {
  addSums,
  byNeed,
  needSums,
  NO_SUMS,
  type CommuneCampaign,
  type CommuneNeed,
  type CommuneRow,
  type CommuneView,
  type FormerCommuneView,
  type NeedSums,
} from './model'
import { listSuccession } from './succession'

const PUBLIC_STATES = ['open', 'funded', 'delivering', 'complete', 'closed'] as const

/**
 * Every commune of today that a plan reaches, most in need first, with what is asked, met and missing in the
 * newest school year for which needs are published.
 */
export async function listCommunes(ctx: Context, locale: Locale): Promise<{ schoolYear: number | null; communes: CommuneRow[] }> {
  const [units, succession, published] = await Promise.all([
    ctx.db.select().from(administrativeUnits).where(isNull(administrativeUnits.validTo)),
    listSuccession(ctx, locale),
    listPublishedNeeds(ctx, locale),
  ])
  const rows = units.flatMap((unit) => {
    const former = succession.filter(({ successorId }) => successorId === unit.id)
    const fund = former.find((one) => one.fund)?.fund
    if (!fund) return []
    return {
      slug: unit.slug,
      name: pick(locale, unit.nameVi, unit.nameEn),
      fullName: pick(locale, unit.fullNameVi, unit.fullNameEn),
      seed: seedOf(unit),
      province: pick(locale, unit.provinceVi, unit.provinceEn),
      fund,
      former: former.map(({ name, isPartial }) => ({ name, isPartial })),
      isPriority: former.some(({ isPriority }) => isPriority),
      boundary: unit.boundary,
      ...total(published.filter(({ unitId }) => unitId === unit.id)),
    }
  })
  return {
    schoolYear: published[0]?.schoolYear ?? null,
    communes: rows.toSorted(byNeed).map((row, index) => ({ ...row, rank: index + 1 })),
  }
}

/** A commune by the slug of its page, as it is today or as it was until 30 June 2025; null where there is none. */
export async function getCommune(ctx: Context, slug: string, locale: Locale): Promise<CommuneView | FormerCommuneView | null> {
  const [unit] = await ctx.db.select().from(administrativeUnits).where(eq(administrativeUnits.slug, slug))
  if (!unit) return null
  const facts = {
    slug: unit.slug,
    name: pick(locale, unit.nameVi, unit.nameEn),
    fullName: pick(locale, unit.fullNameVi, unit.fullNameEn),
    seed: seedOf(unit),
    code: unit.code,
    province: pick(locale, unit.provinceVi, unit.provinceEn),
    district: unit.districtVi,
    areaClass: unit.areaClass,
    areaKm2: unit.areaKm2,
  }
  const succession = await listSuccession(ctx, locale)
  if (unit.validTo !== null) {
    const related = succession.filter(({ predecessorId }) => predecessorId === unit.id)
    return {
      kind: 'former',
      ...facts,
      isPriority: related.some(({ isPriority }) => isPriority),
      validTo: unit.validTo,
      successors: related.map(({ successor, clause, isPartial }) => ({ ...successor, clause, isPartial })),
    }
  }
  const former = succession.filter(({ successorId }) => successorId === unit.id)
  const [published, ownCampaigns] = await Promise.all([listPublishedNeeds(ctx, locale, unit.id), listCampaigns(ctx, unit.id, locale)])
  return {
    kind: 'today',
    ...facts,
    isPriority: former.some(({ isPriority }) => isPriority),
    schoolYear: published[0]?.schoolYear ?? null,
    former: former.map(({ fullName, slug: formerSlug, district, areaClass, isPriority, clause, isPartial }) => ({
      fullName,
      slug: formerSlug,
      district,
      areaClass,
      isPriority,
      clause,
      isPartial,
    })),
    needs: published.map(({ view }) => view),
    sums: total(published),
    campaigns: ownCampaigns,
    fund: former.find((one) => one.fund)?.fund ?? null,
  }
}

/** Codes were reused for other units on 1 July 2025, so a band is drawn from the code and the day it began. */
const seedOf = (unit: { code: string; validFrom: string }): string => `${unit.code}@${unit.validFrom}`

const total = (list: { view: CommuneNeed }[]): NeedSums =>
  list.reduce((sum, { view }) => (view.sums ? addSums(sum, view.sums) : sum), NO_SUMS)

interface PublishedNeed {
  unitId: number
  schoolYear: number
  view: CommuneNeed
}

/**
 * Published needs of the newest school year, without categories in which one unit is one child (those are shown
 * only at the level of the fund). Counts below five and their sums are left out here, before anything is added up.
 */
async function listPublishedNeeds(ctx: Context, locale: Locale, unitId?: number): Promise<PublishedNeed[]> {
  const [newest] = await ctx.db
    .select({ schoolYear: max(needs.schoolYear) })
    .from(needs)
    .where(eq(needs.state, 'published'))
  if (newest?.schoolYear == null) return []
  const states = sql.join(
    PUBLIC_STATES.map((state) => sql`${state}`),
    sql`, `,
  )
  const rows = await ctx.db
    .select({
      need: needs,
      category: needCategories,
      gifts:
        sql`(select coalesce(sum(${lineTotals.netVnd}), 0)::bigint from ${campaigns} join ${lineTotals} on ${lineTotals.lineId} = ${campaigns.lineId} where ${campaigns.needId} = ${needs.id} and ${campaigns.state} in (${states}))`.mapWith(
          BigInt,
        ),
    })
    .from(needs)
    .innerJoin(needCategories, eq(needCategories.key, needs.category))
    .where(
      and(
        eq(needs.state, 'published'),
        eq(needs.schoolYear, newest.schoolYear),
        eq(needCategories.isPerChild, false),
        unitId === undefined ? undefined : eq(needs.unitId, unitId),
      ),
    )
    .orderBy(asc(needCategories.position))
  const ids = rows.map(({ need }) => need.id)
  const coverages =
    ids.length === 0
      ? []
      : await ctx.db.select().from(needCoverages).where(inArray(needCoverages.needId, ids)).orderBy(asc(needCoverages.id))
  return rows.map(({ need, category, gifts }) => {
    const own = coverages.filter(({ needId }) => needId === need.id)
    const isShown = need.children >= FEWEST_CHILDREN
    return {
      unitId: need.unitId,
      schoolYear: need.schoolYear,
      view: {
        category: category.key,
        categoryName: pick(locale, category.nameVi, category.nameEn),
        unit: pick(locale, category.unitVi, category.unitEn),
        children: isShown ? need.children : null,
        quantity: isShown ? need.quantity : null,
        sums: isShown
          ? needSums(
              need.amountVnd,
              own.reduce((sum, { amountVnd }) => sum + amountVnd, 0n),
              gifts,
            )
          : null,
        coveredBy: isShown ? own.map((coverage) => pick(locale, coverage.nameVi, coverage.nameEn)) : [],
        reportedOn: need.reportedOn,
        checkedOn: need.checkedOn,
      },
    }
  })
}

async function listCampaigns(ctx: Context, unitId: number, locale: Locale): Promise<CommuneCampaign[]> {
  const rows = await ctx.db
    .select({ campaign: campaigns, receivedVnd: lineTotals.netVnd })
    .from(campaigns)
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .where(and(eq(campaigns.unitId, unitId), inArray(campaigns.state, [...PUBLIC_STATES])))
    .orderBy(asc(campaigns.neededBy), asc(campaigns.id))
  const order = (state: string): number => PUBLIC_STATES.findIndex((one) => one === state)
  return rows
    .flatMap(({ campaign, receivedVnd }) => {
      const state = PUBLIC_STATES.find((one) => one === campaign.state)
      if (!state) return []
      return {
        slug: campaign.slug,
        title: pick(locale, campaign.titleVi, campaign.titleEn),
        category: campaign.category,
        state,
        takesGifts: takesPledges(campaign, dayOf(ctx.now())),
        goalVnd: campaign.goalVnd,
        receivedVnd: receivedVnd ?? 0n,
        neededBy: campaign.neededBy,
      }
    })
    .toSorted((a, b) => order(a.state) - order(b.state))
}
