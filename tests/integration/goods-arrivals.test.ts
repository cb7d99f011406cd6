import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { goodsLines, lines, pledges } from '../../db/schema'
import { changeGoodsPledge } from '../../lib/goods/commands'
import { getCampaignGoods } from '../../lib/goods/coverage'
import { getGoodsGift } from '../../lib/goods/queries'
import type { Receipt } from '../../lib/goods/receive'
import { receiveWalkIn } from '../../lib/goods/walk-in'
import { cancelPledge } from '../../lib/pledges/commands'
import { sequencePending } from '../../lib/sequencer/sequence'
import { goodsInput, goodsReceipt, makeGoods, receiveGoods } from '../factories/giving'
import { coats, coverageOf, makeGoodsCampaign, makeServiceCampaign } from '../factories/goods'
import { makeFunds, value, type MadeCampaign } from '../factories/site'
import { fundIdOf } from '../factories/staff'
import { closeAgreed } from '../factories/agreed'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

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
  campaign = await makeGoodsCampaign(context, campaigns++)
})
afterAll(() => closeAgreed(database, context))

const sequence = () => sequencePending(context.db, context.now())
const stateOf = async (code: string) => (await getGoodsGift(context, code, 'vi'))?.state
const covered = () => coverageOf(context, campaign.slug)

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
    const days = await makeServiceCampaign(context)
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
