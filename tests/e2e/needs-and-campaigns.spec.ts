import type { Browser, Page } from '@playwright/test'
import { expect, test } from './fixtures'

/** Somebody of the sample's staff, signed in by one click. */
async function signedIn(browser: Browser, role: string, viewport = { width: 1280, height: 900 }): Promise<Page> {
  const page = await (await browser.newContext({ viewport })).newPage()
  await page.goto('/quan-tri/dang-nhap')
  await page.getByRole('listitem').filter({ hasText: role }).first().getByRole('button').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc chờ tôi')
  return page
}

const said = (page: Page) => page.locator('.done, .refused').first()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test.describe.configure({ mode: 'serial' })

test('a need becomes a campaign, is reviewed by somebody else, and opens', async ({ browser }) => {
  const editor = await signedIn(browser, 'biên tập')
  const fund = new URL(editor.url()).pathname
  await editor.goto(`${fund}/nhu-cau`)
  await editor.getByRole('row').filter({ hasText: 'đã kiểm tra' }).first().getByRole('link').click()
  await press(editor, 'Công bố')
  await expect(said(editor)).toHaveText('Đã công bố.')
  await press(editor, 'Lập chiến dịch')

  await editor.getByLabel('Tóm tắt, Tiếng Việt').fill('Chữ tự lưu')
  await expect(editor.locator('[data-saved]')).toHaveText('Đã lưu.', { timeout: 15_000 })
  await editor.reload()
  await expect(editor.getByLabel('Tóm tắt, Tiếng Việt')).toHaveValue('Chữ tự lưu')
  await press(editor, 'Gửi duyệt')
  await expect(said(editor)).toContainText('Chưa gửi duyệt được')

  const texts = {
    ...{ 'Tóm tắt, Tiếng Anh': 'Saved by itself', 'Câu chuyện, Tiếng Việt': 'Chuyện dài. '.repeat(1_200) },
    ...{
      'Câu chuyện, Tiếng Anh': 'A story.',
      'Nếu nhận quá mục tiêu, Tiếng Việt': 'Quỹ chung',
      'Nếu nhận quá mục tiêu, Tiếng Anh': 'General pot',
    },
  }
  for (const [label, text] of Object.entries(texts)) await editor.getByLabel(label).fill(text)
  await editor.getByLabel('Cần trước ngày').fill('2099-01-31')
  await editor.locator('[name="budget-0-unitPrice"]').fill('10.000')
  await editor.locator('[name="budget-0-quantity"]').fill('10')
  await press(editor, 'Lưu')
  await expect(editor.getByRole('heading', { name: 'Đủ để gửi duyệt.' })).toBeVisible()
  await editor.getByRole('link', { name: 'Xem như người đọc' }).click()
  await expect(editor.getByText('Bản xem trước, chưa công khai.')).toBeVisible()
  await expect(editor.getByText('Chữ tự lưu')).toBeVisible()
  await editor.getByRole('link', { name: 'Về bản viết' }).click()
  await press(editor, 'Gửi duyệt')
  await expect(said(editor)).toContainText('Đã gửi duyệt')
  const campaign = new URL(editor.url()).pathname
  await expect(editor.getByText('Bạn đã viết một phần')).toBeVisible()

  const director = await signedIn(browser, 'giám đốc')
  await director.goto(campaign)
  await press(director, 'Duyệt')
  await expect(said(director)).toContainText('Đã duyệt')
  const link = director.locator('dd a[href^="/chien-dich/"]')
  const path = (await link.getAttribute('href')) ?? ''
  await expect(async () => expect((await director.request.get(path)).status()).toBe(200)).toPass()
  await director.locator('#dung-reasonVi').fill('Mưa lũ')
  await director.locator('#dung-reasonEn').fill('Floods')
  await press(director, 'Tạm dừng')
  await expect(said(director)).toContainText('Đã tạm dừng')
  await expect(async () => expect(await (await director.request.get(path)).text()).toContain('Mưa lũ')).toPass()
  for (const page of [editor, director]) await page.context().close()
})

