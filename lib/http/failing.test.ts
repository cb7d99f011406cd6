import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { createLimits, type Limits } from './limits/limits'
import { siteListener } from './site-listener'

const WORDS = 'password of the database'
let server: Server | undefined
let errors: unknown[] = []

afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  if (server) await once(server, 'close')
})

async function start(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  limits: Limits | null,
): Promise<string> {
  errors = []
  const listener = siteListener({
    ...{ handle, limits, origin: 'https://example.org', version: () => ({ number: 1n, knownSinceMs: 0 }), nowMs: () => 0 },
    onError: (error) => errors.push(error),
    watch: { answered: () => undefined, rendered: () => undefined, limited: () => undefined },
  })
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

const ASKED: [string, RequestInit][] = [
  ['/', {}],
  ['/theo-doi/TD7K4MX9Q', {}],
  ['/en/khong-co', {}],
  ['/ung-ho/ao-am/gui', { method: 'POST', body: new URLSearchParams({ amount: '1' }) }],
  ['/api/gifts/TD7K4MX9Q', {}],
]

test.each(ASKED)('a fault at %s is told to us, and no word of it to a visitor', async (path, init) => {
  const origin = await start(async () => {
    throw new Error(WORDS)
  }, null)
  const response = await fetch(origin + path, init)
  expect([response.status, response.headers.get('x-content-type-options')]).toEqual([500, 'nosniff'])
  expect(await response.text()).not.toMatch(/password|Error|node_modules|\bat /)
  expect(errors).toMatchObject([{ message: WORDS }])
})

test.each(ASKED)('at %s nothing is done where a limit can’t be counted', async (path, init) => {
  let handled = 0
  const admit = () => {
    throw new Error(WORDS)
  }
  const limits = { ...createLimits({ trustedProxies: 0, onUntrustedProxy: () => undefined }), admit }
  const origin = await start(async (_request, response) => {
    handled += 1
    response.end()
  }, limits)
  expect((await fetch(origin + path, init)).status).toBe(500)
  expect([handled, errors.length]).toEqual([0, 1])
})

test('an answer that is no text comes as it is, byte by byte', async () => {
  const bytes = Buffer.from([
    0x25,
    0x50,
    0x44,
    0x46,
    0xe2,
    0xe3,
    0xff,
    0x00,
    0x80,
    ...Array.from({ length: 2_000 }, (_, index) => index % 256),
  ])
  const url = await start(async (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/pdf', 'cache-control': 'private, no-store' })
    response.end(bytes)
    await Promise.resolve()
  }, null)
  const answer = await fetch(`${url}/theo-doi/TD2222222/giay-cam-on.pdf`)
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
})
