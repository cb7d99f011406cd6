import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { campaignSlugs, disclosures, receivingAccounts } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { changeCampaignState } from '../../lib/campaigns/commands'
import { approveRetirement, proposeRetirement } from '../../lib/funds/commands'
import { cancelPledge } from '../../lib/pledges/commands'
import { getGift, getGive, getOwnGift, listOpenCampaigns } from '../../lib/pledges/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { ACCOUNTS, makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context)
})
afterAll(() => database.close())

const arrive = async (code: string, amountVnd: bigint) => {
  await receiveBankNotice(context, bankNotice({ memo: code, amountVnd }))
}
const sequence = () => sequencePending(context.db, context.now())

describe('a gift', () => {
  test('that waits shows where to pay, and nothing of its donor but what was chosen', async () => {
    const { code } = await makePledge(context, campaign.slug, {
      name: 'Nguyễn Thị Mai',
      isNamed: true,
      email: 'mai@example.vn',
      taxCode: '0100109106',
    })
    const gift = await getGift(context, code, 'vi')
    expect(gift).toMatchObject({
      state: 'open',
      method: 'bank_transfer',
      pledged: { kind: 'vnd', amountVnd: 185_000n },
      publicName: 'Nguyễn Thị Mai',
      isNameWaiting: false,
      campaign: { slug: campaign.slug, title: 'Áo ấm' },
      account: { accountNumber: ACCOUNTS['ha-noi'] },
      gifts: [],
    })
    expect(JSON.stringify(gift, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
      /example\.vn|0100109106/,
    )
    expect(await getOwnGift(context, code)).toMatchObject({ name: 'Nguyễn Thị Mai', email: 'mai@example.vn', taxCode: '0100109106' })
  })

  test('of an organisation is nameless until its name was looked at', async () => {
    const { code } = await makePledge(context, campaign.slug, { donorKind: 'company', name: 'Công ty May Suối Cạn', isNamed: true })
    expect(await getGift(context, code, 'en')).toMatchObject({ publicName: 'A kind donor', isNameWaiting: true, isCompany: true })
    await context.db.update(disclosures).set({ review: 'shown' }).where(eq(disclosures.text, 'Công ty May Suối Cạn'))
    expect(await getGift(context, code, 'en')).toMatchObject({ publicName: 'Công ty May Suối Cạn', isNameWaiting: false })
  })

  test('that arrived in two transfers shows both, each with its own đồng once they are numbered', async () => {
    const { code } = await makePledge(context, campaign.slug)
    await arrive(code, 100_000n)
    expect(await getGift(context, code, 'vi')).toMatchObject({
      state: 'received',
      gifts: [{ amountVnd: 100_000n, line: 'campaign', interval: null }],
    })
    await arrive(code, 60_000n)
    await sequence()
    const gifts = (await getGift(context, code, 'vi'))?.gifts ?? []
    expect(gifts.map(({ amountVnd, interval }) => [amountVnd, interval && interval.endVnd - interval.startVnd])).toEqual([
      [100_000n, 100_000n],
      [60_000n, 60_000n],
    ])
  })

  test('past its time is expired, until money comes', async () => {
    const { code } = await makePledge(context, campaign.slug)
    const now = context.now()
    context.advance(8 * 86_400_000)
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'expired' })
    await arrive(code, 185_000n)
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'received' })
    context.setNow(now)
  })

  test('whose campaign closed lies on another line of the fund', async () => {
    const closing = await makeCampaign(context, { slug: 'dong-som', commune: 1 })
    const { code } = await makePledge(context, closing.slug)
    await changeCampaignState(context, { campaignId: closing.campaignId, to: 'closed', reasonVi: 'Thử', reasonEn: 'Test', actor: 'an' })
    // What a bank says came before the campaign closed would still be the campaign's.
    context.advance(60_000)
    await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 185_000n, transactedAt: context.now() }))
    await sequence()
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ line: 'other' }])
  })

  test('that was cancelled says so', async () => {
    const { code, secret } = await makePledge(context, campaign.slug)
    await cancelPledge(context, { code, secret })
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'cancelled' })
  })

  test('does not exist for a code that nobody was given', async () => {
    expect(await getGift(context, 'TD2222222', 'vi')).toBeNull()
    expect(await getOwnGift(context, 'TD2222222')).toBeNull()
  })

  test('shows no account that is retired', async () => {
    const southern = await makeCampaign(context, { fund: 'ninh-thuan', slug: 'phia-nam', goalVnd: 1_000_000n })
    const { code } = await makePledge(context, southern.slug)
    expect((await getGift(context, code, 'vi'))?.account?.accountNumber).toBe(ACCOUNTS['ninh-thuan'])
    const { id, accountNumber } = receivingAccounts
    const [account] = await context.db.select({ id }).from(receivingAccounts).where(eq(accountNumber, ACCOUNTS['ninh-thuan']))
    const accountId = account?.id ?? 0
    value(await proposeRetirement(context, { accountId, proposedBy: 'an' }))
    value(await approveRetirement(context, { accountId, approvedBy: 'binh', delayDays: 0 }))
    expect((await getGift(context, code, 'vi'))?.account).toBeNull()
    expect((await getGive(context, southern.slug, 'vi'))?.hasAccount).toBe(false)
    // What comes late is the donor's gift all the same.
    await receiveBankNotice(context, bankNotice({ accountNumber: ACCOUNTS['ninh-thuan'], memo: code, amountVnd: 50_000n }))
    await sequence()
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'received' })
  })
})

describe('a campaign to give to', () => {
  test('has its priced items and what is missing', async () => {
    const give = await getGive(context, campaign.slug, 'en')
    expect(give).toMatchObject({
      state: 'open',
      title: 'Warm coats',
      goalVnd: 20_000_000n,
      hasAccount: true,
      items: [{ position: 0, item: 'Coat', unitPriceVnd: 200_000n }],
    })
    expect(give && give.goalVnd - give.receivedVnd).toBe(give?.missingVnd)
  })

  test('is found by an old address too', async () => {
    await context.db.insert(campaignSlugs).values({ slug: 'ten-cu', campaignId: campaign.campaignId })
    expect((await getGive(context, 'ten-cu', 'vi'))?.slug).toBe(campaign.slug)
  })

  test('is not there before it is public, nor for an address nobody has', async () => {
    await makeCampaign(context, { slug: 'chua-mo', state: 'in_review', commune: 2 })
    expect(await getGive(context, 'chua-mo', 'vi')).toBeNull()
    expect(await getGive(context, 'khong-co', 'vi')).toBeNull()
  })

  test('stands in the list while it is open, those that miss most first', async () => {
    await makeCampaign(context, { slug: 'lon-hon', goalVnd: 90_000_000n, commune: 3 })
    await makeCampaign(context, { slug: 'da-du', state: 'funded', commune: 4 })
    expect((await listOpenCampaigns(context, 'vi')).map(({ slug }) => slug)).toEqual(['lon-hon', campaign.slug, 'phia-nam'])
  })

  test('takes nothing after the closing day of an emergency appeal', async () => {
    await makeCampaign(context, { slug: 'khan-cap', isEmergency: true, neededBy: '2026-11-22', commune: 5 })
    expect((await getGive(context, 'khan-cap', 'vi'))?.state).toBe('closed')
    expect((await listOpenCampaigns(context, 'vi')).map(({ slug }) => slug)).not.toContain('khan-cap')
  })
})
