import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { getGoodsGift } from '../../lib/goods/queries'
import { confirmReceipt, refuseGoods, type Receipt } from '../../lib/goods/receive'
import { cancelPledge } from '../../lib/pledges/commands'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { goodsReceipt, makeGoods, receiveGoods } from '../factories/giving'
import { coats, coverageOf, makeGoodsCampaign } from '../factories/goods'
import { makeFunds, type MadeCampaign } from '../factories/site'
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
afterAll(async () => {
  await sequencePending(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
  await database.close()
})

const sequence = () => sequencePending(context.db, context.now())
const confirm = (code: string, receipt: Partial<Receipt> = {}) => confirmReceipt(context, goodsReceipt(code, receipt))
const covered = () => coverageOf(context, campaign.slug)

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
