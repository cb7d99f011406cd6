import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clientOf, type Counter, gift, openCounter, paid, refusalOf } from '../fakes/stripe/fixture'

let counter: Counter

beforeEach(async () => {
  counter = await openCounter()
})
afterEach(() => counter.fake.stop())

describe('an idempotency key', () => {
  const under = (idempotencyKey: string, amount = 200_000) => counter.stripe.checkout.sessions.create(gift(amount), { idempotencyKey })

  test('gives the same answer again', async () => {
    const first = await under('TD2345672/1')
    const again = await under('TD2345672/1')
    expect(again.id).toBe(first.id)
    expect(again.lastResponse.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'idempotency-key': 'TD2345672/1',
      'original-request': first.lastResponse.requestId,
    })
    expect(again.lastResponse.requestId).not.toBe(first.lastResponse.requestId)
    expect(first.lastResponse.headers).not.toHaveProperty('idempotent-replayed')
    expect((await counter.stripe.checkout.sessions.list()).data).toHaveLength(1)
  })

  test('with another body, or elsewhere, is refused', async () => {
    const { id } = await under('k')
    expect(await refusalOf(under('k', 300_000))).toMatchObject({
      type: 'StripeIdempotencyError',
      rawType: 'idempotency_error',
      statusCode: 400,
    })
    const elsewhere = counter.stripe.checkout.sessions.expire(id, {}, { idempotencyKey: 'k' })
    expect((await refusalOf(elsewhere)).message).toContain("for the same endpoint they were first used for ('/v1/checkout/sessions')")
  })

  test('keeps what the work refused, but not what was refused before it', async () => {
    const charge = await paid(counter)
    const back = (amount: number) => counter.stripe.refunds.create({ charge: charge.id, amount }, { idempotencyKey: 'r' })
    expect((await refusalOf(back(0))).code).toBe('parameter_invalid_integer')
    expect((await refusalOf(back(200_001))).param).toBe('amount')
    expect((await refusalOf(back(200_000))).rawType).toBe('idempotency_error')
    await refusalOf(back(200_001))
    expect(counter.fake.requests.at(-1)).toMatchObject({ path: '/v1/refunds', status: 400, replayed: true, idempotencyKey: 'r' })
  })

  test('is forgotten after a day', async () => {
    const first = await under('k')
    counter.pass(86_401)
    expect((await under('k', 300_000)).id).not.toBe(first.id)
  })
})

describe('trouble', () => {
  test('with the answer lost, the client asks again and gets one session', async () => {
    const patient = clientOf(counter.fake, undefined, 1)
    counter.fake.trouble('answer lost')
    const session = await patient.checkout.sessions.create(gift())
    expect((await counter.stripe.checkout.sessions.list()).data.map(({ id }) => id)).toEqual([session.id])
    expect(counter.fake.requests.slice(0, 2)).toMatchObject([{ replayed: false }, { replayed: true }])
  })

  test('of each kind is what the client takes it for', async () => {
    const { fake, stripe } = counter
    // The client always asks once more where a connection broke.
    fake.trouble('request lost', 'request lost')
    expect((await refusalOf(stripe.balance.retrieve())).type).toBe('StripeConnectionError')
    fake.trouble('too many requests', 'server error')
    expect(await refusalOf(stripe.balance.retrieve())).toMatchObject({ type: 'StripeRateLimitError', statusCode: 429 })
    expect(await refusalOf(stripe.balance.retrieve())).toMatchObject({ type: 'StripeAPIError', statusCode: 500 })
    expect((await stripe.balance.retrieve()).object).toBe('balance')
  })
})

describe('the hosted page', () => {
  const open = async (locale = 'vi', name = 'Áo <ấm>') => {
    const session = await counter.stripe.checkout.sessions.create({
      ...gift(),
      locale,
      line_items: [{ quantity: 2, price_data: { currency: 'vnd', unit_amount: 120_000, product_data: { name } } }],
    })
    return { id: session.id, url: session.url ?? '' }
  }
  const press = (url: string, card: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ card, email: 'c@example.com', name: 'TRAN THI B' }), redirect: 'manual' })

  test('shows what is given for, in the donor’s language, with plain buttons', async () => {
    const html = await (await fetch((await open()).url)).text()
    expect(html).toContain('<html lang="vi">')
    expect(html).toContain('Áo &lt;ấm&gt; <b>240.000\u00a0₫</b>')
    for (const card of ['good', 'declined', 'insufficient_funds', 'async']) expect(html).toContain(`<button name="card" value="${card}">`)
    expect(html).toContain('<a href="http://127.0.0.1:1/ung-ho/ba-vi">')
    expect(await (await fetch((await open('en')).url)).text()).toContain('<html lang="en">')
  })

  test.each(['good', 'async'])('leads back to the site after %s', async (card) => {
    const { id, url } = await open()
    const answer = await press(url, card)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`http://127.0.0.1:1/theo-doi/TD2345672?phien=${id}`)
    const session = await counter.stripe.checkout.sessions.retrieve(id)
    expect(session).toMatchObject({ status: 'complete', customer_details: { email: 'c@example.com', name: 'TRAN THI B' } })
    expect((await fetch(url)).status).toBe(410)
    expect((await press(url, card)).status).toBe(410)
  })

  test('stays open and says why a card was declined', async () => {
    const { id, url } = await open()
    const answer = await press(url, 'declined')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('role="alert">Thẻ của bạn bị từ chối.')
    expect((await counter.stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    expect((await press(url, 'nonsense')).status).toBe(400)
    expect((await fetch(`${counter.fake.url}/c/pay/cs_test_none`)).status).toBe(404)
  })
})

test('a session leads to where browsers reach its page', async () => {
  const { fake, stripe } = await openCounter({ publicUrl: 'https://the.example' })
  expect((await stripe.checkout.sessions.create(gift())).url).toMatch(/^https:\/\/the\.example\/c\/pay\/cs_test_/)
  await fake.stop()
})

test('a seed gives the same ids again; without one they are new', async () => {
  const idOfFirst = async (seed?: string) => {
    const { fake, stripe } = await openCounter(seed === undefined ? {} : { seed })
    const { id } = await stripe.checkout.sessions.create(gift())
    await fake.stop()
    return id
  }
  expect(await idOfFirst('one')).toBe(await idOfFirst('one'))
  expect(await idOfFirst()).not.toBe(await idOfFirst())
})
