import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { changeCampaignState, createCampaign, markFundedCampaigns, type NewCampaign } from '../../lib/campaigns/commands'
import { approveReceivingAccount, proposeReceivingAccount } from '../../lib/funds/commands'
import { checkNeed, publishNeed, recordCoverage, reportNeed, type NeedReport } from '../../lib/needs/commands'
import { createPledge } from '../../lib/pledges/commands'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, giftInput, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let unitId: number
let ninhThuanUnitId: number

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  unitId = await unitOf('09700')
  ninhThuanUnitId = await unitOf('22786')
})
afterAll(() => database.close())

async function unitOf(code: string): Promise<number> {
  const [unit] = await context.db
    .select({ id: schema.administrativeUnits.id })
    .from(schema.administrativeUnits)
    .where(and(eq(schema.administrativeUnits.code, code), isNull(schema.administrativeUnits.validTo)))
  if (!unit) throw new Error(`no unit ${code}`)
  return unit.id
}

const report = (facts: Partial<NeedReport> = {}): NeedReport => ({
  programmeSlug: 'ke-hoach-ha-noi-2019-2025',
  unitId,
  category: 'ao-am',
  schoolYear: 2026,
  children: 100,
  quantity: 100,
  amountVnd: 20_000_000n,
  ...facts,
})

async function publishedNeed(facts: Partial<NeedReport>): Promise<number> {
  const { needId } = value(await reportNeed(context, report(facts)))
  value(await checkNeed(context, needId))
  value(await publishNeed(context, needId))
  return needId
}

const campaign = (needId: number, slug: string, amountVnd: bigint, children = 50): NewCampaign => ({
  ...{ slug, needId, children, opensOn: '2026-11-01', neededBy: '2027-01-31', isEmergency: false, actor: 'an' },
  ...{
    titleVi: 'Áo',
    titleEn: 'Coats',
    summaryVi: 'Áo',
    summaryEn: 'Coats',
    storyVi: 'Áo',
    storyEn: 'Coats',
    overflowVi: 'Chung',
    overflowEn: 'General',
  },
  budget: [
    {
      itemVi: 'Áo',
      itemEn: 'Coat',
      unitVi: 'áo',
      unitEn: 'coats',
      standardVi: 'Mới',
      standardEn: 'New',
      unitPriceVnd: amountVnd,
      quantity: 1,
    },
  ],
})

describe('needs', () => {
  it('takes a report once, and refuses another with other figures', async () => {
    const first = await reportNeed(context, report({ category: 'sach-vo' }))
    expect(await reportNeed(context, report({ category: 'sach-vo' }))).toEqual(first)
    expect(await reportNeed(context, report({ category: 'sach-vo', children: 99 }))).toEqual({ ok: false, refusal: 'reported_otherwise' })
  })

  it('refuses what the plans do not know', async () => {
    const refusals = [
      [{ programmeSlug: 'khong-co' }, 'unknown_programme'],
      [{ category: 'khong-co' }, 'unknown_category'],
      [{ unitId: ninhThuanUnitId }, 'unit_not_in_programme'],
      [{ children: 0 }, 'not_a_count'],
      [{ amountVnd: 0n }, 'not_a_count'],
    ] as const
    for (const [facts, refusal] of refusals) expect(await reportNeed(context, report(facts)), refusal).toEqual({ ok: false, refusal })
  })

  it('refuses a unit that no longer stands', async () => {
    const [former] = await context.db.select().from(schema.administrativeUnits).where(eq(schema.administrativeUnits.slug, 'khanh-thuong'))
    expect(await reportNeed(context, report({ unitId: former?.id ?? 0 }))).toEqual({ ok: false, refusal: 'unit_not_in_programme' })
  })

  it('publishes only what was checked', async () => {
    const { needId } = value(await reportNeed(context, report({ category: 'thiet-bi' })))
    expect(await publishNeed(context, needId)).toEqual({ ok: false, refusal: 'wrong_state' })
    value(await checkNeed(context, needId))
    value(await publishNeed(context, needId))
    value(await publishNeed(context, needId))
    value(await checkNeed(context, needId))
    expect(await checkNeed(context, 999_999)).toEqual({ ok: false, refusal: 'unknown_need' })
  })

  it('records what others meet, never more than the need', async () => {
    const needId = await publishedNeed({ category: 'hoc-bong' })
    const coverage = { needId, source: 'oda', nameVi: 'Dự án A', nameEn: 'Project A', quantity: 60, amountVnd: 12_000_000n } as const
    value(await recordCoverage(context, coverage))
    value(await recordCoverage(context, { ...coverage, quantity: 70, amountVnd: 14_000_000n }))
    const other = { ...coverage, nameVi: 'Dự án B', nameEn: 'Project B' }
    expect(await recordCoverage(context, other)).toEqual({ ok: false, refusal: 'more_than_needed' })
    value(await recordCoverage(context, { ...other, quantity: 30, amountVnd: 6_000_000n }))
  })
})

