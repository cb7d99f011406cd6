import type { administrativeUnits } from '../../db/schema'
import type { CurrentUnit, FormerUnit } from './model'
import type { PlanData } from './plan-data'
import { slugify, withoutMarks } from './slug'

type UnitRow = Omit<typeof administrativeUnits.$inferInsert, 'id'>

/** Today's units stand since this day, on which districts ended. */
const REFORM = '2025-07-01'
const LAST_DAY_BEFORE = '2025-06-30'

/** The units the plans name stood at least since the day of the scheme behind both plans; the plan data says nothing of earlier days. */
const NAMED_SINCE = '2019-05-17'

const PROVINCES: Record<string, { vi: string; en: string }> = {
  '01': { vi: 'Hà Nội', en: 'Hà Nội' },
  '56': { vi: 'Khánh Hòa', en: 'Khánh Hòa' },
  '58': { vi: 'Ninh Thuận', en: 'Ninh Thuận' },
}

const LEVELS = {
  commune: { vi: 'Xã', en: 'Commune' },
  township: { vi: 'Thị trấn', en: 'Township' },
}

const currentKey = (code: string) => `${code}@${REFORM}`
const formerKey = (code: string) => `${code}@${NAMED_SINCE}`

/**
 * The rows of the units, which became which, and which of them each fund's plan names.
 * Units are named by "code@valid from", because codes were reused.
 */
export function unitRows(data: Pick<PlanData, 'currentUnits' | 'formerUnits'>) {
  const taken = new Set(data.currentUnits.map((unit) => unit.slug))
  return {
    units: [...data.currentUnits.map(currentRow), ...data.formerUnits.map((unit) => formerRow(unit, taken))],
    successions: data.formerUnits.flatMap((unit) =>
      unit.successors.map(({ code, clauseVi }) => ({
        predecessor: formerKey(unit.code),
        successor: currentKey(code),
        clauseVi,
        isPartial: unit.successors.length > 1,
      })),
    ),
    programmeUnits: data.formerUnits.map(({ fundSlug, code, isPriority }) => ({ fundSlug, unit: formerKey(code), isPriority })),
  }
}

const province = (code: string) => {
  const names = PROVINCES[code]
  if (!names) throw new Error(`province ${code} has no name`)
  return { provinceCode: code, provinceVi: names.vi, provinceEn: names.en }
}

const currentRow = (unit: CurrentUnit): UnitRow => {
  const { provinceCode, ...rest } = unit
  return { ...rest, ...province(provinceCode), validFrom: REFORM, validTo: null, districtVi: null, areaClass: null }
}

/** A former unit's slug carries its time where a unit of today has the plain one. */
const formerRow = (unit: FormerUnit, taken: Set<string>): UnitRow => {
  const slug = slugify(unit.nameVi)
  const nameEn = withoutMarks(unit.nameVi)
  return {
    code: unit.code,
    ...province(unit.provinceCode),
    validFrom: NAMED_SINCE,
    validTo: LAST_DAY_BEFORE,
    level: unit.level,
    slug: taken.has(slug) ? `${slug}-truoc-2025` : slug,
    nameVi: unit.nameVi,
    nameEn,
    fullNameVi: `${LEVELS[unit.level].vi} ${unit.nameVi}`,
    fullNameEn: `${nameEn} ${LEVELS[unit.level].en}`,
    districtVi: unit.districtVi,
    areaClass: unit.areaClass,
    areaKm2: null,
    latitude: null,
    longitude: null,
    boundary: null,
  }
}
