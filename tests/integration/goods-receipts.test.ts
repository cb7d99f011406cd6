import { asc, eq, inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  entries,
  events,
  goodsIntervals,
  goodsLines,
  goodsReceipts,
  goodsTotals,
  ledgers,
  lines,
  pledges,
  siteState,
} from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { getCampaign, listCampaigns } from '../../lib/campaigns/queries'
import { getCommune, listCommunes } from '../../lib/communes/queries'
import { getFund, listFunds } from '../../lib/funds/queries'
import { changeGoodsPledge } from '../../lib/goods/commands'
import { getCampaignGoods } from '../../lib/goods/coverage'
import { getGoodsGift } from '../../lib/goods/queries'
import { confirmReceipt, refuseGoods, type Receipt } from '../../lib/goods/receive'
import { receiveWalkIn } from '../../lib/goods/walk-in'
import { getHome } from '../../lib/home/queries'
import { getCategory, getNeedTable } from '../../lib/needs/queries'
import { cancelPledge } from '../../lib/pledges/commands'
import { getGive, listOpenCampaigns } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequenceBatch, sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, goodsInput, goodsReceipt, makeGoods, makePledge, receiveGoods } from '../factories/giving'
import { fundIdOf } from '../factories/staff'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const BUDGET = [
  { itemVi: 'Áo khoác', unitVi: 'áo', unitPriceVnd: 185_000n, quantity: 100 },
  { itemVi: 'Bộ mũ len và tất', unitVi: 'bộ', unitPriceVnd: 65_000n, quantity: 40 },
]

