import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { administrativeUnits, campaigns, deliveries, deliveryUnits, funds, needCategories, spendItems, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { untoldSpends } from '../spending/handed-over'
import { rangesOf, unitsRange, type PayersPage, type Range } from '../spending/model'
import { countPayers, listPayers } from '../spending/payers'
import { FEWEST_CHILDREN_TOLD, type DeliveryRow, type DeliveryView } from './model'

/** Whose deliveries: of one campaign, commune or spend, or of all campaigns of a kind of need or a fund; all, where nothing is named. */
export type DeliveriesOf =
  | { campaignSlug: string }
  | { communeSlug: string }
  | { spendKey: string }
  | { category: string }
  | { fundSlug: string }
  | Record<never, never>

/** The newest deliveries, newest first. Read by index, however many there are. */
export const listDeliveries = (ctx: Context, of: DeliveriesOf, limit: number, locale: Locale): Promise<DeliveryRow[]> =>
  listWhere(ctx, whereOf(ctx, of, limit), limit, locale)

function whereOf({ db }: Context, of: DeliveriesOf, limit: number): SQL | undefined {
  // One campaign, one commune: its own index gives the newest.
  if ('campaignSlug' in of)
    return eq(deliveries.campaignId, db.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.slug, of.campaignSlug)))
  if ('communeSlug' in of)
    return eq(
      deliveries.unitId,
      db.select({ id: administrativeUnits.id }).from(administrativeUnits).where(eq(administrativeUnits.slug, of.communeSlug)),
    )
  if ('spendKey' in of) return eq(deliveries.spendId, BigInt(of.spendKey))
  const among =
    'category' in of
      ? eq(campaigns.category, of.category)
      : 'fundSlug' in of
        ? eq(campaigns.fundId, db.select({ id: funds.id }).from(funds).where(eq(funds.slug, of.fundSlug)))
        : undefined
  // The newest of each campaign by its index, so that no delivery of another is read.
  return (
    among &&
    sql`${deliveries.id} in (select d.id from ${campaigns} cross join lateral (select n.id from ${deliveries} n
    where n.campaign_id = ${campaigns.id} order by n.id desc limit ${limit}) d where ${among} order by d.id desc limit ${limit})`
  )
}

async function listWhere(ctx: Context, where: SQL | undefined, limit: number, locale: Locale): Promise<DeliveryRow[]> {
  const rows = await ctx.db
    .select({ delivery: deliveries, spend: spends, campaign: campaigns, category: needCategories, commune: administrativeUnits })
    .from(deliveries)
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .innerJoin(campaigns, eq(campaigns.id, deliveries.campaignId))
    .innerJoin(needCategories, eq(needCategories.key, campaigns.category))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, deliveries.unitId))
    .where(where)
    .orderBy(desc(deliveries.id))
    .limit(limit)
  if (rows.length === 0) return []
  const units = await ctx.db
    .select({ units: deliveryUnits, item: spendItems })
    .from(deliveryUnits)
    .innerJoin(spendItems, and(eq(spendItems.spendId, deliveryUnits.spendId), eq(spendItems.position, deliveryUnits.position)))
    .where(
      inArray(
        deliveryUnits.deliveryId,
        rows.map(({ delivery }) => delivery.id),
      ),
    )
    .orderBy(asc(deliveryUnits.position))
  const untold = await untoldSpends(
    ctx.db,
    rows.map(({ spend }) => spend.id),
  )
  return rows.map(({ delivery, spend, campaign, category, commune }) => {
    const isUntold = untold.has(spend.id)
    const items = units
      .filter((row) => !isUntold && row.units.deliveryId === delivery.id)
      .map(({ units: { fromUnit, toUnit, position }, item }) => {
        const { fromVnd, toVnd } = unitsRange(item, { fromVnd: 0n, toVnd: item.amountVnd }, fromUnit, toUnit)
        const words = { item: pick(locale, item.itemVi, item.itemEn), unit: pick(locale, item.unitVi, item.unitEn) }
        return { key: String(position), ...words, units: toUnit - fromUnit, amountVnd: toVnd - fromVnd }
      })
    return {
      ...{
        slug: delivery.slug,
        title: pick(locale, spend.titleVi, spend.titleEn),
        place: pick(locale, delivery.placeVi, delivery.placeEn),
      },
      commune: { slug: commune.slug, name: pick(locale, commune.fullNameVi, commune.fullNameEn) },
      campaign: { slug: campaign.slug, title: pick(locale, campaign.titleVi, campaign.titleEn) },
      ...{ spendKey: String(spend.id), category: { key: category.key, name: pick(locale, category.nameVi, category.nameEn) } },
      toldAt: delivery.createdAt,
      ...{ deliveredOn: delivery.deliveredOn, children: delivery.children < FEWEST_CHILDREN_TOLD ? null : delivery.children },
      ...{ items, amountVnd: isUntold ? null : items.reduce((sum, { amountVnd }) => sum + amountVnd, 0n) },
    }
  })
}

/** A delivery by its address, with the gifts that paid for it; null where there is none. */
export async function getDelivery(ctx: Context, slug: string, locale: Locale): Promise<DeliveryView | null> {
  const [row] = await listWhere(ctx, eq(deliveries.slug, slug), 1, locale)
  const [more] = await ctx.db
    .select({ delivery: deliveries, spend: spends, fund: funds, commune: administrativeUnits })
    .from(deliveries)
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .innerJoin(funds, eq(funds.id, spends.fundId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, deliveries.unitId))
    .where(eq(deliveries.slug, slug))
  if (!row || !more) return null
  const { delivery, spend, fund, commune } = more
  const ranges = row.amountVnd === null ? [] : await rangesOfDelivery(ctx, delivery.id, spend.id)
  return {
    ...row,
    seed: `${commune.code}@${commune.validFrom}`,
    fund: { slug: fund.slug, name: pick(locale, fund.nameVi, fund.nameEn) },
    spend: { key: String(spend.id), supplier: spend.supplier, amountVnd: spend.amountVnd },
    note: pick(locale, delivery.noteVi, delivery.noteEn),
    gifts: await countPayers(ctx, spend.id, ranges),
  }
}

/** Who paid for a delivery: a page of them. They add up to what was handed over; nobody where that is told only as a whole. */
export async function listDeliveryPayers(ctx: Context, slug: string, fromVnd: bigint): Promise<PayersPage> {
  const [delivery] = await ctx.db
    .select({ id: deliveries.id, spendId: deliveries.spendId })
    .from(deliveries)
    .where(eq(deliveries.slug, slug))
  if (!delivery) throw new Error(`there is no delivery ${slug}`)
  const isUntold = (await untoldSpends(ctx.db, [delivery.spendId])).size > 0
  return listPayers(ctx, delivery.spendId, isUntold ? [] : await rangesOfDelivery(ctx, delivery.id, delivery.spendId), { fromVnd })
}

/** What a delivery handed over, in the đồng of its spend. */
async function rangesOfDelivery({ db }: Context, deliveryId: bigint, spendId: bigint): Promise<Range[]> {
  const items = await db.select().from(spendItems).where(eq(spendItems.spendId, spendId))
  const units = await db.select().from(deliveryUnits).where(eq(deliveryUnits.deliveryId, deliveryId)).orderBy(asc(deliveryUnits.position))
  const ranges = rangesOf(items)
  return units.flatMap(({ position, fromUnit, toUnit }) => {
    const item = items.find((one) => one.position === position)
    const range = ranges.get(position)
    return item && range ? [unitsRange(item, range, fromUnit, toUnit)] : []
  })
}
