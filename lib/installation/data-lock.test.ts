import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDataDirectory } from './data-lock'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tung-dong-lock-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('one process holds the lock, and gives it back', () => {
  const unlock = lockDataDirectory(directory)
  expect(() => lockDataDirectory(directory)).toThrow(/in use by process/)
  unlock()
  expect(readdirSync(directory)).toEqual([])
  lockDataDirectory(directory)()
})

/** A lock as some process here would have written it. */
function lockOf(holder: { pid: number; startedAt: string; world?: string }): string {
  const unlock = lockDataDirectory(directory)
  const text = readFileSync(join(directory, 'lock.json'), 'utf8')
  unlock()
  return text
    .replace(/"pid":\d+/, `"pid":${holder.pid}`)
    .replace(/"startedAt":"\d*"/, `"startedAt":"${holder.startedAt}"`)
    .replace(/"world":"[^"]*"/, (own) => (holder.world ? `"world":"${holder.world}"` : own))
}

test('the lock of a process in another container holds while it is touched, and is taken over when it falls silent', () => {
  const path = join(directory, 'lock.json')
  writeFileSync(path, lockOf({ pid: 1, startedAt: '1', world: 'elsewhere' }))
  expect(() => lockDataDirectory(directory)).toThrow(/in use by process 1/)
  const before = new Date(Date.now() - 16_000)
  utimesSync(path, before, before)
  lockDataDirectory(directory)()
})

test('the lock of a process that is gone is taken over', async () => {
  const child = spawn('true')
  const pid = child.pid ?? 0
  await new Promise((resolve) => child.once('exit', resolve))
  writeFileSync(join(directory, 'lock.json'), lockOf({ pid, startedAt: '1' }))
  lockDataDirectory(directory)()
})

test('the lock of an earlier process with the same number is taken over', () => {
  writeFileSync(join(directory, 'lock.json'), lockOf({ pid: process.pid, startedAt: '1' }))
  lockDataDirectory(directory)()
})

test.each(['', 'x', '{}', '{"pid":-1,"startedAt":""}'])('a lock that says %j is taken over', (text) => {
  writeFileSync(join(directory, 'lock.json'), text)
  lockDataDirectory(directory)()
  expect(readdirSync(directory)).toEqual([])
})
