import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema'
import { createCampaign, changeCampaignState } from '../../lib/campaigns/commands'
import { countCampaignDrafts, countCampaignsToReview, getCampaignDesk, listCampaignDesk } from '../../lib/campaigns/desk'
import { discardDraft, draftOfCampaign, saveDraft, settleText, startDraft, type DraftSave } from '../../lib/campaigns/draft'
import { getDraftDesk, previewDraft } from '../../lib/campaigns/draft-desk'
import { allowBeyond, handIn } from '../../lib/campaigns/hand-in'
import type { DraftContent } from '../../lib/campaigns/model'
import { getCampaign } from '../../lib/campaigns/queries'
import { approveCampaign, openDueCampaigns, returnCampaign } from '../../lib/campaigns/review'
import { makeFunds, publishedNeed, reported, stepKey, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'

let database: TestDatabase
let context: TestContext
let unitId: number
let fundId: number
let year = 2050

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  const { administrativeUnits, funds } = schema
  const [unit] = await context.db
    .select({ id: administrativeUnits.id })
    .from(administrativeUnits)
    .where(and(eq(administrativeUnits.code, '09700'), isNull(administrativeUnits.validTo)))
  const [fund] = await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, 'ha-noi'))
  unitId = unit?.id ?? 0
  fundId = fund?.id ?? 0
})
afterAll(() => database.close())

const report = (category = 'ao-am') => ({
  ...{ programmeSlug: 'ke-hoach-ha-noi-2019-2025', unitId, category, schoolYear: ++year },
  ...{ children: 100, quantity: 100, amountVnd: 20_000_000n },
})

/** A draft of a need of its own, that twenty million are asked for. */
async function draft(): Promise<{ draftId: number; needId: number }> {
  const needId = await publishedNeed(context, report())
  return { needId, draftId: value(await startDraft(context, { needId, by: 'an', key: stepKey() })).draftId }
}