const CATEGORIES = ['ao-am', 'bua-an', 'hoc-bong', 'thiet-bi', 'van-hoa', 'ky-nang', 'hoc-nghe']

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let campaigns = 0

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
})
beforeEach(async () => {
  context.setNow('2026-11-23T03:00:00Z')
  // A commune has one need of a kind a year.
  const [commune, category] = [campaigns % 5, CATEGORIES[Math.floor(campaigns / 5)] ?? '']
  campaigns += 1
  campaign = await makeCampaign(context, { slug: `chien-dich-${campaigns}`, budget: BUDGET, commune, category })
})
afterAll(async () => {
  await sequencePending(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
  await database.close()
})

const sequence = () => sequencePending(context.db, context.now())
const confirm = (code: string, receipt: Partial<Receipt> = {}) => confirmReceipt(context, goodsReceipt(code, receipt))
const coats = (units: bigint) => [{ position: 0, units, condition: 'new' as const, statedValueVnd: null }]
const stateOf = async (code: string) => (await getGoodsGift(context, code, 'vi'))?.state
const covered = async (slug = campaign.slug) =>
  (await getCampaignGoods(context, slug, 'vi')).lines.map(({ position, promised, received }) => [position, promised, received])
const json = (given: unknown) => JSON.stringify(given, (_key, field: unknown) => (typeof field === 'bigint' ? String(field) : field))

test('goods that nobody promised are a promise and its receipt, both or neither, and once', async () => {
  const receipt = goodsReceipt('', { lines: coats(7n) })
  const input = goodsInput({ formKey: receipt.formKey, items: [{ position: 0, units: 7n }], phone: null, email: null, name: 'Lê Văn Tám' })
  const fundId = await fundIdOf(context, 'ha-noi')
  const bring = (more: Partial<Receipt> = {}, units = 7n) =>
    receiveWalkIn(context, {
      ...{ fundId, campaignSlug: campaign.slug, locale: 'vi', by: 'thu-kho' },
      ...{ input: { ...input, items: [{ position: 0, units }] }, receipt: { ...receipt, lines: coats(units), ...more } },
    })
  const before = await context.db.$count(pledges)
  expect(await bring({ receivedOn: '2026-11-24' })).toEqual({ ok: false, refusal: 'not_a_day' })
  expect(await bring({}, 101n)).toEqual({ ok: false, refusal: 'not_asked' })
  expect(await context.db.$count(pledges)).toBe(before)
  const { code } = value(await bring())
  expect(value(await bring())).toEqual({ code })
  expect(await bring({}, 8n)).toEqual({ ok: false, refusal: 'form_used' })
  expect(await context.db.$count(pledges)).toBe(before + 1)
  await sequence()
  expect(await getGoodsGift(context, code, 'vi')).toMatchObject({ state: 'received', lines: [{ promised: 7n, received: 7n }] })
  const other = await fundIdOf(context, 'ninh-thuan')
  const wish = { fundId: other, campaignSlug: campaign.slug, locale: 'vi', by: 'x', input, receipt } as const
  expect(await receiveWalkIn(context, wish)).toEqual({ ok: false, refusal: 'unknown_campaign' })
})

describe('goods that come', () => {
  test('make the pledge received, and own the next units of the campaign’s line', async () => {
    const first = await makeGoods(context, campaign.slug, { name: 'Nguyễn Thị Mai', isNamed: true })
    const second = await makeGoods(context, campaign.slug, { items: [{ position: 0, units: 12n }] })
    await receiveGoods(context, first.code, { documentReference: '12/BB-QBTTE' })
    await receiveGoods(context, second.code, { lines: coats(12n) })
    expect(await getGoodsGift(context, second.code, 'vi')).toMatchObject({
      state: 'received',
      visits: [{ goods: [{ units: 12n, interval: null }] }],
    })
    await sequence()
    expect(await getGoodsGift(context, first.code, 'vi')).toMatchObject({
      lines: [{ promised: 30n, received: 30n }],
      visits: [{ documentReference: '12/BB-QBTTE', goods: [{ units: 30n, condition: 'new', interval: { startUnit: 0n, endUnit: 30n } }] }],
    })
    expect((await getGoodsGift(context, second.code, 'vi'))?.visits[0]?.goods[0]?.interval).toEqual({ startUnit: 30n, endUnit: 42n })
    expect(await covered()).toEqual([[0, 0n, 42n]])
    const { latest, receipts } = await getCampaignGoods(context, campaign.slug, 'vi')
    expect([receipts, latest.map(({ name, code }) => [name, code])]).toEqual([
      2,
      [
        ['Một nhà hảo tâm', second.code],
        ['Nguyễn Thị Mai', first.code],
      ],
    ])
  })

  test('come in parts: what is still to come stays promised, until its time is over', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    await receiveGoods(context, code, { lines: coats(10n) })
    context.advance(60_000)
    await receiveGoods(context, code, { lines: coats(5n) })
    await sequence()
    expect(await covered()).toEqual([[0, 15n, 15n]])
    context.advance(31 * 86_400_000)
    expect([await covered(), await stateOf(code)]).toEqual([[[0, 0n, 15n]], 'received'])
    await receiveGoods(context, code, { lines: coats(20n), receivedOn: '2026-12-24' })
    await sequence()
    expect(await covered()).toEqual([[0, 0n, 35n]])
  })

  test('may be more than was promised, and more than the line asks for, and something else as well', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    await receiveGoods(context, code, {
      lines: [...coats(120n), { position: 1, units: 3n, condition: 'used', statedValueVnd: 150_000n }],
    })
    await sequence()
    expect(await covered()).toEqual([
      [0, 0n, 120n],
      [1, 0n, 3n],
    ])
    const { latest } = await getCampaignGoods(context, campaign.slug, 'vi')
    expect(latest.map(({ what }) => what.map(({ item, units }) => `${units} ${item}`))).toEqual([['120 Áo khoác', '3 Bộ mũ len và tất']])
  })

  test('are a gift after the pledge expired, and after its donor cancelled it', async () => {
    const late = await makeGoods(context, campaign.slug)
    const cancelled = await makeGoods(context, campaign.slug)
    await cancelPledge(context, cancelled)
    context.advance(40 * 86_400_000)
    expect(await stateOf(late.code)).toBe('expired')
    for (const { code } of [late, cancelled]) {
      await receiveGoods(context, code, { receivedOn: '2027-01-02' })
      expect(await stateOf(code)).toBe('received')
    }
  })

  test('that came can no longer be changed or cancelled', async () => {
    const own = await makeGoods(context, campaign.slug)
    await receiveGoods(context, own.code, { lines: coats(1n) })
    expect(await changeGoodsPledge(context, { ...own, input: goodsInput() })).toEqual({ ok: false, refusal: 'not_open' })
    expect(await cancelPledge(context, own)).toEqual({ ok: false, refusal: 'not_open' })
  })

  test('of a service are counted in its own unit, and have no condition', async () => {
    const days = await makeCampaign(context, {
      slug: 'kham',
      category: 'suc-khoe',
      budget: [{ itemVi: 'Ngày khám', unitVi: 'ngày', unitPriceVnd: 9_000_000n, quantity: 4 }],
    })
    const { code } = await makeGoods(context, days.slug, { nature: 'service', items: [{ position: 0, units: 2n }] })
    await receiveGoods(context, code, { lines: [{ position: 0, units: 2n, condition: 'used', statedValueVnd: null }] })
    await sequence()
    expect(await getGoodsGift(context, code, 'vi')).toMatchObject({ visits: [{ goods: [{ units: 2n, unit: 'ngày', condition: null }] }] })
    const [row] = await context.db
      .select({ unit: lines.unit })
      .from(goodsLines)
      .innerJoin(lines, eq(lines.id, goodsLines.lineId))
      .where(eq(goodsLines.campaignId, days.campaignId))
    expect(row?.unit).toBe('ngay-kham.ngay')
  })
})

