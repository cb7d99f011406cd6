import { z } from 'zod'
import { expect, test } from './fixtures'
import { pngSize } from './png'
import { inLocale, LOCALES } from './site'

const MANIFEST = z.object({
  lang: z.string(),
  start_url: z.string(),
  icons: z.array(z.object({ src: z.string(), sizes: z.string(), type: z.string() })),
})

/** Reads XML as strictly as a browser does. */
const read = (text: string): { error: string | null; root: string; addresses: string[] } => {
  const xml = new DOMParser().parseFromString(text, 'application/xml')
  return {
    error: xml.querySelector('parsererror')?.textContent ?? null,
    root: xml.documentElement.localName,
    addresses: [...xml.querySelectorAll('loc')].map(({ textContent }) => textContent),
  }
}

test('sitemaps are well formed and name every public page, and none that is not', async ({ page, request, pages, baseURL }) => {
  await page.goto('/tra-cuu')
  const index = await request.get('/sitemap.xml')
  expect(index.headers()['content-type']).toBe('application/xml; charset=utf-8')
  const { root, addresses: maps } = await page.evaluate(read, await index.text())
  expect(root).toBe('sitemapindex')
  const found = new Set<string>()
  for (const map of maps) {
    const answer = await page.evaluate(read, await (await request.get(map)).text())
    expect([answer.error, answer.root]).toEqual([null, 'urlset'])
    for (const address of answer.addresses) {
      expect(found.has(address), `${address} twice`).toBe(false)
      found.add(address)
    }
  }
  const isPublic = ({ name, path, status }: (typeof pages)[number]) =>
    status === 200 && !/^gift|test bank|^give (?:goods )?to a campaign/.test(name) && !path.includes('?')
  for (const locale of LOCALES)
    for (const one of pages.filter(isPublic)) expect.soft(found, one.path).toContain(`${baseURL}${inLocale(locale, one.path)}`)
  expect([...found].filter((address) => /theo-doi|ngan-hang|\/gui|\/api\//.test(address))).toEqual([])
  // Each of the first, the last and some between leads to a page that calls itself by that very address.
  const all = [...found]
  for (const address of all.filter((_, index) => index % Math.ceil(all.length / 25) === 0)) {
    const html = await (await request.get(address)).text()
    expect.soft(html, address).toContain(`<link rel="canonical" href="${address.replace(/\/$/, '')}"`)
  }
})

for (const locale of LOCALES) {
  for (const [index, kind] of ['/chien-dich/', '/dot-trao/'].entries())
    test(`the feed of ${kind} is well formed, and found by the head of each page (${locale})`, async ({ page, request, baseURL }) => {
      await page.goto(inLocale(locale, '/'))
      const address = await page.locator('head > link[type="application/atom+xml"]').nth(index).getAttribute('href')
      const feed = await request.get(address ?? '')
      expect(feed.headers()['content-type']).toBe('application/atom+xml; charset=utf-8')
      const facts = await page.evaluate(
        (text) => {
          const xml = new DOMParser().parseFromString(text, 'application/xml')
          const texts = (name: string) => [...xml.querySelectorAll(name)].map(({ textContent }) => textContent)
          const links = [...xml.querySelectorAll('entry > link')].map((link) => link.getAttribute('href') ?? '')
          return { root: xml.documentElement.namespaceURI, ids: texts('id'), updated: texts('entry > updated'), links }
        },
        await feed.text(),
      )
      expect(facts.root).toBe('http://www.w3.org/2005/Atom')
      expect(facts.ids.length).toBeGreaterThan(5)
      expect(new Set(facts.ids).size).toBe(facts.ids.length)
      expect(facts.updated).toEqual(facts.updated.toSorted().reverse())
      for (const link of new Set(facts.links)) {
        expect.soft(link.startsWith(`${baseURL}${inLocale(locale, kind)}`), link).toBe(true)
        expect.soft((await request.get(link)).status(), link).toBe(200)
      }
    })

  test(`the manifest names icons that are there (${locale})`, async ({ page, request }) => {
    await page.goto(inLocale(locale, '/'))
    const href = await page.locator('head > link[rel=manifest]').getAttribute('href')
    const response = await request.get(href ?? '')
    expect(response.headers()['content-type']).toBe('application/manifest+json; charset=utf-8')
    const manifest = MANIFEST.parse(await response.json())
    expect([manifest.lang, manifest.start_url]).toEqual([locale, inLocale(locale, '/')])
    for (const { src, sizes, type } of manifest.icons) {
      const icon = await request.get(src)
      expect.soft([icon.status(), icon.headers()['content-type']?.split(';')[0]], src).toEqual([200, type])
      if (type === 'image/png') expect.soft(`${pngSize(await icon.body())?.width}x${pngSize(await icon.body())?.height}`, src).toBe(sizes)
    }
    const apple = await page.locator('head > link[rel=apple-touch-icon]').getAttribute('href')
    expect(pngSize(await (await request.get(apple ?? '')).body())).toEqual({ width: 180, height: 180 })
  })
}

test('robots are told what is not for search, and where the sitemaps are', async ({ request, baseURL }) => {
  const lines = (await (await request.get('/robots.txt')).text()).split('\n')
  expect(lines).toContain(`Sitemap: ${baseURL}/sitemap.xml`)
  for (const path of ['/theo-doi/', '/en/theo-doi/', '/api/', '/quan-tri', '/ung-ho/*/gui'])
    expect.soft(lines).toContain(`Disallow: ${path}`)
  expect(lines).not.toContain('Disallow: /')
})
