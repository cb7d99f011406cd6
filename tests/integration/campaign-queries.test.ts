import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campaigns, campaignSlugs, needs } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { markFundedCampaigns } from '../../lib/campaigns/commands'
import {
  CAMPAIGNS_PER_PAGE,
  getCampaign,
  getCampaignSlug,
  listCampaigns,
  listFilterOptions,
  listMostNeeded,
} from '../../lib/campaigns/queries'
import type { CampaignFilter } from '../../lib/campaigns/schema'
import { getFooter, getHome } from '../../lib/home/queries'
import { getCategory, getNeedTable } from '../../lib/needs/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { covered, makeCampaign, makeFunds, publishedNeed, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const ALL: CampaignFilter = { fund: null, commune: null, category: null, state: null, sort: 'need', page: 1 }
const NEED_VND = 10n ** 12n

let database: TestDatabase
let context: TestContext
let open: MadeCampaign
let nearlyThere: MadeCampaign
let named: string

/** Gives and lets the bank tell of it. */
async function give(campaign: MadeCampaign, amountVnd: bigint, input: Parameters<typeof makePledge>[2] = {}): Promise<string> {
  const { code } = await makePledge(context, campaign.slug, { amountVnd, ...input })
  await receiveBankNotice(context, bankNotice({ amountVnd, memo: code, transactedAt: context.now() }))
  return code
}

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  open = await makeCampaign(context, { slug: 'mot', goalVnd: 20_000_000n, commune: 0 })
  nearlyThere = await makeCampaign(context, { slug: 'hai', goalVnd: 10_000_000n, commune: 1, neededBy: '2026-12-01' })
  await makeCampaign(context, { slug: 'ba', category: 'bua-an', goalVnd: 90_000_000n, commune: 2, state: 'closed' })
  await makeCampaign(context, { slug: 'nhap', category: 'sach-vo', commune: 3, state: 'draft' })
  await makeCampaign(context, { slug: 'cho-duyet', category: 'sach-vo', commune: 4, state: 'in_review' })
  const shown = { name: 'Gia đình bác Hạnh', isNamed: true, message: 'Chúc các em khỏe' }
  named = await give(open, 350_000n, shown)
  context.advance(60_000)
  await give(open, 1_000_000n)
  await give(nearlyThere, 10_500_000n)
  await sequencePending(context.db, context.now())
  await markFundedCampaigns(context)
})
afterAll(() => database.close())

describe('a list of campaigns', () => {
  it('shows what is public, open and most missing first', async () => {
    const found = await listCampaigns(context, ALL, 'vi')
    expect(found.items.map(({ slug, state }) => [slug, state])).toEqual([
      ['mot', 'open'],
      ['hai', 'funded'],
      ['ba', 'closed'],
    ])
    expect(found).toMatchObject({ total: 3, page: 1, pages: 1 })
    expect(found.items[0]).toMatchObject({ goalVnd: 20_000_000n, receivedVnd: 1_350_000n, missingVnd: 18_650_000n, aboveGoalVnd: 0n })
    expect(found.items[1]).toMatchObject({ receivedVnd: 10_500_000n, missingVnd: 0n, aboveGoalVnd: 500_000n })
  })

  it('is narrowed by each filter', async () => {
    const slugs = async (filter: Partial<CampaignFilter>) =>
      (await listCampaigns(context, { ...ALL, ...filter }, 'vi')).items.map(({ slug }) => slug)
    const [first] = (await listCampaigns(context, ALL, 'vi')).items
    expect(await slugs({ category: 'bua-an' })).toEqual(['ba'])
    expect(await slugs({ state: 'funded' })).toEqual(['hai'])
    expect(await slugs({ fund: 'ninh-thuan' })).toEqual([])
    expect(await slugs({ fund: 'ha-noi', category: 'ao-am' })).toEqual(['mot', 'hai'])
    expect(await slugs({ commune: first?.commune.slug ?? '' })).toEqual(['mot'])
    for (const sort of ['deadline', 'progress', 'newest'] as const) expect((await slugs({ sort })).toSorted()).toEqual(['ba', 'hai', 'mot'])
  })

  it('gives the last page for one beyond it, and each campaign once over all pages', async () => {
    expect(await listCampaigns(context, { ...ALL, page: 99_999 }, 'vi')).toMatchObject({ page: 1, pages: 1 })
    expect(CAMPAIGNS_PER_PAGE).toBeGreaterThan(3)
  })

  it('offers funds, the communes of today, and the kinds of need that campaigns may have', async () => {
    const options = await listFilterOptions(context, 'en')
    expect(options.funds.map(({ slug }) => slug)).toEqual(['ha-noi', 'ninh-thuan'])
    expect(options.communes).toHaveLength(25)
    expect(options.categories.map(({ key }) => key)).not.toContain('phau-thuat')
  })

  it('names only open campaigns as needing most', async () => {
    expect((await listMostNeeded(context, 5, 'vi')).map(({ slug }) => slug)).toEqual(['mot'])
  })
})

