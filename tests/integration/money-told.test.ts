import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET as picture } from '../../app/[locale]/hinh/[kind]/[name]/route'
import { deliveryPicture, giftPicture } from '../../components/link-picture/content'
import { donations, events, pledges, receivingAccounts } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { recordDelivery } from '../../lib/delivery/commands'
import { getDelivery, listDeliveries, listDeliveryPayers } from '../../lib/delivery/queries'
import { giveBack } from '../../lib/donations/give-back'
import { bankAccount, fundLine } from '../../lib/ledger/books'
import { postEntry } from '../../lib/ledger/post'
import { deliveryFeed } from '../../lib/links/feed'
import { listRecordMaps, listRecordPages } from '../../lib/links/record-maps'
import { setPictured } from '../../lib/pledges/pictured'
import { getGift } from '../../lib/pledges/queries'
import { publicFacts } from '../../lib/public-log/facts'
import { getRiver } from '../../lib/river/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { getCampaignMoney } from '../../lib/spending/campaign-money'
import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { moveBetweenLines } from '../../lib/spending/move'
import { paySpend, takeBackFromSupplier } from '../../lib/spending/pay'
import { getCampaignSpending } from '../../lib/spending/queries'
import { getGiftStory } from '../../lib/spending/story'
import { getSpend, listSpendPayers } from '../../lib/spending/view'
import { bankNotice, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serve } from '../setup/server'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let spendId: bigint
let slug: string
/** What the campaign's page said was spent before the sequencer came by. */
let justNow: bigint

const codes: Record<string, string> = {}
const sequence = () => sequencePending(context.db, context.now())

async function give(who: string, amountVnd: bigint, isNamed = false): Promise<void> {
  const { code } = await makePledge(context, campaign.slug, { amountVnd, isNamed, name: isNamed ? 'Nguyễn Thị Mai' : '' })
  codes[who] = code
  await receiveBankNotice(context, bankNotice({ memo: code, amountVnd }))
  context.advance(60_000)
}

async function giftOf(who: string): Promise<bigint> {
  const [gift] = await context.db
    .select({ id: donations.id })
    .from(donations)
    .innerJoin(pledges, eq(pledges.id, donations.pledgeId))
    .where(eq(pledges.code, codes[who] ?? ''))
  if (!gift) throw new Error(`${who} gave nothing`)
  return gift.id
}
const storyOf = async (who: string) => getGiftStory(context, [await giftOf(who)], 'vi')

/** A line of the books: what was credited to it, less what was debited. */
async function balanceOf(lineId: number): Promise<bigint> {
  const [row] = await context.db
    .select({
      vnd: sql`(select coalesce(sum(case when c.line_id = ${lineId} then p.amount else -p.amount end), 0) from postings p
        join ledger_accounts c on c.id = p.credit_account_id join ledger_accounts d on d.id = p.debit_account_id
        where c.line_id = ${lineId} or d.line_id = ${lineId})`.mapWith(BigInt),
    })
    .from(sql`(values (1)) as one`)
  return row?.vnd ?? 0n
}

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { goalVnd: 20_000_000n })
  await give('first', 100_000n, true)
  await give('second', 50_000n)
  await give('third', 70_000n)
  await give('fourth', 80_000n, true)
  await give('last', 200_000n)
  await sequence()
  // The second is sent back before anything is spent: a hole that every payment skips.
  const [account] = await context.db.select({ id: receivingAccounts.id, fundId: receivingAccounts.fundId }).from(receivingAccounts).limit(1)
  const { id: accountId, fundId } = account ?? { id: 0, fundId: 0 }
  const donationId = await giftOf('second')
  await context.db.transaction(async (tx) => {
    const { postings } = await giveBack(tx, {
      ...{ donationId, fundId, amountVnd: 50_000n, from: await bankAccount(tx, accountId), kind: 'refund', key: 'back' },
      ...{ holdEventId: null, day: '2026-11-23', now: context.now(), facts: {} },
    })
    const [first, ...others] = postings
    if (!first) throw new Error('nothing went back')
    const moment = { occurredAt: context.now(), bookedAt: context.now() }
    await postEntry(tx, { kind: 'refund', idempotencyKey: 'back', ...moment, postings: [first, ...others] })
  })
  await sequence()
  const words = { itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', itemVi: 'Áo khoác' }
  const wish = {
    ...{
      campaignSlug: campaign.slug,
      titleVi: 'Đợt mua',
      titleEn: 'Purchase',
      supplier: 'Cửa hàng Mẫu',
      dueOn: '2026-11-30',
      by: 'an',
      key: 's',
    },
    items: [{ ...words, units: 3, amountVnd: 220_000n }],
  }
  spendId = value(await requestSpend(context, wish)).spendId
  value(await approveSpend(context, { spendId, by: 'binh' }))
  value(await paySpend(context, { spendId, amountVnd: 90_000n, paidOn: '2026-11-23', key: '1' }))
  context.advance(60_000)
  value(await paySpend(context, { spendId, amountVnd: 130_000n, paidOn: '2026-11-23', key: '2' }))
  context.advance(60_000)
  const place = { communeSlug: 'ba-vi', placeVi: 'Trường mẫu', placeEn: 'A school', deliveredOn: '2026-11-23', noteVi: '', noteEn: '' }
  slug = value(
    await recordDelivery(context, { spendId, items: [{ position: 0, units: 2 }], ...place, children: 6, by: 'chi', key: 'd' }),
  ).slug
  context.advance(60_000)
  value(await takeBackFromSupplier(context, { spendId, position: 0, amountVnd: 20_000n, on: '2026-11-23', key: 'b' }))
  justNow = (await getCampaignSpending(context, campaign.slug, 'vi')).spentVnd
  await sequence()
})
afterAll(() => database.close())

