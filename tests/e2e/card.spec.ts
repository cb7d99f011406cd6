import type { Page } from '@playwright/test'
import { expect, open, test } from './fixtures'
import { inspect } from './inspect'
import { inLocale, linksOf, LOCALES, type SiteLocale } from './site'

/** The form of the campaign that misses most. */
async function openForm(page: Page, locale: SiteLocale): Promise<string> {
  const list = inLocale(locale, '/ung-ho')
  const form = linksOf(await (await page.request.get(list)).text()).find((link) => link.startsWith(`${list}/`))
  if (form === undefined) throw new Error('no campaign is open')
  await open(page, form)
  return form
}

async function choose(page: Page, gift: { amount: string } | { foreign: string; currency: 'usd' | 'eur' }) {
  if ('amount' in gift) {
    await page.locator('#amount-other').check()
    await page.locator('#otherAmount').fill(gift.amount)
    await page.locator('#method-card').check()
    return
  }
  await page.locator('#amount-foreign').check()
  await page.locator('#foreignAmount').fill(gift.foreign)
  await page.locator('#currency').selectOption(gift.currency)
}

/** Sends the form, and is at the card company's page, which plays Stripe here. */
async function toCardPage(page: Page) {
  await page.locator('form[action$="/gui"] button[type=submit]').click()
  await expect(page).toHaveURL(/\/c\/pay\/cs_test_/)
}

const press = (page: Page, card: 'good' | 'declined' | 'async') => page.locator(`button[name=card][value=${card}]`).click()

/** What plays Stripe has a desk, where its bank answers. */
async function atDesk(page: Page, cardPage: string, code: string, act: string) {
  const desk = await page.context().newPage()
  await open(desk, new URL('/', cardPage).href)
  await desk.locator(`form[aria-label=${code}] button[value=${act}]`).first().click()
  await expect(desk.locator('h1')).toBeVisible()
  await desk.close()
}

/** The gift's page learns of its money by itself; without scripts by being loaded again. */
async function arrives(page: Page, isScripted: boolean) {
  if (isScripted) return expect(page.locator('#khoan-ung-ho')).not.toHaveAttribute('data-waiting', { timeout: 20_000 })
  await expect(async () => {
    await page.reload()
    expect(await page.locator('#khoan-ung-ho').getAttribute('data-waiting')).toBeNull()
  }).toPass({ timeout: 20_000 })
}

const codeOf = (page: Page): string => /TD[2-9A-HJKMNP-Z]{7}/.exec(new URL(page.url()).pathname)?.[0] ?? ''
const sum = (locale: SiteLocale, amount: number): string =>
  locale === 'vi' ? `${amount.toLocaleString('de-DE')} ₫` : `₫${amount.toLocaleString('en-US')}`

