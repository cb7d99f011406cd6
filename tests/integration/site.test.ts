import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET } from '../../app/api/health/route'
import { events } from '../../db/schema'
import { setServerContext, type ServerContext } from '../../lib/context'
import { ensureInstallation, getInstallation } from '../../lib/installation/commands'
import { followAllLines } from '../../lib/public-lines/follow'
import { sequencePending } from '../../lib/sequencer/sequence'
import { getHealth } from '../../lib/site/health'
import { followSiteVersion } from '../../lib/site/version'
import { publishAll, publishingOf } from '../factories/public-log'
import { makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serverContextOf } from '../setup/server'
import { memoryVault } from '../setup/vault'

let database: TestDatabase
let context: TestContext
let server: ServerContext

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  await sequencePending(context.db, context.now())
  server = serverContextOf(context, database, { version: '1.2.3' })
})
afterAll(() => database.close())

test('a database is made sample or real once, for ever', async () => {
  expect(await getInstallation(context.db)).toBeNull()
  const made = await ensureInstallation(context.db, 'sample', 'seed', new Date('2026-11-23T17:30:00Z'))
  expect(made).toMatchObject({ kind: 'sample', seed: 'seed', anchorDay: '2026-11-23' })
  expect(await ensureInstallation(context.db, 'real', '', new Date())).toEqual(made)
})

test('health is ok while events get their places', async () => {
  expect(await getHealth(server)).toMatchObject({
    status: 'ok',
    version: '1.2.3',
    database: database.engine,
    logSize: 2,
    sequencer: { lagMs: 0, parked: 0 },
    problems: [],
  })
  setServerContext(server)
  expect((await GET()).status).toBe(200)
})

test('health says when log and statement do not follow, and the site works all the same', async () => {
  context.advance(120_000)
  expect(await getHealth(server)).toMatchObject({ publicLog: { size: 0, lagMs: 120_000 }, problems: [] })
  context.advance(1_000)
  expect(await getHealth(server)).toMatchObject({
    status: 'ok',
    publicLog: { size: 0, lagMs: 121_000 },
    problems: ['the public log is 121 s behind and waits for a person', 'the statement is 2 min behind public order'],
  })
  await publishAll(publishingOf(context, memoryVault()))
  await followAllLines(context.db, context.now())
  expect(await getHealth(server)).toMatchObject({ publicLog: { size: 2, lagMs: 0 }, problems: [] })
})

test('health says when pages may be old', async () => {
  expect(await getHealth({ ...server, stateAgeMs: () => 9_999 })).toMatchObject({ status: 'ok', stateAgeMs: 9_999, problems: [] })
  expect(await getHealth({ ...server, stateAgeMs: () => 10_001 })).toMatchObject({
    status: 'failing',
    problems: ['the public state was not read for 10 s: pages may be as old'],
  })
})

test('the public state grows old while the database is away, and is read again after', async () => {
  const errors: unknown[] = []
  let isAway = false
  const db = new Proxy(context.db, {
    get(target, name) {
      if (isAway && name === 'select') throw new Error('away')
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (...values: unknown[]): unknown => Reflect.apply(value, target, values) : value
    },
  })
  const version = followSiteVersion({ ...context, db }, (error) => errors.push(error))
  await expect.poll(() => version.current().number).toBeGreaterThan(0n)
  const before = version.current()
  isAway = true
  await expect.poll(() => errors.length).toBeGreaterThan(1)
  expect(version.ageMs()).toBeGreaterThan(250)
  expect(version.current()).toMatchObject({ number: before.number, knownSinceMs: before.knownSinceMs })
  isAway = false
  await expect.poll(() => version.ageMs()).toBeLessThan(200)
  version.stop()
})

test('health fails, and says why, when nobody sequences or the database is gone', async () => {
  await context.db
    .insert(events)
    .values({ kind: 'campaign_state', idempotencyKey: 'late', day: '2026-11-23', facts: {}, createdAt: context.now() })
  context.advance(9_000)
  expect((await getHealth(server)).status).toBe('ok')
  context.advance(2_000)
  expect(await getHealth(server)).toMatchObject({ status: 'failing', problems: ['the sequencer is 11 s behind'] })
  setServerContext(server)
  expect((await GET()).status).toBe(503)

  const gone = await testDatabase()
  await gone.close()
  expect(await getHealth({ ...server, db: gone.handle.db })).toMatchObject({
    status: 'failing',
    database: 'unreachable',
    problems: ['the database does not answer'],
  })
  expect(await getHealth({ ...server, db: gone.handle.db, stateAgeMs: () => 20_000 })).toMatchObject({
    stateAgeMs: 20_000,
    problems: ['the database does not answer', 'the public state was not read for 20 s: pages may be as old'],
  })
})