const content = (facts: Partial<DraftContent> = {}, unitPrice = '200.000', quantity = '50'): DraftContent => ({
  ...{ slug: `ao-am-${year}`, titleVi: 'Áo ấm', titleEn: 'Coats', summaryVi: 'Năm mươi áo', summaryEn: 'Fifty coats' },
  ...{ storyVi: 'Chuyện.', storyEn: 'Story.', overflowVi: 'Quỹ chung', overflowEn: 'General pot' },
  ...{ children: '50', neededBy: '2027-01-31', isEmergency: '' },
  budget: [
    {
      ...{ itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', standardVi: 'Mới', standardEn: 'New' },
      ...{ unitPrice, quantity },
    },
  ],
  ...facts,
})

const save = (draftId: number, basedOn: number, facts: Partial<DraftSave> = {}) =>
  saveDraft(context, { draftId, basedOn, content: content(), by: 'an', key: stepKey(), ...facts })
const refused = (refusal: string) => ({ ok: false, refusal })

async function handedIn(facts: Partial<DraftContent> = {}): Promise<{ draftId: number; campaignId: number; needId: number }> {
  const made = await draft()
  value(await save(made.draftId, 1, { content: content(facts) }))
  const { campaignId } = value(await handIn(context, { draftId: made.draftId, version: 2, by: 'an', key: stepKey() }))
  return { ...made, campaignId }
}
const version = async (campaignId: number) => (await getCampaignDesk(context, campaignId, 'vi'))?.version ?? 0
const step = async (campaignId: number, by: string) => ({ campaignId, version: await version(campaignId), by, key: stepKey() })

describe('a draft', () => {
  it('begins with what its need says, once for each key', async () => {
    const needId = await publishedNeed(context, report())
    const { draftId } = value(await startDraft(context, { needId, by: 'an', key: 'bat-dau' }))
    expect(value(await startDraft(context, { needId, by: 'an', key: 'bat-dau' }))).toEqual({ draftId })
    const desk = await getDraftDesk(context, draftId, 'vi')
    expect(desk).toMatchObject({ version: 1, isOpen: true, uncoveredVnd: 20_000_000n, apart: [], authors: [], campaign: null })
    expect(desk?.content).toMatchObject({ slug: `ao-am-ba-vi-${year}`, children: '100', budget: [{ quantity: '100', unitPrice: '' }] })
    const unpublished = await reported(context, report())
    expect(await startDraft(context, { needId: unpublished, by: 'an', key: stepKey() })).toEqual(refused('need_not_published'))
    const child = await publishedNeed(context, report('phau-thuat'))
    expect(await startDraft(context, { needId: child, by: 'an', key: stepKey() })).toEqual(refused('per_child_category'))
  })

  it('saves what is typed, whole or not, and the same text again makes no new version', async () => {
    const { draftId } = await draft()
    const key = stepKey()
    expect(value(await save(draftId, 1, { content: content({ titleEn: '' }), key }))).toEqual({ kind: 'saved', version: 2 })
    expect(value(await save(draftId, 1, { content: content({ titleEn: '' }), key }))).toEqual({ kind: 'saved', version: 2 })
    expect(value(await save(draftId, 2, { content: content({ titleEn: '' }) }))).toEqual({ kind: 'saved', version: 2 })
    expect(await save(999_999, 1)).toEqual(refused('unknown_draft'))
  })

  it('keeps both texts of two people who save at the same instant, side by side, until somebody settles it', async () => {
    const { draftId } = await draft()
    const both = await Promise.all(['an', 'binh'].map((by) => save(draftId, 1, { by, content: content({ storyVi: `Chữ của ${by}` }) })))
    expect(both.map((result) => value(result).kind).toSorted()).toEqual(['apart', 'saved'])
    const desk = await getDraftDesk(context, draftId, 'vi')
    const texts = [desk?.content.storyVi, desk?.apart[0]?.content.storyVi].toSorted()
    expect(texts).toEqual(['Chữ của an', 'Chữ của binh'])
    const apart = desk?.apart[0]
    // Whoever types on types on their own text: the newest of it stands for it.
    const later = content({ storyVi: 'Viết tiếp' })
    value(await save(draftId, 1, { by: apart?.savedBy ?? '', content: later }))
    expect((await getDraftDesk(context, draftId, 'vi'))?.apart).toMatchObject([{ content: { storyVi: 'Viết tiếp' } }])
    const textId = BigInt((await getDraftDesk(context, draftId, 'vi'))?.apart[0]?.id ?? 0)
    value(await save(draftId, 2, { content: content({ storyVi: 'Cả hai' }), settles: textId }))
    for (const { id } of (await getDraftDesk(context, draftId, 'vi'))?.apart ?? [])
      value(await settleText(context, { draftId, textId: BigInt(id), by: 'an' }))
    expect(await getDraftDesk(context, draftId, 'vi')).toMatchObject({ version: 3, content: { storyVi: 'Cả hai' }, apart: [] })
    const kept = await context.db.select().from(schema.campaignDraftTexts).where(eq(schema.campaignDraftTexts.draftId, draftId))
    expect(kept).toHaveLength(4)
    await expect(context.db.update(schema.campaignDraftTexts).set({ content: {} })).rejects.toThrow()
    await expect(context.db.delete(schema.campaignDraftTexts)).rejects.toThrow()
  })

  it('shows itself as the public would see it, also when it is not whole', async () => {
    const { draftId } = await draft()
    value(await save(draftId, 1, { content: content({ titleEn: 'Fifty warm coats', summaryEn: '' }) }))
    expect(await previewDraft(context, draftId, 'en')).toMatchObject({
      ...{ title: 'Fifty warm coats', summary: '', goalVnd: 10_000_000n, receivedVnd: 0n, children: 50, state: 'open' },
      budget: [{ item: 'Coat', quantity: 50, unitPriceVnd: 200_000n }],
    })
    value(await save(draftId, 2, { content: content({ budget: [], children: '' }) }))
    expect(await previewDraft(context, draftId, 'en')).toMatchObject({ budget: [], children: null })
  })

  it('can be thrown away while it is no campaign', async () => {
    const { draftId } = await draft()
    value(await discardDraft(context, { draftId, by: 'an' }))
    expect(await getDraftDesk(context, draftId, 'vi')).toBeNull()
    const { draftId: handed } = await handedIn()
    expect(await discardDraft(context, { draftId: handed, by: 'an' })).toEqual(refused('is_a_campaign'))
  })
})

describe('handing in', () => {
  it('tells all that is missing at once', async () => {
    const { draftId } = await draft()
    const typed = content({ titleEn: ' ', slug: 'Áo Ấm', neededBy: '2026-11-01', children: 'nhiều' }, '0', '')
    value(await save(draftId, 1, { content: typed }))
    expect(await handIn(context, { draftId, version: 2, by: 'an', key: stepKey() })).toEqual(refused('not_whole'))
    const desk = await getDraftDesk(context, draftId, 'vi')
    expect(desk?.problems.map(({ field, error }) => `${field}: ${error}`)).toEqual([
      ...['titleEn: missing', 'slug: not_a_slug', 'neededBy: past', 'children: not_a_count'],
      ...['budget-0-unitPrice: not_an_amount', 'budget-0-quantity: missing'],
    ])
  })

  it('makes it a campaign in review, once, and waits with what is written meanwhile', async () => {
    const { draftId } = await draft()
    value(await save(draftId, 1))
    const wish = { draftId, version: 2, by: 'an', key: stepKey() }
    const made = await Promise.all([handIn(context, wish), handIn(context, wish)])
    expect(made[0]).toEqual(made[1])
    expect(await handIn(context, { ...wish, key: stepKey() })).toEqual(refused('wrong_state'))
    expect(value(await save(draftId, 2, { content: content({ titleVi: 'Muộn' }) })).kind).toBe('apart')
    const desk = await getDraftDesk(context, draftId, 'vi')
    expect(desk).toMatchObject({ isOpen: false, campaign: { state: 'in_review' }, authors: ['an'] })
    expect(await getCampaign(context, `ao-am-${year}`, 'vi')).toBeNull()
    const waiting = async (staffId: string) => countCampaignsToReview(context, { fundId, staffId })
    // What one wrote waits for somebody else.
    expect((await waiting('chi')) - (await waiting('an'))).toBeGreaterThanOrEqual(1)
    expect(await countCampaignDrafts(context, { fundId })).toBeGreaterThanOrEqual(1)
  })

  it('refuses a version that somebody wrote over', async () => {
    const { draftId } = await draft()
    value(await save(draftId, 1))
    expect(await handIn(context, { draftId, version: 1, by: 'an', key: stepKey() })).toEqual(refused('changed_meanwhile'))
  })

  it('takes the rest of a need for one of two campaigns at the same instant', async () => {
    const needId = await publishedNeed(context, report())
    const drafts = []
    for (const slug of ['mot', 'hai']) {
      const { draftId } = value(await startDraft(context, { needId, by: 'an', key: stepKey() }))
      value(await save(draftId, 1, { content: content({ slug: `${slug}-${year}` }, '200.000', '60') }))
      drafts.push(draftId)
    }
    const both = await Promise.all(drafts.map((draftId) => handIn(context, { draftId, version: 2, by: 'an', key: stepKey() })))
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toEqual(refused('more_than_uncovered'))
    // Neither does the table, whoever writes to it.
    const [made] = await context.db.select().from(schema.campaigns).where(eq(schema.campaigns.needId, needId))
    await expect(
      context.db.transaction(async (tx) => {
        await tx
          .update(schema.budgetLines)
          .set({ quantity: 101 })
          .where(eq(schema.budgetLines.campaignId, made?.id ?? 0))
        await tx
          .update(schema.campaigns)
          .set({ goalVnd: 20_200_000n })
          .where(eq(schema.campaigns.id, made?.id ?? 0))
      }),
    ).rejects.toThrow()
  })

  it('asks for more than is uncovered only as far as a director wrote why', async () => {
    const { draftId } = await draft()
    value(await save(draftId, 1, { content: content({}, '200.000', '110') }))
    const send = () => handIn(context, { draftId, version: 2, by: 'an', key: stepKey() })
    expect(await send()).toEqual(refused('more_than_uncovered'))
    const word = { draftId, vnd: 1_000_000n, reason: 'Giá áo tăng sau bão', by: 'giam-doc' }
    expect(await allowBeyond(context, { ...word, reason: ' ' })).toEqual(refused('no_reason'))
    value(await allowBeyond(context, word))
    expect(await send()).toEqual(refused('more_than_uncovered'))
    value(await allowBeyond(context, { ...word, vnd: 2_000_000n }))
    const { campaignId } = value(await send())
    expect((await getCampaignDesk(context, campaignId, 'vi'))?.beyond).toEqual({ reason: 'Giá áo tăng sau bão', by: 'giam-doc' })
  })
})

describe('a review', () => {
  it('is by somebody who wrote nothing of it, and opens the campaign', async () => {
    const { campaignId, draftId } = await handedIn()
    expect(await approveCampaign(context, { ...(await step(campaignId, 'an')), opensAt: null })).toEqual(refused('same_person'))
    context.advance(60_000)
    value(await returnCampaign(context, { ...(await step(campaignId, 'chi')), reason: 'Thiếu tiêu chuẩn' }))
    context.advance(60_000)
    value(await save(draftId, 2, { by: 'binh', content: content({ titleVi: 'Áo ấm mới' }) }))
    value(await handIn(context, { draftId, version: 3, by: 'an', key: stepKey() }))
    expect(await approveCampaign(context, { ...(await step(campaignId, 'binh')), opensAt: null })).toEqual(refused('same_person'))
    // Nor does the table take it, whatever calls it.
    const approved = `update campaigns set approved_by = 'binh', approved_at = now(), opens_at = now() where id = ${campaignId}`
    expect(await refusalOf(context.db, approved)).toMatch(/by one of its authors/)
    const approval = { ...(await step(campaignId, 'chi')), opensAt: null }
    value(await approveCampaign(context, approval))
    value(await approveCampaign(context, approval))
    expect(await getCampaign(context, `ao-am-${year}`, 'vi')).toMatchObject({ state: 'open', title: 'Áo ấm mới', goalVnd: 10_000_000n })
    const desk = await getCampaignDesk(context, campaignId, 'vi')
    expect(desk?.steps.map(({ kind, by }) => `${kind} ${by}`)).toHaveLength(6)
    expect(desk).toMatchObject({ state: 'open', approvedBy: 'chi', handedInBy: 'an' })
  })

  it('is one of two decisions at the same instant', async () => {
    const { campaignId } = await handedIn()
    const wish = await step(campaignId, 'chi')
    const both = await Promise.all([
      approveCampaign(context, { ...wish, opensAt: null, key: stepKey() }),
      returnCampaign(context, { ...wish, by: 'dung', reason: 'Chưa rõ', key: stepKey() }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toEqual(refused('changed_meanwhile'))
  })

  it('schedules the opening, which happens once, at its moment', async () => {
    const { campaignId } = await handedIn()
    const opensAt = new Date(context.now().getTime() + 3 * 3_600_000)
    const late = new Date('2027-02-02T00:00:00Z')
    expect(await approveCampaign(context, { ...(await step(campaignId, 'chi')), opensAt: late })).toEqual(refused('opens_too_late'))
    value(await approveCampaign(context, { ...(await step(campaignId, 'chi')), opensAt }))
    expect(await openDueCampaigns(context)).toEqual([])
    expect(await listCampaignDesk(context, fundId, 'vi')).toContainEqual(
      expect.objectContaining({ campaignId, state: 'scheduled', opensAt }),
    )
    const then = { ...context, now: () => opensAt }
    const opened = await Promise.all([openDueCampaigns(then), openDueCampaigns(then)])
    expect(opened.flat()).toEqual([`ao-am-${year}`])
    expect((await getCampaign(context, `ao-am-${year}`, 'vi'))?.steps[0]).toMatchObject({ state: 'open', happenedAt: opensAt })
  })

  it('is asked for by the tables', async () => {
    const { campaignId } = await handedIn()
    const set = (values: Partial<typeof schema.campaigns.$inferInsert>) =>
      context.db.update(schema.campaigns).set(values).where(eq(schema.campaigns.id, campaignId))
    await expect(set({ state: 'open' })).rejects.toThrow()
    const now = context.now()
    await expect(set({ approvedBy: 'an', approvedAt: now, opensAt: now })).rejects.toThrow()
  })
})

describe('a campaign that was made without a draft', () => {
  it('gets one from what it says, and can be written on', async () => {
    const needId = await publishedNeed(context, report())
    const { slug, titleVi, titleEn, summaryVi, summaryEn, storyVi, storyEn, overflowVi, overflowEn, neededBy } = content()
    const texts = { slug, titleVi, titleEn, summaryVi, summaryEn, storyVi, storyEn, overflowVi, overflowEn, neededBy }
    const line = { itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', standardVi: 'Mới', standardEn: 'New' }
    const { campaignId } = value(
      await createCampaign(context, {
        ...{ ...texts, needId, children: 60, opensOn: '2026-11-01', isEmergency: false, actor: 'an' },
        budget: [{ ...line, unitPriceVnd: 200_000n, quantity: 60 }],
      }),
    )
    const draftId = (await draftOfCampaign(context, { campaignId, by: 'an' })) ?? 0
    expect(await draftOfCampaign(context, { campaignId, by: 'binh' })).toBe(draftId)
    // It may ask anew for what it asked before.
    value(await save(draftId, 1, { content: content({}, '200.000', '100') }))
    value(await handIn(context, { draftId, version: 2, by: 'an', key: stepKey() }))
    expect(await getCampaignDesk(context, campaignId, 'vi')).toMatchObject({ state: 'in_review', goalVnd: 20_000_000n })
    const open = { campaignId, to: 'open', reasonVi: 'Duyệt', reasonEn: 'Reviewed' } as const
    expect(await changeCampaignState(context, { ...open, actor: 'an' })).toEqual(refused('same_person'))
    expect(await draftOfCampaign(context, { campaignId: 999_999, by: 'an' })).toBeNull()
  })
})
