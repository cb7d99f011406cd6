import { expect, open, test } from './fixtures'

test.use({ javaScriptEnabled: false })

test('each page is complete without JavaScript', async ({ page, pages, browser, baseURL }) => {
  test.setTimeout(180_000)
  const scripted = await browser.newPage({ javaScriptEnabled: true, ...(baseURL === undefined ? {} : { baseURL }) })
  const textOf = async (on: typeof page) => (await on.locator('main').innerText()).replace(/\s+/g, ' ')
  for (const { path, status } of pages) {
    const response = await page.goto(path)
    expect.soft(response?.status(), path).toBe(status)
    await open(scripted, path, status)
    const [without, withScripts] = [await textOf(page), await textOf(scripted)]
    expect(without.length, path).toBeGreaterThan(40)
    // A script may say a little more or hide what it replaces, never carry the page.
    expect(without.length, path).toBeGreaterThan(withScripts.length * 0.9)
    expect(await page.locator('main').isVisible(), path).toBe(true)
    expect(await page.locator('div[hidden][id^="S:"]').count(), `unfinished pieces on ${path}`).toBe(0)
  }
  await scripted.close()
})
