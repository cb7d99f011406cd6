import { createServer, type RequestListener } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { parseStorableJson } from './json'
import { rewriteHtml, withoutRuntime } from './page-response'
import { problem, readBody } from './problem'

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
  expect(await readBody(post('ấm'), 5)).toBe('ấm')
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
})

describe('rewriting a response', () => {
  const servers: (() => void)[] = []
  afterEach(() => servers.splice(0).forEach((close) => close()))

  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer((request, response) => {
      rewriteHtml(request, response, (status, html) => `${status} ${html.toUpperCase()}`)
      answer(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push(() => server.close())
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return `http://127.0.0.1:${address.port}/`
  }

  test('waits for the whole page, whatever the pieces', async () => {
    const url = await serve((_request, response) => {
      response.statusCode = 404
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      const bytes = Buffer.from('<p>ấm</p>')
      response.write(bytes.subarray(0, 4))
      response.write(bytes.subarray(4))
      response.end('<b>')
    })
    const answer = await fetch(url)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('404 <P>ẤM</P><B>')
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe(String(Buffer.byteLength('404 <P>ẤM</P><B>')))
  })

  test('leaves everything else alone', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.write('{"a":')
      response.end('1}')
    })
    expect(await (await fetch(url)).text()).toBe('{"a":1}')
  })
})
