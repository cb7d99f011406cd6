import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readableAddress } from './address'
import { closedTo } from './gate'
import { ruleOf } from './limits/rules'
import { encodeFile } from './pages/encode'
import { PUBLIC_PATTERNS, publicPageKey } from './pages/route'
import { siteListener } from './site-listener'
import type { AnsweredRequest } from './watch'

const SCRIPT = 'export {}\n'.repeat(99)
const PAGE = `<!doctype html><p>${'ấm '.repeat(2_000)}</p>`

let server: Server
let port = 0
let renders: string[] = []
let asked: IncomingMessage['headers'][] = []
let answered: AnsweredRequest[] = []
let version = 1n

/** More than a network holds for a reader who takes nothing. */
const MUCH = 32 * 1024 * 1024
/** Pages that wait until they are let go. */
let slowPages: (() => void)[] = []

/** Renders every page alike, and counts. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  renders.push(request.url ?? '')
  asked.push(request.headers)
  if (request.url?.includes('.csv')) {
    response.writeHead(200, { 'content-type': 'text/csv', etag: '"a"' })
    response.end(request.method === 'HEAD' ? undefined : request.url.includes('much') ? Buffer.alloc(MUCH) : PAGE)
    return
  }
  if (request.url?.includes('slow')) await new Promise<void>((resolve) => slowPages.push(resolve))
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE)
}

beforeEach(async () => {
  renders = []
  answered = []
  asked = []
  slowPages = []
  version = 1n
  const listener = siteListener({
    ...{ handle, origin: 'https://example.org', version: () => ({ number: version, knownSinceMs: 0 }), nowMs: () => 0, limits: null },
    idleMs: 200,
    files: { find: (path) => (path === '/js/gift.js' ? encodeFile(Buffer.from(SCRIPT), { type: 'text/javascript' }) : undefined) },
    onError: (error) => {
      throw error
    },
    watch: { answered: (request) => answered.push(request), rendered: () => undefined, limited: () => undefined },
  })
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

/** Asks as a program does that reads the bytes as they come. */
const send = (path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    ask({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }))
    })
      .on('error', reject)
      .end()
  })

describe('links that browsers follow in advance', () => {
  const inAdvance = { 'sec-purpose': 'prefetch' }

  test('are named in a file that each page points to', async () => {
    for (const path of ['/', '/', '/ung-ho/ao-am'])
      expect((await send(path)).headers['speculation-rules']).toBe('"/speculation-rules.json"')
    const { status, headers, body } = await send('/speculation-rules.json')
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      ...[200, 'application/speculationrules+json'],
      'public, max-age=3600',
    ])
    expect(JSON.parse(String(body))).toMatchObject({ prefetch: [{ eagerness: 'moderate' }], prerender: [{ eagerness: 'conservative' }] })
    expect(renders).toEqual(['/', '/ung-ho/ao-am'])
    expect(answered.at(-1)).toMatchObject({ route: '/speculation-rules.json', status: 200 })
  })

  test('lead to pages that are the same for everybody, in both languages, and to no other', () => {
    const patterns = PUBLIC_PATTERNS.map((pattern) => new URLPattern(pattern, 'https://example.org'))
    const isNamed = (path: string) => patterns.some((pattern) => pattern.test(path, 'https://example.org'))
    const kept = [
      '/',
      '/chien-dich',
      '/chien-dich/ao-am',
      '/chien-dich?quy=ha-noi',
      '/xa/ba-vi',
      '/nhu-cau/ao-am',
      '/quy',
      '/quy/ha-noi',
      '/ung-ho',
    ]
    for (const path of kept) {
      const inEnglish = path === '/' ? '/en' : `/en${path}`
      expect([isNamed(path), publicPageKey('GET', path)], path).toEqual([true, path])
      expect([isNamed(inEnglish), publicPageKey('GET', inEnglish)], inEnglish).toEqual([true, inEnglish])
    }
    const others = [
      '/ung-ho/ao-am',
      '/ung-ho/ao-am/gui',
      '/theo-doi/TD7K4MX9Q',
      '/theo-doi/TD7K4MX9Q/khoa/c2VjcmV0',
      '/tra-cuu',
      '/tra-cuu?ma=TD7K4MX9Q',
    ]
    for (const path of [...others, '/ngan-hang-thu', '/quan-tri', '/api/health', '/tai-khoan', '/xa/ba-vi/x', '/log/checkpoint']) {
      expect([isNamed(path), isNamed(`/en${path}`)], path).toEqual([false, false])
    }
  })

  test('give what is kept or quickly made, and nothing that is for one visitor', async () => {
    expect((await send('/xa', inAdvance)).status).toBe(200)
    expect((await send('/xa', inAdvance)).status).toBe(200)
    for (const path of ['/theo-doi/TD7K4MX9Q', '/theo-doi/TD7K4MX9Q/khoa/c2VjcmV0', '/ung-ho/ao-am', '/tra-cuu?ma=TD7K4MX9Q']) {
      const { status, headers } = await send(path, { 'sec-purpose': 'prefetch;prerender' })
      expect([status, headers['cache-control'], headers['retry-after']]).toEqual([503, 'no-store', '5'])
    }
    expect(renders).toEqual(['/xa'])
    expect(answered.map(({ isInAdvance }) => isInAdvance)).toEqual(Array(6).fill(true))
  })

  test('wait for nobody while all hands are full', async () => {
    await send('/quy')
    const slow = ['a', 'b', 'c', 'd'].map((slug) => send(`/xa/slow-${slug}`))
    await expect.poll(() => slowPages).toHaveLength(4)
    expect([(await send('/nhu-cau', inAdvance)).status, (await send('/quy', inAdvance)).status]).toEqual([503, 200])
    for (const go of slowPages) go()
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect((await send('/nhu-cau', inAdvance)).status).toBe(200)
  })
})

