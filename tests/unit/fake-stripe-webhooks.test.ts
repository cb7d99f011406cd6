import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Counter, gift, openCounter, openSite, WEBHOOK_SECRET } from '../fakes/stripe/fixture'

let counter: Counter
let site: Awaited<ReturnType<typeof openSite>>

beforeEach(async () => {
  site = await openSite()
  counter = await openCounter({ webhookUrl: site.url })
})
afterEach(async () => {
  await counter.fake.stop()
  await site.close()
})

/** Verifies as the site will, on the fake's clock: the library takes milliseconds there. */
const verified = ({ body, signature }: { body: string; signature: string }, secret = WEBHOOK_SECRET) =>
  Stripe.webhooks.constructEvent(body, signature, secret, undefined, undefined, counter.now().getTime())

/** Pays a gift: four events wait. */
async function give(): Promise<string[]> {
  const { id } = await counter.stripe.checkout.sessions.create(gift())
  counter.fake.pay(id, 'good')
  return counter.fake.webhooks.waiting().map(({ event }) => event.id)
}

const heardIds = () => site.heard.map((one) => verified(one).id)

describe('a signature', () => {
  test('is what the real library verifies', async () => {
    const ids = await give()
    const attempted = await counter.fake.webhooks.deliverDue()
    expect(attempted.map(({ type, status }) => [type, status])).toEqual([
      ['payment_intent.created', 200],
      ['charge.succeeded', 200],
      ['payment_intent.succeeded', 200],
      ['checkout.session.completed', 200],
    ])
    expect(heardIds()).toEqual(ids)
    const completed = site.heard[3]
    if (!completed) throw new Error('nothing was heard')
    const event = verified(completed)
    expect(event).toMatchObject({
      type: 'checkout.session.completed',
      api_version: Stripe.API_VERSION,
      livemode: false,
      pending_webhooks: 1,
    })
    expect((await counter.stripe.events.retrieve(event.id)).pending_webhooks).toBe(0)
  })

  test('of another secret, another body or another hour is not', async () => {
    await give()
    await counter.fake.webhooks.deliverDue()
    const [first] = site.heard
    if (!first) throw new Error('nothing was heard')
    const { StripeSignatureVerificationError } = Stripe.errors
    expect(() => verified(first, 'whsec_another')).toThrow(StripeSignatureVerificationError)
    expect(() => verified({ ...first, body: first.body.replace('200000', '900000') })).toThrow(StripeSignatureVerificationError)
    counter.pass(301)
    expect(() => verified(first)).toThrow(StripeSignatureVerificationError)
  })
})

describe('a delivery', () => {
  test('is tried again, later and later, with a new signature, until the site takes it', async () => {
    const { fake, pass } = counter
    const [id = ''] = await give()
    for (const other of fake.webhooks.waiting().slice(1)) fake.webhooks.drop(other.event.id)
    site.answers.push(500, 302)
    expect(await fake.webhooks.deliverDue()).toEqual([{ event: id, type: 'payment_intent.created', status: 500 }])
    expect(await fake.webhooks.deliverDue()).toEqual([])
    pass(300)
    // Settled meanwhile: one event more.
    expect((await fake.webhooks.deliverDue()).map(({ status }) => status)).toEqual([302, 200])
    pass(1199)
    expect(await fake.webhooks.deliverDue()).toEqual([])
    pass(1)
    expect(await fake.webhooks.deliverDue()).toEqual([{ event: id, type: 'payment_intent.created', status: 200 }])
    expect(fake.webhooks.waiting()).toEqual([])
    const last = site.heard.at(-1)
    expect(last && verified(last).id).toBe(id)
  })

  test('is given up after three days, and is still among the events', async () => {
    const { fake, stripe, pass } = counter
    const ids = await give()
    await site.close()
    for (let hour = 0; hour < 80; hour++) {
      await fake.webhooks.deliverDue()
      pass(3600)
    }
    expect(fake.webhooks.deliveries.every(({ state }) => state === 'given up')).toBe(true)
    const missed = await stripe.events.list({ delivery_success: false, limit: 100 })
    expect(missed.data.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  })

  test('can be dropped, doubled, delayed, reordered and replayed', async () => {
    const { fake, pass } = counter
    const [created = '', charged = '', succeeded = '', completed = ''] = await give()
    fake.webhooks.drop(created)
    fake.webhooks.duplicate(charged, 2)
    fake.webhooks.delay(succeeded, 600)
    fake.webhooks.reorder((waiting) => waiting.reverse())
    await fake.webhooks.deliverDue()
    expect(heardIds()).toEqual([completed, charged, charged, charged])
    pass(600)
    await fake.webhooks.deliverDue()
    expect(site.heard.slice(4).map(({ body }) => Stripe.webhooks.constructEventWithoutVerification(body).type)).toEqual([
      'payment_intent.succeeded',
      'charge.updated',
    ])
    pass(5 * 86_400)
    fake.webhooks.replay(created)
    await fake.webhooks.deliverDue()
    const last = site.heard.at(-1)
    expect(last && verified(last).id).toBe(created)
    expect(() => {
      fake.webhooks.reorder(() => fake.webhooks.deliveries)
    }).toThrow('the same deliveries')
  })

  test('carries only what was asked for, to whoever listens', async () => {
    const quiet = await openCounter({ webhookTypes: ['checkout.session.completed'] })
    const open = async () => {
      const { id } = await quiet.stripe.checkout.sessions.create(gift())
      quiet.fake.pay(id, 'good')
    }
    await open()
    expect(quiet.fake.webhooks.deliveries).toEqual([])
    quiet.fake.webhooks.url = site.url
    await open()
    expect((await quiet.fake.webhooks.deliverDue()).map(({ type }) => type)).toEqual(['checkout.session.completed'])
    await quiet.fake.stop()
  })

  test('goes out by itself where nobody has to tell', async () => {
    const eager = await openCounter({ webhookUrl: site.url, deliver: 'at once' })
    const { id } = await eager.stripe.checkout.sessions.create(gift())
    eager.fake.pay(id, 'good')
    await expect.poll(() => site.heard.length).toBe(4)
    await eager.fake.stop()
  })
})
