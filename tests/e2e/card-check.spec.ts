import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { rmSync } from 'node:fs'
import { startSite, type SiteProcess } from '../setup/site-process'
import { expect, test } from './fixtures'
import { inspectDayAndNight } from './inspect'
import { inLocale, linksOf, LOCALES, type SiteLocale } from './site'

// A site of its own: what is tried here closes cards for everybody on it. One proxy in front says who asks.
test.describe.configure({ mode: 'serial', timeout: 240_000 })

const DATA_DIR = '.test/browser-card-data'

let site: SiteProcess
let give = ''
let addresses = 0

test.beforeAll(async ({ browser }) => {
  rmSync(DATA_DIR, { recursive: true, force: true })
  site = await startSite({ DATA_DIR, SAMPLE_PERCENT: '1', TRUSTED_PROXIES: '1' })
  const donor = await newDonor(browser)
  const list = await donor.request.get(`${site.url}/ung-ho`)
  give = linksOf(await list.text()).find((link) => /^\/ung-ho\/[^/?]+$/.test(link)) ?? ''
  await donor.close()
  for (let time = 0; time < 5; time++) await failFrom(browser)
  // News of the last one is on its way.
  await expect(async () => {
    const next = await newDonor(browser)
    expect((await pledge(next)).location).toMatch(/\/the\/xac-minh$/)
    await next.close()
  }).toPass({ timeout: 20_000 })
})
test.afterAll(async () => {
  await site.stop()
})

/** Somebody with a browser and an address of their own. */
function newDonor(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  addresses += 1
  return browser.newContext({ ...options, baseURL: site.url, extraHTTPHeaders: { 'x-forwarded-for': `198.51.100.${addresses}` } })
}

/** Pledges a gift by card, as the form does. @returns where the form leads to, and the code */
async function pledge(donor: BrowserContext, locale: SiteLocale = 'vi'): Promise<{ location: string; code: string }> {
  const path = inLocale(locale, give)
  const formKey = /name="formKey" value="([^"]+)"/.exec(await (await donor.request.get(path)).text())?.[1] ?? ''
  const form = { formKey, amount: 'other', otherAmount: '150.000', method: 'card', donorKind: 'person', name: '', showName: 'no' }
  const answer = await donor.request.post(`${path}/gui`, { form: { ...form, message: '', email: '' }, maxRedirects: 0 })
  const code = (await donor.cookies()).map(({ name }) => /^tdk_(TD\w{7})$/.exec(name)?.[1]).findLast((found) => found !== undefined) ?? ''
  return { location: answer.headers()['location'] ?? '', code }
}

/** Somebody's card is not accepted. @returns false where no card page opens any more */
async function failFrom(browser: Browser): Promise<boolean> {
  const donor = await newDonor(browser)
  const { location } = await pledge(donor)
  const cardPage = /\?the=tam-dung$/.test(location) ? null : /^http/.test(location) ? location : await doWork(donor, location)
  if (cardPage !== null) {
    const answer = await donor.request.post(cardPage, { form: { email: 'a@example.org', name: 'A', card: 'declined' } })
    expect(answer.status()).toBeLessThan(500)
  }
  await donor.close()
  return cardPage !== null
}

/** Opens the card page with the work done, and says where it is; null where news of a card that failed closed cards meanwhile. */
async function doWork(donor: BrowserContext, path: string): Promise<string | null> {
  const page = await donor.newPage()
  await page.goto(path)
  if ((await page.locator('h1').innerText()) === 'Thẻ đang tạm đóng') return null
  await page.locator('#kiem-tra button[type=submit]').click()
  await page.waitForURL(/\/c\/pay\//, { timeout: 60_000 })
  return page.url()
}

const go = (page: Page) => page.locator('#kiem-tra button[type=submit]')
const status = (page: Page) => page.locator('#kiem-tra [role=status]')
const onCardPage = /:\d+\/c\/pay\//

for (const locale of LOCALES) {
  test(`a donor does a little work, gets to the card page and gives (${locale})`, async ({ browser }) => {
    const donor = await newDonor(browser)
    const { location, code } = await pledge(donor, locale)
    expect(location).toBe(inLocale(locale, `/theo-doi/${code}/the/xac-minh`))
    const page = await donor.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(inLocale(locale, `/theo-doi/${code}`))
    await page.locator('form[action$="/the"] button[type=submit]').first().click()
    await expect(page).toHaveURL(new RegExp(`${inLocale(locale, `/theo-doi/${code}`)}/the/xac-minh$`))
    await inspectDayAndNight(page)
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .flatMap((entry) =>
          entry instanceof PerformanceResourceTiming && entry.initiatorType === 'script' ? [entry.decodedBodySize] : [],
        ),
    )
    expect(scripts).toHaveLength(1)
    expect(scripts[0]).toBeLessThan(6_000)
    expect(complaints).toEqual([])

    await go(page).press('Enter')
    await expect(page).toHaveURL(onCardPage, { timeout: 60_000 })
    await page.locator('button[value=good]').click()
    await expect(page).toHaveURL(new RegExp(`/theo-doi/${code}`))
    await expect(async () => {
      await page.goto(inLocale(locale, `/theo-doi/${code}`))
      expect(await page.locator('#khoan-ung-ho').getAttribute('data-waiting')).toBeNull()
    }).toPass({ timeout: 20_000 })
    await donor.close()
  })
}

