import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { openPostgres } from '../../db/postgres'
import type { Context } from '../../lib/context'
import { getDelivery } from '../../lib/delivery/queries'
import { generateHistory } from '../../lib/generate/history'
import { getGiftProgress } from '../../lib/pledges/progress'
import { getGift } from '../../lib/pledges/queries'
import { NAMED_SHARE } from '../../lib/sample/people'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { getGiftStory } from '../../lib/spending/story'
import { getSpend, listSpendPayers } from '../../lib/spending/view'
import { databaseUrl, startPostgres } from '../setup/postgres-server'
import { APP, OWNER, TEMPLATE } from '../setup/roles'
import { startSite } from '../setup/site-process'
import { preparePostgres } from '../setup/templates'
import type { Figure, Part } from './table'

const GIFTS = Number(process.env['BENCH_GIFTS'] ?? 1_000_000)
const SPENDS = Number(process.env['BENCH_SPENDS'] ?? 10_000)
/** Looked up of each kind, each another one; the first few warm what is cold and are not counted. */
const LOOK_UPS = 200
const WARM_UP = 40
const SETTINGS = ['shared_buffers=1GB', 'max_wal_size=8GB', 'work_mem=16MB', 'effective_cache_size=8GB', 'random_page_cost=1.1']

/** The time that 19 of 20 stay under, in milliseconds. */
async function p95(keys: readonly string[], work: (key: string) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (const key of keys) {
    const began = performance.now()
    await work(key)
    times.push(performance.now() - began)
  }
  const counted = times.slice(WARM_UP).sort((a, b) => a - b)
  return counted[Math.floor(counted.length * 0.95)] ?? NaN
}

/**
 * What a page asks of the database, and a list of names, over HTTP, in a campaign with a million gifts. With a folder in
 * BENCH_KEPT_IN, the history is made once and kept there: later runs bring it to the newest schema and only measure.
 */
export async function benchLookUps(): Promise<Part> {
  const server = await startPostgres({ more: SETTINGS, keptIn: process.env['BENCH_KEPT_IN'] })
  try {
    const admin = new pg.Client({ connectionString: server.adminUrl })
    await admin.connect()
    const { rowCount: finished } = await admin.query(`select from pg_database where datname = 'gifts'`)
    if (finished === 0) {
      await preparePostgres(server.adminUrl)
      await admin.query(`create database unfinished template ${TEMPLATE} owner ${OWNER.name}`)
      await prepare(urlsOf(server, 'unfinished'))
      await admin.query('alter database unfinished rename to gifts')
    }
    await admin.end()
    return await measure(urlsOf(server, 'gifts'), server.version)
  } finally {
    await server.stop()
  }
}

const urlsOf = ({ adminUrl }: { adminUrl: string }, name: string): Urls => ({
  appUrl: databaseUrl(adminUrl, name, APP),
  ownerUrl: databaseUrl(adminUrl, name, OWNER),
})

interface Urls {
  appUrl: string
  ownerUrl: string
}

const siteSettings = ({ appUrl, ownerUrl }: Urls) => ({
  ...{ DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, SITE_KIND: 'sample', SAMPLE_PERCENT: '5', RATE_LIMITS: 'off', SEQUENCER: 'off' },
})

