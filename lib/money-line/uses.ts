import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { events, intervals, lineHolds, lineOutflows, lineTakeovers, lineTotals, lineUses, pendingEvents } from '../../db/schema'
import { paidOut } from './spent'
import { lengthOf, overlaps, subtract, takeFirst, type Stretch } from './stretches'

/** Whoever gives from a line, or holds a part of it, holds this lock of the line until its transaction ends. */
const LINE_LOCK = 0x7464_6c6e

/** Thrown where a gift has no place on its line yet: what follows from it waits, and is tried again. */
export class NotLaidYet extends Error {}

/** Locks lines in one order, so that nobody waits for somebody who waits. */
export async function lockLines(tx: Transaction, lineIds: readonly number[]): Promise<void> {
  for (const lineId of [...new Set(lineIds)].sort((a, b) => a - b)) {
    await tx.execute(sql`select pg_advisory_xact_lock(${LINE_LOCK}::int, ${lineId}::int)`)
  }
}

/** A gift's own đồng, wherever they lie, and what became of them. */
export interface OwnStretches {
  /** Neither used nor held. */
  free: Stretch[]
  /** Held, by the event that holds them. */
  held: { stretch: Stretch; eventId: bigint }[]
  /** Used for children or by the reserve, not given back by a supplier, and nobody else has taken them over. */
  spent: Stretch[]
}

/**
 * Locks the lines on which a gift lies and tells where its đồng are. Throws `NotLaidYet` while a part of it has no
 * place in the public order: only money that is sequenced may move (money.md §3).
 * @param alsoLock other lines the caller will give from
 */
export async function ownStretches(tx: Transaction, donationId: bigint, alsoLock: readonly number[] = []): Promise<OwnStretches> {
  const lines = await tx.selectDistinct({ lineId: intervals.lineId }).from(intervals).where(eq(intervals.donationId, donationId))
  const locked = new Set([...lines.map(({ lineId }) => lineId), ...alsoLock])
  await lockLines(tx, [...locked])
  const [waiting] = await tx
    .select({ id: events.id })
    .from(events)
    .innerJoin(pendingEvents, eq(pendingEvents.eventId, events.id))
    // What goes out or is held has its place at once; what comes in has it when it is sequenced.
    .where(and(eq(events.donationId, donationId), inArray(events.kind, ['donation', 'donation_restored', 'interest', 'refund_failed'])))
    .limit(1)
  const own = await tx
    .select({ lineId: intervals.lineId, startVnd: intervals.startVnd, endVnd: intervals.endVnd })
    .from(intervals)
    .where(eq(intervals.donationId, donationId))
    // In one order, so that the same gift gives back the same đồng wherever it is asked.
    .orderBy(intervals.lineId, intervals.startVnd)
  // What was laid while the locks were waited for may lie on a line that is not locked.
  if (waiting || own.length === 0 || own.some(({ lineId }) => !locked.has(lineId)))
    throw new NotLaidYet(`gift ${donationId} has no place on its line yet`)
  const returns = await returnedOf(tx, donationId)
  const found: OwnStretches = { free: own, held: [], spent: [] }
  for (const stretch of own) {
    const used = await overlapping(tx, lineUses, stretch)
    const held = await overlapping(tx, lineHolds, stretch)
    const takenOver = await overlapping(tx, lineTakeovers, stretch)
    found.free = subtract(found.free, [...used, ...held])
    found.held.push(...held.map(({ eventId, ...part }) => ({ stretch: clip(part, stretch), eventId })))
    const out = await paidOut(
      tx,
      used.filter(({ eventId }) => !returns.has(eventId)),
    )
    found.spent.push(...subtract(overlaps(out, stretch), takenOver))
  }
  return found
}

/** The events by which money of a gift went back to its donor. */
async function returnedOf(tx: Transaction, donationId: bigint): Promise<Set<bigint>> {
  const rows = await tx.select({ id: events.id }).from(events).where(eq(events.donationId, donationId))
  return new Set(rows.map(({ id }) => id))
}

