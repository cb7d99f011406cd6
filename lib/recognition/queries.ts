import { and, asc, desc, eq, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import {
  administrativeUnits,
  disclosures,
  funds,
  givers,
  giverSums,
  needCategories,
  organisationLogos,
  pledges,
  recognitionTotals,
} from '../../db/schema'
import { isAnyOf } from '../../db/rows'
import type { Context } from '../context'
import { filePath } from '../evidence/model'
import { digestIn } from '../files/digest'
import { pick, type Locale } from '../i18n/locale'
import {
  ALL_YEARS,
  categoryScope,
  communeScope,
  EVERYTHING,
  fundScope,
  type GiverKind,
  type GiverRow,
  type RecognitionView,
  type Stretch,
  type Sums,
} from './model'
import { listGoods } from './goods'
import { findNamed, listIdOf, wordsOf, type GiverList, type Standing } from './names'
import { readMark, writeMark, type PlaceOption, type RecognitionFilter } from './schema'
import { listTiers } from './tiers'

/** Givers in the beginning of each list, and in one stretch of a whole one. */
const FIRST_ROWS = 20
const ROWS = 60

/** The years in which gifts came, newest first, and what the page of thanks may be asked for. */
export async function listRecognitionOptions({ db }: Context, locale: Locale): Promise<{ years: number[]; places: PlaceOption[] }> {
  const yearRows = await db
    .selectDistinct({ year: recognitionTotals.year })
    .from(recognitionTotals)
    .where(and(eq(recognitionTotals.scope, EVERYTHING), sql`${recognitionTotals.year} <> ${ALL_YEARS}`))
    .orderBy(desc(recognitionTotals.year))
  const fundRows = await db.select().from(funds).orderBy(asc(funds.id))
  const unitRows = await db
    .select({ id: administrativeUnits.id, slug: administrativeUnits.slug, vi: administrativeUnits.nameVi, en: administrativeUnits.nameEn })
    .from(administrativeUnits)
    .where(isNull(administrativeUnits.validTo))
  const categoryRows = await db
    .select()
    .from(needCategories)
    .where(eq(needCategories.isPerChild, false))
    .orderBy(asc(needCategories.position))
  const communes = unitRows
    .map(({ id, slug, vi, en }) => ({
      value: `xa-${slug}`,
      name: pick(locale, vi, en),
      scope: communeScope(id),
      group: 'commune' as const,
      id,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
  return {
    years: yearRows.map(({ year }) => year),
    places: [
      ...fundRows.map(({ id, slug, placeVi, placeEn }) => ({
        ...{ value: `quy-${slug}`, name: pick(locale, placeVi, placeEn), scope: fundScope(id), group: 'fund' as const, id },
      })),
      ...categoryRows.map(({ key, nameVi, nameEn }) => ({
        ...{ value: `nhu-cau-${key}`, name: pick(locale, nameVi, nameEn), scope: categoryScope(key), group: 'category' as const, id: key },
      })),
      ...communes,
    ],
  }
}

/** Who is thanked, as a filter asks: the beginning of each list, or a stretch of one. */
export async function getRecognition(
  context: Context,
  filter: RecognitionFilter,
  years: number[],
  locale: Locale,
): Promise<RecognitionView> {
  const size = filter.list === null ? FIRST_ROWS : ROWS
  const wants = (list: RecognitionFilter['list']) => filter.list === null || filter.list === list
  const [sums, tiers, companies, persons, goods] = await Promise.all([
    getRecognitionSums(context, filter),
    listTiers(context, filter.place?.group === 'fund' ? filter.place.id : null, locale),
    wants('company') ? findGivers(context, filter, 'company', size) : null,
    wants('person') ? findGivers(context, filter, 'person', size) : null,
    wants('goods') ? listGoods(context, filter, size, locale) : null,
  ])
  return { sums, years, tiers, companies, persons, goods }
}

const scopeOf = ({ place }: Pick<RecognitionFilter, 'place'>): string => place?.scope ?? EVERYTHING
const yearOf = ({ year }: Pick<RecognitionFilter, 'year'>): number => year ?? ALL_YEARS

/** All that was given, since the beginning and to everything, where nothing else is asked for. */
export async function getRecognitionSums(
  { db }: Context,
  filter: Pick<RecognitionFilter, 'place' | 'year'> = { place: null, year: null },
): Promise<Sums> {
  const rows = await db
    .select()
    .from(recognitionTotals)
    .where(and(eq(recognitionTotals.scope, scopeOf(filter)), eq(recognitionTotals.year, yearOf(filter))))
  const of = (kind: GiverKind | 'nameless') => {
    const row = rows.find((one) => one.kind === kind)
    return { amountVnd: row?.amountVnd ?? 0n, gifts: row?.gifts ?? 0 }
  }
  return { company: of('company'), person: of('person'), nameless: of('nameless') }
}

/** Givers by what they gave, most first, as many as fit a stretch: all of a list, or those who are looked for by name. */
async function findGivers(context: Context, filter: RecognitionFilter, kind: GiverKind, size: number): Promise<Stretch<GiverRow>> {
  const list: GiverList = { scope: scopeOf(filter), year: yearOf(filter), kind, after: readMark(filter.after) }
  if (filter.name === '') return listGivers(context, list, size)
  const words = wordsOf(filter.name)
  const found = words.length === 0 ? [] : await findNamed(context.db, list, words, size + 1)
  const shown = found.slice(0, size)
  const rows = await giverRows(
    context,
    list,
    isAnyOf(
      giverSums.giverId,
      shown.map(({ giverId }) => giverId),
    ),
    size,
  )
  return { rows: rows.map(({ row }) => row), next: markAfter(shown, found.length > size) }
}

async function listGivers(context: Context, list: GiverList, size: number): Promise<Stretch<GiverRow>> {
  const { after } = list
  // As one row, so that the index leads there however many gave the same.
  const goesOn = after ? sql`(${giverSums.amountVnd}, ${giverSums.giverId}) < (${after.amountVnd}, ${after.giverId})` : undefined
  const rows = await giverRows(context, list, goesOn, size + 1)
  const shown = rows.slice(0, size)
  return { rows: shown.map(({ row }) => row), next: markAfter(shown, rows.length > size) }
}

function markAfter(shown: readonly Standing[], isMore: boolean): string | null {
  const last = shown.at(-1)
  return isMore && last ? writeMark(last.amountVnd, last.giverId) : null
}

/** Rows of a list whose names may be shown, in its order. */
async function giverRows({ db }: Context, list: GiverList, wanted: SQL | undefined, limit: number) {
  const rows = await db
    .select({
      giverId: giverSums.giverId,
      amountVnd: giverSums.amountVnd,
      gifts: giverSums.gifts,
      name: disclosures.text,
      code: pledges.code,
      logo: { file: organisationLogos.file, width: organisationLogos.width, height: organisationLogos.height },
    })
    .from(giverSums)
    .innerJoin(givers, eq(givers.id, giverSums.giverId))
    .innerJoin(pledges, and(eq(pledges.id, givers.pledgeId), eq(pledges.isNamed, true)))
    .innerJoin(disclosures, and(eq(disclosures.pledgeId, givers.pledgeId), eq(disclosures.field, 'name'), eq(disclosures.review, 'shown')))
    .leftJoin(
      organisationLogos,
      and(eq(organisationLogos.giverKey, givers.key), isNotNull(organisationLogos.releasedAt), isNull(organisationLogos.withdrawnAt)),
    )
    .where(and(eq(giverSums.listId, listIdOf(list)), sql`${giverSums.amountVnd} > 0`, wanted))
    .orderBy(desc(giverSums.amountVnd), desc(giverSums.giverId))
    .limit(limit)
  return rows.map(({ giverId, amountVnd, gifts, name, code, logo }) => ({
    ...{ giverId, amountVnd },
    row: {
      ...{ key: String(giverId), name, amountVnd, gifts, code: gifts === 1 ? code : null },
      logo: logo && { path: filePath(digestIn(logo.file), 'webp'), width: logo.width, height: logo.height },
    } satisfies GiverRow,
  }))
}
