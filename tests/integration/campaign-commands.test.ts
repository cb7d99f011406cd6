import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { changeCampaignState, createCampaign, markFundedCampaigns, type NewCampaign } from '../../lib/campaigns/commands'
import {
  approveReceivingAccount,
  approveRetirement,
  proposeReceivingAccount,
  proposeRetirement,
  withdrawProposal,
} from '../../lib/funds/commands'
import type { NeedReport } from '../../lib/needs/commands'
import { createPledge } from '../../lib/pledges/commands'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, giftInput, makePledge } from '../factories/giving'
import { covered, makeCampaign, makeFunds, publishedNeed, reported, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { refusalOf } from '../setup/faults'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let unitId: number

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  unitId = await unitOf('09700')
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

const report = (facts: Partial<NeedReport> = {}): Omit<NeedReport, 'by' | 'key'> => ({
  programmeSlug: 'ke-hoach-ha-noi-2019-2025',
  unitId,
  category: 'ao-am',
  schoolYear: 2026,
  children: 100,
  quantity: 100,
  amountVnd: 20_000_000n,
  ...facts,
})

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

describe('campaigns', () => {
  it('ask for no more than is uncovered, also when two are made at once', async () => {
    const needId = await publishedNeed(context, report({ category: 'van-hoa' }))
    const budget = { source: 'state_budget', nameVi: 'Ngân sách', nameEn: 'Budget' } as const
    await covered(context, needId, { ...budget, quantity: 20, amountVnd: 4_000_000n })
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
    const child = await publishedNeed(context, report({ category: 'phau-thuat' }))
    expect(await createCampaign(context, campaign(child, 'mot-em', 1_000_000n))).toEqual({ ok: false, refusal: 'per_child_category' })
    const unpublished = await reported(context, report({ category: 'san-choi' }))
    expect(await createCampaign(context, campaign(unpublished, 'chua-duyet', 1_000_000n))).toEqual({
      ok: false,
      refusal: 'need_not_published',
    })
    const needId = await publishedNeed(context, report({ category: 'ky-nang' }))
    expect(await createCampaign(context, { ...campaign(needId, 'trong', 1n), budget: [] })).toEqual({ ok: false, refusal: 'not_a_budget' })
    value(await createCampaign(context, campaign(needId, 'ky-nang', 1_000_000n)))
    expect(await createCampaign(context, campaign(needId, 'ky-nang', 1_000_000n))).toEqual({ ok: false, refusal: 'slug_taken' })
  })

  it('change state only as they may, keep each step, and tell the public only what is public', async () => {
    const needId = await publishedNeed(context, report({ category: 'hoc-nghe' }))
    const { campaignId } = value(await createCampaign(context, campaign(needId, 'hoc-nghe', 1_000_000n)))
    const to = (state: (typeof schema.campaigns.state.enumValues)[number]) =>
      changeCampaignState(context, {
        ...{ campaignId, to: state, reasonVi: 'Vì', reasonEn: 'Because', actor: state === 'in_review' ? 'an' : 'binh' },
      })
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
    const [unit] = await context.db.select().from(schema.administrativeUnits).where(eq(schema.administrativeUnits.id, unitId))
    const place = { commune: unit?.slug, category: 'hoc-nghe', schoolYear: 2026, opensOn: '2026-11-01' }
    const told = await context.db.select({ facts: schema.events.facts }).from(schema.events).where(eq(schema.events.kind, 'campaign_state'))
    expect(told.map(({ facts }) => facts).filter((facts) => facts['campaign'] === 'hoc-nghe')).toEqual([
      { campaign: 'hoc-nghe', from: null, to: 'open', ...place },
      { campaign: 'hoc-nghe', from: 'open', to: 'closed', ...place },
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
  const ok = { ok: true, value: null }
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

  it('are withdrawn by whoever proposed them, before anybody approved; then the number is free again', async () => {
    const other = { ...proposal, alias: 'Hà Nội nhầm', accountNumber: '000099990009' }
    const { accountId } = value(await proposeReceivingAccount(context, other))
    const [{ fundId } = { fundId: 0 }] = await context.db
      .select()
      .from(schema.receivingAccounts)
      .where(eq(schema.receivingAccounts.id, accountId))
    const withdraw = (by: string, of: 'account' | 'retirement' = 'account') => withdrawProposal(context, { fundId, accountId, of, by })
    expect(await withdraw('binh')).toEqual({ ok: false, refusal: 'not_yours' })
    expect(await withdrawProposal(context, { fundId: fundId + 1, accountId, of: 'account', by: 'an' })).toEqual(ok)
    expect([await withdraw('an'), await withdraw('an')]).toEqual([ok, ok])
    expect(await context.db.select().from(schema.receivingAccounts).where(eq(schema.receivingAccounts.id, accountId))).toEqual([])
    const again = value(await proposeReceivingAccount(context, other))
    value(await approveReceivingAccount(context, { ...again, approvedBy: 'binh', delayDays: 0 }))
    const said = { fundId, accountId: again.accountId, by: 'an' }
    expect(await withdrawProposal(context, { ...said, of: 'account' })).toEqual({ ok: false, refusal: 'already_approved' })
    expect(await refusalOf(context.db, `delete from receiving_accounts where id = ${again.accountId}`)).toMatch(/what two people said/)
    value(await proposeRetirement(context, { accountId: again.accountId, proposedBy: 'an' }))
    expect(await withdrawProposal(context, { ...said, of: 'retirement' })).toEqual(ok)
    expect(await approveRetirement(context, { accountId: again.accountId, approvedBy: 'chi', delayDays: 0 })).toMatchObject({ ok: false })
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
