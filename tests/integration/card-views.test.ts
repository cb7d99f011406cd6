import { randomUUID } from 'node:crypto'
import { desc } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST as give } from '../../app/[locale]/(site)/ung-ho/[slug]/gui/route'
import { donations } from '../../db/schema'
import { getCampaign } from '../../lib/campaigns/queries'
import { processDueEvents } from '../../lib/cards/inbox'
import { campaignTakesCards, getCardOffer, pledgeTakesCards } from '../../lib/cards/offer'
import { approveRefund, rejectRefund, requestRefund } from '../../lib/cards/refunds'
import { sendApprovedRefunds } from '../../lib/cards/send-refunds'
import { getHome } from '../../lib/home/queries'
import { RETURNED_COOKIE } from '../../lib/pledges/cookies'
import { decodeReturnedForm } from '../../lib/pledges/draft'
import { sumGifts } from '../../lib/pledges/model'
import { getGift } from '../../lib/pledges/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { dollars, openCardCounter, type CardCounter } from '../factories/cards'
import { makePledge } from '../factories/giving'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let counter: CardCounter
let campaign: MadeCampaign
let elsewhere: MadeCampaign

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { goalVnd: 10n ** 10n })
  elsewhere = await makeCampaign(context, { slug: 'phia-nam', fund: 'ninh-thuan' })
  counter = await openCardCounter(context, database)
})
afterAll(async () => {
  await counter.close()
  await database.close()
})

/** Lets Stripe settle and tell, and what came have its place. */
const settle = async () => {
  for (let time = 0; time < 2; time++) {
    context.advance(3_000)
    counter.fake.tick()
    await counter.fake.webhooks.deliverDue()
    await processDueEvents(counter.context)
    await sequencePending(context.db, context.now())
  }
}

const pay = async (wish: Parameters<CardCounter['openPage']>[1] = {}): Promise<{ code: string; charge: string }> => {
  const { code, page } = await counter.openPage(campaign.slug, wish)
  counter.fake.pay(page, 'good')
  await settle()
  const [charge] = (await counter.stripe.charges.list({ limit: 1 })).data
  if (!charge) throw new Error('no charge')
  return { code, charge: charge.id }
}

const gift = async (code: string) => {
  const view = await getGift(context, code, 'vi')
  if (!view) throw new Error('no gift')
  return view
}

const send = (slug: string, fields: Record<string, string>) =>
  give(new Request('http://x', { method: 'POST', body: new URLSearchParams({ formKey: randomUUID(), ...fields }) }), {
    params: Promise.resolve({ locale: 'vi', slug }),
  })
const locationOf = (response: Response) => response.headers.get('location') ?? ''
const codeOf = (response: Response) => /tdk_(TD\w{7})=/.exec(response.headers.getSetCookie().join())?.[1] ?? ''

describe('the form', () => {
  test('leads to the card company, once for each form, and hands over the key', async () => {
    const fields = { formKey: randomUUID(), amount: '200000', method: 'card' }
    const answers = [await send(campaign.slug, fields), await send(campaign.slug, fields)]
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(locationOf(answers[0] ?? Response.error())).toMatch(new RegExp(`^${counter.fake.url}/c/pay/cs_test_`))
    expect(new Set(answers.map(locationOf)).size).toBe(1)
    expect(new Set(answers.map(codeOf)).size).toBe(1)
    expect(await gift(codeOf(answers[0] ?? Response.error()))).toMatchObject({ method: 'card', state: 'open', card: 'open' })
  })

  test('leads to the gift’s page where the card company does not answer, and the pledge stands', async () => {
    counter.fake.trouble('server error', 'server error', 'server error')
    const answer = await send(campaign.slug, { foreignAmount: '20', currency: 'usd' })
    const code = codeOf(answer)
    expect(locationOf(answer)).toBe(`/theo-doi/${code}?the=khong-mo`)
    expect(await gift(code)).toMatchObject({ method: 'card', state: 'open', pledged: { kind: 'foreign' }, gifts: [] })
  })

  test('of a fund that takes no cards comes back, and says so beside what asked for one', async () => {
    for (const [fields, errors] of [
      [{ amount: '200000', method: 'card' }, { method: 'no_cards' }],
      [{ amount: 'foreign', foreignAmount: '20', currency: 'eur' }, { amount: 'no_cards' }],
    ] as const) {
      const answer = await send(elsewhere.slug, fields)
      expect(locationOf(answer)).toBe('/ung-ho/phia-nam?loi=o')
      // With https the name has a prefix that browsers hold to TLS.
      const kept = answer.headers.getSetCookie().find((one) => one.split('=', 1)[0]?.endsWith(RETURNED_COOKIE))
      expect(decodeReturnedForm(/=([^;]*)/.exec(kept ?? '')?.[1])).toMatchObject({ errors, draft: fields })
    }
    expect(locationOf(await send(elsewhere.slug, { amount: '200000', method: 'bank_transfer' }))).toMatch(/^\/theo-doi\/TD/)
  })
})

