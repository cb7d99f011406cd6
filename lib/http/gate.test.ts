import { expect, test } from 'vitest'
import { closedTo } from './gate'

const ask = (method: string, url: string, headers: Record<string, string> = {}) =>
  closedTo({ method, headers: { host: 'example.org', ...headers } }, url)?.status ?? 'open'

const GIVE = '/ung-ho/ao-am-ba-vi/gui'

test.each([
  ['GET', '/', 'open'],
  ['HEAD', GIVE, 'open'],
  ['POST', GIVE, 'open'],
  ['POST', `/en${GIVE}`, 'open'],
  ['POST', '/theo-doi/TD7K4MX9Q/the', 'open'],
  ['POST', '/theo-doi/TD7K4MX9Q/the/xong', 405],
  ['POST', '/ung-ho/ao-am-ba-vi/hien-vat/gui', 'open'],
  ['POST', '/theo-doi/TD7K4MX9Q/sua-hien-vat', 'open'],
  ['POST', '/ung-ho/ao-am-ba-vi/hien-vat', 405],
  ['POST', '/api/webhooks/sepay', 'open'],
  ['POST', '/', 405],
  ['POST', '/chien-dich/ao-am-ba-vi', 405],
  ['PUT', GIVE, 405],
  ['TRACE', '/', 405],
  ['PROPFIND', '/xa', 405],
])('%s %s is %s', (method, url, answer) => {
  expect(ask(method, url)).toBe(answer)
})

test.each<[Record<string, string>, 'open' | 403]>([
  [{ 'sec-fetch-site': 'same-origin' }, 'open'],
  [{ 'sec-fetch-site': 'none' }, 'open'],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://example.org' }, 403],
  [{ origin: 'https://example.org' }, 'open'],
  [{ origin: 'null' }, 'open'],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'nonsense' }, 403],
])('a form with %j is %s', (headers, answer) => {
  expect(ask('POST', GIVE, headers)).toBe(answer)
  expect(ask('POST', '/api/webhooks/sepay', headers)).toBe('open')
})

test.each<[Record<string, string>, 'open' | 403]>([
  [{ 'sec-fetch-site': 'same-origin' }, 'open'],
  [{ origin: 'https://example.org' }, 'open'],
  [{ 'sec-fetch-site': 'none' }, 403],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{}, 403],
])('a form of the console with %j is %s', (headers, answer) => {
  expect(ask('POST', '/quan-tri/ha-noi/nguoi/chi-dinh', headers)).toBe(answer)
  expect(ask('POST', '/en/quan-tri/dang-nhap/gui', headers)).toBe(answer)
})

test('a page of the console takes nothing that is posted', () => {
  expect(ask('POST', '/quan-tri/ha-noi/nguoi', { origin: 'https://example.org' })).toBe(405)
})
