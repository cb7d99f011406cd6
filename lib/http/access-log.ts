import pino from 'pino'
import { log } from '../log'
import type { AnsweredRequest } from './watch'

/** Lines are gathered to so many bytes, which a pipe still takes as one, or for so long. */
const GATHERED_BYTES = 2_048
const MOST_BYTES_AT_ONCE = 4_096
const FLUSH_MS = 1_000

/**
 * Writes one line for each request, where the level is info or below: what was asked for by pattern, and how it went.
 * Lines are gathered, since one system call for each would cost a kept page a tenth of its speed.
 * @param stream where to, in tests
 */
export function createAccessLog(stream?: pino.DestinationStream): (request: AnsweredRequest) => void {
  if (!log.isLevelEnabled('info')) return () => undefined
  const destination = pino.destination({ dest: 1, sync: false, minLength: GATHERED_BYTES, maxWrite: MOST_BYTES_AT_ONCE })
  if (!stream) {
    setInterval(() => destination.flush(), FLUSH_MS).unref()
    process.once('exit', () => destination.flushSync())
  }
  const lines = pino({ base: null }, stream ?? destination)
  return ({ method, route, status, refused, ms, bytes, cache, isBrokenOff }) => {
    lines.info({
      event: 'request',
      ...{ method, route, status, ms: Math.round(ms * 10) / 10, bytes },
      ...(refused === null ? {} : { refused }),
      ...(cache === null ? {} : { cache }),
      ...(isBrokenOff ? { brokenOff: true } : {}),
    })
  }
}
