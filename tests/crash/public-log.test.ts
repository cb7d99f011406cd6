import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { DatabaseHandle } from '../../db/client'
import { openEmbedded } from '../../db/embedded'
import { eventPositions, events, logLeaves } from '../../db/schema'
import { lastCheckpoint } from '../../lib/public-log/ancestor'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { faultsOfLog, waitingEvents } from '../factories/public-log'
import { embeddedSnapshot, testDatabase, type Engine } from '../setup/database'

/** A soak kills at every boundary, several times over; the tests at a few that differ from run to run. */
const ROUNDS: Record<Engine, number> = process.env['SOAK'] ? { embedded: 120, postgres: 240 } : { embedded: 1, postgres: 3 }
const BOUNDARIES = 40
const ROOT = new URL('../..', import.meta.url).pathname

const clean: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step()
})

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
      await use(({ db }) =>
        db
          .insert(events)
          .values(waitingEvents(60, `round-${round}`))
          .then(() => undefined),
      )
      const boundary = 1 + ((began + round * 7) % BOUNDARIES)
      const end = await lead(boundary)
      expect(['SIGKILL', 0], `boundary ${boundary}`).toContain(end)
      if (end === 'SIGKILL') killed += 1
    }
    expect(await lead(0)).toBe(0)
    await use(async ({ db }) => {
      const all = ROUNDS[engine] * 60
      expect([await db.$count(events), await db.$count(eventPositions), await db.$count(logLeaves)]).toEqual([all, all, all])
      expect((await lastCheckpoint(db))?.size).toBe(all)
      expect(await faultsOfLog(db)).toEqual([])
      expect(await listDiscrepancies(db)).toEqual([])
    })
    process.stdout.write(`killed ${killed} times on ${engine}\n`)
    expect(killed).toBeGreaterThan(0)
  },
)
