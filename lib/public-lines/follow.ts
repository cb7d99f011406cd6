import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { holdAlone } from '../../db/hold-alone'
import { isAnyOf } from '../../db/rows'
import { donations, eventPositions, events, publicLineProgress, publicLinesDue } from '../../db/schema'
import { CHANGES_OF_GIFTS } from '../events/of-gifts'
import { keepProgress, nextStretch, type Stretch } from '../events/progress'
import { showChange } from '../events/show-change'
import { gatherLines, type LineSources } from './gather'
import { keepLines } from './keep'

/** Only one transaction at a time lists lines and their words, whoever runs it; migration 0055 takes words away under it. */
export const LINES_LOCK = 0x7464_6c6c
/** Events of one transaction when much waits, and of one call: nothing else waits for long. */
const AT_ONCE = 2_000
const MOST = 10_000

/** What changes how money stands in the statement: a gift, or interest, which has a line as gifts have. */
const OF_GIFTS = [...CHANGES_OF_GIFTS, 'interest']

/**
 * Brings the statement up to public order, in short transactions: what each event may have changed is gathered anew and
 * replaces what was kept of it, so that the same events again, in any batches, give the same. A database that has history
 * and no statement yet is caught up the same way.
 * @param most events, in transactions of at most `atOnce`
 * @returns how many it went through, and whether none waits any more
 */
export async function followLines(
  db: Database,
  now: Date,
  { most = MOST, atOnce = AT_ONCE } = {},
): Promise<{ events: number; isAll: boolean }> {
  for (let left = most; ;) {
    const done = await db.transaction((tx) => followSome(tx, now, Math.min(left, atOnce)))
    left -= done.events
    if (done.isAll || left <= 0) return { events: most - left, isAll: done.isAll }
  }
}

/** Brings the statement up to everything that has its place. */
export async function followAllLines(db: Database, now: Date): Promise<void> {
  while (!(await followLines(db, now)).isAll);
}

async function followSome(tx: Transaction, now: Date, limit: number): Promise<{ events: number; isAll: boolean }> {
  await holdAlone(tx, LINES_LOCK)
  const { from, to, end } = await nextStretch(tx, publicLineProgress, limit)
  const due = await tx.select().from(publicLinesDue).orderBy(asc(publicLinesDue.id)).limit(limit)
  if (from === to && due.length === 0) return { events: 0, isAll: true }
  const sources = await sourcesOf(tx, { from, to }, due)
  const changed = await keepLines(tx, sources, await gatherLines(tx, sources))
  if (from < to) await keepProgress(tx, publicLineProgress, to)
  if (due.length > 0)
    await tx.delete(publicLinesDue).where(
      isAnyOf(
        publicLinesDue.id,
        due.map(({ id }) => id),
      ),
    )
  if (changed > 0) await showChange(tx, now)
  return { events: Number(to - from), isAll: to === end && due.length < limit }
}

/** Which lines events between two places, and what is due besides, may have changed. */
async function sourcesOf(
  tx: Transaction,
  { from, to }: Pick<Stretch, 'from' | 'to'>,
  due: readonly (typeof publicLinesDue.$inferSelect)[],
): Promise<LineSources> {
  const told = await tx
    .select({
      ...{ donationId: donations.id, bankId: donations.bankTransactionId },
      classified: sql`case when ${events.kind} = 'line_classified' then (${events.facts}->>'line')::bigint end`.mapWith((id) =>
        id === null ? null : BigInt(String(id)),
      ),
    })
    .from(eventPositions)
    .innerJoin(events, eq(events.id, eventPositions.eventId))
    .leftJoin(donations, and(eq(donations.id, events.donationId), isAnyOf(events.kind, OF_GIFTS)))
    .where(and(gte(eventPositions.position, from), lt(eventPositions.position, to)))
    .prepare('find what lines events are of')
    .execute()
  const pledgeIds = due.flatMap(({ pledgeId }) => pledgeId ?? [])
  const given =
    pledgeIds.length === 0
      ? []
      : await tx
          .select({ donationId: donations.id, bankId: donations.bankTransactionId })
          .from(donations)
          .where(isAnyOf(donations.pledgeId, pledgeIds))
  const gifts = [...told, ...given]
  return {
    bankIds: unique([
      ...gifts.map(({ bankId }) => bankId),
      ...told.map(({ classified }) => classified),
      ...due.map(({ bankTransactionId }) => bankTransactionId),
    ]),
    donationIds: unique(gifts.map(({ donationId, bankId }) => (bankId === null ? donationId : null))),
  }
}

const unique = (ids: readonly (bigint | null)[]): bigint[] => [...new Set(ids)].filter((id) => id !== null)
