import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { administrativeUnits, needCategories, needs, programmeUnits, unitSuccessions } from '../../db/schema'
import { fold } from '../i18n/fold'
import { figuresOf, type NeedRow } from './change'
import type { ImportRow, NeedFigures, RowProblem } from './model'
import { figureErrors, FIGURE_FIELDS, figuresSchema } from './schema'
import type { NeedCells } from './sheet'

/** Which commune and which category a report may name. */
export interface ReportPlaces {
  communes: { id: number; code: string; nameVi: string; fullNameVi: string; nameEn: string }[]
  categories: { key: string; nameVi: string; nameEn: string; unitVi: string; unitEn: string }[]
}

/** The communes of today that a programme reaches, in the order of the alphabet, and every category. */
export async function reportPlaces(db: Database, programmeId: number): Promise<ReportPlaces> {
  const communes = await db
    .selectDistinct({
      ...{ id: administrativeUnits.id, code: administrativeUnits.code, nameEn: administrativeUnits.nameEn },
      ...{ nameVi: administrativeUnits.nameVi, fullNameVi: administrativeUnits.fullNameVi },
    })
    .from(programmeUnits)
    .innerJoin(unitSuccessions, eq(unitSuccessions.predecessorId, programmeUnits.unitId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, unitSuccessions.successorId))
    .where(and(eq(programmeUnits.programmeId, programmeId), isNull(administrativeUnits.validTo)))
  const categories = await db
    .select({
      ...{ key: needCategories.key, nameVi: needCategories.nameVi, nameEn: needCategories.nameEn },
      ...{ unitVi: needCategories.unitVi, unitEn: needCategories.unitEn },
    })
    .from(needCategories)
    .orderBy(asc(needCategories.position))
  return { communes: communes.toSorted((a, b) => a.nameVi.localeCompare(b.nameVi, 'vi')), categories }
}

/** A row with what taking it in would do. */
export interface JudgedRow extends ImportRow {
  unitId: number | null
  category: string | null
  figures: NeedFigures | null
  /** The report it changes, or beside which it would stand. */
  known: NeedRow | null
}

/**
 * Says row by row what taking a sheet in would do, from what is reported by now.
 * @param mayReportFor the communes that whoever brings the sheet may report for: of others nothing is said
 */
export async function judgeRows(
  db: Database,
  places: ReportPlaces,
  {
    schoolYear,
    rows,
    mayReportFor,
  }: { schoolYear: number; rows: readonly { row: number; cells: NeedCells }[]; mayReportFor: 'all' | ReadonlySet<number> },
): Promise<JudgedRow[]> {
  const live = await db
    .select()
    .from(needs)
    .where(
      and(
        eq(needs.schoolYear, schoolYear),
        inArray(needs.state, ['reported', 'checked', 'published']),
        inArray(needs.unitId, [0, ...places.communes.map(({ id }) => id)]),
      ),
    )
    .orderBy(asc(needs.id))
  const seen = new Set<string>()
  return rows.map(({ row, cells }) => {
    const read = readRow(places, cells)
    const problems = [...read.problems]
    const isTheirs = read.unitId === null || mayReportFor === 'all' || mayReportFor.has(read.unitId)
    if (!isTheirs) problems.push({ field: 'commune', error: 'not_yours' })
    const place = `${read.unitId}/${read.category}`
    if (read.unitId !== null && read.category !== null) {
      if (seen.has(place)) problems.push({ field: 'commune', error: 'twice' })
      seen.add(place)
    }
    const known = live.filter(({ unitId, category }) => isTheirs && unitId === read.unitId && category === read.category)
    // A report that nobody checked yet is revised; beside what was checked a new one stands, for an editor.
    const target = known.findLast(({ state }) => state === 'reported') ?? known[0] ?? null
    const { figures } = read
    const isSame = figures !== null && known.some((one) => JSON.stringify(figuresOf(one)) === JSON.stringify(figuresOf(figures)))
    const verdict =
      problems.length > 0 || !figures
        ? ('wrong' as const)
        : !target
          ? ('new' as const)
          : isSame
            ? ('same' as const)
            : target.state === 'reported'
              ? ('changed' as const)
              : ('beside' as const)
    return {
      ...{ row, verdict, problems, unitId: read.unitId, category: read.category, figures, known: target },
      ...{ commune: read.commune ?? cells.commune ?? cells.communeCode ?? '', categoryName: read.categoryName ?? cells.category ?? '' },
      written: Object.fromEntries(FIGURE_FIELDS.map((field) => [field, cells[field] ?? ''])),
      was: target,
      becomes: figures,
    }
  })
}

function readRow(places: ReportPlaces, cells: NeedCells) {
  const problems: RowProblem[] = []
  const commune = findCommune(places, cells)
  if (!commune) problems.push({ field: 'commune', error: 'unknown' })
  const category = places.categories.find(
    ({ key, nameVi, nameEn }) =>
      (cells.categoryKey ?? '') === key ||
      ((cells.categoryKey ?? '') === '' && [nameVi, nameEn].some((name) => fold(name) === fold(cells.category ?? ''))),
  )
  if (!category) problems.push({ field: 'category', error: 'unknown' })
  const parsed = figuresSchema.safeParse(cells)
  if (!parsed.success) {
    const errors = figureErrors(parsed.error)
    for (const field of FIGURE_FIELDS) {
      const error = errors[field]
      if (error) problems.push({ field, error })
    }
  }
  return {
    ...{ unitId: commune?.id ?? null, commune: commune?.fullNameVi ?? null },
    ...{ category: category?.key ?? null, categoryName: category?.nameVi ?? null },
    ...{ figures: parsed.success ? parsed.data : null, problems },
  }
}

/** By its code, or by its name where no code is given. A spreadsheet drops zeros in front of a code. */
function findCommune({ communes }: ReportPlaces, { communeCode = '', commune = '' }: NeedCells) {
  if (communeCode !== '') return communes.find(({ code }) => code === communeCode.padStart(5, '0'))
  const named = communes.filter(({ nameVi, fullNameVi, nameEn }) =>
    [nameVi, fullNameVi, nameEn].some((name) => fold(name) === fold(commune)),
  )
  return named.length === 1 ? named[0] : undefined
}