test('a spend says what was bought, paid, handed over and given back, and by whom, to the đồng of the books', async () => {
  const spend = await getSpend(context, String(spendId), 'vi')
  expect(spend).toMatchObject({
    ...{ title: 'Đợt mua', supplier: 'Cửa hàng Mẫu', state: 'paid', amountVnd: 220_000n, paidVnd: 220_000n, returnedVnd: 20_000n },
    ...{ deliveredVnd: 146_666n, isOverdue: false, requestedOn: '2026-11-23', decidedOn: '2026-11-23', endedOn: null, gifts: 3 },
    payments: [{ amountVnd: 90_000n }, { amountVnd: 130_000n }],
    items: [{ item: 'Áo khoác', units: 3, deliveredUnits: 2 }],
    refunds: [{ item: 'Áo khoác', amountVnd: 20_000n }],
  })
  const payers = await listSpendPayers(context, String(spendId), 0n)
  expect(payers).toMatchObject({ amountVnd: 200_000n, nextVnd: null })
  expect(payers.parts.map(({ kind, name, code, gifts, amountVnd }) => [kind, name, code, gifts, amountVnd])).toEqual([
    ['named', 'Nguyễn Thị Mai', codes['first'], 1, 100_000n],
    ['nameless', null, codes['third'], 1, 70_000n],
    ['named', 'Nguyễn Thị Mai', codes['fourth'], 1, 30_000n],
  ])
  for (const key of ['0', '99', 'x', '1e1', '-1', '01', '9'.repeat(30)]) expect(await getSpend(context, key, 'vi'), key).toBeNull()
})

test('past its day a spend is overdue, until what was not handed over came back', async () => {
  const now = context.now()
  context.setNow(new Date('2026-12-01T03:00:00Z'))
  expect((await getSpend(context, String(spendId), 'vi'))?.isOverdue).toBe(true)
  const [listed] = (await getCampaignSpending(context, campaign.slug, 'vi')).spends
  expect(listed).toMatchObject({ isOverdue: true, paidVnd: 200_000n })
  expect((await storyOf('fourth')).next).toMatchObject({ kind: 'hand_over', isLate: true, spendKey: String(spendId) })
  context.setNow(now)
})

test('a delivery tells whose đồng it was', async () => {
  const delivery = await getDelivery(context, slug, 'vi')
  expect(delivery).toMatchObject({ amountVnd: 146_666n, gifts: 2, children: 6, spend: { key: String(spendId), amountVnd: 220_000n } })
  const payers = await listDeliveryPayers(context, slug, 0n)
  expect(payers.amountVnd).toBe(146_666n)
  expect(payers.parts.map(({ amountVnd }) => amountVnd)).toEqual([100_000n, 46_666n])
})

