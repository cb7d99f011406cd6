import { and, asc, count, eq, inArray, max, sql } from 'drizzle-orm'
import {
  administrativeUnits,
  agencies,
  campaigns,
  funds,
  lineTotals,
  needCategories,
  needCoverages,
  needs,
  programmes,
} from '../../db/schema'
import { PUBLIC_STATES } from '../campaigns/states'
import { addSums, needSums, NO_SUMS } from '../communes/model'
import { FEWEST_CHILDREN } from '../few'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import type { CategoryRow, CategoryView, CommuneShare, FundShare, NeedTable, NeedTotal } from './model'

/** A published need of the newest school year, with what meets it. */
interface NeedRow {
  category: string
  fundId: number
  schoolYear: number
  unit: { slug: string; name: string }
  children: number
  total: NeedTotal
}

async function listNeedRows({ db }: Context, locale: Locale): Promise<NeedRow[]> {
  const [newest] = await db
    .select({ schoolYear: max(needs.schoolYear) })
    .from(needs)
    .where(eq(needs.state, 'published'))
  if (newest?.schoolYear == null) return []
  const covered = db
    .select({ needId: needCoverages.needId, vnd: sql`sum(${needCoverages.amountVnd})::bigint`.mapWith(BigInt).as('covered_vnd') })
    .from(needCoverages)
    .groupBy(needCoverages.needId)
    .as('covered')
  const given = db
    .select({ needId: campaigns.needId, vnd: sql`sum(${lineTotals.netVnd})::bigint`.mapWith(BigInt).as('given_vnd') })
    .from(campaigns)
    .innerJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .where(inArray(campaigns.state, [...PUBLIC_STATES]))
    .groupBy(campaigns.needId)
    .as('given')
  const rows = await db
    .select({
      need: needs,
      fundId: programmes.fundId,
      slug: administrativeUnits.slug,
      nameVi: administrativeUnits.nameVi,
      nameEn: administrativeUnits.nameEn,
      coveredVnd: sql`coalesce(${covered.vnd}, 0)::bigint`.mapWith(BigInt),
      givenVnd: sql`coalesce(${given.vnd}, 0)::bigint`.mapWith(BigInt),
    })
    .from(needs)
    .innerJoin(programmes, eq(programmes.id, needs.programmeId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, needs.unitId))
    .leftJoin(covered, eq(covered.needId, needs.id))
    .leftJoin(given, eq(given.needId, needs.id))
    .where(and(eq(needs.state, 'published'), eq(needs.schoolYear, newest.schoolYear)))
    .orderBy(asc(needs.id))
  return rows.map(({ need, fundId, slug, nameVi, nameEn, coveredVnd, givenVnd }) => ({
    category: need.category,
    fundId,
    schoolYear: need.schoolYear,
    unit: { slug, name: pick(locale, nameVi, nameEn) },
    children: need.children,
    total: { children: need.children, quantity: need.quantity, sums: needSums(need.amountVnd, coveredVnd, givenVnd) },
  }))
}

/** Adds needs up; null where there is none. */
function addUp(rows: readonly NeedRow[]): NeedTotal | null {
  if (rows.length === 0) return null
  return rows.reduce<NeedTotal>(
    (sum, { total }) => ({
      children: sum.children + total.children,
      quantity: sum.quantity + total.quantity,
      sums: addSums(sum.sums, total.sums),
    }),
    { children: 0, quantity: 0, sums: NO_SUMS },
  )
}

/** Needs that may stand in a sum beside rows by commune: without the small ones, which the difference would give away. */
const shown = (rows: readonly NeedRow[]): NeedRow[] => rows.filter(({ children }) => children >= FEWEST_CHILDREN)

type CategoryRecord = typeof needCategories.$inferSelect

