import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { openEmbedded } from '../../db/embedded'
import { openPostgres } from '../../db/postgres'
import { events } from '../../db/schema'
import { lastCheckpoint } from '../../lib/public-log/ancestor'
import { runSequencer } from '../../lib/site/sequencing'
import { LOG_ORIGIN } from '../factories/public-log'
import { exceptTimeout, keepBusy, livingContext } from '../factories/traffic'
import { vaultWithBoundaries, withBoundaries } from '../setup/boundaries'
import { serverContextOf } from '../setup/server'
import { machineVault } from '../setup/vault'

// A process that leads as one of the product does, until it is killed between two of its steps, at the first boundary where
// fewer than `times` died before it; or at any moment, wherever it is then. One that is not killed ends by itself once all that
// there was is published. On the embedded engine the people who give live in it too: no other process can.
// log-worker <folder> <database> <machine> <times> <boundaries it passes over first> <milliseconds of leading after which it dies, or 0>
const [folder = '', where = '', machine = '', times = '0', passesOver = '0', dieAfterMs = '0'] = process.argv.slice(2)
/** A step that is taken again and again is one of its own the first times of a lead. */
const OFTEN = 2
const LEAD_MS = 1_500

Error.stackTraceLimit = 50
const deaths = join(folder, 'deaths')
const passed = new Map<string, number>()
const leading = { since: 0 }
let over = Number(passesOver)

function boundary(step: string): void {
  const nth = (passed.get(step) ?? 0) + 1
  passed.set(step, nth)
  if (leading.since === 0 && step.includes('lib/sequencer/sequence.ts')) {
    leading.since = Date.now()
    // A thread of its own ends the process in the middle of whatever it does.
    if (Number(dieAfterMs) > 0) new Worker(`setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${dieAfterMs})`, { eval: true }).unref()
  }
  const name = `${nth}. ${step}`
  if (nth > OFTEN || countDeaths(name) >= Number(times) || over-- > 0) return
  appendFileSync(deaths, `${name}\n`)
  process.kill(process.pid, 'SIGKILL')
  // Nothing more happens while the signal is on its way.
  for (;;);
}

const countDeaths = (name: string): number =>
  existsSync(deaths)
    ? readFileSync(deaths, 'utf8')
        .split('\n')
        .filter((line) => line === name).length
    : 0

// Nobody is left behind who waits to lead where the test is gone.
process.stdin.resume().once('end', () => process.exit(1))

const handle = where.startsWith('postgres') ? openPostgres(where) : await openEmbedded(where)
const watched = {
  ...handle,
  db: withBoundaries(handle.db, boundary),
  withConnection: <T>(work: (db: typeof handle.db) => Promise<T>) => handle.withConnection((db) => work(withBoundaries(db, boundary))),
}
const vault = vaultWithBoundaries(machineVault(folder, machine), boundary)
const stop = runSequencer(
  serverContextOf(livingContext(watched), { handle: watched }, { publicLog: { origin: LOG_ORIGIN, vault, witnesses: [] } }),
)
const isLast = times === '0'
const stopBusy = handle.engine === 'embedded' && !isLast ? keepBusy(livingContext(handle)) : () => Promise.resolve()
while (leading.since === 0 || Date.now() - leading.since < (isLast ? 0 : LEAD_MS)) await pause()
await stopBusy()
let told = Infinity
while (!(await isPublished().catch(exceptTimeout))) await pause()
await stop()
await handle.close()
process.exit(0)

async function isPublished(): Promise<boolean> {
  told = Math.min(told, await handle.db.$count(events))
  return ((await lastCheckpoint(handle.db))?.size ?? 0) >= told
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}
