import { asc, count, desc, eq } from 'drizzle-orm'
import { eventPositions, parkedEvents, pendingEvents, publicLineProgress, recognitionProgress, siteState } from '../../db/schema'
import type { Database } from '../../db/client'
import { countCardsWaiting, type CardsWaiting } from '../cards/waiting'
import type { ServerContext } from '../context'
import { nextPosition } from '../events/progress'
import { lastCheckpoint } from '../public-log/ancestor'
import { waitsForWitness } from '../public-log/cosignatures'
import { describeObjection, listObjections } from '../public-log/objections'

/** The public state is read four times a second; pages are a matter of seconds while it is. */
const MAX_STATE_AGE_MS = 10_000
/** Events older than this without a position mean that nobody sequences. */
const MAX_LAG_MS = 10_000
/** The log follows within a second or two; what long has its place and is not in it wants a person. */
const MAX_LOG_LAG_MS = 120_000
/** Statement and thanks follow as closely, but only when nothing waits for its place. */
const FOLLOWING = [
  ['the statement', publicLineProgress],
  ['recognition', recognitionProgress],
] as const
/** A witness may be started anew, and is asked every five minutes at least. */
const MAX_WITNESS_LAG_MS = 600_000

export interface Health {
  status: 'ok' | 'failing'
  version: string
  kind: 'sample' | 'real'
  database: 'embedded' | 'postgres' | 'unreachable'
  /** Grows with every change of anything public. */
  siteVersion: number
  /** Events with a public position. */
  logSize: number
  /** Events still without one, and the age of the oldest. */
  sequencer: { lagMs: number; parked: number }
  /** Events in the public log, and for how long the first that has its place is not in it. */
  publicLog: { size: number; lagMs: number }
  /** What of gifts by card waits for a person; null while the database does not answer. */
  cards: CardsWaiting | null
  /** How long ago this process read the public state; its pages may be as old, and are never older than a minute. */
  stateAgeMs: number
  problems: string[]
}

/** How the installation is doing: the database answers, events get their positions in time, pages follow them, no witness objects. */
export async function getHealth(context: ServerContext): Promise<Health> {
  const stateAgeMs = Math.round(context.stateAgeMs())
  const base = { version: context.version, kind: context.installation.kind, stateAgeMs }
  const isStateOld = stateAgeMs > MAX_STATE_AGE_MS
  const oldState = isStateOld ? [`the public state was not read for ${Math.round(stateAgeMs / 1000)} s: pages may be as old`] : []
  try {
    const { db, handle } = context
    const [[state], [last], [oldest], [parked], published, following, cosigning, cards] = await Promise.all([
      db.select({ version: siteState.version }).from(siteState).where(eq(siteState.id, 1)),
      db.select({ position: eventPositions.position }).from(eventPositions).orderBy(desc(eventPositions.position)).limit(1),
      db.select({ createdAt: pendingEvents.createdAt }).from(pendingEvents).orderBy(asc(pendingEvents.eventId)).limit(1),
      db.select({ count: count() }).from(parkedEvents),
      publishedOf(db),
      Promise.all(FOLLOWING.map(async ([name, progress]) => ({ name, since: await placedAt(db, await nextPosition(db, progress)) }))),
      Promise.all(context.publicLog.witnesses.map(async ({ key }) => ({ name: key.name, since: await waitsForWitness(db, key) }))),
      countCardsWaiting(context),
    ])
    const lagMs = oldest ? Math.max(0, context.now().getTime() - oldest.createdAt.getTime()) : 0
    const logLagMs = published.waitsSince ? Math.max(0, context.now().getTime() - published.waitsSince.getTime()) : 0
    const objections = listObjections(context.publicLog).map(describeObjection)
    const problems = [...oldState, ...objections.map((words) => `nothing gets a place, since ${words}`)]
    if (lagMs > MAX_LAG_MS) problems.push(`the sequencer is ${Math.round(lagMs / 1000)} s behind`)
    if (parked && parked.count > 0) problems.push(`${parked.count} events could not be laid and wait for a person`)
    if (logLagMs > MAX_LOG_LAG_MS) problems.push(`the public log is ${Math.round(logLagMs / 1000)} s behind and waits for a person`)
    for (const { name, since } of following) {
      const waitsMs = since ? context.now().getTime() - since.getTime() : 0
      if (waitsMs > MAX_LOG_LAG_MS) problems.push(`${name} is ${Math.round(waitsMs / 60_000)} min behind public order`)
    }
    for (const { name, since } of cosigning) {
      const waitsMs = since ? context.now().getTime() - since.getTime() : 0
      if (waitsMs > MAX_WITNESS_LAG_MS)
        problems.push(`the witness ${name} has not cosigned the public log for ${Math.round(waitsMs / 60_000)} min`)
    }
    problems.push(...tellOfCards(cards))
    return {
      ...base,
      status: lagMs > MAX_LAG_MS || isStateOld || objections.length > 0 ? 'failing' : 'ok',
      database: handle.engine,
      siteVersion: Number(state?.version ?? 0n),
      logSize: last ? Number(last.position) + 1 : 0,
      sequencer: { lagMs, parked: parked?.count ?? 0 },
      publicLog: { size: published.size, lagMs: logLagMs },
      cards,
      problems,
    }
  } catch {
    const problems = ['the database does not answer', ...oldState]
    return {
      ...base,
      status: 'failing',
      database: 'unreachable',
      siteVersion: 0,
      logSize: 0,
      sequencer: { lagMs: 0, parked: 0 },
      publicLog: { size: 0, lagMs: 0 },
      cards: null,
      problems,
    }
  }
}

/** Events that a checkpoint vouches for, and when the first beyond them got its place; null where there is none. */
async function publishedOf(db: Database): Promise<{ size: number; waitsSince: Date | null }> {
  const size = (await lastCheckpoint(db))?.size ?? 0
  return { size, waitsSince: await placedAt(db, BigInt(size)) }
}

/** When a place was given; null where nobody has it yet. */
async function placedAt(db: Database, position: bigint): Promise<Date | null> {
  const [row] = await db.select({ at: eventPositions.sequencedAt }).from(eventPositions).where(eq(eventPositions.position, position))
  return row?.at ?? null
}

/** What must not be left lying; the site works all the same. */
function tellOfCards({ movements, refundsUnsent, warnings }: CardsWaiting): string[] {
  const told: string[] = []
  if (movements > 0) told.push(`${movements} changes of the balance at Stripe were not understood and wait for a person`)
  if (refundsUnsent > 0) told.push(`${refundsUnsent} approved refunds have not been taken by Stripe for a day and wait for a person`)
  if (warnings > 0) told.push(`${warnings} gifts may have been made with stolen cards and wait for a person`)
  return told
}
