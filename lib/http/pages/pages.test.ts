import { gunzipSync, brotliDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createPageCache, isEncoded, type RenderedPage } from './cache'
import { encodePage } from './encode'
import { publicPageKey } from './route'

describe('the address of a public page', () => {
  const key = (url: string, method = 'GET') => publicPageKey(method, url)

  test.each([
    ['/', '/'],
    ['/en', '/en'],
    ['/chien-dich/ao-am-ba-vi?fbclid=x&utm_source=y', '/chien-dich/ao-am-ba-vi'],
    ['/chien-dich?trang=2&fbclid=x&quy=ha-noi', '/chien-dich?quy=ha-noi&trang=2'],
    ['/en/xa/ba-vi', '/en/xa/ba-vi'],
    ['/ung-ho', '/ung-ho'],
    ['/en/nhung/chien-dich/ao-am-ba-vi?x=1', '/en/nhung/chien-dich/ao-am-ba-vi'],
    ['/nhung/chien-dich/ao-am-ba-vi.svg', '/nhung/chien-dich/ao-am-ba-vi.svg'],
    ['/sitemap/chien-dich-0.xml', '/sitemap/chien-dich-0.xml'],
    ['/feed/chien-dich.xml', '/feed/chien-dich.xml'],
  ])('%s is kept as %s', (url, kept) => {
    expect(key(url)).toBe(kept)
    expect(key(url, 'HEAD')).toBe(kept)
  })

  test.each([
    '/ung-ho/ao-am-ba-vi',
    '/theo-doi/TD7K4MX9Q',
    '/tra-cuu',
    '/ngan-hang-thu',
    '/api/health',
    '/api/oembed?url=x',
    '/hinh/chien-dich/ao-am-ba-vi.png',
    '/_next/static/x.js',
    '/chien-dich?quy=a&quy=b',
    '/xa/%00',
  ])('%s is not kept', (url) => {
    expect(key(url)).toBeNull()
  })

  test('is none for a form that is sent', () => {
    expect(key('/', 'POST')).toBeNull()
  })
})

test('a page is encoded without loss, each encoding under a name of its own', async () => {
  const { bodies, etags } = await encodePage('<p>ấm</p>')
  expect([bodies.identity, brotliDecompressSync(bodies.br), gunzipSync(bodies.gzip)].map(String)).toEqual(Array(3).fill('<p>ấm</p>'))
  expect(new Set(Object.values(etags)).size).toBe(3)
  expect((await encodePage('<p>lạnh</p>')).etags.br).not.toBe(etags.br)
})

