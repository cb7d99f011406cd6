import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import {
  campaigns,
  deliveries,
  deliveryUnits,
  events,
  lineTotals,
  pendingEvents,
  spendItems,
  spendPayments,
  spendRefunds,
  spends,
} from '../../db/schema'
import type { Context } from '../context'
import { FEWEST_CHILDREN } from '../few'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import { untoldSpends } from './handed-over'
import { isOverdue, type CampaignSpending, type SpendListed } from './model'

const MOST_LISTED = 20
/** More payments than these do not come to one line before the sequencer comes by. */
const MOST_AT_ONCE = 50

/** What became of a campaign's money: its sums, read from the totals of its line, and its newest spends. */
export async function getCampaignSpending(ctx: Context, campaignSlug: string, locale: Locale): Promise<CampaignSpending> {
  const [campaign] = await ctx.db
    .select({ id: campaigns.id, lineId: campaigns.lineId, spentVnd: lineTotals.spentVnd, deliveredVnd: lineTotals.deliveredVnd })
    .from(campaigns)
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .where(eq(campaigns.slug, campaignSlug))
  if (!campaign) return { spends: [], spentVnd: 0n, deliveredVnd: 0n, isPartlyTold: false }
  return {
    spends: await listSpends(ctx, campaign.id, locale),
    // What is promised ends with a payment at once: the payment is told at once, too.
    spentVnd: (campaign.spentVnd ?? 0n) + (await spentJustNow(ctx, campaign.lineId)),
    deliveredVnd: campaign.deliveredVnd ?? 0n,
    isPartlyTold: await hasFew(ctx, campaign.id),
  }
}

async function hasFew({ db }: Context, campaignId: number): Promise<boolean> {
  const few = and(eq(deliveries.campaignId, campaignId), lt(deliveries.children, FEWEST_CHILDREN))
  return (await db.select({ id: deliveries.id }).from(deliveries).where(few).limit(1)).length > 0
}

/** What was paid from a line, less what came back, and is not in its totals yet. */
async function spentJustNow({ db }: Context, lineId: number): Promise<bigint> {
  const newest = db
    .select({
      id: events.id,
      vnd: sql`case ${events.kind} when 'spend_paid' then ${events.amountVnd} else -${events.amountVnd} end`.as('vnd'),
    })
    .from(events)
    .where(sql`${events.lineId} = ${lineId} and ${events.kind} in ('spend_paid', 'spend_refunded')`)
    .orderBy(desc(events.id))
    .limit(MOST_AT_ONCE)
    .as('newest')
  const [sum] = await db
    .select({ vnd: sql`coalesce(sum(${newest.vnd}), 0)::bigint`.mapWith(BigInt) })
    .from(newest)
    .innerJoin(pendingEvents, eq(pendingEvents.eventId, newest.id))
  return sum?.vnd ?? 0n
}

async function listSpends(ctx: Context, campaignId: number, locale: Locale): Promise<SpendListed[]> {
  const rows = await ctx.db.select().from(spends).where(eq(spends.campaignId, campaignId)).orderBy(desc(spends.id)).limit(MOST_LISTED)
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const sums = async (query: Promise<{ id: bigint; vnd: bigint }[]>) => new Map((await query).map(({ id, vnd }) => [id, vnd]))
  const paid = await sums(
    ctx.db
      .select({ id: spendPayments.spendId, vnd: sql`max(${spendPayments.toVnd})::bigint`.mapWith(BigInt) })
      .from(spendPayments)
      .where(inArray(spendPayments.spendId, ids))
      .groupBy(spendPayments.spendId),
  )
  const back = await sums(
    ctx.db
      .select({ id: spendRefunds.spendId, vnd: sql`sum(${spendRefunds.toVnd} - ${spendRefunds.fromVnd})::bigint`.mapWith(BigInt) })
      .from(spendRefunds)
      .where(inArray(spendRefunds.spendId, ids))
      .groupBy(spendRefunds.spendId),
  )
  const handed = ctx.db
    .select({ id: deliveryUnits.spendId, position: deliveryUnits.position, units: sql<number>`max(${deliveryUnits.toUnit})`.as('handed') })
    .from(deliveryUnits)
    .where(inArray(deliveryUnits.spendId, ids))
    .groupBy(deliveryUnits.spendId, deliveryUnits.position)
    .as('handed_over')
  const delivered = await sums(
    ctx.db
      .select({ id: handed.id, vnd: sql`sum(${handed.units} * ${spendItems.amountVnd} / ${spendItems.units})::bigint`.mapWith(BigInt) })
      .from(handed)
      .innerJoin(spendItems, sql`${spendItems.spendId} = ${handed.id} and ${spendItems.position} = ${handed.position}`)
      .groupBy(handed.id),
  )
  const untold = await untoldSpends(ctx.db, ids)
  const today = dayOf(ctx.now())
  return rows.map((spend) => {
    const [returnedVnd, deliveredVnd] = [back.get(spend.id) ?? 0n, delivered.get(spend.id) ?? 0n]
    const paidVnd = (paid.get(spend.id) ?? 0n) - returnedVnd
    return {
      ...{ key: String(spend.id), title: pick(locale, spend.titleVi, spend.titleEn), supplier: spend.supplier, state: spend.state },
      reason: spend.reasonVi === null ? null : pick(locale, spend.reasonVi, spend.reasonEn ?? spend.reasonVi),
      ...{
        amountVnd: spend.amountVnd,
        paidVnd,
        deliveredVnd: untold.has(spend.id) ? null : deliveredVnd,
        dueOn: spend.dueOn,
        isOverdue: isOverdue({ ...spend, deliveredVnd, returnedVnd }, today),
      },
    }
  })
}
