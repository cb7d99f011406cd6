import { and, asc, desc, eq, gt, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import {
  administrativeUnits,
  campaigns,
  dayCloses,
  deliveries,
  disclosures,
  events,
  funds,
  lines,
  logCheckpoints,
  pledges,
  publicLineProgress,
  publicLines,
  receivingAccounts,
  spends,
} from '../../db/schema'
import type { Context } from '../context'
import { returnedVndOf } from '../donations/returned'
import { fold } from '../i18n/fold'
import { pick, type Locale } from '../i18n/locale'
import { translator } from '../i18n/translator'
import type { AsOf, DayView, LineFilter, LinesView, LineView } from './model'
import type { LineOptions, LineQuery } from './schema'
import { searchLines, sumSince } from './search'

/** Lines of one page. */
const LINES_ON_A_PAGE = 50

/** What may be chosen in the form: funds with their accounts, campaigns and communes. */
export async function listLineOptions({ db }: Context, locale: Locale): Promise<LineOptions> {
  const accountRows = await db
    .select({ id: receivingAccounts.id, alias: receivingAccounts.alias })
    .from(receivingAccounts)
    .where(isNotNull(receivingAccounts.approvedBy))
    .orderBy(asc(receivingAccounts.alias))
  const fundRows = await db.select().from(funds).orderBy(asc(funds.id))
  const campaignRows = await db
    .select({
      slug: campaigns.slug,
      lineId: campaigns.lineId,
      titleVi: campaigns.titleVi,
      titleEn: campaigns.titleEn,
      unit: administrativeUnits,
    })
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .where(sql`${campaigns.state} not in ('draft', 'in_review')`)
  const t = translator(locale, 'lines')
  const nameOf = (unit: typeof administrativeUnits.$inferSelect) => pick(locale, unit.nameVi, unit.nameEn)
  const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name, 'vi')
  const communes = new Map(campaignRows.map(({ unit }) => [unit.id, unit]))
  const communeFilter = (unitId: number) => ({ lineId: null, unitId })
  return {
    accounts: [
      ...fundRows.map(({ id, slug, nameVi, nameEn }) => ({
        ...{ value: `quy-${slug}`, name: pick(locale, nameVi, nameEn), group: 'fund' as const, filter: { fundId: id, account: null } },
      })),
      ...accountRows.map(({ id, alias: name }) => ({
        ...{ value: `tk-${fold(name).replaceAll(' ', '-')}`, name, group: 'account' as const },
        filter: { fundId: null, account: { receivingAccountId: id } },
      })),
      ...[['the', 'card'] as const, ['tien-mat', 'cash'] as const].map(([value, channel]) => ({
        ...{ value, name: t(`form.channels.${value}`), group: 'channel' as const, filter: { fundId: null, account: { channel } } },
      })),
    ],
    places: [
      ...campaignRows
        .map(({ slug, lineId, titleVi, titleEn, unit }) => ({
          ...{ value: `cd-${slug}`, name: `${pick(locale, titleVi, titleEn)}, ${nameOf(unit)}`, group: 'campaign' as const },
          filter: { lineId, unitId: null },
        }))
        .toSorted(byName),
      ...[...communes.values()]
        .map((unit) => ({ value: `xa-${unit.slug}`, name: nameOf(unit), group: 'commune' as const, filter: communeFilter(unit.id) }))
        .toSorted(byName),
    ],
  }
}

/** A stretch of the lines that are asked for, with what all of them come to. */
export async function getLines(context: Context, query: LineQuery, filter: LineFilter, locale: Locale): Promise<LinesView> {
  const { db } = context
  const { sort, after, cited } = query
  const { standings, ...rest } = await searchLines(db, filter, { sort, after, size: LINES_ON_A_PAGE })
  const ids = standings.map(({ id }) => id)
  const areWhole = isWhole(query, filter)
  const isOfNow = areWhole && after === null && filter.from === null && filter.to === null
  const [found, days, closed, since] = await Promise.all([
    readLines(db, ids, locale),
    areWhole ? readDays(db, filter, isAnyOf(dayCloses.day, [...new Set(standings.map(({ day }) => day))])) : [],
    isOfNow ? readDays(db, filter, lastCloses(context.now())) : [],
    cited && sumSince(db, filter, cited.size),
  ])
  return { ...rest, lines: found, days, closed, since }
}

/** Whether all lines of the days are asked for, so that these can be told with their balances. */
const isWhole = ({ sort }: LineQuery, { words, account, ...filter }: LineFilter): boolean =>
  (sort === 'newest' || sort === 'oldest') &&
  words.length === 0 &&
  (['code', 'entry', 'leastVnd', 'mostVnd', 'lineId', 'unitId', 'direction', 'class'] as const).every((name) => filter[name] === null) &&
  !(account && 'channel' in account)

