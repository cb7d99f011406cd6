import { mkdtempSync, rmSync } from 'node:fs'
import type { OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmbedded } from '../../db/embedded'
import { ensureInstallation } from '../../lib/installation/commands'
import { makePledge } from '../factories/giving'
import { makeCampaign, makeFunds } from '../factories/site'
import { ask, sendRaw, type Asked, type RawAnswer } from '../setup/ask'
import { testContext } from '../setup/context'
import { embeddedSnapshot } from '../setup/database'
import { OF_A_REAL_SITE, type SiteProcess, startSite } from '../setup/site-process'

// What docs/asvs.md says of the answers of a real site behind TLS, asked of the built product.

const SLUG = 'ao-am-thu'
const SECRET = 'a-secret-of-this-test'
let directory: string
let site: SiteProcess
let gift: { code: string; secret: string }

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tung-dong-answers-'))
  const folder = join(directory, 'data')
  const before = await openEmbedded(join(folder, 'database'), embeddedSnapshot())
  await ensureInstallation(before.db, 'real', '', new Date())
  const context = { ...testContext(before), now: () => new Date() }
  await makeFunds(context)
  await makeCampaign(context, { slug: SLUG, goalVnd: 10n ** 9n })
  gift = await makePledge(context, SLUG, { name: 'Lê Thị Hoa', email: 'hoa@example.org' })
  await before.close()
  site = await startSite({ SITE_KIND: 'real', ...OF_A_REAL_SITE, SEPAY_WEBHOOK_SECRET: SECRET, DATA_DIR: folder })
})
afterAll(async () => {
  await site.stop()
  rmSync(directory, { recursive: true, force: true })
})

const get = (path: string, headers: OutgoingHttpHeaders = {}): Promise<RawAnswer> => ask(site.url, { path, headers })
const keyOf = async (): Promise<string> => /name="formKey" value="([^"]+)"/.exec((await get(`/ung-ho/${SLUG}`)).body)?.[1] ?? ''
const wish = { amount: 'other', otherAmount: '150.000', donorKind: 'person', name: '', showName: 'no', message: '', email: '' }

