import { and, asc, eq, inArray, isNotNull, isNull, lte, or, gt, sql } from 'drizzle-orm'
import {
  administrativeUnits,
  agencies,
  campaigns,
  funds,
  lines,
  lineTotals,
  programmes,
  programmeTargets,
  programmeUnits,
  receivingAccounts,
  unitSuccessions,
} from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import type { FundCampaign, FundRow, FundView, ProgrammeView, PublicAccount } from './model'

const PUBLIC_STATES = ['open', 'funded', 'delivering', 'complete', 'closed'] as const

/** All funds, with what they received on all their lines. */
export async function listFunds(ctx: Context, locale: Locale): Promise<FundRow[]> {
  const rows = await ctx.db.select().from(funds).orderBy(asc(funds.id))
  return Promise.all(
    rows.map(async (fund) => {
      const [received, own, communes] = await Promise.all([
        receivedBy(ctx, fund.id),
        listCampaigns(ctx, fund.id, locale),
        listCommunesOfFund(ctx, fund.id, locale),
      ])
      return {
        slug: fund.slug,
        name: pick(locale, fund.nameVi, fund.nameEn),
        place: pick(locale, fund.placeVi, fund.placeEn),
        about: pick(locale, fund.aboutVi, fund.aboutEn),
        ...received,
        openCampaigns: own.filter(({ state }) => state === 'open').length,
        communes: communes.length,
      }
    }),
  )
}

