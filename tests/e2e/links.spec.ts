import { expect, test } from './fixtures'
import { linksOf } from './site'

const MOST_PAGES = 600
/** Filters multiply: of the same page with other parameters, this many are enough. */
const MOST_QUERIES = 12

test('no link on the site leads nowhere', async ({ request }) => {
  test.setTimeout(240_000)
  const broken: string[] = []
  const from = new Map<string, string>([
    ['/', 'the beginning'],
    ['/en', 'the beginning'],
  ])
  const queries = new Map<string, number>()
  const waiting = [...from.keys()]
  let visited = 0
  for (let path = waiting.shift(); path !== undefined && visited < MOST_PAGES; path = waiting.shift()) {
    visited += 1
    const response = await request.get(path)
    if (response.status() >= 400) broken.push(`${path} (${response.status()}), linked from ${from.get(path)}`)
    if (!(response.headers()['content-type'] ?? '').startsWith('text/html')) continue
    const html = await response.text()
    for (const [, fragment] of html.matchAll(/href="#([^"]+)"/g)) {
      if (fragment !== undefined && !html.includes(`id="${fragment}"`)) broken.push(`#${fragment} is not on ${path}`)
    }
    for (const [, asset = ''] of html.matchAll(/\b(?:src|href)="(\/(?:js|fonts|icons|_next)\/[^"]+)"/g))
      follow(asset.replaceAll('&amp;', '&'), path)
    for (const link of linksOf(html)) follow(link, path)
  }
  expect(broken).toEqual([])
  expect(visited).toBeGreaterThan(50)

  function follow(link: string, page: string) {
    const [base = '', query] = link.split('?')
    if (from.has(link)) return
    if (query !== undefined && !base.startsWith('/_next/')) {
      const seen = queries.get(base) ?? 0
      if (seen >= MOST_QUERIES) return
      queries.set(base, seen + 1)
    }
    from.set(link, page)
    waiting.push(link)
  }
})
