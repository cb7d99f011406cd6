import type { APIRequestContext } from '@playwright/test'
import { expect, open, test } from './fixtures'
import { pngSize } from './png'
import { inLocale, LOCALES } from './site'

/** Data a page must carry for programs, by the kind of page. */
const DATA: readonly { page: RegExp; types: readonly string[] }[] = [
  { page: /^home$/, types: ['WebSite'] },
  { page: /^campaign, open\b/, types: ['Project', 'DonateAction', 'NGO', 'BreadcrumbList'] },
  { page: /^campaign, /, types: ['Project', 'NGO', 'BreadcrumbList'] },
  { page: /^(?:former )?commune$/, types: ['BreadcrumbList'] },
  { page: /^category$/, types: ['BreadcrumbList'] },
  { page: /^(?:spend\b.*|delivery)$/, types: ['BreadcrumbList'] },
  { page: /^fund$/, types: ['NGO', 'BreadcrumbList'] },
]

/** Pages whose links show a picture of their own; all others show the site's. */
const OWN_PICTURE = /^(?:home|campaign, .*|commune|former commune|category|fund|give to a campaign|delivery|thanks.*)$/

/** The picture that links to a page show: kept for ever under its version, a minute without. */
async function lookAtPicture(request: APIRequestContext, address: string, place: string): Promise<void> {
  expect.soft(address.startsWith(place), address).toBe(true)
  const response = await request.get(address)
  expect.soft([response.status(), response.headers()['content-type']], address).toEqual([200, 'image/png'])
  expect.soft(response.headers()['cache-control'], address).toContain('immutable')
  expect.soft(response.headers()['cross-origin-resource-policy'], address).toBe('cross-origin')
  expect.soft(pngSize(await response.body()), address).toEqual({ width: 1200, height: 630 })
  const unversioned = await request.get(address.replace(/\?.*/, ''))
  expect.soft(unversioned.headers()['cache-control'], address).toBe('public, max-age=60')
}

for (const locale of LOCALES) {
  test(`each page says what it is and where its other language stands (${locale})`, async ({ page, pages, baseURL, request }) => {
    const origin = baseURL ?? ''
    const titles = new Map<string, string>()
    const pictures = new Set<string>()
    for (const { name, path, status } of pages) {
      await open(page, inLocale(locale, path), status)
      const facts = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        title: document.title,
        titles: document.querySelectorAll('head > title').length,
        description: document.querySelector<HTMLMetaElement>('head > meta[name=description]')?.content ?? '',
        canonical: document.querySelector<HTMLLinkElement>('head > link[rel=canonical]')?.getAttribute('href') ?? '',
        alternates: Object.fromEntries(
          [...document.querySelectorAll<HTMLLinkElement>('head > link[rel=alternate][hreflang]')].map((link) => [
            link.hreflang,
            link.getAttribute('href') ?? '',
          ]),
        ),
        headings: [...document.querySelectorAll('h1')].map((heading) => heading.textContent.trim()),
        doctype: document.doctype?.name,
        charset: document.characterSet,
        twins: [...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index),
        shared: Object.fromEntries(
          [...document.querySelectorAll<HTMLMetaElement>('head > meta:is([property], [name])')].map((meta) => [
            meta.getAttribute('property') ?? meta.name,
            meta.content,
          ]),
        ),
        data: [...document.querySelectorAll('script[type="application/ld+json"]')].map((block) => block.textContent),
        robots: document.querySelector<HTMLMetaElement>('head > meta[name=robots]')?.content ?? '',
      }))
      expect.soft(facts.lang, path).toBe(locale)
      expect.soft(facts.titles, path).toBe(1)
      expect.soft(facts.title.length, `title of ${path}`).toBeGreaterThan(5)
      expect.soft(facts.headings.filter(Boolean), `h1 of ${path}`).toHaveLength(1)
      expect.soft([facts.doctype, facts.charset, facts.twins], path).toEqual(['html', 'UTF-8', []])
      if (status === 404) {
        expect.soft(facts.robots, path).toContain('noindex')
        continue
      }
      expect.soft(facts.description.length, `description of ${path}`).toBeGreaterThan(30)
      expect.soft(facts.description.length, `description of ${path}`).toBeLessThanOrEqual(160)
      const { shared } = facts
      for (const name of ['og:title', 'og:description', 'og:url', 'og:site_name', 'og:image:alt', 'twitter:title'])
        expect.soft(shared[name]?.length, `${name} of ${path}`).toBeGreaterThan(3)
      expect.soft(shared['og:url'], path).toBe(facts.canonical)
      expect.soft([shared['og:locale'], shared['og:locale:alternate']].toSorted(), path).toEqual(['en_GB', 'vi_VN'])
      expect.soft(shared['twitter:card'], path).toBe('summary_large_image')
      expect.soft(shared['twitter:image'], path).toBe(shared['og:image'])
      const picture = shared['og:image'] ?? ''
      expect.soft(/\/hinh\/trang\/tung-dong\.png/.test(picture), `${picture} on ${path}`).toBe(!OWN_PICTURE.test(name))
      // At once: when a gift comes that another test gives, there is a newer picture.
      if (!pictures.has(picture)) await lookAtPicture(request, picture, `${origin}${inLocale(locale, '/hinh/')}`)
      pictures.add(picture)
      const types = DATA.find((kind) => kind.page.test(name))?.types ?? []
      expect.soft(facts.data, path).toHaveLength(types.length > 0 ? 1 : 0)
      for (const block of facts.data) {
        JSON.parse(block)
        expect.soft(block, path).toContain('"@context":"https://schema.org"')
        for (const type of types) expect.soft(block, path).toContain(`"@type":"${type}"`)
        if (/^campaign, (?!open)/.test(name)) expect.soft(block, path).not.toContain('"@type":"DonateAction"')
      }
      if (facts.robots.includes('noindex')) {
        expect.soft(name, `${path} may be found by search engines`).toMatch(/gift|look-up|test bank|nothing found|statement, /)
        continue
      }
      expect.soft(name).not.toMatch(/gift that|test bank/)
      expect.soft(facts.canonical, path).toBe(`${origin}${inLocale(locale, path)}`.replace(/\/$/, ''))
      const other = { vi: `${origin}${path}`.replace(/\/$/, ''), en: `${origin}${inLocale('en', path)}` }
      expect.soft(facts.alternates, path).toEqual({ ...other, 'x-default': other.vi })
      expect.soft(titles.get(facts.title), `${path} has the title of another page`).toBeUndefined()
      titles.set(facts.title, path)
    }
    expect(pictures.size).toBeGreaterThan(8)
  })
}
