import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { DAY, historyOf, NEXT, type History, type Leaf } from '../factories/told-history'
import { signedCheckpoint, verifyTold, type Told } from '../factories/told-log'

/** A gift of 100 that a closed day has: what most lies begin with. */
const begun = (h: History): Leaf[] => [h.gift(1, 0, 100), h.line(1, 100), h.close([1], 100)]
const bought = (h: History): Leaf[] => [...begun(h), h.asked(100), h.approved(100)]

/** What an operator who signs lies could tell, and what must be said of it. */
const LIES: [name: string, told: (h: History) => Told[], found: RegExp][] = [
  // Gifts and the lines of the bank by which they came.
  ['a line called a gift that is none', (h) => [h.line(1, 100)], /is gift, and names gift \d+, and stands as none/],
  ['a gift of less than its line', (h) => [h.gift(1, 0, 10), h.line(1, 100)], /its gifts come to 10 ₫/],
  ['a gift of more than its line', (h) => [h.gift(1, 0, 1_000), h.line(1, 100)], /its gifts come to 1000 ₫/],
  [
    'a line that names one of its two gifts',
    (h) => [h.gift(1, 0, 60), h.gift(2, 60, 40, { bankLine: h.number(1) }), h.line(1, 60)],
    /stands as/,
  ],
  ['a gift twice', (h) => [...begun(h), h.gift(1, 100, 100)], /gift \d+ comes a second time/],
  ['a second gift of a line that was told', (h) => [...begun(h), h.gift(2, 100, 50, { bankLine: h.number(1) })], /stands as \d+, \d+ now/],
  ['a gift called a fee', (h) => [h.gift(1, 0, 100), h.line(1, 100, { class: 'budget_repayment', target: null })], /and stands as gift/],
  [
    'a gift in the place of one that stands',
    (h) => [...begun(h), h.gift(2, 100, 100, { bankLine: h.number(1) }, { replaces: h.number(1) })],
    /in the place of gift \d+, which stands/,
  ],
  ['a gift by bank without a line', (h) => [h.gift(1, 0, 100, { bankLine: undefined })], /its line of the bank is not written/],
  ['a gift on no pot', (h) => [h.gift(1, 0, 100, { line: undefined, intervals: undefined })], /its pot is no count/],
  ['interest called a gift', (h) => [h.gift(1, 0, 100, { kind: 'interest' }), h.line(1, 100)], /gift \d+ is interest/],
  // Đồng that lie where they came, and leave once.
  ['đồng given twice', (h) => [...bought(h), h.paid(0, 60), h.paid(40, 40, 60)], /đồng are given a second time/],
  ['đồng given that had not come', (h) => [...bought(h), h.paid(50, 100)], /đồng are given that had not come/],
  ['a payment that names no đồng', (h) => [...bought(h), h.paid(0, 100, 0, { stretches: undefined })], /its stretches are missing/],
  [
    'a payment of đồng that nobody is shown',
    (h) => [...bought(h), h.paid(0, 100, 0, { stretches: { items: 401, sha256: '00' } })],
    /stretches is missing/,
  ],
  ['facts that nobody is shown', (h) => [...bought(h), { ...h.paid(0, 100), facts: { bytes: 40_000, sha256: '00' } }], /facts is missing/],
  [
    'a payment of more than it names',
    (h) => [...bought(h), h.paid(0, 100, 0, { stretches: h.from(0, 10) })],
    /100 ₫ are given and 10 ₫ are named/,
  ],
  ['a gift that is laid on another’s place', (h) => [...begun(h), h.gift(2, 0, 100)], /not laid where its pot ended/],
  ['a gift that is laid shorter', (h) => [h.gift(1, 0, 100, { intervals: h.from(0, 40) })], /100 ₫ came and 40 ₫ were laid/],
  [
    'a pot that changes its fund',
    (h) => [...begun(h), h.gift(2, 100, 100, { fund: 'another' })],
    /pot \d+ was campaign of quy-\d+, and is campaign of another/,
  ],
  // Amounts that are none.
  ['a negative gift', (h) => [...begun(h), h.gift(2, 100, 10, { amountVnd: '-10' })], /its amount is not written/],
  ['a gift of nothing', (h) => [...begun(h), h.gift(2, 100, 10, { amountVnd: '0' })], /its amount is not written/],
  ['a hexadecimal gift', (h) => [h.gift(1, 0, 16, { amountVnd: '0x10' })], /its amount is not written/],
  [
    'a stretch that ends before it begins',
    (h) => [...begun(h), h.gift(2, 100, 10, { intervals: [['100', '90']] })],
    /end before they begin/,
  ],
  ['negative goods', (h) => [h.goods(1, 0, 10), h.goods(2, 10, -10)], /its units is not written/],
  // Money that moves between pots, goes back, or comes back.
  [
    'đồng that come to a pot from nowhere',
    (h) => [...begun(h), ...h.moved(0, 50, h.number(1)).slice(1)],
    /from a pot that they did not leave/,
  ],
  ['đồng that leave for a pot and do not come', (h) => [...begun(h), ...h.moved(0, 50, h.number(1)).slice(0, 1)], /did not come there/],
  ['đồng that are another’s on the way', (h) => [...begun(h), ...h.moved(0, 50, h.number(7))], /laid as other gifts’ than it was/],
  [
    'a refund of another gift’s đồng',
    (h) => [...begun(h), h.cash(2, 100, 50), h.given('refund', 100, 50, { refund: `bank-${h.number(1)}` })],
    /đồng of another gift are given/,
  ],
  [
    'a refund that failed and never was',
    (h) => [
      ...begun(h),
      h.leaf('refund_failed', { ...h.pot(), ...h.vnd(90), gift: h.number(1), intervals: h.from(100, 90) }, { failed: 'x' }),
    ],
    /more comes back of a refund than went/,
  ],
  [
    'a gift taken off twice',
    (h) => [...begun(h), h.given('donation_reversed', 0, 100), h.given('donation_reversed', 0, 100)],
    /a second time/,
  ],
  ['a gift taken off whose line still is it', (h) => [...begun(h), h.given('donation_reversed', 0, 100)], /stands as none now/],
  [
    'a reserve that stands in for more than it gives',
    (h) => [
      ...bought(h),
      h.paid(0, 100),
      h.leaf(
        'reserve_used',
        { ...h.pot(3, 'reserve'), gift: h.number(1) },
        { coversVnd: '50', owedByFundVnd: '0', stretches: [], standsInFor: [[1, '0', '50']] },
      ),
    ],
    /its amount is not written/,
  ],
  [
    'a line that is a refund of nothing',
    (h) => [...begun(h), h.out(2, 50, 'refund', { refund: `bank-${h.number(1)}` })],
    /a refund that is not there/,
  ],
  ['a line that is half of a transfer', (h) => [...begun(h), h.out(2, 50, 'own_transfer', { line: h.number(3) })], /is not its other leg/],
  // Spends.
  ['a payment that nobody asked for', (h) => [...begun(h), h.paid(0, 100)], /spend \d+ was never asked for/],
  ['a payment that nobody approved', (h) => [...begun(h), h.asked(100), h.paid(0, 100)], /spend \d+ is requested/],
  [
    'an approval of more than was asked for',
    (h) => [...begun(h), h.asked(50), h.approved(100)],
    /50 ₫ were asked for, and 100 ₫ are approved/,
  ],
  ['an approval of more than is there', (h) => [...begun(h), h.asked(200), h.approved(200)], /more is promised of pot \d+ than is there/],
  ['a payment of more than was approved', (h) => [...begun(h), h.asked(50), h.approved(50), h.paid(0, 100)], /more is paid than the 50 ₫/],
  ['a payment that begins elsewhere in its spend', (h) => [...bought(h), h.paid(0, 50, 30)], /does not go on where the spend was paid/],
  [
    'a line that pays what no entry paid',
    (h) => [...bought(h), h.out(2, 100, 'spend', { spend: h.number(1) })],
    /no entry says of such a payment/,
  ],
  [
    'a supplier who pays back what was not paid',
    (h) => [
      ...bought(h),
      h.leaf('spend_refunded', { ...h.pot(), ...h.vnd(50), intervals: h.from(100, 50) }, { spend: h.number(1), fromVnd: '0', toVnd: '50' }),
    ],
    /more comes back than was paid/,
  ],
  [
    'an advance settled that nobody was handed',
    (h) => [...bought(h), h.paid(0, 50, 0, { advance: h.number(1) })],
    /more of an advance is settled/,
  ],
  ['a delivery of what was not paid', (h) => [...bought(h), h.handed([{ position: 0, units: 1 }])], /nothing of it was paid/],
  [
    'a delivery of what was not bought',
    (h) => [...bought(h), h.paid(0, 100), h.handed([{ position: 1, units: 5 }])],
    /units are handed over that were not bought/,
  ],
  [
    'a delivery of more units than đồng were paid',
    (h) => [...bought(h), h.paid(0, 5), h.handed([{ position: 0, units: 3 }]), h.handed([{ position: 0, units: 3 }])],
    /more units are handed over than đồng were paid/,
  ],
  [
    'units of an entry of before that are handed over again',
    (h) => [...bought(h), h.paid(0, 100), ...[6, 7].map((toUnit) => h.handed([{ position: 0, fromUnit: 0, toUnit }]))],
    /units are handed over a second time/,
  ],
  [
    'units of an entry of before that leaves others out',
    (h) => [...bought(h), h.paid(0, 100), h.handed([{ position: 0, fromUnit: 1, toUnit: 7 }])],
    /units are handed over .*left out/,
  ],
  [
    'a campaign that is for another commune than it was',
    (h) => ['xa-1', 'xa-2'].map((commune) => h.opened(1, 'ao-am', { commune, category: 'am', schoolYear: 2026, opensOn: DAY })),
    /was for xa-1 am 2026 2026, and is for xa-2 am 2026 2026 now/,
  ],
  // Lines and days of the bank.
  ['a day that does not add up', (h) => [h.gift(1, 0, 100), h.line(1, 100), h.close([1], 100, { closingVnd: '90' })], /does not add up/],
  [
    'a day that opens otherwise',
    (h) => [...begun(h), h.close([], 0, { openingVnd: '40', closingVnd: '40' }, { day: NEXT })],
    /does not open with what the day before/,
  ],
  ['a day closed twice', (h) => [...begun(h), h.close([], 0, { openingVnd: '100', closingVnd: '100' })], /is closed after/],
  [
    'a line in two days',
    (h) => [...begun(h), h.close([1], 100, { openingVnd: '100', closingVnd: '200' }, { day: NEXT })],
    /which 2026-01-05 was closed with/,
  ],
  ['a day of a line that nobody told', (h) => [h.close([1], 100)], /of which the log does not say what it is/],
  [
    'a day of a line that waits',
    (h) => [h.line(1, 100, { class: 'waiting', target: undefined }), h.close([1], 100)],
    /of which the log does not say what it is/,
  ],
  [
    'a day that counts other sums than its lines',
    (h) => [h.gift(1, 0, 100), h.line(1, 100), h.close([1], 900)],
    /its lines come to 100 and 0/,
  ],
  [
    'a day that names no lines',
    (h) => [h.gift(1, 0, 100), h.line(1, 100), h.close([1], 100, { lines: undefined })],
    /closed without naming its lines/,
  ],
  [
    'a negative sum out',
    (h) => [h.gift(1, 0, 100), h.line(1, 100), h.close([1], 100, { closingVnd: '900', outVnd: '-800' })],
    /what went out is not written/,
  ],
  ['a negative count', (h) => [h.gift(1, 0, 100), h.line(1, 100), h.close([1], 100, { linesIn: -5 })], /its lines in is no count/],
  ['no count', (h) => [h.gift(1, 0, 100), h.line(1, 100), h.close([1], 100, { linesIn: undefined })], /its lines in is no count/],
  ['a line of another sum than before', (h) => [...begun(h), h.line(1, 7)], /was 100 ₫ in, and is 7 ₫ in now/],
  ['a line that comes in as a fee', (h) => [h.line(1, 100, { class: 'fee', target: undefined })], /goes in, and is fee/],
  // Bytes.
  ['no UTF-8', () => [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])], /not valid/],
  [
    'half of a character',
    () => [Buffer.from('{"day":"2026-01-05","facts":{"x":"\\ud800"},"kind":"zz","v":1}')],
    /not written in its one way/,
  ],
  ['a name twice', () => [Buffer.from('{"kind":"donation","kind":"zz","v":1}')], /not written in its one way/],
  ['no facts', () => [Buffer.from('{"day":"2026-01-05","kind":"day_closed","v":1}')], /it has no facts/],
  ['a later form', () => [Buffer.from('{"v":2}')], /of a later form/],
]