describe('a page that is kept', () => {
  test('is the same answer as when it was rendered, without another render', async () => {
    const rendered = await send('/chien-dich/ao-am', { 'accept-encoding': 'br' })
    const kept = await send('/chien-dich/ao-am', { 'accept-encoding': 'br' })
    expect([rendered.status, kept.status, renders]).toEqual([200, 200, ['/chien-dich/ao-am']])
    expect(kept.headers['content-encoding']).toBe('br')
    expect(kept.headers['content-security-policy']).toContain("default-src 'none'")
    expect({ ...kept.headers, date: '' }).toEqual({ ...rendered.headers, date: '' })
    expect(kept.body.equals(rendered.body)).toBe(true)
    expect(answered.map(({ route, cache, status }) => ({ route, cache, status }))).toEqual([
      { route: '/chien-dich/[slug]', cache: 'miss', status: 200 },
      { route: '/chien-dich/[slug]', cache: 'hit', status: 200 },
    ])
    expect(answered[1]?.bytes).toBeGreaterThan(kept.body.length)
  })

  test('is the page of a link with a stranger’s parameters, too', async () => {
    await send('/xa')
    await send('/xa?fbclid=a&utm_source=b?c')
    await send('/en/xa?fbclid=a')
    expect(renders).toEqual(['/xa', '/en/xa'])
    expect(answered.map(({ cache }) => cache)).toEqual(['miss', 'hit', 'miss'])
  })

  test('carries what its address asks for: an embed may be framed, and nothing else', async () => {
    for (const path of ['/nhung/chien-dich/ao-am', '/nhung/chien-dich/ao-am', '/xa', '/xa']) {
      const { headers } = await send(path)
      const isEmbed = path !== '/xa'
      expect(headers['content-security-policy']).toContain(isEmbed ? 'frame-ancestors *' : "frame-ancestors 'none'")
      expect(headers['cross-origin-resource-policy']).toBe(isEmbed ? 'cross-origin' : 'same-origin')
      expect(headers['speculation-rules'] === undefined).toBe(isEmbed)
    }
    expect(renders).toEqual(['/nhung/chien-dich/ao-am', '/xa'])
  })

  test('is rendered anew once something has changed', async () => {
    await send('/')
    version = 3n
    await send('/')
    expect(renders).toEqual(['/', '/'])
  })

  test('is not what a form is answered with', async () => {
    await send('/')
    expect((await send('/', {}, 'POST')).status).toBe(405)
  })

  // A page that is kept is sent before anything else is looked at: nothing else may have had a say in it.
  test('is its own, plain, and counts under no limit, whatever was asked for', () => {
    const slug = fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,20}$/), fc.constantFrom('%2e', '..', 'a/b', 'khoa', 'gui', 'Ấ', ''))
    const path = fc
      .tuple(
        fc.constantFrom('', '/en', '/vi'),
        fc.constantFrom('', '/chien-dich', '/xa', '/quy', '/nhu-cau', '/ung-ho', '/tra-cuu', '/theo-doi', '/api'),
        fc.option(slug),
      )
      .map(([locale, first, second]) => `${locale}${first}${second === null ? '' : `/${second}`}` || '/')
    const parameter = fc.tuple(
      fc.constantFrom('quy', 'xa', 'trang', 'trang-thai', 'ma', 'fbclid', '%71uy', 'a?b'),
      fc.oneof(slug, fc.string({ maxLength: 8 }).map(encodeURIComponent)),
    )
    const query = fc.array(parameter, { maxLength: 4 }).map((all) => all.map(([name, value]) => `${name}=${value}`).join('&'))
    let kept = 0
    fc.assert(
      fc.property(path, query, (path, query) => {
        const found = publicPageKey('GET', query === '' ? path : `${path}?${query}`)
        if (found === null) return
        kept += 1
        expect([
          publicPageKey('GET', found),
          readableAddress(found),
          ruleOf('GET', found),
          closedTo({ method: 'GET', headers: {} }, found),
        ]).toEqual([...[found, found], ...[null, null]])
      }),
      { numRuns: 2_000 },
    )
    expect(kept).toBeGreaterThan(200)
  })
})

