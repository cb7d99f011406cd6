import type { Database } from '../../db/client'
import type { ServerContext } from '../context'
import { log } from '../log'
import { ensureNoObjection } from '../public-log/objections'
import { publishLog } from '../public-log/publish'
import { LogRefused } from '../public-log/refused'

/** A checkpoint is kept for ever: a busy second gets one. */
const PUBLISH_MS = 1_000
/** How often it is said that the key is not here. */
const SAY_MS = 60_000

/**
 * Publishes the public log after the sequencer's looks: once a second at most, and at once again while it is behind.
 * Without its key everything else goes on, and the log is brought up when the key is back. The function says whether all is
 * published, or has to wait. It throws LogRefused where what is here does not go on from what was published, or a witness
 * says so.
 */
export function publishing(context: ServerContext): (db: Database) => Promise<boolean> {
  let nextMs = 0
  return async (db) => {
    if (performance.now() < nextMs) return true
    const { publicLog, random, now } = context
    ensureNoObjection(publicLog)
    try {
      const { isAll } = await publishLog({ db, ...publicLog, random, now })
      nextMs = isAll ? performance.now() + PUBLISH_MS : 0
      return isAll
    } catch (error) {
      if (!(error instanceof LogRefused) || !error.refusal.startsWith('key_')) throw error
      log.error({ event: 'log_not_signed', refusal: error.refusal, message: error.message })
      nextMs = performance.now() + SAY_MS
      return true
    }
  }
}