function open({ appUrl, ownerUrl }: Urls) {
  const handle = openPostgres(appUrl)
  const owner = openPostgres(ownerUrl, { maxConnections: 1, isForMigrations: true })
  const context: Context = {
    db: handle.db,
    now: () => new Date(),
    random: (size) => new Uint8Array(randomBytes(size)),
    installation: { uid: '', kind: 'sample', seed: 'bench', anchorDay: '2026-01-01' },
  }
  return { context, owner, close: () => Promise.all([handle.close(), owner.close()]) }
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

/** Looks up in such a history; the books agree at the end, or there is no figure. */
async function measure(urls: Urls, version: string): Promise<Part> {
  // Its start brings an older history to the newest schema, and adds what it did not keep yet.
  await (await startSite(siteSettings(urls), 3_600_000)).stop()
  const { context, owner, close } = open(urls)
  await owner.db.execute(sql`vacuum analyze`)
  const [slug] = await column(
    context,
    sql`select c.slug as key from campaigns c join line_totals l on l.line_id = c.line_id order by l.gifts desc limit 1`,
  )
  const some = (what: ReturnType<typeof sql>) =>
    column(context, sql`select key from (${what}) one order by hashtext(key) limit ${LOOK_UPS}`)
  const ofCampaign = sql`join campaigns c on c.slug = ${slug}`
  const codes = await some(sql`select p.code as key from pledges p ${ofCampaign} and p.campaign_id = c.id and p.state = 'received'`)
  const spends = await some(sql`select s.id::text as key from spends s ${ofCampaign} and s.campaign_id = c.id`)
  const deliveries = await some(sql`select d.slug as key from deliveries d ${ofCampaign} and d.campaign_id = c.id`)
  const bare = await p95(codes, (code) => context.db.execute(sql`select id from pledges where code = ${code}`))
  const inDatabase = {
    'a gift: its story, what it bought, the next step': await p95(codes, async (code) => {
      const gift = await getGift(context, code, 'vi')
      await getGiftProgress(context, code)
      await getGiftStory(context, gift?.gifts.map(({ donationId }) => donationId) ?? [], 'vi')
    }),
    'a spend: items, payments, the first who paid': await p95(spends, async (key) => {
      await getSpend(context, key, 'vi')
      await listSpendPayers(context, key, 0n)
    }),
    'a delivery: what, where, the first who paid': await p95(deliveries, (key) => getDelivery(context, key, 'vi')),
  }

  const site = await startSite(siteSettings(urls), 120_000)
  const page = async (address: string) => {
    const answer = await fetch(site.url + address)
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  }
  const bareHttp = await p95(
    Array.from({ length: LOOK_UPS }, (_, index) => String(index)),
    () => page('/api/health'),
  )
  const marks = await column(
    context,
    sql`select amount_vnd || '-' || giver_id as key from giver_sums where scope = '' and year = 0 and kind = 'person' and amount_vnd > 0
      order by hashtext(giver_id::text) limit ${LOOK_UPS}`,
  )
  const names = await column(
    context,
    sql`select distinct on (hashtext(folded)) folded as key from disclosures where field = 'name' and review = 'shown' limit ${LOOK_UPS}`,
  )
  const overHttp = {
    'thanks: a stretch of the list, at any depth': await p95(marks, (mark) => page(`/ghi-nhan?loai=ca-nhan&sau=${mark}`)),
    'thanks: a whole name': await p95(names, (name) => page(`/ghi-nhan?ten=${encodeURIComponent(name)}`)),
    'thanks: a beginning that many names have': await p95(
      names.map((name, index) => `${name.slice(0, 1 + (index % 3))}`),
      (name) => page(`/ghi-nhan?ten=${encodeURIComponent(name)}`),
    ),
  }
  await site.stop()
  const wrong = await listDiscrepancies(owner.db)
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  const [size] = await column(context, sql`select pg_size_pretty(pg_database_size(current_database())) as key`)
  await close()
  const figures: Figure[] = [
    { what: 'one row by its key (p95)', measured: ms(bare), ratio: null },
    ...Object.entries(inDatabase).map(([what, time]) => ({ what, measured: ms(time), ratio: time / bare, wanted: '< 50 ms' })),
    { what: 'over HTTP: the health of the site (p95)', measured: ms(bareHttp), ratio: null },
    ...Object.entries(overHttp).map(([what, time]) => ({ what, measured: ms(time), ratio: time / bareHttp, wanted: '< 100 ms' })),
  ]
  return {
    title: 'Looking up in a campaign with a million gifts',
    how: `${GIFTS.toLocaleString('en')} gifts and ${SPENDS.toLocaleString('en')} spends of one campaign on a throw-away PostgreSQL ${version} (${size ?? ''}, ${SETTINGS.join(', ')}), made by the generator through the product's own rules and checked by its reconciliation; 19 of 20 of ${LOOK_UPS - WARM_UP} different look-ups, warm, stay under the figure.`,
    figures,
  }
}

const ms = (time: number) => `${time.toFixed(1)} ms`

async function column(context: Context, query: ReturnType<typeof sql>): Promise<string[]> {
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
