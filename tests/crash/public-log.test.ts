import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { DatabaseHandle } from '../../db/client'
import { openEmbedded } from '../../db/embedded'
import { eventPositions, events, logLeaves } from '../../db/schema'
import { lastCheckpoint } from '../../lib/public-log/ancestor'
import { receiveBankNotice } from '../../lib/bank/commands'
import { openFolderVault } from '../../lib/public-log/vault'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { bankNotice, makePledge } from '../factories/giving'
import { faultsOfLog, waitingEvents } from '../factories/public-log'
import { rebuildOf } from '../factories/rebuild'
import { makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { embeddedSnapshot, testDatabase, type Engine } from '../setup/database'

/** A soak kills at every boundary, several times over; the tests at a few that differ from run to run. */
const ROUNDS: Record<Engine, number> = process.env['SOAK'] ? { embedded: 120, postgres: 240 } : { embedded: 1, postgres: 3 }
const BOUNDARIES = 80
const ROOT = new URL('../..', import.meta.url).pathname

const clean: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step()
})

const SLUG = 'ao-am'

/** What comes between two crashes: facts that only stand in the log, and gifts of people who are thanked, who give again, or are not. */
async function traffic(context: TestContext, round: number): Promise<void> {
  if (round === 0) {
    await makeFunds(context)
    await makeCampaign(context, { slug: SLUG, goalVnd: 10n ** 11n })
  }
  await context.db.insert(events).values(waitingEvents(55, `round-${round}`))
  for (let gift = 0; gift < 5; gift++) {
    const name = gift % 2 === 0 ? 'Nguyễn Văn An' : 'Trần Thị Bình'
    const donor = { name, email: `tang-${gift % 2}@example.vn`, isNamed: gift < 4 }
    const { code } = await makePledge(context, SLUG, donor)
    expect(await receiveBankNotice(context, bankNotice({ memo: code }))).toBe('booked')
  }
}

/** A database that this process and the one that is killed open in turn. */
async function turns(engine: Engine): Promise<{ where: string; use: <T>(work: (handle: DatabaseHandle) => Promise<T>) => Promise<T> }> {
  if (engine === 'postgres') {
    const database = await testDatabase('postgres')
    clean.push(() => database.close())
    return { where: database.url ?? '', use: (work) => work(database.handle) }
  }
  const where = join(mkdtempSync(join(tmpdir(), 'tung-dong-crash-')), 'database')
  clean.push(() => rmSync(where, { recursive: true, force: true }))
  await (await openEmbedded(where, embeddedSnapshot())).close()
  return {
    where,
    async use(work) {
      const handle = await openEmbedded(where)
      try {
        return await work(handle)
      } finally {
        await handle.close()
      }
    },
  }
}

test.each<Engine>(['embedded', 'postgres'])(
  'a leader that is killed between any two steps: no gap, no double, no fork (%s)',
  async (engine) => {
    const folder = mkdtempSync(join(tmpdir(), 'tung-dong-crash-log-'))
    clean.push(() => rmSync(folder, { recursive: true, force: true }))
    const { where, use } = await turns(engine)
    const lead = (boundary: number): Promise<number | NodeJS.Signals | null> => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'tests/crash/log-worker.ts', folder, where, String(boundary)], {
        ...{ cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
      })
      return new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
    }
    const began = Date.now()
    let killed = 0
    for (let round = 0; round < ROUNDS[engine]; round++) {
      await use((handle) => traffic(testContext(handle, { seed: `round-${round}` }), round))
      const boundary = 1 + ((began + round * 7) % BOUNDARIES)
      const end = await lead(boundary)
      expect(['SIGKILL', 0], `boundary ${boundary}`).toContain(end)
      if (end === 'SIGKILL') killed += 1
    }
    expect(await lead(0)).toBe(0)
    await use(async ({ db }) => {
      const all = await db.$count(events)
      expect(all).toBeGreaterThan(ROUNDS[engine] * 60)
      expect([await db.$count(eventPositions), await db.$count(logLeaves)]).toEqual([all, all])
      expect((await lastCheckpoint(db))?.size).toBe(all)
      expect(await faultsOfLog(db)).toEqual([])
      expect(await listDiscrepancies(db)).toEqual([])
      expect(await rebuildOf(db, openFolderVault(folder, 'uid', []), engine)).toMatchObject({ kind: 'same' })
    })
    process.stdout.write(`killed ${killed} times on ${engine}\n`)
    expect(killed).toBeGreaterThan(0)
  },
)
