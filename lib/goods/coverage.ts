import { aliasedTable, and, asc, desc, eq, gt, ne, sql } from 'drizzle-orm'
import {
  budgetLines,
  campaigns,
  disclosures,
  goodsIntervals,
  goodsLines,
  goodsReceipts,
  goodsRefusals,
  goodsTotals,
  pledgeItems,
  pledges,
} from '../../db/schema'
import type { Context } from '../context'
import { receiptStands } from '../donations/returned'
import { publicName } from '../donors/public-name'
import { pick, type Locale } from '../i18n/locale'
import { getGive } from '../pledges/queries'
import type { CampaignGoods, GoodsOffer, GoodsRow, OfferedLine } from './model'

/** Visits of givers on the page of a campaign, and how many receipts are read for them: a visit brings several things. */
const LATEST_VISITS = 8
const LATEST_RECEIPTS = 24

/** A campaign to give goods or services to, by its slug or an old one; null where there is none in public. */
export async function getGoodsOffer(ctx: Context, slug: string, locale: Locale): Promise<GoodsOffer | null> {
  const give = await getGive(ctx, slug, locale)
  return give && { give, lines: await listLines(ctx, give.slug, locale) }
}

/** What of a campaign's budget is promised and came in kind, and who brought it last. */
export async function getCampaignGoods(ctx: Context, slug: string, locale: Locale): Promise<CampaignGoods> {
  const [lines, latest, [counted]] = await Promise.all([
    listLines(ctx, slug, locale),
    listLatest(ctx, slug, locale),
    ctx.db
      .select({ receipts: sql`coalesce(sum(${goodsTotals.receipts}), 0)::int`.mapWith(Number) })
      .from(goodsTotals)
      .innerJoin(goodsLines, eq(goodsLines.lineId, goodsTotals.lineId))
      .innerJoin(campaigns, eq(campaigns.id, goodsLines.campaignId))
      .where(eq(campaigns.slug, slug)),
  ])
  return { lines: lines.filter(({ promised, received }) => promised + received > 0n), latest, receipts: counted?.receipts ?? 0 }
}

/**
 * The budget lines of a campaign with what is promised and came of each. Promised is what is still to come: of pledges
 * that are neither past their time nor refused, less what came of them already.
 */
async function listLines({ db, now }: Context, slug: string, locale: Locale): Promise<OfferedLine[]> {
  const came = sql`(select sum(${goodsReceipts.units}) from ${goodsReceipts}
    where ${goodsReceipts.pledgeId} = ${pledgeItems.pledgeId} and ${goodsReceipts.lineId} = ${goodsLines.lineId}
      and ${receiptStands(goodsReceipts.id)})`
  const counts = and(
    eq(pledgeItems.campaignId, budgetLines.campaignId),
    eq(pledgeItems.position, budgetLines.position),
    ne(pledges.state, 'cancelled'),
    gt(pledges.expiresAt, now()),
  )
  const rows = await db
    .select({
      line: budgetLines,
      received: sql`coalesce(${goodsTotals.receivedUnits} - ${goodsTotals.reversedUnits}, 0)::bigint`.mapWith(BigInt),
      promised: sql`coalesce((select sum(greatest(${pledgeItems.units} - coalesce(${came}, 0), 0)) from ${pledgeItems}
        join ${pledges} on ${pledges.id} = ${pledgeItems.pledgeId}
        left join ${goodsRefusals} on ${goodsRefusals.pledgeId} = ${pledges.id}
        where ${counts} and ${goodsRefusals.pledgeId} is null), 0)::bigint`.mapWith(BigInt),
    })
    .from(budgetLines)
    .innerJoin(campaigns, eq(campaigns.id, budgetLines.campaignId))
    .leftJoin(goodsLines, and(eq(goodsLines.campaignId, budgetLines.campaignId), eq(goodsLines.position, budgetLines.position)))
    .leftJoin(goodsTotals, eq(goodsTotals.lineId, goodsLines.lineId))
    .where(eq(campaigns.slug, slug))
    .orderBy(asc(budgetLines.position))
  return rows.map(({ line, promised, received }) => ({
    position: line.position,
    item: pick(locale, line.itemVi, line.itemEn),
    unit: pick(locale, line.unitVi, line.unitEn),
    standard: pick(locale, line.standardVi, line.standardEn),
    quantity: line.quantity,
    promised,
    received,
  }))
}

/** The last visits of givers in the public order, newest first. */
async function listLatest({ db }: Context, slug: string, locale: Locale): Promise<GoodsRow[]> {
  const names = aliasedTable(disclosures, 'names')
  const messages = aliasedTable(disclosures, 'messages')
  const rows = await db
    .select({
      receipt: goodsReceipts,
      line: budgetLines,
      code: pledges.code,
      isNamed: pledges.isNamed,
      name: names.text,
      nameReview: names.review,
      message: messages.text,
      messageReview: messages.review,
    })
    .from(goodsIntervals)
    .innerJoin(goodsLines, eq(goodsLines.lineId, goodsIntervals.lineId))
    .innerJoin(campaigns, eq(campaigns.id, goodsLines.campaignId))
    .innerJoin(budgetLines, and(eq(budgetLines.campaignId, goodsLines.campaignId), eq(budgetLines.position, goodsLines.position)))
    .innerJoin(goodsReceipts, eq(goodsReceipts.id, goodsIntervals.receiptId))
    .innerJoin(pledges, eq(pledges.id, goodsReceipts.pledgeId))
    .leftJoin(names, and(eq(names.pledgeId, pledges.id), eq(names.field, 'name')))
    .leftJoin(messages, and(eq(messages.pledgeId, pledges.id), eq(messages.field, 'message')))
    .where(and(eq(campaigns.slug, slug), receiptStands(goodsReceipts.id)))
    .orderBy(desc(goodsIntervals.eventId))
    .limit(LATEST_RECEIPTS)
  const visits = [...Map.groupBy(rows, ({ receipt }) => receipt.formKey)].slice(0, LATEST_VISITS)
  return visits.flatMap(([formKey, own]) => {
    const [first] = own
    if (!first) return []
    return {
      key: formKey,
      code: first.code,
      name: publicName({ isNamed: first.isNamed, text: first.name, review: first.nameReview }, locale),
      message: first.messageReview === 'shown' ? first.message : null,
      receivedOn: first.receipt.receivedOn,
      what: own
        .toSorted((a, b) => a.line.position - b.line.position)
        .map(({ receipt, line }) => ({
          key: String(receipt.id),
          item: pick(locale, line.itemVi, line.itemEn),
          unit: pick(locale, line.unitVi, line.unitEn),
          units: receipt.units,
        })),
    }
  })
}
