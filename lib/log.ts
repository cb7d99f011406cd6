import pino from 'pino'

/** Structured log, one JSON object a line. Never given names, memos, bodies, keys or addresses of people. */
export const log = pino({ base: null, level: process.env['LOG_LEVEL'] ?? 'info' })
