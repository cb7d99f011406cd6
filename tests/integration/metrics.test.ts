import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveBankNotice } from '../../lib/bank/commands'
import type { ServerContext } from '../../lib/context'
import { sequencePending } from '../../lib/sequencer/sequence'
import { createMetrics, metricsServer } from '../../lib/site/metrics'
import { failCard, makePage } from '../factories/card-failures'
import { bankNotice, makePledge } from '../factories/giving'
import { ACCOUNTS, makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serverContextOf } from '../setup/server'

let database: TestDatabase
let context: TestContext
let server: ServerContext

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  server = serverContextOf(context, database)
})
afterAll(() => database.close())

/** A server's own address, once it listens. */
async function listen(metrics: ReturnType<typeof createMetrics>) {
  const figures = metricsServer(metrics, (error) => {
    throw error
  }).listen(0, '127.0.0.1')
  await once(figures, 'listening')
  const address = figures.address()
  return { figures, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` }
}

test('figures say how the site and the installation do, and nothing of anybody', async () => {
  await makeFunds(context)
  const { slug } = await makeCampaign(context, { goalVnd: 10n ** 9n })
  const pledge = await makePledge(context, slug, { name: 'Trần Thị Mẫu', isNamed: true, email: 'mau@example.org' })
  for (const [index, memo] of [pledge.code, 'Nguyen Van Thu ung ho'].entries()) {
    await receiveBankNotice(context, bankNotice({ reference: `FT${index}`, memo, body: { memo } }))
  }
  await sequencePending(context.db, context.now())

  const metrics = createMetrics(server)
  const request = { method: 'GET', status: 200, refused: null, ms: 3, bytes: 10, provider: null, isInAdvance: false, isBrokenOff: false }
  metrics.watch.answered({ ...request, route: '/', cache: 'hit' })
  metrics.watch.answered({ ...request, route: '/theo-doi/[code]/khoa/[secret]', status: 303, cache: null })
  metrics.watch.answered({ ...request, method: 'POST', route: '/api/webhooks/[provider]', provider: 'sepay', status: 401, cache: null })
  metrics.watch.answered({ ...request, route: '/xa', status: 503, cache: null, isInAdvance: true })
  metrics.watch.rendered(4_096)
  metrics.watch.limited({ policy: 'codes', scope: 'address', quota: { points: 1, seconds: 1 }, retrySeconds: 1 })
  const { figures, url } = await listen(metrics)
  const response = await fetch(`${url}/metrics`)
  const text = await response.text()
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  for (const line of [
    'http_request_duration_seconds_count{method="GET",route="/",status="200"} 1',
    'http_request_duration_seconds_count{method="GET",route="/theo-doi/[code]/khoa/[secret]",status="303"} 1',
    'tung_dong_page_cache_requests_total{use="hit"} 1',
    'tung_dong_page_cache_renders_total 1',
    'tung_dong_requests_in_advance_total{status="503"} 1',
    'tung_dong_page_cache_bytes 4096',
    'tung_dong_limited_requests_total{policy="codes",scope="address"} 1',
    'tung_dong_webhooks_total{provider="sepay",outcome="refused"} 1',
    'tung_dong_healthy 1',
    'tung_dong_sequencer_lag_seconds 0',
    'tung_dong_parked_events 0',
    'tung_dong_log_lag_seconds 0',
    'tung_dong_state_age_seconds 0',
    'tung_dong_bank_lines_waiting{state="unplaced"} 1',
  ]) {
    expect(text).toContain(`${line}\n`)
  }
  expect(text).toMatch(/^tung_dong_log_events [1-9]\d*$/m)
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
  for (const personal of [pledge.code, 'Mẫu', 'mau@', 'Nguyen', ACCOUNTS['ha-noi'], 'FT1']) expect(text).not.toContain(personal)
  for (const path of ['/', '/metrics/x', '/api/health']) expect((await fetch(url + path)).status).toBe(404)
  figures.close()
})

test('figures count each card that failed once, and say where cards are closed', async () => {
  const account = { fundSlug: 'ha-noi', secretKey: 'sk_test_figures', webhookSecret: 'whsec_figures', apiUrl: 'http://x' }
  const taking = serverContextOf(context, database, { cards: { accounts: new Map([['ha-noi', account]]) } })
  const metrics = createMetrics(taking)
  const looksLike = async (count: number, isPaused: 0 | 1) => {
    const text = await metrics.text()
    expect(text).toContain(`tung_dong_card_failures_total{fund="ha-noi"} ${count}\n`)
    expect(text).toContain(`tung_dong_cards_paused{fund="ha-noi"} ${isPaused}\n`)
    expect(text).not.toContain('ninh-thuan')
  }
  await looksLike(0, 0)
  const fail = async (visitor: string) => failCard(taking, await makePage(taking, 'ao-am-thu', { visitor }))
  for (let time = 0; time < 9; time++) await fail(`visitor ${time}`)
  await looksLike(9, 0)
  await fail('visitor 9')
  await looksLike(10, 1)
  context.advance(31 * 60_000)
  await looksLike(10, 0)
  await fail('visitor 10')
  await looksLike(11, 0)
})

test('without a database they say so, and still come', async () => {
  const gone = await testDatabase()
  await gone.close()
  const metrics = createMetrics({ ...server, db: gone.handle.db })
  expect(await metrics.text()).toContain('tung_dong_healthy 0\n')
})
