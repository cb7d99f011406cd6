import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { openPostgres } from '../../db/postgres'
import type { Context } from '../../lib/context'
import { generateHistory } from '../../lib/generate/history'
import { NAMED_SHARE } from '../../lib/sample/people'
import { databaseUrl, startPostgres } from '../setup/postgres-server'
import { APP, OWNER, TEMPLATE } from '../setup/roles'
import { startSite } from '../setup/site-process'
import { preparePostgres } from '../setup/templates'
import type { Part } from './table'

export const GIFTS = Number(process.env['BENCH_GIFTS'] ?? 1_000_000)
export const KEPT_IN = process.env['BENCH_KEPT_IN']
export const SPENDS = Number(process.env['BENCH_SPENDS'] ?? 10_000)
/** Looked up of each kind, each another one; the first few warm what is cold and are not counted. */
export const LOOK_UPS = 200
export const WARM_UP = 40
/** Of a server for a history: a longer one gets more memory. */
export const SETTINGS = [
  ...(GIFTS > 2_000_000 ? ['shared_buffers=5GB', 'effective_cache_size=14GB'] : ['shared_buffers=1GB', 'effective_cache_size=8GB']),
  ...['max_wal_size=8GB', 'work_mem=16MB', 'random_page_cost=1.1'],
]

/** The time that 19 of 20 stay under, in milliseconds. @param warmUp so many of the first are not counted */
export async function p95(keys: readonly string[], work: (key: string) => Promise<unknown>, warmUp = WARM_UP): Promise<number> {
  const times: number[] = []
  for (const key of keys) {
    const began = performance.now()
    await work(key)
    times.push(performance.now() - began)
  }
  const counted = times.slice(warmUp).sort((a, b) => a - b)
  return counted[Math.floor(counted.length * 0.95)] ?? NaN
}

/** Addresses of a database with a long history. */
export interface Urls {
  appUrl: string
  ownerUrl: string
}

/**
 * Measures in a history of a million gifts of one campaign. With a folder in BENCH_KEPT_IN, the history is made once and
 * kept there: later runs bring it to the newest schema and only measure.
 * @param durable whether each commit waits for the disk, as on a site of ours
 */
export async function withHistory(measure: (urls: Urls, version: string) => Promise<Part>, { durable = false } = {}): Promise<Part> {
  const server = await startPostgres({ durable, more: SETTINGS, keptIn: KEPT_IN })
  const admin = new pg.Client({ connectionString: server.adminUrl })
  try {
    await admin.connect()
    const { rowCount: finished } = await admin.query(`select from pg_database where datname = 'gifts'`)
    if (finished === 0) {
      await preparePostgres(server.adminUrl)
      await admin.query(`create database unfinished template ${TEMPLATE} owner ${OWNER.name}`)
      await prepare(urlsOf(server, 'unfinished'))
      await admin.query('alter database unfinished rename to gifts')
    }
    return await measure(urlsOf(server, 'gifts'), server.version)
  } finally {
    await admin.end()
    await server.stop()
  }
}

const urlsOf = ({ adminUrl }: { adminUrl: string }, name: string): Urls => ({
  appUrl: databaseUrl(adminUrl, name, APP),
  ownerUrl: databaseUrl(adminUrl, name, OWNER),
})

export const siteSettings = ({ appUrl, ownerUrl }: Urls) => ({
  ...{ DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, SITE_KIND: 'sample', SAMPLE_PERCENT: '5', RATE_LIMITS: 'off', SEQUENCER: 'off' },
})

export function open({ appUrl, ownerUrl }: Urls) {
  const handle = openPostgres(appUrl)
  const owner = openPostgres(ownerUrl, { maxConnections: 6, isForMigrations: true })
  const context: Context = {
    db: handle.db,
    now: () => new Date(),
    random: (size) => new Uint8Array(randomBytes(size)),
    installation: { uid: '', kind: 'sample', seed: 'bench', anchorDay: '2026-01-01' },
  }
  return { context, handle, owner, close: () => Promise.all([handle.close(), owner.close()]) }
}

/** Loads a sample and adds the history to it. */
async function prepare(urls: Urls): Promise<void> {
  await (await startSite(siteSettings(urls), 240_000)).stop()
  const { context, owner, close } = open(urls)
  const [largest] = await column(context, sql`select slug as key from campaigns where state = 'open' order by goal_vnd desc limit 1`)
  await generateHistory(
    context,
    { seed: 'bench', donations: GIFTS, spends: SPENDS, campaignSlug: largest ?? null, namedShare: NAMED_SHARE },
    // The log is the site's, which has its key.
    { publishing: null, onProgress: said(), analyze: () => owner.db.execute(sql`analyze`).then(() => undefined) },
  )
  await close()
}

export const ms = (time: number) => `${time.toFixed(1)} ms`

export async function column(context: Context, query: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await context.db.select({ key: sql<string>`key` }).from(sql`(${query}) as found`)
  return rows.map(({ key }) => key)
}

function said(): Parameters<typeof generateHistory>[2]['onProgress'] {
  let last = 0
  return ({ part, done, of }) => {
    if (Date.now() - last < 30_000) return
    last = Date.now()
    process.stdout.write(`${part}: ${done} of ${of}\n`)
  }
}