function categoryRow(record: CategoryRecord, rows: readonly NeedRow[], openCampaigns: Map<string, number>, locale: Locale): CategoryRow {
  const own = rows.filter(({ category }) => category === record.key)
  return {
    key: record.key,
    name: pick(locale, record.nameVi, record.nameEn),
    about: pick(locale, record.aboutVi, record.aboutEn),
    unit: pick(locale, record.unitVi, record.unitEn),
    isPerChild: record.isPerChild,
    total: record.isPerChild ? null : addUp(shown(own)),
    openCampaigns: openCampaigns.get(record.key) ?? 0,
  }
}

async function countOpenCampaigns({ db }: Context): Promise<Map<string, number>> {
  const rows = await db
    .select({ category: campaigns.category, total: count() })
    .from(campaigns)
    .where(eq(campaigns.state, 'open'))
    .groupBy(campaigns.category)
  return new Map(rows.map(({ category, total }) => [category, total]))
}

/**
 * Every category, and the table of communes and categories for those that may be shown by commune
 * (money.md §8). Communes stand in the order of the alphabet.
 */
export async function getNeedTable(context: Context, locale: Locale): Promise<NeedTable> {
  const records = await context.db.select().from(needCategories).orderBy(asc(needCategories.position))
  const rows = await listNeedRows(context, locale)
  const openCampaigns = await countOpenCampaigns(context)
  const perChild = new Set(records.filter(({ isPerChild }) => isPerChild).map(({ key }) => key))
  const communes = new Map<string, NeedTable['communes'][number]>()
  for (const row of rows.filter(({ category }) => !perChild.has(category))) {
    const commune = communes.get(row.unit.slug) ?? { ...row.unit, cells: {} }
    commune.cells[row.category] = communeShare(row)
    communes.set(row.unit.slug, commune)
  }
  return {
    schoolYear: rows[0]?.schoolYear ?? null,
    categories: records.map((record) => categoryRow(record, rows, openCampaigns, locale)),
    communes: [...communes.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
  }
}

const communeShare = (row: NeedRow): CommuneShare => ({ ...row.unit, total: row.children >= FEWEST_CHILDREN ? row.total : null })

/** The page of a category by its key; null where there is none. */
export async function getCategory(context: Context, key: string, locale: Locale): Promise<CategoryView | null> {
  const { db } = context
  const [record] = await db.select().from(needCategories).where(eq(needCategories.key, key))
  if (!record) return null
  const rows = (await listNeedRows(context, locale)).filter(({ category }) => category === key)
  const fundRows = await db
    .select({ fund: funds, agency: agencies })
    .from(funds)
    .leftJoin(agencies, and(eq(agencies.fundId, funds.id), eq(agencies.key, record.leadAgency)))
    .orderBy(asc(funds.id))
  return {
    ...categoryRow(record, rows, await countOpenCampaigns(context), locale),
    standard: pick(locale, record.standardVi, record.standardEn),
    schoolYear: rows[0]?.schoolYear ?? null,
    funds: fundRows.map(({ fund, agency }): FundShare => {
      const own = rows.filter(({ fundId }) => fundId === fund.id)
      const total = addUp(record.isPerChild ? own : shown(own))
      const isTooFew = own.length > 0 && (total === null || total.children < FEWEST_CHILDREN)
      return {
        slug: fund.slug,
        name: pick(locale, fund.nameVi, fund.nameEn),
        leadAgency: agency ? pick(locale, agency.nameVi, agency.nameEn) : null,
        total: isTooFew ? null : total,
        isTooFew,
      }
    }),
    communes: record.isPerChild ? [] : rows.map(communeShare).toSorted(byMissing),
  }
}

/** Most missing first; those whose sums are not shown stand last, in the order of the alphabet. */
function byMissing(a: CommuneShare, b: CommuneShare): number {
  const [x, y] = [a.total?.sums.missingVnd ?? -1n, b.total?.sums.missingVnd ?? -1n]
  return x === y ? a.name.localeCompare(b.name, 'vi') : x > y ? -1 : 1
}
