import { describe, expect, test } from 'vitest'
import { parseStorableJson } from './json'
import { withoutRuntime } from './without-runtime'
import { readBody } from './body'
import { problem } from './problem'

describe('JSON that is kept', () => {
  test('loses what neither engine stores', () => {
    expect(parseStorableJson('{"a\\u0000":"x\\u0000y","b":["\\ud800"]}').stored).toEqual({ a: 'xy', b: ['\ufffd'] })
  })

  test.each(['', 'no', '[', `${'['.repeat(5_000)}${']'.repeat(5_000)}`])('that is none is kept as text', (text) => {
    expect(parseStorableJson(text)).toEqual({ value: null, stored: { text } })
  })
})

test('a body is read up to its bound', async () => {
  const post = (body: string) => new Request('http://x/', { method: 'POST', body })
  expect(String(await readBody(post('ấm'), 5))).toBe('ấm')
  expect(await readBody(post('x'.repeat(6)), 5)).toBeNull()
})

test('a problem is a document of RFC 9457', async () => {
  const response = problem(404, 'Unknown', 'Nothing was kept.')
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toEqual({ type: 'about:blank', title: 'Unknown', status: 404, detail: 'Nothing was kept.' })
})

describe('a page without Next’s runtime', () => {
  test('keeps our modules and data, and nothing else', () => {
    const kept = '<script type="module" src="/js/gift.js"></script><script type="application/ld+json">{}</script>'
    const gone =
      '<link rel="preload" as="script" href="/_next/x.js"/><script src="/_next/x.js" async=""></script><script>self.__next_f.push([1,"</p>"])</script>'
    expect(withoutRuntime(`<head>${gone}</head><body>${kept}${gone}</body>`)).toBe(`<head></head><body>${kept}</body>`)
  })

  test('is loaded again where it asks for that', () => {
    const refresh = '<noscript><meta http-equiv="refresh" content="20"/></noscript>'
    expect(withoutRuntime(`<head></head><body><p>a</p>${refresh}</body>`)).toBe(`<head>${refresh}</head><body><p>a</p></body>`)
  })
})
