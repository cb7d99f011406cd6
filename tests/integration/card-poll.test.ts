import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cardMovements, cardPayments, cardPayouts, cardSessions } from '../../db/schema'
import { pollMovements, syncUnsettled } from '../../lib/cards/poll'
import { syncPayout } from '../../lib/cards/sync'
import { getGift } from '../../lib/pledges/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { cardWork } from '../../lib/site/cards'
import { getHealth } from '../../lib/site/health'
import { createMetrics } from '../../lib/site/metrics'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let database: TestDatabase
let context: TestContext
let counter: CardCounter
let campaign: MadeCampaign

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { goalVnd: 10n ** 10n, neededBy: '2099-12-31' })
  counter = await openCardCounter(context, database)
})
afterAll(async () => {
  await counter.close()
  await database.close()
})

const loseWebhooks = () => {
  counter.fake.tick()
  for (const { event } of counter.fake.webhooks.waiting()) counter.fake.webhooks.drop(event.id)
}
/** A gift that was paid, and of which no webhook told. */
const paidUnheard = async () => {
  const { code, page } = await counter.openPage(campaign.slug)
  counter.fake.pay(page, 'good')
  context.advance(3_000)
  loseWebhooks()
  return code
}
const stateOf = async (code: string) => (await getGift(context, code, 'vi'))?.state
const kindOf = async (movement: string) =>
  (await context.db.select({ kind: cardMovements.kind }).from(cardMovements).where(eq(cardMovements.stripeId, movement)))[0]?.kind

test('who begins to ask after weeks begins where the books end', async () => {
  await paidUnheard()
  await pollMovements(counter.context, counter.account, null)
  context.advance(DAY_MS)
  const code = await paidUnheard()
  context.advance(30 * DAY_MS)
  await pollMovements(counter.context, counter.account, null)
  expect(await stateOf(code)).toBe('received')
})

test('what a charge does not tell of yet is given a day, and kept for a person then', async () => {
  const { page } = await counter.openPage(campaign.slug)
  counter.fake.pay(page, 'good')
  const [charge] = (await counter.stripe.charges.list({ limit: 1 })).data
  const early = counter.fake.moveBalance({ amount: 185_000, type: 'charge', source: charge?.id ?? '' })
  const { next } = await pollMovements(counter.context, counter.account, null)
  expect(await kindOf(early)).toBeUndefined()
  context.advance(DAY_MS + HOUR_MS)
  await pollMovements(counter.context, counter.account, next)
  expect(await kindOf(early)).toBe('not_understood')
  await sequencePending(context.db, context.now())
  // The site is well; somebody has to look.
  const health = await getHealth(counter.context)
  expect(health).toMatchObject({ status: 'ok', cards: { movements: 1, refundsAsked: 0, refundsUnsent: 0, warnings: 0 } })
  expect(health.problems).toEqual(['1 changes of the balance at Stripe were not understood and wait for a person'])
  expect(await createMetrics(counter.context).text()).toContain('tung_dong_cards_waiting{what="movement_not_understood"} 1')
})

test('a page about which Stripe does not answer keeps no other from being asked about', async () => {
  context.advance(2 * HOUR_MS)
  await syncUnsettled(counter.context, counter.account)
  const pages = [await counter.openPage(campaign.slug), await counter.openPage(campaign.slug)]
  context.advance(2 * HOUR_MS)
  loseWebhooks()
  counter.fake.trouble('server error', 'server error', 'server error')
  await syncUnsettled(counter.context, counter.account)
  const ids = pages.map(({ page }) => page)
  const rows = await context.db.select().from(cardSessions).where(inArray(cardSessions.stripeId, ids)).orderBy(cardSessions.id)
  expect(rows.map(({ state }) => state)).toEqual(['open', 'expired'])
})

describe('a payout', () => {
  const stateNow = async (id: string) =>
    (await context.db.select({ state: cardPayouts.state }).from(cardPayouts).where(eq(cardPayouts.stripeId, id)))[0]?.state
  const onItsWay = async () => {
    await paidUnheard()
    context.advance(10 * DAY_MS)
    const { id } = counter.fake.payOut()
    loseWebhooks()
    await pollMovements(counter.context, counter.account, null)
    expect(await stateNow(id)).toBe('in_transit')
    return id
  }

  test('stays paid, when what was asked before comes late', async () => {
    const id = await onItsWay()
    let letGo: () => void = () => undefined
    counter.fake.trouble({ answerAfter: new Promise<void>((resolve) => (letGo = resolve)) })
    const asked = counter.fake.requests.length
    const slow = syncPayout(counter.context, counter.account, id)
    for (let tries = 0; tries < 500 && counter.fake.requests.length === asked; tries++)
      await new Promise((resolve) => setTimeout(resolve, 10))
    context.advance(2 * DAY_MS)
    loseWebhooks()
    await syncPayout(counter.context, counter.account, id)
    letGo()
    await slow
    expect(await stateNow(id)).toBe('paid')
    counter.fake.failPayout(id)
    await syncPayout(counter.context, counter.account, id)
    expect(await stateNow(id)).toBe('failed')
  })

  test('is asked about until it arrived', async () => {
    const id = await onItsWay()
    context.advance(2 * DAY_MS)
    loseWebhooks()
    await syncUnsettled(counter.context, counter.account)
    expect(await stateNow(id)).toBe('paid')
  })
})

test('work that is told to stop does so before it has done all', async () => {
  const codes: string[] = []
  for (let index = 0; index < 8; index++) codes.push(await paidUnheard())
  let letGo: () => void = () => undefined
  counter.fake.trouble({ answerAfter: new Promise<void>((resolve) => (letGo = resolve)) })
  const work = cardWork(counter.context)
  const polling = work.poll()
  const stopped = work.stop()
  letGo()
  await Promise.all([polling, stopped])
  expect(await Promise.all(codes.map(stateOf))).toEqual(codes.map(() => 'open'))
  await cardWork(counter.context).poll()
  expect(await Promise.all(codes.map(stateOf))).toEqual(codes.map(() => 'received'))
})

test('what somebody else set aside on a card is no gift before it is taken', async () => {
  const charge = counter.fake.setAside(400_000)
  await counter.fake.webhooks.deliverDue()
  const booked = () => context.db.$count(cardPayments, eq(cardPayments.chargeId, charge.id))
  expect(await booked()).toBe(0)
  counter.fake.capture(charge.id)
  await counter.fake.webhooks.deliverDue()
  expect(await booked()).toBe(1)
})

test('what can’t be booked holds up nothing that came after it, and is tried again', async () => {
  const strange = counter.fake.moveBalance({ amount: 50_000, type: 'charge', source: 'ch_ofNobody' })
  const code = await paidUnheard()
  const { next } = await pollMovements(counter.context, counter.account, null)
  expect(await stateOf(code)).toBe('received')
  expect(next.left.map(({ stripeId }) => stripeId)).toEqual([strange])
  context.advance(2 * HOUR_MS)
  const again = await pollMovements(counter.context, counter.account, next)
  expect(again.next.left.map(({ stripeId }) => stripeId)).toEqual([strange])
})

test('what is not in đồng holds up nothing either', async () => {
  counter.fake.moveBalance({ amount: 700, type: 'adjustment', source: 'adj_1', currency: 'usd' })
  const code = await paidUnheard()
  await pollMovements(counter.context, counter.account, null)
  expect(await stateOf(code)).toBe('received')
})
