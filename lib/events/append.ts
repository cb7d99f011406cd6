import type { Transaction } from '../../db/client'
import { events } from '../../db/schema'
import type { Day } from '../time/day'
import type { EventKind } from './model'

/** A public fact, before it has a place in the public order. */
export interface NewEvent {
  kind: EventKind
  /** Names the fact: the same fact twice changes nothing. */
  idempotencyKey: string
  fundId: number | null
  lineId?: number | null
  /** Day of Việt Nam on which it happened. */
  day: Day
  amountVnd?: bigint | null
  /** Of goods, in the unit of their line. */
  units?: bigint | null
  /** Everything else that is public about it. Never personal data, only commitments to it. */
  facts: Record<string, unknown>
  donationId?: bigint | null
  goodsReceiptId?: bigint | null
  createdAt: Date
}

/**
 * Appends an event in the transaction of the fact; the sequencer gives it its position later.
 * @returns the event's id, or null when the fact was known
 */
export async function appendEvent(tx: Transaction, event: NewEvent): Promise<bigint | null> {
  const [row] = await tx.insert(events).values(event).onConflictDoNothing({ target: events.idempotencyKey }).returning({ id: events.id })
  return row?.id ?? null
}