describe('campaigns', () => {
  it('ask for no more than is uncovered, also when two are made at once', async () => {
    const needId = await publishedNeed({ category: 'van-hoa' })
    value(
      await recordCoverage(context, {
        needId,
        source: 'state_budget',
        nameVi: 'Ngân sách',
        nameEn: 'Budget',
        quantity: 20,
        amountVnd: 4_000_000n,
      }),
    )
    expect(await createCampaign(context, campaign(needId, 'qua-nhieu', 16_000_001n))).toEqual({ ok: false, refusal: 'more_than_uncovered' })
    expect(await createCampaign(context, campaign(needId, 'qua-dong', 1_000_000n, 101))).toEqual({
      ok: false,
      refusal: 'more_children_than_need',
    })
    const both = await Promise.all(['mot', 'hai'].map((slug) => createCampaign(context, campaign(needId, slug, 10_000_000n))))
    expect(both.filter((result) => result.ok)).toHaveLength(1)
    expect(both.find((result) => !result.ok)).toEqual({ ok: false, refusal: 'more_than_uncovered' })
    expect((await createCampaign(context, campaign(needId, 'ba', 6_000_000n))).ok).toBe(true)
  })

  it('are refused for single children, unpublished needs, empty budgets and taken slugs', async () => {
    const child = await publishedNeed({ category: 'phau-thuat' })
    expect(await createCampaign(context, campaign(child, 'mot-em', 1_000_000n))).toEqual({ ok: false, refusal: 'per_child_category' })
    const { needId: reported } = value(await reportNeed(context, report({ category: 'san-choi' })))
    expect(await createCampaign(context, campaign(reported, 'chua-duyet', 1_000_000n))).toEqual({
      ok: false,
      refusal: 'need_not_published',
    })
    const needId = await publishedNeed({ category: 'ky-nang' })
    expect(await createCampaign(context, { ...campaign(needId, 'trong', 1n), budget: [] })).toEqual({ ok: false, refusal: 'not_a_budget' })
    value(await createCampaign(context, campaign(needId, 'ky-nang', 1_000_000n)))
    expect(await createCampaign(context, campaign(needId, 'ky-nang', 1_000_000n))).toEqual({ ok: false, refusal: 'slug_taken' })
  })

  it('change state only as they may, keep each step, and tell the public only what is public', async () => {
    const needId = await publishedNeed({ category: 'hoc-nghe' })
    const { campaignId } = value(await createCampaign(context, campaign(needId, 'hoc-nghe', 1_000_000n)))
    const to = (state: (typeof schema.campaigns.state.enumValues)[number]) =>
      changeCampaignState(context, { campaignId, to: state, reasonVi: 'Vì', reasonEn: 'Because', actor: 'binh' })
    expect(await to('open')).toEqual({ ok: false, refusal: 'wrong_state' })
    expect(await to('closed')).toEqual({ ok: false, refusal: 'wrong_state' })
    for (const state of ['in_review', 'open', 'open', 'closed'] as const) {
      value(await to(state))
      context.advance(1_000)
    }
    expect(await to('open')).toEqual({ ok: false, refusal: 'wrong_state' })
    const steps = await context.db
      .select()
      .from(schema.campaignTransitions)
      .where(eq(schema.campaignTransitions.campaignId, campaignId))
      .orderBy(schema.campaignTransitions.id)
    expect(steps.map((step) => [step.fromState, step.toState])).toEqual([
      [null, 'draft'],
      ['draft', 'in_review'],
      ['in_review', 'open'],
      ['open', 'closed'],
    ])
    const told = await context.db.select({ facts: schema.events.facts }).from(schema.events).where(eq(schema.events.kind, 'campaign_state'))
    expect(told.map(({ facts }) => facts).filter((facts) => facts['campaign'] === 'hoc-nghe')).toEqual([
      { campaign: 'hoc-nghe', from: null, to: 'open' },
      { campaign: 'hoc-nghe', from: 'open', to: 'closed' },
    ])
  })

  it('are marked as funded once, when their line has received the goal, and then take no more pledges', async () => {
    const made = await makeCampaign(context, { slug: 'du-tien', goalVnd: 500_000n, commune: 2 })
    const pay = async (amountVnd: bigint) => {
      const { code } = await makePledge(context, made.slug, { amountVnd })
      await receiveBankNotice(context, bankNotice({ amountVnd, memo: code }))
      return (await sequencePending(context.db, context.now())).lineIds
    }
    expect(await markFundedCampaigns(context, await pay(499_999n))).toEqual([])
    const lineIds = await pay(10_000n)
    const marked = await Promise.all([
      markFundedCampaigns(context, lineIds),
      markFundedCampaigns(context),
      markFundedCampaigns(context, []),
    ])
    expect(marked.flat()).toEqual(['du-tien'])
    expect(await createPledge(context, { campaignSlug: made.slug, locale: 'vi', input: giftInput() })).toEqual({
      ok: false,
      refusal: 'not_open',
    })
  })
})