test('a list of payers goes on from any đồng', async () => {
  const whole = await listSpendPayers(context, String(spendId), 0n)
  const rest = await listSpendPayers(context, String(spendId), 60_000n)
  expect(rest.parts.map(({ amountVnd }) => amountVnd)).toEqual([40_000n, 70_000n, 30_000n])
  expect(whole.amountVnd - rest.amountVnd).toBe(60_000n)
  expect(await listSpendPayers(context, String(spendId), 10n ** 14n)).toMatchObject({ parts: [], amountVnd: 0n, nextVnd: null })
})

test('deliveries are found by whatever they belong to', async () => {
  for (const of of [
    {},
    { campaignSlug: campaign.slug },
    { communeSlug: 'ba-vi' },
    { spendKey: String(spendId) },
    { category: 'ao-am' },
    { fundSlug: 'ha-noi' },
  ])
    expect(
      (await listDeliveries(context, of, 5, 'en')).map((row) => row.slug),
      JSON.stringify(of),
    ).toEqual([slug])
  for (const of of [{ campaignSlug: 'x' }, { communeSlug: 'x' }, { spendKey: '99' }, { category: 'bua-an' }, { fundSlug: 'ninh-thuan' }])
    expect(await listDeliveries(context, of, 5, 'en'), JSON.stringify(of)).toEqual([])
})

test('a gift’s steps follow it to the coat, and its parts add up to it', async () => {
  const first = await storyOf('first')
  expect(first.steps.map(({ kind, amountVnd }) => [kind, amountVnd])).toEqual([
    ['paid', 90_000n],
    ['paid', 10_000n],
    ['delivered', 100_000n],
  ])
  expect(first).toMatchObject({ deliveredVnd: 100_000n, spentVnd: 0n, rest: [], next: null })
  // 70.000: handed over, waiting to be, and the supplier gave nothing of it back.
  const third = await storyOf('third')
  expect([third.deliveredVnd, third.spentVnd]).toEqual([46_666n, 23_334n])
  // 80.000: a part paid for the third coat, a part came back from the supplier and waits anew, a part was never used.
  const fourth = await storyOf('fourth')
  expect(fourth.spentVnd + fourth.rest.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)).toBe(80_000n)
  expect(fourth.steps.map(({ kind, amountVnd }) => [kind, amountVnd])).toEqual([
    ['paid', 50_000n],
    ['given_back', 20_000n],
  ])
  expect(fourth.next).toEqual({ kind: 'hand_over', dueOn: '2026-11-30', isLate: false, spendKey: String(spendId) })
  const second = await storyOf('second')
  expect(second).toMatchObject({ rest: [{ kind: 'refunded', amountVnd: 50_000n }], next: null })
  const last = await storyOf('last')
  expect(last.rest).toEqual([{ kind: 'waiting', amountVnd: 200_000n, movedTo: null, aheadVnd: 30_000n }])
  expect(last.next).toEqual({ kind: 'spend', dueOn: '2027-01-31', isLate: false, spendKey: null })
})

test('what is moved is told where it lies, and what a campaign received adds up, as in the books', async () => {
  const fundId = (await context.db.select({ id: receivingAccounts.fundId }).from(receivingAccounts).limit(1))[0]?.id ?? 0
  const general = await fundLine(context.db, fundId, 'general')
  const move = { fromLineId: campaign.lineId, toLineId: general, amountVnd: 60_000n, reasonVi: 'Dư', reasonEn: 'Left over', key: 'm' }
  value(await moveBetweenLines(context, move))
  await sequence()
  const last = await storyOf('last')
  expect(last.rest.map(({ amountVnd, movedTo }) => [amountVnd, movedTo?.kind ?? null])).toEqual([
    [170_000n, null],
    [30_000n, 'general'],
  ])
  expect(last.steps).toMatchObject([{ kind: 'moved', amountVnd: 30_000n, to: { kind: 'general' }, reason: 'Dư' }])
  const spending = await getCampaignSpending(context, campaign.slug, 'vi')
  expect([justNow, spending.spentVnd]).toEqual([200_000n, 200_000n])
  const money = await getCampaignMoney(context, campaign.slug, spending, 'vi')
  expect(money).toMatchObject({
    ...{ receivedVnd: 500_000n, deliveredVnd: 146_666n, waitingVnd: 53_334n, promisedVnd: 0n, refundedVnd: 50_000n, movedVnd: 60_000n },
    ...{ unspentVnd: 190_000n, moved: [{ to: { kind: 'general' }, amountVnd: 60_000n, reason: 'Dư' }] },
  })
  expect(money && money.unspentVnd + money.promisedVnd).toBe(await balanceOf(campaign.lineId))
})

