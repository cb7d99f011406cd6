import { and, eq, inArray, sql } from 'drizzle-orm'
import { needs, programmes } from '../../db/schema'
import { askedByNeed, coveredByNeed } from '../campaigns/uncovered'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { reportPlaces } from './judge'
import type { MatrixCell, MatrixSums, NeedMatrix } from './model'

const NO_SUMS: MatrixSums = { reportedVnd: 0n, coveredVnd: 0n, inCampaignVnd: 0n, uncoveredVnd: 0n }

const add = (sums: MatrixSums, cell: MatrixSums): MatrixSums => ({
  reportedVnd: sums.reportedVnd + cell.reportedVnd,
  coveredVnd: sums.coveredVnd + cell.coveredVnd,
  inCampaignVnd: sums.inCampaignVnd + cell.inCampaignVnd,
  uncoveredVnd: sums.uncoveredVnd + cell.uncoveredVnd,
})

/**
 * What a programme's communes report for a school year, by category: reported, covered by others, asked for in
 * campaigns, and left. Every report that counts is in it, whoever has looked at it; small numbers too, since it is for
 * the fund's own people. Null where there is no such programme.
 */
export async function getNeedMatrix(
  { db }: Context,
  { programmeSlug, schoolYear }: { programmeSlug: string; schoolYear: number },
  locale: Locale,
): Promise<NeedMatrix | null> {
  const [programme] = await db.select({ id: programmes.id }).from(programmes).where(eq(programmes.slug, programmeSlug))
  if (!programme) return null
  const covered = coveredByNeed(db)
  const asked = askedByNeed(db)
  const left = sql`${needs.amountVnd} - coalesce(${covered.vnd}, 0) - coalesce(${asked.vnd}, 0)`
  const sumOf = (vnd: ReturnType<typeof sql>) => sql`coalesce(sum(${vnd}), 0)::bigint`.mapWith(BigInt)
  const rows = await db
    .select({
      unitId: needs.unitId,
      category: needs.category,
      // The one that got furthest stands for the cell.
      needId:
        sql`(array_agg(${needs.id} order by ${needs.state} = 'published' desc, ${needs.state} = 'checked' desc, ${needs.id}))[1]`.mapWith(
          Number,
        ),
      reports: sql`count(*)::int`.mapWith(Number),
      waiting: sql`(count(*) filter (where ${needs.state} <> 'published'))::int`.mapWith(Number),
      children: sql`sum(${needs.children})::int`.mapWith(Number),
      quantity: sql`sum(${needs.quantity})::int`.mapWith(Number),
      reportedVnd: sumOf(sql`${needs.amountVnd}`),
      coveredVnd: sumOf(sql`${covered.vnd}`),
      inCampaignVnd: sumOf(sql`${asked.vnd}`),
      uncoveredVnd: sumOf(sql`greatest(${left}, 0)`),
    })
    .from(needs)
    .leftJoin(covered, eq(covered.needId, needs.id))
    .leftJoin(asked, eq(asked.needId, needs.id))
    .where(
      and(
        eq(needs.programmeId, programme.id),
        eq(needs.schoolYear, schoolYear),
        inArray(needs.state, ['reported', 'checked', 'published']),
      ),
    )
    .groupBy(needs.unitId, needs.category)
  const { communes, categories } = await reportPlaces(db, programme.id)
  const cellsOf = (id: number): Record<string, MatrixCell> =>
    Object.fromEntries(rows.flatMap(({ unitId, category, ...cell }) => (unitId === id ? [[category, cell]] : [])))
  return {
    schoolYear,
    categories: categories.map(({ key, nameVi, nameEn, unitVi, unitEn }) => ({
      ...{ key, name: pick(locale, nameVi, nameEn), unit: pick(locale, unitVi, unitEn) },
      sum: rows.filter(({ category }) => category === key).reduce(add, NO_SUMS),
    })),
    communes: communes.map(({ id, nameVi, nameEn }) => ({
      ...{ unitId: id, name: pick(locale, nameVi, nameEn), cells: cellsOf(id) },
      sum: rows.filter(({ unitId }) => unitId === id).reduce(add, NO_SUMS),
    })),
    sum: rows.reduce(add, NO_SUMS),
  }
}
