import { and, desc, eq, ilike, or, sql, type SQL } from 'drizzle-orm'
import { wordsSql } from '../../db/schema/folded'
import {
  administrativeUnits,
  campaigns,
  deliveries,
  needCategories,
  needs,
  programmes,
  spends,
  staffMembers,
  staffRoles,
} from '../../db/schema'
import { isAnyOf } from '../../db/rows'
import type { Context } from '../context'
import { fold } from '../i18n/fold'
import { pick } from '../i18n/locale'
import { formatVnd } from '../money/vnd'
import { isSeenBy } from '../spend-desk/queries'
import { formatDay } from '../time/day'
import { consolePath, type Hit } from './model'
import { MOST, type Wanted } from './wanted'

const containing = (text: string): string => `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`

/** Whether a text has words that begin with every word that is looked for: by its index of words, where it has one. */
const hasWords = (text: SQL, words: readonly string[]): SQL =>
  sql`${wordsSql(text)} @@ to_tsquery('simple', ${words.map((word) => `${word}:*`).join(' & ')})`

/** Spends by number, or by what they buy and of whom. */
export async function findSpends({ db }: Context, { fund, words, number, locale, communeIds, staffId }: Wanted): Promise<Hit[]> {
  const rows = await db
    .select({
      ...{ id: spends.id, titleVi: spends.titleVi, titleEn: spends.titleEn },
      ...{ supplier: spends.supplier, amountVnd: spends.amountVnd },
    })
    .from(spends)
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .where(
      and(
        ...[eq(spends.fundId, fund.id), isSeenBy({ staffId, communeIds })],
        number === null
          ? hasWords(sql`${spends.titleVi} || ' ' || ${spends.titleEn} || ' ' || ${spends.supplier}`, words)
          : eq(spends.id, BigInt(number)),
      ),
    )
    .orderBy(desc(spends.id))
    .limit(MOST)
  return rows.map(({ id, titleVi, titleEn, supplier, amountVnd }) => ({
    ...{ kind: 'spend', title: `${id}. ${pick(locale, titleVi, titleEn)}`, detail: `${supplier}, ${formatVnd(amountVnd, locale)}` },
    path: consolePath(fund.slug, `/chi/${id}`),
  }))
}

/** Deliveries by number, or by the place and the commune where they were. */
export async function findDeliveries({ db }: Context, wanted: Wanted): Promise<Hit[]> {
  const { fund, words, number, locale, communeIds } = wanted
  const units = number === null ? await unitsOf({ db }, wanted) : []
  const rows = await db
    .select({ delivery: deliveries, vi: administrativeUnits.fullNameVi, en: administrativeUnits.fullNameEn })
    .from(deliveries)
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, deliveries.unitId))
    .where(
      and(
        eq(spends.fundId, fund.id),
        communeIds === 'all' ? undefined : isAnyOf(deliveries.unitId, [...communeIds]),
        number === null
          ? or(hasWords(sql`${deliveries.placeVi} || ' ' || ${deliveries.placeEn}`, words), isAnyOf(deliveries.unitId, units))
          : eq(deliveries.id, BigInt(number)),
      ),
    )
    .orderBy(desc(deliveries.id))
    .limit(MOST)
  return rows.map(({ delivery, vi, en }) => ({
    ...{ kind: 'delivery', title: `${pick(locale, delivery.placeVi, delivery.placeEn)}, ${pick(locale, vi, en)}` },
    ...{ detail: formatDay(delivery.deliveredOn), path: consolePath(fund.slug, `/trao/dot/${delivery.id}`) },
  }))
}

/** Needs by number, or by commune and category: every word is of one or of the other. The newest school year stands first. */
export async function findNeeds({ db }: Context, wanted: Wanted): Promise<Hit[]> {
  const { fund, number, locale, communeIds } = wanted
  const places = number === null ? await placesOf({ db }, wanted) : []
  if (number === null && places.length === 0) return []
  const rows = await db
    .select({ need: needs, unit: administrativeUnits, category: needCategories })
    .from(needs)
    .innerJoin(programmes, eq(programmes.id, needs.programmeId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, needs.unitId))
    .innerJoin(needCategories, eq(needCategories.key, needs.category))
    .where(
      and(
        eq(programmes.fundId, fund.id),
        communeIds === 'all' ? undefined : isAnyOf(needs.unitId, [...communeIds]),
        number === null
          ? sql`(${needs.unitId}, ${needs.category}) in (select * from unnest(${sql.param(places.map(({ unitId }) => unitId))}::integer[],
              ${sql.param(places.map(({ category }) => category))}::text[]))`
          : eq(needs.id, number),
      ),
    )
    .orderBy(desc(needs.schoolYear), desc(needs.id))
    .limit(MOST)
  return rows.map(({ need, unit, category }) => ({
    ...{ kind: 'need', title: `${pick(locale, category.nameVi, category.nameEn)}, ${pick(locale, unit.fullNameVi, unit.fullNameEn)}` },
    ...{ detail: `${need.schoolYear}–${need.schoolYear + 1}`, path: consolePath(fund.slug, `/nhu-cau/${need.id}`) },
  }))
}

