import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { closeEndedAppeals, markFundedCampaigns } from '../../lib/campaigns/commands'
import { getCampaignDesk } from '../../lib/campaigns/desk'
import { beginDelivering, closeCampaign, completeCampaign, moveRests } from '../../lib/campaigns/finish'
import { getCampaign, getCampaignItem, getCampaignSlug, listMostNeeded } from '../../lib/campaigns/queries'
import { extendCampaign, pauseCampaign, renameCampaign, resumeCampaign } from '../../lib/campaigns/run'
import { getCommune } from '../../lib/communes/queries'
import { recordDelivery } from '../../lib/delivery/commands'
import { fundLine } from '../../lib/ledger/books'
import { createPledge } from '../../lib/pledges/commands'
import { getGive, listOpenCampaigns } from '../../lib/pledges/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { approveSpend, rejectSpend, requestSpend, settleSpend } from '../../lib/spending/commands'
import { paySpend } from '../../lib/spending/pay'
import { bankNotice, giftInput, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds, stepKey, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let commune = 0

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
})
afterAll(() => database.close())

const open = (slug: string) => makeCampaign(context, { slug, commune: commune++ })
const step = async ({ campaignId }: MadeCampaign) => {
  const desk = await getCampaignDesk(context, campaignId, 'vi')
  return { campaignId, version: desk?.version ?? 0, by: 'giam-doc', key: stepKey() }
}
const why = { reasonVi: 'Đường sạt lở', reasonEn: 'The road slid away' }
const refused = (refusal: string) => ({ ok: false, refusal })
const pledge = (campaignSlug: string) => createPledge(context, { campaignSlug, locale: 'vi', input: giftInput() })
async function give(slug: string, amountVnd: bigint, { isSequenced = true } = {}) {
  const { code } = await makePledge(context, slug, { amountVnd })
  await receiveBankNotice(context, bankNotice({ amountVnd, memo: code }))
  if (isSequenced) await sequencePending(context.db, context.now())
}
const net = async (lineId: number) => {
  const [total] = await context.db.select().from(schema.lineTotals).where(eq(schema.lineTotals.lineId, lineId))
  return total?.netVnd ?? 0n
}
const generalNet = async () => {
  const [fund] = await context.db.select({ id: schema.funds.id }).from(schema.funds).where(eq(schema.funds.slug, 'ha-noi'))
  return net(await context.db.transaction((tx) => fundLine(tx, fund?.id ?? 0, 'general')))
}
const told = async (slug: string) =>
  (await context.db.select({ facts: schema.events.facts }).from(schema.events).where(eq(schema.events.kind, 'campaign_changed')))
    .map(({ facts }) => facts)
    .filter((facts) => facts['campaign'] === slug)

describe('a paused campaign', () => {
  it('takes no new pledges, says why, and takes them again', async () => {
    const made = await open('tam-dung')
    const { code } = await makePledge(context, made.slug, { amountVnd: 200_000n })
    expect(await pauseCampaign(context, { ...(await step(made)), reasonVi: '', reasonEn: '' })).toEqual(refused('no_reason'))
    const wish = { ...(await step(made)), ...why }
    const twice = await Promise.all([pauseCampaign(context, wish), pauseCampaign(context, { ...wish, by: 'pho', key: stepKey() })])
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1)
    expect(twice.find(({ ok }) => !ok)).toEqual(refused('changed_meanwhile'))
    expect(await pledge(made.slug)).toEqual(refused('not_open'))
    expect((await getGive(context, made.slug, 'vi'))?.state).toBe('paused')
    expect((await listOpenCampaigns(context, 'vi')).map(({ slug }) => slug)).not.toContain(made.slug)
    expect((await listMostNeeded(context, 100, 'vi')).map(({ slug }) => slug)).not.toContain(made.slug)
    const item = await getCampaignItem(context, made.slug, 'vi')
    expect(item).toMatchObject({ state: 'open', takesGifts: false })
    const place = await getCommune(context, item?.commune.slug ?? '', 'vi')
    expect(place).toMatchObject({ campaigns: [expect.objectContaining({ slug: made.slug, takesGifts: false })] })
    expect(await getCampaign(context, made.slug, 'en')).toMatchObject({
      ...{ state: 'open', pause: 'The road slid away' },
      steps: expect.arrayContaining([expect.objectContaining({ state: 'paused', reason: 'The road slid away' })]) as unknown,
    })
    // What was promised before still counts for it.
    await receiveBankNotice(context, bankNotice({ amountVnd: 200_000n, memo: code }))
    await sequencePending(context.db, context.now())
    expect(await net(made.lineId)).toBe(200_000n)
    value(await resumeCampaign(context, await step(made)))
    expect(await resumeCampaign(context, await step(made))).toEqual(refused('wrong_state'))
    expect((await pledge(made.slug)).ok).toBe(true)
    expect(await told(made.slug)).toMatchObject([{ change: 'paused' }, { change: 'resumed' }])
  })
})

