import { eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { administrativeUnits, funds, programmes, programmeUnits, unitSuccessions } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import type { RelatedUnit } from './model'

/** A unit of a plan and one it became; the fields are the former unit's. */
export interface Succession extends RelatedUnit {
  predecessorId: number
  successorId: number
  name: string
  successor: Omit<RelatedUnit, 'clause' | 'isPartial'>
  fund: { slug: string; name: string } | null
}

/** Which unit of the plans became which of today, in the order of the former names. */
export async function listSuccession(ctx: Context, locale: Locale): Promise<Succession[]> {
  const before = alias(administrativeUnits, 'before')
  const after = alias(administrativeUnits, 'after')
  const rows = await ctx.db
    .select({
      clause: unitSuccessions.clauseVi,
      isPartial: unitSuccessions.isPartial,
      isPriority: programmeUnits.isPriority,
      before: {
        id: before.id,
        slug: before.slug,
        nameVi: before.nameVi,
        nameEn: before.nameEn,
        fullNameVi: before.fullNameVi,
        fullNameEn: before.fullNameEn,
        district: before.districtVi,
        areaClass: before.areaClass,
      },
      after: { id: after.id, slug: after.slug, fullNameVi: after.fullNameVi, fullNameEn: after.fullNameEn },
      fund: { slug: funds.slug, nameVi: funds.nameVi, nameEn: funds.nameEn },
    })
    .from(unitSuccessions)
    .innerJoin(before, eq(before.id, unitSuccessions.predecessorId))
    .innerJoin(after, eq(after.id, unitSuccessions.successorId))
    .leftJoin(programmeUnits, eq(programmeUnits.unitId, before.id))
    .leftJoin(programmes, eq(programmes.id, programmeUnits.programmeId))
    .leftJoin(funds, eq(funds.id, programmes.fundId))
  return rows
    .map((row) => ({
      predecessorId: row.before.id,
      successorId: row.after.id,
      slug: row.before.slug,
      name: pick(locale, row.before.nameVi, row.before.nameEn),
      fullName: pick(locale, row.before.fullNameVi, row.before.fullNameEn),
      district: row.before.district,
      areaClass: row.before.areaClass,
      isPriority: row.isPriority ?? false,
      clause: row.clause,
      isPartial: row.isPartial,
      successor: {
        slug: row.after.slug,
        fullName: pick(locale, row.after.fullNameVi, row.after.fullNameEn),
        district: null,
        areaClass: null,
        isPriority: false,
      },
      fund: row.fund ? { slug: row.fund.slug, name: pick(locale, row.fund.nameVi, row.fund.nameEn) } : null,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
}