/** Lines by their numbers, in that order, as everybody may see them now: a name that is hidden meanwhile is not shown. */
export async function readLines(db: Database, ids: readonly bigint[], locale: Locale): Promise<LineView[]> {
  if (ids.length === 0) return []
  const name = alias(disclosures, 'name')
  const message = alias(disclosures, 'message')
  const rows = await db
    .select({
      line: publicLines,
      ...{ account: receivingAccounts.alias, fundVi: funds.placeVi, fundEn: funds.placeEn, pot: lines.kind },
      ...{ code: pledges.code, isNamed: pledges.isNamed, name: name.text, message: message.text },
      ...{ slug: campaigns.slug, titleVi: campaigns.titleVi, titleEn: campaigns.titleEn, unit: administrativeUnits },
      ...{ spend: { id: spends.id, titleVi: spends.titleVi, titleEn: spends.titleEn, supplier: spends.supplier } },
      isErased: sql<boolean>`exists (select from ${events} e where e.donation_id = ${publicLines.donationId} and e.kind = 'erasure' and e.facts->'commitments' <> '[]')`,
      isReturned: sql<boolean>`coalesce(${publicLines.class} = 'to_return' and ${returnedVndOf(publicLines.donationId)} = ${publicLines.amountVnd}, false)`,
      delivery: sql<string | null>`(select d.slug from ${deliveries} d where d.spend_id = ${publicLines.spendId} order by d.id limit 1)`,
    })
    .from(publicLines)
    .innerJoin(funds, eq(funds.id, publicLines.fundId))
    .leftJoin(receivingAccounts, eq(receivingAccounts.id, publicLines.receivingAccountId))
    .leftJoin(lines, eq(lines.id, publicLines.lineId))
    .leftJoin(campaigns, eq(campaigns.lineId, publicLines.lineId))
    .leftJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .leftJoin(pledges, eq(pledges.id, publicLines.pledgeId))
    .leftJoin(name, and(eq(name.pledgeId, publicLines.pledgeId), eq(name.field, 'name'), eq(name.review, 'shown')))
    .leftJoin(message, and(eq(message.pledgeId, publicLines.pledgeId), eq(message.field, 'message'), eq(message.review, 'shown')))
    .leftJoin(spends, eq(spends.id, publicLines.spendId))
    .where(isAnyOf(publicLines.id, ids))
  const byId = new Map(
    rows.map((row): [bigint, LineView] => {
      const { line, unit, slug, spend, pot } = row
      const { id, day, direction, amountVnd, class: is, isMove, isStated, channel } = line
      // Words of a donor stand with what came of them, not with what went back.
      const isGift = line.donationId !== null && direction === 'in'
      return [
        id,
        {
          ...{ id, day, direction, amountVnd, class: is, isMove, channel, account: row.account, code: row.code },
          ...{ isStated: channel === 'bank' ? isStated : null, isReturned: row.isReturned },
          fund: pick(locale, row.fundVi, row.fundEn),
          ...{ name: isGift && row.isNamed === true ? row.name : null, message: isGift ? row.message : null, isErased: row.isErased },
          campaign:
            slug !== null && unit !== null
              ? { slug, title: pick(locale, row.titleVi ?? '', row.titleEn ?? ''), commune: pick(locale, unit.nameVi, unit.nameEn) }
              : null,
          pot: pot === null || pot === 'campaign' ? null : pot,
          spend: spend && { number: String(spend.id), title: pick(locale, spend.titleVi, spend.titleEn), supplier: spend.supplier },
          delivery: row.delivery,
        },
      ]
    }),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** The last close of each account that receives at a moment. */
const lastCloses = (now: Date): SQL | undefined =>
  and(
    or(isNull(receivingAccounts.retiredAt), gt(receivingAccounts.retiredAt, now)),
    sql`${dayCloses.day} = (select max(c.day) from day_closes c where c.receiving_account_id = ${receivingAccounts.id})`,
  )

/** Closes of accounts, the newest first. @param which of those that the filter asks for */
const readDays = (db: Database, { fundId, account }: LineFilter, which: SQL | undefined): Promise<DayView[]> =>
  db
    .select({
      ...{ day: dayCloses.day, account: receivingAccounts.alias, openingVnd: dayCloses.openingVnd, closingVnd: dayCloses.closingVnd },
      ...{ inVnd: dayCloses.sumInVnd, outVnd: dayCloses.sumOutVnd, lateLines: dayCloses.lateLines },
    })
    .from(dayCloses)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, dayCloses.receivingAccountId))
    .where(
      and(
        which,
        fundId === null ? undefined : eq(receivingAccounts.fundId, fundId),
        account && 'receivingAccountId' in account ? eq(receivingAccounts.id, account.receivingAccountId) : undefined,
      ),
    )
    .orderBy(desc(dayCloses.day), asc(receivingAccounts.alias))

/** How far the statement goes: all that the last checkpoint of the log vouches for, or what is kept where none is signed yet. */
export async function getAsOf({ db }: Context): Promise<AsOf> {
  const [kept] = await db.select().from(publicLineProgress)
  const [checkpoint] = await db.select().from(logCheckpoints).orderBy(desc(logCheckpoints.size)).limit(1)
  const size = kept?.nextPosition ?? 0n
  const isSigned = checkpoint !== undefined && checkpoint.size >= size
  return { size, at: isSigned ? checkpoint.publishedAt : null, logSize: isSigned ? checkpoint.size : size }
}
