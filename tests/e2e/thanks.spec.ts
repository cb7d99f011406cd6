import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, open, test } from './fixtures'
import { fillIn, findForm, pay } from './giving'
import { inLocale, LOCALES, type SiteLocale } from './site'

/** A change shows within two seconds (lib/http/pages); a busy machine that runs tests is given more. */
const PATIENCE_MS = 8_000

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

        await checkReceipt(page, gift, locale)

        await open(page, gift)
        await page.locator('form[action$="/ten"] button').click()
        await expect(page.locator('#rieng [role=status]')).toBeVisible()
        for (const path of [wall, campaign, gift]) {
          await expect(async () => {
            const html = await (await request.get(path)).text()
            expect(html.includes(name), path).toBe(false)
          }).toPass({ timeout: PATIENCE_MS, intervals: [100] })
        }
        await page.locator('form[action$="/ten"] button').click()
        await expect(page.locator('#rieng [role=status]')).toBeVisible()
        if (!scripted) await gatherAnother(page, gift, name, locale)
      })
    })
  }
}

/** The gift's receipt is found right, on this device or by the server, and not right when one byte of it is another. */
async function checkReceipt(page: Page, gift: string, locale: SiteLocale): Promise<void> {
  await open(page, gift)
  await page.locator('a[href*="/bien-nhan/"]').first().click()
  await expect(page.locator('.receipt')).toContainText(/\d{3}[.,]\d{3}|₫/)
  const link = page.locator('a[href$="/bien-nhan.pdf"]')
  await expect(async () => {
    await page.reload()
    await expect(link).toBeVisible({ timeout: 500 })
  }).toPass()
  const receipt = await (await page.request.get((await link.getAttribute('href')) ?? '')).body()
  const edited = Buffer.from(receipt)
  edited[2_000] = (edited[2_000] ?? 0) ^ 1
  for (const [buffer, verdict] of [
    [receipt, 'told-right'],
    [edited, 'told-wrong'],
  ] as const) {
    await open(page, inLocale(locale, '/minh-bach'))
    await page.locator('input[type=file]').setInputFiles({ name: 'bien-nhan.pdf', mimeType: 'application/pdf', buffer })
    // With JavaScript it is checked as soon as it is chosen; the button says the same again.
    await page.locator('form.drop button').click()
    await expect(page.locator(`#ket-qua .${verdict}`)).toBeVisible()
  }
}

/** A second gift of the same name comes onto the statement of the first by its private link; a code alone, or a wrong link, does not. */
async function gatherAnother(page: Page, gift: string, name: string, locale: SiteLocale): Promise<void> {
  await findForm(page, locale)
  await fillIn(page, { amount: '133.000', name, message: '' })
  const link = (await page.locator('.private-link a').getAttribute('href')) ?? ''
  await pay(page, 'bidv', 'lower_case')
  await open(page, gift)
  await page.locator('a[href$="#gop"]').click()
  const statement = page.locator('.receipt')
  const gather = async (links: string) => {
    await page.locator('[name=links]').fill(links)
    await page.locator('form:has([name=links]) button').click()
  }
  const wrong = `${link.slice(0, -1)}${link.endsWith('x') ? 'y' : 'x'}`
  await gather(`${link.replace(/\/khoa.*/, '')}\n${wrong}`)
  await expect(page.locator('#gop .wrong')).toBeVisible()
  await expect(page.locator('[name=links]')).toHaveValue(new RegExp(wrong))
  // Also where it is more than is read at once, the text says so beside the field.
  await page.locator('[name=links]').evaluate((field: HTMLTextAreaElement) => field.removeAttribute('maxlength'))
  await gather('x'.repeat(80_000))
  await expect(page.locator('#gop .wrong')).toBeVisible()
  await expect(statement).not.toContainText(/133[.,]000/)
  await expect(async () => {
    await gather(link)
    await expect(statement).toContainText(/133[.,]000/, { timeout: 500 })
  }).toPass()
  await expect(page.locator('#gop [role=status]')).toBeVisible()
  const pdf = (await page.locator('a[href$="/bang-ke.pdf"]').getAttribute('href')) ?? ''
  await expect(async () => {
    const buffer = await (await page.request.get(pdf)).body()
    await open(page, inLocale(locale, '/minh-bach'))
    await page.locator('input[type=file]').setInputFiles({ name: 'bang-ke.pdf', mimeType: 'application/pdf', buffer })
    await page.locator('form.drop button').click()
    await expect(page.locator('#ket-qua .told-right')).toContainText('(2)', { timeout: 2_000 })
  }).toPass()
}