describe('a receipt', () => {
  test('is booked once for one form, however often and at once it is sent', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    const receipt = goodsReceipt(code, { lines: [...coats(30n), { position: 1, units: 2n, condition: 'new', statedValueVnd: null }] })
    const told = await context.db.$count(events)
    const first = value(await confirmReceipt(context, receipt))
    const again = await Promise.all([1, 2, 3, 4].map(() => confirmReceipt(context, receipt)))
    for (const answer of again) expect(answer).toEqual({ ok: true, value: first })
    expect(first).toHaveLength(2)
    expect(await context.db.$count(events)).toBe(told + 2)
    expect(await confirmReceipt(context, { ...receipt, lines: coats(31n) })).toEqual({ ok: false, refusal: 'form_used' })
    const other = await makeGoods(context, campaign.slug)
    expect(await confirmReceipt(context, { ...receipt, code: other.code })).toEqual({ ok: false, refusal: 'form_used' })
  })

  test('at the same moment as many others opens one line, and every unit has its own number', async () => {
    const codes = await Promise.all(Array.from({ length: 12 }, async () => (await makeGoods(context, campaign.slug)).code))
    await Promise.all(
      codes.map((code, index) =>
        receiveGoods(context, code, {
          // Half of the forms have their lines the other way round.
          lines: [...coats(BigInt(index + 1)), { position: 1, units: 1n, condition: 'new' as const, statedValueVnd: null }].toSorted(
            (a, b) => (index % 2 ? a.position - b.position : b.position - a.position),
          ),
        }),
      ),
    )
    await Promise.all([sequence(), sequence(), sequence()])
    expect(await covered()).toEqual([
      [0, codes.reduce((sum, _, index) => sum + 30n - BigInt(index + 1), 0n), 78n],
      [1, 0n, 12n],
    ])
    expect(await context.db.$count(goodsLines, eq(goodsLines.campaignId, campaign.campaignId))).toBe(2)
    const laid = await context.db
      .select({ start: goodsIntervals.startUnit, end: goodsIntervals.endUnit })
      .from(goodsIntervals)
      .innerJoin(goodsLines, eq(goodsLines.lineId, goodsIntervals.lineId))
      .where(sql`${goodsLines.campaignId} = ${campaign.campaignId} and ${goodsLines.position} = 0`)
      .orderBy(asc(goodsIntervals.startUnit))
    expect(laid.map(({ start }) => start)).toEqual([0n, ...laid.slice(0, -1).map(({ end }) => end)])
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test.each<[string, Partial<Receipt>, string]>([
    ['nothing', { lines: [] }, 'not_units'],
    ['no unit', { lines: coats(0n) }, 'not_units'],
    ['more than anybody brings', { lines: coats(1_000_001n) }, 'not_units'],
    ['one line twice', { lines: [...coats(1n), ...coats(2n)] }, 'not_units'],
    [
      'a line that the campaign does not have',
      { lines: [{ position: 7, units: 1n, condition: 'new', statedValueVnd: null }] },
      'unknown_line',
    ],
    ['goods whose condition nobody noted', { lines: [{ position: 0, units: 1n, condition: null, statedValueVnd: null }] }, 'no_condition'],
    ['what is below the standard', { meetsStandard: false }, 'below_standard'],
    ['a paper that is no paper', { documentReference: 'của anh Bình, Ba Vì' }, 'not_a_document'],
    ['tomorrow', { receivedOn: '2026-11-24' }, 'not_a_day'],
    ['a day before the campaign', { receivedOn: '2026-09-30' }, 'not_a_day'],
  ])('of %s is refused, and nothing is kept', async (_what, receipt, refusal) => {
    const { code } = await makeGoods(context, campaign.slug)
    const kept = async () => [await context.db.$count(goodsReceipts), await context.db.$count(entries), await context.db.$count(goodsLines)]
    const before = await kept()
    expect(await confirm(code, receipt)).toEqual({ ok: false, refusal })
    expect([await kept(), await stateOf(code)]).toEqual([before, 'open'])
  })

  test('of a pledge of money, or of a code that nobody has, is refused', async () => {
    const { code } = await makePledge(context, campaign.slug)
    expect(await confirm(code)).toEqual({ ok: false, refusal: 'not_found' })
    expect(await confirm('TD2222222')).toEqual({ ok: false, refusal: 'not_found' })
  })

  test('after the closing day of an emergency appeal is refused', async () => {
    const appeal = await makeCampaign(context, { slug: 'khan-cap', category: 'sach-vo', isEmergency: true, neededBy: '2026-11-24' })
    const { code } = await makeGoods(context, appeal.slug)
    context.advance(3 * 86_400_000)
    expect(await confirm(code, { receivedOn: '2026-11-25' })).toEqual({ ok: false, refusal: 'after_closing_day' })
    expect((await confirm(code, { receivedOn: '2026-11-24' })).ok).toBe(true)
  })

  test('tells the public what came, with commitments and without a word of the donor’s', async () => {
    const words = {
      name: 'Nguyễn Thị Mai',
      message: 'Chúc các em luôn vui khỏe',
      email: 'kho@example.vn',
      phone: '0912345678',
      note: 'Nhà số 5',
    }
    const { code } = await makeGoods(context, campaign.slug, { ...words, isNamed: true })
    const [id] = await receiveGoods(context, code, {
      lines: [{ position: 0, units: 3n, condition: 'used', statedValueVnd: 7_777_777n }],
      documentReference: '9/BB',
    })
    const [event] = await context.db
      .select()
      .from(events)
      .where(eq(events.goodsReceiptId, id ?? 0n))
    expect(event).toMatchObject({ kind: 'goods_received', day: '2026-11-23', units: 3n, amountVnd: null, donationId: null })
    expect(event?.facts).toEqual({
      ...{ campaign: campaign.slug, item: 0, unit: 'ao-khoac.ao', nature: 'goods', condition: 'used', code },
      nameCommitment: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      messageCommitment: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    })
    const told = json(event)
    for (const word of [...Object.values(words), 'thu-kho', '7777777', '9/BB']) expect(told).not.toContain(word)
    expect(json(await getGoodsGift(context, code, 'vi'))).not.toMatch(/7777777|0912345678|Nhà số 5|example\.vn|thu-kho/)
  })

  test('raises the public state, so that kept pages are made anew', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    const version = async () => (await context.db.select({ version: siteState.version }).from(siteState))[0]?.version ?? 0n
    await sequence()
    const before = await version()
    await receiveGoods(context, code)
    await sequence()
    expect(await version()).toBe(before + 1n)
  })

  test('the same receipts in the same order give the same lines, however they were batched', async () => {
    const other = await makeCampaign(context, { slug: 'cung-the', budget: BUDGET, fund: 'ninh-thuan' })
    for (const [slug, perReceipt] of [
      [campaign.slug, async () => undefined],
      [other.slug, () => sequenceBatch(context.db, context.now(), 1)],
    ] as const) {
      for (let index = 0; index < 9; index++) {
        const { code } = await makeGoods(context, slug)
        await receiveGoods(context, code, { lines: coats(BigInt(1 + ((index * 7) % 5))) })
        await perReceipt()
      }
      await sequence()
    }
    const laid = async ({ campaignId }: MadeCampaign) =>
      context.db
        .select({ start: goodsIntervals.startUnit, end: goodsIntervals.endUnit })
        .from(goodsIntervals)
        .innerJoin(goodsLines, eq(goodsLines.lineId, goodsIntervals.lineId))
        .where(eq(goodsLines.campaignId, campaignId))
        .orderBy(asc(goodsIntervals.startUnit))
    expect(await laid(other)).toEqual(await laid(campaign))
    expect((await laid(other)).at(-1)?.end).toBe(
      Array.from({ length: 9 }, (_, index) => BigInt(1 + ((index * 7) % 5))).reduce((a, b) => a + b),
    )
  })
})

