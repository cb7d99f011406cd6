import pino from 'pino'
import { log } from '../log'
import type { AnsweredRequest } from './watch'

/** Lines are gathered to so many bytes, which a pipe still takes as one, or for so long. */
const GATHERED_BYTES = 2_048
const MOST_BYTES_AT_ONCE = 4_096
const FLUSH_MS = 1_000

/**
 * Writes one line for each request, where the level is info or below: what was asked for by pattern, and how it went.
 * @param stream where to, in tests
 */
export function createAccessLog(stream?: pino.DestinationStream): (request: AnsweredRequest) => void {
  if (!log.isLevelEnabled('info')) return () => undefined
  const lines = pino({ base: null }, stream ?? gatheringStream())
  return ({ method, route, status, refused, ms, bytes, cache, isInAdvance, isBrokenOff }) => {
    lines.info({
      event: 'request',
      ...{ method, route, status, ms: Math.round(ms * 10) / 10, bytes },
      ...(refused === null ? {} : { refused }),
      ...(cache === null ? {} : { cache }),
      ...(isInAdvance ? { inAdvance: true } : {}),
      ...(isBrokenOff ? { brokenOff: true } : {}),
    })
  }
}

/** Standard output, written to in groups of lines: a system call for each would cost a kept page a tenth of its speed. */
function gatheringStream(): pino.DestinationStream {
  const output = pino.destination({ dest: 1, sync: false, maxWrite: MOST_BYTES_AT_ONCE })
  let gathered = ''
  const flush = () => {
    if (gathered !== '') output.write(gathered)
    gathered = ''
  }
  setInterval(flush, FLUSH_MS).unref()
  process.once('exit', () => {
    flush()
    output.flushSync()
  })
  return {
    write(line) {
      gathered += line
      if (gathered.length >= GATHERED_BYTES) flush()
    },
  }
}
