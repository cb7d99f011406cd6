import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Counter, gift, openCounter, paid } from '../fakes/stripe/fixture'
import { idOf } from '../fakes/stripe/world'

let counter: Counter

beforeEach(async () => {
  counter = await openCounter()
})
afterEach(() => counter.fake.stop())

const types = async () => (await counter.stripe.events.list({ limit: 100 })).data.map((event) => event.type).reverse()

describe('a session', () => {
  test('is opened as asked and says what it is', async () => {
    const { stripe, fake, now } = counter
    const session = await stripe.checkout.sessions.create(
      gift(200_000, 'vnd', { customer_email: 'a@example.com', custom_text: { submit: { message: 'Cảm ơn' } } }),
    )
    expect(session).toMatchObject({
      object: 'checkout.session',
      amount_total: 200_000,
      currency: 'vnd',
      client_reference_id: 'TD2345672',
      metadata: { pledge: 'TD2345672' },
      locale: 'vi',
      submit_type: 'donate',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      livemode: false,
      expires_at: now().getTime() / 1000 + 86_400,
      custom_text: { submit: { message: 'Cảm ơn' } },
      ui_mode: 'hosted_page',
    })
    expect(session.id).toMatch(/^cs_test_[A-Za-z\d]{58}$/)
    expect(session.url).toBe(`${fake.url}/c/pay/${session.id}`)
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ id: session.id, customer_email: 'a@example.com' })
    const lines = await stripe.checkout.sessions.listLineItems(session.id)
    expect(lines.data).toMatchObject([{ amount_total: 200_000, quantity: 1, price: { unit_amount: 200_000 } }])
    const { line_items } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] })
    expect(line_items?.data).toMatchObject([{ description: 'Áo ấm cho trẻ em Ba Vì' }])
  })

  test('that is paid tells so in Stripe’s order; the balance follows later', async () => {
    const { stripe, fake, pass } = counter
    const { id } = await stripe.checkout.sessions.create(gift())
    expect(fake.pay(id, 'good', { email: 'b@example.com' })).toEqual({ outcome: 'paid' })
    const early = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge.balance_transaction'] })
    expect(early).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer_details: { email: 'b@example.com' },
      payment_intent: {
        status: 'succeeded',
        amount_received: 200_000,
        metadata: { pledge: 'TD2345672' },
        latest_charge: { paid: true, description: 'TD2345672', metadata: { pledge: 'TD2345672' }, balance_transaction: null },
      },
    })
    pass(2)
    const later = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge.balance_transaction'] })
    expect(later).toMatchObject({
      payment_intent: {
        latest_charge: {
          balance_transaction: { amount: 200_000, fee: 16_800, net: 183_200, currency: 'vnd', exchange_rate: null, status: 'pending' },
        },
      },
    })
    expect(await types()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
      'charge.updated',
    ])
  })

  test('takes another card after one was declined', async () => {
    const { stripe, fake } = counter
    const { id } = await stripe.checkout.sessions.create(gift())
    expect(fake.pay(id, 'insufficient_funds')).toEqual({ outcome: 'declined', message: 'Your card has insufficient funds.' })
    const declined = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] })
    expect(declined).toMatchObject({
      status: 'open',
      payment_intent: {
        status: 'requires_payment_method',
        last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds' },
        latest_charge: { status: 'failed', paid: false, failure_code: 'card_declined' },
      },
    })
    fake.pay(id, 'good', { fingerprint: 'AnotherCard' })
    const [good, bad] = (await stripe.charges.list()).data
    expect(good).toMatchObject({ status: 'succeeded', payment_method_details: { card: { fingerprint: 'AnotherCard' } } })
    expect(bad?.payment_intent).toBe(good?.payment_intent)
    expect(await types()).toEqual(expect.arrayContaining(['charge.failed', 'payment_intent.payment_failed']))
  })

  test('that completed unpaid is paid, or not, when its bank answers', async () => {
    const { stripe, fake } = counter
    const one = await stripe.checkout.sessions.create(gift())
    const other = await stripe.checkout.sessions.create(gift())
    fake.pay(one.id, 'async')
    fake.pay(other.id, 'async')
    expect(await stripe.checkout.sessions.retrieve(one.id, { expand: ['payment_intent'] })).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing' },
    })
    fake.confirmLater(one.id, 'succeeded')
    fake.confirmLater(other.id, 'failed')
    expect((await stripe.checkout.sessions.retrieve(one.id)).payment_status).toBe('paid')
    expect(await stripe.checkout.sessions.retrieve(other.id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    expect((await types()).filter((type) => type.startsWith('checkout.'))).toEqual([
      'checkout.session.completed',
      'checkout.session.completed',
      'checkout.session.async_payment_succeeded',
      'checkout.session.async_payment_failed',
    ])
  })

  test('expires by the clock or by hand', async () => {
    const { stripe, pass, now } = counter
    const soon = now().getTime() / 1000 + 1800
    const { id } = await stripe.checkout.sessions.create(gift(200_000, 'vnd', { expires_at: soon }))
    const other = await stripe.checkout.sessions.create(gift())
    expect(await stripe.checkout.sessions.expire(other.id)).toMatchObject({ status: 'expired', url: null })
    pass(3600)
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('expired')
    const [event] = (await stripe.events.list({ type: 'checkout.session.expired' })).data
    expect(event).toMatchObject({ created: soon, data: { object: { id } } })
    expect((await stripe.checkout.sessions.list({ status: 'expired' })).data).toHaveLength(2)
  })
})

