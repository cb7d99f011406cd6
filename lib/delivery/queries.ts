import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import {
  administrativeUnits,
  campaigns,
  deliveries,
  deliveryUnits,
  disclosures,
  donations,
  funds,
  pledges,
  spendItems,
  spends,
} from '../../db/schema'
import type { Context } from '../context'
import { publicName } from '../donors/public-name'
import { pick, type Locale } from '../i18n/locale'
import { giftsOn, stretchesOfSpend } from '../spending/parts'
import { rangesOf, unitsRange } from '../spending/model'
import { FEWEST_CHILDREN_TOLD, type DeliveryRow, type DeliveryView } from './model'

/** Names that a delivery's page shows; the others are counted. */
const MOST_NAMES = 24

/** The newest deliveries: of a campaign, of a commune, or of all. */
export const listDeliveries = (
  ctx: Context,
  { campaignSlug, communeSlug, limit }: { campaignSlug?: string; communeSlug?: string; limit: number },
  locale: Locale,
): Promise<DeliveryRow[]> =>
  listWhere(
    ctx,
    and(
      campaignSlug === undefined ? undefined : eq(campaigns.slug, campaignSlug),
      communeSlug === undefined ? undefined : eq(administrativeUnits.slug, communeSlug),
    ),
    limit,
    locale,
  )

async function listWhere(ctx: Context, where: SQL | undefined, limit: number, locale: Locale): Promise<DeliveryRow[]> {
  const rows = await ctx.db
    .select({ delivery: deliveries, spend: spends, campaign: campaigns, commune: administrativeUnits })
    .from(deliveries)
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .innerJoin(campaigns, eq(campaigns.id, deliveries.campaignId))
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
  return rows.map(({ delivery, spend, campaign, commune }) => {
    const items = units
      .filter((row) => row.units.deliveryId === delivery.id)
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
      ...{ deliveredOn: delivery.deliveredOn, children: delivery.children < FEWEST_CHILDREN_TOLD ? null : delivery.children },
      ...{ items, amountVnd: items.reduce((sum, { amountVnd }) => sum + amountVnd, 0n) },
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
  const parts = await partsOf(ctx, spend.id, delivery.id)
  return {
    ...row,
    seed: `${commune.code}@${commune.validFrom}`,
    fund: { slug: fund.slug, name: pick(locale, fund.nameVi, fund.nameEn) },
    ...{ supplier: spend.supplier, spendVnd: spend.amountVnd, gifts: parts.size },
    givers: await namedOf(ctx, parts, locale),
  }
}

/** What each gift paid of a delivery. */
async function partsOf(ctx: Context, spendId: bigint, deliveryId: bigint): Promise<Map<bigint, bigint>> {
  const items = await ctx.db.select().from(spendItems).where(eq(spendItems.spendId, spendId))
  const units = await ctx.db.select().from(deliveryUnits).where(eq(deliveryUnits.deliveryId, deliveryId))
  const ranges = rangesOf(items)
  const sums = new Map<bigint, bigint>()
  for (const { position, fromUnit, toUnit } of units) {
    const item = items.find((one) => one.position === position)
    const range = ranges.get(position)
    if (!item || !range) continue
    const stretches = await stretchesOfSpend(ctx.db, spendId, unitsRange(item, range, fromUnit, toUnit))
    for (const { donationId, amountVnd } of await giftsOn(ctx.db, stretches)) sums.set(donationId, (sums.get(donationId) ?? 0n) + amountVnd)
  }
  return sums
}

/** Those among gifts that chose to be named and may be, the largest parts first. */
async function namedOf(ctx: Context, parts: ReadonlyMap<bigint, bigint>, locale: Locale): Promise<DeliveryView['givers']> {
  if (parts.size === 0) return []
  const rows = await ctx.db
    .select({ id: donations.id, code: pledges.code, name: disclosures.text, review: disclosures.review })
    .from(donations)
    .innerJoin(pledges, eq(pledges.id, donations.pledgeId))
    .innerJoin(disclosures, and(eq(disclosures.pledgeId, pledges.id), eq(disclosures.field, 'name'), eq(disclosures.review, 'shown')))
    .where(and(eq(pledges.isNamed, true), sql`${donations.id} = any(${sql.param([...parts.keys()].map(String))}::bigint[])`))
  return rows
    .map(({ id, code, name, review }) => ({
      key: String(id),
      name: publicName({ isNamed: true, text: name, review }, locale),
      code,
      amountVnd: parts.get(id) ?? 0n,
    }))
    .sort((a, b) => (a.amountVnd > b.amountVnd ? -1 : a.amountVnd < b.amountVnd ? 1 : 0))
    .slice(0, MOST_NAMES)
}
