import { hash } from 'node:crypto'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { RiverSection } from '../../components/river/river-section'
import { sumOfWays, type Way } from '../../lib/river/model'
import { DAY, historyOf, NEXT } from '../factories/told-history'
import { verifyTold } from '../factories/told-log'

describe('pages', () => {
  const h = historyOf(1)
  const code = 'TD2345678'
  const second = [h.number(2)] as const
  const told = [
    h.opened(1, 'ao-am', { commune: 'xa-1', category: 'am', schoolYear: 2026, opensOn: '2026-01-02' }),
    h.close([], 0),
    h.gift(1, 0, 100_000, { day: NEXT }, { code }),
    h.line(1, 100_000, {}, { day: NEXT }),
    h.close([1], 100_000, {}, { day: NEXT }),
    // Six for 60,000, of which three are handed over, and the supplier pays one back. What each costs is not told.
    ...[h.asked(60_000), h.approved(60_000), h.paid(0, 60_000)],
    h.handed([{ position: 0, units: 3 }]),
    h.leaf(
      'spend_refunded',
      { ...h.pot(), ...h.vnd(10_000), intervals: h.from(100_000, 10_000, h.number(1)) },
      { spend: h.number(1), fromVnd: '50000', toVnd: '60000' },
    ),
    // A campaign of the year before, of whose 50,000 some go back and some move to the other.
    h.opened(2, 'sach-vo', { commune: 'xa-2', category: 'sach', schoolYear: 2025, opensOn: '2025-12-30' }),
    h.cash(2, 0, 50_000, h.pot(2)),
    h.given('refund', 0, 20_000, {}, 2, 2),
    h.leaf('transfer_out', { ...h.pot(2), ...h.vnd(10_000) }, { to: h.pot(1).line, stretches: h.from(20_000, 10_000) }),
    h.leaf('transfer_in', { ...h.pot(), ...h.vnd(10_000), intervals: h.from(110_000, 10_000, ...second) }, { from: h.pot(2).line }),
  ]
  const mark = (name: string, vnd: number, shown = vnd) =>
    `<data class="so" value="${vnd}" data-log="${name}">${shown.toLocaleString('de')}\u00a0₫</data>`
  /** A way of the river: of what was received, some was handed over, and some only paid. */
  const way = (categoryKey: string, communeSlug: string, received: number, delivered = 0, spent = 0): Way => ({
    ...{ fundSlug: h.fund, fund: 'Quỹ Một', categoryKey, category: categoryKey, communeSlug, commune: communeSlug },
    ...{ receivedVnd: BigInt(received), deliveredVnd: BigInt(delivered), spentVnd: BigInt(spent) },
    waitingVnd: BigInt(received - delivered - spent),
  })
  /** The river as the site shows it, in sentence, drawings and table. */
  const riverIn = (locale: 'vi' | 'en', ways: Way[]) =>
    renderToStaticMarkup(
      createElement(RiverSection, { locale, river: { year: 2026, years: [2026, 2025], ways, sum: sumOfWays(ways), wait: null } }),
    )
  const thisYear = [way('am', 'xa-1', 110_000, 30_000, 20_000)]
  const rivers = (at: string, ways: Way[]) => ({ [`/${at}`]: riverIn('vi', ways), [`/en/${at}`]: riverIn('en', ways) })
  const need = (of: string, asked: number, covered: number, given: number, before = '') =>
    [['asked', asked], ['covered', covered], ['given', given], ['missing', asked - covered - given] as const]
      .map(([name, vnd]) => mark(`${before}${name}${of}`, Number(vnd)))
      .join('')
  const met = (commune: string, asked: number, vnd: number) =>
    mark(`asked * ${commune}`, asked) + mark(`met * ${commune}`, vnd) + mark(`missing * ${commune}`, asked - vnd)
  const left = (goal: number, needed: number, whose = '') => mark(`goal${whose}`, goal) + mark(`needed${whose}`, needed)
  const lead = (said: string) => `<p class="lead">Còn thiếu <b>${said}</b>.</p>`
  const label = (said: string, names: string) => `<svg role="img" aria-label="${said}" data-log-label="${names}"></svg>`
  const head = 'Mục,Ngày,Quỹ,Tài khoản,Chiều,Số tiền,Loại,Tên,Lời nhắn,Mã,Chiến dịch,Xã,Khoản chi,Nhà cung cấp,Sao kê'
  const file = (amount: number) =>
    `\ufeff${head}\r\n2,${NEXT},quy-1,${h.account},vào,${amount},gift,"An, ""Bình""","Gửi\r\ncác em",${code},,,,,có\r\n`
  const row = (period: string, text: string) =>
    `<tr><th><a href="/sao-ke/tep/sao-ke-${period}.csv">${period}</a></th><td><code class="small">${hash('sha256', text)}</code></td></tr>`
  const ours: Record<string, string> = {
    '/chien-dich/ao-am':
      mark('received', 110_000) +
      mark('spent', 50_000) +
      mark('delivered', 30_000) +
      left(150_000, 40_000) +
      mark(`asked ${h.number(1)}`, 60_000) +
      mark(`paid ${h.number(1)}`, 50_000),
    '/chien-dich/sach-vo': mark('received', 20_000) + mark('goal', 15_000) + mark('needed', 0) + mark('above', 5_000),
    '/chien-dich': left(150_000, 40_000, ' ao-am') + mark('needed sach-vo', 0),
    '/ung-ho': mark('received ao-am', 110_000) + mark('needed ao-am', 40_000),
    [`/khoan-chi/${h.number(1)}`]: mark('asked', 60_000) + mark('paid', 50_000) + mark('back', 10_000),
    '/quy': mark(`received ${h.fund}`, 130_000),
    [`/quy/${h.fund}`]:
      mark('received', 130_000) + mark('received ao-am', 110_000) + left(150_000, 40_000, ' ao-am') + mark('needed', 40_000),
    [`/theo-doi/${code}`]:
      mark('received', 100_000) +
      mark('+ received', 60_000) +
      mark('+ received', 40_000) +
      mark('+ spent', 20_000) +
      mark('+ spent', 30_000),
    ...rivers('minh-bach', thisYear),
    ...rivers('minh-bach?nam=2026', thisYear),
    ...rivers('minh-bach?nam=2025', [way('sach', 'xa-2', 20_000)]),
    // More came for the first need than was left of it; what came for one of another year is none of the third.
    '/nhu-cau':
      [mark('missing am', 50_000), mark('missing am xa-1', 0), mark('missing am xa-3', 50_000)].join('') +
      mark('missing sach', 40_000) +
      mark('missing sach xa-2', 40_000),
    '/nhu-cau/am':
      need(' xa-1 2026', 200_000, 120_000, 80_000) +
      need(' xa-3 2026', 50_000, 0, 0) +
      need('', 250_000, 120_000, 80_000) +
      need(` ${h.fund}`, 250_000, 120_000, 80_000, 'fund '),
    '/nhu-cau/sach': need(' xa-2 2026', 40_000, 0, 0) + need('', 40_000, 0, 0) + need(` ${h.fund}`, 40_000, 0, 0, 'fund '),
    '/xa': lead(mark('missing', 90_000)) + met('xa-1', 200_000, 200_000) + met('xa-2', 40_000, 0) + met('xa-3', 50_000, 0),
    '/xa/xa-1': need(' am', 200_000, 120_000, 80_000) + need('', 200_000, 120_000, 80_000) + mark('received ao-am', 110_000),
    '/xa/xa-2': need(' sach', 40_000, 0, 0) + need('', 40_000, 0, 0) + mark('received sach-vo', 20_000),
    '/xa/xa-3': need(' am', 50_000, 0, 0) + need('', 50_000, 0, 0),
    '/':
      lead(mark('missing', 90_000)) +
      label('Xã 3 còn thiếu 50.000\u00a0₫', 'missing * xa-3') +
      need('', 290_000, 120_000, 80_000) +
      mark('needed ao-am', 40_000) +
      [mark('gifts', 150_000), mark(`gifts ${DAY}`, 50_000), mark(`gifts ${NEXT}`, 100_000)].join(''),
    '/sao-ke/tep': row('2026-01', file(100_000)),
    '/sao-ke/tep?thang=2026-01': row(NEXT, file(100_000)),
    '/sao-ke/tep/sao-ke-2026-01.csv': file(100_000),
    [`/sao-ke/tep/sao-ke-${NEXT}.csv`]: file(100_000),
  }
  /** The same in English, as far as it is made of marks. */
  const english = (page: string) => page.replaceAll(/([\d.]+)\u00a0₫/g, (_, digits: string) => `₫${digits.replaceAll('.', ',')}`)
  const withEnglish = (pages: Record<string, string>) => ({
    ...Object.fromEntries(
      Object.entries(pages).map(([path, page]) => [`/en${path}`.replace(/\/$/, ''), page.includes('data-log') ? english(page) : page]),
    ),
    ...pages,
  })
  const site = (changed: Record<string, string> = {}) => new Map(Object.entries({ ...withEnglish(ours), ...withEnglish(changed) }))

  test('that mark the sums of the log agree with it, and so do files and proofs', async () => {
    const { code: end, said } = await verifyTold(told, { pages: site() })
    expect([end, said.match(/^(WRONG|OPEN).*$/gm)]).toEqual([0, null])
    expect(said).toMatch(/ok +pages of 2 campaigns, 1 funds, 2 days, 1 gifts and 1 spends chosen by chance were held against the log/)
    expect(said).toMatch(/ok +the river of money of 2 years, and what came for 3 needs, on the pages of 2 kinds of need and of 3 communes/)
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
        '/chien-dich/ao-am': `${mark('received', 110_000, 900_000)}<!-- 110.000 -->`,
        '/chien-dich/sach-vo': mark('received', 20_000) + mark('delivered', 5_000),
        '/quy': mark(`received ${h.fund}`, 200_000),
        [`/quy/${h.fund}`]: mark('received', 130_000) + mark('received ao-am', 130_000),
        '/': mark('gifts 2026-01-04', 100_000) + need('', 290_000, 120_000, 80_000),
        // As much as there is, and elsewhere than it went; or handed over that is not; or of a year in which it did not come.
        ...rivers('minh-bach?nam=2026', [way('am', 'xa-3', 110_000, 30_000, 20_000)]),
        ...rivers('minh-bach?nam=2025', [way('sach', 'xa-2', 20_000, 5_000)]),
        '/nhu-cau/sach': need(' xa-2 2026', 40_000, 0, 20_000) + need('', 40_000, 0, 20_000) + need(` ${h.fund}`, 40_000, 0, 0, 'fund '),
        '/xa': met('xa-1', 200_000, 200_000) + met('xa-2', 40_000, 20_000) + met('xa-3', 50_000, 0),
        '/xa/xa-2': need(' sach', 40_000, 0, 0) + need('', 40_000, 0, 0) + mark('received ao-am', 20_000),
        [`/theo-doi/${code}`]: mark('received', 100_000) + mark('+ spent', 10_000),
        '/sao-ke/tep': row('2026-01', 'another'),
        '/sao-ke/tep?thang=2026-01': row(NEXT, forged),
        [`/sao-ke/tep/sao-ke-${NEXT}.csv`]: forged,
      }),
    })
    for (const found of [
      /\/chien-dich\/ao-am shows 900\.000\s₫ where it marks 110000/,
      /\/chien-dich\/sach-vo marks 5000 as "delivered", and its entries come to 0/,
      /\/quy marks 200000 as "received quy-1", and its entries come to 130000/,
      /\/quy\/quy-1 marks 130000 as "received ao-am", and its entries come to 110000/,
      /WRONG +\/ marks 100000 as "gifts 2026-01-04", and its entries come to 0/,
      /\/minh-bach\?nam=2026 marks 110000 as "received \* \* xa-3", and its entries come to 0/,
      /\/minh-bach\?nam=2025 marks 15000 as "waiting", and its entries come to 20000/,
      /\/nhu-cau\/sach marks 20000 as "given xa-2 2026", and its entries come to 0/,
      /\/xa marks 20000 as "met \* xa-2", and its entries come to 0/,
      /\/xa\/xa-2 marks 20000 as "received ao-am", and its entries come to 0/,
      /\/theo-doi\/TD2345678 marks 10000 as "spent", and its entries come to 50000/,
      /the file of 2026-01 has not the hash that is listed/,
      /a row of 2026-01-06 has 90000 ₫ of entry 2, which says otherwise/,
      /the file of 2026-01-06 has other sums of tk 1 than the day was closed with/,
    ])
      expect(said).toMatch(found)
  })

  test('that say otherwise in English, in drawings, in sentences, to who listens, or of goals, are found', async () => {
    const pages = site()
    const lie = (path: string, ...changes: [from: string | RegExp, to: string][]) => {
      const page = pages.get(path) ?? ''
      const lied = changes.reduce((text, [from, to]) => text.replace(from, to), page)
      if (lied === page) throw new Error(`${path} does not lie`)
      pages.set(path, lied)
    }
    lie(`/en/quy/${h.fund}`, ['>₫130,000<', '>₫1.3 million<'])
    lie('/chien-dich/ao-am', [mark('needed', 40_000), mark('needed', 10_000)])
    lie('/chien-dich/sach-vo', ['</data>', `</data>${mark(`paid ${h.number(1)}`, 50_000)}`])
    lie('/ung-ho', [mark('needed ao-am', 40_000), mark('needed ao-am', 90_000)])
    lie(`/khoan-chi/${h.number(1)}`, [mark('paid', 50_000), mark('paid', 60_000)])
    lie('/en/quy', ['130000', '230000'], ['130,000', '230,000'])
    lie('/xa/xa-1', [mark('received ao-am', 110_000), mark('received ao-am', 110_000) + mark('goal ao-am', 140_000)])
    lie(`/theo-doi/${code}`, [mark('+ received', 40_000), mark('+ received', 140_000)])
    lie('/minh-bach', [/(data-log="received \* am \*"[^>]*>)[^<]*/, '$1900.000\u00a0₫'])
    lie('/minh-bach?nam=2026', [/(aria-label="[^"]*đã trao )[\d.]+/, '$130.001'])
    lie('/en/minh-bach?nam=2025', ['</svg>', '<text>₫900,<tspan>000</tspan></text></svg>'])
    lie('/nhu-cau', ['</data>', `</data>${mark('promised', 7_000)}`])
    lie('/xa', [lead(mark('missing', 90_000)), lead(mark('missing', 900_000))])
    lie('/en/nhu-cau/am', [/<data[^>]*>[^<]*<\/data>/, ''])
    lie('/en', [/(<p class="lead">).*?(<\/p>)/, '$1Still missing: ₫1.2 billion$2'])
    lie('/en/sao-ke/tep?thang=2026-01', [/[0-9a-f]{64}/, '0'.repeat(64)])
    const { said } = await verifyTold(told, { pages })
    const wrong = said.match(/^WRONG .*$/gm)
    expect(wrong?.toSorted()).toEqual(
      [
        '/en/quy/quy-1 shows ₫1.3 million where it marks 130000',
        `/chien-dich/sach-vo marks 50000 as "paid ${h.number(1)}", and its entries come to 0`,
        '/chien-dich/ao-am marks 10000 as "needed", and its entries come to 40000',
        '/ung-ho marks 90000 as "needed ao-am", and its entries come to 40000',
        `/khoan-chi/${h.number(1)} marks 60000 as "paid", and its entries come to 50000`,
        '/en/quy marks 230000 as "received quy-1", and 130000 in Vietnamese',
        '/xa/xa-1 marks 140000 as "goal ao-am", and its entries come to 150000',
        '/theo-doi/TD2345678 marks 100000 as "received", and 200000 too',
        '/minh-bach marks 900000 as "received * am *", and its entries come to 110000',
        '/minh-bach?nam=2026 marks 30000 as "delivered", and 30001 too',
        '/en/minh-bach?nam=2025 says ₫900,000, and marks it as no sum',
        '/nhu-cau marks 7000 as "promised", of which the log tells nothing',
        '/xa marks 900000 as "missing", and its entries come to 90000',
        '/en/nhu-cau/am marks nothing as "asked xa-1 2026", and 200000 in Vietnamese',
        '/en/ says ₫1.2, and marks it as no sum',
        'the file of 2026-01-06 has another hash on the English page',
      ]
        .map((what) => `WRONG  ${what}`)
        .toSorted(),
    )
  })

  test('of what was handed over are held between what is told and what was paid', async () => {
    const delivered = (vnd: number) => {
      const ways = [{ ...way('am', 'xa-1', 110_000, vnd, Math.max(0, 50_000 - vnd)), waitingVnd: 60_000n }]
      const campaign = mark('received', 110_000) + mark('spent', 50_000) + mark('delivered', vnd) + left(150_000, 40_000)
      return { '/chien-dich/ao-am': campaign, ...rivers('minh-bach', ways), ...rivers('minh-bach?nam=2026', ways) }
    }
    const few = h.leaf('delivery', h.pot(), { spend: h.number(1), children: 'fewer than 5' })
    // Of a spend of which a part went to so few, nothing is told by piece.
    const sayings = await Promise.all([0, 30_000].map((vnd) => verifyTold([...told, few], { pages: site(delivered(vnd)) })))
    expect(sayings[0]?.said.match(/^(WRONG|OPEN).*$/gm)).toBeNull()
    expect(sayings[1]?.said.match(/^WRONG.*$/gm)?.[0]).toBe(
      'WRONG  /chien-dich/ao-am marks 30000 as "delivered", and its entries come to 0',
    )
    const lies = [2, 60_001]
    const found = await Promise.all(lies.map((vnd) => verifyTold(told, { pages: site(delivered(vnd)) })))
    expect(found.map(({ said }) => said.match(/^WRONG.*$/gm)?.toSorted())).toEqual(
      lies.map((vnd) => [
        `WRONG  /chien-dich/ao-am marks ${vnd} as "delivered", and its entries come to 3 to 60000`,
        ...['', '?nam=2026'].map((year) => `WRONG  /minh-bach${year} marks ${vnd} as "delivered", and its entries come to 3 to 50000`),
      ]),
    )
  })

  test('that nobody can compare, since campaigns are told without their needs, are not said to agree', async () => {
    const { code: end, said } = await verifyTold([h.opened(1, 'ao-am', {}), ...told.slice(1)], { pages: site() })
    expect([end, said.match(/^(WRONG|OPEN).*$/gm)]).toEqual([
      3,
      [expect.stringContaining('1 campaigns are told without whose need they are for')],
    ])
  })
})
