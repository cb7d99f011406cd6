import { asc, eq, inArray, sql } from 'drizzle-orm'
import { administrativeUnits, campaigns, events, funds, spendItems, spendPayments, spendRefunds, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { subtract } from '../money-line/stretches'
import { dayOf } from '../time/day'
import { listAdvances } from './advance-list'
import { handedOver, untoldSpends } from './handed-over'
import { isOverdue, rangesOf, unitsRange, type PayersPage, type Range, type SpendView } from './model'
import { countPayers, listPayers } from './payers'

/** A spend by its number, as everybody may see it; null where there is none. */
export async function getSpend(ctx: Context, key: string, locale: Locale): Promise<SpendView | null> {
  const spendId = idOf(key)
  if (spendId === null) return null
  const [row] = await ctx.db
    .select({ spend: spends, campaign: campaigns, commune: administrativeUnits, fund: funds })
    .from(spends)
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .innerJoin(funds, eq(funds.id, spends.fundId))
    .where(eq(spends.id, spendId))
  if (!row) return null
  const { spend, campaign, commune, fund } = row
  const items = await ctx.db.select().from(spendItems).where(eq(spendItems.spendId, spendId)).orderBy(asc(spendItems.position))
  const payments = await ctx.db.select().from(spendPayments).where(eq(spendPayments.spendId, spendId)).orderBy(asc(spendPayments.fromVnd))
  const refunds = await ctx.db
    .select({ refund: spendRefunds, day: events.day })
    .from(spendRefunds)
    .innerJoin(events, eq(events.id, spendRefunds.eventId))
    .where(eq(spendRefunds.spendId, spendId))
    .orderBy(asc(spendRefunds.id))
  const [ended] = await ctx.db
    .select({ day: events.day })
    .from(events)
    .where(inArray(events.idempotencyKey, [`spend_settled:${spendId}`, `spend_cancelled:${spendId}`]))
  const units = await handedOver(ctx.db, [spendId])
  const ranges = rangesOf(items)
  const handed = items.map((item) => {
    const range = ranges.get(item.position) ?? { fromVnd: 0n, toVnd: 0n }
    const deliveredUnits = units.get(`${spendId} ${item.position}`) ?? 0
    const { fromVnd, toVnd } = unitsRange(item, range, 0, deliveredUnits)
    return { item, range, deliveredUnits, deliveredVnd: toVnd - fromVnd }
  })
  const sums = {
    amountVnd: spend.amountVnd,
    paidVnd: payments.at(-1)?.toVnd ?? 0n,
    returnedVnd: refunds.reduce((sum, { refund }) => sum + refund.toVnd - refund.fromVnd, 0n),
    deliveredVnd: handed.reduce((sum, { deliveredVnd }) => sum + deliveredVnd, 0n),
  }
  const isUntold = (await untoldSpends(ctx.db, [spendId])).size > 0
  const { state, dueOn, supplier } = spend
  const today = dayOf(ctx.now())
  const advances = await listAdvances(ctx.db, [spendId])
  return {
    ...{ key: String(spendId), title: pick(locale, spend.titleVi, spend.titleEn), supplier, state, dueOn },
    reason: spend.reasonVi === null ? null : pick(locale, spend.reasonVi, spend.reasonEn ?? spend.reasonVi),
    requestedOn: dayOf(spend.requestedAt),
    decidedOn: spend.decidedAt && dayOf(spend.decidedAt),
    endedOn: ended?.day ?? null,
    isOverdue: isOverdue({ state, dueOn, ...sums }, today),
    ...sums,
    deliveredVnd: isUntold ? null : sums.deliveredVnd,
    items: handed.map(({ item, deliveredUnits }) => ({
      ...{ key: String(item.position), item: pick(locale, item.itemVi, item.itemEn), unit: pick(locale, item.unitVi, item.unitEn) },
      ...{ units: item.units, amountVnd: item.amountVnd, deliveredUnits: isUntold ? null : deliveredUnits },
    })),
    payments: payments.map((payment) => ({
      ...{ key: String(payment.id), paidOn: payment.paidOn, amountVnd: payment.toVnd - payment.fromVnd, at: payment.createdAt },
    })),
    refunds: refunds.map(({ refund, day }) => {
      const from = handed.find(({ range }) => refund.fromVnd >= range.fromVnd && refund.fromVnd < range.toVnd)?.item
      return {
        ...{ key: String(refund.id), on: day, amountVnd: refund.toVnd - refund.fromVnd, at: refund.createdAt },
        item: from ? pick(locale, from.itemVi, from.itemEn) : '',
      }
    }),
    advances: advances.flatMap(({ id, givenOn, outVnd, dueOn: until }) =>
      givenOn !== null && outVnd > 0n ? [{ key: String(id), givenOn, outVnd, dueOn: until, isOverdue: today > until }] : [],
    ),
    campaign: { slug: campaign.slug, title: pick(locale, campaign.titleVi, campaign.titleEn) },
    commune: {
      ...{ slug: commune.slug, name: pick(locale, commune.fullNameVi, commune.fullNameEn), seed: `${commune.code}@${commune.validFrom}` },
    },
    fund: { slug: fund.slug, name: pick(locale, fund.nameVi, fund.nameEn) },
    gifts: await countPayers(ctx, spendId, await keptRanges(ctx, spendId)),
  }
}

/** Who paid for a spend, less what its supplier gave back: a page of them. They add up to what was paid and kept. */
export async function listSpendPayers(ctx: Context, key: string, fromVnd: bigint): Promise<PayersPage> {
  const spendId = idOf(key) ?? 0n
  return listPayers(ctx, spendId, await keptRanges(ctx, spendId), { fromVnd })
}

/** What of a spend was paid and did not come back, in its own đồng. */
async function keptRanges({ db }: Context, spendId: bigint): Promise<Range[]> {
  const [paid] = await db
    .select({ vnd: sql`coalesce(max(${spendPayments.toVnd}), 0)::bigint`.mapWith(BigInt) })
    .from(spendPayments)
    .where(eq(spendPayments.spendId, spendId))
  const back = await db.select().from(spendRefunds).where(eq(spendRefunds.spendId, spendId))
  const asLine = ({ fromVnd, toVnd }: Range) => ({ lineId: 0, startVnd: fromVnd, endVnd: toVnd })
  const whole = paid && paid.vnd > 0n ? [asLine({ fromVnd: 0n, toVnd: paid.vnd })] : []
  return subtract(whole, back.map(asLine)).map(({ startVnd, endVnd }) => ({ fromVnd: startVnd, toVnd: endVnd }))
}

/** The number of a spend, as an address names it. */
const idOf = (key: string): bigint | null => (/^[1-9]\d{0,17}$/.test(key) ? BigInt(key) : null)