/** One of each kind of answer. */
async function answers(): Promise<[string, number, RawAnswer][]> {
  const gui = `/ung-ho/${SLUG}/gui`
  const styles = /\/_next\/static\/[^"]+\.css/.exec((await get('/')).body)?.[0] ?? ''
  const { etag } = (await get('/xa')).headers
  const asked: [string, number, Asked][] = [
    ['a page', 200, { path: '/' }],
    ['a page that the browser has', 304, { path: '/xa', headers: { 'if-none-match': etag } }],
    ['the head of a page', 200, { path: '/xa', method: 'HEAD' }],
    ['a form', 200, { path: `/ung-ho/${SLUG}` }],
    ['a gift', 200, { path: `/theo-doi/${gift.code}` }],
    ['no gift', 404, { path: '/theo-doi/TD2222222' }],
    ['no page', 404, { path: '/.git/config' }],
    ['no interface', 404, { path: '/api/khong-co' }],
    ['no file', 404, { path: '/_next/static/khong-co.js' }],
    ['no list of a folder', 404, { path: '/fonts' }],
    ['no picture from elsewhere', 404, { path: `/_next/image?url=${encodeURIComponent(site.url)}&w=64&q=75` }],
    ['a form that is sent on', 303, { path: gui, form: { ...wish, formKey: await keyOf() } }],
    ['a form that comes back', 303, { path: gui, form: {} }],
    ['a form of another site', 403, { path: gui, form: {}, headers: { 'sec-fetch-site': 'cross-site' } }],
    ['a method that is not taken', 405, { path: '/', method: 'DELETE' }],
    ['an echo', 405, { path: '/', method: 'TRACE' }],
    ['the old language', 308, { path: '/vi/xa' }],
    ['a slash too many', 308, { path: '/xa/' }],
    ['a slash too many for a folder', 308, { path: '/fonts/' }],
    ['a private link that is wrong', 303, { path: `/theo-doi/${gift.code}/khoa/sai` }],
    ['health', 200, { path: '/api/health' }],
    ['how far a gift is', 200, { path: `/api/gifts/${gift.code}` }],
    ['a notice without a signature', 401, { path: '/api/webhooks/sepay', method: 'POST' }],
    ['a notice where no key is', 503, { path: '/api/webhooks/casso', method: 'POST' }],
    ['a script', 200, { path: '/js/gift.js' }],
    ['a style sheet', 200, { path: styles }],
    ['another style sheet', 200, { path: '/error.css' }],
    ['a face', 200, { path: '/fonts/be-vietnam-pro-latin-400.woff2' }],
    ['a picture', 200, { path: '/icon.svg' }],
    ['a form for goods', 200, { path: `/ung-ho/${SLUG}/hien-vat` }],
    ['the feed', 200, { path: '/feed/chien-dich.xml' }],
    ['the list of sitemaps', 200, { path: '/sitemap.xml' }],
    ['what robots read', 200, { path: '/robots.txt' }],
  ]
  const all: [string, number, RawAnswer][] = []
  for (const [name, status, what] of asked) all.push([name, status, await ask(site.url, what)])
  return all
}

test('every kind of answer tells the browser to be careful, and nothing of what runs here', async () => {
  for (const [name, status, answer] of await answers()) {
    const { headers } = answer
    expect.soft(answer.status, name).toBe(status)
    const policy = String(headers['content-security-policy']).split('; ')
    for (const directive of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'"])
      expect.soft(policy, name).toContain(directive)
    expect.soft(headers['content-security-policy'], name).not.toMatch(/unsafe|\*|data:|http:/)
    expect.soft(headers, name).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    for (const absent of ['access-control-allow-origin', 'x-powered-by', 'server']) expect.soft(headers[absent], name).toBeUndefined()
    if (answer.body === '') continue
    const type = headers['content-type'] ?? ''
    expect.soft(type, name).not.toBe('')
    if (/^text\/|\+xml|javascript/.test(type)) expect.soft(type.toLowerCase(), name).toContain('charset=utf-8')
  }
})

test('what other sites may show is a campaign’s embed and pictures, and of them nothing runs', async () => {
  const embed = await get(`/nhung/chien-dich/${SLUG}`)
  expect(embed.status).toBe(200)
  const policy = String(embed.headers['content-security-policy']).split('; ')
  expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "base-uri 'none'", "form-action 'none'", 'frame-ancestors *']))
  expect(policy.join()).not.toMatch(/script-src|connect-src|unsafe/)
  expect(embed.headers['set-cookie']).toBeUndefined()
  expect(embed.body).not.toMatch(/<script|<form/)
  const picture = await get(`/hinh/chien-dich/${SLUG}.png`)
  expect([picture.status, picture.headers['cross-origin-resource-policy']]).toEqual([200, 'cross-origin'])
  expect(picture.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  // Whoever is told how to embed learns nothing of who asks: no cookie is read for it.
  const told = await get(`/api/oembed?url=${encodeURIComponent(`https://example.org/chien-dich/${SLUG}`)}`)
  expect([told.status, told.headers['access-control-allow-origin'], told.headers['access-control-allow-credentials']]).toEqual([
    200,
    '*',
    undefined,
  ])
})

describe('a donor’s own part', () => {
  const own = () => ({ cookie: `__Secure-tdk_${gift.code}=${gift.secret}` })

  test('is for whose browser has the key, and nobody keeps it', async () => {
    const page = await get(`/theo-doi/${gift.code}`, own())
    expect(page.body).toContain('id="rieng"')
    expect(page.headers['cache-control']).toContain('no-store')
    const changing = await get(`/theo-doi/${gift.code}?sua=co`, own())
    expect(changing.body).toContain('hoa@example.org')
    expect(changing.headers['cache-control']).toContain('no-store')
  })

  test.each<[string, () => OutgoingHttpHeaders]>([
    ['no key', () => ({})],
    ['the key of nothing', () => ({ cookie: `__Secure-tdk_${gift.code}=AAAAAAAAAAAAAAAAAAAAAA` })],
    ['a key that need not have come over TLS', () => ({ cookie: `tdk_${gift.code}=${gift.secret}` })],
  ])('is not there with %s', async (_what, headers) => {
    const page = await get(`/theo-doi/${gift.code}?sua=co`, headers())
    expect(page.status).toBe(200)
    expect(page.body).not.toMatch(/id="rieng"|hoa@example\.org|Lê Thị Hoa/)
    const change = await ask(site.url, { path: `/theo-doi/${gift.code}/huy`, form: {}, headers: headers() })
    expect(change.headers.location).toContain('loi=khong')
  })

  test('opens with the private link, whose key is in no address from then on', async () => {
    const link = await get(`/theo-doi/${gift.code}/khoa/${gift.secret}`)
    expect([link.status, link.headers.location]).toEqual([303, `/theo-doi/${gift.code}#rieng`])
    expect(link.headers['cache-control']).toBe('no-store')
    const [cookie = ''] = link.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^__Secure-tdk_\w+=[\w-]{22}; Path=\/theo-doi\/\w+; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
  })

  test('is left with what was typed in a cookie of that form alone', async () => {
    const back = await ask(site.url, { path: `/ung-ho/${SLUG}/gui`, form: { ...wish, formKey: await keyOf(), email: 'sai' } })
    const [cookie = ''] = back.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^__Secure-td_nhap=[\w-]+; Path=\/ung-ho\/ao-am-thu; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/)
    const form = await get(back.headers.location ?? '', { cookie: cookie.split(';')[0] })
    expect(form.body).toContain('value="sai"')
    expect(form.headers['cache-control']).toContain('no-store')
  })
})

