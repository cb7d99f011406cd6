import { performance } from 'node:perf_hooks'
import { sql } from 'drizzle-orm'
import type { Database, DatabaseHandle } from '../../db/client'
import { eventPositions, logLeaves } from '../../db/schema'
import type { Context } from '../../lib/context'
import { generateGifts } from '../../lib/generate/gifts'
import { listTargets } from '../../lib/generate/history'
import { publishLog, type Publishing } from '../../lib/public-log/publish'
import { followAllLines } from '../../lib/public-lines/follow'
import { followAllRecognition } from '../../lib/recognition/follow'
import { NAMED_SHARE } from '../../lib/sample/people'
import { startSequencer } from '../../lib/sequencer/run'
import type { Figure } from './table'

/** Gifts that wait, each time. */
export const WAITING = Number(process.env['BENCH_LOGGED'] ?? 40_000)
const DAYS_MS = 300 * 86_400_000

/** Where something catches up. */
export interface CatchUpSite {
  handle: DatabaseHandle
  context: Context
  /** What owns the tables: it books the gifts and has the tables counted anew. */
  owner: DatabaseHandle
  publishing: Omit<Publishing, 'db'>
}

/**
 * Books gifts while nobody sequences, twice, and measures how fast public order, the public log and what follows them catch up:
 * each part alone, then all of them as in a server. All that waited before must have been followed.
 * @param seed names the gifts: a site that has them already gets no others
 */
export async function measureCatchingUp({ handle, context, owner, publishing }: CatchUpSite, seed: string): Promise<Figure[]> {
  const to = context.now()
  const from = new Date(to.getTime() - DAYS_MS)
  const targets = await listTargets(context, null)
  const waiting = async (part: string) => {
    const plan = { seed: `${seed}-${part}`, targets, donations: WAITING, namedShare: NAMED_SHARE, from, to }
    await generateGifts(owner.db, plan, () => Promise.resolve())
    await owner.db.execute(sql`analyze`)
  }
  const publish = async (db: Database) => (await publishLog({ ...publishing, db })).isAll

  await waiting('apart')
  const order = await catchUp(handle, () => Promise.resolve(true))
  const log = await catchUp(handle, publish)
  const entries = log.entries
  const thanks = { entries, ms: await timed(() => followAllRecognition(handle.db, context.now())) }
  const statement = { entries, ms: await timed(() => followAllLines(handle.db, context.now())) }
  await waiting('together')
  const both = await catchUp(handle, publish)
  const follows = async () => {
    await followAllRecognition(handle.db, context.now())
    await followAllLines(handle.db, context.now())
  }
  const all = { entries: both.entries, ms: both.ms + (await timed(follows)) }
  return [
    { what: 'places in public order, alone', measured: said(order), ratio: null },
    { what: 'leaves, tiles and checkpoints, alone', measured: said(log), ratio: perSecond(log) / perSecond(order) },
    { what: 'sums and words of thanks, alone', measured: said(thanks), ratio: perSecond(thanks) / perSecond(order) },
    { what: 'lines and words of the statement, alone', measured: said(statement), ratio: perSecond(statement) / perSecond(order) },
    { what: 'order and log together', measured: said(both), ratio: perSecond(both) / perSecond(order), wanted: '≥ 5,000 a second' },
    { what: 'until thanks and statement have followed, too', measured: said(all), ratio: perSecond(all) / perSecond(order) },
  ]
}

/** Entries of public order or of the log, and how long they took. */
interface Measured {
  entries: number
  ms: number
}

/** How long work takes, in milliseconds. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const perSecond = ({ entries, ms }: Measured): number => (entries * 1_000) / ms
const said = (measured: Measured): string => `${Math.round(perSecond(measured)).toLocaleString('en')} a second`

/**
 * Runs the sequencer until nothing waits, neither for its place nor to be published.
 * @param publish brings the log nearer to the public order, and says whether all of it is there
 */
async function catchUp(handle: DatabaseHandle, publish: (db: Database) => Promise<boolean>): Promise<Measured> {
  const sizes = async () => [await handle.db.$count(eventPositions), await handle.db.$count(logLeaves)] as const
  const before = await sizes()
  const began = performance.now()
  const ended = Promise.withResolvers<number>()
  const stop = startSequencer({
    handle,
    now: () => new Date(),
    whileWaiting: () => Promise.resolve(),
    onLeading: () => Promise.resolve(),
    onSequenced: () => Promise.resolve(),
    afterLook: async (db, isBehind) => {
      const isAll = await publish(db)
      if (isAll && !isBehind) ended.resolve(performance.now())
      return isAll
    },
    onError: ended.reject,
  })
  const end = await ended.promise
  await stop()
  const after = await sizes()
  return { entries: Math.max(after[0] - before[0], after[1] - before[1]), ms: end - began }
}