test('sitemaps hold each spend and each delivery once', async () => {
  expect(await listRecordMaps(context, 'khoan-chi')).toEqual([0n])
  expect(await listRecordPages(context, 'khoan-chi', 0n)).toEqual([{ path: `/khoan-chi/${spendId}`, changedAt: null }])
  expect((await listRecordPages(context, 'dot-trao', 0n)).map(({ path }) => path)).toEqual([`/dot-trao/${slug}`])
  expect(await listRecordPages(context, 'dot-trao', 1_000n)).toEqual([])
})

test('a gift has a picture only while its donor wants it, and no name is in it', async () => {
  const { code, secret } = await makePledge(context, campaign.slug, { amountVnd: 30_000n, isNamed: true, name: 'Nguyễn Thị Mai' })
  await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 30_000n }))
  await sequence()
  serve(context, database)
  const ask = async () => {
    const params = Promise.resolve({ locale: 'vi', kind: 'theo-doi', name: `${code.toLowerCase()}.png` })
    return (await picture(new Request('https://example.org/'), { params })).status
  }
  expect(await ask()).toBe(404)
  expect(await setPictured(context, { code, secret: 'x'.repeat(22), isPictured: true })).toEqual({ ok: false, refusal: 'wrong_secret' })
  expect(await setPictured(context, { code: 'TD2222222', secret, isPictured: true })).toEqual({ ok: false, refusal: 'not_found' })
  expect(await ask()).toBe(404)
  value(await setPictured(context, { code, secret, isPictured: true }))
  const gift = await getGift(context, code, 'vi')
  if (!gift) throw new Error('there is no gift')
  const shown = giftPicture(gift, await getGiftStory(context, [gift.gifts[0]?.donationId ?? 0n], 'vi'), 'vi')
  expect(shown).toMatchObject({ name: `theo-doi/${code.toLowerCase()}`, title: 'Áo ấm' })
  expect(JSON.stringify(shown)).not.toContain('Mai')
  expect(await ask()).toBe(200)
  value(await setPictured(context, { code, secret, isPictured: false }))
  expect(await ask()).toBe(404)
})