describe('money', () => {
  test('of another currency is settled in đồng at the day’s rate', async () => {
    const { stripe, fake } = counter
    fake.setRates({ usd: 254.3 })
    const charge = await paid(counter, 2_000, 'usd')
    const { balance_transaction } = await stripe.charges.retrieve(charge.id, { expand: ['balance_transaction'] })
    expect(charge).toMatchObject({ amount: 2_000, currency: 'usd' })
    expect(balance_transaction).toMatchObject({ amount: 508_600, currency: 'vnd', exchange_rate: 254.3 })
    fake.setRates({ usd: 260 })
    const refund = await stripe.refunds.create({ charge: charge.id, amount: 1_000 }, { idempotencyKey: 'half' })
    const back = await stripe.refunds.retrieve(refund.id, { expand: ['balance_transaction'] })
    expect(back).toMatchObject({ amount: 1_000, currency: 'usd', balance_transaction: { net: -260_000, exchange_rate: 260 } })
    const { balance_transactions } = fake.openDispute(charge.id, { amount: 500, reason: 'duplicate' })
    expect(balance_transactions).toMatchObject([{ amount: -130_000, fee: 390_000, net: -520_000, exchange_rate: 260 }])
  })

  test('goes back in parts until nothing is left', async () => {
    const { stripe } = counter
    const charge = await paid(counter)
    const part = await stripe.refunds.create({ charge: charge.id, amount: 50_000, reason: 'requested_by_customer' })
    expect(part).toMatchObject({ status: 'succeeded', amount: 50_000, payment_intent: charge.payment_intent })
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 50_000, refunded: false })
    await stripe.refunds.create({ payment_intent: idOf(charge.payment_intent) })
    const whole = await stripe.charges.retrieve(charge.id, { expand: ['refunds.data.balance_transaction'] })
    expect(whole).toMatchObject({ amount_refunded: 200_000, refunded: true })
    expect(whole.refunds?.data).toMatchObject([{ balance_transaction: { net: -150_000 } }, { balance_transaction: { net: -50_000 } }])
    expect((await types()).slice(-4)).toEqual(['refund.created', 'charge.refunded', 'refund.created', 'charge.refunded'])
  })

  test('of a refund that fails is there again', async () => {
    const { stripe, fake } = counter
    const charge = await paid(counter)
    const { id } = await stripe.refunds.create({ charge: charge.id })
    fake.failRefund(id)
    const failed = await stripe.refunds.retrieve(id, { expand: ['failure_balance_transaction'] })
    expect(failed).toMatchObject({ status: 'failed', failure_balance_transaction: { type: 'refund_failure', net: 200_000 } })
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 0, refunded: false })
  })

  test.each(['won', 'lost'] as const)('of a dispute that is %s', async (outcome) => {
    const { stripe, fake } = counter
    const charge = await paid(counter)
    const opened = fake.openDispute(charge.id)
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ disputed: true })
    if (outcome === 'won') fake.closeDispute(opened.id, 'won')
    else await stripe.disputes.close(opened.id)
    const dispute = await stripe.disputes.retrieve(opened.id)
    expect(dispute.status).toBe(outcome)
    const nets = dispute.balance_transactions.map(({ net }) => net)
    expect(nets).toEqual(outcome === 'won' ? [-590_000, 590_000] : [-590_000])
    const told = ['charge.dispute.created', 'charge.dispute.funds_withdrawn']
    expect((await types()).filter((type) => type.startsWith('charge.dispute'))).toEqual([
      ...told,
      ...(outcome === 'won' ? ['charge.dispute.funds_reinstated'] : []),
      'charge.dispute.closed',
    ])
  })

  test('that is available goes to the bank with a list of what it is made of', async () => {
    const { stripe, fake, pass } = counter
    const charge = await paid(counter)
    expect(await stripe.balance.retrieve()).toMatchObject({ available: [{ amount: 0 }], pending: [{ amount: 183_200, currency: 'vnd' }] })
    expect(() => fake.payOut()).toThrow('nothing to pay out')
    pass(7 * 86_400)
    const payout = fake.payOut()
    expect(payout).toMatchObject({ amount: 183_200, currency: 'vnd', status: 'in_transit' })
    const parts = await stripe.balanceTransactions.list({ payout: payout.id, expand: ['data.source'] })
    expect(parts.data).toMatchObject([
      { type: 'payout', net: -183_200 },
      { type: 'charge', net: 183_200, status: 'available', source: { id: charge.id } },
    ])
    pass(86_400)
    expect(await stripe.payouts.retrieve(payout.id)).toMatchObject({ status: 'paid', reconciliation_status: 'completed' })
    fake.failPayout(payout.id)
    expect(fake.payOut()).toMatchObject({ amount: 183_200 })
  })
})

