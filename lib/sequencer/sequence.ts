import { asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { holdAlone } from '../../db/hold-alone'
import { insertRows, isAnyOf } from '../../db/rows'
import { sqlStateOf } from '../../db/sql-state'
import {
  donations,
  eventPositions,
  events,
  intervals,
  lineTotals,
  movedParts,
  parkedEvents,
  pendingEvents,
  siteState,
} from '../../db/schema'
import { followAllRecognition } from '../recognition/follow'
import { together } from '../../db/together'
import { addToTotals } from './totals'
import { layEvent, type GoodsInterval, type Interval } from '../money-line/lay'
import { goodsLineEnds, layGoods, takeGoodsBack } from './goods'

/** Only one transaction at a time gives positions, whoever runs it. */
const SEQUENCE_LOCK = 0x7464_7371

export interface Sequenced {
  sequenced: number
  parked: number
  /** Lines whose totals changed. */
  lineIds: number[]
}

/**
 * Gives the events that have no position yet their gapless positions, in id order, lays their intervals
 * and moves the read models on, in one transaction (money.md §3). What can't be laid is parked.
 * @param limit most events in one transaction
 */
export async function sequenceBatch(db: Database, now: Date, limit = 500): Promise<Sequenced> {
  try {
    return await db.transaction((tx) => sequence(tx, now, limit))
  } catch (cause) {
    if (limit === 1) return parkFirst(db, now, cause)
    // One event spoils the batch: those before it are placed by halves, until it comes first and is parked.
    return sequenceBatch(db, now, Math.ceil(limit / 2))
  }
}

/** Sequences everything that is waiting, and brings recognition up to it. */
export async function sequencePending(db: Database, now: Date): Promise<Sequenced> {
  const total: Sequenced = { sequenced: 0, parked: 0, lineIds: [] }
  for (;;) {
    const batch = await sequenceBatch(db, now)
    if (batch.sequenced + batch.parked === 0) {
      await followAllRecognition(db, now)
      return { ...total, lineIds: [...new Set(total.lineIds)] }
    }
    total.sequenced += batch.sequenced
    total.parked += batch.parked
    total.lineIds.push(...batch.lineIds)
  }
}

/** What is read of an event that gets its place. */
const COLUMNS = {
  id: events.id,
  kind: events.kind,
  fundId: events.fundId,
  lineId: events.lineId,
  day: events.day,
  amountVnd: events.amountVnd,
  units: events.units,
  donationId: events.donationId,
  goodsReceiptId: events.goodsReceiptId,
  createdAt: events.createdAt,
  /** Of the gift that it is about. Asked for by each event: joined, without statistics, it was held against every gift. */
  giftReceivedAt:
    sql<Date | null>`(select g.received_at from ${donations} g where g.id = events.donation_id and g.nature = 'gift')`.mapWith(
      donations.receivedAt,
    ),
}

/** Events by their numbers, in the order of these: each is looked up by its key, and no other is read. */
const eventsOf = (db: Database, ids: readonly bigint[]) =>
  db.select(COLUMNS).from(events).where(isAnyOf(events.id, ids)).orderBy(asc(events.id)).prepare('find events').execute()

async function pending(db: Database, limit: number) {
  const next = await db
    .select({ id: pendingEvents.eventId })
    .from(pendingEvents)
    .orderBy(asc(pendingEvents.eventId))
    .limit(limit)
    .prepare('find pending events')
    .execute()
  return eventsOf(
    db,
    next.map(({ id }) => id),
  )
}

type Waiting = Awaited<ReturnType<typeof pending>>[number]

async function sequence(tx: Transaction, now: Date, limit: number): Promise<Sequenced> {
  await holdAlone(tx, SEQUENCE_LOCK)
  const waiting = await pending(tx, limit)
  if (waiting.length === 0) return { sequenced: 0, parked: 0, lineIds: [] }
  const { placed, parked } = await place(tx, waiting, () => now)
  if (parked.length > 0) await tx.insert(parkedEvents).values(parked.map((one) => ({ ...one, parkedAt: now })))
  const ids = waiting.map((event) => event.id)
  await tx.delete(pendingEvents).where(isAnyOf(pendingEvents.eventId, ids)).prepare('end waiting').execute()
  await tx
    .insert(siteState)
    .values({ version: 1n, updatedAt: now })
    .onConflictDoUpdate({ target: siteState.id, set: { version: sql`${siteState.version} + 1`, updatedAt: now } })
  return {
    sequenced: placed.length,
    parked: parked.length,
    lineIds: [...new Set(placed.flatMap((event) => (event.lineId === null ? [] : [event.lineId])))],
  }
}

/**
 * Gives events the places that they have elsewhere, in the same order, with all that follows from it: what this database
 * then holds of it is held against what is held there. Throws where one can't be laid.
 */
export async function placeAgain(db: Database, places: readonly { eventId: bigint; sequencedAt: Date }[]): Promise<void> {
  await db.transaction(async (tx) => {
    await holdAlone(tx, SEQUENCE_LOCK)
    const ids = places.map(({ eventId }) => eventId)
    const rows = await eventsOf(tx, ids)
    const known = new Map(rows.map((row) => [row.id, row]))
    const times = new Map(places.map(({ eventId, sequencedAt }) => [eventId, sequencedAt]))
    const inOrder = ids.map((id) => known.get(id) ?? fail(`there is no event ${id}, which has a place`))
    const { parked } = await place(tx, inOrder, ({ id }) => times.get(id) ?? fail(`event ${id} has no place`))
    const [first] = parked
    if (first) fail(`event ${first.eventId} has a place and can't be laid: ${first.reason}`)
  })
}

function fail(message: string): never {
  throw new Error(message)
}

/** Gives events the next places in the order given, lays what they bring and moves the read models on. */
async function place(
  tx: Transaction,
  waiting: readonly Waiting[],
  placedAt: (event: Waiting) => Date,
): Promise<{ placed: Waiting[]; parked: { eventId: bigint; reason: string }[] }> {
  const lineIds = [...new Set(waiting.flatMap((event) => (event.lineId === null ? [] : [event.lineId])))]
  const ends = await lineEnds(tx, lineIds)
  if (waiting.some((event) => event.units !== null)) for (const [lineId, end] of await goodsLineEnds(tx, lineIds)) ends.set(lineId, end)
  const parts = await partsOf(tx, waiting)
  const laid: Interval[] = []
  const laidGoods: GoodsInterval[] = []
  const parked: { eventId: bigint; reason: string }[] = []
  const placed: Waiting[] = []
  for (const event of waiting) {
    const result = layEvent({ ...event, parts: parts.get(event.id) ?? [] }, ends)
    if (result.kind === 'parked') {
      parked.push({ eventId: event.id, reason: result.reason })
      continue
    }
    if (result.kind === 'intervals') laid.push(...result.intervals)
    if (result.kind === 'goods') laidGoods.push(result.interval)
    placed.push(event)
  }

  const [last] = await tx.select({ position: eventPositions.position }).from(eventPositions).orderBy(desc(eventPositions.position)).limit(1)
  let next = last ? last.position + 1n : 0n
  const positions = placed.map((event) => ({ position: next++, eventId: event.id, sequencedAt: placedAt(event) }))
  const positioned = tx
    .$with('written', { position: eventPositions.position })
    .as(sql`${insertRows(eventPositions, positions)} returning position`)
  const lying = tx.$with('written', { endVnd: intervals.endVnd }).as(sql`${insertRows(intervals, laid)} returning end_vnd`)
  await together([
    tx.with(positioned).select().from(positioned).prepare('write positions').execute(),
    tx.with(lying).select().from(lying).prepare('write intervals').execute(),
  ])
  await addToTotals(tx, laid, placed)
  await layGoods(tx, laidGoods)
  await takeGoodsBack(tx, placed)
  return { placed, parked }
}

/** Whose đồng the events bring that move several gifts' at once. */
async function partsOf(tx: Transaction, waiting: readonly { id: bigint; kind: string }[]) {
  const moving = waiting.filter(({ kind }) => kind === 'transfer_in' || kind === 'spend_refunded').map(({ id }) => id)
  if (moving.length === 0) return new Map<bigint, (typeof movedParts.$inferSelect)[]>()
  const rows = await tx
    .select()
    .from(movedParts)
    .where(inArray(movedParts.eventId, moving))
    .orderBy(asc(movedParts.eventId), asc(movedParts.position))
  return Map.groupBy(rows, ({ eventId }) => eventId)
}

async function lineEnds(tx: Transaction, lineIds: number[]): Promise<Map<number, bigint>> {
  if (lineIds.length === 0) return new Map()
  const rows = await tx
    .select({ lineId: lineTotals.lineId, end: lineTotals.receivedVnd })
    .from(lineTotals)
    .where(inArray(lineTotals.lineId, lineIds))
  return new Map(rows.map((row) => [row.lineId, row.end]))
}

/** Parks the first waiting event after it failed alone; a failure without a waiting event is not its fault. */
async function parkFirst(db: Database, now: Date, cause: unknown): Promise<Sequenced> {
  return db.transaction(async (tx) => {
    await holdAlone(tx, SEQUENCE_LOCK)
    const [event] = await pending(tx, 1)
    if (!event || !isRefusedByDatabase(cause)) throw cause
    await tx.insert(parkedEvents).values({ eventId: event.id, reason: 'the database refused it', parkedAt: now })
    await tx.delete(pendingEvents).where(eq(pendingEvents.eventId, event.id))
    return { sequenced: 0, parked: 1, lineIds: [] }
  })
}

/** SQLSTATE classes 22 and 23: the data is at fault, not the connection. */
const isRefusedByDatabase = (error: unknown): boolean => /^2[23]/.test(sqlStateOf(error) ?? '')
