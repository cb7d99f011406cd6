import { createServer, type Server } from 'node:http'
import { expect, test } from './fixtures'
import { inLocale, LOCALES } from './site'

const MOST_BYTES = 15_000

/** A page of somebody else: another site to the browser, since it is reached by another name. */
async function elsewhere(body: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(request.url === '/' ? `<!doctype html><title>x</title><body style="margin:0">${body}</body>` : '')
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://localhost:${address.port}/`, server }
}

for (const locale of LOCALES) {
  for (const width of [280, 500, 800]) {
    test(`the code to paste shows a campaign whole on another site at ${width} px, and leaves no cookie (${locale})`, async ({
      page,
      pages,
      context,
    }) => {
      for (const { path } of pages.filter(({ name }) => name.startsWith('campaign, ') && !name.includes('nothing'))) {
        await page.goto(inLocale(locale, path))
        const code = await page.locator('#nhung-khung').inputValue()
        await context.clearCookies()
        const { url, server } = await elsewhere(`<div style="width:${width}px">${code}</div>`)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          await page.goto(url)
          const frame = await (await page.waitForSelector('iframe')).contentFrame()
          if (!frame) throw new Error(`no frame for ${path}`)
          // A lazy frame does not hold up the page around it.
          await frame.waitForURL(/\/nhung\/chien-dich\//)
          await frame.waitForLoadState('load')
          const seen = await frame.evaluate(() => {
            const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement
            const cut = [...document.querySelectorAll('h1, p, a, b')].filter(
              (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline',
            )
            const title = document.querySelector('h1')
            return {
              ...{ over: scrollHeight - clientHeight, wide: scrollWidth - clientWidth, width: clientWidth },
              cut: cut.map(({ textContent }) => textContent),
              isTitleWhole: title !== null && title.scrollHeight <= title.clientHeight + 1,
              ground: getComputedStyle(document.body).backgroundColor,
              targets: [...document.querySelectorAll('a')].map(({ target }) => target),
              scripts: document.scripts.length,
            }
          })
          expect.soft(seen, path).toMatchObject({ over: 0, wide: 0, width, cut: [], isTitleWhole: true, scripts: 0 })
          expect.soft(seen.ground, path).toBe(colorScheme === 'light' ? 'rgb(244, 241, 230)' : 'rgb(15, 21, 48)')
          expect.soft(new Set(seen.targets), path).toEqual(new Set(['_blank']))
        }
        expect.soft(await context.cookies(), path).toEqual([])
        server.close()
      }
    })
  }
}

test('an embed is small, framed by anybody, and the only page that is', async ({ request, pages, page }) => {
  const path = pages.find(({ name }) => name === 'campaign, open')?.path ?? ''
  const embed = await request.get(`/nhung${path}`)
  const styles = await request.get('/embed.css')
  expect((await embed.body()).length + (await styles.body()).length).toBeLessThan(MOST_BYTES)
  expect(embed.headers()['content-security-policy']).toContain('frame-ancestors *')
  expect(embed.headers()['set-cookie']).toBeUndefined()
  for (const other of [path, `/en${path}`, '/', '/nhung', `/nhung${path}/x`, `/ung-ho/x`])
    expect.soft((await request.get(other)).headers()['content-security-policy'], other).toContain("frame-ancestors 'none'")

  const badge = await request.get(`/nhung${path}.svg`)
  expect(badge.headers()['content-type']).toBe('image/svg+xml; charset=utf-8')
  const { url, server } = await elsewhere(`<img src="${embed.url()}.svg" alt="">`)
  await page.goto(url)
  expect(
    await page.locator('img').evaluate((img) => (img instanceof HTMLImageElement ? [img.naturalWidth, img.naturalHeight] : [])),
  ).toEqual([360, 96])
  server.close()
})

test('a site that asks by oEmbed is told how, by the link on the page', async ({ request, pages, page, baseURL }) => {
  const path = pages.find(({ name }) => name === 'campaign, open')?.path ?? ''
  for (const locale of LOCALES) {
    await page.goto(inLocale(locale, path))
    const link = await page.locator('head > link[type="application/json+oembed"]').getAttribute('href')
    const response = await request.get(`${link}&maxwidth=320`)
    expect(response.headers()['access-control-allow-origin']).toBe('*')
    const answer: unknown = await response.json()
    expect(answer).toMatchObject({ version: '1.0', type: 'rich', width: 320, height: 510, thumbnail_width: 1200 })
    expect(JSON.stringify(answer)).toContain(`${baseURL}${inLocale(locale, `/nhung${path}`)}`)
  }
})
