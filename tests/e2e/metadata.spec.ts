import { expect, open, test } from './fixtures'
import { inLocale, LOCALES } from './site'

for (const locale of LOCALES) {
  test(`each page says what it is and where its other language stands (${locale})`, async ({ page, pages, baseURL }) => {
    const origin = baseURL ?? ''
    const titles = new Map<string, string>()
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
        robots: document.querySelector<HTMLMetaElement>('head > meta[name=robots]')?.content ?? '',
      }))
      expect.soft(facts.lang, path).toBe(locale)
      expect.soft(facts.titles, path).toBe(1)
      expect.soft(facts.title.length, `title of ${path}`).toBeGreaterThan(5)
      expect.soft(facts.headings.filter(Boolean), `h1 of ${path}`).toHaveLength(1)
      if (status === 404) {
        expect.soft(facts.robots, path).toContain('noindex')
        continue
      }
      expect.soft(facts.description.length, `description of ${path}`).toBeGreaterThan(30)
      expect.soft(facts.description.length, `description of ${path}`).toBeLessThanOrEqual(160)
      if (facts.robots.includes('noindex')) {
        expect.soft(name, `${path} may be found by search engines`).toMatch(/gift|look-up|test bank|nothing found/)
        continue
      }
      expect.soft(name).not.toMatch(/gift that|test bank/)
      expect.soft(facts.canonical, path).toBe(`${origin}${inLocale(locale, path)}`.replace(/\/$/, ''))
      const other = { vi: `${origin}${path}`.replace(/\/$/, ''), en: `${origin}${inLocale('en', path)}` }
      expect.soft(facts.alternates, path).toEqual({ ...other, 'x-default': other.vi })
      expect.soft(titles.get(facts.title), `${path} has the title of another page`).toBeUndefined()
      titles.set(facts.title, path)
    }
  })
}
