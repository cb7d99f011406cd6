import { inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { goodsTotals, ledgers, pledges } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { getCampaign, listCampaigns } from '../../lib/campaigns/queries'
import { getCommune, listCommunes } from '../../lib/communes/queries'
import { getFund, listFunds } from '../../lib/funds/queries'
import { getGoodsGift } from '../../lib/goods/queries'
import { getHome } from '../../lib/home/queries'
import { getCategory, getNeedTable } from '../../lib/needs/queries'
import { getGive, listOpenCampaigns } from '../../lib/pledges/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makeGoods, makePledge, receiveGoods } from '../factories/giving'
import { asJson, coats, coverageOf, makeGoodsCampaign, makeServiceCampaign } from '../factories/goods'
import { makeFunds, type MadeCampaign } from '../factories/site'
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
      return asJson([
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
    const sets = await makeGoods(context, campaign.slug, { items: [{ position: 1, units: 3n }] })
    const { slug } = await makeServiceCampaign(context)
    const days = await makeGoods(context, slug, { nature: 'service', items: [{ position: 0, units: 2n }] })
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
    await receiveGoods(context, sets.code, { lines: [{ position: 1, units: 3n, condition: 'new', statedValueVnd: 195_000n }] })
    await receiveGoods(context, days.code, { lines: coats(2n) })
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
