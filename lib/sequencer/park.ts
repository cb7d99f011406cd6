import { inArray } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { events, parkedEvents, pendingEvents } from '../../db/schema'
import { EVENT_KINDS } from '../events/model'

/**
 * Lets parked events of kinds that this version knows wait for their place once more. Run when leadership begins:
 * a leader of an older version parks what only a newer one can lay.
 * @returns how many wait again
 */
export async function requeueParked(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const known = tx
      .select({ id: events.id })
      .from(events)
      .where(inArray(events.kind, [...EVENT_KINDS]))
    const parked = await tx.delete(parkedEvents).where(inArray(parkedEvents.eventId, known)).returning()
    if (parked.length > 0) await tx.insert(pendingEvents).values(parked.map(({ eventId, parkedAt }) => ({ eventId, createdAt: parkedAt })))
    return parked.length
  })
}
