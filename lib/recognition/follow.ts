import { and, eq, gte, isNotNull, lt } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { holdAlone } from '../../db/hold-alone'
import { isAnyOf } from '../../db/rows'
import { eventPositions, events, recognitionProgress } from '../../db/schema'
import { CHANGES_OF_GIFTS } from '../events/of-gifts'
import { keepProgress, nextStretch } from '../events/progress'
import { showChange } from '../events/show-change'
import { recognise } from './recognise'

/** Only one transaction at a time writes sums of recognition, whoever runs it. */
export const RECOGNITION_LOCK = 0x7464_7263
/** Events of one transaction, and of one call: money that waits for its place does not wait for long. */
const AT_ONCE = 2_000

/**
 * Brings the sums of recognition nearer to public order, in one short transaction. Each gift is told as it is now, so that
 * the same events again, in any batches, give the same; cut off anywhere, it goes on where it stopped. A database that has
 * history and no such sums yet is caught up the same way.
 * @returns whether no event waits any more
 */
export const followRecognition = (db: Database, now: Date): Promise<{ isAll: boolean }> => db.transaction((tx) => followSome(tx, now))

/** Brings the sums up to everything that has its place. */
export async function followAllRecognition(db: Database, now: Date): Promise<void> {
  while (!(await followRecognition(db, now)).isAll);
}

async function followSome(tx: Transaction, now: Date): Promise<{ isAll: boolean }> {
  await holdAlone(tx, RECOGNITION_LOCK)
  const { from, to, end } = await nextStretch(tx, recognitionProgress, AT_ONCE)
  if (from === to) return { isAll: true }
  const gifts = await tx
    .selectDistinct({ id: events.donationId })
    .from(eventPositions)
    .innerJoin(events, eq(events.id, eventPositions.eventId))
    .where(
      and(
        gte(eventPositions.position, from),
        lt(eventPositions.position, to),
        isAnyOf(events.kind, CHANGES_OF_GIFTS),
        isNotNull(events.donationId),
      ),
    )
    .prepare('find gifts that events are about')
    .execute()
  await recognise(
    tx,
    gifts.flatMap(({ id }) => id ?? []),
  )
  await keepProgress(tx, recognitionProgress, to)
  if (gifts.length > 0) await showChange(tx, now)
  return { isAll: to === end }
}
