import { once } from 'node:events'
import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http'
import { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAccessLog } from '../access-log'
import { siteListener } from '../site-listener'
import type { AnsweredRequest } from '../watch'
import type { Refusal } from './budget'
import { createLimits } from './limits'
import { POLICIES, type Policies } from './policies'

const KNOWN = ['TD7K4MX9Q', 'TD2222223', 'TD2222224']
const SECRET = 'c2VjcmV0LW9mLWEtZ2lmdA'

/** Pages that wait until they are let go. */
const slowPages: (() => void)[] = []

/** Answers as the pages and handlers do, as far as limits look at the answer. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/'
  const send = (status: number, headers: Record<string, string | string[]> = {}, body = '') =>
    void response.writeHead(status, headers).end(body)
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  if (url.endsWith('/slow')) await new Promise<void>((resolve) => slowPages.push(resolve))
  const code = /(?:theo-doi|gifts)\/(\w+)/.exec(url)?.[1] ?? ''
  if (url.startsWith('/api/webhooks/')) {
    const isAuthentic = request.headers.authorization === 'Apikey right' && String(Buffer.concat(chunks)) === '{"id":1}'
    return send(isAuthentic ? 200 : 401, { 'content-type': 'application/json' }, isAuthentic ? '{"success":true}' : '{}')
  }
  const card = 'https://checkout.stripe.com/c/pay/cs_1'
  const keys = ['__Secure-td_nhap=; Max-Age=0', '__Secure-tdk_TD9999998=secret; Path=/theo-doi/TD9999998']
  if (url.endsWith('/the/gui')) return send(303, { location: card, 'set-cookie': keys })
  if (url.includes('/xac-minh')) return send(200, { 'content-type': 'text/html' }, String(request.headers['x-tung-dong-address']))
  if (url.endsWith('/the')) return send(303, { location: request.headers.cookie ? card : `/theo-doi/${code}?the=khong-khoa` })
  if (url.endsWith('/sai/gui')) return send(303, { location: '/ung-ho/sai?loi=o' })
  if (url.endsWith('/gui')) return send(303, { location: '/theo-doi/TD9999999' })
  if (url.includes('/khoa/')) return send(303, { location: url.endsWith(SECRET) ? `/theo-doi/${code}#rieng` : `/theo-doi/${code}/khoa` })
  if (request.method === 'POST') return send(303, { location: `/theo-doi/${code}?loi=khong` })
  const isFound = code === '' || KNOWN.includes(code)
  send(isFound ? 200 : 404, { 'content-type': url.startsWith('/api') ? 'application/json' : 'text/html' }, '{}')
}

const few = (points: number) => ({ points, seconds: 60 })
const all = (points: number) => ({ address: few(points), site: few(points) })
const many = (policies: Partial<Policies> = {}): Policies => ({
  render: all(100_000),
  ...{ give: all(1_000), codes: all(1_000), follow: all(1_000), poll: all(1_000), change: all(1_000), webhook: all(1_000) },
  ...{ card: all(1_000), 'card-gift': all(1_000), links: all(1_000), files: all(1_000), 'test-bank': all(1_000) },
  ...{ 'sign-in': all(1_000), console: all(1_000) },
  ...policies,
})

let server: Server
let origin = ''
let answered: AnsweredRequest[] = []
let limited: Refusal[] = []
let warnings = 0

async function start(policies: Policies, trustedProxies = 1): Promise<void> {
  const listener = siteListener({
    ...{ handle, origin: 'https://example.org', version: () => ({ number: 1n, knownSinceMs: 0 }), nowMs: () => 0 },
    onError: (error) => {
      throw error
    },
    limits: createLimits({ trustedProxies, policies, onUntrustedProxy: () => (warnings += 1) }),
    watch: { answered: (request) => answered.push(request), rendered: () => undefined, limited: (refusal) => limited.push(refusal) },
  })
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

beforeEach(() => {
  answered = []
  limited = []
  warnings = 0
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const ask = (path: string, init: RequestInit = {}, from = '198.51.100.7') =>
  fetch(origin + path, { redirect: 'manual', ...init, headers: { 'x-forwarded-for': from, ...init.headers } })
const statusOf = async (...args: Parameters<typeof ask>) => {
  const response = await ask(...args)
  await response.arrayBuffer()
  return response.status
}
const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) })

describe('giving', () => {
  test('is limited for one address, and goes on for the others', async () => {
    await start(many({ give: { address: few(2), site: few(1_000) } }))
    expect([await statusOf('/ung-ho/ao-am/gui', form({})), await statusOf('/ung-ho/ao-am/gui', form({}))]).toEqual([303, 303])
    expect(await statusOf('/ung-ho/ao-am/gui', form({}))).toBe(429)
    expect(await statusOf('/ung-ho/ao-am/gui', form({}), '198.51.100.8')).toBe(303)
    expect(limited).toMatchObject([{ policy: 'give', scope: 'address' }])
  })

  test('is limited for the whole site, of which a refused address takes nothing', async () => {
    await start(many({ give: { address: few(2), site: few(4) } }))
    for (let time = 0; time < 10; time++) await statusOf('/ung-ho/ao-am/gui', form({}))
    expect(await statusOf('/ung-ho/ao-am/gui', form({}), '198.51.100.8')).toBe(303)
    expect(await statusOf('/ung-ho/ao-am/gui', form({}), '198.51.100.9')).toBe(303)
    expect(await statusOf('/ung-ho/ao-am/gui', form({}), '198.51.100.10')).toBe(429)
    expect(limited.at(-1)).toMatchObject({ policy: 'give', scope: 'site' })
  })

  test('goes on after the time that was said, however often it was tried meanwhile', async () => {
    await start(many({ give: { address: { points: 1, seconds: 1 }, site: few(9) } }))
    expect(await statusOf('/ung-ho/ao-am/gui', form({}))).toBe(303)
    for (let time = 0; time < 5; time++) expect(await statusOf('/ung-ho/ao-am/gui', form({}))).toBe(429)
    await new Promise((resolve) => setTimeout(resolve, (limited[0]?.retrySeconds ?? 0) * 1_000 + 20))
    expect(await statusOf('/ung-ho/ao-am/gui', form({}))).toBe(303)
  })

  test('that is turned away says when to come again, and gives back what was typed', async () => {
    await start(many({ give: { address: few(1), site: few(9) } }))
    await statusOf('/ung-ho/ao-am/gui', form({}))
    const response = await ask('/en/ung-ho/ao-am/gui', form({ name: 'Lan "<b>&', message: 'áo\r\nấm', formKey: 'k1' }))
    expect(response.status).toBe(429)
    expect(response.headers.get('ratelimit-policy')).toBe('"give-address";q=1;w=60')
    expect(response.headers.get('ratelimit')).toMatch(/^"give-address";r=0;t=(?:59|60)$/)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const html = await response.text()
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(html).toContain('You can try again in')
    expect(html).toContain('<section lang="vi">')
    expect(html).toContain('Thử lại được sau')
    expect(html).toContain('<form method="post" action="/en/ung-ho/ao-am/gui">')
    expect(html).toContain('name="name" value="Lan &quot;&lt;b&gt;&amp;"')
    expect(html).toContain('name="formKey" value="k1"')
    expect(html).not.toMatch(/<script|style=/)
  })
})

describe('following gifts', () => {
  test('one code may be asked for without end', async () => {
    await start(many({ codes: all(20) }))
    for (let time = 0; time < 60; time++) expect(await statusOf('/api/gifts/TD7K4MX9Q')).toBe(200)
    expect(await statusOf('/theo-doi/TD7K4MX9Q')).toBe(200)
  })

  test('many different codes are stopped, misses sooner, and the code that is followed goes on', async () => {
    await start(many({ codes: { address: few(32), site: few(40) } }))
    for (const code of KNOWN) expect(await statusOf(`/theo-doi/${code}`)).toBe(200)
    expect([await statusOf('/theo-doi/TD3333333'), await statusOf('/api/gifts/TD4444444')]).toEqual([404, 404])
    const refused = await ask('/api/gifts/TD5555555')
    expect([refused.status, refused.headers.get('content-type')]).toEqual([429, 'application/problem+json'])
    expect(await refused.json()).toMatchObject({ status: 429, 'violated-policies': ['codes-address'] })
    expect(await statusOf('/en/theo-doi/TD6666666')).toBe(429)
    for (const code of KNOWN) expect(await statusOf(`/api/gifts/${code}`)).toBe(200)
    expect(await statusOf('/api/gifts/TD5555555', {}, '198.51.100.8')).toBe(404)
    expect(await statusOf('/api/gifts/TD5555555', {}, '198.51.100.9')).toBe(429)
    expect(limited.at(-1)).toMatchObject({ policy: 'codes', scope: 'site' })
  })

  test('many codes at once are no way around it', async () => {
    await start(many({ codes: all(50) }))
    const codes = Array.from({ length: 40 }, (_, index) => `TD8888${100 + index}`)
    const statuses = await Promise.all(codes.map((code) => statusOf(`/theo-doi/${code}`)))
    expect(statuses.filter((status) => status === 404)).toHaveLength(5)
  })

  test('who has just given is let to the gift’s page, whatever the neighbours do', async () => {
    await start(many({ codes: { address: few(10), site: few(1_000) } }))
    await statusOf('/ung-ho/ao-am/gui', form({}))
    expect(await statusOf('/theo-doi/TD3333333')).toBe(404)
    expect(await statusOf('/theo-doi/TD7K4MX9Q')).toBe(429)
    expect(await statusOf('/theo-doi/TD9999999')).toBe(404)
  })

  test('nor does it matter that a gift by card leads to the card company first', async () => {
    await start(many({ codes: { address: few(10), site: few(1_000) }, give: { address: few(9), site: few(1) } }))
    expect(await statusOf('/ung-ho/the/gui', form({}))).toBe(303)
    expect(await statusOf('/theo-doi/TD3333333')).toBe(404)
    expect([await statusOf('/theo-doi/TD7K4MX9Q'), await statusOf('/theo-doi/TD9999998')]).toEqual([429, 404])
    expect(await statusOf('/ung-ho/the/gui', form({}), '198.51.100.8')).toBe(429)
  })

  test('an IPv6 household is one visitor', async () => {
    await start(many({ codes: { address: few(10), site: few(1_000) } }))
    expect(await statusOf('/theo-doi/TD3333333', {}, '2001:db8:0:1::1')).toBe(404)
    expect(await statusOf('/theo-doi/TD4444444', {}, '2001:db8:0:1:ffff::2')).toBe(429)
    expect(await statusOf('/theo-doi/TD4444444', {}, '2001:db8:0:2::1')).toBe(404)
  })

  test('a network of IPv6 is limited too, at ten times what one of its parts may', async () => {
    await start(many({ codes: { address: few(10), site: null } }))
    for (let part = 0; part < 10; part++) expect(await statusOf('/theo-doi/TD3333333', {}, `2001:db8:7:${part}::1`)).toBe(404)
    const refused = await ask('/api/gifts/TD3333333', {}, '2001:db8:7:ff::1')
    expect([refused.status, refused.headers.get('ratelimit-policy')]).toEqual([429, '"codes-network";q=100;w=60'])
    await refused.arrayBuffer()
    expect(limited).toMatchObject([{ policy: 'codes', scope: 'network' }])
    expect(await statusOf('/theo-doi/TD3333333', {}, '2001:db8:8:1::1')).toBe(404)
  })

  test('a header that no proxy of ours wrote is not believed, and that is said once', async () => {
    await start(many({ codes: { address: few(10), site: few(1_000) } }), 0)
    expect(await statusOf('/theo-doi/TD3333333', {}, '198.51.100.1')).toBe(404)
    expect(await statusOf('/theo-doi/TD4444444', {}, '198.51.100.2')).toBe(429)
    expect(warnings).toBe(1)
  })
})

test('keys that do not fit are stopped, and the right one is free', async () => {
  await start(many({ change: { address: few(35), site: few(1_000) } }))
  for (let time = 0; time < 5; time++) expect(await statusOf(`/theo-doi/TD7K4MX9Q/khoa/${SECRET}`)).toBe(303)
  expect([await statusOf('/theo-doi/TD7K4MX9Q/khoa/a'), await statusOf('/theo-doi/TD7K4MX9Q/huy', form({}))]).toEqual([303, 303])
  expect([await statusOf('/theo-doi/TD7K4MX9Q/sua', form({})), await statusOf('/theo-doi/TD7K4MX9Q/khoa/b')]).toEqual([303, 429])
})

test('card pages are opened so often for one address and for one gift, and a stranger uses up nothing of a gift', async () => {
  await start(many({ card: { address: few(25), site: few(1_000) }, 'card-gift': { address: few(3), site: null } }))
  const open = (code: string, from: string, cookie = '__Secure-tdk=1') =>
    statusOf(`/theo-doi/${code}/the`, { ...form({}), headers: cookie === '' ? {} : { cookie } }, from)
  expect([await open('TD7K4MX9Q', '198.51.100.9', ''), await open('TD7K4MX9Q', '198.51.100.9', '')]).toEqual([303, 303])
  expect(await open('TD7K4MX9Q', '198.51.100.9', '')).toBe(429)
  for (let time = 0; time < 3; time++) expect(await open('TD7K4MX9Q', '198.51.100.7')).toBe(303)
  expect([await open('TD7K4MX9Q', '198.51.100.8'), await open('TD2222223', '198.51.100.8')]).toEqual([429, 303])
  expect(limited.map(({ policy }) => policy)).toEqual(['card', 'card-gift'])
})

test('who opens too many card pages learns that a transfer is not limited', async () => {
  await start(many({ card: { address: few(10), site: few(1_000) } }))
  expect(await statusOf('/theo-doi/TD7K4MX9Q/the', form({}))).toBe(303)
  const refused = await ask('/en/theo-doi/TD2222223/the', form({}))
  expect([refused.status, refused.headers.get('ratelimit-policy')]).toEqual([429, '"card-address";q=10;w=60'])
  expect(await refused.text()).toContain('A bank transfer is not limited by this')
})

test('the check before a card page is told the address it is asked from, whatever a visitor writes into that header', async () => {
  await start(many())
  const told = async (path: string) => (await ask(path, { headers: { 'x-tung-dong-address': '203.0.113.1' } })).text()
  expect(await told('/theo-doi/TD7K4MX9Q/the/xac-minh')).toBe('198.51.100.7')
  expect(await told('/chien-dich/x/xac-minh')).toBe('undefined')
})

test('notices without a right key are refused for a while, and an authentic one among them is taken', async () => {
  await start(many({ webhook: all(3) }))
  const send = (key: string, body = '{"id":1}') =>
    ask('/api/webhooks/sepay', { method: 'POST', body, headers: { authorization: `Apikey ${key}` } })
  const statuses: number[] = []
  for (let time = 0; time < 5; time++) statuses.push((await send('wrong')).status)
  expect(statuses).toEqual([401, 401, 401, 429, 429])
  const refused = await send('wrong')
  expect([refused.headers.get('content-type'), refused.headers.get('ratelimit-policy')]).toEqual([
    'application/problem+json',
    '"webhook-address";q=3;w=60',
  ])
  const right = await send('right')
  expect([right.status, await right.json()]).toEqual([200, { success: true }])
  expect((await send('right', 'x'.repeat(2_000_000))).status).toBe(429)
})

test('the log line of a request names no code, key, query or address', async () => {
  await start(many())
  await statusOf(`/theo-doi/TD7K4MX9Q/khoa/${SECRET}?x=personal`)
  await statusOf('/xa/ba-vi')
  await statusOf('/xa/ba-vi')
  await statusOf('/')
  let written = ''
  const log = createAccessLog({ write: (line) => void (written += line) })
  for (const request of answered) log(request)
  expect(written).not.toMatch(/TD7K4MX9Q|c2VjcmV0|personal|198\.51|127\.0|ba-vi/)
  const lines = written
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(lines).toMatchObject([
    { event: 'request', method: 'GET', route: '/theo-doi/[code]/khoa/[secret]', status: 303 },
    { route: '/xa/[slug]', status: 200, cache: 'miss' },
    { route: '/xa/[slug]', status: 200, cache: 'hit' },
    { route: '/', cache: 'miss' },
  ])
  for (const request of answered) expect(request.bytes).toBeGreaterThan(100)
})

test('the log says which limit or key turned a request away', async () => {
  await start(many({ codes: { address: few(10), site: few(1_000) } }))
  await statusOf('/theo-doi/TD3333333')
  await statusOf('/api/gifts/TD4444444')
  await statusOf('/theo-doi/TD7K4MX9Q/khoa/wrong')
  await statusOf(`/theo-doi/TD7K4MX9Q/khoa/${SECRET}`)
  await statusOf('/theo-doi/TD7K4MX9Q/huy', form({}))
  expect(answered.map(({ status, refused }) => [status, refused])).toEqual([
    [404, null],
    [429, 'codes-address'],
    [303, 'key'],
    [303, null],
    [303, 'key'],
  ])
  let written = ''
  const log = createAccessLog({ write: (line) => void (written += line) })
  for (const request of answered) log(request)
  expect(written.match(/"refused":"[^"]+"/g)).toEqual(['"refused":"codes-address"', '"refused":"key"', '"refused":"key"'])
})

test('a school behind one address can give, and each pupil can wait for the money', () => {
  // 300 pupils give in ten minutes, and each waiting page asks every two and a half seconds.
  expect(POLICIES.give.address.points).toBeGreaterThanOrEqual(300)
  expect(POLICIES.codes.address.points).toBeGreaterThanOrEqual(300)
  expect(POLICIES.poll.address.points / POLICIES.poll.address.seconds).toBeGreaterThanOrEqual(40 / 2.5)
})

test('forms that make no pledge, from many addresses, leave room for one that does', async () => {
  await start(many({ give: { address: few(2), site: few(3) } }))
  for (let visitor = 0; visitor < 6; visitor++) expect(await statusOf('/ung-ho/sai/gui', form({}), `198.51.100.${visitor}`)).toBe(303)
  for (let visitor = 10; visitor < 13; visitor++) expect(await statusOf('/ung-ho/ao-am/gui', form({}), `198.51.100.${visitor}`)).toBe(303)
  expect(await statusOf('/ung-ho/ao-am/gui', form({}), '198.51.100.20')).toBe(429)
})

test('no other writing of an address gets around what is counted', async () => {
  await start(many({ codes: all(20) }))
  const tries = ['/api/gifts/TD2222229', '/api/gifts/TD%2F222228', '/api/gifts/TD%5C222227', '/api/gifts/TD2222226', '/api/gifts/TD2222225']
  const answers: number[] = []
  for (const path of tries) answers.push(await statusOf(path))
  // What is written oddly is the address of nothing, which this handler answers like a page.
  expect(answers).toEqual([404, 200, 200, 404, 429])
  expect(answered.filter(({ route }) => route === '/api/gifts/[code]')).toHaveLength(3)
})

describe('what a few could use up for all', () => {
  test('an address that has had little is let in when the site has nothing left', async () => {
    await start(many({ give: { address: few(10), site: few(3), share: 1 }, change: { address: few(100), site: few(20), share: 10 } }))
    for (let time = 0; time < 3; time++) expect(await statusOf('/ung-ho/ao-am/gui', form({}))).toBe(303)
    expect(await statusOf('/ung-ho/ao-am/gui', form({}))).toBe(429)
    expect(await statusOf('/ung-ho/ao-am/gui', form({}), '198.51.100.8')).toBe(303)
    expect(await statusOf('/ung-ho/ao-am/gui', form({}), '198.51.100.8')).toBe(429)

    for (let time = 0; time < 3; time++) await statusOf('/theo-doi/TD7K4MX9Q/sua', form({}))
    expect(await statusOf('/theo-doi/TD7K4MX9Q/sua', form({}))).toBe(429)
    expect(await statusOf(`/theo-doi/TD7K4MX9Q/khoa/${SECRET}`, {}, '198.51.100.8')).toBe(303)
  })

  test('hundreds of addresses that guess codes keep nobody from looking up a gift', async () => {
    const limits = createLimits({ trustedProxies: 1, onUntrustedProxy: () => undefined })
    const socket = new Socket()
    const lookUp = (code: string, from: string, status: number) => {
      const request = new IncomingMessage(socket)
      request.headers = { 'x-forwarded-for': from }
      const response = new ServerResponse(request)
      const admission = limits.admit(request, response, `/theo-doi/${code}`)
      response.statusCode = status
      response.emit('finish')
      return admission?.kind
    }
    for (let guesser = 0; guesser < 120; guesser++) {
      const from = `198.51.100.${guesser}`
      const admitted = Array.from({ length: 62 }, (_, guess) => lookUp(`TD${guesser}X${guess}`, from, 404))
      expect(admitted.filter((kind) => kind === 'in')).toHaveLength(60)
      expect(admitted.slice(60)).toEqual(['out', 'out'])
    }
    expect(lookUp('TD7K4MX9Q', '203.0.113.5', 200)).toBe('in')
  })
})

test('slow readers of one network leave room for others who take the statement out, and are counted until they have gone', async () => {
  await start(many())
  const leaving = new AbortController()
  const readers = ['::1', '::2'].map((end) => ask('/sao-ke.csv?slow/slow', { signal: leaving.signal }, `2001:db8:1${end}`))
  const gone = Promise.allSettled(readers)
  await expect.poll(() => slowPages).toHaveLength(2)
  const busy = await ask('/sao-ke.csv', {}, '2001:db8:1:2::3')
  expect([busy.status, busy.headers.get('content-type'), busy.headers.get('retry-after')]).toEqual([503, 'application/problem+json', '20'])
  expect([await statusOf('/sao-ke.csv'), await statusOf('/sao-ke/tep/sao-ke-2026.csv', {}, '2001:db8:1::3')]).toEqual([200, 200])
  leaving.abort()
  await gone
  for (const go of slowPages.splice(0)) go()
  await expect.poll(() => statusOf('/sao-ke.csv', {}, '2001:db8:1::3')).toBe(200)
})

describe('pages that are made for one visitor', () => {
  test('are limited for one address, and kept ones are not', async () => {
    await start(many({ render: { address: few(3), site: null } }))
    expect(await statusOf('/xa')).toBe(200)
    for (const path of ['/ung-ho/ao-am', '/ung-ho/sach-vo']) expect(await statusOf(path)).toBe(200)
    const refused = await ask('/en/ung-ho/ao-am')
    expect([refused.status, refused.headers.get('ratelimit-policy')]).toEqual([429, '"render-address";q=3;w=60'])
    expect(await refused.text()).toContain('Too many pages have just been opened')
    expect(limited).toMatchObject([{ policy: 'render', scope: 'address' }])
    // A page that would have to be made is refused, one that is there is not.
    expect([await statusOf('/quy'), await statusOf('/xa'), await statusOf('/xa?fbclid=1')]).toEqual([429, 200, 200])
    expect([await statusOf('/quy', {}, '198.51.100.8'), await statusOf('/quy')]).toEqual([200, 200])
    expect(await statusOf('/api/gifts/TD7K4MX9Q')).toBe(200)
  })

  test('are enough for a school that gives in one minute', () => {
    // 300 pupils open the campaign and the form, and look at their gift twice.
    expect(POLICIES.render.address.points / POLICIES.render.address.seconds).toBeGreaterThanOrEqual((300 * 4) / 60)
  })

  test('leave room for others while one visitor’s take long', async () => {
    await start(many())
    const slow = Array.from({ length: 10 }, () => ask('/ung-ho/slow'))
    await expect.poll(() => slowPages).toHaveLength(3)
    expect(await statusOf('/ung-ho/ao-am', {}, '198.51.100.8')).toBe(200)
    expect(slowPages).toHaveLength(3)
    for (let page = 0; page < 10; page++) {
      await expect.poll(() => slowPages.length, { interval: 5 }).toBeGreaterThan(0)
      slowPages.shift()?.()
    }
    for (const response of await Promise.all(slow)) expect(await response.text()).toBe('{}')
  })
})
