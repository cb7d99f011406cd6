import type { Page } from '@playwright/test'
import { expect, open, test } from './fixtures'
import { fillIn, findForm, pay } from './giving'
import { inspect } from './inspect'
import { inLocale, LOCALES, type SiteLocale } from './site'

/** Signs in the accountant of the sample's funds, and stays on the start page of one. */
async function signIn(page: Page, locale: SiteLocale): Promise<void> {
  await open(page, inLocale(locale, '/quan-tri'))
  await page.locator('form[action$="/dang-nhap/mau"] button[value=ke-toan-mau]').click()
  await page.waitForURL(/\/quan-tri\/(?!dang-nhap)[a-z-]+$/)
}

/** The line of an amount that waits, in whichever fund it came to. */
async function findLine(page: Page, locale: SiteLocale, amount: RegExp) {
  const row = page.locator('table.queue tbody tr', { hasText: amount })
  for (const fund of ['ha-noi', 'ninh-thuan']) {
    await open(page, inLocale(locale, `/quan-tri/${fund}/ngan-hang?nhom=in`))
    if ((await row.count()) > 0) break
  }
  await expect(row).toHaveCount(1)
  return row
}

/** A sum that no other test gives, nor this one in a run before. */
const sumOfItsOwn = (): string => String(400_000 + (Date.now() % 90_000))

test('a transfer whose code is wrong waits at the desk, is placed by one key and taken back by another', async ({ page }) => {
  await findForm(page, 'en')
  const amount = sumOfItsOwn()
  const written = new RegExp(amount.replace(/(?=...$)/, '[.,]'))
  await fillIn(page, { amount, name: 'Nguyễn Văn Bình', message: '' })
  await pay(page, 'plain', 'wrong_symbol')
  await signIn(page, 'en')
  const row = await findLine(page, 'en', written)
  await row.locator('button').first().focus()
  await page.keyboard.press('1')
  await expect(page.getByRole('status')).toBeVisible()
  await expect(page.locator('table.queue tbody tr', { hasText: written })).toHaveCount(0)
  // Keys are heard once the script is there.
  await page.waitForLoadState('load')
  await page.locator('main').focus()
  await page.keyboard.press('u')
  await expect(page.locator('table.queue tbody tr', { hasText: written })).toHaveCount(1)
  await inspect(page)
})

test('without JavaScript a line is split in its pane, and what was typed wrongly is still there', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await findForm(page, 'vi')
  const amount = sumOfItsOwn()
  const written = new RegExp(amount.replace(/(?=...$)/, '[.,]'))
  await fillIn(page, { amount, name: 'Trần Thị Hoa', message: '' })
  await pay(page, 'plain', 'no_code')
  await signIn(page, 'vi')
  const row = await findLine(page, 'vi', written)
  await row.getByRole('link').click()
  await page.fill('[name="phan-1"]', '10.000')
  await page.locator('button[value=place]').click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.goBack()
  await page.fill('[name="phan-1"]', amount)
  await page.fill('#vi-sao-1', 'không rõ ai')
  await page.locator('button[value=place]').click()
  await expect(page.getByRole('status')).toBeVisible()
  await expect(page.locator('table.queue tbody tr', { hasText: written })).toHaveCount(0)
  await context.close()
})

for (const [path, width] of [
  ['ngan-hang', 1280],
  ['ngan-hang/quy-tac', 1280],
  ['ngay', 1280],
  ['hoan-tien', 1280],
  ['ngan-hang', 360],
  ['ngay', 360],
] as const)
  test(`/${path} at ${width} px is clean in both languages and schemes`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await signIn(page, 'vi')
    for (const locale of LOCALES)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await open(page, inLocale(locale, `/quan-tri/ha-noi/${path}`))
        await inspect(page)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect(wide, `${locale} ${colorScheme}`).toBeLessThanOrEqual(0)
      }
    await page.screenshot({ path: `.test/desk-${path.replace('/', '-')}-${width}.png`, fullPage: true })
  })
