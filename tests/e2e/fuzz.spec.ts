import type { APIResponse } from '@playwright/test'
import { expect, test } from './fixtures'
import { inLocale } from './site'

const EVIL = [
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  '1e999',
  '9'.repeat(40),
  "'",
  '"><script>alert(1)</script>',
  "1' or '1'='1",
  '../../etc/passwd',
  '%00',
  '\u0000',
  '\ud800',
  '\u202e\u200b',
  '👩‍👩‍👧‍👦',
  'Ạ'.repeat(3000),
  '[object Object]',
  '__proto__',
  'constructor',
  '{{7*7}}',
  'TD2222222',
  'dang-nhan',
]

/** As in an address, also where the text is no valid Unicode. */
const encode = (text: string): string => (text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80')

const names = (html: string): string[] => [
  ...new Set([...html.matchAll(/<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"/g)].map(([, name = '']) => name)),
]

test('no parameter makes a page fail', async ({ request, pages }) => {
  test.setTimeout(240_000)
  const failures: string[] = []
  const get = async (address: string) => {
    const response = await request
      .get(address, { maxRedirects: 3 })
      .catch((error: unknown) => (error instanceof Error ? error : new Error('failed')))
    if (response instanceof Error) failures.push(`${address.slice(0, 120)}: ${response.message.slice(0, 120)}`)
    else if (response.status() >= 500) failures.push(`${response.status()} ${address.slice(0, 120)}`)
  }
  for (const { path } of pages.filter((page) => page.status === 200 && !page.path.includes('?'))) {
    const html = await (await request.get(path)).text()
    const parameters = [...names(html), 'trang', 'fbclid', '__proto__']
    for (const [index, value] of EVIL.entries()) {
      // Each value meets each parameter somewhere, without trying every pair on every page.
      const name = parameters[index % parameters.length] ?? 'q'
      await get(`${path}?${name}=${encode(value)}`)
      if (index % 4 === 0) await get(`${inLocale('en', path)}?${parameters.map((other) => `${other}=${encode(value)}`).join('&')}`)
    }
    await get(`${path}?${parameters.map((name) => `${name}=a&${name}=b&${name}[]=c`).join('&')}`)
    await get(`${path}?%`)
    await get(`${path}?=&&&`)
  }
  expect(failures).toEqual([])
})

test('no address makes a page fail', async ({ request }) => {
  const failures: string[] = []
  for (const base of [
    '/chien-dich/',
    '/xa/',
    '/nhu-cau/',
    '/quy/',
    '/ung-ho/',
    '/theo-doi/',
    '/en/chien-dich/',
    '/en/theo-doi/',
    '/api/gifts/',
    '/api/',
    '/',
  ]) {
    for (const value of EVIL.filter((text) => text.length < 100)) {
      const response = await request.get(`${base}${encode(value)}`, { maxRedirects: 3 })
      if (response.status() >= 500) failures.push(`${response.status()} ${base}${encode(value)}`)
    }
    for (const raw of ['%', '%E0%A4%A', '%2e%2e%2f', 'a/b/c/d', '..;/']) {
      const response = await request.get(`${base}${raw}`, { maxRedirects: 3 })
      if (response.status() >= 500) failures.push(`${response.status()} ${base}${raw}`)
    }
  }
  expect(failures).toEqual([])
})

test('no body makes a form or the webhook fail', async ({ request, pages }) => {
  test.setTimeout(180_000)
  const failures: string[] = []
  const note = (what: string, response: APIResponse) => {
    if (response.status() >= 500) failures.push(`${response.status()} ${what}`)
  }
  let forms = 0
  for (const { path } of pages.filter((page) => page.status === 200)) {
    const html = await (await request.get(path)).text()
    for (const [, attributes = '', body = ''] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
      if (!/method="post"/i.test(attributes)) continue
      forms += 1
      const action = /action="([^"]*)"/.exec(attributes)?.[1]?.replaceAll('&amp;', '&') ?? path
      const fields = names(body)
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: new URL((await request.get('/')).url()).origin }
      for (const value of EVIL) {
        note(
          `${action} all fields`,
          await request.post(action, { headers, data: fields.map((field) => `${field}=${encode(value)}`).join('&'), maxRedirects: 0 }),
        )
      }
      for (const data of ['', '%', 'a=%E0%A4%A', '&&&=', fields.map((field) => `${field}=1&${field}=2`).join('&'), 'x'.repeat(200_000)]) {
        note(`${action} ${data.slice(0, 30)}`, await request.post(action, { headers, data, maxRedirects: 0 }))
      }
      note(
        `${action} as JSON`,
        await request.post(action, { headers: { ...headers, 'content-type': 'application/json' }, data: '{"a":', maxRedirects: 0 }),
      )
      note(
        `${action} broken multipart`,
        await request.post(action, {
          headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
          data: '--x\r\n',
          maxRedirects: 0,
        }),
      )
      note(
        `${action} without a type`,
        await request.post(action, { headers: { ...headers, 'content-type': '' }, data: 'a', maxRedirects: 0 }),
      )
    }
  }
  expect(forms, 'forms found').toBeGreaterThan(0)
  for (const data of ['', '{}', '[]', 'null', '{"id":', '"\\ud800"', `{"id":${'9'.repeat(400)}}`, '['.repeat(50_000)]) {
    note(
      `webhook ${data.slice(0, 20)}`,
      await request.post('/api/webhooks/sepay', { data, headers: { 'content-type': 'application/json' } }),
    )
    note(
      'webhook with a wrong key',
      await request.post('/api/webhooks/sepay', { data, headers: { 'content-type': 'application/json', authorization: 'Apikey wrong' } }),
    )
  }
  for (const path of ['/', '/chien-dich', '/api/health', '/api/webhooks/sepay', '/theo-doi/TD2222222']) {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'POST'])
      note(`${method} ${path}`, await request.fetch(path, { method, maxRedirects: 0 }))
  }
  expect(failures).toEqual([])
})
