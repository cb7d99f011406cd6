import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { LineView } from '@/lib/public-lines/model'
import { LinesTable } from './lines-table'

const LINE: LineView = {
  ...{
    id: 1041n,
    day: '2026-11-20',
    direction: 'in',
    amountVnd: 2_150_000n,
    class: 'gift',
    isMove: false,
    isStated: true,
    channel: 'bank',
  },
  ...{ account: 'Hà Nội 01', fund: 'Hà Nội', name: null, message: null, isReturned: false, isErased: false, code: 'TD32CQRK7' },
  ...{ campaign: null, pot: 'unplaced', spend: null, delivery: null },
}
const html = (more: Partial<LineView>) =>
  renderToStaticMarkup(<LinesTable locale="vi" lines={[{ ...LINE, ...more }]} days={[]} citedAt={null} />)

test('money that goes back is not said to wait for its place', () => {
  expect(html({ class: 'unplaced', code: null })).toContain('Chờ xếp')
  expect(html({ class: 'to_return' })).toMatch(/Sẽ trả lại(?!.*Chờ xếp)/)
  expect(html({ class: 'to_return', isReturned: true })).toMatch(/Đã trả lại(?!.*Chờ xếp)/)
})

test('an entry is a link to its proof, its number written as the log has it', () => {
  expect(html({})).toContain('<a href="/minh-bach?muc=1041">mục\u00a01041</a>')
  expect(html({ isStated: null, channel: 'cash' })).not.toContain('chưa có trên sao kê')
  expect(html({ isStated: false })).toContain('chưa có trên sao kê')
})

test('before the lines of a closed day stands what its account had, got, gave and has', () => {
  const day = {
    day: '2026-11-20',
    account: 'Hà Nội 01',
    openingVnd: 1_000_000n,
    inVnd: 2_150_000n,
    outVnd: 50_000n,
    closingVnd: 3_100_000n,
    lateLines: 0,
  }
  for (const [locale, said] of [
    ['vi', '20/11/2026, Hà Nội 01, đã chốt: đầu ngày 1.000.000, vào 2.150.000, ra 50.000, cuối ngày 3.100.000'],
    ['en', '20/11/2026, Hà Nội 01, closed: 1,000,000 at its beginning, 2,150,000 in, 50,000 out, 3,100,000 at its end'],
  ] as const) {
    const markup = renderToStaticMarkup(<LinesTable locale={locale} lines={[LINE]} days={[day]} citedAt={null} />)
    expect(markup.replace(/<[^>]*>/g, '')).toContain(said)
  }
})
