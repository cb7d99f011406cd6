import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import { openPostgres } from '../../db/postgres'
import { bankNotices, bankTransactions, donations, statementFiles, statementLines } from '../../db/schema'
import type { Database } from '../../db/client'
import { openFolderStore } from '../../lib/files/folder-store'
import { acceptFile, giveFile } from '../../lib/statements/commands'
import { storeFile } from '../../lib/statements/store'
import { ACCOUNTS, makeFunds, value } from '../factories/site'
import { testContext } from '../setup/context'
import { databaseUrl, startPostgres } from '../setup/postgres-server'
import { APP, OWNER, TEMPLATE } from '../setup/roles'
import { preparePostgres } from '../setup/templates'
import { SETTINGS } from './history'
import { output, requirePrograms } from './load'
import type { Figure, Part } from './table'

const LINES = Number(process.env['BENCH_LINES'] ?? 1_000_000)
const DAYS = 28
const ROOT = new URL('../..', import.meta.url).pathname

/** Lines of a month, most of them gifts of a few sums, as a .csv of a bank with a balance after each. */
function* statement(): Generator<string> {
  yield `Tài khoản số,${ACCOUNTS['ha-noi']}\nNgày hiệu lực,Số tham chiếu,Ghi nợ,Ghi có,Số dư,Mô tả\n`
  let balance = 1_000_000_000
  let rows = ''
  for (let index = 0; index < LINES; index++) {
    const day = String(1 + Math.floor((index * DAYS) / LINES)).padStart(2, '0')
    const amount = index % 50 === 49 ? -1_000_000 : 20_000 + (index % 9) * 10_000
    balance += amount
    const sides = amount < 0 ? `${-amount},` : `,${amount}`
    rows += `${day}/10/2026,FT26${String(index).padStart(9, '0')},${sides},${balance},MBVCB.${index}.ung ho cac em.CT tu 0185\n`
    if (index % 1_000 < 999 && index < LINES - 1) continue
    yield rows
    rows = ''
  }
}

interface Run {
  killed: number
  /** Highest memory that a process had resident, in MB. */
  peakMb: number
}

/** Has a process of its own work until nothing is left, killed once when it is half done. */
async function work(folder: string, url: string, isHalf: () => Promise<boolean>): Promise<Run> {
  const run: Run = { killed: 0, peakMb: 0 }
  for (;;) {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/crash/statement-worker.ts', folder, url], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
    const state = { isOver: false }
    void ended.then(() => (state.isOver = true))
    while (!state.isOver) {
      run.peakMb = Math.max(run.peakMb, peakOf(child.pid))
      if (run.killed === 0 && (await isHalf())) {
        run.killed += 1
        child.kill('SIGKILL')
      }
      await Promise.race([pause(250), ended])
    }
    const code = await ended
    if (code === 0) return run
    if (code !== null) throw new Error(`the process ended with ${code}`)
  }
}

function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
  } catch {
    return 0
  }
}

