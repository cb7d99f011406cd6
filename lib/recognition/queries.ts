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
import { hasWords, searchNames, wordsOf, type Search } from './names'
import { readMark, writeMark, type PlaceOption, type RecognitionFilter } from './schema'
import { listTiers } from './tiers'

/** Givers in the beginning of each list, and in one stretch of a whole one. */
const FIRST_ROWS = 20
const ROWS = 60
/** So many of a list are looked at before the index of words is asked. */
const MET = 1_000

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

/**
 * Givers by what they gave, most first, as many as fit a stretch. Looked for by name, a few thousand of the list are met
 * first: what many have fills a stretch there. What fewer have, the index of words finds.
 */
async function findGivers(context: Context, filter: RecognitionFilter, kind: GiverKind, size: number): Promise<Stretch<GiverRow>> {
  if (filter.name === '') return listGivers(context, filter, kind, size, null)
  const words = wordsOf(filter.name)
  if (words.length === 0) return { rows: [], next: null }
  const met = await listGivers(context, filter, kind, size, { kind: 'met', words })
  if (met.next !== null || !(await isLong(context, filter, kind))) return met
  return listGivers(context, filter, kind, size, await searchNames(context.db, words))
}

/** What of a list comes in a stretch, or after it, before any name is looked at. */
function inScope(filter: RecognitionFilter, kind: GiverKind): SQL | undefined {
  const after = readMark(filter.after)
  return and(
    eq(giverSums.scope, scopeOf(filter)),
    eq(giverSums.year, yearOf(filter)),
    eq(giverSums.kind, kind),
    sql`${giverSums.amountVnd} > 0`,
    // As one row, so that the index leads there however many gave the same.
    after ? sql`(${giverSums.amountVnd}, ${giverSums.giverId}) < (${after.amountVnd}, ${after.giverId})` : undefined,
  )
}

/** Whether a list has more than what was met. */
async function isLong({ db }: Context, filter: RecognitionFilter, kind: GiverKind): Promise<boolean> {
  const order = [desc(giverSums.amountVnd), desc(giverSums.giverId)]
  const [more] = await db
    .select({ id: giverSums.giverId })
    .from(giverSums)
    .where(inScope(filter, kind))
    .orderBy(...order)
    .offset(MET)
    .limit(1)
  return more !== undefined
}

async function listGivers(
  { db }: Context,
  filter: RecognitionFilter,
  kind: GiverKind,
  size: number,
  search: Search | { kind: 'met'; words: string[] } | null,
): Promise<Stretch<GiverRow>> {
  const inOrder = db
    .select({ giverId: giverSums.giverId, amountVnd: giverSums.amountVnd, gifts: giverSums.gifts })
    .from(giverSums)
    .where(inScope(filter, kind))
  const sums = (search?.kind === 'met' ? inOrder.orderBy(desc(giverSums.amountVnd), desc(giverSums.giverId)).limit(MET) : inOrder).as(
    'sums',
  )
  const rows = await db
    .select({
      giverId: sums.giverId,
      amountVnd: sums.amountVnd,
      gifts: sums.gifts,
      name: disclosures.text,
      code: pledges.code,
      logo: { file: organisationLogos.file, width: organisationLogos.width, height: organisationLogos.height },
    })
    .from(sums)
    .innerJoin(givers, eq(givers.id, sums.giverId))
    .innerJoin(pledges, and(eq(pledges.id, givers.pledgeId), eq(pledges.isNamed, true)))
    .innerJoin(disclosures, and(eq(disclosures.pledgeId, givers.pledgeId), eq(disclosures.field, 'name'), eq(disclosures.review, 'shown')))
    .leftJoin(
      organisationLogos,
      and(eq(organisationLogos.giverKey, givers.key), isNotNull(organisationLogos.releasedAt), isNull(organisationLogos.withdrawnAt)),
    )
    .where(search === null ? undefined : search.kind === 'few' ? isAnyOf(givers.pledgeId, search.pledgeIds) : hasWords(search.words))
    .orderBy(desc(sums.amountVnd), desc(sums.giverId))
    .limit(size + 1)
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ giverId, amountVnd, gifts, name, code, logo }) => ({
      ...{ key: String(giverId), name, amountVnd, gifts, code: gifts === 1 ? code : null },
      logo: logo && { path: filePath(digestIn(logo.file), 'webp'), width: logo.width, height: logo.height },
    })),
    next: rows.length > size && last ? writeMark(last.amountVnd, last.giverId) : null,
  }
}