describe('the page cache', () => {
  const html = (text: string): RenderedPage => ({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, html: text })

  function set(render?: (key: string) => Promise<RenderedPage>) {
    const state: { version: bigint; sinceMs: number; readMs?: number; nowMs: number; renders: number; ended: number; errors: number } = {
      ...{ version: 1n, sinceMs: 0, nowMs: 0, renders: 0, ended: 0, errors: 0 },
    }
    const cache = createPageCache({
      render: async (key) => {
        state.renders += 1
        return render ? render(key) : html(`${key} at ${state.version}`)
      },
      version: () => ({
        ...{ number: state.version, knownSinceMs: state.sinceMs },
        ...(state.readMs === undefined ? {} : { readMs: state.readMs }),
      }),
      nowMs: () => state.nowMs,
      maxBytes: 100_000,
      onError: () => (state.errors += 1),
      onRendered: () => (state.ended += 1),
    })
    const read = async (key = '/') => {
      const page = await cache.get(key)
      return isEncoded(page) ? String(page.bodies.identity) : page.html
    }
    const change = () => {
      state.version += 1n
      state.sinceMs = state.nowMs
    }
    /** Until what was asked for meanwhile is rendered, and kept. */
    const settled = () => expect.poll(() => state.renders - state.ended, { interval: 5 }).toBe(0)
    return { state, cache, read, change, settled }
  }

  test('renders a page once while nothing changes', async () => {
    const { state, read } = set()
    expect([await read(), await read(), await read()]).toEqual(['/ at 1', '/ at 1', '/ at 1'])
    expect(state.renders).toBe(1)
  })

  test('renders once for all who come at the same time', async () => {
    const { state, read } = set()
    await Promise.all(Array.from({ length: 50 }, () => read()))
    expect(state.renders).toBe(1)
  })

  test('after a change gives the page before it for a moment, and then never again', async () => {
    const { state, read, change, settled } = set()
    await read()
    change()
    state.nowMs += 999
    expect(await read()).toBe('/ at 1')
    await settled()
    expect(await read()).toBe('/ at 2')

    change()
    state.nowMs += 1_001
    expect(await read()).toBe('/ at 3')
    expect(state.renders).toBe(3)
  })

  test('does not give a page that is two changes old', async () => {
    const { read, change } = set()
    await read()
    change()
    change()
    expect(await read()).toBe('/ at 3')
  })

  test('takes a page whose render began before a change for old', async () => {
    let release = () => undefined as void
    const { state, read, change } = set(
      (key) =>
        new Promise((resolve) => {
          const text = `${key} at ${state.version}`
          release = () => resolve(html(text))
        }),
    )
    const first = read()
    change()
    release()
    expect(await first).toBe('/ at 1')
    state.nowMs += 1_001
    const second = read()
    release()
    expect(await second).toBe('/ at 2')
  })

  test('waits out a render that began before a change, and renders once for all who waited', async () => {
    const releases: (() => void)[] = []
    const { state, read, change } = set(
      (key) =>
        new Promise((resolve) => {
          const text = `${key} at ${state.version}`
          releases.push(() => resolve(html(text)))
        }),
    )
    const first = read()
    change()
    state.nowMs += 5_000
    const later = [read(), read()]
    releases[0]?.()
    await first
    await expect.poll(() => releases, { interval: 5 }).toHaveLength(2)
    releases[1]?.()
    expect(await Promise.all(later)).toEqual(['/ at 2', '/ at 2'])
    expect(state.renders).toBe(2)
  })

  test('looks again after a minute', async () => {
    const { state, read, settled } = set()
    await read()
    state.nowMs += 60_000
    await read()
    await settled()
    expect(state.renders).toBe(2)
  })

  test.each<[string, RenderedPage]>([
    ['that sets a cookie', { ...html('x'), headers: { 'content-type': 'text/html', 'set-cookie': 'a=b' } }],
    ['that passes by', { ...html('x'), headers: { 'content-type': 'text/html', 'x-passing': '1' } }],
    ['that is not found', { ...html('x'), status: 404 }],
    ['that is not HTML', { ...html('x'), headers: { 'content-type': 'application/json' } }],
    ['that is not whole', html('<div hidden id="S:0"></div>')],
  ])('does not keep a page %s', async (_what, page) => {
    const { state, read } = set(async () => page)
    await read()
    await read()
    expect(state.renders).toBe(2)
  })

  describe('while the public state is not read', () => {
    test('asks for a new page soon, and shows the one it has meanwhile', async () => {
      const { state, read, settled } = set(async (key) => html(`${key} rendered ${state.renders}`))
      state.readMs = 0
      expect(await read()).toBe('/ rendered 1')
      state.nowMs = 2_000
      expect([await read(), state.renders]).toEqual(['/ rendered 1', 1])
      state.nowMs = 2_001
      expect([await read(), await read(), await read()]).toEqual(Array(3).fill('/ rendered 1'))
      await settled()
      expect(state.renders).toBe(2)
      // Not for every reader: once a second.
      expect([await read(), await read()]).toEqual(['/ rendered 2', '/ rendered 2'])
      await settled()
      state.nowMs += 1_000
      await read()
      await settled()
      expect(state.renders).toBe(4)
    })

    test('shows what was true at the last look for a minute, and then nothing that it does not know', async () => {
      const failed: RenderedPage = { status: 500, headers: { 'content-type': 'text/html' }, html: 'failed' }
      let fails = false
      const { state, read, settled } = set(async () => (fails ? failed : html('well')))
      state.readMs = 0
      await read()
      fails = true
      for (const nowMs of [3_000, 30_000, 60_000]) {
        state.nowMs = nowMs
        expect(await read()).toBe('well')
        await settled()
      }
      state.nowMs = 60_001
      expect(await read()).toBe('failed')
      fails = false
      expect(await read()).toBe('well')
    })
  })

  test('a page that can’t be rendered now stays as it was, and one that is gone goes', async () => {
    let answer = html('well')
    const { state, read, settled } = set(async () => answer)
    await read()
    state.nowMs = 60_000
    for (const status of [500, 503, 429]) {
      answer = { ...html('not now'), status }
      state.nowMs += 1_000
      expect(await read()).toBe('well')
      await settled()
    }
    expect(state.renders).toBe(4)
    answer = { ...html('gone'), status: 404 }
    state.nowMs += 1_000
    expect(await read()).toBe('well')
    await settled()
    expect(await read()).toBe('gone')
    expect(state.errors).toBe(0)
  })

  test('lets who asks render in its place', async () => {
    const { cache, state } = set()
    const made = await cache.get('/', undefined, async () => html('in turn'))
    expect([isEncoded(made) && String(made.bodies.identity), state.renders]).toEqual(['in turn', 0])
    expect(cache.current('/')?.page).toBe(made)
    expect(cache.current('/xa')).toBeUndefined()
  })

  test('forgets a failed render, and tries again', async () => {
    let fails = true
    const { read } = set(async () => {
      if (fails) throw new Error('no database')
      return html('well')
    })
    await expect(read()).rejects.toThrow('no database')
    fails = false
    expect(await read()).toBe('well')
  })

  test('keeps within its bytes', async () => {
    const { cache, read } = set(async (key) => html(`${key}${Math.random().toString(36).repeat(500)}`))
    for (let index = 0; index < 40; index++) await read(`/${index}`)
    expect(cache.bytes()).toBeLessThanOrEqual(100_000)
  })
})