test('the page that was saved checks a proof without a network', async ({ page, request, browser }, info) => {
  await open(page, '/minh-bach?muc=0')
  await expect(page.locator('p.told-right')).toBeVisible()
  // This device has found it right: what the server would have to be believed is gone.
  await expect(page.locator('[data-served]')).toHaveCount(0)
  // A right proof, but of another entry than the page shows.
  const body = await (await request.get('/log/proof/1.tlog-proof')).body()
  await page.route('**/log/proof/0.tlog-proof', (route) => route.fulfill({ body }))
  await page.reload()
  await expect(page.locator('p.told-wrong')).toBeVisible()
  // Words that a server puts beside the right entry are written anew, of what was checked here.
  await page.unroute('**/log/proof/0.tlog-proof')
  await page.route('**/minh-bach?muc=0', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replaceAll(/(<dt>[^<]*<\/dt>)<dd>[^<]*<\/dd>/g, '$1<dd>999.999</dd>') })
  })
  await page.reload()
  await expect(page.locator('p.told-right')).toBeVisible()
  await expect(page.locator('.told > dl')).not.toContainText('999.999')
  const saved = info.outputPath('kiem-tung-dong.html')
  const answer = await request.get('/minh-bach/ngoai-tuyen.html', { headers: { 'accept-encoding': 'br' } })
  expect(answer.headers()['content-encoding']).toBe('br')
  writeFileSync(saved, await answer.body())
  const proof = await (await request.get('/log/proof/0.tlog-proof')).body()
  const offline = await browser.newContext({ offline: true })
  const other = await offline.newPage()
  await other.goto(`file://${saved}`)
  // The keys it has are all there is to check with: also that of a paper that nobody has asked for yet.
  await expect(other.getByRole('heading', { name: 'Khóa niêm biên nhận' })).toBeVisible()
  await other.locator('input[type=file]').setInputFiles({ name: '0.tlog-proof', mimeType: 'text/plain', buffer: proof })
  await expect(other.locator('.told-right')).toBeVisible()
  proof[60] = (proof[60] ?? 0) ^ 1
  await other.locator('input[type=file]').setInputFiles({ name: '0.tlog-proof', mimeType: 'text/plain', buffer: proof })
  await expect(other.locator('.told-wrong')).toBeVisible()
  // Any other file may be a paper that is in the log: from here nobody can be asked.
  await other.locator('input[type=file]').setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('any') })
  await expect(other.locator('.told-title')).toHaveText('Chưa hỏi được nhật ký')
  await other.setViewportSize({ width: 360, height: 740 })
  expect(await other.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await offline.close()
})

test('a shared device forgets a gift, and a link that leaked opens nothing any more', async ({ page, browser, baseURL }) => {
  await findForm(page, 'vi')
  await fillIn(page, { amount: '133.000', name: 'Lò Thị Ban', message: '' })
  const gift = new URL(page.url()).pathname
  const leaked = (await page.locator('.private-link a').getAttribute('href')) ?? ''
  await page.locator('#rieng details summary').last().click()
  await page.locator('form[action$="/khoa-moi"] button').click()
  await expect(page.locator('.private-link a')).not.toHaveAttribute('href', leaked)
  const renewed = (await page.locator('.private-link a').getAttribute('href')) ?? ''
  const other = await (await browser.newContext(baseURL === undefined ? {} : { baseURL })).newPage()
  await other.goto(leaked)
  await expect(other.locator('#rieng')).toHaveCount(0)
  await other.goto(renewed)
  await expect(other.locator('#rieng')).toHaveCount(1)
  // With the gift goes every key that was gathered for a statement, and what was typed there.
  await page.context().addCookies(
    [
      ['td_gop', '/theo-doi'],
      ['td_nhap_gop', `${gift}/bang-ke`],
    ].map(([name = '', path = '']) => ({ name, path, value: `TD2222223:${'x'.repeat(22)}`, domain: new URL(page.url()).hostname })),
  )
  await page.locator('#rieng details summary').last().click()
  await page.locator('form[action$="/quen"] button').click()
  await expect(page.locator('#rieng')).toHaveCount(0)
  await expect(page.locator('.saved')).toBeVisible()
  expect((await page.context().cookies()).filter(({ name }) => name.startsWith('td_'))).toEqual([])
  await open(page, gift)
  await expect(page.locator('#rieng')).toHaveCount(0)
})
