import type { Page } from '@playwright/test'
import { generateSync } from 'otplib'
import { expect, open, test } from './fixtures'
import { inspect } from './inspect'

/** Signs in somebody of the sample by their button. */
async function click(page: Page, id: string): Promise<void> {
  await open(page, '/quan-tri/dang-nhap')
  await page.locator(`button[value="${id}"]`).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/dang-nhap'))
}

/** Asks for a link and follows the one that is written down for it. */
async function enterByLink(page: Page, email: string): Promise<void> {
  const link = page.getByRole('listitem').filter({ hasText: email }).locator('a[href*="/vao/"]').first()
  await open(page, '/quan-tri/thu-mau')
  const before = (await link.count()) > 0 ? await link.getAttribute('href') : null
  await open(page, '/quan-tri/dang-nhap')
  await page.getByLabel('Thư điện tử').fill(email)
  await page.getByRole('button', { name: 'Gửi đường dẫn' }).click()
  await page.waitForURL('**/quan-tri/da-gui-thu*')
  // It is written after the answer, so that the answer tells nobody who is known. One that was there before is used up.
  await expect(async () => {
    await open(page, '/quan-tri/thu-mau')
    await expect(link).toBeVisible({ timeout: 500 })
    expect(await link.getAttribute('href')).not.toBe(before)
  }).toPass()
  await link.click()
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
}

test('somebody new comes by a link, sets up a second factor, and is asked for it the next time', async ({ page }) => {
  const email = `e2e-${Date.now()}@example.com`
  await click(page, 'giam-doc-mau')
  await open(page, '/quan-tri/ha-noi/nguoi')
  const form = page.getByRole('region', { name: 'Chỉ định một người' })
  await form.getByLabel('Thư điện tử').fill(email)
  await form.getByLabel('Tên', { exact: true }).fill('Người Thử (mẫu)')
  await form.getByLabel('Việc', { exact: true }).selectOption({ label: 'biên tập' })
  await form.getByRole('button', { name: 'Chỉ định' }).click()
  await expect(page.getByRole('status')).toContainText('Đã chỉ định')
  await open(page, '/quan-tri/toi')
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('Bạn đã đăng xuất')

  await enterByLink(page, email)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc chờ tôi')
  await open(page, '/quan-tri/toi')
  await page.getByRole('link', { name: 'Đặt mã xác thực' }).click()
  await inspect(page)
  const secret = (await page.locator('b.so').innerText()).replaceAll(' ', '')
  const [recovery = ''] = await page.locator('.codes li').allInnerTexts()
  const codeIn = (seconds: number) => generateSync({ secret, epoch: Math.floor(Date.now() / 1_000) + seconds })
  await page.getByLabel('Mã sáu chữ số').fill(codeIn(0))
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(page.getByText('đã đặt', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Đăng xuất ở mọi máy' }).click()
  await page.waitForURL('**/quan-tri/dang-nhap*')

  await enterByLink(page, email)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mã xác thực')
  await page.getByLabel(/Mã sáu chữ số/).fill('không phải mã')
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(page.getByText('Mã không đúng')).toBeVisible()
  await inspect(page)
  // The step of time before was taken already.
  await page.getByLabel(/Mã sáu chữ số/).fill(codeIn(30))
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc chờ tôi')
  await open(page, '/quan-tri/toi')
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click()
  await page.waitForURL('**/quan-tri/dang-nhap*')

  await enterByLink(page, email)
  await page.getByLabel(/Mã sáu chữ số/).fill(recovery)
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc chờ tôi')
})

test('whoever can move money gets no further by a link alone', async ({ page }) => {
  await enterByLink(page, 'ke-toan-ninh-thuan-mau@example.com')
  await page.waitForURL('**/quan-tri/xac-thuc/moi*')
  await page.goto('/quan-tri/ninh-thuan/nguoi')
  await page.waitForURL('**/quan-tri/xac-thuc/moi*')
})

test('one click opens the console of a sample: by keyboard, in both languages, by day and by night', async ({ page }) => {
  await click(page, 'pho-giam-doc-mau')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc chờ tôi')
  await page.keyboard.press('/')
  await page.keyboard.type('bien-tap')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/quan-tri/ha-noi/tim?q=bien-tap')
  await page.getByRole('link', { name: 'Vũ Thị Biên Tập (mẫu)' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Người làm việc ở quỹ')
  // A heading is seen before the keys work.
  await page.waitForLoadState('load')
  await page.keyboard.press('j')
  await expect(page.getByRole('row').nth(1).getByRole('button').first()).toBeFocused()

  await open(page, '/quan-tri/ha-noi/xuat')
  for (const name of ['Tải Tiền đã nhận (XLSX)', 'Tải Tiền đã nhận (XLSX)']) {
    // The page stays where it is, and a table can be taken again.
    const [taken] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
    expect(await taken.failure()).toBeNull()
  }
  await page.keyboard.press('/')
  await page.keyboard.type('50.000')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/tim?q=50.000')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Dòng sao kê số \d+$/)
  await inspect(page)

  for (const path of ['', '/tim?q=áo', '/xuat', '/nguoi', '/nhat-ky', '/tai-khoan', '/cai-dat']) {
    await open(page, `/quan-tri/ha-noi${path}`)
    await inspect(page)
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const path of ['', '/nguoi', '/tai-khoan']) {
    await open(page, `/en/quan-tri/ha-noi${path}`)
    await inspect(page)
  }
  for (const path of ['/quan-tri/dang-nhap', '/en/quan-tri/toi', '/quan-tri/thu-mau']) {
    await open(page, path)
    await inspect(page)
  }
})

test('the console works without scripts, and is kept nowhere', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await click(page, 'kiem-soat-mau')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc chờ tôi')
  const answer = await page.goto('/quan-tri/ninh-thuan/nhat-ky')
  expect(answer?.headers()['cache-control']).toContain('no-store')
  expect(await page.locator('meta[name="robots"]').getAttribute('content')).toContain('noindex')
  await page.getByLabel('Việc gì').fill('people')
  await page.getByRole('button', { name: 'Lọc' }).click()
  await expect(page).toHaveURL(/viec=people/)
  // An auditor sees who is there, and has no button to change anything: only to take what they see.
  await page.goto('/quan-tri/ninh-thuan/nguoi')
  await expect(page.locator('main form:not([data-brings-file]) button')).toHaveCount(0)
  const [taken] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Tải Người làm việc (CSV)' }).click()])
  expect(taken.suggestedFilename()).toMatch(/^ninh-thuan-people-\d{4}-\d\d-\d\d\.csv$/)
  await context.close()
})
