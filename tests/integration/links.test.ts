import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET as oembed } from '../../app/api/oembed/route'
import { GET as embed } from '../../app/[locale]/nhung/chien-dich/[slug]/route'
import { GET as picture } from '../../app/[locale]/hinh/[kind]/[name]/route'
import { campaignSlugs } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { getCampaignItem } from '../../lib/campaigns/queries'
import { listCampaignMaps, listCampaignPages, listCommunePages, listFeedSteps, listOtherPages } from '../../lib/links/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serve } from '../setup/server'

let database: TestDatabase
let context: TestContext
let first: MadeCampaign

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  first = await makeCampaign(context, { slug: 'mot', goalVnd: 20_000_000n, commune: 0 })
  const draft = await makeCampaign(context, { slug: 'nhap', category: 'sach-vo', commune: 1, state: 'draft' })
  for (const [index, slug] of ['hai', 'ba', 'bon', 'nam'].entries()) await makeCampaign(context, { slug, commune: index + 2 })
  await context.db.insert(campaignSlugs).values([
    { slug: 'ten-cu', campaignId: first.campaignId },
    { slug: 'nhap-cu', campaignId: draft.campaignId },
  ])
  serve(context, database)
})
afterAll(() => database.close())

describe('sitemaps', () => {
  it.each([1, 2, 3, 5, 6, 1000])('hold every public campaign once, %i in each', async (perMap) => {
    const maps = await listCampaignMaps(context, perMap)
    const pages = await Promise.all(maps.map(({ after }) => listCampaignPages(context, after, perMap)))
    expect(maps).toHaveLength(Math.ceil(5 / perMap))
    expect(pages.flat().map(({ path }) => path)).toEqual(['mot', 'hai', 'ba', 'bon', 'nam'].map((slug) => `/chien-dich/${slug}`))
  })

  it('say when a page last came to say something else', async () => {
    const before = (await listCampaignPages(context, 0))[0]?.changedAt
    context.advance(3_600_000)
    const { code } = await makePledge(context, 'mot', { amountVnd: 100_000n })
    await receiveBankNotice(context, bankNotice({ amountVnd: 100_000n, memo: code, transactedAt: context.now() }))
    await sequencePending(context.db, context.now())
    const [page] = await listCampaignPages(context, 0)
    expect(page?.changedAt?.getTime()).toBeGreaterThan(before?.getTime() ?? Infinity)
    expect((await listCampaignMaps(context))[0]?.changedAt).toEqual(page?.changedAt)
    const communes = await listCommunePages(context)
    expect(new Set(communes.map(({ path }) => path)).size).toBe(communes.length)
    expect(communes.some(({ changedAt }) => changedAt?.getTime() === page?.changedAt?.getTime())).toBe(true)
    expect((await listOtherPages(context)).find(({ path }) => path === '/')?.changedAt).toEqual(page?.changedAt)
  })
})

it('the feed tells the public steps of public campaigns', async () => {
  const steps = await listFeedSteps(context, 'vi')
  expect(new Set(steps.map(({ campaign }) => campaign.slug))).toEqual(new Set(['mot', 'hai', 'ba', 'bon', 'nam']))
  expect(steps.every(({ state }) => state === 'open')).toBe(true)
})

describe('a slug that a campaign had before', () => {
  const request = (path: string) => new Request(`https://example.org${path}`)
  const embedded = (slug: string, locale = 'vi') => embed(request('/'), { params: Promise.resolve({ locale, slug }) })

  it('leads to the campaign of today, and to none that is not public', async () => {
    expect((await getCampaignItem(context, 'ten-cu', 'vi'))?.slug).toBe('mot')
    expect(await getCampaignItem(context, 'nhap-cu', 'vi')).toBeNull()
    expect(await getCampaignItem(context, 'nhap', 'vi')).toBeNull()
  })

  it('sends embeds, badges and pictures on for ever', async () => {
    const answers = [
      await embedded('ten-cu'),
      await embedded('ten-cu.svg', 'en'),
      await picture(request('/'), { params: Promise.resolve({ locale: 'vi', kind: 'chien-dich', name: 'ten-cu.png' }) }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([308, 308, 308])
    expect(answers.map(({ headers }) => headers.get('location')?.replace(/v=.+/, 'v='))).toEqual([
      '/nhung/chien-dich/mot',
      '/en/nhung/chien-dich/mot.svg',
      '/hinh/chien-dich/mot.png?v=',
    ])
  })

  it('is embedded under the slug of today', async () => {
    const answer = await oembed(request('/api/oembed?url=https%3A%2F%2Fexample.org%2Fchien-dich%2Ften-cu'))
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({ version: '1.0', type: 'rich' })
    expect(text).toContain(String.raw`/nhung/chien-dich/mot\"`)
  })

  it('of nothing public is no embed', async () => {
    for (const slug of ['nhap', 'nhap-cu', 'khong-co', 'mot.png', 'MOT']) expect((await embedded(slug)).status, slug).toBe(404)
  })
})

it('an embed and a badge say of a sample that it is one, and of a real site not', async () => {
  const texts = async () => {
    const answers = await Promise.all(
      ['mot', 'mot.svg'].map((slug) => embed(new Request('https://example.org/'), { params: Promise.resolve({ locale: 'vi', slug }) })),
    )
    return Promise.all(answers.map((answer) => answer.text()))
  }
  for (const text of await texts()) expect(text).toContain('Dữ liệu mẫu')
  serve(context, database, { installation: { ...context.installation, kind: 'real' } })
  for (const text of await texts()) expect(text).not.toContain('Dữ liệu mẫu')
})