/** A fund by the slug of its page; null where there is none. */
export async function getFund(ctx: Context, slug: string, locale: Locale): Promise<FundView | null> {
  const [fund] = await ctx.db.select().from(funds).where(eq(funds.slug, slug))
  if (!fund) return null
  const [received, own, communes, accounts, plans, fundAgencies] = await Promise.all([
    receivedBy(ctx, fund.id),
    listCampaigns(ctx, fund.id, locale),
    listCommunesOfFund(ctx, fund.id, locale),
    listEffectiveAccounts(ctx, fund.id),
    listProgrammes(ctx, fund.id, locale),
    ctx.db.select().from(agencies).where(eq(agencies.fundId, fund.id)),
  ])
  const open = own.filter(({ state }) => state === 'open')
  return {
    slug: fund.slug,
    name: pick(locale, fund.nameVi, fund.nameEn),
    place: pick(locale, fund.placeVi, fund.placeEn),
    about: pick(locale, fund.aboutVi, fund.aboutEn),
    publishesBy: fund.publishesBy,
    accounts,
    programmes: plans,
    agencies: fundAgencies
      .map((agency) => ({ key: agency.key, name: pick(locale, agency.nameVi, agency.nameEn) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
    communes,
    sums: {
      ...received,
      goalVnd: open.reduce((sum, { goalVnd }) => sum + goalVnd, 0n),
      missingVnd: open.reduce((sum, one) => sum + missing(one), 0n),
      openCampaigns: open.length,
    },
    campaigns: open.toSorted((a, b) => (missing(a) > missing(b) ? -1 : 1)).map(({ state: _, ...campaign }) => campaign),
  }
}

const missing = ({ goalVnd, receivedVnd }: { goalVnd: bigint; receivedVnd: bigint }): bigint =>
  goalVnd > receivedVnd ? goalVnd - receivedVnd : 0n

async function receivedBy(ctx: Context, fundId: number): Promise<{ receivedVnd: bigint; gifts: number }> {
  const [row] = await ctx.db
    .select({
      receivedVnd: sql`coalesce(sum(${lineTotals.netVnd}), 0)::bigint`.mapWith(BigInt),
      gifts: sql`coalesce(sum(${lineTotals.gifts}), 0)::integer`.mapWith(Number),
    })
    .from(lineTotals)
    .innerJoin(lines, eq(lines.id, lineTotals.lineId))
    .where(and(eq(lines.fundId, fundId), eq(lines.unit, 'VND')))
  return row ?? { receivedVnd: 0n, gifts: 0 }
}

async function listCampaigns(ctx: Context, fundId: number, locale: Locale): Promise<(FundCampaign & { state: string })[]> {
  const rows = await ctx.db
    .select({
      campaign: campaigns,
      unit: { vi: administrativeUnits.fullNameVi, en: administrativeUnits.fullNameEn },
      receivedVnd: lineTotals.netVnd,
    })
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .where(and(eq(campaigns.fundId, fundId), inArray(campaigns.state, [...PUBLIC_STATES])))
    .orderBy(asc(campaigns.id))
  return rows.map(({ campaign, unit, receivedVnd }) => ({
    slug: campaign.slug,
    title: pick(locale, campaign.titleVi, campaign.titleEn),
    category: campaign.category,
    communeName: pick(locale, unit.vi, unit.en),
    state: campaign.state,
    goalVnd: campaign.goalVnd,
    receivedVnd: receivedVnd ?? 0n,
    neededBy: campaign.neededBy,
  }))
}

/** Today's communes that the fund's programmes reach, in the order of the alphabet. */
export async function listCommunesOfFund(
  ctx: Context,
  fundId: number,
  locale: Locale,
): Promise<{ id: number; slug: string; fullName: string }[]> {
  const rows = await ctx.db
    .selectDistinct({
      id: administrativeUnits.id,
      slug: administrativeUnits.slug,
      name: administrativeUnits.nameVi,
      vi: administrativeUnits.fullNameVi,
      en: administrativeUnits.fullNameEn,
    })
    .from(programmeUnits)
    .innerJoin(programmes, eq(programmes.id, programmeUnits.programmeId))
    .innerJoin(unitSuccessions, eq(unitSuccessions.predecessorId, programmeUnits.unitId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, unitSuccessions.successorId))
    .where(eq(programmes.fundId, fundId))
  return rows
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
    .map(({ id, slug, vi, en }) => ({ id, slug, fullName: pick(locale, vi, en) }))
}

/** Accounts that two people approved and whose published delay has passed. */
async function listEffectiveAccounts(ctx: Context, fundId: number): Promise<PublicAccount[]> {
  const now = ctx.now()
  const rows = await ctx.db
    .select()
    .from(receivingAccounts)
    .where(
      and(
        eq(receivingAccounts.fundId, fundId),
        isNotNull(receivingAccounts.approvedBy),
        lte(receivingAccounts.effectiveFrom, now),
        or(isNull(receivingAccounts.retiredAt), gt(receivingAccounts.retiredAt, now)),
      ),
    )
    .orderBy(asc(receivingAccounts.alias))
  return rows.flatMap(({ alias, bankName, accountNumber, accountName, effectiveFrom, retiredAt }) =>
    effectiveFrom ? { alias, bankName, accountNumber, accountName, effectiveFrom, retiresAt: retiredAt } : [],
  )
}

async function listProgrammes(ctx: Context, fundId: number, locale: Locale): Promise<ProgrammeView[]> {
  const rows = await ctx.db.select().from(programmes).where(eq(programmes.fundId, fundId)).orderBy(asc(programmes.periodFrom))
  const ids = rows.map(({ id }) => id)
  const targets =
    ids.length === 0
      ? []
      : await ctx.db
          .select()
          .from(programmeTargets)
          .where(inArray(programmeTargets.programmeId, ids))
          .orderBy(asc(programmeTargets.position))
  return rows.map((row) => ({
    slug: row.slug,
    title: pick(locale, row.titleVi, row.titleEn),
    decisionNumber: row.decisionNumber,
    decidedOn: row.decidedOn,
    legalBasis: pick(locale, row.legalBasisVi, row.legalBasisEn),
    periodFrom: row.periodFrom,
    periodTo: row.periodTo,
    reportsBy: row.reportsBy,
    targets: targets
      .filter(({ programmeId }) => programmeId === row.id)
      .map((target) => ({ text: pick(locale, target.textVi, target.textEn), percent: target.percent })),
  }))
}
