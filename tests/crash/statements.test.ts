import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { DatabaseHandle } from '../../db/client'
import { openEmbedded } from '../../db/embedded'
import { bankNotices, bankTransactions, donations, statementDays, statementFiles, statementLines } from '../../db/schema'
import { openFolderStore } from '../../lib/files/folder-store'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { acceptFile, giveFile } from '../../lib/statements/commands'
import { storeFile } from '../../lib/statements/store'
import { makeFunds, value } from '../factories/site'
import { bidv, fileOf, type MadeLine } from '../factories/statements'
import { testContext } from '../setup/context'
import { embeddedSnapshot, testDatabase, type Engine } from '../setup/database'

const LINES = process.env['SOAK'] ? 20_000 : 2_000
const KILLS = process.env['SOAK'] ? 12 : 2
const ROOT = new URL('../..', import.meta.url).pathname

const clean: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step()
})

const lines = (): MadeLine[] =>
  Array.from({ length: LINES }, (_, index) => ({
    day: `2026-10-${String(1 + Math.floor((index * 28) / LINES)).padStart(2, '0')}`,
    amountVnd: index % 9 === 8 ? -5_000 : 20_000 + (index % 5) * 10_000,
    reference: `R${index}`,
    memo: `ung ho ${index}`,
  }))

/** A database that this process and the one that is killed open in turn. */
interface Turns {
  where: string
  use<T>(work: (handle: DatabaseHandle) => Promise<T>): Promise<T>
}

async function turns(engine: Engine): Promise<Turns> {
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

function startWorker(folder: string, where: string): { child: ChildProcess; opened: Promise<void>; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/crash/statement-worker.ts', folder, where], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  clean.push(() => void child.kill('SIGKILL'))
  return {
    child,
    opened: new Promise((resolve) => child.stdout.once('data', () => resolve())),
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code))),
  }
}

/** Lets it be worked on until nothing is left, and pulls the plug again and again meanwhile. */
async function workThroughCuts({ where }: Turns, folder: string, afterMs: number): Promise<void> {
  for (let kills = 0; kills < KILLS; kills++) {
    const { child, opened, ended } = startWorker(folder, where)
    await Promise.race([opened, ended])
    await Promise.race([pause(afterMs * (kills + 1)), ended])
    child.kill('SIGKILL')
    await ended
  }
  expect(await startWorker(folder, where).ended).toBe(0)
}

test.each<Engine>(['embedded', 'postgres'])('a statement whose reading and booking are cut off: every line once (%s)', async (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'tung-dong-crash-files-'))
  clean.push(() => rmSync(folder, { recursive: true, force: true }))
  const database = await turns(engine)
  const contextOf = (handle: DatabaseHandle) => ({ ...testContext(handle), now: () => new Date(), files: openFolderStore(folder) })
  const bytes = fileOf('csv', bidv({ lines: lines() }))
  const { fundId, fileId } = await database.use(async (handle) => {
    const context = contextOf(handle)
    await makeFunds(context)
    const stored = value(await storeFile(context, [bytes]))
    const given = { fundId: 1, name: 'a.csv', receivingAccountId: null, idempotencyKey: 'a', by: 'an' }
    return { fundId: 1, fileId: value(await giveFile(context, { ...stored, ...given })) }
  })

  await workThroughCuts(database, folder, 250)
  await database.use(async (handle) => {
    expect(await handle.db.$count(statementLines)).toBe(LINES)
    expect(await handle.db.$count(bankTransactions)).toBe(0)
    value(await acceptFile(contextOf(handle), { fundId, fileId, by: 'an', despite: null }))
  })
  await workThroughCuts(database, folder, 400)

  await database.use(async (handle) => {
    const { db } = handle
    const [file] = await db.select().from(statementFiles).where(eq(statementFiles.id, fileId))
    expect(file).toMatchObject({ state: 'booked', linesBooked: LINES, counts: { new: LINES, contradictory: 0 } })
    expect(await db.$count(bankTransactions)).toBe(LINES)
    expect(await db.$count(bankNotices)).toBe(LINES)
    expect(await db.$count(donations)).toBe(lines().filter(({ amountVnd }) => amountVnd > 0).length)
    const [sums] = await db
      .select({ inVnd: sql<bigint>`sum(in_vnd)::bigint`, outVnd: sql<bigint>`sum(out_vnd)::bigint` })
      .from(statementDays)
    const [gifts] = await db.select({ sum: sql<bigint>`sum(amount_vnd)::bigint` }).from(donations)
    expect(gifts?.sum).toBe(sums?.inVnd)
    await sequencePending(db, new Date())
    expect(await listDiscrepancies(db)).toEqual([])
  })
})
