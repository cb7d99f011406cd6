import type { Database } from '../../db/client'
import type { ServerContext } from '../context'
import { describeError, log } from '../log'

/** How long it waits after it failed: the order of money does not wait for it. */
const RETRY_MS = 10_000

/**
 * Keeps a read model up to public order, after the sequencer's looks. The function says whether it is, or has to wait.
 * @param failure how the log names it when it could not be kept
 * @param follow brings it nearer, and says whether it is there
 */
export function keeping(
  { now }: Pick<ServerContext, 'now'>,
  failure: string,
  follow: (db: Database, now: Date) => Promise<{ isAll: boolean }>,
): (db: Database) => Promise<boolean> {
  let nextMs = 0
  return async (db) => {
    if (performance.now() < nextMs) return true
    try {
      return (await follow(db, now())).isAll
    } catch (error) {
      log.error({ event: failure, error: describeError(error) })
      nextMs = performance.now() + RETRY_MS
      return true
    }
  }
}
