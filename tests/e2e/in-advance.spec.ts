import { publicPageKey } from '../../lib/http/pages/route'
import { expect, open, test } from './fixtures'

test('a page is fetched in advance when the pointer rests on its link, and is there at once', async ({ page, context }) => {
  await open(page, '/')
  const link = page.locator('a[href^="/chien-dich/"]').first()
  const path = (await link.getAttribute('href')) ?? ''
  const inAdvance = context.waitForEvent('request', (request) => request.headers()['sec-purpose'] === 'prefetch')
  const answer = context.waitForEvent('response', (response) => response.request().headers()['sec-purpose'] === 'prefetch')
  await link.hover()
  expect(new URL((await inAdvance).url()).pathname).toBe(path)
  expect((await answer).status()).toBe(200)
  await (await answer).finished()
  await link.click()
  await page.waitForURL(`**${path}`)
  const how = await page.evaluate(() => performance.getEntriesByType('navigation').map((entry) => entry.toJSON() as unknown))
  expect(how).toMatchObject([{ deliveryType: 'navigational-prefetch' }])
})

test('no page lets browsers follow in advance a link to anything that is for one visitor', async ({ page, pages, context }) => {
  const session = await context.newCDPSession(page)
  let followed: string[] = []
  session.on('Preload.preloadingAttemptSourcesUpdated', ({ preloadingAttemptSources }) => {
    followed = preloadingAttemptSources.map(({ key }) => new URL(key.url)).map(({ pathname, search }) => pathname + search)
  })
  await session.send('Preload.enable')
  for (const { path, status } of pages.filter(({ status }) => status === 200)) {
    followed = []
    await open(page, path, status)
    await expect.soft.poll(() => followed.length, { message: path }).toBeGreaterThan(3)
    expect
      .soft(
        followed.filter((link) => publicPageKey('GET', link) === null),
        path,
      )
      .toEqual([])
  }
})
