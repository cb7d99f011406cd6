import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import type { Database, DatabaseHandle } from '../../db/client'
import { openPostgres } from '../../db/postgres'
import { eventPositions, logLeaves } from '../../db/schema'
import type { Context } from '../../lib/context'
import { generateGifts } from '../../lib/generate/gifts'
import { listTargets } from '../../lib/generate/history'
import { publishLog } from '../../lib/public-log/publish'
import { followAllLines } from '../../lib/public-lines/follow'
import { followAllRecognition } from '../../lib/recognition/follow'
import { NAMED_SHARE } from '../../lib/sample/people'
import { startSequencer } from '../../lib/sequencer/run'
import { makeCampaign, makeFunds } from '../factories/site'
import { databaseUrl, startPostgres } from '../setup/postgres-server'
import { APP, OWNER, TEMPLATE } from '../setup/roles'
import { preparePostgres } from '../setup/templates'
import { memoryVault } from '../setup/vault'
import type { Part } from './table'

const GIFTS = Number(process.env['BENCH_LOGGED'] ?? 40_000)

/** Public order, the public log and what follows them catching up with gifts that were booked while nobody sequenced, on one PostgreSQL. */
export async function benchPublicLog(): Promise<Part> {
  const server = await startPostgres({ durable: true, more: ['shared_buffers=512MB', 'max_wal_size=4GB'] })
  try {
    await preparePostgres(server.adminUrl)
    const admin = new pg.Client({ connectionString: server.adminUrl })
    await admin.connect()
    await admin.query(`create database gifts template ${TEMPLATE} owner ${OWNER.name}`)
    await admin.end()
    const handle = openPostgres(databaseUrl(server.adminUrl, 'gifts', APP))
    const owner = openPostgres(databaseUrl(server.adminUrl, 'gifts', OWNER), { maxConnections: 6, isForMigrations: true })
    const context: Context = {
      db: handle.db,
      now: () => new Date(),
      random: (size) => new Uint8Array(randomBytes(size)),
      installation: { uid: '', kind: 'sample', seed: 'bench', anchorDay: '2026-01-01' },
    }
    await makeFunds(context)
    await makeCampaign(context, { slug: 'bench', goalVnd: 10n ** 11n, neededBy: '2099-12-31' })
    const to = context.now()
    const from = new Date(to.getTime() - 300 * 86_400_000)
    const targets = await listTargets(context, null)
    const waiting = async (seed: string) => {
      const plan = { seed, targets, donations: GIFTS, namedShare: NAMED_SHARE, from, to }
      await generateGifts(owner.db, plan, () => Promise.resolve())
      await owner.db.execute(sql`analyze`)
    }
    const publishing = { vault: memoryVault(), origin: 'bench.example/log', random: context.random, now: context.now }
    const publish = async (db: Database) => (await publishLog({ ...publishing, db })).isAll

    await waiting('apart')
    const order = await measure(handle, () => Promise.resolve(true))
    const log = await measure(handle, publish)
    const entries = log.entries
    const thanks = { entries, ms: await timed(() => followAllRecognition(handle.db, context.now())) }
    const statement = { entries, ms: await timed(() => followAllLines(handle.db, context.now())) }
    await waiting('together')
    const both = await measure(handle, publish)
    const follows = async () => {
      await followAllRecognition(handle.db, context.now())
      await followAllLines(handle.db, context.now())
    }
    const all = { entries: both.entries, ms: both.ms + (await timed(follows)) }
    await handle.close()
    await owner.close()
    return {
      title: 'Public order and public log, catching up',
      how: `Twice ${GIFTS.toLocaleString('en')} gifts that wait are put in public order by the sequencer as it runs in a server, and published by a checkpoint for every 2,000 of them; thanks and statement follow when nothing waits, on one throw-away PostgreSQL ${server.version} with durable commits.`,
      figures: [
        { what: 'places in public order, alone', measured: said(order), ratio: null },
        { what: 'leaves, tiles and checkpoints, alone', measured: said(log), ratio: perSecond(log) / perSecond(order) },
        { what: 'sums and words of thanks, alone', measured: said(thanks), ratio: perSecond(thanks) / perSecond(order) },
        { what: 'lines and words of the statement, alone', measured: said(statement), ratio: perSecond(statement) / perSecond(order) },
        { what: 'order and log together', measured: said(both), ratio: perSecond(both) / perSecond(order), wanted: '≥ 5,000 a second' },
        { what: 'until thanks and statement have followed, too', measured: said(all), ratio: perSecond(all) / perSecond(order) },
      ],
    }
  } finally {
    await server.stop()
  }
}

interface Measured {
  entries: number
  ms: number
}

async function timed(work: () => Promise<void>): Promise<number> {
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
async function measure(handle: DatabaseHandle, publish: (db: Database) => Promise<boolean>): Promise<Measured> {
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
