import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Browser, Page } from '@playwright/test'
import { SAMPLE_ACCOUNTS } from '../../lib/sample/bank-lines'
import { fileOf, vietcombank, type MadeLine } from '../factories/statements'
import { expect, open, test } from './fixtures'
import { fillIn, pay } from './giving'

const PHONE = { width: 360, height: 740 }
const DESK = { width: 1280, height: 900 }
/** One of the sample's staff, signed in by one click, in a browser of their own. */
async function signedIn(browser: Browser, staffId: string, viewport = DESK): Promise<Page> {
  const page = await (await browser.newContext({ viewport })).newPage()
  await open(page, '/quan-tri/dang-nhap')
  await page.locator(`button[name=ai][value="${staffId}"]`).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc chờ tôi')
  return page
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const said = (page: Page) => page.locator('.done').first()

test('a need becomes a campaign, is given to, spent and handed over by those who may, and is complete', async ({ browser, page }) => {
  test.setTimeout(240_000)
  const officer = await signedIn(browser, 'can-bo-xa-mau', PHONE)
  const room = new URL(officer.url()).pathname
  const editor = await signedIn(browser, 'bien-tap-mau')
  const accountant = await signedIn(browser, 'ke-toan-mau')
  const director = await signedIn(browser, 'giam-doc-mau')
  const at = (path: string) => `${room}${path}`
  let need = ''
  let campaign = ''
  let slug = ''
  let spend = ''
  let gift = ''

  await test.step('the officer reports, the editor checks and publishes', async () => {
    await open(officer, at('/nhu-cau/bao'))
    await officer.getByLabel('Nhóm nhu cầu').selectOption('ao-am')
    await officer.getByLabel('Năm học').fill('2033-2034')
    await officer.getByLabel('Số trẻ em').fill('10')
    await officer.getByLabel('Số lượng').fill('10')
    await officer.getByLabel('Kinh phí ước tính (₫)').fill('1.000.000')
    const commune = officer.getByLabel('Xã', { exact: true })
    await commune.selectOption(await commune.locator('option:not([value=""])').first().getAttribute('value'))
    await press(officer, 'Gửi')
    await expect(said(officer)).toContainText('Đã nhận báo cáo')
    need = new URL(officer.url()).pathname

    await open(editor, need)
    await press(editor, 'Đã kiểm tra')
    await press(editor, 'Công bố')
    await expect(said(editor)).toHaveText('Đã công bố.')
  })

  await test.step('the editor writes the campaign, the director reviews it', async () => {
    await open(editor, need)
    await press(editor, 'Lập chiến dịch')
    const texts = {
      ...{
        'Tóm tắt, Tiếng Việt': 'Mười áo ấm cho mười em ở điểm trường xa',
        'Tóm tắt, Tiếng Anh': 'Ten warm coats for ten children at a far school',
      },
      ...{ 'Câu chuyện, Tiếng Việt': 'Mùa đông đến sớm. '.repeat(20), 'Câu chuyện, Tiếng Anh': 'Winter came early. '.repeat(20) },
      ...{ 'Nếu nhận quá mục tiêu, Tiếng Việt': 'Vào quỹ chung.', 'Nếu nhận quá mục tiêu, Tiếng Anh': 'To the general pot.' },
    }
    for (const [label, text] of Object.entries(texts)) await editor.getByLabel(label).fill(text)
    await editor.getByLabel('Cần trước ngày').fill('2099-01-31')
    await editor.locator('[name="budget-0-unitPrice"]').fill('100.000')
    await editor.locator('[name="budget-0-quantity"]').fill('10')
    await press(editor, 'Lưu')
    await press(editor, 'Gửi duyệt')
    await expect(said(editor)).toContainText('Đã gửi duyệt')
    campaign = new URL(editor.url()).pathname
    await open(director, campaign)
    await press(director, 'Duyệt')
    await expect(said(director)).toContainText('đã mở')
    slug = ((await director.locator('dd a[href^="/chien-dich/"]').getAttribute('href')) ?? '').split('/').at(-1) ?? ''
  })

  await test.step('one gift is told by the bank at once, another by its statement', async () => {
    for (const [amount, name] of [
      ['400000', 'Nguyễn Thị Mai'],
      ['700000', 'Trần Văn Bình'],
    ] as const) {
      await open(page, `/ung-ho/${slug}`)
      await fillIn(page, { amount, name, message: 'Chúc các em ấm áp.' })
      await expect(page).toHaveURL(/\/theo-doi\/TD/)
      if (name.startsWith('Nguyễn')) {
        gift = new URL(page.url()).pathname
        await pay(page, 'bidv', 'lower_case')
      }
    }
    const later = new URL(page.url()).pathname.slice(-9)
    await importStatement(accountant, room, [
      { day: today(), amountVnd: 700_000, reference: `5091 - ${later}`, memo: `MBVCB.99.${later} ung ho` },
    ])
    await expect(async () => {
      await open(page, `/theo-doi/${later}`)
      expect(await page.locator('#khoan-ung-ho').getAttribute('data-waiting')).toBeNull()
    }).toPass({ timeout: 20_000 })
  })

  await test.step('the director begins the handing over; the accountant asks for money and the director approves', async () => {
    await expect(async () => {
      await open(director, campaign)
      await expect(director.getByRole('button', { name: 'Bắt đầu trao' })).toBeVisible({ timeout: 500 })
    }).toPass({ timeout: 20_000 })
    await director.locator('#buoc-reasonVi').fill('Đủ tiền, bắt đầu mua')
    await director.locator('#buoc-reasonEn').fill('Fully funded; buying begins')
    await press(director, 'Bắt đầu trao')
    await expect(said(director)).toBeVisible()

    await open(accountant, at(`/chi/moi?chien-dich=${slug}`))
    await accountant.locator('[name="units-0"]').fill('10')
    await accountant.locator('[name="amount-0"]').fill('950.000')
    await accountant.locator('[name=titleVi]').fill('Mười áo khoác')
    await accountant.locator('[name=titleEn]').fill('Ten coats')
    await accountant.locator('[name=supplier]').fill('May Mẫu')
    await accountant.locator('[name=dueOn]').fill('2099-01-31')
    await accountant.locator('form[action$="/chi/moi/gui"] button').click()
    await expect(accountant).toHaveURL(/\/chi\/\d+/)
    spend = new URL(accountant.url()).pathname
    await open(director, spend)
    await director.locator('button[name=decision][value=approve]').click()
    await expect(said(director)).toBeVisible()
  })

  await test.step('the bank pays it, and the accountant says which line did', async () => {
    await importStatement(accountant, room, [
      { day: today(), amountVnd: -950_000, reference: `5092 - ${slug.slice(0, 8)}`, memo: 'TT MAY MAU ao khoac' },
    ])
    const row = accountant.locator('table.queue tbody tr', { hasText: '950.000' })
    await expect(async () => {
      await open(accountant, at('/ngan-hang?nhom=out'))
      await expect(row).toHaveCount(1, { timeout: 500 })
    }).toPass({ timeout: 20_000 })
    await row.locator('button').first().click()
    await expect(accountant.getByRole('status')).toBeVisible()
    await open(accountant, spend)
    await expect(accountant.locator('main')).toContainText('đã trả đủ')
  })

  await test.step('the officer hands over on a phone', async () => {
    await open(officer, at(`/trao/moi/${spend.split('/').at(-1) ?? ''}`))
    await officer.locator('input[name=place]').fill('Điểm trường Mẫu')
    await officer.locator('input[name^="units-"]').first().fill('10')
    await officer.locator('input[name=children]').fill('10')
    await officer.locator('form[data-kept] button').click()
    await expect(officer).toHaveURL(/\/trao\/dot\/\d+\?xong=recorded$/)
  })

  await test.step('it is settled and complete, and what was left went on', async () => {
    await open(accountant, spend)
    await accountant.locator('button[name=decision][value=settle]').click()
    await expect(said(accountant)).toBeVisible()
    await open(director, campaign)
    await director.locator('#buoc-reasonVi').fill('Đã trao đủ mười áo')
    await director.locator('#buoc-reasonEn').fill('All ten coats were handed over')
    await press(director, 'Hoàn thành')
    await expect(said(director)).toContainText('hoàn thành')
    await expect(async () => {
      await open(page, `/chien-dich/${slug}`)
      await expect(page.locator('main')).toContainText('Đã trao đủ mười áo', { timeout: 500 })
    }).toPass({ timeout: 20_000 })
    await page.screenshot({ path: '.test/day-campaign.png', fullPage: true })
    await open(page, gift)
    await expect(page.locator('main')).toContainText('Áo')
    await page.screenshot({ path: '.test/day-gift.png', fullPage: true })
  })
  await test.step('whoever doubts all of it finds the pages to say what the log says', async () => {
    // The log may grow while pages are compared: then it is asked again.
    await expect(async () => {
      const said = await verified(new URL(page.url()).origin)
      expect(said.match(/^(WRONG|could not look|OPEN .* newer than).*$/gm)).toBeNull()
      expect(said).toMatch(/^ok +the river of money of \d+ years, and what came for \d+ needs/m)
    }).toPass({ timeout: 60_000 })
  })
  for (const one of [officer, editor, accountant, director]) await one.context().close()
})

/** What a sceptic's program says of the site. */
async function verified(url: string): Promise<string> {
  const child = spawn(process.execPath, ['scripts/verify.mjs', '--url', url])
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await once(child, 'close')
  return said
}

/** Việt Nam's day. */
const today = (): string => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)

/** Gives a file of the bank, reads its preview, and accepts it. */
async function importStatement(accountant: Page, room: string, lines: MadeLine[]): Promise<void> {
  const account = SAMPLE_ACCOUNTS[room.endsWith('ninh-thuan') ? 'ninh-thuan' : 'ha-noi'].accountNumber
  const buffer = fileOf('xlsx', vietcombank({ account, lines }))
  await open(accountant, `${room}/sao-ke`)
  await accountant.locator('input[type=file]').setInputFiles({ name: 'sao-ke.xlsx', mimeType: 'application/vnd.ms-excel', buffer })
  await accountant.locator('form[action$="/sao-ke/moi/gui"] button').click()
  await accountant.locator('form[action$="/nhan"] button').click({ timeout: 20_000 })
  await expect(said(accountant)).toBeVisible()
}
