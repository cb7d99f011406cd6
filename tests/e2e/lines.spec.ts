import { expect, open, test } from './fixtures'

test('results come while somebody types; half a day is no mistake until it is left', async ({ page }) => {
  await open(page, '/sao-ke')
  const result = page.locator('#ket-qua')
  await page.locator('#tim').fill('+50.000')
  await expect(page).toHaveURL(/tim=%2B50\.000/)
  await expect(page).toHaveTitle(/“\+50\.000”/)
  const found = (await result.getByRole('status').textContent()) ?? ''
  await expect(page.locator('.lines-live')).toHaveText(found)

  await page.locator('#tu').pressSequentially('20/1')
  await page.waitForTimeout(400)
  await expect(page.locator('#tu-error')).toHaveCount(0)
  await page.locator('#den').focus()
  await expect(page).toHaveURL(/tu=20\d\d-01-20/)
  await page.locator('#tu').fill('20/13')
  await page.locator('#den').focus()
  await expect(page.locator('#tu-error')).toBeVisible()
  await expect(result.getByRole('link').first()).toHaveAttribute('href', '/sao-ke')
})

test('lines of one class are a click away, and so is their CSV', async ({ page }) => {
  await open(page, '/sao-ke')
  await page.locator('.only-classes').getByRole('link', { name: 'Trả nhà cung cấp' }).click()
  await expect(page).toHaveURL(/\?loai=tra-nha-cung-cap$/)
  await expect(page.locator('.only-classes [aria-current]')).toHaveText('Trả nhà cung cấp')
  await page.getByText('Thêm điều kiện').click()
  await page.locator('#loai').selectOption('phi')
  await expect(page.locator('#ket-qua a[href*="sao-ke.csv"]')).toHaveAttribute('href', '/sao-ke.csv?loai=phi')
  await expect(page.locator('.st .amt').first()).toHaveText('−11.000')
})

test.describe('without a connection', () => {
  // What fails here is meant to.
  test.use({ quiet: undefined })
  test('a search says that it failed, marks what is old, and is then sent as a form', async ({ page }) => {
    await open(page, '/sao-ke')
    await page.route(/tim=/, (route) => (route.request().resourceType() === 'fetch' ? route.fulfill({ status: 503 }) : route.continue()))
    await page.locator('#tim').fill('nguyen')
    const [result, alert] = [page.locator('#ket-qua'), page.getByRole('alert')]
    await expect(alert).toContainText('Những gì đã nhập vẫn còn')
    await expect(result).toHaveClass(/old/)
    await expect(result).not.toHaveAttribute('aria-busy')
    await expect(page).toHaveURL(/sao-ke$/)
    await page.locator('#tim').press('Enter')
    await expect(page).toHaveURL(/tim=nguyen/)
    await expect(result).not.toHaveClass(/old/)
    await expect(alert).toHaveText('')
  })
})

test('printed, it is what was asked and the lines, without what is for a screen', async ({ page }) => {
  await open(page, '/sao-ke?chieu=ra')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('Điều kiện: chỉ tiền ra')).toBeVisible()
  for (const screen of ['#tim', '.lines-form button', '.pager']) await expect(page.locator(screen).first(), screen).toBeHidden()
  await expect(page.locator('.st thead')).toBeVisible()
})
