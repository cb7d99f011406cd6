import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { administrativeUnits, campaigns, spendItems, spendPayments, spendRefunds, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { handedOver } from '../spending/handed-over'
import { rangesOf, unitsBefore } from '../spending/model'
import { endOfPaid } from '../spending/pay'
import { dayOf } from '../time/day'
import type { ToHandOver } from './model'

/** Whose work is listed: a fund's, in some communes or all. */
export interface DeskOf {
  fundId: number
  communeIds: 'all' | ReadonlySet<number>
}

/** What is paid for and not handed over yet, the earliest due first. */
export const listToHandOver = (ctx: Context, { fundId, communeIds }: DeskOf, locale: Locale): Promise<ToHandOver[]> =>
  toHandOver(ctx, and(eq(spends.fundId, fundId), communeIds === 'all' ? undefined : inArray(campaigns.unitId, [...communeIds])), locale)

/** How many purchases have something to hand over. */
export const countToHandOver = async (ctx: Context, of: DeskOf): Promise<number> => (await listToHandOver(ctx, of, 'vi')).length

/** What of one purchase of a fund is to be handed over; null where there is no such purchase, or nothing left of it. */
export async function getToHandOver(
  ctx: Context,
  { fundId, spendId }: { fundId: number; spendId: bigint },
  locale: Locale,
): Promise<(ToHandOver & { communeId: number }) | null> {
  const [found] = await toHandOver(ctx, and(eq(spends.fundId, fundId), eq(spends.id, spendId)), locale)
  return found ?? null
}

async function toHandOver({ db, now }: Context, where: SQL | undefined, locale: Locale): Promise<(ToHandOver & { communeId: number })[]> {
  const rows = await db
    .select({ spend: spends, campaign: { vi: campaigns.titleVi, en: campaigns.titleEn }, commune: administrativeUnits })
    .from(spends)
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .where(and(where, inArray(spends.state, ['approved', 'paid'])))
    .orderBy(asc(spends.dueOn), asc(spends.id))
  const ids = rows.map(({ spend }) => spend.id)
  if (ids.length === 0) return []
  const items = await db.select().from(spendItems).where(inArray(spendItems.spendId, ids)).orderBy(asc(spendItems.position))
  const paid = await db
    .select({ id: spendPayments.spendId, vnd: sql`max(${spendPayments.toVnd})::bigint`.mapWith(BigInt) })
    .from(spendPayments)
    .where(inArray(spendPayments.spendId, ids))
    .groupBy(spendPayments.spendId)
  const returned = await db.select().from(spendRefunds).where(inArray(spendRefunds.spendId, ids))
  const handed = await handedOver(db, ids)
  const today = dayOf(now())
  return rows.flatMap(({ spend, campaign, commune }) => {
    const own = items.filter(({ spendId }) => spendId === spend.id)
    const ranges = rangesOf(own)
    const given = {
      paidVnd: paid.find(({ id }) => id === spend.id)?.vnd ?? 0n,
      returned: returned.filter((one) => one.spendId === spend.id),
    }
    const left = own.flatMap((item) => {
      const range = ranges.get(item.position)
      if (!range) return []
      const count = unitsBefore(item, range, endOfPaid(given, range)) - (handed.get(`${spend.id} ${item.position}`) ?? 0)
      const words = { item: pick(locale, item.itemVi, item.itemEn), unit: pick(locale, item.unitVi, item.unitEn) }
      return count > 0 ? [{ position: item.position, ...words, left: count }] : []
    })
    if (left.length === 0) return []
    return {
      ...{ spendId: String(spend.id), communeId: commune.id, title: pick(locale, spend.titleVi, spend.titleEn) },
      campaign: pick(locale, campaign.vi, campaign.en),
      commune: { slug: commune.slug, name: pick(locale, commune.fullNameVi, commune.fullNameEn) },
      ...{ dueOn: spend.dueOn, isOverdue: today > spend.dueOn, items: left },
    }
  })
}

/** The slug of the commune that a purchase is for: a campaign is of one. Throws where there is no such purchase. */
export async function communeSlugOf({ db }: Context, spendId: bigint): Promise<string> {
  const [found] = await db
    .select({ slug: administrativeUnits.slug })
    .from(spends)
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .where(eq(spends.id, spendId))
  if (!found) throw new Error(`there is no spend ${spendId}`)
  return found.slug
}