/** A statement of a million lines: read and compared, then booked, each killed once half way, against a bare COPY of the file. */
export async function benchStatements(): Promise<Part> {
  requirePrograms('psql')
  const server = await startPostgres({ durable: true, more: SETTINGS })
  const folder = mkdtempSync(path.join(tmpdir(), 'tung-dong-bench-'))
  try {
    await preparePostgres(server.adminUrl)
    const admin = new pg.Client({ connectionString: server.adminUrl })
    await admin.connect()
    await admin.query('create database bare')
    await admin.query(`create database statements template ${TEMPLATE} owner ${OWNER.name}`)
    await admin.end()
    const csv = path.join(folder, 'statement.csv')
    await pipeline(Readable.from(statement()), createWriteStream(csv))

    const address = new URL(server.adminUrl)
    const psql = (command: string) =>
      output('psql', ['-h', address.hostname, '-p', address.port, '-U', address.username, '-v', 'ON_ERROR_STOP=1', '-c', command, 'bare'], {
        env: { ...process.env, PGPASSWORD: decodeURIComponent(address.password) },
      })
    await psql('create table bare (day text, reference text, debit text, credit text, balance text, memo text)')
    // The head of the file has fewer columns.
    const copied = await secondsOf(() => psql(`\\copy bare from program 'tail -n +3 ${csv}' with (format csv)`))

    const url = databaseUrl(server.adminUrl, 'statements', APP)
    const handle = openPostgres(url)
    const { db } = handle
    const context = { ...testContext(handle), now: () => new Date(), files: openFolderStore(folder) }
    await makeFunds(context)
    const stored = value(await storeFile(context, createReadStream(csv)))
    const fileId = value(
      await giveFile(context, { ...stored, fundId: 1, name: 'statement.csv', receivingAccountId: null, idempotencyKey: 'bench', by: 'an' }),
    )
    const file = () => fileOf(db, fileId)

    let reading: Run | undefined
    const read = await secondsOf(async () => {
      reading = await work(folder, url, async () => (await file()).linesRead > LINES / 2)
    })
    if ((await file()).state !== 'read') throw new Error(`the file is ${(await file()).state}`)
    value(await acceptFile(context, { fundId: 1, fileId, by: 'an', despite: null }))
    let booking: Run | undefined
    const booked = await secondsOf(async () => {
      booking = await work(folder, url, async () => (await file()).linesBooked > LINES / 2)
    })
    await verify(db, fileId)
    await handle.close()

    const perSecond = (seconds: number) => `${Math.round(LINES / seconds).toLocaleString('en')} lines a second, ${Math.round(seconds)} s`
    const figures: Figure[] = [
      { what: 'a bare COPY of the same file', measured: perSecond(copied), ratio: null },
      { what: 'read and compared with the books, killed half way', measured: perSecond(read), ratio: read / copied },
      { what: 'booked as gifts, killed half way', measured: perSecond(booked), ratio: booked / copied },
      { what: 'both together', measured: perSecond(read + booked), ratio: (read + booked) / copied },
      { what: 'most memory of the process while it reads', measured: `${Math.round(reading?.peakMb ?? 0)} MB`, ratio: null },
      { what: 'most memory of the process while it books', measured: `${Math.round(booking?.peakMb ?? 0)} MB`, ratio: null },
    ]
    const size = Math.round(statSync(csv).size / 1_048_576)
    return {
      title: 'A statement on PostgreSQL',
      how: `A .csv of ${LINES.toLocaleString('en')} lines, ${size} MB, into an empty site on one throw-away PostgreSQL ${server.version} with durable commits (${SETTINGS.join(', ')}). Reading and booking run in a process of their own, which is killed with \`kill -9\` half way through each and started again; afterwards every line is there once. The ratio is how many times as long as COPY it takes.`,
      figures,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await server.stop()
  }
}

async function secondsOf(doing: () => Promise<unknown>): Promise<number> {
  const began = Date.now()
  await doing()
  return (Date.now() - began) / 1_000
}

async function fileOf(db: Database, fileId: bigint) {
  const [file] = await db.select().from(statementFiles).where(eq(statementFiles.id, fileId))
  if (!file) throw new Error('no file')
  return file
}

async function verify(db: Database, fileId: bigint): Promise<void> {
  const { state, counts } = await fileOf(db, fileId)
  const found = [
    await db.$count(statementLines),
    await db.$count(bankTransactions),
    await db.$count(bankNotices),
    await db.$count(donations),
  ]
  const wanted = [LINES, LINES, LINES, LINES - Math.floor(LINES / 50)]
  if (state !== 'booked' || counts?.new !== LINES || String(found) !== String(wanted)) {
    throw new Error(`${state}: ${String(found)} of ${String(wanted)}, ${JSON.stringify(counts)}`)
  }
}
