import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { administrativeUnits, consents, deliveries, papers, photos, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { dayOf, type Day } from '../time/day'
import type { DeskOf } from './desk'
import type { DeskDelivery } from './model'

const MOST_LISTED = 200

/** Papers of a delivery, and those of its whole spend. */
const itsPapers = sql`(${papers.deliveryId} = ${deliveries.id} or (${papers.deliveryId} is null and ${papers.spendId} = ${deliveries.spendId}))`
const isProved = sql<boolean>`exists (select 1 from ${papers} where ${itsPapers} and ${papers.releasedAt} is not null and ${papers.withdrawnAt} is null)`
const waitingPapers = sql`(select count(*) from ${papers} where ${itsPapers} and ${papers.releasedAt} is null and ${papers.withdrawnAt} is null)`

/** Photos that wait, under a consent that stands. */
const waitingPhotos = (today: Day): SQL =>
  sql`(select count(*) from ${photos} join ${consents} on ${consents.id} = ${photos.consentId}
    where ${photos.deliveryId} = ${deliveries.id} and ${photos.releasedAt} is null and ${photos.withdrawnAt} is null
    and (${consents.validUntil} is null or ${consents.validUntil} >= ${today}))`

const ofDesk = ({ fundId, communeIds }: DeskOf): SQL | undefined =>
  and(eq(spends.fundId, fundId), communeIds === 'all' ? undefined : inArray(deliveries.unitId, [...communeIds]))

/** Deliveries of a fund: first those without a paper that is shown, the earliest due first; then the newest. */
export const listDeskDeliveries = (ctx: Context, of: DeskOf, locale: Locale): Promise<DeskDelivery[]> =>
  deskDeliveries(ctx, ofDesk(of), locale)

/** One delivery of a fund; null where there is none. */
export async function getDeskDelivery(
  ctx: Context,
  { fundId, deliveryId }: { fundId: number; deliveryId: bigint },
  locale: Locale,
): Promise<DeskDelivery | null> {
  const [found] = await deskDeliveries(ctx, and(eq(spends.fundId, fundId), eq(deliveries.id, deliveryId)), locale)
  return found ?? null
}

/** How many deliveries have no paper yet: neither one that is shown, nor one that waits for a second person. */
export async function countWithoutPaper({ db }: Context, of: DeskOf): Promise<number> {
  const [row] = await db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(deliveries)
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .where(and(ofDesk(of), sql`not ${isProved} and ${waitingPapers} = 0`))
  return row?.count ?? 0
}

async function deskDeliveries({ db, now }: Context, where: SQL | undefined, locale: Locale): Promise<DeskDelivery[]> {
  const today = dayOf(now())
  const rows = await db
    .select({
      ...{ delivery: deliveries, spend: spends, commune: administrativeUnits, isProved },
      waiting: sql`${waitingPapers} + ${waitingPhotos(today)}`.mapWith(Number),
    })
    .from(deliveries)
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, deliveries.unitId))
    .where(where)
    .orderBy(asc(isProved), asc(sql`case when ${isProved} then null else ${spends.dueOn} end`), desc(deliveries.id))
    .limit(MOST_LISTED)
  return rows.map(({ delivery, spend, commune, isProved: proved, waiting }) => ({
    ...{ id: String(delivery.id), slug: delivery.slug, spendId: String(spend.id), communeId: commune.id },
    ...{ title: pick(locale, spend.titleVi, spend.titleEn), place: pick(locale, delivery.placeVi, delivery.placeEn) },
    ...{ commune: pick(locale, commune.fullNameVi, commune.fullNameEn), deliveredOn: delivery.deliveredOn, dueOn: spend.dueOn },
    ...{ isOverdue: !proved && today > spend.dueOn, isProved: proved, waiting },
    ...{ children: delivery.children, note: pick(locale, delivery.noteVi, delivery.noteEn) },
  }))
}
