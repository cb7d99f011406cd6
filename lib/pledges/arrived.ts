import { and, asc, eq, exists, gte, lt, or, sql, type Column, type SQL } from 'drizzle-orm'
import { isAnyOf } from '../../db/rows'
import { bankTransactions, cardPayments, donations, eventPositions, events, goodsReceipts, intervals, pledges } from '../../db/schema'
import type { Context } from '../context'
import { returnedVndOf, stands } from '../donations/returned'
import { startOfDay } from '../time/day'
import type { ArrivedGift } from './model'

/** The lines of a pledge's campaign; null where it is for the general pot. */
type CampaignLines = { lineId: number; overflowLineId: number } | null

/** All that came with a pledge's code, oldest first. */
export const listArrived = async (ctx: Context, pledgeId: bigint, campaign: CampaignLines): Promise<ArrivedGift[]> =>
  (await arrivedOf(ctx, eq(donations.pledgeId, pledgeId)).orderBy(asc(donations.id))).map((row) => arrivedGift(row, campaign))

/** The one gift of a pledge that an entry of the public log tells of; none where it tells of another, or of none that stands. */
export const findArrived = async (ctx: Context, pledgeId: bigint, campaign: CampaignLines, entry: bigint): Promise<ArrivedGift[]> =>
  (await arrivedOf(ctx, and(eq(donations.pledgeId, pledgeId), eq(eventPositions.position, entry)))).map((row) => arrivedGift(row, campaign))

/** What came with a pledge's code in a year of Việt Nam, oldest first, and not more than so many. */
export async function listArrivedIn(
  ctx: Context,
  pledgeId: bigint,
  campaign: CampaignLines,
  { year, most }: { year: number; most: number },
): Promise<ArrivedGift[]> {
  const inYear = and(gte(donations.receivedAt, startOfDay(`${year}-01-01`)), lt(donations.receivedAt, startOfDay(`${year + 1}-01-01`)))
  const rows = await arrivedOf(ctx, and(eq(donations.pledgeId, pledgeId), inYear))
    .orderBy(asc(donations.receivedAt), asc(donations.id))
    .limit(most)
  return rows.toSorted((a, b) => (a.donation.id < b.donation.id ? -1 : 1)).map((row) => arrivedGift(row, campaign))
}

/** Those of some codes with which money or goods came in a year of Việt Nam: one query, however many they are. */
export async function broughtIn({ db }: Pick<Context, 'db'>, codes: readonly string[], year: number): Promise<Set<string>> {
  if (codes.length === 0) return new Set()
  const [first, next] = [`${year}-01-01`, `${year + 1}-01-01`] as const
  const inYear = (column: Column, from: unknown, to: unknown) => and(gte(column, from), lt(column, to))
  const money = db
    .select({ one: sql`1` })
    .from(donations)
    .where(and(eq(donations.pledgeId, pledges.id), inYear(donations.receivedAt, startOfDay(first), startOfDay(next))))
  const goods = db
    .select({ one: sql`1` })
    .from(goodsReceipts)
    .where(and(eq(goodsReceipts.pledgeId, pledges.id), inYear(goodsReceipts.receivedOn, first, next)))
  const rows = await db
    .select({ code: pledges.code })
    .from(pledges)
    .where(and(isAnyOf(pledges.code, codes), or(exists(money), exists(goods))))
  return new Set(rows.map(({ code }) => code))
}

/** Entries in the public log of what came with a code, oldest first, and not more than so many; null where no pledge has the code. */
export async function listArrivedEntries({ db }: Context, code: string, most: number): Promise<bigint[] | null> {
  const [pledge] = await db.select({ id: pledges.id }).from(pledges).where(eq(pledges.code, code))
  if (!pledge) return null
  const rows = await db
    .select({ entry: eventPositions.position })
    .from(donations)
    .innerJoin(events, and(eq(events.donationId, donations.id), eq(events.kind, 'donation')))
    .innerJoin(eventPositions, eq(eventPositions.eventId, events.id))
    .where(and(eq(donations.pledgeId, pledge.id), stands(donations.id)))
    .orderBy(asc(donations.receivedAt), asc(donations.id))
    .limit(most)
  return rows.map(({ entry }) => entry)
}

/** Gifts, each with the interval it was first laid on and what of it went back or is held. */
const arrivedOf = (ctx: Context, wanted: SQL | undefined) =>
  ctx.db
    .select({
      donation: donations,
      card: cardPayments,
      bankLine: { id: bankTransactions.id, postedOn: bankTransactions.postedOn },
      startVnd: intervals.startVnd,
      endVnd: intervals.endVnd,
      entry: eventPositions.position,
      returnedVnd: returnedVndOf(donations.id),
      heldVnd: sql`coalesce((select sum(h.end_vnd - h.start_vnd) from events e join line_holds h on h.event_id = e.id
        where e.donation_id = ${donations.id} and h.ended_by_event_id is null), 0)::bigint`.mapWith(BigInt),
    })
    .from(donations)
    .leftJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .leftJoin(bankTransactions, eq(bankTransactions.id, donations.bankTransactionId))
    .leftJoin(events, and(eq(events.donationId, donations.id), eq(events.kind, 'donation')))
    .leftJoin(eventPositions, eq(eventPositions.eventId, events.id))
    .leftJoin(intervals, eq(intervals.eventId, events.id))
    .where(and(wanted, stands(donations.id)))

const arrivedGift = (
  { donation, card, bankLine, returnedVnd, heldVnd, startVnd, endVnd, entry }: Awaited<ReturnType<typeof arrivedOf>>[number],
  campaign: CampaignLines,
): ArrivedGift => ({
  donationId: donation.id,
  entry,
  amountVnd: donation.amountVnd,
  returnedVnd,
  heldVnd,
  via: card !== null ? 'card' : donation.officeReceiptId !== null ? 'cash' : 'bank',
  isStated: bankLine === null || bankLine.postedOn !== null,
  charged:
    card === null || card.currency === 'vnd' || card.rate === null
      ? null
      : { currency: card.currency, amountMinor: card.amountMinor, rate: card.rate },
  receivedAt: donation.receivedAt,
  line: placeOf(donation.lineId, campaign),
  interval: startVnd !== null && endVnd !== null ? { startVnd, endVnd } : null,
})

/** Where a gift lies, as its page says it. What was handed in for the general pot lies there. */
function placeOf(lineId: number, campaign: CampaignLines): ArrivedGift['line'] {
  if (campaign === null) return 'general'
  return lineId === campaign.lineId ? 'campaign' : lineId === campaign.overflowLineId ? 'other' : 'to_return'
}