describe('receiving accounts', () => {
  const proposal = {
    ...{ fundSlug: 'ha-noi', bankBin: '999901', bankName: 'Ngân hàng Mẫu', accountNumber: '000099990000', accountName: 'QUY MAU' },
    ...{ alias: 'Hà Nội thử', proposedBy: 'an' },
  }

  it('need two people, take effect after the delay, and are told once', async () => {
    const { accountId } = value(await proposeReceivingAccount(context, proposal))
    expect(value(await proposeReceivingAccount(context, proposal))).toEqual({ accountId })
    expect(await approveReceivingAccount(context, { accountId, approvedBy: 'an', delayDays: 2 })).toEqual({
      ok: false,
      refusal: 'same_person',
    })
    const { effectiveFrom } = value(await approveReceivingAccount(context, { accountId, approvedBy: 'binh', delayDays: 2 }))
    expect(effectiveFrom.getTime() - context.now().getTime()).toBe(2 * 86_400_000)
    expect(await approveReceivingAccount(context, { accountId, approvedBy: 'chi', delayDays: 0 })).toEqual({
      ok: false,
      refusal: 'already_approved',
    })
    const told = await context.db
      .select({ facts: schema.events.facts })
      .from(schema.events)
      .where(eq(schema.events.kind, 'receiving_account_changed'))
    expect(told.filter(({ facts }) => facts['account'] === 'Hà Nội thử')).toHaveLength(1)
  })

  it('are refused when they are none, or stand for another', async () => {
    const refusals = [
      [{ fundSlug: 'khong-co', alias: 'khác', accountNumber: '1' }, 'unknown_fund'],
      [{ bankBin: '97041' }, 'not_an_account'],
      [{ accountNumber: '12 34' }, 'not_an_account'],
      [{ alias: 'khác', fundSlug: 'ninh-thuan' }, 'account_taken'],
      [{ accountNumber: '000099990001' }, 'account_taken'],
    ] as const
    for (const [facts, refusal] of refusals)
      expect(await proposeReceivingAccount(context, { ...proposal, ...facts }), refusal).toEqual({ ok: false, refusal })
  })
})