/** What honest people do, of which nothing may be said. */
const HONEST: [name: string, told: (h: History) => Told[]][] = [
  ['a gift that buys a coat', (h) => [...bought(h), h.paid(0, 60), h.paid(60, 40, 60), h.out(2, 60, 'spend', { spend: h.number(1) })]],
  [
    'a payment of very many stretches',
    (h) => [
      ...[h.gift(1, 0, 401), h.line(1, 401), h.asked(401), h.approved(401)],
      h.paid(0, 401, 0, { stretches: Array.from({ length: 401 }, (_, at) => [String(at), String(at + 1)]) }),
    ],
  ],
  [
    'a gift that is placed anew, and back again',
    (h) => [
      ...begun(h),
      h.given('donation_reversed', 0, 100),
      h.gift(2, 100, 60, { bankLine: h.number(1) }, { replaces: h.number(1) }),
      h.gift(3, 160, 40, { bankLine: h.number(1) }, { replaces: h.number(1) }),
      h.line(1, 100, { target: { gifts: [h.number(2), h.number(3)] }, corrects: DAY }),
      h.given('donation_reversed', 100, 60, {}, 2),
      h.given('donation_reversed', 160, 40, {}, 3),
      h.leaf('donation_restored', { ...h.pot(), ...h.vnd(100), gift: h.number(1), intervals: h.from(200, 100) }, { nature: 'gift' }),
      h.line(1, 100, { class: 'waiting', target: undefined, corrects: DAY }),
    ],
  ],
  [
    'two gifts that move together',
    (h) => [
      h.cash(1, 0, 100),
      h.cash(2, 100, 50),
      ...h.moved(50, 100, '', [
        {},
        {
          intervals: [
            ['0', '50', h.number(1)],
            ['50', '100', h.number(2)],
          ],
        },
      ]),
    ],
  ],
  [
    'a refund, and what the bank sent back of it',
    (h) => [
      ...begun(h),
      h.given('refund', 40, 60, { refund: `bank-${h.number(1)}` }),
      h.out(2, 60, 'refund', { refund: `bank-${h.number(1)}` }),
      h.leaf(
        'refund_failed',
        { ...h.pot(), ...h.vnd(60), gift: h.number(1), intervals: h.from(100, 60) },
        { failed: `bank-${h.number(1)}` },
      ),
      h.line(3, 60, { class: 'refund_returned', target: { refund: `bank-${h.number(1)}` } }),
    ],
  ],
  [
    'an advance, its rest, and a supplier who pays back',
    (h) => [
      ...bought(h),
      h.leaf('advance_given', { ...h.pot(), ...h.vnd(80) }, { spend: h.number(1), advance: h.number(1), dueOn: NEXT }),
      h.out(2, 80, 'advance', { advance: h.number(1) }),
      h.paid(0, 50, 0, { advance: h.number(1) }),
      h.leaf('advance_returned', { ...h.pot(), ...h.vnd(30) }, { spend: h.number(1), advance: h.number(1) }),
      h.line(3, 30, { class: 'advance_returned', target: { advance: h.number(1) } }),
      h.leaf('delivery', h.pot(), { spend: h.number(1), children: 'fewer than 5' }),
      h.leaf(
        'spend_refunded',
        { ...h.pot(), ...h.vnd(20), intervals: h.from(100, 20, h.number(1)) },
        { spend: h.number(1), fromVnd: '30', toVnd: '50' },
      ),
      h.leaf('spend_settled', { ...h.pot(), ...h.vnd(100) }, { spend: h.number(1), paidVnd: '50' }),
    ],
  ],
  [
    'a day without lines, days after',
    (h) => [...begun(h), h.close([], 0, { openingVnd: '100', closingVnd: '100' }, { day: '2026-01-09' })],
  ],
  [
    'money between two accounts',
    (h) => [h.out(2, 50, 'own_transfer', { line: h.number(3) }), h.line(3, 50, { class: 'own_transfer', target: { line: h.number(2) } })],
  ],
  [
    'goods that are taken back',
    (h) => [
      h.goods(1, 0, 10),
      h.leaf(
        'goods_reversed',
        { ...h.pot(5, 'goods'), units: '10', goods: h.number(1) },
        { because: 'wrong_count', stretches: h.from(0, 10) },
      ),
    ],
  ],
]

