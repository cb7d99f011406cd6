import { asc, desc, eq, getTableName, gte, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { eventPositions, logCheckpoints, pendingEvents, publicLineProgress, publicLinesDue, recognitionProgress } from '../../db/schema'
import { nextPosition } from '../events/progress'
import { followLines } from '../public-lines/follow'
import { followRecognition } from '../recognition/follow'
import type { LogVault } from '../public-log/vault'
import { parseCheckpoint } from '../tlog/checkpoint'
import { parseNote } from '../tlog/note'
import { listToldOtherwise } from '../sequencer/reconcile'
import { placeAgain } from '../sequencer/sequence'
import { checkpointsAgain, logAgain } from './checkpoints'
import { compareTable, describeDifference } from './compare'
import { copyDealt, copyTable } from './copy'
import { checkCosignatures } from './cosignatures'
import { COPIED, DEALT, prepareSide } from './side'
import { TABLES } from './tables'

/** Places that are given again in one transaction. */
const AT_ONCE = 2_000
/** Rows that are held against each other by one hash. */
const COMPARED_AT_ONCE = 10_000

/** How far a rebuild is. */
export interface RebuildProgress {
  part: 'copied' | 'held' | 'cosigned' | 'placed' | 'told' | 'thanked' | 'logged' | 'signed' | 'compared'
  /** The table that is copied or compared. */
  table: string | null
  done: number
}

/** What a rebuild is given. */
export interface Rebuilding {
  /** What is looked at. It is only read, as it was at one moment. */
  real: Database
  /** An empty database of the newest schema, opened as the owner of its tables. */
  side: Database
  /** Keys that sign the log, and the last checkpoint that was published. Only read. */
  vault: LogVault
  onProgress: (progress: RebuildProgress) => void
  /** Ends it between two steps. Nothing but the side place was written. */
  signal: AbortSignal
  /** Rows that are compared at once, where it is not to be as many as is quick. */
  comparedAtOnce?: number
}

/** `waits`: so many events have no place yet or are not in the statement or in thanks, and what follows from them is not there. */
export type Rebuilt = { kind: 'same'; rows: number } | { kind: 'differs'; found: string[] } | { kind: 'waits'; events: number }

/**
 * Makes everything that is derived again in a side place, from the stored facts and their places in public order, by the
 * code that made it first, and holds it against what is stored, byte for byte: lines, read models, leaves, tiles and
 * checkpoints. What was written down with a fact (whose đồng it took, what was handed over, papers, names) is held against
 * the fact's event, and cosignatures against their checkpoints (docs/decisions/0056).
 */
export async function rebuild({ real, side, vault, onProgress, signal, comparedAtOnce = COMPARED_AT_ONCE }: Rebuilding): Promise<Rebuilt> {
  const say = (progress: RebuildProgress) => {
    signal.throwIfAborted()
    onProgress(progress)
  }
  return real.transaction(
    async (moment) => {
      const waiting = await waitingIn(moment)
      if (waiting > 0) return { kind: 'waits', events: waiting }
      await prepareSide(side)
      for (const table of COPIED) {
        let done = 0
        await copyTable(moment, side, table, (rows) => {
          say({ part: 'copied', table: getTableName(table), done: (done += rows) })
        })
      }
      for (const { table } of DEALT) await copyDealt(moment, side, table)
      await side.execute(sql`analyze`)
      // What can't be made again, since people wrote it, is what its events say; they are what the leaves say.
      const told = await listToldOtherwise(moment, (done) => say({ part: 'held', table: null, done }))
      told.push(...(await checkCosignatures(moment, (done) => say({ part: 'cosigned', table: null, done }))))
      const failure = await makeAgain(moment, side, vault, say)
      if (failure !== null) return { kind: 'differs', found: [...told, failure] }
      await side.execute(sql`analyze`)
      const compared = await side.transaction((made) => compare(moment, made, { vault, say, atOnce: comparedAtOnce }))
      if (told.length === 0) return compared
      return { kind: 'differs', found: [...told, ...(compared.kind === 'differs' ? compared.found : [])] }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** What has no place yet, or is not told in the statement or in thanks yet. */
async function waitingIn(real: Database): Promise<number> {
  const next = [await nextPosition(real, publicLineProgress), await nextPosition(real, recognitionProgress)]
  const places = await real.$count(
    eventPositions,
    gte(
      eventPositions.position,
      next.reduce((one, other) => (one < other ? one : other)),
    ),
  )
  return places + (await real.$count(pendingEvents)) + (await real.$count(publicLinesDue))
}

/** @returns why it could not be made again; null where it was */
async function makeAgain(
  real: Database,
  side: Database,
  vault: LogVault,
  say: (progress: RebuildProgress) => void,
): Promise<string | null> {
  for (let from = 0n; ;) {
    const places = await real
      .select({ position: eventPositions.position, eventId: eventPositions.eventId, sequencedAt: eventPositions.sequencedAt })
      .from(eventPositions)
      .where(gte(eventPositions.position, from))
      .orderBy(asc(eventPositions.position))
      .limit(AT_ONCE)
    const last = places.at(-1)
    if (!last) break
    try {
      await placeAgain(side, places)
    } catch (error) {
      return `events at ${from} to ${last.position} can't be placed again: ${reasonOf(error)}`
    }
    from = last.position + 1n
    say({ part: 'placed', table: null, done: Number(from) })
  }
  for (let isAll = false; !isAll;) {
    ;({ isAll } = await followLines(side, new Date()))
    // A count of what is there would read all of it each time.
    say({ part: 'told', table: null, done: Number(await nextPosition(side, publicLineProgress)) })
  }
  for (let isAll = false; !isAll;) {
    ;({ isAll } = await followRecognition(side, new Date()))
    say({ part: 'thanked', table: null, done: Number(await nextPosition(side, recognitionProgress)) })
  }
  await logAgain(real, side, (done) => say({ part: 'logged', table: null, done }))
  await checkpointsAgain(real, side, vault, (done) => say({ part: 'signed', table: null, done }))
  return null
}

/** The innermost words, which name the guard that refused. */
function reasonOf(error: unknown): string {
  let current = error
  while (current instanceof Error && current.cause) current = current.cause
  return current instanceof Error ? current.message : String(current)
}

/** A stretch is read along the index of its key: a plan that reads and sorts a whole table would do so for each of them. */
const ALONG_KEYS = sql`select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_bitmapscan', 'enable_sort']) as name`

async function compare(
  real: Database,
  side: Database,
  { vault, say, atOnce }: { vault: LogVault; say: (progress: RebuildProgress) => void; atOnce: number },
): Promise<Rebuilt> {
  const found: string[] = []
  let rows = 0
  for (const db of [real, side]) await db.execute(ALONG_KEYS)
  for (const table of TABLES.derived) {
    let done = 0
    const name = getTableName(table)
    const onCompared = (count: number) => {
      say({ part: 'compared', table: name, done: (done += count) })
    }
    const { differences, isAll } = await compareTable(real, side, table, { atOnce, onCompared })
    rows += done
    found.push(...differences.map(describeDifference), ...(isAll ? [] : [`${name}: and more`]))
  }
  found.push(...(await checkKept(real, vault)))
  return found.length === 0 ? { kind: 'same', rows } : { kind: 'differs', found }
}

/** The checkpoint that is kept outside was published, or is about to be. */
async function checkKept(real: Database, vault: LogVault): Promise<string[]> {
  const kept = vault.readPublished()
  if (kept === null) return []
  const size = BigInt(parseCheckpoint(parseNote(kept)?.text ?? '')?.size ?? 0)
  const [stored] = await real.select({ note: logCheckpoints.note }).from(logCheckpoints).where(eq(logCheckpoints.size, size))
  const [last] = await real.select({ size: logCheckpoints.size }).from(logCheckpoints).orderBy(desc(logCheckpoints.size)).limit(1)
  if (stored ? stored.note === kept : size > (last?.size ?? 0n)) return []
  return [`the checkpoint of ${size} entries that is kept in LOG_DIR is not the one that was published`]
}