describe('the page of a campaign', () => {
  it('says what came, from whom, and what it pays for', async () => {
    const page = await getCampaign(context, 'mot', 'vi')
    expect(page).toMatchObject({ state: 'open', gifts: 2, children: 100, receivedVnd: 1_350_000n })
    // 1,350,000 ₫ pay for six coats of 200,000 ₫ and three quarters of the next.
    expect(page?.budget).toMatchObject([{ fundedUnits: 6, towardsNextVnd: 150_000n, amountVnd: 20_000_000n }])
    expect(page?.latestGifts).toMatchObject([
      { name: 'Một nhà hảo tâm', message: null, amountVnd: 1_000_000n },
      { code: named, name: 'Gia đình bác Hạnh', message: 'Chúc các em khỏe', amountVnd: 350_000n },
    ])
    expect(page?.steps.map(({ state }) => state)).toEqual(['open'])
  })

  it('tells its steps newest first', async () => {
    expect((await getCampaign(context, 'hai', 'en'))?.steps.map(({ state }) => state)).toEqual(['funded', 'open'])
  })

  it('is not there for a draft, for one in review, or for nothing', async () => {
    for (const slug of ['nhap', 'cho-duyet', 'khong-co', '']) expect(await getCampaign(context, slug, 'vi')).toBeNull()
  })

  it('is found by a slug it had before, as long as it is public', async () => {
    const [draft] = await context.db.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.slug, 'nhap'))
    await context.db.insert(campaignSlugs).values([
      { slug: 'mot-cu', campaignId: open.campaignId },
      { slug: 'nhap-cu', campaignId: draft?.id ?? 0 },
    ])
    expect(await getCampaignSlug(context, 'mot-cu')).toBe('mot')
    expect(await getCampaignSlug(context, 'nhap-cu')).toBeNull()
    expect(await getCampaignSlug(context, 'mot')).toBeNull()
  })

  it('names what other sources cover', async () => {
    const [campaign] = await context.db.select({ needId: campaigns.needId }).from(campaigns).where(eq(campaigns.slug, 'mot'))
    const coverage = {
      source: 'fatherland_front',
      nameVi: 'Mặt trận Tổ quốc xã',
      nameEn: 'Fatherland Front',
      quantity: 60,
      amountVnd: 12_000_000n,
    } as const
    await covered(context, campaign?.needId ?? 0, coverage)
    expect((await getCampaign(context, 'mot', 'en'))?.need.otherSources).toEqual([
      { name: 'Fatherland Front', quantity: 60, amountVnd: 12_000_000n },
    ])
  })
})

describe('needs', () => {
  it('add up to what is covered elsewhere, received and missing', async () => {
    const category = await getCategory(context, 'ao-am', 'vi')
    expect(category?.total?.sums).toEqual({
      askedVnd: 2n * NEED_VND,
      coveredVnd: 12_000_000n,
      receivedVnd: 11_850_000n,
      missingVnd: 2n * NEED_VND - 12_000_000n - 11_850_000n,
    })
    expect(category?.communes).toHaveLength(2)
    expect(category?.funds.map(({ slug, total }) => [slug, total?.children])).toEqual([
      ['ha-noi', 800],
      ['ninh-thuan', undefined],
    ])
    expect(await getCategory(context, 'khong-co', 'vi')).toBeNull()
  })

  it('keep small numbers out of rows and out of sums, and a child out of every commune', async () => {
    const [known] = await context.db.select({ unitId: needs.unitId }).from(needs).orderBy(needs.id).limit(1)
    const unitId = known?.unitId ?? 0
    for (const [category, children] of [
      ['ky-nang', 4],
      ['phau-thuat', 6],
      ['do-dau', 2],
    ] as const) {
      const report = {
        programmeSlug: 'ke-hoach-ha-noi-2019-2025',
        unitId,
        category,
        schoolYear: 2026,
        children,
        quantity: children,
        amountVnd: 8_000_000n,
      }
      await publishedNeed(context, report)
    }
    const skills = await getCategory(context, 'ky-nang', 'vi')
    expect(skills?.communes.map(({ total }) => total)).toEqual([null])
    expect(skills?.total).toBeNull()
    expect(skills?.funds[0]).toMatchObject({ total: null, isTooFew: true })
    const surgery = await getCategory(context, 'phau-thuat', 'vi')
    expect(surgery).toMatchObject({ communes: [], total: null })
    expect(surgery?.funds[0]).toMatchObject({ total: { children: 6 }, isTooFew: false })
    const sponsorship = await getCategory(context, 'do-dau', 'vi')
    expect(sponsorship?.funds[0]).toMatchObject({ total: null, isTooFew: true })
    const table = await getNeedTable(context, 'vi')
    for (const commune of table.communes) expect(Object.keys(commune.cells)).not.toContain('phau-thuat')
    expect(table.communes.find(({ cells }) => cells['ky-nang'])?.cells['ky-nang']?.total).toBeNull()
  })
})

describe('the first page', () => {
  it('says what is needed, what came this week, and how far it got', async () => {
    const home = await getHome(context, 'vi')
    expect(home.week).toHaveLength(7)
    expect(home.week.at(-1)).toEqual({ day: '2026-11-23', receivedVnd: 11_850_000n, gifts: 3 })
    expect(home.week[0]).toEqual({ day: '2026-11-17', receivedVnd: 0n, gifts: 0 })
    expect(home.arrivals.map(({ amountVnd }) => amountVnd)).toEqual([10_500_000n, 1_000_000n, 350_000n])
    expect(home.mostNeeded.map(({ slug }) => slug)).toEqual(['mot'])
    expect(home.justFunded.map(({ campaign }) => campaign.slug)).toEqual(['hai'])
    expect(home).toMatchObject({ campaigns: 3, schoolYear: 2026, justComplete: null })
    const { askedVnd, coveredVnd, receivedVnd, missingVnd } = home.sums
    expect(coveredVnd + receivedVnd + missingVnd).toBe(askedVnd)
  })

  it('has the funds at its foot', async () => {
    expect((await getFooter(context, 'en')).funds.map(({ slug, plans }) => [slug, plans[0]?.number])).toEqual([
      ['ha-noi', null],
      ['ninh-thuan', '372/KH-UBND'],
    ])
  })
})
