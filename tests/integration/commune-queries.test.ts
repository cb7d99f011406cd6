import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administrativeUnits } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { getCommune, listCommunes } from '../../lib/communes/queries'
import { getFund, listFunds } from '../../lib/funds/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { ACCOUNTS, covered, makeCampaign, makeFunds, publishedNeed } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext

const unitOf = async (slug: string) => {
  const [unit] = await context.db
    .select({ id: administrativeUnits.id })
    .from(administrativeUnits)
    .where(and(eq(administrativeUnits.slug, slug), isNull(administrativeUnits.validTo)))
  if (!unit) throw new Error(`no commune ${slug}`)
  return unit.id
}

async function publish(need: { category: string; children: number; amountVnd: bigint; schoolYear?: number }) {
  const programmeSlug = (await getFund(context, 'ha-noi', 'vi'))?.programmes[0]?.slug ?? ''
  const unitId = await unitOf('yen-bai')
  return publishedNeed(context, { programmeSlug, unitId, schoolYear: 2026, quantity: need.children, ...need })
}

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
})
afterAll(() => database.close())

describe('communes', () => {
  test('are today’s twenty-five, each with its fund, its former names and its boundary', async () => {
    const { schoolYear, communes } = await listCommunes(context, 'vi')
    expect(schoolYear).toBeNull()
    expect(communes).toHaveLength(25)
    expect(communes.map(({ rank }) => rank)).toEqual(communes.map((_, index) => index + 1))
    expect(communes.every(({ boundary, former }) => boundary !== null && former.length > 0)).toBe(true)
    expect(communes.find(({ slug }) => slug === 'bat-bat')?.former).toEqual([{ name: 'Minh Quang', isPartial: true }])
  })

  test('say what is asked, met and missing, without what would point at a child', async () => {
    const coats = await publish({ category: 'ao-am', children: 100, amountVnd: 50_000_000n })
    const front = { source: 'fatherland_front', nameVi: 'Mặt trận', nameEn: 'Front' } as const
    await covered(context, coats, { ...front, quantity: 20, amountVnd: 10_000_000n })
    await publish({ category: 'hoc-nghe', children: 4, amountVnd: 7_000_000n })
    await publish({ category: 'phau-thuat', children: 9, amountVnd: 90_000_000n })
    await publish({ category: 'sach-vo', children: 50, amountVnd: 1_000_000n, schoolYear: 2025 })
    const commune = await getCommune(context, 'yen-bai', 'vi')
    if (commune?.kind !== 'today') throw new Error('a commune of today')
    expect(commune.schoolYear).toBe(2026)
    expect(commune.needs.map(({ category, children, sums }) => [category, children, sums?.missingVnd])).toEqual([
      ['ao-am', 100, 40_000_000n],
      ['hoc-nghe', null, undefined],
    ])
    expect(commune.sums).toEqual({ askedVnd: 50_000_000n, coveredVnd: 10_000_000n, receivedVnd: 0n, missingVnd: 40_000_000n })
    const { communes } = await listCommunes(context, 'vi')
    expect(communes[0]).toMatchObject({ slug: 'yen-bai', missingVnd: 40_000_000n, isPriority: true })
  })

  test('of before July 2025 say what they became', async () => {
    const commune = await getCommune(context, 'minh-quang', 'vi')
    if (commune?.kind !== 'former') throw new Error('no former commune')
    expect(commune).toMatchObject({ validTo: '2025-06-30', district: 'Huyện Ba Vì' })
    expect(commune.successors.map(({ slug, isPartial }) => [slug, isPartial]).sort()).toEqual([
      ['ba-vi', true],
      ['bat-bat', true],
    ])
    expect(await getCommune(context, 'khong-co', 'vi')).toBeNull()
  })
})

describe('funds', () => {
  test('tell their sums, plan, accounts and communes', async () => {
    const campaign = await makeCampaign(context, { goalVnd: 20_000_000n })
    const { code } = await makePledge(context, campaign.slug)
    await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 500_000n }))
    await sequencePending(context.db, context.now())
    const fund = await getFund(context, 'ha-noi', 'en')
    expect(fund).toMatchObject({
      sums: { receivedVnd: 500_000n, gifts: 1, openCampaigns: 1, missingVnd: 19_500_000n },
      accounts: [{ accountNumber: ACCOUNTS['ha-noi'], alias: 'ha-noi 01' }],
      campaigns: [{ slug: campaign.slug, receivedVnd: 500_000n }],
    })
    expect(fund?.communes).toHaveLength(9)
    expect(fund?.programmes[0]?.targets.length).toBeGreaterThan(0)
    expect(fund?.agencies.length).toBeGreaterThan(0)
    expect((await listFunds(context, 'vi')).map(({ slug, communes }) => [slug, communes])).toEqual([
      ['ha-noi', 9],
      ['ninh-thuan', 16],
    ])
    expect(await getFund(context, 'khong-co', 'vi')).toBeNull()
  })
})
