import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { dayTotals, deliveries, deliveryUnits, events, lineTotals, spendItems } from '../../db/schema'
import { FEWEST_CHILDREN } from '../few'
import type { Interval } from '../money-line/lay'
import { dayOf } from '../time/day'

/** An event that got its place. */
export interface Placed {
  id: bigint
  kind: string
  fundId: number | null
  lineId: number | null
  amountVnd: bigint | null
  createdAt: Date
  /** When the gift came that it is about; null where it is about none. */
  giftReceivedAt: Date | null
}

/** What an event moves besides what it lays: out of a line to donors, to other lines, to children, and back. */
interface Moved {
  returnedVnd: bigint
  movedVnd: bigint
  spentVnd: bigint
  reenteredVnd: bigint
  /** Gifts that are no longer this line's. */
  giftsLess: number
}

function movedBy(kind: string, amountVnd: bigint, isGift: boolean): Moved | null {
  const nothing = { returnedVnd: 0n, movedVnd: 0n, spentVnd: 0n, reenteredVnd: 0n, giftsLess: 0 }
  switch (kind) {
    case 'refund':
    case 'dispute_lost':
    case 'reserve_used':
      return { ...nothing, returnedVnd: amountVnd }
    case 'transfer_out':
      return { ...nothing, movedVnd: amountVnd }
    case 'spend_paid':
      return { ...nothing, spentVnd: amountVnd }
    // What was spent comes back: received a second time, and no longer spent.
    case 'spend_refunded':
      return { ...nothing, reenteredVnd: amountVnd, spentVnd: -amountVnd }
    // It is laid anew where it was placed, or was no gift: on this line it counts as little as what came twice.
    case 'donation_reversed':
      return { ...nothing, reenteredVnd: amountVnd, giftsLess: isGift ? 1 : 0 }
    default:
      return null
  }
}

/** How many gifts more or fewer there are by an event. */
const giftsBy = (kind: string): 1 | 0 | -1 => {
  if (kind === 'donation_reversed') return -1
  return kind === 'donation' || kind === 'donation_restored' ? 1 : 0
}

/** Adds a batch to the totals of lines and days: one statement a kind of total, however many events. */
export async function addToTotals(tx: Transaction, laid: Interval[], placed: Placed[]): Promise<void> {
  const laidBy = new Map<bigint, bigint>()
  for (const { eventId, startVnd, endVnd } of laid) laidBy.set(eventId, (laidBy.get(eventId) ?? 0n) + endVnd - startVnd)
  const byLine = new Map<number, { lineId: number; receivedVnd: bigint; gifts: number; lastGiftAt: Date | null }>()
  const moved = new Map<number, Moved>()
  const byDay = new Map<string, { day: string; fundId: number; receivedVnd: bigint; gifts: number }>()
  for (const { id, kind, lineId, fundId, amountVnd, createdAt, giftReceivedAt } of placed) {
    if (lineId === null) continue
    const change = movedBy(kind, amountVnd ?? 0n, giftReceivedAt !== null)
    if (change) moved.set(lineId, added(moved.get(lineId), change))
    const gifts = giftReceivedAt === null ? 0 : giftsBy(kind)
    const receivedVnd = laidBy.get(id)
    if (receivedVnd !== undefined) {
      const isGift = gifts > 0
      const line = byLine.get(lineId) ?? { lineId, receivedVnd: 0n, gifts: 0, lastGiftAt: null }
      byLine.set(lineId, {
        lineId,
        receivedVnd: line.receivedVnd + receivedVnd,
        gifts: line.gifts + gifts,
        lastGiftAt: isGift && (line.lastGiftAt === null || createdAt > line.lastGiftAt) ? createdAt : line.lastGiftAt,
      })
    }
    if (giftReceivedAt === null || gifts === 0) continue
    if (fundId === null) throw new Error(`event ${id} is about a gift and has no fund`)
    const day = dayOf(giftReceivedAt)
    const key = `${day} ${fundId}`
    const sum = byDay.get(key) ?? { day, fundId, receivedVnd: 0n, gifts: 0 }
    byDay.set(key, { ...sum, receivedVnd: sum.receivedVnd + BigInt(gifts) * (amountVnd ?? 0n), gifts: sum.gifts + gifts })
  }
  if (byLine.size > 0) await addReceived(tx, [...byLine.values()])
  for (const [lineId, change] of moved) await addMoved(tx, lineId, change)
  await addDelivered(
    tx,
    placed.filter(({ kind }) => kind === 'delivery').map(({ id }) => id),
  )
  if (byDay.size > 0) await addDays(tx, [...byDay.values()])
}