/** Words that a name has not. */
const missing = (words: readonly string[], name: string): string[] => {
  const spaced = ` ${fold(name)}`
  return words.filter((word) => !spaced.includes(` ${word}`))
}

/** Communes of today that a fund's programmes reach, with their names in both languages. */
async function communesOfFund({ db }: Pick<Context, 'db'>, fundId: number): Promise<{ id: number; names: string }[]> {
  return db.select({ id: sql`found.id`.mapWith(Number), names: sql<string>`found.names` }).from(
    sql`(select distinct u.id, u.full_name_vi || ' ' || u.full_name_en as names from programmes p
        join programme_units pu on pu.programme_id = p.id join unit_successions s on s.predecessor_id = pu.unit_id
        join administrative_units u on u.id = s.successor_id where p.fund_id = ${fundId} and u.valid_to is null) as found`,
  )
}

/** Communes whose names have every word. */
async function unitsOf(context: Pick<Context, 'db'>, { fund, words }: Wanted): Promise<number[]> {
  const units = await communesOfFund(context, fund.id)
  return units.filter(({ names }) => missing(words, names).length === 0).map(({ id }) => id)
}

/** A commune and a category of which every word speaks. */
async function placesOf(context: Pick<Context, 'db'>, { fund, words }: Wanted): Promise<{ unitId: number; category: string }[]> {
  const units = await communesOfFund(context, fund.id)
  const categories = await context.db.select().from(needCategories)
  return units.flatMap(({ id, names }) => {
    const left = missing(words, names)
    return categories.flatMap(({ key, nameVi, nameEn }) =>
      missing(left, `${nameVi} ${nameEn}`).length === 0 ? [{ unitId: id, category: key }] : [],
    )
  })
}

/** Campaigns by number, name, address or commune. */
export async function findCampaigns({ db }: Context, { fund, words, text, number, locale, communeIds }: Wanted): Promise<Hit[]> {
  const { titleVi, titleEn, slug } = campaigns
  const rows = await db
    .select({ id: campaigns.id, vi: titleVi, en: titleEn, unitVi: administrativeUnits.fullNameVi, unitEn: administrativeUnits.fullNameEn })
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .where(
      and(
        eq(campaigns.fundId, fund.id),
        communeIds === 'all' ? undefined : isAnyOf(campaigns.unitId, [...communeIds]),
        number === null
          ? or(
              hasWords(sql`${titleVi} || ' ' || ${titleEn} || ' ' || ${administrativeUnits.fullNameVi}`, words),
              ilike(slug, containing(words.join('-'))),
              ilike(titleVi, containing(text)),
            )
          : eq(campaigns.id, number),
      ),
    )
    .orderBy(desc(campaigns.id))
    .limit(MOST)
  return rows.map(({ id, vi, en, unitVi, unitEn }) => ({
    ...{ kind: 'campaign', title: pick(locale, vi, en), detail: pick(locale, unitVi, unitEn) },
    path: consolePath(fund.slug, `/chien-dich/${id}`),
  }))
}

/** People of the fund, by name or address. */
export async function findPeople({ db }: Context, { fund, text }: Wanted): Promise<Hit[]> {
  const rows = await db
    .selectDistinct({ name: staffMembers.name, email: staffMembers.email })
    .from(staffMembers)
    .innerJoin(staffRoles, eq(staffRoles.staffId, staffMembers.id))
    .where(
      and(
        eq(staffRoles.fundId, fund.id),
        sql`${staffRoles.endedAt} is null`,
        or(ilike(staffMembers.name, containing(text)), ilike(staffMembers.email, containing(text))),
      ),
    )
    .limit(MOST)
  return rows.map(({ name, email }) => ({ kind: 'person', title: name ?? '', detail: email ?? '', path: consolePath(fund.slug, '/nguoi') }))
}
