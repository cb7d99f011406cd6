import { desc, eq, inArray, sql } from 'drizzle-orm'
import { campaigns, deliveryUnits, spendItems, spendPayments, spendRefunds, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import { isOverdue, type CampaignSpending } from './model'

const MOST_LISTED = 20

/** What became of a campaign's money: its sums, and its newest spends. */
export async function getCampaignSpending(ctx: Context, campaignSlug: string, locale: Locale): Promise<CampaignSpending> {
  const rows = (
    await ctx.db
      .select({ spend: spends })
      .from(spends)
      .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
      .where(eq(campaigns.slug, campaignSlug))
      .orderBy(desc(spends.id))
  ).map(({ spend }) => spend)
  if (rows.length === 0) return { spends: [], spentVnd: 0n, deliveredVnd: 0n }
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
  const today = dayOf(ctx.now())
  const listed = rows.map((spend) => {
    const [returnedVnd, deliveredVnd] = [back.get(spend.id) ?? 0n, delivered.get(spend.id) ?? 0n]
    const paidVnd = (paid.get(spend.id) ?? 0n) - returnedVnd
    return {
      ...{ key: String(spend.id), title: pick(locale, spend.titleVi, spend.titleEn), supplier: spend.supplier, state: spend.state },
      reason: spend.reasonVi === null ? null : pick(locale, spend.reasonVi, spend.reasonEn ?? spend.reasonVi),
      ...{
        amountVnd: spend.amountVnd,
        paidVnd,
        deliveredVnd,
        dueOn: spend.dueOn,
        isOverdue: isOverdue({ ...spend, deliveredVnd, returnedVnd }, today),
      },
    }
  })
  return {
    spends: listed.slice(0, MOST_LISTED),
    spentVnd: listed.reduce((sum, { paidVnd }) => sum + paidVnd, 0n),
    deliveredVnd: listed.reduce((sum, { deliveredVnd }) => sum + deliveredVnd, 0n),
  }
}