test('the river sums what became of the money, and tells the median wait once there are five handovers', async () => {
  const before = await getRiver(context, null, 'vi')
  expect(before).toMatchObject({ year: 2026, years: [2026], wait: null })
  // 530.000 came, 50.000 of it was sent back and 60.000 moved; 200.000 was paid, of which two coats were handed over.
  const flow = { receivedVnd: 420_000n, deliveredVnd: 146_666n, spentVnd: 53_334n, waitingVnd: 220_000n }
  expect(before?.ways).toMatchObject([{ categoryKey: 'ao-am', communeSlug: 'yen-xuan', ...flow }])
  expect(before?.sum).toEqual(flow)
  const items = [{ itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units: 4, amountVnd: 200_000n }]
  const wish = { campaignSlug: campaign.slug, titleVi: 'Đợt hai', titleEn: 'Second', supplier: 'Cửa hàng Mẫu', items, dueOn: '2026-11-30' }
  const second = value(await requestSpend(context, { ...wish, by: 'an', key: 'river' })).spendId
  value(await approveSpend(context, { spendId: second, by: 'binh' }))
  value(await paySpend(context, { spendId: second, amountVnd: 200_000n, paidOn: '2026-11-23', key: 'river' }))
  await sequence()
  const now = context.now()
  context.setNow(new Date('2026-11-27T03:00:00Z'))
  const place = { communeSlug: 'ba-vi', placeVi: 'Trường mẫu', placeEn: 'A school', noteVi: '', noteEn: '', children: 9, by: 'chi' }
  for (const deliveredOn of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'])
    value(await recordDelivery(context, { spendId: second, items: [{ position: 0, units: 1 }], ...place, deliveredOn, key: deliveredOn }))
  await sequence()
  // Waits of 0, 1, 2, 3 and 4 days.
  const after = await getRiver(context, 1999, 'en')
  expect(after).toMatchObject({ year: 2026, wait: { medianDays: 2, handovers: 5 } })
  expect(after?.sum).toEqual({ receivedVnd: 420_000n, deliveredVnd: 346_666n, spentVnd: 53_334n, waitingVnd: 20_000n })
  context.setNow(now)
})

test('a spend of which a part went to fewer than five children is told only as a whole, everywhere', async () => {
  await give('few', 70_000n)
  await sequence()
  const item = { itemEn: 'Hat', unitVi: 'mũ', unitEn: 'hats', itemVi: 'Mũ', units: 7, amountVnd: 70_000n }
  const wish = { campaignSlug: campaign.slug, titleVi: 'Mũ len', titleEn: 'Hats', supplier: 'Cửa hàng Mẫu', dueOn: '2026-11-30' }
  const { spendId: id } = value(await requestSpend(context, { ...wish, items: [item], by: 'an', key: 'few' }))
  value(await approveSpend(context, { spendId: id, by: 'binh' }))
  value(await paySpend(context, { spendId: id, amountVnd: 70_000n, paidOn: '2026-11-23', key: 'few' }))
  const place = { communeSlug: 'ba-vi', placeVi: 'Trường mẫu', placeEn: 'A school', deliveredOn: '2026-11-23', noteVi: '', noteEn: '' }
  const handOver = async (units: number, children: number) => {
    const wished = { spendId: id, items: [{ position: 0, units }], ...place, children, by: 'chi', key: `few ${children}` }
    const { slug: made } = value(await recordDelivery(context, wished))
    await sequence()
    return made
  }
  const delivered = async () => (await getCampaignSpending(context, campaign.slug, 'vi')).deliveredVnd
  const others = await handOver(4, 6)
  expect([await delivered(), (await getDelivery(context, others, 'vi'))?.amountVnd]).toEqual([386_666n, 40_000n])
  const few = await handOver(2, 2)
  const later = await handOver(1, 7)
  // What went to the others would tell it, taken off what was bought.
  for (const one of [few, others, later]) {
    expect(await getDelivery(context, one, 'vi')).toMatchObject({ items: [], amountVnd: null, gifts: 0 })
    expect(await listDeliveryPayers(context, one, 0n)).toMatchObject({ parts: [], amountVnd: 0n })
  }
  expect(await getSpend(context, String(id), 'vi')).toMatchObject({
    paidVnd: 70_000n,
    deliveredVnd: null,
    items: [{ deliveredUnits: null }],
  })
  const spending = await getCampaignSpending(context, campaign.slug, 'vi')
  expect(spending).toMatchObject({ isPartlyTold: true, deliveredVnd: 346_666n, spends: [{ key: String(id), deliveredVnd: null }, {}, {}] })
  const [told] = (await storyOf('few')).spends.filter(({ key }) => key === String(id))
  expect(told).toMatchObject({ isUntold: true, isOpen: false, bought: [{ delivery: null }] })
  const rows = await listDeliveries(context, { spendKey: String(id) }, 5, 'vi')
  const feed = deliveryFeed({ origin: 'https://example.org', locale: 'vi', isSample: false, deliveries: rows, now: context.now() })
  const drawn = await Promise.all([few, others, later].map((one) => getDelivery(context, one, 'vi')))
  const pictures = drawn.map((one) => one && deliveryPicture(one, 'vi'))
  expect(feed + JSON.stringify(pictures)).not.toMatch(/[124] × |[124]0\.000/)
  expect((await listDiscrepancies(context.db)).filter((found) => /handed over|deliver/.test(found))).toEqual([])
  const leaves = await Promise.all(
    [6, 2, 7].map(async (children) => {
      const [leaf] = await context.db
        .select({ facts: events.facts })
        .from(events)
        .where(eq(events.idempotencyKey, `delivery:few ${children}`))
      return publicFacts('delivery', leaf?.facts ?? {})
    }),
  )
  expect(leaves).toEqual([
    { spend: String(id), commune: 'ba-vi', units: [{ position: 0, units: 4 }], children: 6 },
    { spend: String(id), children: 'fewer than 5' },
    { spend: String(id), commune: 'ba-vi', children: 7 },
  ])
})
