import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clientOf, type Counter, gift, openCounter, paid, refusalOf } from '../fakes/stripe/fixture'
import { idOf } from '../fakes/stripe/world'

let counter: Counter

beforeEach(async () => {
  counter = await openCounter()
})
afterEach(() => counter.fake.stop())

const refused = (params: Stripe.Checkout.SessionCreateParams) => refusalOf(counter.stripe.checkout.sessions.create(params))

/** A message that reads so; a bare pattern would match anything. */
const says = (pattern: RegExp): unknown => expect.stringMatching(pattern)

/** Asks with parameters that the client's types would not let through. */
const raw = (form: string, path = '/v1/checkout/sessions') =>
  refusalOf(counter.stripe.rawRequest('POST', path, Object.fromEntries(new URLSearchParams(form))))

describe('a key', () => {
  test('that is wrong is refused, and not repeated in full', async () => {
    const refusal = await refusalOf(clientOf(counter.fake, 'sk_test_somebodyElse5678').balance.retrieve())
    expect(refusal).toMatchObject({ type: 'StripeAuthenticationError', rawType: 'invalid_request_error', statusCode: 401 })
    expect(refusal.message).toBe('Invalid API Key provided: sk_test_************5678')
    expect(refusal.requestId).toMatch(/^req_\w{14}$/)
  })

  test('that is missing is asked for', async () => {
    const answer = await fetch(`${counter.fake.url}/v1/balance`)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({
      error: { type: 'invalid_request_error', message: says(/^You did not provide an API key/) },
    })
  })
})

describe('parameters', () => {
  test('that Stripe does not know, by their whole path', async () => {
    const form = 'mode=payment&success_url=https://x.vn/&line_items[0][quantity]=1&line_items[0][price_data][currency]=vnd'
    const line = `${form}&line_items[0][price_data][unit_amount]=20000&line_items[0][price_data][product_data][name]=x`
    expect(await raw(`${line}&colour=red`)).toMatchObject({
      type: 'StripeInvalidRequestError',
      rawType: 'invalid_request_error',
      statusCode: 400,
      code: 'parameter_unknown',
      param: 'colour',
      message: 'Received unknown parameter: colour',
    })
    expect(await raw(`${line}&line_items[0][price_data][colour]=red`)).toMatchObject({
      code: 'parameter_unknown',
      param: 'line_items[0][price_data][colour]',
    })
    // Gone from the API since the client's version 23: methods are chosen by the account, or allowed one by one.
    expect(await raw(`${line}&payment_method_types[0]=card`)).toMatchObject({ code: 'parameter_unknown', param: 'payment_method_types' })
    expect(await refusalOf(counter.stripe.rawRequest('GET', '/v1/charges?colour=red'))).toMatchObject({ code: 'parameter_unknown' })
  })

  test('that are missing', async () => {
    expect(await raw('')).toMatchObject({ code: 'parameter_missing', param: 'mode', message: 'Missing required param: mode.' })
    const homeless = gift()
    delete homeless.success_url
    expect(await refused(homeless)).toMatchObject({ code: 'parameter_missing', param: 'success_url' })
    const nameless =
      'mode=payment&line_items[0][quantity]=1&line_items[0][price_data][currency]=vnd&line_items[0][price_data][unit_amount]=1'
    expect(await raw(nameless)).toMatchObject({ code: 'parameter_missing', param: 'line_items[0][price_data][product_data]' })
    expect(await refusalOf(counter.stripe.refunds.create({}))).toMatchObject({ statusCode: 400, message: says(/payment_intent or charge/) })
  })

  test('of the wrong kind', async () => {
    expect(await refused(gift(19_999.5))).toMatchObject({
      code: 'parameter_invalid_integer',
      param: 'line_items[0][price_data][unit_amount]',
      message: 'Invalid integer: 19999.5',
    })
    expect(await refused(gift(-1))).toMatchObject({ code: 'parameter_invalid_integer' })
    expect(await refused(gift(200_000, 'xau'))).toMatchObject({ message: says(/^Invalid currency: xau\./) })
    expect(await refused(gift(200_000, 'vnd', { submit_type: 'beg' }))).toMatchObject({
      param: 'submit_type',
      message: 'Invalid submit_type: must be one of auto, book, donate, pay, or subscribe',
    })
    expect(await refused(gift(200_000, 'vnd', { locale: 'vi-VN' }))).toMatchObject({ param: 'locale' })
    expect(await refused(gift(200_000, 'vnd', { success_url: '/theo-doi' }))).toMatchObject({ code: 'url_invalid', param: 'success_url' })
    expect(await refused(gift(200_000, 'vnd', { customer_email: 'nobody' }))).toMatchObject({ code: 'email_invalid' })
    expect(await refused(gift(200_000, 'vnd', { client_reference_id: '' }))).toMatchObject({ code: 'parameter_invalid_empty' })
    const asks = (word: string) =>
      raw(
        `mode=payment&payment_method_options[card][request_three_d_secure]=${word}&success_url=https://x.vn&line_items[0][quantity]=1&line_items[0][price_data][currency]=vnd&line_items[0][price_data][unit_amount]=200000&line_items[0][price_data][product_data][name]=x`,
      )
    expect(await asks('always')).toMatchObject({
      param: 'payment_method_options[card][request_three_d_secure]',
      message: 'Invalid payment_method_options[card][request_three_d_secure]: must be one of any, automatic, or challenge',
    })
    expect(await raw('mode=payment&line_items=1')).toMatchObject({ param: 'line_items', message: 'Invalid array' })
    expect(await raw('mode=payment&line_items[0]=1')).toMatchObject({ param: 'line_items[0]', message: 'Invalid object' })
  })

  test('too long or too many', async () => {
    expect(await refused(gift(200_000, 'vnd', { metadata: { note: 'x'.repeat(501) } }))).toMatchObject({
      message: says(/up to 500 characters/),
    })
    expect(await refused(gift(200_000, 'vnd', { metadata: { ['k'.repeat(41)]: 'x' } }))).toMatchObject({
      message: says(/up to 40 characters/),
    })
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'x']))
    expect(await refused(gift(200_000, 'vnd', { metadata: many }))).toMatchObject({ message: says(/up to 50 metadata keys/) })
    expect(await refused(gift(200_000, 'vnd', { client_reference_id: 'x'.repeat(201) }))).toMatchObject({ param: 'client_reference_id' })
    expect(await refusalOf(counter.stripe.charges.list({ limit: 101 }))).toMatchObject({
      code: 'parameter_invalid_integer',
      param: 'limit',
    })
  })

  test('that only the fake cannot play are not blamed on Stripe', async () => {
    expect(await refused({ mode: 'subscription' })).toMatchObject({ statusCode: 501, message: says(/^The fake Stripe does not play/) })
    expect(await raw('', '/v1/payouts')).toMatchObject({ statusCode: 501, message: 'The fake Stripe does not play POST /v1/payouts.' })
    expect(await raw('', '/v1/nonsense')).toMatchObject({
      statusCode: 404,
      message: says(/^Unrecognized request URL \(POST: \/v1\/nonsense\)/),
    })
  })
})

