import type { Browser, Page } from '@playwright/test'
import { phonePhoto } from '../factories/pictures'
import { expect, open, test } from './fixtures'
import { inspect } from './inspect'

const PHONE = { viewport: { width: 360, height: 740 } }
test.use(PHONE)

/** Signs in one of the sample's staff by one click. */
async function signIn(page: Page, staffId: string): Promise<void> {
  await open(page, '/quan-tri/dang-nhap')
  await page.locator(`button[name=ai][value="${staffId}"]`).click()
  await expect(page.locator('.waiting, main p').first()).toBeVisible()
}

/** A purchase of the sample that is paid and not handed over, in either fund. @returns the address of its form */
async function findPurchase(page: Page): Promise<string> {
  for (const fund of ['ha-noi', 'ninh-thuan']) {
    await open(page, `/quan-tri/${fund}/trao`)
    const link = page.locator('a[href*="/trao/moi/"]').first()
    if ((await link.count()) > 0) return (await link.getAttribute('href')) ?? ''
  }
  throw new Error('the sample has nothing to hand over')
}

async function asSomebodyElse(browser: Browser, baseURL: string | undefined, staffId: string): Promise<Page> {
  const context = await browser.newContext({ ...PHONE, ...(baseURL === undefined ? {} : { baseURL }) })
  const page = await context.newPage()
  await signIn(page, staffId)
  return page
}

/** Sends a photo; the line drops after its first chunk and the phone dies; opened again, it goes on from there. */
async function sendPhotoOverBadLine(phone: Page, delivery: string): Promise<void> {
  const context = phone.context()
  const sent: { from: number; bytes: number }[] = []
  let isCut = false
  await phone.route(/\/tai-len\?/, async (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('from'))
    if (from > 0 && !isCut) {
      isCut = true
      await context.setOffline(true)
      return route.abort('internetdisconnected')
    }
    sent.push({ from, bytes: route.request().postDataBuffer()?.length ?? 0 })
    return route.continue()
  })
  await open(phone, delivery)
  const form = phone.locator('form[action$="/anh"]')
  const buffer = await phonePhoto({ width: 1_600, height: 1_200 })
  expect(buffer.length).toBeGreaterThan(600 * 1024)
  await form.locator('[name=photo]').setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer })
  await form.locator('[name=alt]').fill('Áo ấm trên giá')
  await form.locator('button').click()
  await expect(phone.locator('[data-uploads]')).toContainText('Mất sóng')
  await phone.goto('about:blank')
  await context.setOffline(false)
  // It goes on by itself, and leads on as soon as it is there: nothing waits for this page.
  await phone.goto(delivery, { waitUntil: 'commit' })
  // Its forms are made before it is taken.
  await expect(phone).toHaveURL(/xong=photo$/, { timeout: 30_000 })
  await expect(phone.locator('form[action$="/anh"] [name=alt]')).toHaveValue('')
  // Of each byte one went: what was here already was asked for, and not sent again.
  expect(sent.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(buffer.length)
  await context.close()
}

