import { createServer } from 'node:http'
import Stripe from 'stripe'
import { type FakeStripe, type FakeStripeOptions, startFakeStripe } from './fake-stripe'

const SECRET_KEY = 'sk_test_aFakeKeyOfNobody1234'
export const WEBHOOK_SECRET = 'whsec_aFakeSecretOfNobody'

/** A fake with a clock that moves only by hand, and the real client at its door. */
export interface Counter {
  fake: FakeStripe
  stripe: Stripe
  /** Moves the clock and lets come what is due. */
  pass: (seconds: number) => void
  now: () => Date
}

/** The real client, pointed at a fake, without retries unless asked for. */
export const clientOf = (fake: FakeStripe, key = SECRET_KEY, maxNetworkRetries = 0): Stripe =>
  new Stripe(key, { host: fake.host, port: fake.port, protocol: 'http', maxNetworkRetries, telemetry: false })

/** Opens a fake account at 10:00 of 23 November 2026 in Hà Nội. */
export async function openCounter(options: Partial<FakeStripeOptions> = {}): Promise<Counter> {
  let now = new Date('2026-11-23T03:00:00Z')
  const fake = await startFakeStripe({ now: () => now, secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET, ...options })
  return {
    fake,
    stripe: clientOf(fake),
    now: () => now,
    pass(seconds) {
      now = new Date(now.getTime() + seconds * 1000)
      fake.tick()
    },
  }
}

/** A gift as the site asks for it. */
export const gift = (
  amount = 200_000,
  currency = 'vnd',
  more: Stripe.Checkout.SessionCreateParams = {},
): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  submit_type: 'donate',
  locale: 'vi',
  line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: 'Áo ấm cho trẻ em Ba Vì' } } }],
  client_reference_id: 'TD2345672',
  metadata: { pledge: 'TD2345672' },
  payment_intent_data: { description: 'TD2345672', metadata: { pledge: 'TD2345672' } },
  success_url: 'http://127.0.0.1:1/theo-doi/TD2345672?phien={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://127.0.0.1:1/ung-ho/ba-vi',
  ...more,
})

/** Opens a session and pays it with a good card; the charge is settled. */
export async function paid({ fake, stripe, pass }: Counter, ...asked: Parameters<typeof gift>): Promise<Stripe.Charge> {
  const session = await stripe.checkout.sessions.create(gift(...asked))
  fake.pay(session.id, 'good')
  pass(2)
  const [charge] = (await stripe.charges.list({ limit: 1 })).data
  if (!charge) throw new Error('no charge was made')
  return charge
}

/** What a refusal of the real client says, in the fields that code may look at. */
export async function refusalOf(asking: Promise<unknown>) {
  try {
    await asking
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const { type, rawType, code, param, statusCode, message, requestId } = error
    return { type, rawType, code, param, statusCode, message, requestId }
  }
  throw new Error('it was not refused')
}

/** A site that keeps what it is sent and answers as it is told; 200 when nothing is said. */
export async function openSite(): Promise<{
  url: string
  heard: { body: string; signature: string }[]
  answers: number[]
  close: () => Promise<void>
}> {
  const heard: { body: string; signature: string }[] = []
  const answers: number[] = []
  const server = createServer((request, response) => {
    const parts: string[] = []
    request.setEncoding('utf8').on('data', (part: string) => parts.push(part))
    request.on('end', () => {
      heard.push({ body: parts.join(''), signature: String(request.headers['stripe-signature']) })
      response.writeHead(answers.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the site has no port')
  return {
    url: `http://127.0.0.1:${bound.port}/api/webhooks/stripe`,
    heard,
    answers,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