test('whether cards are taken is known of a fund, a campaign and a pledge', async () => {
  const { code } = await makePledge(context, campaign.slug)
  const other = await makePledge(context, elsewhere.slug)
  expect([await getCardOffer(counter.context, 'ha-noi'), await getCardOffer(counter.context, 'ninh-thuan')]).toEqual(['open', 'none'])
  expect([
    await campaignTakesCards(counter.context, campaign.slug),
    await campaignTakesCards(counter.context, elsewhere.slug),
    await campaignTakesCards(counter.context, 'khong-co'),
  ]).toEqual([true, false, false])
  expect([await pledgeTakesCards(counter.context, code), await pledgeTakesCards(counter.context, other.code)]).toEqual([true, false])
})

describe('a gift of which something went back', () => {
  test('tells of each step, and its parts add up to it', async () => {
    const { code, charge } = await pay({ amountVnd: 300_000n })
    await counter.stripe.refunds.create({ charge, amount: 100_001 })
    await settle()
    expect(sumGifts((await gift(code)).gifts)).toEqual({
      ...{ totalVnd: 300_000n, returnedVnd: 100_001n, heldVnd: 0n, standingVnd: 199_999n },
    })
    const dispute = counter.fake.openDispute(charge)
    await settle()
    expect(sumGifts((await gift(code)).gifts)).toMatchObject({ returnedVnd: 100_001n, heldVnd: 199_999n, standingVnd: 0n })
    counter.fake.closeDispute(dispute.id, 'lost')
    await settle()
    const { gifts, changes } = await gift(code)
    expect(sumGifts(gifts)).toMatchObject({ returnedVnd: 300_000n, heldVnd: 0n, standingVnd: 0n })
    expect(changes.map(({ kind, amountVnd }) => [kind, amountVnd])).toEqual([
      ['refund', 100_001n],
      ['dispute_opened', 199_999n],
      ['dispute_lost', 199_999n],
    ])
  })

  test('is marked where its campaign and the first page list it', async () => {
    const { charge } = await pay({ amountVnd: 444_000n })
    await counter.stripe.refunds.create({ charge, amount: 44_000 })
    await settle()
    const [row] = (await getCampaign(context, campaign.slug, 'vi'))?.latestGifts ?? []
    expect(row).toMatchObject({ amountVnd: 444_000n, returnedVnd: 44_000n })
    const [arrival] = (await getHome(context, 'vi')).arrivals
    expect(arrival).toMatchObject({ amountVnd: 444_000n, returnedVnd: 44_000n })
  })

  test('is held from when somebody asks for it until another decides, each a step of its own', async () => {
    const { code } = await pay(dollars(3_333n))
    const [donation] = await context.db.select().from(donations).orderBy(desc(donations.id)).limit(1)
    const wish = { donationId: donation?.id ?? 0n, amountMinor: 333n, reason: 'other' as const, by: 'an' }
    const first = value(await requestRefund(context, { ...wish, key: 'views-1' }))
    expect(sumGifts((await gift(code)).gifts)).toEqual({
      ...{ totalVnd: 866_580n, returnedVnd: 0n, heldVnd: 86_580n, standingVnd: 780_000n },
    })
    value(await rejectRefund(context, { refundId: first.refundId, by: 'binh' }))
    await settle()
    const second = value(await requestRefund(context, { ...wish, key: 'views-2' }))
    value(await approveRefund(context, { refundId: second.refundId, by: 'binh' }))
    await sendApprovedRefunds(counter.context)
    await settle()
    const { gifts, changes } = await gift(code)
    expect(sumGifts(gifts)).toMatchObject({ returnedVnd: 86_580n, heldVnd: 0n, standingVnd: 780_000n })
    expect(changes.map(({ kind }) => kind)).toEqual(['refund_requested', 'refund_withdrawn', 'refund_requested', 'refund'])
  })
})
