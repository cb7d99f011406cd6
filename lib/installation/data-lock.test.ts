import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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

test('the lock of a process that is gone is taken over', async () => {
  const child = spawn('true')
  const pid = child.pid ?? 0
  await new Promise((resolve) => child.once('exit', resolve))
  writeFileSync(join(directory, 'lock.json'), JSON.stringify({ pid, startedAt: '1' }))
  lockDataDirectory(directory)()
})

test('the lock of an earlier process with the same number is taken over', () => {
  writeFileSync(join(directory, 'lock.json'), JSON.stringify({ pid: process.pid, startedAt: '1' }))
  lockDataDirectory(directory)()
})

test.each(['', 'x', '{}', '{"pid":-1,"startedAt":""}'])('a lock that says %j is taken over', (text) => {
  writeFileSync(join(directory, 'lock.json'), text)
  lockDataDirectory(directory)()
  expect(readdirSync(directory)).toEqual([])
})