test('lists come in pages, newest first, and the client walks them', async () => {
  const { stripe } = counter
  const made: string[] = []
  for (let n = 0; n < 5; n++) made.unshift((await stripe.checkout.sessions.create(gift())).id)
  const first = await stripe.checkout.sessions.list({ limit: 2 })
  expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/checkout/sessions', data: [{ id: made[0] }, { id: made[1] }] })
  const walked = await stripe.checkout.sessions.list({ limit: 2 }).autoPagingToArray({ limit: 100 })
  expect(walked.map(({ id }) => id)).toEqual(made)
  const newer = await stripe.checkout.sessions.list({ limit: 2, ending_before: made[3] ?? '' })
  expect(newer.data.map(({ id }) => id)).toEqual(made.slice(1, 3))
})

test('events are pictures of their moment, and forgotten after thirty days', async () => {
  const { stripe, fake, pass } = counter
  const { id } = await stripe.checkout.sessions.create(gift())
  const { lastResponse } = await stripe.checkout.sessions.expire(id, {}, { idempotencyKey: 'end' })
  const [event] = (await stripe.events.list({ types: ['checkout.session.expired'] })).data
  expect(event).toMatchObject({ api_version: lastResponse.apiVersion, livemode: false, request: { idempotency_key: 'end' } })
  expect(event?.request?.id).toBe(lastResponse.requestId)
  const other = await stripe.checkout.sessions.create(gift())
  fake.pay(other.id, 'good')
  const early = (await stripe.events.list({ type: 'charge.succeeded' })).data[0]
  pass(2)
  expect(await stripe.events.retrieve(early?.id ?? '')).toMatchObject({ data: { object: { balance_transaction: null } } })
  pass(31 * 86_400)
  await expect(stripe.events.retrieve(early?.id ?? '')).rejects.toMatchObject({ code: 'resource_missing' })
})
