import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DAY, historyOf, NEXT } from '../factories/told-history'
import { verifyTold } from '../factories/told-log'

describe('pages', () => {
  const h = historyOf(1)
  const code = 'TD2345678'
  const told = [
    h.leaf('campaign_state', h.pot(), { campaign: 'ao-am', to: 'open' }),
    h.close([], 0),
    h.gift(1, 0, 100_000, { day: NEXT }, { code }),
    h.line(1, 100_000, {}, { day: NEXT }),
    h.close([1], 100_000, {}, { day: NEXT }),
    ...[h.asked(60_000), h.approved(60_000), h.paid(0, 60_000)],
  ]
  const mark = (name: string, vnd: number, shown = vnd) =>
    `<data class="so" value="${vnd}" data-log="${name}">${shown.toLocaleString('de')}\u00a0₫</data>`
  const head = 'Mục,Ngày,Quỹ,Tài khoản,Chiều,Số tiền,Loại,Tên,Lời nhắn,Mã,Chiến dịch,Xã,Khoản chi,Nhà cung cấp,Sao kê'
  const file = (amount: number) => `\ufeff${head}\r\n2,${NEXT},quy-1,${h.account},vào,${amount},gift,"An, ""Bình""",,${code},,,,,có\r\n`
  const row = (period: string, text: string) =>
    `<tr><th><a href="/sao-ke/tep/sao-ke-${period}.csv">${period}</a></th><td><code class="small">${hash('sha256', text)}</code></td></tr>`
  const site = (changed: Record<string, string> = {}) =>
    new Map(
      Object.entries({
        '/chien-dich/ao-am': mark('received', 100_000) + mark('spent', 60_000),
        '/quy': mark(`received ${h.fund}`, 100_000),
        '/': mark(`gifts ${NEXT}`, 100_000),
        [`/theo-doi/${code}`]: mark('received', 100_000) + mark('spent', 20_000) + mark('spent', 40_000),
        '/sao-ke/tep': row('2026-01', file(100_000)),
        '/sao-ke/tep?thang=2026-01': row(NEXT, file(100_000)),
        '/sao-ke/tep/sao-ke-2026-01.csv': file(100_000),
        [`/sao-ke/tep/sao-ke-${NEXT}.csv`]: file(100_000),
        ...changed,
      }),
    )

  test('that mark the sums of the log agree with it, and so do files and proofs', async () => {
    const { code: end, said } = await verifyTold(told, { pages: site() })
    expect([end, said.match(/^(WRONG|OPEN).*$/gm)]).toEqual([0, null])
    expect(said).toMatch(/ok +pages of 1 campaigns, 1 funds, 1 days, 1 gifts chosen by chance were held against the log/)
    expect(said).toMatch(/ok +2 rows of them name entries .*, and 1 days of accounts come to what they were closed with/)
    expect(said).toMatch(/ok +8 proofs that the site hands out/)
  })

  test('of gifts that mark nothing are not said to agree', async () => {
    const { code: end, said } = await verifyTold(told, { pages: site({ [`/theo-doi/${code}`]: '100.000 ₫' }) })
    expect([end, said.match(/^(WRONG|OPEN).*$/gm)]).toEqual([3, ['OPEN   pages of gifts mark no sum, and were not compared: TD2345678']])
  })

  test('that show or mark other sums are found, and files that are others than listed, or of other sums', async () => {
    const forged = file(90_000)
    const { said } = await verifyTold(told, {
      pages: site({
        '/chien-dich/ao-am': `${mark('received', 100_000, 900_000)}<!-- 100.000 -->`,
        '/quy': mark(`received ${h.fund}`, 200_000),
        '/': mark(`gifts ${DAY}`, 100_000),
        [`/theo-doi/${code}`]: mark('received', 100_000) + mark('spent', 10_000),
        '/sao-ke/tep': row('2026-01', 'another'),
        '/sao-ke/tep?thang=2026-01': row(NEXT, forged),
        [`/sao-ke/tep/sao-ke-${NEXT}.csv`]: forged,
      }),
    })
    for (const found of [
      /\/chien-dich\/ao-am shows 900\.000\s₫ where it marks 100000/,
      /\/quy marks 200000 as "received quy-1", and its entries come to 100000/,
      /WRONG +\/ marks 100000 as "gifts 2026-01-05", and its entries come to 0/,
      /\/theo-doi\/TD2345678 marks 10000 as "spent", and its entries come to 60000/,
      /the file of 2026-01 has not the hash that is listed/,
      /a row of 2026-01-06 has 90000 ₫ of entry 2, which says otherwise/,
      /the file of 2026-01-06 has other sums of tk 1 than the day was closed with/,
    ])
      expect(said).toMatch(found)
  })
})
