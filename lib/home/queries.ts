import { aliasedTable, and, asc, count, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import {
  campaigns,
  campaignTransitions,
  dayTotals,
  disclosures,
  donations,
  events,
  funds,
  intervals,
  pledges,
  programmes,
} from '../../db/schema'
import { listCampaignsByIds, listMostNeeded } from '../campaigns/queries'
import { PUBLIC_STATES } from '../campaigns/states'
import { addSums, NO_SUMS } from '../communes/model'
import { listCommunes } from '../communes/queries'
import type { Context } from '../context'
import { LATEST_DELIVERIES } from '../delivery/model'
import { listDeliveries } from '../delivery/queries'
import { returnedVndOf, stands } from '../donations/returned'
import { publicName } from '../donors/public-name'
import { pick, type Locale } from '../i18n/locale'
import { addDays, dayOf, type Day } from '../time/day'
import type { Arrival, DaySum, FooterView, HomeView } from './model'

const MOST_NEEDED = 5
const JUST_FUNDED = 3
const ARRIVALS = 5
const WEEK_DAYS = 7

/** The funds with their plans, in the order they were founded here. */
export async function getFooter({ db }: Context, locale: Locale): Promise<FooterView> {
  const fundRows = await db.select().from(funds).orderBy(asc(funds.id))
  const programmeRows = await db.select().from(programmes).orderBy(asc(programmes.id))
  return {
    funds: fundRows.map((fund) => ({
      slug: fund.slug,
      name: pick(locale, fund.nameVi, fund.nameEn),
      plans: programmeRows
        .filter((row) => row.fundId === fund.id)
        .map((row) => ({ number: row.decisionNumber, from: row.periodFrom, to: row.periodTo })),
    })),
  }
}

/** What is needed now, what arrived this week, how far it got. Sums of needs leave out those shown only at the level of a fund. */
export async function getHome(context: Context, locale: Locale): Promise<HomeView> {
  const today = dayOf(context.now())
  const [counted] = await context.db
    .select({ total: count() })
    .from(campaigns)
    .where(inArray(campaigns.state, [...PUBLIC_STATES]))
  const { schoolYear, communes } = await listCommunes(context, locale)
  const [justComplete = null] = await listJust(context, 'complete', 1, locale)
  return {
    today,
    schoolYear,
    communes,
    sums: communes.reduce<HomeView['sums']>(addSums, NO_SUMS),
    week: await listDays(context, addDays(today, 1 - WEEK_DAYS), WEEK_DAYS),
    arrivals: await listArrivals(context, locale),
    deliveries: await listDeliveries(context, {}, LATEST_DELIVERIES, locale),
    mostNeeded: await listMostNeeded(context, MOST_NEEDED, locale),
    campaigns: counted?.total ?? 0,
    justFunded: await listJust(context, 'funded', JUST_FUNDED, locale),
    justComplete,
  }
}

/** What all funds received on each of some days; a day without a gift is there with nothing. */
async function listDays({ db }: Context, from: Day, days: number): Promise<DaySum[]> {
  const rows = await db
    .select({
      day: dayTotals.day,
      receivedVnd: sql`sum(${dayTotals.receivedVnd})::bigint`.mapWith(BigInt),
      gifts: sql`sum(${dayTotals.gifts})::int`.mapWith(Number),
    })
    .from(dayTotals)
    .where(gte(dayTotals.day, from))
    .groupBy(dayTotals.day)
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(from, index)
    return rows.find((row) => row.day === day) ?? { day, receivedVnd: 0n, gifts: 0 }
  })
}

/** The newest gifts to campaigns, in the order they were laid. */
async function listArrivals({ db }: Context, locale: Locale): Promise<Arrival[]> {
  const names = aliasedTable(disclosures, 'names')
  const rows = await db
    .select({
      id: donations.id,
      amountVnd: donations.amountVnd,
      returnedVnd: returnedVndOf(donations.id),
      receivedAt: donations.receivedAt,
      isNamed: pledges.isNamed,
      name: names.text,
      nameReview: names.review,
      slug: campaigns.slug,
      titleVi: campaigns.titleVi,
      titleEn: campaigns.titleEn,
    })
    .from(intervals)
    // Money of a gift that came back to a line is laid anew; the gift is shown once, where it came first.
    .innerJoin(events, and(eq(events.id, intervals.eventId), eq(events.kind, 'donation')))
    .innerJoin(donations, eq(donations.id, intervals.donationId))
    .innerJoin(campaigns, eq(campaigns.lineId, intervals.lineId))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .leftJoin(names, and(eq(names.pledgeId, pledges.id), eq(names.field, 'name')))
    .where(and(inArray(campaigns.state, [...PUBLIC_STATES]), stands(donations.id)))
    .orderBy(desc(intervals.eventId))
    .limit(ARRIVALS)
  return rows.map((row) => ({
    key: String(row.id),
    name: publicName({ isNamed: row.isNamed ?? false, text: row.name, review: row.nameReview }, locale),
    amountVnd: row.amountVnd,
    returnedVnd: row.returnedVnd,
    receivedAt: row.receivedAt,
    campaign: { slug: row.slug, title: pick(locale, row.titleVi, row.titleEn) },
  }))
}

/** Campaigns that came into a state last and are still in it, newest first, with the day. */
async function listJust(context: Context, state: 'funded' | 'complete', limit: number, locale: Locale): Promise<HomeView['justFunded']> {
  const rows = await context.db
    .select({ id: campaigns.id, happenedAt: campaignTransitions.happenedAt })
    .from(campaignTransitions)
    .innerJoin(campaigns, eq(campaigns.id, campaignTransitions.campaignId))
    .where(and(eq(campaignTransitions.toState, state), eq(campaigns.state, state)))
    .orderBy(desc(campaignTransitions.happenedAt), desc(campaignTransitions.id))
    .limit(limit)
  const items = await listCampaignsByIds(
    context,
    rows.map(({ id }) => id),
    locale,
  )
  return rows.flatMap(({ id, happenedAt }) => {
    const campaign = items.get(id)
    return campaign ? [{ campaign, on: dayOf(happenedAt) }] : []
  })
}