for (const { locale, scripted } of LOCALES.flatMap((one) => [true, false].map((yes) => ({ locale: one, scripted: yes })))) {
  test.describe(`${locale}, JavaScript ${scripted ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripted })

    test('a stranger pays by card', async ({ page }) => {
      await openForm(page, locale)
      const button = page.locator('form[action$="/gui"] button[type=submit]')
      const byTransfer = await button.innerText()
      await choose(page, { amount: '210000' })
      expect(await button.innerText()).not.toBe(byTransfer)
      if (scripted) await inspect(page)
      await toCardPage(page)
      await expect(page.locator('html')).toHaveAttribute('lang', locale)
      await expect(page.locator('h1')).toContainText(sum(locale, 210_000))
      await expect(page.locator('header')).toContainText('Stripe')
      if (scripted) await inspect(page)
      await press(page, 'good')
      await expect(page).toHaveURL(new RegExp(`${inLocale(locale, '/theo-doi/')}TD\\w{7}`))
      await arrives(page, scripted)
      await expect(page.locator('main .lead')).toContainText(sum(locale, 210_000))
      await expect(page.locator('.problems, .told')).toHaveCount(0)
      if (scripted) await inspect(page)
    })

    test('a gift in dollars is booked in đồng, with the rate', async ({ page }) => {
      await openForm(page, locale)
      await choose(page, { foreign: '20', currency: 'usd' })
      await expect(page.locator('#method-card')).toBeHidden()
      if (scripted) await inspect(page)
      await toCardPage(page)
      await expect(page.locator('h1')).toContainText(locale === 'vi' ? '20,00 US$' : 'US$20.00')
      await press(page, 'good')
      await expect(page).toHaveURL(/\/theo-doi\/TD/)
      await arrives(page, scripted)
      await expect(page.locator('main .lead')).toContainText(sum(locale, 520_000))
      await expect(page.locator('main')).toContainText(locale === 'vi' ? '1 US$ = 26.000 ₫' : 'US$1 = ₫26,000')
    })

    test('who leaves the card page transfers instead', async ({ page }) => {
      await openForm(page, locale)
      await choose(page, { amount: '220000' })
      await toCardPage(page)
      await page.locator('main a').last().click()
      await expect(page.locator('.told')).toBeVisible()
      await page.locator('section.pay summary').first().click()
      await expect(page.locator('section.pay svg[role=img]').first()).toBeVisible()
      if (scripted) await inspect(page)
      const gift = new URL(page.url()).pathname
      await page.locator('main a[href*="/ngan-hang-thu?qr="]').click()
      await page.locator('form[action$="/ngan-hang-thu/gui"] button[type=submit]').click()
      await expect(page).toHaveURL(/\/ngan-hang-thu\/da-gui/)
      await open(page, gift)
      await arrives(page, scripted)
      await expect(page.locator('main .lead')).toContainText(sum(locale, 220_000))
    })

    test('what a bank confirms later is no money before, and cannot be paid twice', async ({ page }) => {
      await openForm(page, locale)
      await choose(page, { amount: '230000' })
      await toCardPage(page)
      const cardPage = page.url()
      await press(page, 'async')
      await expect(page).toHaveURL(/\/theo-doi\/TD/)
      await expect(page.locator('#khoan-ung-ho')).toHaveAttribute('data-waiting', 'yes')
      await expect(page.locator('form[action$="/the"], a[href*="/ngan-hang-thu"], form[action$="/huy"]')).toHaveCount(0)
      if (scripted) await inspect(page)
      await atDesk(page, cardPage, codeOf(page), 'confirm')
      await arrives(page, scripted)
      await expect(page.locator('main .lead')).toContainText(sum(locale, 230_000))
    })
  })
}

test('a declined card charges nothing, and another one pays', async ({ page }) => {
  await openForm(page, 'vi')
  await choose(page, { amount: '240000' })
  await toCardPage(page)
  const cardPage = page.url()
  await press(page, 'declined')
  await expect(page.getByRole('alert')).toBeVisible()
  await inspect(page)
  await page.locator('main a').last().click()
  await expect(page.locator('#khoan-ung-ho')).toHaveAttribute('data-waiting', 'yes')
  await page.locator('form[action$="/the"] button').click()
  // The page that was open is found again.
  await expect(page).toHaveURL(cardPage)
  await press(page, 'good')
  await expect(page).toHaveURL(/\/theo-doi\/TD/)
  await arrives(page, true)
  await expect(page.locator('main .lead')).toContainText('240.000 ₫')
})

test('where a bank says no later, nothing was charged, and the gift can be paid anew', async ({ page }) => {
  await openForm(page, 'en')
  await choose(page, { amount: '245000' })
  await toCardPage(page)
  const cardPage = page.url()
  await press(page, 'async')
  await expect(page).toHaveURL(/\/theo-doi\/TD/)
  const code = codeOf(page)
  await atDesk(page, cardPage, code, 'refuse')
  await expect(page.locator('form[action$="/the"] button')).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('section[aria-labelledby=tra-the]')).toContainText('Nothing was charged')
  await page.locator('form[action$="/the"] button').click()
  await expect(page).toHaveURL(/\/c\/pay\//)
  await expect(page).not.toHaveURL(cardPage)
  await press(page, 'good')
  await page.waitForURL(/\/theo-doi\/TD/)
  await arrives(page, true)
  await expect(page.locator('main .lead')).toContainText('₫245,000')
})

test('what goes back is shown where the gift is, and the parts add up to it', async ({ page, browser, baseURL }) => {
  const form = await openForm(page, 'vi')
  await choose(page, { amount: '250001' })
  await toCardPage(page)
  const cardPage = page.url()
  await press(page, 'good')
  await expect(page).toHaveURL(/\/theo-doi\/TD/)
  await arrives(page, true)
  const code = codeOf(page)
  const parts = async () => {
    await page.goto(`/theo-doi/${code}`)
    const cells = await page.locator('table:has(caption:text("Các phần")) .n b').allInnerTexts()
    return cells.map((text) => Number(text.replaceAll(/\D/g, '')))
  }
  await atDesk(page, cardPage, code, 'half')
  await expect(async () => expect(await parts()).toEqual([125_001, 125_000])).toPass({ timeout: 20_000 })
  await inspect(page)
  await atDesk(page, cardPage, code, 'dispute')
  // The parts are as they were: what is held back is told in words.
  await expect(async () => {
    expect(await parts()).toEqual([125_001, 125_000])
    await expect(page.locator('main')).toContainText('đang được giữ lại', { timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await inspect(page)
  await atDesk(page, cardPage, code, 'lose')
  await expect(async () => expect(await parts()).toEqual([250_001])).toPass({ timeout: 20_000 })
  await inspect(page)

  const reader = await browser.newPage(baseURL === undefined ? {} : { baseURL })
  for (const path of [form.replace('/ung-ho/', '/chien-dich/'), '/'])
    await expect(async () => {
      await open(reader, path)
      await expect(reader.locator('main')).toContainText('đã trả lại', { timeout: 500 })
    }).toPass({ timeout: 20_000 })
  await reader.close()
})

test('all of it goes by keyboard alone', async ({ page }) => {
  await openForm(page, 'vi')
  const focused = page.locator(':focus')
  const tabTo = async (selector: string) => {
    for (let step = 0; step < 80; step++) {
      await page.keyboard.press('Tab')
      if (await focused.evaluate((element, wanted) => element.matches(wanted), selector)) return
    }
    throw new Error(`the keyboard does not reach ${selector}`)
  }
  await tabTo('#otherAmount')
  await page.keyboard.type('260k')
  await tabTo('input[name=method]')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('#method-card')).toBeChecked()
  await tabTo('button[type=submit]')
  await page.keyboard.press('Enter')
  // Nothing is reached on a page that is not there yet.
  await page.waitForURL(/\/c\/pay\//)
  await tabTo('button[value=good]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/theo-doi\/TD/)
  await arrives(page, true)
  await expect(page.locator('main .lead')).toContainText('260.000 ₫')
})

test('what was typed for a card survives an error', async ({ page }) => {
  await openForm(page, 'en')
  await choose(page, { foreign: '0,5', currency: 'eur' })
  await page.locator('[name=message]').fill('Stay warm')
  await page.locator('form[action$="/gui"] button[type=submit]').click()
  await expect(page).toHaveURL(/loi=o/)
  await expect(page.locator('#amount-foreign')).toBeChecked()
  await expect(page.locator('#foreignAmount')).toHaveValue('0,5')
  await expect(page.locator('#foreignAmount')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.locator('#currency')).toHaveValue('eur')
  await expect(page.locator('[name=message]')).toHaveValue('Stay warm')
  await inspect(page)
  await page.locator('#amount-other').check()
  // With scripts a second amount is taken away, so that it is not asked back.
  await expect(page.locator('#foreignAmount')).toHaveValue('')
  await page.locator('#otherAmount').fill('19.000')
  await page.locator('#method-card').check()
  await page.locator('form[action$="/gui"] button[type=submit]').click()
  await expect(page.locator('#otherAmount-error')).toContainText('₫20,000')
  await expect(page.locator('#method-card')).toBeChecked()
})

test('only who holds the key opens the card page; pressed twice, it is one', async ({ page, browser, baseURL }) => {
  await openForm(page, 'vi')
  await choose(page, { amount: '270000' })
  await toCardPage(page)
  const cardPage = page.url()
  await page.locator('main a').last().click()
  await page.waitForURL(/\/theo-doi\/TD/)
  const gift = new URL(page.url()).pathname
  const again = await Promise.all([1, 2, 3].map(() => page.request.post(`${gift}/the`, { maxRedirects: 0 })))
  expect(again.map((answer) => answer.headers()['location'])).toEqual([cardPage, cardPage, cardPage])

  const stranger = await browser.newContext(baseURL === undefined ? {} : { baseURL })
  const strange = await stranger.newPage()
  await open(strange, gift)
  await expect(strange.locator('form[action$="/the"]')).toHaveCount(0)
  await expect(strange.locator('section.pay svg[role=img]').first()).toBeVisible()
  const refused = await strange.request.post(`${gift}/the`, { maxRedirects: 0 })
  expect(refused.headers()['location']).toBe(`${gift}?the=khong-khoa`)
  await open(strange, `${gift}?the=khong-khoa`)
  await expect(strange.locator('.told')).toBeVisible()
  // An address tells nothing: the card company is asked, and it says that nothing was paid.
  await open(strange, `${gift}/the/xong`)
  await expect(strange.locator('#khoan-ung-ho')).toHaveAttribute('data-waiting', 'yes')
  await stranger.close()
})

test('a pledge by card may become a transfer, and another sum another page', async ({ page }) => {
  await openForm(page, 'vi')
  await choose(page, { amount: '280000' })
  await toCardPage(page)
  const cardPage = page.url()
  await page.locator('main a').last().click()
  await page.waitForURL(/\/theo-doi\/TD/)
  const gift = new URL(page.url()).pathname
  await page.goto(`${gift}?sua=co`)
  await expect(page.locator('#method-card')).toBeChecked()
  await page.locator('#otherAmount').fill('290.000')
  await page.locator('form[action$="/sua"] button[type=submit]').click()
  await page.waitForURL((url) => !url.search.includes('sua=co'))
  await page.locator('form[action$="/the"] button').click()
  await expect(page).toHaveURL(/\/c\/pay\//)
  await expect(page.locator('h1')).toContainText('290.000 ₫')
  expect(page.url()).not.toBe(cardPage)
  expect((await page.request.get(cardPage)).status()).toBe(410)
  await page.goto(`${gift}?sua=co`)
  await page.locator('#method-bank_transfer').check()
  await page.locator('form[action$="/sua"] button[type=submit]').click()
  await expect(page.locator('form[action$="/the"]')).toHaveCount(0)
  await expect(page.locator('section.pay svg[role=img]').first()).toBeVisible()
})