/** The bytes of an answer as they were before it was encoded. */
function decode({ headers, body }: Answer): string {
  const encoding = headers['content-encoding']
  if (encoding === 'br') return String(brotliDecompressSync(body))
  return String(encoding === 'gzip' ? gunzipSync(body) : body)
}

test('files are sent by the server itself, and what is none is answered without Next', async () => {
  const file = await send('/js/gift.js?1', { 'accept-encoding': 'gzip' })
  expect([file.status, file.headers['content-encoding'], file.headers['x-content-type-options'], decode(file)]).toEqual([
    ...[200, 'gzip', 'nosniff'],
    SCRIPT,
  ])
  expect((await send('/js/gift.js', { 'accept-encoding': 'gzip', 'if-none-match': file.headers.etag })).status).toBe(304)
  for (const path of ['/js/none.js', '/_next/static/none.js', '/_next/image?url=x', '/fonts/none.woff2', '/api/none']) {
    const { status, headers } = await send(path)
    expect([path, status, headers['cache-control'], headers['content-type']]).toEqual([path, 404, 'no-store', 'application/problem+json'])
  }
  expect(renders).toEqual([])
  expect((await send('/api')).status).toBe(200)
})

test('entries of the log are sent small, and alike to everybody, so that they are kept on the way', async () => {
  for (const [accept, encoding] of [
    ['gzip', 'gzip'],
    ['gzip, br', 'br'],
    ['identity', undefined],
  ]) {
    const { status, headers, body } = await send('/log/tile/entries/x001/234', { 'accept-encoding': accept })
    expect([status, headers['content-encoding'], headers.vary, headers['content-length']]).toEqual([
      200,
      encoding,
      'Accept-Encoding',
      String(body.length),
    ])
    expect(decode({ status, headers, body })).toBe(PAGE)
  }
})

test('whatever is below /log/ may be read by any page, and hashes are sent in one writing', async () => {
  const tile = await send('/log/tile/0/000', { 'accept-encoding': 'gzip' })
  expect([tile.status, tile.headers.vary, tile.headers['content-encoding'], String(tile.body)]).toEqual([200, undefined, undefined, PAGE])
  const before = await send('/log/checkpoint', { 'access-control-request-method': 'GET' }, 'OPTIONS')
  expect([before.status, before.headers['access-control-allow-methods']]).toEqual([204, 'GET, HEAD'])
  const answers = [tile, before, await send('/log/checkpoint', {}, 'PUT'), await send('/log/')]
  expect(answers.map(({ headers }) => headers['access-control-allow-origin'])).toEqual(['*', '*', '*', '*'])
  expect((await send('/', {}, 'OPTIONS')).status).toBe(405)
})

test('statements are streamed, past the turns of pages, and who takes nothing is hung up on', async () => {
  const slow = ['a', 'b', 'c', 'd'].map((slug) => send(`/xa/slow-${slug}`))
  await expect.poll(() => slowPages).toHaveLength(4)
  for (const path of ['/sao-ke.csv?quy=ha-noi', '/en/sao-ke.csv', '/sao-ke/tep/sao-ke-2026.csv', '/sao%2Dke.csv']) {
    const { status, headers, body } = await send(path)
    expect([status, headers.etag, headers['content-security-policy'] !== undefined, String(body)], path).toEqual([200, '"a"', true, PAGE])
    expect((await send(path, {}, 'HEAD')).body).toHaveLength(0)
  }
  for (const go of slowPages) go()
  await Promise.all(slow)
  answered = []
  const stalled = ask({ host: '127.0.0.1', port, path: '/sao-ke.csv?much', agent: false }, (response) =>
    response.pause().on('error', () => undefined),
  )
  stalled.on('error', () => undefined).end()
  await expect.poll(() => answered).toMatchObject([{ route: '/sao-ke.csv', isBrokenOff: true }])
})