const clip = ({ lineId, startVnd, endVnd }: Stretch, to: Stretch): Stretch => ({
  lineId,
  startVnd: startVnd > to.startVnd ? startVnd : to.startVnd,
  endVnd: endVnd < to.endVnd ? endVnd : to.endVnd,
})

/** Rows of a table of stretches that reach into one. Such rows never overlap, so the look-up is bounded by the index on their start. */
function overlapping(
  tx: Transaction,
  table: typeof lineUses | typeof lineHolds | typeof lineTakeovers,
  { lineId, startVnd, endVnd }: Stretch,
): Promise<(Stretch & { eventId: bigint })[]> {
  const isActive = table === lineUses ? undefined : isNull(table === lineHolds ? lineHolds.endedByEventId : lineTakeovers.endedByEventId)
  const before = tx
    .select({ start: sql`max(${table.startVnd})` })
    .from(table)
    .where(and(eq(table.lineId, lineId), sql`${table.startVnd} <= ${startVnd}`, isActive))
  return tx
    .select({ lineId: table.lineId, startVnd: table.startVnd, endVnd: table.endVnd, eventId: table.eventId })
    .from(table)
    .where(
      and(
        eq(table.lineId, lineId),
        sql`${table.startVnd} >= coalesce((${before}), 0)`,
        sql`${table.startVnd} < ${endVnd}`,
        sql`${table.endVnd} > ${startVnd}`,
        isActive,
      ),
    )
    .orderBy(table.startVnd)
}

const MOST_AT_ONCE = 200

/**
 * The first đồng of a line that are neither used nor held, up to an amount; fewer where the line has no more. The
 * caller holds the line's lock. Begins where the line's outflow says that đồng may be free, so that what was given
 * before costs nothing.
 */
export async function firstFree(tx: Transaction, lineId: number, amountVnd: bigint): Promise<Stretch[]> {
  if (amountVnd <= 0n) return []
  const free: Stretch[] = []
  let left = amountVnd
  let from = (await outflowOf(tx, lineId)).firstFreeVnd
  for (;;) {
    const laid = await tx
      .select({ lineId: intervals.lineId, startVnd: intervals.startVnd, endVnd: intervals.endVnd })
      .from(intervals)
      .where(and(eq(intervals.lineId, lineId), sql`${intervals.endVnd} > ${from}`))
      .orderBy(intervals.endVnd)
      .limit(MOST_AT_ONCE)
    const [first, last] = [laid[0], laid.at(-1)]
    if (!first || !last) return free
    const whole = { lineId, startVnd: first.startVnd > from ? first.startVnd : from, endVnd: last.endVnd }
    const taken = [...(await overlapping(tx, lineUses, whole)), ...(await overlapping(tx, lineHolds, whole))]
    const found = takeFirst(subtract([whole], taken), left)
    free.push(...found)
    left -= lengthOf(found)
    if (left === 0n) return free
    from = last.endVnd
  }
}

/** What a line has given, holds and has promised; nothing yet where it has no row. The caller holds its lock. */
async function outflowOf(tx: Transaction, lineId: number): Promise<Omit<typeof lineOutflows.$inferSelect, 'lineId'>> {
  const [row] = await tx.select().from(lineOutflows).where(eq(lineOutflows.lineId, lineId))
  return row ?? { usedVnd: 0n, heldVnd: 0n, reservedVnd: 0n, firstFreeVnd: 0n }
}

/** What may be promised or moved of a line: laid, and neither given, held nor promised. The caller holds its lock. */
export async function availableOn(tx: Transaction, lineId: number): Promise<bigint> {
  const [total] = await tx.select({ laid: lineTotals.receivedVnd }).from(lineTotals).where(eq(lineTotals.lineId, lineId))
  const { usedVnd, heldVnd, reservedVnd } = await outflowOf(tx, lineId)
  return (total?.laid ?? 0n) - usedVnd - heldVnd - reservedVnd
}

