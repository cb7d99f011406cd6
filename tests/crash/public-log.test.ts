import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gt, sql } from 'drizzle-orm'
import { build } from 'esbuild'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { Database, DatabaseHandle } from '../../db/client'
import { openEmbedded } from '../../db/embedded'
import { eventPositions, events, logCheckpoints, logLeaves } from '../../db/schema'
import { lastCheckpoint } from '../../lib/public-log/ancestor'
import { rootAt } from '../../lib/public-log/hashes'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { parseCheckpoint } from '../../lib/tlog/checkpoint'
import { parseNote } from '../../lib/tlog/note'
import { faultsOfLog } from '../factories/public-log'
import { rebuildOf } from '../factories/rebuild'
import { exceptTimeout, isTimeout, keepBusy, livingContext, liveThrough, prepareTraffic, TOLD } from '../factories/traffic'
import { embeddedSnapshot, testDatabase, type Engine } from '../setup/database'
import { machineVault } from '../setup/vault'

const isSoak = process.env['SOAK'] === '1'
/** A soak goes on until leads have died at every boundary, several times over; the tests at a few that differ from run to run. */
const KILLS: Record<Engine, number> = isSoak ? { embedded: 500, postgres: 500 } : { embedded: 1, postgres: 2 }
/** One of so many is killed at any moment, and not between two steps. */
const ANY_MOMENT = 4
/** So many, at least, a lead comes to. */
const BOUNDARIES = 100
const LONGEST_LEAD_MS = 1_500
/** On PostgreSQL two more processes wait to lead while one does: a second on its machine, and one on a machine with a last checkpoint of its own. */
const MACHINES: Record<Engine, string[]> = { embedded: ['only'], postgres: ['one', 'one', 'other'] }
/** Kills between two looks into an embedded database, which is opened for it, and between two words of how far a soak is. */
const LOOK_EVERY = 25
const PATIENCE_MS = 300_000
const ROOT = new URL('../..', import.meta.url).pathname
const WORKER = join(ROOT, '.test', 'log-worker.mjs')

const clean: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step()
})

// As one file, and compiled once, it starts in half of the time.
beforeAll(async () => {
  const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
  await build({
    ...{ entryPoints: [join(ROOT, 'tests/crash/log-worker.ts')], outfile: WORKER, bundle: true, platform: 'node', format: 'esm' },
    ...{ external: ['@electric-sql/pglite', 'sharp', 'pg-native'], banner: { js: require } },
    ...{ sourcemap: true, sourcesContent: false, logLevel: 'error' },
  })
})

/** A database that this process and those that are killed open: at the same time, or in turn where it belongs to one process. */
async function shared(engine: Engine): Promise<{ where: string; use: <T>(work: (handle: DatabaseHandle) => Promise<T>) => Promise<T> }> {
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

/** A process that leads, or waits to. @returns whether it was killed; throws where it came to another end, or complained of more than slowness */
function lead(...given: (string | number)[]): Promise<boolean> {
  const child = spawn(process.execPath, ['--enable-source-maps', WORKER, ...given.map(String)], {
    ...{ cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LOG_LEVEL: 'warn', NODE_COMPILE_CACHE: `${WORKER}.cache` } },
  })
  clean.push(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => {
      child.kill('SIGTERM')
    }, PATIENCE_MS)
    child.once('close', (code, signal) => {
      clearTimeout(impatience)
      const complaints = said.split('\n').filter((line) => line !== '' && !isTimeout(line))
      if (complaints.length === 0 && (code === 0 || signal === 'SIGKILL')) resolve(signal === 'SIGKILL')
      else reject(new Error(`a lead came to ${signal ?? code} and said: ${said}`))
    })
  })
}

