import type { Page } from '@playwright/test'
import { giftQr } from '../../lib/payments/vietqr/vietqr'
import { SAMPLE_ACCOUNTS } from '../../lib/sample/bank-lines'
import { expect, open, test } from './fixtures'
import { inspect } from './inspect'
import { inLocale, LOCALES, type SiteLocale } from './site'

/** From the home page to the goods form of an open campaign, by the links that a stranger finds. @returns the campaign's address */
async function findForm(page: Page, locale: SiteLocale): Promise<string> {
  await open(page, inLocale(locale, '/'))
  await page.locator(`nav a[href="${inLocale(locale, '/chien-dich')}"]`).click()
  await page
    .locator(`main a[href^="${inLocale(locale, '/chien-dich/')}"]`)
    .first()
    .click()
  await page.waitForURL(/\/chien-dich\//)
  const campaign = new URL(page.url()).pathname
  await page.locator('#hien-vat a[href$="/hien-vat"]').click()
  await page.waitForURL(/\/hien-vat$/)
  return campaign
}

const submit = (page: Page) => page.locator('form[action$="/hien-vat/gui"] button[type=submit]').click()

async function fillIn(page: Page, giver: { units: string; name?: string; note?: string }) {
  await page.locator('input[name=units-0]').fill(giver.units)
  if (giver.name !== undefined) {
    await page.locator('input[name=name]').fill(giver.name)
    await page.locator('input[name=showName][value=yes]').check()
  }
  await page.locator('input[name=phone]').fill('0900 000 000')
  if (giver.note !== undefined) await page.locator('[name=note]').fill(giver.note)
  await submit(page)
}

const NOTE = 'Chở bằng xe tải nhỏ, sáng thứ bảy'

for (const locale of LOCALES) {
  for (const scripted of [true, false]) {
    test.describe(`${locale}, JavaScript ${scripted ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled: scripted })

      test('a stranger pledges goods, follows them by their code, changes and cancels them', async ({ page, browser, baseURL }) => {
        await findForm(page, locale)
        if (scripted) await inspect(page)
        await fillIn(page, { units: '1', name: 'Nguyễn Thị Mai', note: NOTE })
        await expect(page).toHaveURL(/\/theo-doi\/TD[2-9A-HJKMNP-Z]{7}$/)
        const gift = new URL(page.url()).pathname
        await expect(page.locator('main')).toContainText('Nguyễn Thị Mai')
        await expect(page.locator('main')).not.toContainText('₫')
        await expect(page.locator('#viec-tiep')).toBeVisible()
        if (scripted) await inspect(page)

        const stranger = await browser.newContext({ javaScriptEnabled: scripted, ...(baseURL === undefined ? {} : { baseURL }) })
        const strange = await stranger.newPage()
        await open(strange, gift)
        await expect(strange.locator('main')).toContainText('Nguyễn Thị Mai')
        await expect(strange.locator('#rieng')).toHaveCount(0)
        expect(await strange.content()).not.toMatch(new RegExp(`${NOTE}|0900`))
        await strange.request.post(`${gift}/sua-hien-vat`, { form: { 'units-0': '1', phone: '0900000000' }, maxRedirects: 0 })
        await strange.request.post(`${gift}/huy`, { form: {}, maxRedirects: 0 })
        await open(strange, gift)
        await expect(strange.locator('#viec-tiep')).toBeVisible()
        await stranger.close()

        await page.locator('#sua a').click()
        await expect(page.locator('[name=note]')).toHaveValue(NOTE)
        await expect(page.locator('input[name=units-0]')).toHaveValue('1')
        if (scripted) await inspect(page)
        await page.locator('input[name=units-0]').fill('999999')
        await page.locator('form[action$="/sua-hien-vat"] button[type=submit]').click()
        await expect(page.locator('.problems a')).toHaveAttribute('href', '#units-0')
        await expect(page.locator('input[name=units-0]')).toHaveValue('999999')
        await page.locator('input[name=units-0]').fill('')
        await page.locator('input[name=units-1]').fill('1')
        await page.locator('form[action$="/sua-hien-vat"] button[type=submit]').click()
        await expect(page).toHaveURL(/da=luu/)
        await expect(page.locator('.saved')).toBeVisible()

        await page.locator('details:has(form[action$="/huy"]) summary').click()
        await page.locator('form[action$="/huy"] button[type=submit]').click()
        await expect(page.locator('#viec-tiep')).toHaveCount(0)
        await expect(page.locator('#rieng form:is([action$="/sua-hien-vat"], [action$="/huy"])')).toHaveCount(0)
      })

      test('what was typed survives an error, also after one in the form for money', async ({ page }) => {
        await findForm(page, locale)
        const goods = new URL(page.url()).pathname
        await open(page, goods.replace(/\/hien-vat$/, ''))
        await page.locator('input[name=otherAmount]').fill('9')
        await page.locator('form[action$="/gui"] button[type=submit]').click()
        await expect(page).toHaveURL(/loi=o/)
        await page.locator('main a[href$="/hien-vat"]').click()
        await page.locator('input[name=units-0]').fill('ba mươi')
        await page.locator('input[name=donorKind][value=company]').check()
        await page.locator('input[name=taxCode]').fill('12')
        await page.locator('[name=message]').fill('Một lời nhắn')
        await submit(page)
        await expect(page).toHaveURL(/\/hien-vat\?loi=o/)
        await expect(page.locator('.problems')).toBeVisible()
        await expect(page.locator('.problems a')).toHaveCount(4)
        if (scripted) await expect(page.locator('.problems')).toBeFocused()
        await expect(page.locator('input[name=units-0]')).toHaveValue('ba mươi')
        await expect(page.locator('input[name=donorKind][value=company]')).toBeChecked()
        await expect(page.locator('input[name=taxCode]')).toHaveValue('12')
        await expect(page.locator('[name=message]')).toHaveValue('Một lời nhắn')
        for (const link of await page.locator('.problems a').all()) {
          const field = page.locator((await link.getAttribute('href')) ?? '')
          await expect(field).toHaveAttribute('aria-invalid', 'true')
        }
        if (scripted) await inspect(page)
      })
    })
  }
}

test('one form sent twice makes one pledge', async ({ page, request }) => {
  await findForm(page, 'vi')
  const action = `${new URL(page.url()).pathname}/gui`
  const formKey = await page.locator('form[action$="/gui"] input[name=formKey]').inputValue()
  const form = { formKey, 'units-0': '2', nature: 'service', donorKind: 'person', showName: 'no', email: 'lan@example.vn' }
  const answers = await Promise.all([1, 2, 3].map(() => request.post(action, { form, maxRedirects: 0 })))
  const places = new Set(answers.map((answer) => answer.headers()['location']))
  expect([places.size, [...places][0]]).toEqual([1, expect.stringMatching(/^\/theo-doi\/TD/)])
})

test('money with the code of goods is a gift of money, and the goods go on waiting', async ({ page }) => {
  const campaign = await findForm(page, 'vi')
  await fillIn(page, { units: '1' })
  await page.waitForURL(/\/theo-doi\/TD/)
  const gift = new URL(page.url()).pathname
  await open(page, campaign)
  const fund = (await page.locator('main aside a[href^="/quy/"]').first().getAttribute('href')) === '/quy/ha-noi' ? 'ha-noi' : 'ninh-thuan'
  const { bankBin: bin, accountNumber } = SAMPLE_ACCOUNTS[fund]
  const qr = giftQr({ bin, accountNumber, amountVnd: 135_000n, code: gift.slice(-9) })
  await open(page, `/ngan-hang-thu?${new URLSearchParams({ qr, amount: '135000' }).toString()}`)
  await page.locator('form[action$="/ngan-hang-thu/gui"] button[type=submit]').click()
  await expect(page).toHaveURL(/\/ngan-hang-thu\/da-gui/)
  await expect(async () => {
    await open(page, gift)
    await expect(page.locator('main')).toContainText('135.000 ₫', { timeout: 500 })
  }).toPass({ timeout: 15_000 })
  await expect(page.locator('#viec-tiep')).toBeVisible()
  await inspect(page)
  await expect(async () => {
    await open(page, campaign)
    await expect(page.locator('main')).toContainText('135.000 ₫', { timeout: 500 })
  }).toPass({ timeout: 15_000 })
})

test('an address that takes no pledge of goods leads on', async ({ page, request }) => {
  await open(page, '/ung-ho/khong-co/hien-vat', 404)
  const closed = await request.get('/chien-dich?trang-thai=da-dong')
  const slug = /href="\/chien-dich\/([a-z0-9-]+)"/.exec(await closed.text())?.[1] ?? ''
  await open(page, `/ung-ho/${slug}/hien-vat`)
  await expect(page).toHaveURL(new RegExp(`/ung-ho/${slug}$`))
  const posted = await request.post(`/ung-ho/${slug}/hien-vat/gui`, { form: { 'units-0': '1' }, maxRedirects: 0 })
  expect([posted.status(), posted.headers()['location']]).toEqual([303, `/ung-ho/${slug}/hien-vat`])
  expect((await request.get(`/ung-ho/${slug}/hien-vat/gui`, { maxRedirects: 0 })).status()).toBe(303)
})
