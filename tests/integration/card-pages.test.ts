import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cardSessions, pledges } from '../../db/schema'
import { closeOutdatedPages, openCardPage } from '../../lib/cards/commands'
import { cancelPledge, changePledge } from '../../lib/pledges/commands'
import { getGift } from '../../lib/pledges/queries'
import { dollars, openCardCounter, type CardCounter } from '../factories/cards'
import { giftInput, makePledge, type GiftWish } from '../factories/giving'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let counter: CardCounter
let campaign: MadeCampaign

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { goalVnd: 10n ** 10n })
  counter = await openCardCounter(context, database)
})
beforeEach(() => context.advance(3_600_000))
afterAll(async () => {
  await counter.close()
  await database.close()
})

interface Key {
  code: string
  secret: string
}
const open = ({ code, secret }: Key) => openCardPage(counter.context, { code, secret, visitor: null })
const opened = async (key: Key) =>
  value(await open(key))
    .url.split('/')
    .at(-1) ?? ''
const change = async ({ code, secret }: Key, wish: GiftWish) =>
  value(await changePledge(context, { code, secret, input: giftInput({ method: 'card', ...wish }) }))
const pagesOf = ({ code }: Key) =>
  context.db
    .select({ attempt: cardSessions.attempt, state: cardSessions.state, stripeId: cardSessions.stripeId })
    .from(cardSessions)
    .innerJoin(pledges, eq(pledges.id, cardSessions.pledgeId))
    .where(eq(pledges.code, code))
    .orderBy(asc(cardSessions.attempt))
/** Pages of a pledge on which a card could be charged at this moment. */
const payable = async ({ code }: Key) =>
  (await counter.stripe.checkout.sessions.list({ limit: 100 })).data
    .filter((page) => page.client_reference_id === code && page.status === 'open')
    .map(({ id }) => id)

/** Presses, and Stripe makes the page, but its answer waits until it is let go. */
async function pressSlowly(key: Key) {
  let letGo: () => void = () => undefined
  const answerAfter = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const asked = counter.fake.requests.length
  counter.fake.trouble({ answerAfter })
  const answer = open(key)
  for (let tries = 0; tries < 500 && counter.fake.requests.length === asked; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  return () => {
    letGo()
    return answer
  }
}

test('is not opened again for dollars that were paid and wait to be settled', async () => {
  const gift = await counter.openPage(campaign.slug, dollars(2_000n))
  counter.fake.pay(gift.page, 'good')
  await counter.fake.webhooks.deliverDue()
  expect(await pagesOf(gift)).toMatchObject([{ state: 'paid' }])
  expect(await open(gift)).toEqual({ ok: false, refusal: 'not_open' })
})

test('is not opened for another sum while a bank is asked about the first, though no webhook told of that', async () => {
  const gift = await counter.openPage(campaign.slug)
  counter.fake.pay(gift.page, 'async')
  await change(gift, { amountVnd: 500_000n })
  expect(await open(gift)).toEqual({ ok: false, refusal: 'not_open' })
  expect(await payable(gift)).toEqual([])
})

test('for another sum closes the one before it, also when that failed the first time', async () => {
  const gift = await counter.openPage(campaign.slug)
  await change(gift, { amountVnd: 500_000n })
  counter.fake.trouble('request lost', 'request lost', 'request lost')
  expect(await open(gift)).toEqual({ ok: false, refusal: 'unreachable' })
  const page = await opened(gift)
  expect(page).not.toBe(gift.page)
  expect(await payable(gift)).toEqual([page])
})

test('of a pledge that is changed or cancelled is closed, unless it is of the same sum', async () => {
  const gift = await counter.openPage(campaign.slug)
  await change(gift, { message: 'Ấm áp nhé' })
  await closeOutdatedPages(counter.context, gift.code)
  expect(await payable(gift)).toEqual([gift.page])
  await change(gift, { amountVnd: 285_000n })
  await closeOutdatedPages(counter.context, gift.code)
  expect(await payable(gift)).toEqual([])
  expect(await pagesOf(gift)).toMatchObject([{ state: 'expired' }])
  await opened(gift)
  await change(gift, { amountVnd: 285_000n, method: 'bank_transfer' })
  await closeOutdatedPages(counter.context, gift.code)
  expect(await payable(gift)).toEqual([])

  const other = await counter.openPage(campaign.slug)
  value(await cancelPledge(context, other))
  await closeOutdatedPages(counter.context, other.code)
  expect(await payable(other)).toEqual([])

  // Paid in the moment before: it is still that donor's gift.
  const paid = await counter.openPage(campaign.slug)
  value(await cancelPledge(context, paid))
  counter.fake.pay(paid.page, 'good')
  await closeOutdatedPages(counter.context, paid.code)
  expect(await getGift(context, paid.code, 'vi')).toMatchObject({ state: 'received', gifts: [{ amountVnd: 185_000n }] })
})

test('that comes late, when the pledge is of another sum already, is closed and shown to nobody', async () => {
  const gift = await makePledge(context, campaign.slug, { method: 'card' })
  const finish = await pressSlowly(gift)
  await change(gift, { amountVnd: 500_000n })
  const page = await opened(gift)
  expect(await finish()).toEqual({ ok: false, refusal: 'unreachable' })
  expect(await payable(gift)).toEqual([page])
  expect(await pagesOf(gift)).toMatchObject([{ state: 'expired' }, { state: 'open', stripeId: page }])
})

test('that was paid stays paid, when the answer to a second press comes late', async () => {
  const gift = await makePledge(context, campaign.slug, { method: 'card' })
  const finish = await pressSlowly(gift)
  counter.fake.pay(await opened(gift), 'good')
  await counter.fake.webhooks.deliverDue()
  expect(await finish()).toEqual({ ok: false, refusal: 'not_open' })
  expect(await pagesOf(gift)).toMatchObject([{ attempt: 1, state: 'paid' }])
})

test('opens under another key after Stripe answered with an error, which it would do again for a day', async () => {
  const gift = await makePledge(context, campaign.slug, { method: 'card' })
  counter.fake.trouble('server error')
  expect(await open(gift)).toEqual({ ok: false, refusal: 'unreachable' })
  const page = await opened(gift)
  expect(await payable(gift)).toEqual([page])
})