describe('an amount', () => {
  test.each([
    [99_999_999, 'vnd', null],
    [100_000_000, 'vnd', 'amount_too_large'],
    [13_000, 'vnd', null],
    [12_999, 'vnd', 'amount_too_small'],
    [0, 'vnd', 'amount_too_small'],
    [50, 'usd', null],
    [49, 'usd', 'amount_too_small'],
    [49, 'eur', 'amount_too_small'],
    [100_000_000, 'eur', 'amount_too_large'],
  ])('of %i %s', async (amount, currency, code) => {
    const asked = counter.stripe.checkout.sessions.create(gift(amount, currency))
    if (code === null) expect((await asked).amount_total).toBe(amount)
    else expect(await refusalOf(asked)).toMatchObject({ statusCode: 400, code })
  })

  test('too small says what it comes to', async () => {
    expect((await refused(gift(10_000))).message).toBe(
      "The Checkout Session's total amount must convert to at least 50 cents. ₫10,000 converts to approximately $0.38.",
    )
  })
})

describe('what is there', () => {
  test('no more, or never was', async () => {
    const { stripe } = counter
    expect(await refusalOf(stripe.checkout.sessions.retrieve('cs_test_none'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'session',
      message: "No such checkout.session: 'cs_test_none'",
    })
    expect(await refusalOf(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({ code: 'resource_missing', param: 'intent' })
    expect(await refusalOf(stripe.refunds.create({ charge: 'ch_none' }))).toMatchObject({ code: 'resource_missing', statusCode: 404 })
    expect(await refusalOf(stripe.events.list({ starting_after: 'evt_none' }))).toMatchObject({ param: 'starting_after' })
  })

  test('and cannot be expanded', async () => {
    const charge = await paid(counter)
    expect(await refusalOf(counter.stripe.charges.retrieve(charge.id, { expand: ['colour'] }))).toMatchObject({
      message: 'This property cannot be expanded (colour).',
    })
  })

  test('ended is not ended twice', async () => {
    const { stripe, fake, now } = counter
    const { id } = await stripe.checkout.sessions.create(gift())
    await stripe.checkout.sessions.expire(id)
    expect(await refusalOf(stripe.checkout.sessions.expire(id))).toMatchObject({
      statusCode: 400,
      message: 'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `expired`.',
    })
    expect(() => fake.pay(id, 'good')).toThrow('is expired')
    const early = now().getTime() / 1000 + 1799
    expect(await refused(gift(200_000, 'vnd', { expires_at: early }))).toMatchObject({ param: 'expires_at' })
    expect(await refused(gift(200_000, 'vnd', { expires_at: early + 86_400 }))).toMatchObject({ param: 'expires_at' })
  })

  test('refunded, disputed or unpaid is not refunded beyond what is left', async () => {
    const { stripe, fake } = counter
    const charge = await paid(counter)
    expect(await refusalOf(stripe.refunds.create({ charge: charge.id, amount: 0 }))).toMatchObject({ code: 'parameter_invalid_integer' })
    await stripe.refunds.create({ charge: charge.id, amount: 150_000 })
    expect(await refusalOf(stripe.refunds.create({ charge: charge.id, amount: 60_000 }))).toMatchObject({
      param: 'amount',
      message: 'Refund amount (₫60,000) is greater than unrefunded amount on charge (₫50,000)',
    })
    await stripe.refunds.create({ charge: charge.id })
    expect(await refusalOf(stripe.refunds.create({ charge: charge.id }))).toMatchObject({ code: 'charge_already_refunded' })

    const disputed = await paid(counter)
    const { id } = fake.openDispute(disputed.id)
    expect(await refusalOf(stripe.refunds.create({ charge: disputed.id }))).toMatchObject({ code: 'charge_disputed' })
    fake.closeDispute(id, 'won')
    expect(await stripe.refunds.create({ charge: disputed.id })).toMatchObject({ amount: 200_000 })
    expect(await refusalOf(stripe.disputes.close(id))).toMatchObject({ message: 'This dispute is already closed' })

    const session = await stripe.checkout.sessions.create(gift())
    fake.pay(session.id, 'declined')
    const intent = idOf((await stripe.checkout.sessions.retrieve(session.id)).payment_intent)
    expect(await refusalOf(stripe.refunds.create({ payment_intent: intent }))).toMatchObject({
      message: says(/does not have a successful charge/),
    })
  })
})
