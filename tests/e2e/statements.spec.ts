import type { Page } from '@playwright/test'
import { SAMPLE_ACCOUNTS } from '../../lib/sample/bank-lines'
import { fileOf, unknownBank, type MadeLine } from '../factories/statements'
import { expect, open, test } from './fixtures'
import { inspect } from './inspect'

const ROOM = '/quan-tri/ninh-thuan/sao-ke'
const account = SAMPLE_ACCOUNTS['ninh-thuan'].accountNumber
const line = (amountVnd: number, reference: string): MadeLine => ({ day: '2026-03-03', amountVnd, reference, memo: `ung ho ${reference}` })

/** A file of a bank whose words nobody knows. @param spoilt a cell in whose place stands something that is no number */
function bytes(lines: MadeLine[], spoilt?: string): Buffer {
  const sheet = unknownBank({ account, lines })
  return fileOf('xlsx', { ...sheet, rows: sheet.rows.map((row) => row.map((cell) => (cell === spoilt ? 'bốn bảy' : cell))) })
}

async function give(page: Page, name: string, buffer: Buffer): Promise<void> {
  await open(page, ROOM)
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/vnd.ms-excel', buffer })
  await page.locator('form[action$="/sao-ke/moi/gui"] select[name=account]').selectOption({ index: 1 })
  await page.locator('form[action$="/sao-ke/moi/gui"] button').click()
}

/** Without scripts the page is read again by whoever waits. */
async function until(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await page.reload()
    await expect(page.locator('#tien-do')).toContainText(text, { timeout: 500 })
  }).toPass({ timeout: 20_000 })
}

test.use({ javaScriptEnabled: false })

test('columns of a bank that nobody knows are told once; a file with a row that cannot be read leaves nothing', async ({ page }) => {
  await open(page, '/quan-tri/dang-nhap')
  await page.locator('button[name=ai][value=ke-toan-mau]').click()
  await give(page, 'la.xlsx', bytes([line(41_000, 'LA-1'), line(43_000, 'LA-2')]))
  await until(page, 'chờ chỉ cột')
  await page.locator('select[name=hang]').selectOption({ label: '2: Hôm | Mã | Xuất | Nhập | Tồn | Lý do' })
  await page.getByRole('button', { name: 'Xem dòng này' }).click()
  for (const [header, field] of [
    ['Hôm', 'posted_on'],
    ['Mã', 'reference'],
    ['Xuất', 'debit'],
    ['Nhập', 'credit'],
    ['Tồn', 'balance'],
    ['Lý do', 'memo'],
  ] as const)
    await page.getByLabel(header, { exact: true }).selectOption(field)
  await page.getByRole('button', { name: 'Đọc tệp với các cột này' }).click()
  await until(page, 'chờ xem và nhận')
  await expect(page.getByRole('row').filter({ hasText: 'ung ho LA-1' })).toContainText('mới')
  await page.getByRole('button', { name: 'Nhận tệp này' }).click()
  await until(page, 'đã ghi sổ')

  // Given again with a later line, the first two are known and the columns are remembered; one row is nonsense.
  const overlapping = [line(41_000, 'LA-1'), line(43_000, 'LA-2'), line(47_000, 'LA-3')]
  await give(page, 'hong.xlsx', bytes(overlapping, '47.000'))
  await until(page, 'chờ xem và nhận')
  await expect(page.getByRole('row').filter({ hasText: 'LA-2' })).toContainText('đã có trong sổ')
  await expect(page.getByRole('row').filter({ hasText: 'không đọc được' }).first()).toContainText('5')
  await expect(page.getByRole('button', { name: 'Nhận tệp này' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Bỏ cả tệp' }).click()
  await expect(page.getByRole('status')).toContainText('Không có gì của nó vào sổ')
  await open(page, '/quan-tri/ninh-thuan/ngan-hang?nhom=in')
  await expect(page.getByRole('row').filter({ hasText: 'LA-1' })).toHaveCount(1)
  await expect(page.getByRole('row').filter({ hasText: 'LA-3' })).toHaveCount(0)
})

test.describe('looked at', () => {
  test.use({ javaScriptEnabled: true })
  test('files and a preview are clean at both widths', async ({ page }) => {
    await open(page, '/quan-tri/dang-nhap')
    await page.locator('button[name=ai][value=ke-toan-mau]').click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc chờ tôi')
    await open(page, '/quan-tri/ha-noi/sao-ke')
    await inspect(page)
    await page.locator('table a[href*="/sao-ke/"]').first().click()
    await expect(page.locator('#tien-do')).toBeVisible()
    await inspect(page)
  })
})
