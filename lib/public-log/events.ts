import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import { bankTransactions, donations, eventPositions, events, funds, goodsIntervals, intervals, lines } from '../../db/schema'
import { together } from '../../db/together'
import type { LaidInterval, LoggedEvent } from './leaf'

/** Kinds that tell of money as it came: by which line of the bank is part of what they say. */
const ARRIVALS = ['donation', 'interest'] as const

/** The events that have the places [from, to) in public order, in that order, with what they laid. */
export async function readPlacedEvents(tx: Transaction, from: number, to: number): Promise<LoggedEvent[]> {
  const rows = await tx
    .select({
      id: events.id,
      kind: events.kind,
      fundSlug: funds.slug,
      lineId: events.lineId,
      lineKind: lines.kind,
      day: events.day,
      amountVnd: events.amountVnd,
      units: events.units,
      donationId: events.donationId,
      goodsReceiptId: events.goodsReceiptId,
      bankLineId: donations.bankTransactionId,
      bankProvider: bankTransactions.provider,
      facts: events.facts,
    })
    .from(eventPositions)
    .innerJoin(events, eq(events.id, eventPositions.eventId))
    .leftJoin(funds, eq(funds.id, events.fundId))
    .leftJoin(lines, eq(lines.id, events.lineId))
    .leftJoin(donations, and(eq(donations.id, events.donationId), inArray(events.kind, [...ARRIVALS])))
    .leftJoin(bankTransactions, eq(bankTransactions.id, donations.bankTransactionId))
    .where(and(gte(eventPositions.position, BigInt(from)), lt(eventPositions.position, BigInt(to))))
    .orderBy(asc(eventPositions.position))
  const laid = await readIntervals(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...row, intervals: laid.get(row.id) ?? [] }))
}

async function readIntervals(tx: Transaction, eventIds: readonly bigint[]): Promise<Map<bigint, LaidInterval[]>> {
  const [money, goods] = await together([
    tx
      .select({ eventId: intervals.eventId, start: intervals.startVnd, end: intervals.endVnd, donationId: intervals.donationId })
      .from(intervals)
      .where(isAnyOf(intervals.eventId, eventIds))
      .orderBy(asc(intervals.lineId), asc(intervals.startVnd)),
    tx
      .select({ eventId: goodsIntervals.eventId, start: goodsIntervals.startUnit, end: goodsIntervals.endUnit })
      .from(goodsIntervals)
      .where(isAnyOf(goodsIntervals.eventId, eventIds)),
  ])
  return Map.groupBy([...money, ...goods.map((one) => ({ ...one, donationId: null }))], ({ eventId }) => eventId)
}
