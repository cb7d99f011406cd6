import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { openPostgres } from '../../db/postgres'
import type { Context } from '../../lib/context'
import { generateGifts } from '../../lib/generate/gifts'
import { listTargets } from '../../lib/generate/history'
import { publishLog } from '../../lib/public-log/publish'
import { NAMED_SHARE } from '../../lib/sample/people'
import { sequenceBatch } from '../../lib/sequencer/sequence'
import { makeCampaign, makeFunds } from '../factories/site'
import { databaseUrl, startPostgres } from '../setup/postgres-server'
import { APP, OWNER, TEMPLATE } from '../setup/roles'
import { preparePostgres } from '../setup/templates'
import { memoryVault } from '../setup/vault'
import type { Part } from './table'

const GIFTS = Number(process.env['BENCH_LOGGED'] ?? 40_000)
const CATCH_UP = 2_000
const MOST_PUBLISHED = 10_000

/** Public order and the public log catching up with gifts that were booked while nobody sequenced, on one PostgreSQL. */
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
    const plan = { seed: 'bench', targets: await listTargets(context, null), donations: GIFTS, namedShare: NAMED_SHARE, from, to }
    await generateGifts(owner.db, plan, () => Promise.resolve())
    await owner.db.execute(sql`analyze`)

    const publishing = { db: handle.db, vault: memoryVault(), origin: 'bench.example/log', random: context.random, now: context.now }
    const spent = { order: 0, log: 0 }
    let placed = 0
    for (let isDone = false; !isDone;) {
      const began = performance.now()
      let batch = 0
      for (let more = 1; more > 0 && batch < MOST_PUBLISHED; batch += more) more = (await sequenceBatch(handle.db, to, CATCH_UP)).sequenced
      const between = performance.now()
      while (!(await publishLog(publishing)).isAll);
      spent.order += between - began
      spent.log += performance.now() - between
      placed += batch
      isDone = batch === 0
    }
    await handle.close()
    await owner.close()
    const perSecond = (ms: number) => (placed * 1_000) / ms
    const said = (rate: number) => `${Math.round(rate).toLocaleString('en')} a second`
    const [order, both] = [perSecond(spent.order), perSecond(spent.order + spent.log)]
    return {
      title: 'Public order and public log, catching up',
      how: `${placed.toLocaleString('en')} gifts that wait are put in public order, ${CATCH_UP} at once, and published by a checkpoint for every ${MOST_PUBLISHED.toLocaleString('en')} of them, on one throw-away PostgreSQL ${server.version} with durable commits.`,
      figures: [
        { what: 'places in public order, alone', measured: said(order), ratio: null },
        { what: 'leaves, tiles and checkpoints, alone', measured: said(perSecond(spent.log)), ratio: perSecond(spent.log) / order },
        { what: 'both (wanted ≥ 5,000)', measured: said(both), ratio: both / order },
      ],
    }
  } finally {
    await server.stop()
  }
}
