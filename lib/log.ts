import pino from 'pino'

/** A person at a terminal wants to see what went wrong; a collector wants every request. */
const usual = process.stdout.isTTY ? 'warn' : 'info'
const asked = process.env['LOG_LEVEL'] ?? ''

/**
 * Structured log, one JSON object a line. Never given names, memos, bodies, keys or addresses of people.
 * A level that is none is the settings' to refuse (lib/env.ts).
 */
export const log = pino({ base: null, level: /^(?:debug|info|warn|error|silent)$/.test(asked) ? asked : usual })

/** What is known of an error without any of the data it happened to. */
export interface ErrorDescription {
  name: string
  /** Of our own errors alone: a driver's message may quote a row, Stripe's a donor, a parser's what it read. */
  message?: string
  /** SQLSTATE or a system's code. */
  code?: string
  constraint?: string
  at: string[]
  cause?: ErrorDescription
}

const FRAMES = 8

/**
 * Describes an error for the log. Messages of a database driver are left out: they hold the query's values, and
 * with them names, salts and memos that must stand nowhere else. So are those of Stripe and of parsers, which quote
 * what they were given.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, at: [] }
  const code = textOf(error, 'code')
  const constraint = textOf(error, 'constraint')
  const isQuoting = 'query' in error || 'severity' in error || 'rawType' in error || error instanceof SyntaxError
  return {
    name: error.name,
    ...(isQuoting ? {} : { message: error.message }),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    at: framesOf(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

const framesOf = (stack: string): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim())

function textOf(error: Error, key: 'code' | 'constraint'): string | undefined {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : undefined
}

/** Sends what libraries print as errors into the log, described. Called once, by a server that is not under development. */
export function captureConsoleErrors(): void {
  const write =
    (level: 'error' | 'warn') =>
    (...args: unknown[]) => {
      const errors = args.filter((arg) => arg instanceof Error).map(describeError)
      // Who went away while sending did no harm, and nobody is to be woken up for it.
      if (errors.length > 0 && errors.every(({ code, message }) => code === 'ECONNRESET' && message === 'aborted')) return
      // Text that comes beside an error is that error once more.
      const texts = errors.length > 0 ? [] : args.filter((arg) => typeof arg === 'string')
      log[level]({ event: 'console', errors, texts })
    }
  Object.assign(console, { error: write('error'), warn: write('warn') })
}

/** Ends the process on an error that nobody caught, and names it without its data, all of which Node itself would print. */
export function endOnUncaught(): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ event: 'uncaught', error: describeError(error) })
    process.exit(1)
  })
}
