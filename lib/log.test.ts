import { DrizzleQueryError } from 'drizzle-orm/errors'
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
