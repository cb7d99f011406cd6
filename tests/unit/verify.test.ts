import { hash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyTold, type Told } from '../factories/told-log'

type Leaf = Record<string, unknown> & { facts: Record<string, unknown> }
type More = Record<string, unknown>

/** Days, for histories that begin on one. */
const [DAY, NEXT] = ['2026-01-05', '2026-01-06']

/** Facts of one history: its pots, gifts, lines and spends have numbers that no other has, so that many stand in one log. */
function historyOf(nth: number) {
  const base = nth * 100
  const number = (at: number) => String(base + at)
  const [account, fund] = [`tk ${nth}`, `quy-${nth}`]
  const leaf = (kind: string, top: More, facts: More): Leaf => ({ kind, day: DAY, fund, ...top, facts })
  const pot = (at = 1, kind = 'campaign') => ({ line: base + at, pot: kind })
  const vnd = (amount: number) => ({ amountVnd: String(amount) })
  const from = (start: number, amount: number, ...whose: string[]) => [[String(start), String(start + amount), ...whose]]
  return {
    ...{ number, leaf, pot, vnd, from, account, fund },
    gift: (at: number, start: number, amount: number, more: More = {}, facts: More = {}) =>
      leaf(
        'donation',
        { ...pot(), ...vnd(amount), gift: number(at), bankLine: number(at), toldBy: 'statement', intervals: from(start, amount), ...more },
        { via: 'bank', account, ...facts },
      ),
    cash: (at: number, start: number, amount: number, more: More = {}) =>
      leaf(
        'donation',
        { ...pot(), ...vnd(amount), gift: number(at), intervals: from(start, amount), ...more },
        { via: 'cash', receipt: `${at}` },
      ),
    line: (at: number, amount: number, facts: More = {}, more: More = {}) =>
      leaf(
        'line_classified',
        { ...vnd(amount), ...more },
        { account, line: number(at), direction: 'in', class: 'gift', happenedOn: DAY, target: { gifts: [number(at)] }, ...facts },
      ),
    out: (at: number, amount: number, is: string, target?: More) =>
      leaf('line_classified', vnd(amount), {
        account,
        line: number(at),
        direction: 'out',
        class: is,
        happenedOn: DAY,
        ...(target ? { target } : {}),
      }),
    close: (lines: number[], inVnd: number, facts: More = {}, more: More = {}) =>
      leaf('day_closed', more, {
        ...{ account, openingVnd: '0', closingVnd: String(inVnd), inVnd: String(inVnd), outVnd: '0', linesIn: lines.length, linesOut: 0 },
        ...{ lines: lines.map((at) => [number(at), number(at + 1)]), lateLines: 0, late: [], ...facts },
      }),
    asked: (amount: number, facts: More = {}) =>
      leaf('spend_requested', { ...pot(), ...vnd(amount) }, { spend: number(1), items: 1, ...facts }),
    approved: (amount: number, facts: More = {}) => leaf('spend_approved', { ...pot(), ...vnd(amount) }, { spend: number(1), ...facts }),
    paid: (start: number, amount: number, fromVnd = 0, facts: More = {}) =>
      leaf(
        'spend_paid',
        { ...pot(), ...vnd(amount) },
        { spend: number(1), fromVnd: String(fromVnd), stretches: from(start, amount), ...facts },
      ),
    moved: (start: number, amount: number, whose: string, [out, into]: [More, More] = [{}, {}]) => [
      leaf('transfer_out', { ...pot(), ...vnd(amount), ...out }, { to: base + 2, stretches: from(start, amount) }),
      leaf('transfer_in', { ...pot(2, 'general'), ...vnd(amount), intervals: from(0, amount, whose), ...into }, { from: base + 1 }),
    ],
    given: (kind: string, start: number, amount: number, facts: More = {}, at = 1) =>
      leaf(kind, { ...pot(), ...vnd(amount), gift: number(at) }, { stretches: from(start, amount), ...facts }),
    goods: (at: number, start: number, units: number) =>
      leaf(
        'goods_received',
        { ...pot(5, 'goods'), units: String(units), goods: number(at), intervals: from(start, units) },
        { item: 'ao-am' },
      ),
  }
}
type History = ReturnType<typeof historyOf>

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
  [
    'a delivery of what was not paid',
    (h) => [
      ...bought(h),
      h.leaf('delivery', h.pot(), { spend: h.number(1), commune: 'x', children: 9, units: [{ position: 0, fromUnit: 0, toUnit: 1 }] }),
    ],
    /nothing of it was paid/,
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

test('a key that was put away counts for what was published, and for nothing longer', async () => {
  const told = [...begun(historyOf(1)), ...AFTER]
  expect((await verifyTold(told, null, told.length)).said).toMatch(/ entries is signed by its key/)
  const { code, said } = await verifyTold(told, null, told.length - 1)
  expect([code, said]).toEqual([1, expect.stringContaining('signed only by a key that was put away before the log was so long')])
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
    const { code: end, said } = await verifyTold(told, site())
    expect([end, said.match(/^(WRONG|OPEN).*$/gm)]).toEqual([0, null])
    expect(said).toMatch(/ok +pages of 1 campaigns, 1 funds, 1 days, 1 gifts chosen by chance were held against the log/)
    expect(said).toMatch(/ok +2 rows of them name entries .*, and 1 days of accounts come to what they were closed with/)
    expect(said).toMatch(/ok +8 proofs that the site hands out/)
  })

  test('of gifts that mark nothing are not said to agree', async () => {
    const { code: end, said } = await verifyTold(told, site({ [`/theo-doi/${code}`]: '100.000 ₫' }))
    expect([end, said.match(/^(WRONG|OPEN).*$/gm)]).toEqual([3, ['OPEN   pages of gifts mark no sum, and were not compared: TD2345678']])
  })

  test('that show or mark other sums are found, and files that are others than listed, or of other sums', async () => {
    const forged = file(90_000)
    const { said } = await verifyTold(
      told,
      site({
        '/chien-dich/ao-am': `${mark('received', 100_000, 900_000)}<!-- 100.000 -->`,
        '/quy': mark(`received ${h.fund}`, 200_000),
        '/': mark(`gifts ${DAY}`, 100_000),
        [`/theo-doi/${code}`]: mark('received', 100_000) + mark('spent', 10_000),
        '/sao-ke/tep': row('2026-01', 'another'),
        '/sao-ke/tep?thang=2026-01': row(NEXT, forged),
        [`/sao-ke/tep/sao-ke-${NEXT}.csv`]: forged,
      }),
    )
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

/** Histories with the entry at which each begins. */
function withFirst(histories: { name: string; told: Told[] }[]): { name: string; told: Told[]; first: number }[] {
  let next = 0
  return histories.map((one) => {
    const first = next
    next += one.told.length
    return { ...one, first }
  })
}