const added = (sum: Moved | undefined, change: Moved): Moved =>
  sum === undefined
    ? change
    : {
        returnedVnd: sum.returnedVnd + change.returnedVnd,
        movedVnd: sum.movedVnd + change.movedVnd,
        spentVnd: sum.spentVnd + change.spentVnd,
        reenteredVnd: sum.reenteredVnd + change.reenteredVnd,
        giftsLess: sum.giftsLess + change.giftsLess,
      }

const addReceived = (tx: Transaction, rows: (typeof lineTotals.$inferInsert)[]) =>
  tx
    .insert(lineTotals)
    .values(rows)
    .onConflictDoUpdate({
      target: lineTotals.lineId,
      set: {
        receivedVnd: sql`${lineTotals.receivedVnd} + excluded.received_vnd`,
        gifts: sql`${lineTotals.gifts} + excluded.gifts`,
        lastGiftAt: sql`greatest(${lineTotals.lastGiftAt}, excluded.last_gift_at)`,
      },
    })

/** Only money that was laid moves, so the line's row is there. */
const addMoved = (tx: Transaction, lineId: number, { returnedVnd, movedVnd, spentVnd, reenteredVnd, giftsLess }: Moved) =>
  tx
    .update(lineTotals)
    .set({
      returnedVnd: sql`${lineTotals.returnedVnd} + ${returnedVnd}`,
      movedVnd: sql`${lineTotals.movedVnd} + ${movedVnd}`,
      spentVnd: sql`${lineTotals.spentVnd} + ${spentVnd}`,
      reenteredVnd: sql`${lineTotals.reenteredVnd} + ${reenteredVnd}`,
      gifts: sql`${lineTotals.gifts} - ${giftsLess}`,
    })
    .where(eq(lineTotals.lineId, lineId))

/**
 * Adds what was handed over. A spend of which a part went to fewer than five children is told only as a whole (money.md §8): what
 * was added of it before is taken off. What is handed over was paid, so the line's row is there.
 */
async function addDelivered(tx: Transaction, eventIds: bigint[]): Promise<void> {
  if (eventIds.length === 0) return
  await tx.execute(sql`with parts as (
      select d.spend_id, e.line_id, d.event_id = any(${sql.param(eventIds)}::bigint[]) as is_new, d.children < ${FEWEST_CHILDREN}::int as is_few,
        u.to_unit * i.amount_vnd / i.units - u.from_unit * i.amount_vnd / i.units as vnd
      from ${deliveries} d join ${events} e on e.id = d.event_id join ${deliveryUnits} u on u.delivery_id = d.id
        join ${spendItems} i on i.spend_id = u.spend_id and i.position = u.position
      where d.spend_id in (select n.spend_id from ${deliveries} n where n.event_id = any(${sql.param(eventIds)}::bigint[]))
        and (d.event_id = any(${sql.param(eventIds)}::bigint[]) or exists (select from event_positions p where p.event_id = d.event_id))),
    told as (
      select line_id, case when bool_or(is_few) then 0 else sum(vnd) end as now,
        case when bool_or(is_few) filter (where not is_new) then 0 else coalesce(sum(vnd) filter (where not is_new), 0) end as before
      from parts group by spend_id, line_id)
    update ${lineTotals} t set delivered_vnd = t.delivered_vnd + handed.vnd
      from (select line_id, sum(now - before)::bigint as vnd from told group by line_id) handed
    where t.line_id = handed.line_id`)
}

const addDays = (tx: Transaction, rows: (typeof dayTotals.$inferInsert)[]) =>
  tx
    .insert(dayTotals)
    .values(rows)
    .onConflictDoUpdate({
      target: [dayTotals.day, dayTotals.fundId],
      set: { receivedVnd: sql`${dayTotals.receivedVnd} + excluded.received_vnd`, gifts: sql`${dayTotals.gifts} + excluded.gifts` },
    })