describe('a fund that does not take goods', () => {
  test('says why, once, and takes them no more', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    const no = { code, reason: 'below_standard' as const, actor: 'thu-kho' }
    expect((await refuseGoods(context, no)).ok).toBe(true)
    expect((await refuseGoods(context, no)).ok).toBe(true)
    expect(await refuseGoods(context, { ...no, reason: 'not_needed' })).toEqual({ ok: false, refusal: 'refused_before' })
    expect(await getGoodsGift(context, code, 'vi')).toMatchObject({ state: 'refused', refusal: 'below_standard' })
    expect([await covered(), await confirm(code)]).toEqual([[], { ok: false, refusal: 'refused_before' }])
  })

  test('may refuse the rest of what came in part', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    await receiveGoods(context, code, { lines: coats(10n) })
    await sequence()
    expect(await covered()).toEqual([[0, 20n, 10n]])
    expect((await refuseGoods(context, { code, reason: 'not_needed', actor: 'thu-kho' })).ok).toBe(true)
    expect(await getGoodsGift(context, code, 'vi')).toMatchObject({ state: 'received', refusal: 'not_needed' })
    expect(await covered()).toEqual([[0, 0n, 10n]])
  })

  test('has nothing to refuse of what came whole, was cancelled, or is not there', async () => {
    const whole = await makeGoods(context, campaign.slug)
    await receiveGoods(context, whole.code)
    const cancelled = await makeGoods(context, campaign.slug)
    await cancelPledge(context, cancelled)
    const no = (code: string) => refuseGoods(context, { code, reason: 'not_reached', actor: 'thu-kho' })
    expect(await no(whole.code)).toEqual({ ok: false, refusal: 'not_waiting' })
    expect(await no(cancelled.code)).toEqual({ ok: false, refusal: 'not_waiting' })
    expect(await no('TD2222222')).toEqual({ ok: false, refusal: 'not_found' })
  })
})

