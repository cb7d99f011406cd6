import type { BrowserContext, Page } from '@playwright/test'
import { expect, open, test } from './fixtures'
import { fillIn, findForm, pay } from './giving'
import { inspect } from './inspect'
import { inLocale, LOCALES, type SiteLocale } from './site'

const sum = (locale: SiteLocale, amount: number): string =>
  locale === 'vi' ? `${amount.toLocaleString('de-DE')} ₫` : `₫${amount.toLocaleString('en-US')}`

/** Amounts of the two languages and ways of running differ, so that each gift can be told from the others. */
const WAYS = LOCALES.flatMap((locale, index) => [
  { locale, scripted: true, amount: 123_000 + index * 1_000, bank: 'bidv', mangling: 'lower_case' },
  { locale, scripted: false, amount: 127_000 + index * 1_000, bank: 'techcombank', mangling: 'words_glued' },
])

for (const { locale, scripted, amount, bank, mangling } of WAYS) {
  test.describe(`${locale}, JavaScript ${scripted ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripted })

    test('a stranger gives, pays with a mangled memo, and sees it arrive', async ({ page, context }) => {
      const campaign = await findForm(page, locale)
      await fillIn(page, { amount: String(amount), name: 'Nguyễn Thị Mai', message: 'Chúc các em một mùa đông ấm.' })
      await expect(page).toHaveURL(/\/theo-doi\/TD[2-9A-HJKMNP-Z]{7}$/)
      const gift = new URL(page.url()).pathname
      const code = gift.slice(-9)
      await expect(page.locator('main')).toContainText(code)
      await expect(page.locator('main')).toContainText(sum(locale, amount))
      await expect(page.locator('main svg[role=img]').first()).toBeVisible()
      if (scripted) await inspect(page)

      const bankPage = await payElsewhere(context, gift, bank, mangling)
      if (scripted) await expect(page.locator('#khoan-ung-ho')).not.toHaveAttribute('data-waiting', { timeout: 15_000 })
      else {
        // Without scripts the page reloads itself; this reader is quicker.
        expect(await page.content()).toContain('http-equiv="refresh"')
        await expect(async () => {
          await page.reload()
          expect(await page.locator('#khoan-ung-ho').getAttribute('data-waiting')).toBeNull()
        }).toPass({ timeout: 15_000 })
      }
      await expect(page.locator('main .lead')).toContainText(sum(locale, amount))
      if (scripted) await inspect(page)

      await bankPage.locator(`main a[href="${gift}"]`).click()
      await expect(bankPage.locator('main .lead')).toContainText(sum(locale, amount))
      await expect(async () => {
        await open(bankPage, campaign)
        await expect(bankPage.locator('main')).toContainText('Nguyễn Thị Mai', { timeout: 500 })
        await expect(bankPage.locator('main')).toContainText(sum(locale, amount), { timeout: 500 })
      }).toPass({ timeout: 15_000 })

      await open(bankPage, inLocale(locale, '/tra-cuu'))
      await bankPage.locator('main form input[type=text], main form input[type=search]').first().fill(` ${code.toLowerCase()} `)
      await bankPage.locator('main form button').first().click()
      await expect(bankPage).toHaveURL(new RegExp(`${gift}$`))
    })

    test('what was typed survives an error', async ({ page }) => {
      await findForm(page, locale)
      await fillIn(page, { amount: '9', name: 'Trần Văn Bình', message: 'Một lời nhắn' })
      await expect(page).toHaveURL(/\/ung-ho\/.*loi=/)
      await expect(page.getByRole('alert').or(page.locator('.problems')).first()).toBeVisible()
      await expect(page.locator('input[name=otherAmount]')).toHaveValue('9')
      await expect(page.locator('input[name=otherAmount]')).toHaveAttribute('aria-invalid', 'true')
      await expect(page.locator('input[name=name]')).toHaveValue('Trần Văn Bình')
      await expect(page.locator('[name=message]')).toHaveValue('Một lời nhắn')
      if (scripted) await inspect(page)
    })
  })
}

async function payElsewhere(context: BrowserContext, gift: string, bank: string, mangling: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(gift)
  await pay(page, bank, mangling)
  return page
}

test('a memo with a wrong symbol matches nobody, and the gift goes on waiting', async ({ page, context }) => {
  await findForm(page, 'vi')
  await fillIn(page, { amount: '131000', name: '', message: '' })
  await expect(page.locator('.problems').first()).toBeVisible()
  await page.locator('input[name=showName][value=no]').check()
  await page.locator('form[action$="/gui"] button[type=submit]').click()
  await expect(page).toHaveURL(/\/theo-doi\/TD/)
  const gift = new URL(page.url()).pathname
  await payElsewhere(context, gift, 'vietcombank', 'wrong_symbol')
  await page.waitForTimeout(4_000)
  await page.reload()
  await expect(page.locator('#khoan-ung-ho')).toHaveAttribute('data-waiting', 'yes')
})

test('one form sent twice makes one gift', async ({ page, request }) => {
  await findForm(page, 'vi')
  const give = new URL(page.url()).pathname
  const formKey = await page.locator('form[action$="/gui"] input[name=formKey]').inputValue()
  const form = { formKey, amount: 'other', otherAmount: '200.000', donorKind: 'person', name: '', showName: 'no', message: '', email: '' }
  const answers = await Promise.all([1, 2, 3].map(() => request.post(`${give}/gui`, { form, maxRedirects: 0 })))
  const places = new Set(answers.map((answer) => answer.headers()['location']))
  expect(places.size).toBe(1)
})

test('the donor who holds the link can change a gift and cancel it; nobody else can', async ({ page, browser, baseURL }) => {
  await findForm(page, 'vi')
  await fillIn(page, { amount: '140000', name: 'Lê Thị Hoa', message: '' })
  await expect(page).toHaveURL(/\/theo-doi\/TD/)
  const gift = new URL(page.url()).pathname
  const link = await page.locator('#rieng a[href*="/khoa/"]').first().getAttribute('href')

  const stranger = await browser.newContext(baseURL === undefined ? {} : { baseURL })
  const strange = await stranger.newPage()
  await strange.goto(gift)
  await expect(strange.locator('#rieng')).toHaveCount(0)
  await strange.request.post(`${gift}/huy`, { form: {}, maxRedirects: 0 })
  await strange.goto(gift)
  await expect(strange.locator('#khoan-ung-ho')).toHaveAttribute('data-waiting', 'yes')

  await strange.goto(link ?? '')
  await strange.locator('#sua a').click()
  await strange.locator('#sua input[name=otherAmount]').fill('160.000')
  await strange.locator('form[action$="/sua"] button[type=submit]').click()
  await expect(strange.locator('main')).toContainText('160.000 ₫')
  await strange.locator('details:has(form[action$="/huy"]) summary').click()
  await strange.locator('form[action$="/huy"] button[type=submit]').click()
  await expect(strange.locator('#khoan-ung-ho')).not.toHaveAttribute('data-waiting')
  await stranger.close()
})