test.each([
  '/vi//evil.example',
  '/vi/%2F%2Fevil.example',
  '/vi/%5Cevil.example',
  '/vi/\\evil.example',
  '/vi/%09/evil.example',
  '//evil.example/',
  '/en//evil.example/',
  '/ung-ho/%2F%2Fevil.example/gui',
  '/ung-ho/%0D%0ALocation:%20https:%2F%2Fevil.example/gui',
  '/theo-doi/evil.example/huy',
  '/tra-cuu?ma=%2F%2Fevil.example',
])('%s leads to no other site', async (path) => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }
  const { status, headers: answered } = await get(path, headers)
  expect(status).toBeLessThan(500)
  if (answered.location !== undefined) expect(answered.location).toMatch(/^\/(?![/\\])/)
})

test('no page is made of what a request says of the site’s address', async () => {
  const said = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
  for (const path of ['/quy', `/ung-ho/${SLUG}`, `/theo-doi/${gift.code}`, '/khong-co']) {
    const answer = await get(path, said)
    expect(JSON.stringify([answer.headers, answer.body])).not.toContain('evil.example')
  }
})

describe('a connection', () => {
  const post = 'POST /api/webhooks/sepay HTTP/1.1\r\nHost: x\r\nConnection: close\r\n'
  test.each([
    ['two lengths of its body', `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['two other lengths', `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`],
    ['a coding nobody knows', `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a space before a colon', `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['a folded line', `GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\nConnection: close\r\n\r\n`],
    ['bare line feeds', `GET / HTTP/1.1\nHost: x\nConnection: close\n\n`],
  ])('with %s is refused, and carries no second request', async (_what, bytes) => {
    const answer = await sendRaw(site.url, bytes)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  test.each(['/', '//x', '/api/khong-co'])('that asks for another protocol at %s is closed', async (path) => {
    const answer = await sendRaw(site.url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    expect(answer).not.toMatch(/^HTTP\/1\.1 (?:101|2)/)
  })
})
