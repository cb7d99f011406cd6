import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { disclosures, events, pledgeContacts, pledgeItems, pledges } from '../../db/schema'
import { getCampaignGoods, getGoodsOffer } from '../../lib/goods/coverage'
import { changeGoodsPledge, pledgeGoods } from '../../lib/goods/commands'
import { getGoodsGift, getOwnGoods } from '../../lib/goods/queries'
import { cancelPledge, changePledge } from '../../lib/pledges/commands'
import { getGift, getOwnGift } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { giftInput, goodsInput, makeGoods, makePledge } from '../factories/giving'
import { asJson, GOODS_BUDGET } from '../factories/goods'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { budget: GOODS_BUDGET })
})
afterAll(async () => {
  expect(await listDiscrepancies(context.db)).toEqual([])
  await database.close()
})

const pledge = (input = goodsInput(), campaignSlug = campaign.slug) => pledgeGoods(context, { campaignSlug, locale: 'vi', input })

describe('a promise of goods', () => {
  test('is kept once for one form, however often and at once it is sent', async () => {
    const input = goodsInput()
    const before = await context.db.$count(pledges)
    const answers = [await pledge(input), ...(await Promise.all([1, 2, 3, 4].map(() => pledge(input)))), await pledge(input)]
    expect(new Set(answers.map((answer) => asJson(answer))).size).toBe(1)
    expect(await context.db.$count(pledges)).toBe(before + 1)
    const other = value(await pledge({ ...input, items: [{ position: 0, units: 31n }] }))
    expect(other.code).not.toBe(value(await pledge(input)).code)
  })

  test('names what is promised of each budget line, and no sum of money', async () => {
    const items = [
      { position: 0, units: 30n },
      { position: 1, units: 40n },
    ]
    const { code } = await makeGoods(context, campaign.slug, { items })
    expect(await getGoodsGift(context, code, 'vi')).toMatchObject({
      state: 'open',
      nature: 'goods',
      lines: [
        { item: 'Áo khoác', unit: 'áo', promised: 30n, received: 0n },
        { item: 'Bộ mũ len và tất', unit: 'bộ', promised: 40n, received: 0n },
      ],
      visits: [],
      money: [],
    })
    const [row] = await context.db.select().from(pledges).where(eq(pledges.code, code))
    expect(row).toMatchObject({ method: 'goods', amountVnd: null, currency: null, amountMinor: null, receivingAccountId: null })
  })

  test('is no event, and no gift of money', async () => {
    const told = await context.db.$count(events)
    const { code } = await makeGoods(context, campaign.slug)
    expect(await context.db.$count(events)).toBe(told)
    expect([await getGift(context, code, 'vi'), await getOwnGift(context, code)]).toEqual([null, null])
  })

  test.each<[string, { position: number; units: bigint }[]]>([
    ['nothing', []],
    ['more than the line asks for', [{ position: 1, units: 41n }]],
    [
      'more in two parts',
      [
        { position: 1, units: 25n },
        { position: 1, units: 25n },
      ],
    ],
    ['of a line that is not there', [{ position: 2, units: 1n }]],
    ['less than one', [{ position: 0, units: 0n }]],
  ])('of %s is refused', async (_what, items) => {
    expect(await pledge(goodsInput({ items }))).toEqual({ ok: false, refusal: 'not_asked' })
  })

  test('needs no account, but a campaign that is open and public', async () => {
    const draft = await makeCampaign(context, { slug: 'nhap', state: 'in_review', commune: 1 })
    const closed = await makeCampaign(context, { slug: 'dong', state: 'closed', commune: 2 })
    expect(await pledge(goodsInput(), draft.slug)).toEqual({ ok: false, refusal: 'unknown_campaign' })
    expect(await pledge(goodsInput(), 'khong-co')).toEqual({ ok: false, refusal: 'unknown_campaign' })
    expect(await pledge(goodsInput(), closed.slug)).toEqual({ ok: false, refusal: 'not_open' })
    expect([await getGoodsOffer(context, draft.slug, 'vi'), await getGoodsOffer(context, 'khong-co', 'vi')]).toEqual([null, null])
  })
})

