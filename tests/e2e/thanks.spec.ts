import { expect, open, test } from './fixtures'
import { fillIn, findForm, pay } from './giving'
import { inLocale, LOCALES } from './site'

/** A name for each way of running, of nobody else in the sample: what one hides, another would still show. */
const NAMES = {
  vi: [
    { name: 'Katơr Thị Xuyến', typed: 'kator thi xuy' },
    { name: 'Chamaléa Thị Yến', typed: 'chamalea yen' },
  ],
  en: [
    { name: 'Patâu Thị Bông', typed: 'PATAU bong' },
    { name: 'Pinăng Thị Xuân', typed: 'pinang Xuan' },
  ],
} as const

for (const locale of LOCALES) {
  for (const scripted of [true, false]) {
    test.describe(`${locale}, JavaScript ${scripted ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled: scripted })

      test('a giver is thanked by name, has a certificate, and hides the name everywhere', async ({ page, request }) => {
        const { name, typed } = NAMES[locale][scripted ? 0 : 1]
        const campaign = await findForm(page, locale)
        await fillIn(page, { amount: scripted ? '131.000' : '132.000', name, message: '' })
        const gift = new URL(page.url()).pathname
        await pay(page, 'bidv', 'lower_case')
        await open(page, gift)
        await expect(async () => {
          await page.reload()
          await expect(page.locator('a[href$="/giay-cam-on.pdf"]')).toBeVisible({ timeout: 500 })
        }).toPass()

        const wall = `${inLocale(locale, '/ghi-nhan')}?ten=${encodeURIComponent(typed)}`
        await expect(async () => {
          await open(page, wall)
          await expect(page.locator('main')).toContainText(name, { timeout: 500 })
        }).toPass()
        await expect(async () => {
          await open(page, campaign)
          await expect(page.locator('main')).toContainText(name, { timeout: 500 })
        }).toPass()

        const paper = await page.request.get(`${gift}/giay-cam-on.pdf`)
        expect([paper.status(), paper.headers()['content-type'], paper.headers()['cache-control']]).toEqual([
          ...[200, 'application/pdf', 'private, no-store'],
        ])
        const bytes = await paper.body()
        expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
        // Read as a text on the way, most of its bytes would have become this sign.
        expect(bytes.includes('\ufffd')).toBe(false)
        // What the donor gets is theirs to the byte, and a stranger gets the same while the name is public.
        expect((await request.get(`${gift}/giay-cam-on.pdf`)).headers()['content-length']).toBe(paper.headers()['content-length'])

        await open(page, gift)
        await page.locator('form[action$="/ten"] button').click()
        await expect(page.locator('#rieng [role=status]')).toBeVisible()
        const hidden = Date.now()
        for (const path of [wall, campaign, gift]) {
          await expect(async () => {
            const html = await (await request.get(path)).text()
            expect(html.includes(name), path).toBe(false)
          }).toPass({ timeout: 2_000, intervals: [100] })
        }
        expect(Date.now() - hidden).toBeLessThan(6_000)
        await page.locator('form[action$="/ten"] button').click()
        await expect(page.locator('#rieng [role=status]')).toBeVisible()
      })
    })
  }
}

test('a shared device forgets a gift, and a link that leaked opens nothing any more', async ({ page, browser, baseURL }) => {
  await findForm(page, 'vi')
  await fillIn(page, { amount: '133.000', name: 'Lò Thị Ban', message: '' })
  const gift = new URL(page.url()).pathname
  const leaked = (await page.locator('.private-link a').getAttribute('href')) ?? ''
  await page.locator('#rieng details summary').last().click()
  await page.locator('form[action$="/khoa-moi"] button').click()
  const renewed = (await page.locator('.private-link a').getAttribute('href')) ?? ''
  expect(renewed).not.toBe(leaked)
  const other = await (await browser.newContext(baseURL === undefined ? {} : { baseURL })).newPage()
  await other.goto(leaked)
  await expect(other.locator('#rieng')).toHaveCount(0)
  await other.goto(renewed)
  await expect(other.locator('#rieng')).toHaveCount(1)
  await page.locator('#rieng details summary').last().click()
  await page.locator('form[action$="/quen"] button').click()
  await expect(page.locator('#rieng')).toHaveCount(0)
  await expect(page.locator('.saved')).toBeVisible()
  await open(page, gift)
  await expect(page.locator('#rieng')).toHaveCount(0)
})
