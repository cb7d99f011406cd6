import { and, asc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import {
  deliveryUnits,
  events,
  intervals,
  lineHolds,
  lineOutflows,
  lineTakeovers,
  lineUses,
  spendItems,
  spendPayments,
  spendRefunds,
} from '../../db/schema'
import { lengthOf, subtract, type Stretch } from '../money-line/stretches'
import { untoldSpends } from './handed-over'
import { rangesOf, unitsRange, type Fate, type Range } from './model'

export interface Part {
  lineId: number
  amountVnd: bigint
  fate: Fate
}

/**
 * What became of a gift, đồng by đồng, in the order of its lines. What was moved to another line, or came back from a
 * supplier, is told where it lies now; so the parts add up to the gift.
 */
export async function fatesOf(db: Database, donationId: bigint): Promise<Part[]> {
  const own = await db
    .select({ lineId: intervals.lineId, startVnd: intervals.startVnd, endVnd: intervals.endVnd })
    .from(intervals)
    .where(eq(intervals.donationId, donationId))
    .orderBy(asc(intervals.eventId), asc(intervals.startVnd))
  const parts: Part[] = []
  for (const stretch of own) parts.push(...(await fatesOn(db, stretch)))
  return parts
}

async function fatesOn(db: Database, stretch: Stretch): Promise<Part[]> {
  const parts: Part[] = []
  const { lineId } = stretch
  const uses = await usesOn(db, stretch)
  for (const use of uses) {
    const amountVnd = use.endVnd - use.startVnd
    if (use.kind === 'spend_paid') parts.push(...(await fatesOfPaid(db, use)))
    else if (use.kind === 'reserve_used') {
      const refundedVnd = amountVnd - lengthOf(subtract([use], await takenOverOn(db, use)))
      if (refundedVnd > 0n) parts.push({ lineId, amountVnd: refundedVnd, fate: { kind: 'refunded' } })
      if (refundedVnd < amountVnd) parts.push({ lineId, amountVnd: amountVnd - refundedVnd, fate: { kind: 'reserve' } })
    }
    // What was moved lies on another line now, and what was placed elsewhere is told of there.
    else if (use.kind !== 'transfer_out' && use.kind !== 'donation_reversed') parts.push({ lineId, amountVnd, fate: { kind: 'refunded' } })
  }
  const held = await heldOn(db, stretch)
  const heldVnd = lengthOf(held)
  if (heldVnd > 0n) parts.push({ lineId, amountVnd: heldVnd, fate: { kind: 'held' } })
  for (const free of subtract([stretch], [...uses, ...held])) parts.push(...(await fatesOfFree(db, free)))
  return parts
}

interface Use extends Stretch {
  eventId: bigint
  kind: string
  /** How many đồng of the event's uses lie before this part. */
  offsetVnd: bigint
}

/** The uses that reach into a stretch, cut to it, with their place in what their event took. */
async function usesOn(db: Database, { lineId, startVnd, endVnd }: Stretch): Promise<Use[]> {
  const before = db
    .select({ start: sql`max(${lineUses.startVnd})` })
    .from(lineUses)
    .where(and(eq(lineUses.lineId, lineId), sql`${lineUses.startVnd} <= ${startVnd}`))
  const rows = await db
    .select({
      ...{ startVnd: lineUses.startVnd, endVnd: lineUses.endVnd, eventId: lineUses.eventId, kind: events.kind },
      before: sql`coalesce((select sum(o.end_vnd - o.start_vnd) from line_uses o
        where o.event_id = ${lineUses.eventId} and o.start_vnd < ${lineUses.startVnd}), 0)::bigint`.mapWith(BigInt),
    })
    .from(lineUses)
    .innerJoin(events, eq(events.id, lineUses.eventId))
    .where(
      and(
        eq(lineUses.lineId, lineId),
        sql`${lineUses.startVnd} >= coalesce((${before}), 0)`,
        lt(lineUses.startVnd, endVnd),
        gt(lineUses.endVnd, startVnd),
      ),
    )
    .orderBy(asc(lineUses.startVnd))
  return rows.map((row) => {
    const from = row.startVnd > startVnd ? row.startVnd : startVnd
    const to = row.endVnd < endVnd ? row.endVnd : endVnd
    return { lineId, startVnd: from, endVnd: to, eventId: row.eventId, kind: row.kind, offsetVnd: row.before + from - row.startVnd }
  })
}

async function heldOn(db: Database, { lineId, startVnd, endVnd }: Stretch): Promise<Stretch[]> {
  const rows = await db
    .select({ lineId: lineHolds.lineId, startVnd: lineHolds.startVnd, endVnd: lineHolds.endVnd })
    .from(lineHolds)
    .where(
      and(eq(lineHolds.lineId, lineId), isNull(lineHolds.endedByEventId), lt(lineHolds.startVnd, endVnd), gt(lineHolds.endVnd, startVnd)),
    )
  return subtract([{ lineId, startVnd, endVnd }], subtract([{ lineId, startVnd, endVnd }], rows))
}

/** What was paid for a spend: handed over, not yet, taken over by the reserve, or given back by the supplier and laid anew. */
async function fatesOfPaid(db: Database, use: Use): Promise<Part[]> {
  const { lineId } = use
  const [payment] = await db.select().from(spendPayments).where(eq(spendPayments.eventId, use.eventId))
  if (!payment) throw new Error(`event ${use.eventId} paid nothing`)
  const { spendId } = payment
  const still = subtract([use], await takenOverOn(db, use))
  const refundedVnd = lengthOf([use]) - lengthOf(still)
  const parts: Part[] = refundedVnd > 0n ? [{ lineId, amountVnd: refundedVnd, fate: { kind: 'refunded' } }] : []
  // In the spend's own đồng from here on; a line of its own keeps them apart.
  const begin = payment.fromVnd + use.offsetVnd - use.startVnd
  const ranges = still.map(({ startVnd, endVnd }) => ({ lineId: 0, startVnd: begin + startVnd, endVnd: begin + endVnd }))
  const back = (await db.select().from(spendRefunds).where(eq(spendRefunds.spendId, spendId))).map(({ fromVnd, toVnd }) =>
    asStretch({ fromVnd, toVnd }),
  )
  const kept = subtract(ranges, back)
  const delivered = await deliveredRanges(db, spendId)
  const open = subtract(kept, delivered.map(asStretch))
  const told = (kind: 'spent' | 'delivered') => (range: Stretch) => ({
    ...{ lineId, amountVnd: range.endVnd - range.startVnd },
    fate: { kind, spendId, range: { fromVnd: range.startVnd, toVnd: range.endVnd } },
  })
  return [...parts, ...subtract(kept, open).map(told('delivered')), ...open.map(told('spent'))]
}

/** What the reserve stands in for: its donors had it back. */
const takenOverOn = (db: Database, { lineId, startVnd, endVnd }: Stretch): Promise<Stretch[]> =>
  db
    .select({ lineId: lineTakeovers.lineId, startVnd: lineTakeovers.startVnd, endVnd: lineTakeovers.endVnd })
    .from(lineTakeovers)
    .where(
      and(
        ...[eq(lineTakeovers.lineId, lineId), isNull(lineTakeovers.endedByEventId)],
        ...[lt(lineTakeovers.startVnd, endVnd), gt(lineTakeovers.endVnd, startVnd)],
      ),
    )

const asStretch = ({ fromVnd, toVnd }: Range): Stretch => ({ lineId: 0, startVnd: fromVnd, endVnd: toVnd })

/** What of a spend is told to be handed over, in its own đồng. */
async function deliveredRanges(db: Database, spendId: bigint): Promise<Range[]> {
  if ((await untoldSpends(db, [spendId])).size > 0) return []
  const items = await db.select().from(spendItems).where(eq(spendItems.spendId, spendId))
  const rows = await db
    .select({ position: deliveryUnits.position, toUnit: sql`max(${deliveryUnits.toUnit})`.mapWith(Number) })
    .from(deliveryUnits)
    .where(eq(deliveryUnits.spendId, spendId))
    .groupBy(deliveryUnits.position)
  const ranges = rangesOf(items)
  return rows.flatMap(({ position, toUnit }) => {
    const item = items.find((one) => one.position === position)
    const range = ranges.get(position)
    return item && range ? [unitsRange(item, range, 0, toUnit)] : []
  })
}

/** The first free đồng of a line are those that were promised. */
async function fatesOfFree(db: Database, free: Stretch): Promise<Part[]> {
  const { lineId, startVnd, endVnd } = free
  const [outflow] = await db.select().from(lineOutflows).where(eq(lineOutflows.lineId, lineId))
  const amountVnd = endVnd - startVnd
  if (!outflow) return [{ lineId, amountVnd, fate: { kind: 'waiting', aheadVnd: startVnd } }]
  const { firstFreeVnd, reservedVnd } = outflow
  const taken = async (table: typeof lineUses | typeof lineHolds) => {
    const [row] = await db
      .select({ vnd: sql`coalesce(sum(${table.endVnd} - ${table.startVnd}), 0)::bigint`.mapWith(BigInt) })
      .from(table)
      .where(
        and(
          ...[eq(table.lineId, lineId), sql`${table.startVnd} >= ${firstFreeVnd}`, lt(table.startVnd, startVnd)],
          table === lineHolds ? isNull(lineHolds.endedByEventId) : undefined,
        ),
      )
    return row?.vnd ?? 0n
  }
  const aheadVnd = startVnd - firstFreeVnd - (await taken(lineUses)) - (await taken(lineHolds))
  const committed = reservedVnd <= aheadVnd ? 0n : reservedVnd - aheadVnd < amountVnd ? reservedVnd - aheadVnd : amountVnd
  const parts: Part[] = committed > 0n ? [{ lineId, amountVnd: committed, fate: { kind: 'committed' } }] : []
  if (committed < amountVnd)
    parts.push({ lineId, amountVnd: amountVnd - committed, fate: { kind: 'waiting', aheadVnd: aheadVnd + committed } })
  return parts
}

/** Spends that paid parts name, by id. */
export const spendIdsOf = (parts: readonly Part[]): bigint[] => [
  ...new Set(parts.flatMap(({ fate }) => (fate.kind === 'spent' || fate.kind === 'delivered' ? [fate.spendId] : []))),
]