/** Entries that say nothing, so that what an act leaves open is long over. */
const AFTER: Leaf[] = Array.from({ length: 501 }, () => ({ kind: 'campaign_state', day: NEXT, facts: { campaign: 'ao-am', to: 'open' } }))
/** So many are named one by one. */
const AT_ONCE = 25

describe('a log whose key signs lies', () => {
  /** What is said of each history, by its name. */
  const said = new Map<string, string[]>()
  const whole: string[] = []

  beforeAll(async () => {
    const all = [...HONEST, ...LIES].map(([name, told], nth) => ({ name, told: told(historyOf(nth + 1)) }))
    const logs = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) => all.slice(at * AT_ONCE, (at + 1) * AT_ONCE))
    await Promise.all(
      logs.map(async (histories) => {
        const answer = await verifyTold([...histories.flatMap(({ told }) => told), ...AFTER])
        whole.push(answer.said)
        for (const { name, told, first } of withFirst(histories)) {
          const found = [...answer.said.matchAll(/^(?:WRONG|OPEN) +entry (\d+): .*$/gm)]
          said.set(
            name,
            found.filter(([, at]) => Number(at) >= first && Number(at) < first + told.length).map(([line]) => line),
          )
        }
      }),
    )
  })

  test.each(LIES)('%s is found', (name, _told, found) => {
    expect(said.get(name)?.join('\n')).toMatch(found)
  })

  test.each(HONEST)('%s is not taken for one', (name) => {
    expect(said.get(name)).toEqual([])
  })

  test('is followed to its end, whatever its entries say', () => {
    expect(whole.every((one) => /\d+ entries, and each of them hashes to the root[^]*things do not agree\.\n$/.test(one))).toBe(true)
  })
})

