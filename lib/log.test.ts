import { spawnSync } from 'node:child_process'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import pino from 'pino'
import Stripe from 'stripe'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { captureConsoleErrors, describeError, log } from './log'

const original = { error: console.error, warn: console.warn }
beforeEach(() => vi.spyOn(log, 'error').mockImplementation(() => undefined))
afterEach(() => void Object.assign(console, original))

/** A failed insert as the driver reports it, with a row's values in every text it has. */
function failedInsert(): Error {
  const driver = Object.assign(new Error('duplicate key value: (Nguyễn Văn An)'), {
    severity: 'ERROR',
    code: '23505',
    constraint: 'pledges_code_unique',
    detail: 'Key (name)=(Nguyễn Văn An)',
  })
  return new DrizzleQueryError('insert into disclosures values ($1)', ['Nguyễn Văn An', 'salt'], driver)
}

test('a failed query is described without a value of it', () => {
  const description = describeError(failedInsert())
  expect(JSON.stringify(description)).not.toMatch(/Nguyễn|salt/)
  expect(description.cause).toMatchObject({ code: '23505', constraint: 'pledges_code_unique' })
})

test('an error of our own keeps its words', () => {
  expect(describeError(new RangeError('a salt has 32 bytes'))).toMatchObject({ name: 'RangeError', message: 'a salt has 32 bytes' })
  expect(describeError('text')).toEqual({ name: 'string', at: [] })
})

test('what libraries print about an error is described too', () => {
  captureConsoleErrors()
  console.error('⨯', failedInsert())
  expect(JSON.stringify(vi.mocked(log.error).mock.calls)).not.toMatch(/Nguyễn|salt/)
  expect(log.error).toHaveBeenCalledOnce()
})

test('an error of Stripe or of a parser is described without what it quotes', () => {
  const refusal = new Stripe.errors.StripeInvalidRequestError({
    message: 'Invalid email address: an@example.com',
    type: 'invalid_request_error',
    code: 'email_invalid',
  })
  expect(describeError(refusal)).toMatchObject({ code: 'email_invalid' })
  expect(JSON.stringify(describeError(refusal))).not.toContain('an@example.com')
  let unread: unknown
  try {
    JSON.parse('Nguyễn Văn An')
  } catch (error) {
    unread = error
  }
  expect(describeError(new Error('not read', { cause: unread }))).toMatchObject({ message: 'not read', cause: { name: 'SyntaxError' } })
  expect(JSON.stringify(describeError(unread))).not.toContain('Nguy')
})

test('whatever a text holds, it is in one line, with its time', () => {
  let written = ''
  pino({ base: null }, { write: (line: string) => void (written += line) }).warn({ event: 'x', text: 'a\n{"level":60}\r\u2028b' })
  expect(written.trimEnd().split(/[\r\n]/)).toHaveLength(1)
  const line: unknown = JSON.parse(written)
  expect(line).toMatchObject({ level: 40, text: 'a\n{"level":60}\r\u2028b' })
  const time: unknown = typeof line === 'object' && line !== null && Reflect.get(line, 'time')
  expect(Math.abs(Date.now() - Number(time))).toBeLessThan(60_000)
})

test('who goes away while sending wakes nobody up', () => {
  captureConsoleErrors()
  console.error('⨯', Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
  expect(log.error).not.toHaveBeenCalled()
  console.error('⨯', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))
  expect(log.error).toHaveBeenCalledOnce()
})

test('an error that nobody caught ends the process, and is named without its data', () => {
  const script = `import('./lib/log.ts').then(({ endOnUncaught }) => {
    endOnUncaught()
    setTimeout(() => { throw Object.assign(new Error('Nguyễn Văn An'), { query: 'select', params: ['salt'], code: '23505' }) })
  })`
  const root = new URL('..', import.meta.url)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], { cwd: root, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ level: 60, event: 'uncaught', error: { code: '23505' } })
  expect(stdout + stderr).not.toMatch(/Nguyễn|salt/)
})
