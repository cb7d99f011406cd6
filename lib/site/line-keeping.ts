import type { Database } from '../../db/client'
import type { ServerContext } from '../context'
import { describeError, log } from '../log'
import { followLines } from '../public-lines/follow'

/** How long it waits after it failed: the order of money does not wait for it. */
const RETRY_MS = 10_000

/** Keeps the statement up to public order, after the sequencer's looks. The function says whether it is, or has to wait. */
export function lineKeeping({ now }: Pick<ServerContext, 'now'>): (db: Database) => Promise<boolean> {
  let nextMs = 0
  return async (db) => {
    if (performance.now() < nextMs) return true
    try {
      return (await followLines(db, now())).isAll
    } catch (error) {
      log.error({ event: 'statement_not_kept', error: describeError(error) })
      nextMs = performance.now() + RETRY_MS
      return true
    }
  }
}
