import { sql } from 'drizzle-orm'
import type { Database, DatabaseHandle } from '../../db/client'
import { sequenceBatch, type Sequenced } from './sequence'

const LEADER_LOCK = 0x7464_6c64
const IDLE_MS = 200
const RETRY_MS = 1_000
/** Events of one transaction: where more wait than these, many at once cost less each. */
const BATCH = 500
const CATCH_UP = 2_000

export interface SequencerOptions {
  handle: DatabaseHandle
  now: () => Date
  /** Called once a second while another process leads. */
  whileWaiting: (db: Database) => Promise<void>
  /** Called when this process has become the one that sequences, before its first batch, on the connection that leads. */
  onLeading: (db: Database) => Promise<void>
  /** Called after each batch that laid something, outside of its transaction. */
  onSequenced: (batch: Sequenced) => Promise<void>
  /**
   * Called after each look for events, on the connection that leads, and told whether more wait. Where it fails the
   * leadership ends. It says whether that is all: otherwise the next look is at once.
   */
  afterLook: (db: Database, isBehind: boolean) => Promise<boolean>
  onError: (error: unknown) => void
}

/**
 * Runs the sequencer until stopped. Of many processes one leads: it holds an advisory lock on a
 * connection of its own and commits on that connection, so that losing the lock ends its writing too.
 * @returns a function that stops it and waits for the batch under way
 */
export function startSequencer({
  handle,
  now,
  whileWaiting,
  onLeading,
  onSequenced,
  afterLook,
  onError,
}: SequencerOptions): () => Promise<void> {
  const stopping = new AbortController()
  const isStopping = () => stopping.signal.aborted
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms)
      stopping.signal.addEventListener('abort', done, { once: true })
      function done() {
        clearTimeout(timer)
        stopping.signal.removeEventListener('abort', done)
        resolve()
      }
    })

  const lead = async (db: Database) => {
    if (!(await isLeader(db, handle.engine))) {
      await whileWaiting(db)
      return pause(RETRY_MS)
    }
    await onLeading(db)
    for (let limit = BATCH; !isStopping();) {
      const batch = await sequenceBatch(db, now(), limit)
      const placed = batch.sequenced + batch.parked
      if (placed > 0) await onSequenced(batch)
      const isBehind = placed === limit
      limit = isBehind ? CATCH_UP : BATCH
      const isAll = await afterLook(db, isBehind)
      if (placed === 0 && isAll) await pause(IDLE_MS)
    }
    if (handle.engine === 'postgres') await db.execute(sql`select pg_advisory_unlock(${LEADER_LOCK})`)
  }

  const running = (async () => {
    while (!isStopping()) {
      try {
        await handle.withConnection(lead)
      } catch (error) {
        if (isStopping()) return
        onError(error)
        await pause(RETRY_MS)
      }
    }
  })()

  return async () => {
    stopping.abort()
    await running
  }
}

/** The embedded engine belongs to one process, so that process leads. */
async function isLeader(db: Database, engine: DatabaseHandle['engine']): Promise<boolean> {
  if (engine === 'embedded') return true
  const [row] = await db.select({ locked: sql<boolean>`pg_try_advisory_lock(${LEADER_LOCK})` }).from(sql`(values (1)) as one`)
  return row?.locked === true
}