describe('a long log', () => {
  const h = historyOf(1)
  const gifts = Array.from({ length: 600 }, (_, at) => at + 1)
  // Of the 300th gift nothing is spent, since it went back; two have numbers that are one where numbers are not exact.
  const spent = [...h.from(0, 2_990), ...h.from(3_000, 3_000)]
  const told = [
    ...gifts.flatMap((at) => [h.gift(at, (at - 1) * 10, 10), h.line(at, 10)]),
    h.close(gifts, 6_000),
    h.given('refund', 2_990, 10, { refund: 'r' }, 300),
    ...[h.asked(5_990), h.approved(5_990), h.paid(0, 5_990, 0, { stretches: spent })],
    ...['9007199254740993', '9007199254740992'].map((gift, at) => h.cash(1, 6_000 + at, 1, { gift })),
  ]
  const bundles = [0, 1, 2, 3].map((at) => `/log/tile/entries/00${at}`)

  test('has every gift in its place, and none twice', async () => {
    const honest = await verifyTold(told)
    expect([honest.code, honest.said]).toEqual([0, expect.stringContaining('ok     602 gifts, 600 facts about lines of the bank')])
    const refused = h.given('refund', 2_990, 10, { refund: 'r' }, 300)
    const { said } = await verifyTold([...told, refused, h.gift(7, 6_002, 10), h.cash(1, 6_012, 1, { gift: '9007199254740993' })])
    expect(said.match(/^WRONG.*$/gm)).toEqual([
      `WRONG  entry ${told.length}: more goes back than gift 400 was`,
      `WRONG  entry ${told.length}: đồng are given a second time`,
      `WRONG  entry ${told.length + 1}: gift 107 comes a second time`,
      `WRONG  entry ${told.length + 2}: gift 9007199254740993 comes a second time`,
    ])
  })

  test('is asked for again where the connection breaks, and once only where it is kept', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tung-dong-keep-'))
    const more = ['--keep', folder]
    const first = await verifyTold(told, { more, breaks: bundles.slice(1, 2) })
    expect([first.code, first.asked.filter((path) => bundles.includes(path)).sort()]).toEqual([0, [...bundles, bundles[1]].sort()])
    const second = await verifyTold(told, { more })
    expect([second.code, second.asked.filter((path) => bundles.includes(path))]).toEqual([0, []])
    expect(second.said).toContain(`4 tiles of entries were read from ${folder}`)
    // The site tells another history than the one that is kept.
    const changed = await verifyTold([h.gift(1, 0, 10, { day: NEXT }), ...told.slice(1)], { more })
    expect([changed.code, changed.said]).toEqual([
      1,
      expect.stringMatching(/WRONG +entries 0 to 255, from .*, are not those of their tile/),
    ])
    rmSync(folder, { recursive: true })
  })
})