describe('a campaign', () => {
  it('gets more time, with a public reason', async () => {
    const made = await open('them-ngay')
    expect(await extendCampaign(context, { ...(await step(made)), ...why, neededBy: '2027-01-31' })).toEqual(refused('not_later'))
    value(await extendCampaign(context, { ...(await step(made)), ...why, neededBy: '2027-03-15' }))
    const page = await getCampaign(context, made.slug, 'vi')
    expect(page).toMatchObject({ neededBy: '2027-03-15', pause: null })
    expect(page?.steps.find(({ state }) => state === 'extended')?.reason).toBe('Đường sạt lở')
    expect(await told(made.slug)).toEqual([{ campaign: made.slug, change: 'extended', from: '2027-01-31', to: '2027-03-15' }])
  })

  it('gets another address, and the old one leads to it for ever', async () => {
    const made = await open('ten-dau')
    const other = await open('ten-khac')
    expect(await renameCampaign(context, { ...(await step(made)), slug: 'Tên Mới' })).toEqual(refused('not_a_slug'))
    expect(await renameCampaign(context, { ...(await step(made)), slug: other.slug })).toEqual(refused('slug_taken'))
    value(await renameCampaign(context, { ...(await step(made)), slug: 'ten-sau' }))
    expect(await getCampaignSlug(context, 'ten-dau')).toBe('ten-sau')
    expect(await renameCampaign(context, { ...(await step(other)), slug: 'ten-dau' })).toEqual(refused('slug_taken'))
    value(await renameCampaign(context, { ...(await step(made)), slug: 'ten-dau' }))
    expect((await getCampaign(context, 'ten-dau', 'vi'))?.slug).toBe('ten-dau')
    expect((await getCampaignDesk(context, made.campaignId, 'vi'))?.formerSlugs).toEqual(['ten-sau'])
  })

  it('closes early once, and what is left goes where it was said: now, and what comes free later', async () => {
    const made = await open('dong-som')
    const other = await open('nhan-tiep')
    await give(made.slug, 300_000n)
    await give(made.slug, 50_000n, { isSequenced: false })
    const rest = { to: 'campaign', slug: other.slug } as const
    const close = { ...(await step(made)), ...why, rest }
    expect(await closeCampaign(context, { ...close, reasonEn: ' ' })).toEqual(refused('no_reason'))
    expect(await closeCampaign(context, { ...close, rest: { to: 'campaign', slug: made.slug } })).toEqual(refused('unknown_destination'))
    expect(await closeCampaign(context, { ...close, rest: { to: 'campaign', slug: 'khong-co' } })).toEqual(refused('unknown_destination'))
    const twice = await Promise.all([closeCampaign(context, close), closeCampaign(context, close)])
    expect(twice.every(({ ok }) => ok)).toBe(true)
    await sequencePending(context.db, context.now())
    expect([await net(made.lineId), await net(other.lineId)]).toEqual([50_000n, 300_000n])
    const moved = await Promise.all([moveRests(context), moveRests(context)])
    expect(moved.toSorted()).toEqual([0, 1])
    await sequencePending(context.db, context.now())
    expect([await net(made.lineId), await net(other.lineId)]).toEqual([0n, 350_000n])
    expect(await moveRests(context)).toBe(0)
    expect(await getCampaign(context, made.slug, 'en')).toMatchObject({
      state: 'closed',
      steps: [{ state: 'closed', reason: why.reasonEn }, {}],
    })
    expect(await closeCampaign(context, { ...(await step(made)), ...why, rest })).toEqual(refused('wrong_state'))
  })

  it('is not closed into another that is closed into it at the same moment: the money would go round for ever', async () => {
    const [one, other] = [
      await makeCampaign(context, { slug: 'sang-nhau', category: 'thiet-bi', commune: 0 }),
      await makeCampaign(context, { slug: 'sang-lai', category: 'thiet-bi', commune: 1 }),
    ]
    const closing = async (made: MadeCampaign, slug: string) => ({ ...(await step(made)), ...why, rest: { to: 'campaign', slug } as const })
    const wishes = [await closing(one, other.slug), await closing(other, one.slug)]
    const closed = await Promise.allSettled(wishes.map((wish) => closeCampaign(context, wish)))
    expect(closed.filter((end) => end.status === 'fulfilled' && end.value.ok)).toHaveLength(1)
  })

  it('closes into the general pot of its fund, and not into another fund', async () => {
    const made = await open('ve-quy-chung')
    const stranger = await makeCampaign(context, { slug: 'quy-khac', fund: 'ninh-thuan' })
    await give(made.slug, 70_000n)
    const close = { ...(await step(made)), ...why }
    expect(await closeCampaign(context, { ...close, rest: { to: 'campaign', slug: stranger.slug } })).toEqual(
      refused('unknown_destination'),
    )
    value(await closeCampaign(context, { ...close, rest: { to: 'general' } }))
    await sequencePending(context.db, context.now())
    expect(await net(made.lineId)).toBe(0n)
    const steps = (await getCampaignDesk(context, made.campaignId, 'vi'))?.steps ?? []
    expect(steps.find(({ kind }) => kind === 'rest_moved')?.facts).toMatchObject({ amountVnd: '70000' })
  })
})

