import type { Page } from '@playwright/test'
import { expect, open, test } from './fixtures'
import { inspect } from './inspect'
import { inLocale, LOCALES, type SiteLocale } from './site'

/** Sums of money as the pages write them, in both languages, as whole đồng. */
const dong = (text: string): bigint => BigInt(text.replace(/[^\d]/g, ''))

/** The sums of a table's rows, and the one under them, once all of the page is there. */
async function sumsOf(page: Page, table: string): Promise<{ rows: bigint; total: bigint }> {
  await page.waitForLoadState('load')
  const cells = await page.locator(`${table} tbody tr`).locator('td:last-child').allInnerTexts()
  const total = await page.locator(`${table} tfoot td:last-child`).innerText()
  return { rows: cells.reduce((sum, cell) => sum + dong(cell), 0n), total: dong(total) }
}

/** All that paid for a spend or a delivery, over as many pages as there are. */
async function paidBy(page: Page): Promise<bigint> {
  let sum = 0n
  for (;;) {
    const { rows, total } = await sumsOf(page, '#tien-cua-ai ~ div table')
    expect(rows).toBe(total)
    sum += total
    const next = page.locator('nav.pager a[rel=next]')
    if ((await next.count()) === 0) return sum
    await next.click()
  }
}

const linkOn = async (page: Page, locale: SiteLocale, path: string): Promise<string> =>
  (await page
    .locator(`main a[href^="${inLocale(locale, path)}"]`)
    .first()
    .getAttribute('href')) ?? ''

for (const locale of LOCALES)
  for (const scripted of [true, false])
    test.describe(`${locale}, JavaScript ${scripted ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled: scripted })

      test('a gift leads to what it became, and that back to the gift; every sum is whole', async ({ page }) => {
        // From a campaign that is done to a purchase, and to a donor of it who is named.
        await open(page, inLocale(locale, '/chien-dich?trang-thai=hoan-thanh'))
        await open(page, await linkOn(page, locale, '/chien-dich/'))
        const money = await sumsOf(page, '#tien-di-dau ~ div table')
        expect(money.rows).toBe(money.total)
        await open(page, await linkOn(page, locale, '/khoan-chi/'))
        const gift = await linkOn(page, locale, '/theo-doi/')

        await open(page, gift)
        const story = page.locator('h3 ~ table').first()
        await expect(story).toBeVisible()
        const parts = await sumsOf(page, 'h3 ~ table')
        expect(parts.rows).toBe(parts.total)
        await expect(page.locator('main .lead')).toContainText((await page.locator('h3 ~ table tfoot td:last-child').innerText()).trim())
        await expect(page.locator('ol.time a[href*="/khoan-chi/"]').first()).toBeVisible()
        if (scripted) await inspect(page)

        // To the coat.
        await page
          .locator(`h3 ~ table a[href^="${inLocale(locale, '/dot-trao/')}"]`)
          .first()
          .click()
        await expect(page).toHaveURL(/\/dot-trao\//)
        const delivered = await sumsOf(page, 'main .two section:first-child table')
        expect(delivered.rows).toBe(delivered.total)
        const delivery = page.url()
        expect(await paidBy(page)).toBe(delivered.total)
        if (scripted) await inspect(page)

        // Back over its purchase.
        await open(page, delivery)
        await page.locator(`aside a[href^="${inLocale(locale, '/khoan-chi/')}"]`).click()
        await page.waitForURL(/\/khoan-chi\/\d+$/)
        const spendPage = page.url()
        const items = await sumsOf(page, '#mua-gi ~ table')
        expect(items.rows).toBe(items.total)
        expect(dong((await page.locator('dl.sums dd').first().innerText()).trim())).toBe(items.total)
        expect(await page.locator(`main a[href="${new URL(delivery).pathname}"]`).count()).toBeGreaterThan(0)
        expect(await paidBy(page)).toBe(items.total)
        if (scripted) await inspect(page)
        await open(page, spendPage)
        while ((await page.locator(`#tien-cua-ai ~ div a[href="${gift}"]`).count()) === 0) {
          await page.locator('nav.pager a[rel=next]').click()
          await page.waitForLoadState('load')
        }
        await page.locator(`#tien-cua-ai ~ div a[href="${gift}"]`).first().click()
        await expect(page).toHaveURL(new RegExp(`${gift}$`))
      })
    })