test('a key that was put away counts for what was published, and for nothing longer', async () => {
  const told = [...begun(historyOf(1)), ...AFTER]
  expect((await verifyTold(told, { lastSize: told.length })).said).toMatch(/ entries is signed by its key/)
  const { code, said } = await verifyTold(told, { lastSize: told.length - 1 })
  expect([code, said]).toEqual([1, expect.stringContaining('signed only by a key that was put away before the log was so long')])
})

describe('earlier checkpoints', () => {
  const told = [...begun(historyOf(1)), ...AFTER]
  const [now, all, forged] = [told.length, ['--all-checkpoints'], new Uint8Array(32).fill(7)]

  test('are looked at, a few of them or all, and honest ones hold', async () => {
    const some = await verifyTold(told, { sizes: Array.from({ length: 50 }, (_, at) => at * 10 + 1) })
    expect(some.said).toMatch(/ok +\d\d? checkpoints that the site keeps, the first, the last, and some between, are signed/)
    const every = await verifyTold(told, { sizes: [1, 7, 255, 256, 257, 300, now - 1], more: all })
    expect(every.said).toMatch(/ok +8 checkpoints that the site keeps, all that the site lists, are signed/)
    expect(every.said).toContain('All of it agrees.')
  })

  test('that are forged, gone, or there twice are found, each with words of its own', async () => {
    const saved = join(mkdtempSync(join(tmpdir(), 'tung-dong-since-')), 'saved')
    writeFileSync(saved, signedCheckpoint(250, forged))
    const files = {
      'checkpoints/100': signedCheckpoint(100, forged),
      'checkpoints/150': signedCheckpoint(150, forged).replace(/.{8}\n$/, 'AAAAAAA=\n'),
      'checkpoints/200': null,
      'checkpoints/300': signedCheckpoint(7, forged),
      [`checkpoints/${now}`]: signedCheckpoint(now, forged),
    }
    const { code, said } = await verifyTold(told, { sizes: [100, 150, 200, 250, 300], files, more: [...all, '--since', saved] })
    rmSync(dirname(saved), { recursive: true })
    expect([code, said.match(/^WRONG.*$/gm)]).toEqual([
      1,
      [
        'WRONG  the checkpoint of 150 entries that the site keeps is forged: the signature of the checkpoint is wrong',
        'WRONG  the checkpoint of 200 entries was published, and is kept no more',
        'WRONG  in the place of the checkpoint of 300 entries stands one of 7',
        'WRONG  the checkpoint of 100 entries that the site keeps is forged: it is not of the first 100 of the log',
        'WRONG  two checkpoints of 250 entries are signed: your checkpoint, and the one that the site keeps',
        'WRONG  the first 250 entries are not those of your checkpoint: history was changed',
        `WRONG  the checkpoint of ${now} entries that the site keeps is forged: it is not of the first ${now} of the log`,
        `WRONG  two checkpoints of ${now} entries are signed: that of today, and the one that the site keeps`,
      ],
    ])
  })

  test('that are listed twice, or are not listed, are found; a site that lists none is not said to agree', async () => {
    const lists = { 'checkpoints/from/1': `300\n300\n${now}\n`, [`checkpoints/from/${now}`]: '' }
    const listed = await verifyTold(told, { sizes: [300], files: lists, more: all })
    expect([listed.code, listed.said]).toEqual([1, expect.stringContaining('two checkpoints of 300 entries are listed')])
    expect(listed.said).toContain(`the checkpoint of ${now} entries is signed, and not listed`)
    const unlisted = await verifyTold(told, { files: { [`checkpoints/from/${now}`]: null } })
    expect([unlisted.code, unlisted.said]).toEqual([3, expect.stringMatching(/OPEN +the site does not list its earlier checkpoints/)])
  })
})