/** Checkpoints as somebody far away keeps them: of a size there is never another one, and none that was shown goes away. */
function keepCheckpoints(folder: string, machines: readonly string[]) {
  const kept = new Map<number, string>()
  const shown = new Set<number>()
  const keep = (note: string): number => {
    const { size } = parseCheckpoint(parseNote(note)?.text ?? '') ?? { size: -1 }
    expect(kept.get(size) ?? note, `checkpoint of ${size}`).toBe(note)
    kept.set(size, note)
    return size
  }
  return {
    /** What machines signed, whether or not they came to show it. */
    lookBeside() {
      for (const machine of machines) {
        const note = machineVault(folder, machine).readPublished()
        if (note !== null) keep(note)
      }
    },
    /** What is shown since the last look, and that public order has no gap. */
    async look(db: Database) {
      const since = BigInt(Math.max(0, ...shown))
      const more = db.select({ note: logCheckpoints.note }).from(logCheckpoints).where(gt(logCheckpoints.size, since))
      for (const { note } of await more) shown.add(keep(note))
      const [order] = await db
        .select({
          places: sql<number>`count(*)::int`,
          end: sql<number>`coalesce(max(position) + 1, 0)::int`,
          leaves: sql<number>`(select count(*)::int from ${logLeaves})`,
          leavesEnd: sql<number>`(select coalesce(max(position) + 1, 0)::int from ${logLeaves})`,
        })
        .from(eventPositions)
      expect([order?.places, order?.leaves]).toEqual([order?.end, order?.leavesEnd])
    },
    /** All of them are of one log, which begins as each of them says. */
    async lookBack(db: Database) {
      const sizes = (await db.select({ note: logCheckpoints.note }).from(logCheckpoints)).map(({ note }) => keep(note))
      expect([...shown].filter((size) => !sizes.includes(size))).toEqual([])
      for (const [size, note] of kept) {
        const root = parseCheckpoint(parseNote(note)?.text ?? '')?.root
        expect(Buffer.from(await rootAt(db, size)).toString('hex'), `checkpoint of ${size}`).toBe(Buffer.from(root ?? []).toString('hex'))
      }
      return { shown: sizes.length, signed: kept.size }
    },
  }
}

/** Where leads died. */
function toldOf(folder: string): string {
  const deaths = readFileSync(join(folder, 'deaths'), 'utf8').trim().split('\n')
  return `${deaths.length} of them between two steps, at ${new Set(deaths).size} boundaries`
}

test.each<Engine>(['embedded', 'postgres'])(
  'leaders that are killed at any boundary between two steps, while people give: no gap, no double, no fork (%s)',
  { timeout: isSoak ? 4 * 3_600_000 : 600_000 },
  async (engine) => {
    const folder = mkdtempSync(join(tmpdir(), 'tung-dong-crash-log-'))
    clean.push(() => rmSync(folder, { recursive: true, force: true }))
    const { where, use } = await shared(engine)
    await use(async (handle) => {
      await prepareTraffic(livingContext(handle))
      await liveThrough(livingContext(handle))
    })
    const machines = MACHINES[engine]
    const checkpoints = keepCheckpoints(folder, machines)
    const stopBusy =
      engine === 'postgres' ? await use((handle) => Promise.resolve(keepBusy(livingContext(handle)))) : () => Promise.resolve()
    const began = Date.now()
    let [begun, killed, times] = [0, 0, 1]
    const relay = async (machine: string): Promise<void> => {
      // A soak ends when a lead came from its first step to its last and to no boundary that none had died at.
      while (killed < KILLS[engine] || (isSoak && times === 1)) {
        const now = times
        const isAtAnyMoment = (begun += 1) % ANY_MOMENT === 0
        const how = isAtAnyMoment ? [1, 0, randomInt(1, LONGEST_LEAD_MS)] : [now, isSoak ? 0 : randomInt(BOUNDARIES), 0]
        if (await lead(folder, where, machine, ...how)) killed += 1
        // One came through: everywhere where it was, as many died before it.
        else if (!isAtAnyMoment) times = Math.max(times, now + 1)
        checkpoints.lookBeside()
        const isMark = killed % LOOK_EVERY === 0
        if (engine === 'postgres' || isMark) await use(({ db }) => checkpoints.look(db)).catch(exceptTimeout)
        if (isSoak && isMark) process.stdout.write(`${engine}: killed ${killed} times, ${toldOf(folder)}\n`)
      }
    }
    await Promise.all(machines.map(relay))
    await stopBusy()
    const last = machines.at(-1) ?? ''
    expect(await lead(folder, where, last, 0, 0, 0)).toBe(false)
    await use(async ({ db }) => {
      const all = await db.$count(events)
      expect([await db.$count(eventPositions), await db.$count(logLeaves)]).toEqual([all, all])
      expect((await lastCheckpoint(db))?.size).toBe(all)
      const found = await checkpoints.lookBack(db)
      expect(await faultsOfLog(db)).toEqual([])
      expect(await listDiscrepancies(db)).toEqual([])
      expect(await rebuildOf(db, machineVault(folder, last), engine)).toMatchObject({ kind: 'same' })
      const told = await db.selectDistinct({ kind: events.kind }).from(events)
      if (isSoak) expect(TOLD.filter((kind) => !told.some((one) => one.kind === kind))).toEqual([])
      const took = `${times - 1} times at each, ${Math.round((Date.now() - began) / 1_000)} s`
      const log = `${all} events, ${found.shown} checkpoints shown of ${found.signed} signed`
      process.stdout.write(`${engine}: killed ${killed} times, ${toldOf(folder)} (${took}); ${log}\n`)
    })
    expect(killed).toBeGreaterThanOrEqual(KILLS[engine])
  },
)
