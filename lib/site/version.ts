import { eq } from 'drizzle-orm'
import { siteState } from '../../db/schema'
import type { Context } from '../context'

const POLL_MS = 250
const LOOK_MS = 1_000

/** Which public state readers should see, as this process knows it. Times are those of `performance.now()`. */
export interface SiteVersion {
  current: () => { number: bigint; knownSinceMs: number; readMs: number }
  /** How long ago it was read. */
  ageMs: () => number
  stop: () => void
}

/**
 * Follows the public state by a short poll, so that a change made by another process is known a moment later.
 * @param onError told when the database does not answer; the last known state stays, and its age grows
 */
export function followSiteVersion(context: Context, onError: (error: unknown) => void): SiteVersion {
  let known = { number: 0n, knownSinceMs: 0, readMs: performance.now() }
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  const look = async () => {
    const beganMs = performance.now()
    try {
      const [state] = await inTime(context.db.select({ version: siteState.version }).from(siteState).where(eq(siteState.id, 1)))
      const number = state?.version ?? 0n
      known = number === known.number ? { ...known, readMs: beganMs } : { number, knownSinceMs: performance.now(), readMs: beganMs }
    } catch (error) {
      onError(error)
    }
    if (!isStopped) timer = setTimeout(() => void look(), POLL_MS)
  }
  void look()
  return {
    current: () => known,
    ageMs: () => performance.now() - known.readMs,
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** A look that gets no answer must not be the last one. */
async function inTime<T>(looking: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the public state was not read in time')), LOOK_MS)
  })
  try {
    return await Promise.race([looking, late])
  } finally {
    clearTimeout(timer)
  }
}