describe('its donor', () => {
  const change = (own: { code: string; secret: string }, input = goodsInput({ items: [{ position: 1, units: 5n }], nature: 'service' })) =>
    changeGoodsPledge(context, { ...own, input })

  test('changes it with the secret alone, and its time begins anew', async () => {
    const own = await makeGoods(context, campaign.slug, { name: 'Nguyễn Thị Mai', isNamed: true, note: 'Chở đến sáng thứ bảy' })
    const first = await getGoodsGift(context, own.code, 'vi')
    const now = context.now()
    context.advance(10 * 86_400_000)
    expect(await change({ ...own, secret: 'x' })).toEqual({ ok: false, refusal: 'wrong_secret' })
    expect(await change({ ...own, code: 'TD2222222' })).toEqual({ ok: false, refusal: 'not_found' })
    expect(await change(own, goodsInput({ items: [{ position: 1, units: 999n }] }))).toEqual({ ok: false, refusal: 'not_asked' })
    expect(await change(own)).toEqual({ ok: true, value: { isNameKept: false } })
    const changed = await getGoodsGift(context, own.code, 'vi')
    expect(changed).toMatchObject({ nature: 'service', publicName: 'Một nhà hảo tâm', lines: [{ position: 1, promised: 5n }] })
    expect(changed?.expiresAt.getTime()).toBe((first?.expiresAt.getTime() ?? 0) + 10 * 86_400_000)
    expect(await getOwnGoods(context, own.code)).toMatchObject({ name: '', note: null, items: [{ position: 1, units: 5n }] })
    context.setNow(now)
  })

  test('cancels it, once and for good', async () => {
    const own = await makeGoods(context, campaign.slug)
    expect(await cancelPledge(context, { ...own, secret: 'x' })).toEqual({ ok: false, refusal: 'wrong_secret' })
    expect((await cancelPledge(context, own)).ok).toBe(true)
    expect(await getGoodsGift(context, own.code, 'vi')).toMatchObject({ state: 'cancelled', refusal: null })
    expect(await change(own)).toEqual({ ok: false, refusal: 'not_open' })
  })

  test('cannot make one of money of it, nor of a pledge of money one of goods', async () => {
    const own = await makeGoods(context, campaign.slug)
    expect(await changePledge(context, { ...own, input: giftInput() })).toEqual({ ok: false, refusal: 'not_found' })
    const money = await makePledge(context, campaign.slug)
    expect(await change(money)).toEqual({ ok: false, refusal: 'not_found' })
  })

  test('changes nothing of an appeal that is over', async () => {
    const appeal = await makeCampaign(context, { slug: 'khan-cap', commune: 3, isEmergency: true, neededBy: '2026-11-24' })
    const own = await makeGoods(context, appeal.slug)
    const now = context.now()
    context.advance(3 * 86_400_000)
    expect(await change(own, goodsInput({ items: [{ position: 0, units: 1n }] }))).toEqual({ ok: false, refusal: 'not_open' })
    expect(await pledge(goodsInput(), appeal.slug)).toEqual({ ok: false, refusal: 'not_open' })
    context.setNow(now)
  })
})

test('a promise is counted while it is open, and no longer', async () => {
  const other = await makeCampaign(context, { slug: 'dem', budget: GOODS_BUDGET, commune: 4 })
  const promised = async () =>
    (await getCampaignGoods(context, other.slug, 'vi')).lines.map(({ position, promised: units }) => [position, units])
  expect(await promised()).toEqual([])
  await makeGoods(context, other.slug)
  const cancelled = await makeGoods(context, other.slug, { items: [{ position: 1, units: 7n }] })
  expect(await promised()).toEqual([
    [0, 30n],
    [1, 7n],
  ])
  await cancelPledge(context, cancelled)
  expect(await promised()).toEqual([[0, 30n]])
  const now = context.now()
  context.advance(30 * 86_400_000 - 1)
  expect(await promised()).toEqual([[0, 30n]])
  context.advance(1)
  expect(await promised()).toEqual([])
  expect(await getGoodsOffer(context, other.slug, 'en')).toMatchObject({ lines: [{ quantity: 100 }, { quantity: 40 }] })
  context.setNow(now)
})

test('what reaches a donor is private, erasable, and nowhere else', async () => {
  const secretWords = { email: 'kho@example.vn', phone: '0912345678', note: 'Nhà số 5, gọi trước khi đến', taxCode: '0100109106' }
  const { code } = await makeGoods(context, campaign.slug, {
    ...secretWords,
    donorKind: 'company',
    name: 'Công ty May Suối Cạn',
    isNamed: true,
  })
  const shown = asJson([await getGoodsGift(context, code, 'vi'), await getCampaignGoods(context, campaign.slug, 'vi')])
  for (const word of Object.values(secretWords)) expect(shown).not.toContain(word)
  // The name of an organisation waits for a person.
  expect(shown).not.toContain('Suối Cạn')
  expect(await getOwnGoods(context, code)).toMatchObject(secretWords)
  const [row] = await context.db.select({ id: pledges.id }).from(pledges).where(eq(pledges.code, code))
  if (!row) throw new Error('no pledge')
  await context.db.delete(pledgeContacts).where(eq(pledgeContacts.pledgeId, row.id))
  await context.db.delete(disclosures).where(eq(disclosures.pledgeId, row.id))
  expect(await getOwnGoods(context, code)).toMatchObject({ email: null, phone: null, note: null, name: '', items: [{ units: 30n }] })
  expect(await context.db.$count(pledgeItems, eq(pledgeItems.pledgeId, row.id))).toBe(1)
})
