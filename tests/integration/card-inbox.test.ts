import { eq, like } from 'drizzle-orm'
import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST } from '../../app/api/webhooks/stripe/route'
import { funds, stripeEvents } from '../../db/schema'
import { pruneStripeEvents } from '../../lib/cards/forget'
import { processDueEvents } from '../../lib/cards/inbox'
import type { ServerContext } from '../../lib/context'
import { getGift } from '../../lib/pledges/queries'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
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
afterAll(async () => {
  await counter.close()
  await database.close()
})

const stateOf = async (code: string) => (await getGift(context, code, 'vi'))?.state

/** Tells the route of an event, signed as Stripe does. */
const tell = (id: string, type: string, object: object) => {
  const payload = JSON.stringify({ id, object: 'event', type, data: { object } })
  const timestamp = Math.floor(context.now().getTime() / 1000)
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: counter.account.webhookSecret, timestamp })
  return POST(new Request('http://x/api/webhooks/stripe', { method: 'POST', body: payload, headers: { 'stripe-signature': signature } }))
}

test('what waits for a fund that takes no cards any more, or for one that never was, holds up nobody', async () => {
  const [other] = await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, 'ninh-thuan'))
  const old = new Date(context.now().getTime() - 86_400_000)
  await context.db.insert(stripeEvents).values(
    Array.from({ length: 60 }, (_, index) => ({
      ...{ stripeId: `evt_old_${index}`, fundId: other?.id ?? 0, type: 'charge.updated', objectId: 'ch_1' },
      ...{ state: 'waiting' as const, nextAttemptAt: old, receivedAt: old },
    })),
  )
  const { code, page } = await counter.openPage(campaign.slug)
  counter.fake.pay(page, 'good')
  counter.fake.trouble(...Array.from({ length: 20 }, () => 'server error' as const))
  await counter.fake.webhooks.deliverDue()
  counter.fake.clearTrouble()
  expect(await stateOf(code)).toBe('open')
  context.advance(60_000)
  const nowhere = { ...counter.account, fundSlug: 'khong-co' }
  const misspelt: ServerContext = {
    ...counter.context,
    cards: { ...counter.context.cards, accounts: new Map([...counter.context.cards.accounts, ['khong-co', nowhere]]) },
  }
  await processDueEvents(misspelt)
  expect(await stateOf(code)).toBe('received')
})

test('news that was dealt with is forgotten after a month, what waits never is', async () => {
  const now = context.now()
  const old = new Date(now.getTime() - 31 * 86_400_000)
  const [fund] = await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, 'ha-noi'))
  await context.db.insert(stripeEvents).values(
    (['done', 'unknown', 'waiting'] as const).flatMap((state) =>
      [0, 1, 2].map((index) => ({
        ...{ stripeId: `evt_past_${state}_${index}`, fundId: fund?.id ?? 0, type: 'charge.updated', objectId: 'ch_1', state },
        ...{ nextAttemptAt: new Date(now.getTime() + 86_400_000), receivedAt: index === 2 ? now : old },
      })),
    ),
  )
  expect(await pruneStripeEvents(context, 3)).toBe(4)
  const left = await context.db
    .select({ id: stripeEvents.stripeId })
    .from(stripeEvents)
    .where(like(stripeEvents.stripeId, 'evt_past_%'))
    .orderBy(stripeEvents.stripeId)
  expect(left.map(({ id }) => id)).toEqual([
    ...['evt_past_done_2', 'evt_past_unknown_2', 'evt_past_waiting_0', 'evt_past_waiting_1', 'evt_past_waiting_2'],
  ])
})

test('an event is answered at once while enough others wait for Stripe', async () => {
  const { code, page } = await counter.openPage(campaign.slug)
  counter.fake.pay(page, 'good')
  for (const { event } of counter.fake.webhooks.waiting()) counter.fake.webhooks.drop(event.id)
  let letGo: () => void = () => undefined
  const answerAfter = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const asked = counter.fake.requests.length
  counter.fake.trouble(...Array.from({ length: 4 }, () => ({ answerAfter })))
  const slow = [1, 2, 3, 4].map((index) => tell(`evt_slow_${index}`, 'checkout.session.completed', { id: page }))
  for (let tries = 0; tries < 500 && counter.fake.requests.length < asked + 4; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  expect((await tell('evt_quick', 'checkout.session.completed', { id: page })).status).toBe(200)
  expect(await stateOf(code)).toBe('open')
  letGo()
  await Promise.all(slow)
  await processDueEvents(counter.context)
  expect(await context.db.$count(stripeEvents, eq(stripeEvents.stripeId, 'evt_quick'))).toBe(1)
  const [quick] = await context.db.select({ state: stripeEvents.state }).from(stripeEvents).where(eq(stripeEvents.stripeId, 'evt_quick'))
  expect(quick).toEqual({ state: 'done' })
  expect(await stateOf(code)).toBe('received')
})