/** Changes what is promised of a line. The caller holds its lock. */
export const reserve = (tx: Transaction, lineId: number, changeVnd: bigint) => changeOutflow(tx, lineId, { reservedVnd: changeVnd })

async function changeOutflow(
  tx: Transaction,
  lineId: number,
  { usedVnd = 0n, heldVnd = 0n, reservedVnd = 0n }: { usedVnd?: bigint; heldVnd?: bigint; reservedVnd?: bigint },
): Promise<void> {
  await tx.insert(lineOutflows).values({ lineId, usedVnd: 0n, heldVnd: 0n, reservedVnd: 0n, firstFreeVnd: 0n }).onConflictDoNothing()
  await tx
    .update(lineOutflows)
    .set({
      usedVnd: sql`${lineOutflows.usedVnd} + ${usedVnd}`,
      heldVnd: sql`${lineOutflows.heldVnd} + ${heldVnd}`,
      reservedVnd: sql`${lineOutflows.reservedVnd} + ${reservedVnd}`,
    })
    .where(eq(lineOutflows.lineId, lineId))
}

const byLine = (stretches: readonly Stretch[]) => [...Map.groupBy(stretches, ({ lineId }) => lineId)]

/**
 * Lays what an event took. The caller holds the lines' locks and took only what is free; the table refuses everything
 * else.
 * @param isFirst whether it is what `firstFree` found: then nothing before its end is free any more
 */
export async function layUses(tx: Transaction, eventId: bigint, stretches: readonly Stretch[], { isFirst = false } = {}): Promise<void> {
  if (stretches.length === 0) return
  await tx.insert(lineUses).values(stretches.map((stretch) => ({ ...stretch, eventId })))
  for (const [lineId, own] of byLine(stretches)) {
    await changeOutflow(tx, lineId, { usedVnd: lengthOf(own) })
    if (!isFirst) continue
    const firstFreeVnd = own.reduce((last, { endVnd }) => (endVnd > last ? endVnd : last), 0n)
    await tx
      .update(lineOutflows)
      .set({ firstFreeVnd: sql`greatest(${lineOutflows.firstFreeVnd}, ${firstFreeVnd})` })
      .where(eq(lineOutflows.lineId, lineId))
  }
}

/** Holds stretches for an event to come. */
export async function layHolds(tx: Transaction, eventId: bigint, stretches: readonly Stretch[]): Promise<void> {
  if (stretches.length === 0) return
  await tx.insert(lineHolds).values(stretches.map((stretch) => ({ ...stretch, eventId })))
  for (const [lineId, own] of byLine(stretches)) await changeOutflow(tx, lineId, { heldVnd: lengthOf(own) })
}

/** Lets go of what an event held, under the locks of its lines: đồng become free that others stepped over. */
export async function endHolds(tx: Transaction, eventId: bigint, endedByEventId: bigint): Promise<void> {
  const held = await tx.selectDistinct({ lineId: lineHolds.lineId }).from(lineHolds).where(eq(lineHolds.eventId, eventId))
  await lockLines(
    tx,
    held.map(({ lineId }) => lineId),
  )
  const ended = await tx
    .update(lineHolds)
    .set({ endedByEventId })
    .where(and(eq(lineHolds.eventId, eventId), isNull(lineHolds.endedByEventId)))
    .returning({ lineId: lineHolds.lineId, startVnd: lineHolds.startVnd, endVnd: lineHolds.endVnd })
  for (const [lineId, own] of byLine(ended)) {
    await changeOutflow(tx, lineId, { heldVnd: -lengthOf(own) })
    const startVnd = own.reduce((first, stretch) => (stretch.startVnd < first ? stretch.startVnd : first), own[0]?.startVnd ?? 0n)
    await tx
      .update(lineOutflows)
      .set({ firstFreeVnd: sql`least(${lineOutflows.firstFreeVnd}, ${startVnd})` })
      .where(eq(lineOutflows.lineId, lineId))
  }
}