describe('goods and money', () => {
  test('a transfer with the code of goods is that donor’s gift of money, and does not make the goods received', async () => {
    const { code } = await makeGoods(context, campaign.slug, { name: 'Nguyễn Thị Mai', isNamed: true })
    await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 450_000n }))
    await sequence()
    expect(await getGoodsGift(context, code, 'vi')).toMatchObject({ state: 'open', money: [{ amountVnd: 450_000n }], visits: [] })
    expect(await covered()).toEqual([[0, 30n, 0n]])
    expect(await getCampaign(context, campaign.slug, 'vi')).toMatchObject({
      receivedVnd: 450_000n,
      latestGifts: [{ code, name: 'Nguyễn Thị Mai', amountVnd: 450_000n }],
    })
    await receiveGoods(context, code)
    expect(await stateOf(code)).toBe('received')
    await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 50_000n }))
    expect((await getGoodsGift(context, code, 'vi'))?.money).toHaveLength(2)
  })

  test('no page that tells of money reads otherwise when goods come', async () => {
    const { code } = await makePledge(context, campaign.slug)
    await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 1_000_000n }))
    await sequence()
    const read = async () => {
      const [commune] = (await listCommunes(context, 'vi')).communes.filter(({ slug }) => slug !== '')
      return json([
        await getHome(context, 'vi'),
        await getCampaign(context, campaign.slug, 'vi'),
        await listCampaigns(context, { fund: null, commune: null, category: null, state: null, sort: 'need', page: 1 }, 'vi'),
        await getGive(context, campaign.slug, 'vi'),
        await listOpenCampaigns(context, 'vi'),
        await listFunds(context, 'vi'),
        await getFund(context, 'ha-noi', 'vi'),
        await listCommunes(context, 'vi'),
        await getCommune(context, commune?.slug ?? '', 'vi'),
        await getNeedTable(context, 'vi'),
        await getCategory(context, 'ao-am', 'vi'),
      ])
    }
    const before = await read()
    expect(before).toContain('1000000')
    const goods = await makeGoods(context, campaign.slug, { items: [{ position: 0, units: 100n }] })
    await receiveGoods(context, goods.code, { lines: [{ position: 0, units: 100n, condition: 'new', statedValueVnd: 18_500_000n }] })
    await sequence()
    expect(await read()).toBe(before)
  })

  test('no column of đồng holds a unit of goods', async () => {
    const goods = await makeGoods(context, campaign.slug)
    const sums = async () => {
      const [row] = await context.db
        .select({
          sums: sql<string>`concat_ws(' ', (select sum(amount_vnd) from events), (select sum(end_vnd - start_vnd) from intervals),
            (select sum(received_vnd) from line_totals), (select sum(received_vnd) from day_totals), (select sum(amount_vnd) from donations),
            (select sum(p.amount) from postings p join ledgers l on l.id = p.ledger_id where l.unit = 'VND'))`,
        })
        .from(sql`(values (1)) as one`)
      return row?.sums
    }
    await sequence()
    const before = await sums()
    await receiveGoods(context, goods.code)
    await sequence()
    expect(await sums()).toBe(before)
    const units = await context.db.selectDistinct({ unit: ledgers.unit }).from(ledgers)
    expect(units.map(({ unit }) => unit).sort()).toEqual(['VND', 'ao-khoac.ao', 'bo-mu-len-va-tat.bo', 'ngay-kham.ngay'])
    const goodsUnits = await context.db.select({ units: goodsTotals.receivedUnits }).from(goodsTotals)
    expect(goodsUnits.length).toBeGreaterThan(0)
    const received = await context.db
      .select({ state: pledges.state })
      .from(pledges)
      .where(inArray(pledges.code, [goods.code]))
    expect(received).toEqual([{ state: 'received' }])
  })
})
