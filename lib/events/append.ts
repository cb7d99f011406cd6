import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { insertRows } from '../../db/rows'
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
 * Appends events in the transaction of their facts, in the order given; the sequencer gives them their positions
 * later. A fact that is known is not appended again.
 * @returns each event's id, or null where the fact was known
 */
export async function appendEvents(tx: Transaction, given: readonly NewEvent[]): Promise<(bigint | null)[]> {
  const written = tx
    .$with('written', { id: events.id, key: events.idempotencyKey })
    .as(sql`${insertRows(events, given)} on conflict (idempotency_key) do nothing returning id, idempotency_key`)
  const made = await tx.with(written).select().from(written).prepare('write events').execute()
  const ids = new Map(made.map(({ id, key }) => [key, id]))
  return given.map(({ idempotencyKey }) => ids.get(idempotencyKey) ?? null)
}

/** Appends one event. @returns its id, or null where the fact was known */
export async function appendEvent(tx: Transaction, event: NewEvent): Promise<bigint | null> {
  const [id] = await appendEvents(tx, [event])
  return id ?? null
}