describe('what is sent by the rules of HTTP', () => {
  const PLACES = ['/xa', '/ung-ho/ao-am'] as const
  const tagOf = async (accept: string) => (await send('/xa', { 'accept-encoding': accept })).headers.etag ?? ''

  test.each<[string | undefined, string | undefined]>([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['gzip, br;q=0.5', 'gzip'],
    ['br;q=0.5, gzip;q=0.5', 'br'],
    ['BR', 'br'],
    ['gzip;q=0, br;q=0', undefined],
    ['br;q=0, *', 'gzip'],
    ['*;q=0', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['brotli, x-gzip', undefined],
    ['zstd', undefined],
    ['', undefined],
    [undefined, undefined],
    [`gzip${', x'.repeat(500)}`, 'gzip'],
  ])('a browser that says %j gets %s, kept or not', async (accept, encoding) => {
    const bare = await send('/xa', { 'accept-encoding': 'identity' })
    for (const path of [...PLACES, ...PLACES]) {
      const answer = await send(path, accept === undefined ? {} : { 'accept-encoding': accept })
      expect([answer.status, answer.headers['content-encoding'], decode(answer)]).toEqual([200, encoding, PAGE])
      expect(answer.headers.vary).toContain('Accept-Encoding')
      expect(Number(answer.headers['content-length'])).toBe(answer.body.length)
      if (path === '/xa') expect(answer.headers.etag === bare.headers.etag).toBe(encoding === undefined)
      const head = await send(path, accept === undefined ? {} : { 'accept-encoding': accept }, 'HEAD')
      expect({ ...head.headers, date: '' }).toEqual({ ...answer.headers, date: '' })
      expect(head.body).toHaveLength(0)
    }
  })

  test('whoever has the bytes of an encoding is told so, and with another’s tag gets its own', async () => {
    const tags = { br: await tagOf('br'), gzip: await tagOf('gzip'), identity: await tagOf('identity') }
    expect(new Set(Object.values(tags)).size).toBe(3)
    for (const [encoding, own] of Object.entries(tags)) {
      for (const method of ['GET', 'HEAD']) {
        const ask = (tag: string) => send('/xa', { 'accept-encoding': encoding, 'if-none-match': tag }, method)
        for (const tag of [own, `W/${own}`, `"x", ${own}`, '*']) {
          const { status, headers, body } = await ask(tag)
          expect([status, headers.etag, headers.vary, headers['cache-control'], body.length]).toEqual([
            304,
            own,
            'Accept-Encoding',
            'no-cache',
            0,
          ])
          expect([headers['content-type'], headers['content-encoding'], headers['content-length']]).toEqual([
            undefined,
            undefined,
            undefined,
          ])
          expect(headers.date).toMatch(/GMT$/)
        }
        for (const tag of [...Object.values(tags).filter((tag) => tag !== own), '"x"', '', own.slice(1, -1)]) {
          const answer = await ask(tag)
          expect([answer.status, answer.headers.etag]).toEqual([200, own])
          if (method === 'GET') expect(decode(answer)).toBe(PAGE)
        }
      }
    }
  })

  test('a condition that a page must be this one holds, or nothing is sent', async () => {
    const own = await tagOf('br')
    const ask = (tag: string) => send('/xa', { 'accept-encoding': 'br', 'if-match': tag })
    for (const tag of [own, `"x", ${own}`, '*']) expect((await ask(tag)).status).toBe(200)
    for (const tag of ['"x"', `W/${own}`, await tagOf('gzip')]) {
      const { status, headers, body } = await ask(tag)
      expect([status, headers['content-length'], headers['content-encoding'], body.length]).toEqual([412, '0', undefined, 0])
    }
  })

  test('parts are not given: the whole is', async () => {
    for (const path of PLACES) expect(decode(await send(path, { range: 'bytes=0-9', 'accept-encoding': 'gzip' }))).toBe(PAGE)
    expect(asked.map((headers) => headers.range)).toEqual([undefined, undefined])
  })
})