test('the work shows how far it is, can be stopped, and is begun again', async ({ browser }) => {
  const donor = await newDonor(browser)
  const { location } = await pledge(donor)
  const page = await donor.newPage()
  // Eight keys that fit nothing, and then it takes as long as the test looks on.
  await page.addInitScript(() => {
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle)
    let keys = 0
    crypto.subtle.deriveBits = async (...args: Parameters<typeof derive>) => {
      keys += 1
      if (keys <= 8) return new ArrayBuffer(32)
      while (!document.documentElement.dataset['goOn']) await new Promise((resolve) => setTimeout(resolve, 20))
      return derive(...args)
    }
  })
  await page.goto(location)
  const stop = page.locator('#kiem-tra [data-role=stop]')
  await expect(stop).toBeHidden()
  await go(page).click()
  await expect(stop).toBeFocused()
  await expect(page.locator('#kiem-tra progress')).toBeVisible()
  await expect.poll(() => page.locator('#kiem-tra progress').evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(0)
  await inspectDayAndNight(page)
  await stop.click()
  await expect(status(page)).toHaveText('Đã dừng. Chưa có gì được gửi đi.')
  await expect(go(page)).toBeFocused()
  await expect(page.locator('#kiem-tra progress')).toBeHidden()
  await page.evaluate(() => (document.documentElement.dataset['goOn'] = 'yes'))
  await go(page).click()
  await expect(page).toHaveURL(onCardPage, { timeout: 60_000 })
  await donor.close()
})

test('a browser that can’t do the work says so, and its button waits instead', async ({ browser }) => {
  const donor = await newDonor(browser)
  const { location } = await pledge(donor)
  const page = await donor.newPage()
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined }))
  await page.goto(location)
  await go(page).click()
  await expect(status(page)).toContainText('không làm được phép tính')
  await go(page).click()
  await expect(page).toHaveURL(/\/the\/xac-minh\?loi=som$/)
  await expect(page.locator('#loi')).toBeFocused()
  await expect(page.locator('#loi')).toContainText(/Còn khoảng \d+ giây/)
  await inspectDayAndNight(page)
  await donor.close()
})

for (const locale of LOCALES) {
  test(`without JavaScript a minute’s wait opens the card page (${locale})`, async ({ browser }) => {
    const donor = await newDonor(browser, { javaScriptEnabled: false })
    const { location } = await pledge(donor, locale)
    const page = await donor.newPage()
    await page.goto(location)
    const began = Date.now()
    const wait = page.locator('#kiem-tra noscript p')
    await expect(wait).toBeVisible()
    expect(await wait.innerText()).toContain(locale === 'vi' ? 'dùng được sau 60 giây' : 'is good in 60 seconds')
    await go(page).click()
    await expect(page).toHaveURL(/\/the\/xac-minh\?loi=som$/)
    // What was waited counts on: opened again, the page goes on from there.
    await page.waitForTimeout(3_000)
    await page.goto(location)
    const left = Number(/(\d+) (?:giây|seconds)/.exec(await wait.innerText())?.[1])
    expect(left).toBeLessThanOrEqual(58)
    if (locale === 'en') return donor.close()
    await page.waitForTimeout(Math.max(0, began + 61_000 - Date.now()))
    await go(page).click()
    await expect(page).toHaveURL(onCardPage)
    await donor.close()
  })
}

test('while cards are closed the page says until when, and a transfer is always open', async ({ browser }) => {
  let more = 0
  while (await failFrom(browser)) expect((more += 1)).toBeLessThan(10)
  for (const locale of LOCALES) {
    const donor = await newDonor(browser)
    const { code } = await pledge(donor, locale)
    const page = await donor.newPage()
    await page.goto(inLocale(locale, `/theo-doi/${code}/the/xac-minh`))
    await expect(page.locator('h1')).toHaveText(locale === 'vi' ? 'Thẻ đang tạm đóng' : 'Cards are closed for a while')
    await expect(page.locator('main')).toContainText(/\d{2}:\d{2}, \d{2}\/\d{2}\/\d{4}/)
    await inspectDayAndNight(page)
    await page.locator('aside a.act').click()
    await expect(page.locator('main svg[role=img]').first()).toBeVisible()
    await donor.close()
  }
})