test('on a phone with a bad line: recorded once, kept while there is no line, shown once a second person looked at it', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  await signIn(page, 'can-bo-xa-mau')
  const form = await findPurchase(page)
  await inspect(page)
  await open(page, form)
  await page.locator('input[name=place]').fill('Điểm trường Thử Nghiệm')
  await page.locator('input[name^="units-"]').first().fill('1')
  await page.locator('input[name=children]').fill('9')
  await inspect(page)
  // Without a line nothing is sent and nothing is lost, also when the phone dies.
  await context.setOffline(true)
  await page.locator('form[data-kept] button').click()
  await expect(page.locator('[data-kept-told]')).toContainText('Chưa có mạng')
  await context.setOffline(false)
  await page.goto('about:blank')
  await open(page, form)
  await expect(page.locator('input[name=place]')).toHaveValue('Điểm trường Thử Nghiệm')
  await page.locator('form[data-kept] button').click()
  await expect(page).toHaveURL(/\/trao\/dot\/\d+\?xong=recorded$/)
  const delivery = new URL(page.url()).pathname
  await inspect(page)

  const consent = page.locator('form[action$="/dong-y"]')
  await consent.locator('[name=paperNumber]').fill('12/2026')
  await consent.locator('button').click()
  await expect(page).toHaveURL(/xong=consented$/)

  await sendPhotoOverBadLine(await asSomebodyElse(browser, baseURL, 'can-bo-xa-mau'), delivery)
  await open(page, delivery)
  await expect(page.locator('#anh ~ form img')).toHaveCount(1)
  await expect(page.locator('button[name=releasePhoto]')).toHaveCount(0)
  await inspect(page)

  const second = await asSomebodyElse(browser, baseURL, 'ke-toan-mau')
  await open(second, delivery)
  const image = second.locator('#anh ~ form img')
  await image.scrollIntoViewIfNeeded()
  await expect.poll(() => image.evaluate((one) => (one instanceof HTMLImageElement ? one.naturalWidth : 0))).toBeGreaterThan(0)
  await second.locator('button[name=releasePhoto]').click()
  await expect(second).toHaveURL(/xong=released$/)
  const shown = await second.locator('a[href*="/dot-trao/"]').getAttribute('href')
  await open(second, shown ?? '')
  await expect(second.locator('.photos img[alt="Áo ấm trên giá"]')).toBeVisible()
  await second.context().close()
})

/** Goods that the sample waits for, in either fund. @returns the address of their page in the console */
async function findAwaitedGoods(page: Page): Promise<string> {
  for (const fund of ['ha-noi', 'ninh-thuan']) {
    await open(page, `/quan-tri/${fund}/hien-vat`)
    const link = page.locator('td a.code, th a.code').first()
    if ((await link.count()) > 0) return (await link.getAttribute('href')) ?? ''
  }
  throw new Error('the sample waits for no goods')
}

test('goods that come: counted on a phone, with a note that a second person shows; a wrong count is taken back', async ({
  page,
  browser,
  baseURL,
}) => {
  await signIn(page, 'ke-toan-mau')
  const goods = await findAwaitedGoods(page)
  await open(page, goods)
  await page.locator('input[name^="units-"]').first().fill('3')
  await page.locator('select[name=standard]').selectOption('yes')
  await page.locator('button[value=receive]').click()
  await expect(page).toHaveURL(/xong=goods_received$/)

  const form = page.locator('form[action$="/giay"]')
  await form.locator('[name=original]').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 giấy') })
  const copy = { name: 'b.jpg', mimeType: 'image/jpeg', buffer: await phonePhoto({ width: 500, height: 700 }) }
  await form.locator('[name=copy]').setInputFiles(copy)
  await form.locator('button').click()
  await expect(page).toHaveURL(/xong=paper$/)
  await expect(page.locator('button[name=releasePaper]')).toHaveCount(0)
  await page.locator('details:has(button[value=take_back]) summary').first().click()
  await inspect(page)

  const second = await asSomebodyElse(browser, baseURL, 'giam-doc-mau')
  await open(second, goods.replace(/\/TD[^/]+$/, ''))
  await second.locator(`a[href^="${goods}"]`).first().click()
  await second.locator('button[name=releasePaper]').click()
  await expect(second).toHaveURL(/xong=released$/)
  const gift = `/theo-doi/${goods.split('/').at(-1)}`
  await expect(async () => {
    await open(second, gift)
    await expect(second.locator('a[href^="/tep/"]')).toHaveCount(1, { timeout: 500 })
  }).toPass({ timeout: 15_000 })

  await page.locator('button[value=take_back]').first().click()
  await expect(page).toHaveURL(/xong=goods_taken_back$/)
  await expect(page.locator('button[value=take_back]')).toHaveCount(0)
  await inspect(page)
  await expect(async () => {
    await open(second, gift)
    await expect(second.locator('.time')).toContainText('rút lại', { timeout: 500 })
  }).toPass({ timeout: 15_000 })
  await inspect(second)
  await second.context().close()
})