test('what this program does not know, or is not told to its end, is not said to agree', async () => {
  const h = historyOf(1)
  const { code, said } = await verifyTold([...begun(h), h.leaf('embezzled', h.vnd(100), {}), ...h.moved(0, 50, h.number(1)).slice(0, 1)])
  expect([code, said.includes('All of it agrees')]).toEqual([3, false])
  expect(said).toMatch(/OPEN +1 entries are of the kind "embezzled"/)
  expect(said).toMatch(/OPEN +entry 4: 50 ₫ left pot 101 for pot 102, and did not come there; it may only not be told yet/)
})

test('gifts and lines that should be in a closed day long ago are told of', async () => {
  const h = historyOf(1)
  const late = { openingVnd: '100', closingVnd: '100' }
  const { code, said } = await verifyTold([
    ...begun(h),
    h.gift(2, 100, 50),
    h.out(3, 70, 'fee'),
    h.close([], 0, late, { day: '2026-01-20' }),
  ])
  expect(code).toBe(3)
  expect(said).toMatch(/1 gifts of 50 ₫ came by lines of a bank that no closed day has yet, since 2026-01-05\nOPEN/)
  expect(said).toMatch(/1 lines of banks, of 70 ₫, are told and in no closed day, though their days are closed\nOPEN/)
})

/** Histories with the entry at which each begins. */
function withFirst(histories: { name: string; told: Told[] }[]): { name: string; told: Told[]; first: number }[] {
  let next = 0
  return histories.map((one) => {
    const first = next
    next += one.told.length
    return { ...one, first }
  })
}
