import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { LinesView, LineTotals } from '@/lib/public-lines/model'
import type { Citation } from '@/lib/public-lines/schema'
import { Cited } from './cited'

const sums = (lines: number, inVnd: bigint): LineTotals => ({ lines, inVnd, outVnd: 0n, movedInVnd: 0n, movedOutVnd: 0n })
const said = (cited: Citation['sums'], totals: LinesView['totals'], since: LineTotals | null) => {
  const found: LinesView = { lines: [], days: [], closed: [], next: null, size: 120n, totals, isCut: false, since }
  return renderToStaticMarkup(<Cited locale="vi" cited={{ size: 100n, sums: cited }} found={found} />).replaceAll('\u00a0', ' ')
}

test('what a link says of its result is held against what of it is there today', () => {
  expect(said(sums(2, 300n), sums(3, 500n), sums(1, 200n))).toMatch(/khi ấy kết quả là 2 dòng: vào 300 ₫.*đã có khi ấy vẫn như vậy/)
  // A line is gone, and none is newer.
  expect(said(sums(2, 300n), sums(1, 100n), sums(0, 0n))).toMatch(/Không dòng nào.*mới hơn.*đã có khi ấy nay là 1 dòng: vào 100 ₫/)
  const many = said(sums(2, 300n), sums(20_000, 500_000n), null)
  expect(many).toMatch(/2 dòng: vào 300 ₫.*hơn mười nghìn dòng/)
  expect(many).not.toContain('đã có khi ấy')
  expect(said(null, sums(1, 100n), sums(0, 0n))).toMatch(/không mang theo tổng.*không đếm được/)
})
