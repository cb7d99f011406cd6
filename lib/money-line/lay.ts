import { isEventKind } from '../events/model'

/** What laying needs to know of an event. */
export interface LayableEvent {
  id: bigint
  kind: string
  lineId: number | null
  amountVnd: bigint | null
  units: bigint | null
  donationId: bigint | null
  goodsReceiptId: bigint | null
  /** Whose đồng it brings, in order, where it brings several gifts' at once. */
  parts: readonly { donationId: bigint; amountVnd: bigint }[]
}

/** A stretch [start, end) of a line that an event owns. */
export interface Interval {
  lineId: number
  startVnd: bigint
  endVnd: bigint
  eventId: bigint
  donationId: bigint
}

/** A stretch [start, end) of a line of goods, in its units. */
export interface GoodsInterval {
  lineId: number
  startUnit: bigint
  endUnit: bigint
  eventId: bigint
  receiptId: bigint
}

/** What an event does to the lines: it lays intervals of đồng or one of goods, does nothing, or can't be laid. */
export type Laid =
  | { kind: 'intervals'; intervals: Interval[] }
  | { kind: 'goods'; interval: GoodsInterval }
  | { kind: 'nothing' }
  | { kind: 'parked'; reason: string }

/**
 * Lays one event on its line: what arrives owns the next interval (money.md §5).
 * @param ends where each line ends so far, in đồng or in its unit of goods; moved on by what is laid
 */
export function layEvent(event: LayableEvent, ends: Map<number, bigint>): Laid {
  if (!isEventKind(event.kind)) return { kind: 'parked', reason: `unknown kind of event: ${event.kind}` }
  switch (event.kind) {
    case 'campaign_state':
    case 'campaign_changed':
    case 'line_classified':
    case 'day_closed':
    case 'receiving_account_changed':
    case 'appointment':
    case 'name_shown':
    case 'name_hidden':
    case 'name_changed':
    case 'erasure':
    // What goes out or is held was laid in the transaction of the fact, under its line's lock.
    case 'donation_reversed':
    case 'goods_reversed':
    case 'refund_requested':
    case 'refund_withdrawn':
    case 'refund':
    case 'dispute_opened':
    case 'dispute_won':
    case 'dispute_lost':
    case 'reserve_used':
    case 'transfer_out':
    case 'spend_requested':
    case 'spend_approved':
    case 'spend_rejected':
    case 'spend_paid':
    case 'spend_settled':
    case 'spend_cancelled':
    // What a buyer was handed is still the line's until it is settled.
    case 'advance_given':
    case 'advance_returned':
    case 'advance_corrected':
    case 'budget_changed':
    case 'delivery':
    case 'photo':
    case 'photo_withdrawn':
    case 'paper':
    case 'document':
    case 'document_withdrawn':
      return { kind: 'nothing' }
    // Đồng of several gifts enter the line at its end, in the order in which they left another place.
    case 'transfer_in':
    case 'spend_refunded': {
      const { lineId, amountVnd, parts } = event
      const sum = parts.reduce((total, part) => total + part.amountVnd, 0n)
      if (lineId === null || amountVnd === null || sum !== amountVnd)
        return { kind: 'parked', reason: `${event.kind} needs a line, and parts that add up to its amount` }
      let endVnd = ends.get(lineId) ?? 0n
      const intervals = parts.map((part) => {
        const startVnd = endVnd
        endVnd += part.amountVnd
        return { lineId, startVnd, endVnd, eventId: event.id, donationId: part.donationId }
      })
      ends.set(lineId, endVnd)
      return { kind: 'intervals', intervals }
    }
    case 'donation':
    case 'donation_restored':
    case 'interest':
    // Money that comes back to its line enters it at the end, and is still that donor's.
    case 'refund_failed': {
      const { lineId, amountVnd, donationId } = event
      // What the fund stood in for comes back to the fund, and lies on no line.
      if (event.kind === 'refund_failed' && lineId === null) return { kind: 'nothing' }
      if (lineId === null || amountVnd === null || donationId === null)
        return { kind: 'parked', reason: `${event.kind} needs a line, an amount and a gift` }
      const startVnd = ends.get(lineId) ?? 0n
      const endVnd = startVnd + amountVnd
      ends.set(lineId, endVnd)
      return { kind: 'intervals', intervals: [{ lineId, startVnd, endVnd, eventId: event.id, donationId }] }
    }
    case 'goods_received': {
      const { lineId, units, goodsReceiptId } = event
      if (lineId === null || units === null || goodsReceiptId === null)
        return { kind: 'parked', reason: 'goods_received needs a line, units and a receipt' }
      const startUnit = ends.get(lineId) ?? 0n
      const endUnit = startUnit + units
      ends.set(lineId, endUnit)
      return { kind: 'goods', interval: { lineId, startUnit, endUnit, eventId: event.id, receiptId: goodsReceiptId } }
    }
  }
}
