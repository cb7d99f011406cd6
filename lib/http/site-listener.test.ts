import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { siteListener } from './site-listener'
import type { AnsweredRequest } from './watch'

const PAGE = `<!doctype html><p>${'ấm '.repeat(2_000)}</p>`

let server: Server
let port = 0
let renders: string[] = []
let answered: AnsweredRequest[] = []
let version = 1n

/** Renders every page alike, and counts. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  renders.push(request.url ?? '')
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE)
}

beforeEach(async () => {
  renders = []
  answered = []
  version = 1n
  const listener = siteListener({
    ...{ handle, origin: 'https://example.org', version: () => ({ number: version, knownSinceMs: 0 }), nowMs: () => 0, limits: null },
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
})