test('two editors of one draft lose no text', async ({ browser }) => {
  const first = await signedIn(browser, 'biên tập')
  const fund = new URL(first.url()).pathname
  await first.goto(`${fund}/chien-dich`)
  await first.getByRole('row').filter({ hasText: 'bản nháp' }).first().getByRole('link').click()
  await press(first, 'Sửa')
  await expect(first.getByLabel('Tóm tắt, Tiếng Việt')).toBeVisible()
  const second = await first.context().newPage()
  await second.goto(first.url())
  await second.route('**/luu', (route) => (route.request().postData()?.includes('tu-luu') ? route.abort() : route.continue()))
  await first.getByLabel('Tóm tắt, Tiếng Việt').fill('Người thứ nhất')
  await press(first, 'Lưu')
  await expect(said(first)).toHaveText('Đã lưu.')
  await second.getByLabel('Tóm tắt, Tiếng Việt').fill('Người thứ hai')
  await press(second, 'Lưu')
  await expect(said(second)).toContainText('Có người đã lưu bản khác')
  await expect(second.getByText('Người thứ hai', { exact: true })).toBeVisible()
  await expect(second.getByLabel('Tóm tắt, Tiếng Việt')).toHaveValue('Người thứ nhất')
  await press(second, 'Cất bản này')
  await expect(said(second)).toContainText('Đã cất')
  await first.context().close()
})

test('an officer reports for their own communes on a phone, and sees nothing of another fund', async ({ browser }) => {
  const officer = await signedIn(browser, 'cán bộ xã', { width: 360, height: 740 })
  const fund = new URL(officer.url()).pathname
  await officer.goto(`${fund}/nhu-cau/bao`)
  const width = await officer.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(360)
  await officer.getByLabel('Nhóm nhu cầu').selectOption('phap-ly')
  await officer.getByLabel('Năm học').fill('2031-2032')
  await officer.getByLabel('Số trẻ em').fill('mười')
  await officer.getByLabel('Số lượng').fill('1.200')
  await press(officer, 'Gửi')
  await expect(officer.getByText('Không phải số nguyên.')).toBeVisible()
  await expect(officer.getByLabel('Số lượng')).toHaveValue('1.200')
  await officer.getByLabel('Số trẻ em').fill('12')
  await officer.getByLabel('Kinh phí ước tính (₫)').fill('3.000.000')
  const communes = await officer.getByLabel('Xã', { exact: true }).locator('option:not([value=""])').all()
  const mine = await Promise.all(communes.map((option) => option.getAttribute('value')))
  await officer.getByLabel('Xã', { exact: true }).selectOption(mine[0] ?? '')
  await press(officer, 'Gửi')
  await expect(said(officer)).toContainText('Đã nhận báo cáo')

  // What the page does not offer is not allowed either.
  const elsewhere = ['1', '2', '3', '4'].find((id) => !mine.includes(id)) ?? ''
  const body = {
    ct: 'ke-hoach-ha-noi-2019-2025',
    nam: '2031',
    nhom: 'phap-ly',
    children: '5',
    quantity: '5',
    amount: '5000',
    priority: 'usual',
  }
  const strange = await officer.evaluate(
    async ({ path, fields }) => (await fetch(path, { method: 'POST', body: new URLSearchParams(fields) })).url,
    { path: `${fund}/nhu-cau/bao/gui`, fields: { ...body, xa: elsewhere, key: 'khong-phai-xa-minh' } },
  )
  expect(strange).toContain('loi=not_allowed')
  for (const page of [`${fund}/ngan-hang`, `${fund}/nhu-cau/999999`, `${fund}/chien-dich/999999`])
    expect((await officer.request.get(page)).status(), page).toBeGreaterThanOrEqual(403)
  await officer.context().close()
})