describe('a campaign that has its money', () => {
  const wish = (campaignSlug: string, units: number) => ({
    ...{ campaignSlug, titleVi: 'Mua áo', titleEn: 'Coats', supplier: 'Cửa hàng Mẫu', dueOn: '2027-03-01', by: 'ke-toan', key: stepKey() },
    items: [{ itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units, amountVnd: BigInt(units) * 10_000n, budgetPosition: 0 }],
  })

  /** Buys and hands over so many coats, up to where only the end of it is missing. */
  async function handOver(slug: string, units: number): Promise<bigint> {
    const { spendId } = value(await requestSpend(context, wish(slug, units)))
    value(await approveSpend(context, { spendId, by: 'giam-doc' }))
    value(await paySpend(context, { spendId, amountVnd: BigInt(units) * 10_000n, paidOn: '2026-11-20', key: stepKey() }))
    const [place] = await context.db.select({ slug: schema.administrativeUnits.slug }).from(schema.administrativeUnits).limit(1)
    const at = { communeSlug: place?.slug ?? '', placeVi: 'Điểm trường', placeEn: 'School', deliveredOn: '2026-11-20', children: 9 }
    const items = [{ position: 0, units }]
    value(await recordDelivery(context, { spendId, items, ...at, noteVi: '', noteEn: '', by: 'can-bo', key: stepKey() }))
    return spendId
  }

  it('is complete once all that it bought is settled, and what is left goes where donors were told', async () => {
    const made = await makeCampaign(context, { slug: 'hoan-thanh', commune: commune++, goalVnd: 1_000_000n })
    const { code: late } = await makePledge(context, made.slug, { amountVnd: 70_000n })
    await give(made.slug, 1_200_000n)
    await markFundedCampaigns(context)
    expect(await completeCampaign(context, { ...(await step(made)), ...why })).toEqual(refused('wrong_state'))
    const begin = { ...(await step(made)), ...why }
    const twice = await Promise.all([beginDelivering(context, begin), beginDelivering(context, { ...begin, key: stepKey() })])
    expect(twice.map(({ ok }) => ok).toSorted()).toEqual([false, true])
    expect(await completeCampaign(context, { ...(await step(made)), ...why })).toEqual(refused('nothing_bought'))
    const spendId = await handOver(made.slug, 90)
    expect(await completeCampaign(context, { ...(await step(made)), ...why })).toEqual(refused('not_settled'))
    value(await settleSpend(context, { spendId }))
    expect(await completeCampaign(context, { ...(await step(made)), ...why, reasonVi: '' })).toEqual(refused('no_reason'))

    // Somebody asks for more at the same instant: one of both is told no.
    const [completed, asked] = await Promise.all([
      completeCampaign(context, { ...(await step(made)), ...why }),
      requestSpend(context, wish(made.slug, 10)),
    ])
    expect([completed.ok, asked.ok].toSorted()).toEqual([false, true])
    if (asked.ok) {
      expect(completed).toEqual(refused('not_settled'))
      value(await rejectSpend(context, { spendId: asked.value.spendId, by: 'giam-doc', ...why }))
      value(await completeCampaign(context, { ...(await step(made)), ...why }))
    }
    await sequencePending(context.db, context.now())
    expect(await net(made.lineId)).toBe(900_000n)
    expect(await moveRests(context)).toBe(0)

    // What comes later is not its own any more.
    const generalBefore = await generalNet()
    await receiveBankNotice(context, bankNotice({ amountVnd: 70_000n, memo: late, transactedAt: context.now() }))
    await sequencePending(context.db, context.now())
    expect([await net(made.lineId), (await generalNet()) - generalBefore]).toEqual([900_000n, 70_000n])
    const kinds = (await getCampaignDesk(context, made.campaignId, 'vi'))?.steps.map(({ kind }) => kind) ?? []
    expect(kinds.filter((kind) => ['delivering', 'complete', 'rest_moved'].includes(kind)).toSorted()).toEqual([
      ...['complete', 'delivering', 'rest_moved'],
    ])
  })

  it('of an appeal is spent after its closing day too, until somebody says where what is left goes', async () => {
    const options = { slug: 'ket-thuc-keu-goi', commune: commune++, isEmergency: true, goalVnd: 2_000_000n, neededBy: '2026-12-05' }
    const made = await makeCampaign(context, options)
    await give(made.slug, 500_000n)
    const later = { ...context, now: () => new Date('2026-12-06T03:00:00Z') }
    expect(await closeEndedAppeals(later)).toEqual([made.slug])
    expect(await moveRests(later)).toBe(0)
    value(await settleSpend(context, { spendId: await handOver(made.slug, 20) }))
    value(await closeCampaign(later, { ...(await step(made)), ...why, rest: { to: 'general' } }))
    await sequencePending(context.db, context.now())
    expect(await net(made.lineId)).toBe(200_000n)
    expect(await requestSpend(context, wish(made.slug, 1))).toEqual(refused('unknown_campaign'))
    expect(await closeCampaign(later, { ...(await step(made)), ...why, rest: { to: 'general' } })).toEqual(refused('wrong_state'))
  })
})
