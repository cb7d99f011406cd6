import { eq, gt, sql } from 'drizzle-orm'
import { administrativeUnits, campaigns, deliveries, donations, funds, lineTotals, needCategories } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { dayOf, daysBetween } from '../time/day'
import { byReceived, sumOfWays, type River, type Way } from './model'

/** Handovers that the median is of: the newest. However long history is, this is how much of it is read. */
const HANDOVERS = 60
/** Of fewer a median says nothing. */
const FEWEST_HANDOVERS = 5

/**
 * The river of money of a year: what the campaigns opened in it received, by fund, kind of need and commune, and what became
 * of it. Read from the totals of their lines, a row a campaign, however many gifts there were.
 * @param wanted the newest year that has money, where it is null or has none
 */
export async function getRiver(context: Context, wanted: number | null, locale: Locale): Promise<River | null> {
  const rows = await context.db
    .select({
      year: sql`extract(year from ${campaigns.opensOn})`.mapWith(Number),
      fund: funds,
      category: needCategories,
      unit: administrativeUnits,
      totals: lineTotals,
    })
    .from(campaigns)
    .innerJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .innerJoin(funds, eq(funds.id, campaigns.fundId))
    .innerJoin(needCategories, eq(needCategories.key, campaigns.category))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .where(gt(lineTotals.netVnd, 0n))
  const years = [...new Set(rows.map(({ year }) => year))].sort((a, b) => b - a)
  const year = wanted !== null && years.includes(wanted) ? wanted : years[0]
  if (year === undefined) return null
  const ways = new Map<string, Way>()
  for (const { year: opened, fund, category, unit, totals } of rows) {
    if (opened !== year) continue
    const key = `${fund.slug} ${category.key} ${unit.slug}`
    const { netVnd: receivedVnd, deliveredVnd, spentVnd: paidVnd } = totals
    // What was handed over was paid; a handover that is told before the last part is paid is no more than that.
    const delivered = deliveredVnd < paidVnd ? deliveredVnd : paidVnd
    const flow = { receivedVnd, deliveredVnd: delivered, spentVnd: paidVnd - delivered, waitingVnd: receivedVnd - paidVnd }
    const known = ways.get(key)
    ways.set(key, {
      fundSlug: fund.slug,
      fund: pick(locale, fund.nameVi, fund.nameEn),
      category: pick(locale, category.nameVi, category.nameEn),
      categoryKey: category.key,
      commune: pick(locale, unit.fullNameVi, unit.fullNameEn),
      communeSlug: unit.slug,
      ...(known ? sumOfWays([known, flow]) : flow),
    })
  }
  // Of ways with the same, the first by name: whoever reads another language sees the same communes named.
  const all = [...ways]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, way]) => way)
    .toSorted(byReceived)
  return { year, years, ways: all, sum: sumOfWays(all), wait: await medianWait(context) }
}

/**
 * How long money waited for the newest handovers: from the day on which the gift came whose đồng paid for the first unit handed
 * over, to that day. Each is found by the đồng's number: unit, payment, stretch of the line, gift.
 */
async function medianWait({ db }: Context): Promise<River['wait']> {
  const waits = db.$with('waits', { deliveredOn: deliveries.deliveredOn, receivedAt: donations.receivedAt }).as(sql`
    with latest as (select id, spend_id, delivered_on from deliveries order by id desc limit ${HANDOVERS}),
    first as (
      select l.*, u.position, u.from_unit from latest l
      cross join lateral (select position, from_unit from delivery_units where delivery_id = l.id order by position limit 1) u
    ),
    paid_by as (
      select f.spend_id, f.delivered_on,
        coalesce((select sum(i.amount_vnd) from spend_items i where i.spend_id = f.spend_id and i.position < f.position), 0)::bigint
          + (select i.amount_vnd * f.from_unit / i.units from spend_items i where i.spend_id = f.spend_id and i.position = f.position) as dong
      from first f
    ),
    on_line as (
      select b.delivered_on, u.line_id, u.start_vnd + (b.dong - p.from_vnd - u.before) as dong from paid_by b
      join spend_payments p on p.spend_id = b.spend_id and p.from_vnd <= b.dong and p.to_vnd > b.dong
      cross join lateral (
        select line_id, start_vnd, end_vnd, (sum(end_vnd - start_vnd) over (order by start_vnd) - (end_vnd - start_vnd))::bigint as before
        from line_uses where event_id = p.event_id
      ) u
      where u.before <= b.dong - p.from_vnd and u.before + u.end_vnd - u.start_vnd > b.dong - p.from_vnd
    )
    select o.delivered_on, d.received_at from on_line o
    cross join lateral (
      select donation_id from intervals where line_id = o.line_id and start_vnd <= o.dong order by start_vnd desc limit 1
    ) i
    join donations d on d.id = i.donation_id`)
  const rows = await db.with(waits).select().from(waits)
  const days = rows.map(({ deliveredOn, receivedAt }) => daysBetween(dayOf(receivedAt), deliveredOn)).sort((a, b) => a - b)
  const middle = days[Math.floor(days.length / 2)]
  return middle === undefined || days.length < FEWEST_HANDOVERS ? null : { medianDays: Math.max(0, middle), handovers: days.length }
}
