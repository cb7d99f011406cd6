import { createServer } from 'node:http'
import Stripe from 'stripe'
import { POST } from '../../app/api/webhooks/stripe/route'
import { openCardPage } from '../../lib/cards/commands'
import { processDueEvents } from '../../lib/cards/inbox'
import type { CardAccount, ServerContext } from '../../lib/context'
import { sequencePending } from '../../lib/sequencer/sequence'
import { startFakeStripe, type FakeStripe } from '../fakes/stripe/fake-stripe'
import type { TestContext } from '../setup/context'
import type { TestDatabase } from '../setup/database'
import { serve, serverContextOf } from '../setup/server'
import { makePledge, type GiftWish } from './giving'
import { value } from './site'

/** The fund of Hà Nội takes cards: a fake account at Stripe whose webhooks reach the route, on the test's clock. */
export interface CardCounter {
  context: ServerContext
  account: CardAccount
  fake: FakeStripe
  stripe: Stripe
  /** Pledges a gift by card and opens its page. @returns the code and Stripe's id of the page */
  openPage: (campaignSlug: string, wish?: GiftWish) => Promise<{ code: string; secret: string; page: string }>
  /** Lets webhooks come and all that follows from them be booked and laid; the clock goes on by seconds. */
  settle: () => Promise<void>
  /** Gives by a good card, until it is booked. @returns the code and Stripe's id of the charge */
  pay: (campaignSlug: string, wish?: GiftWish) => Promise<{ code: string; secret: string; charge: string }>
  close: () => Promise<void>
}

export async function openCardCounter(context: TestContext, database: TestDatabase): Promise<CardCounter> {
  const fake = await startFakeStripe({
    ...{ now: context.now, secretKey: 'sk_test_aKeyOfThisTest', webhookSecret: 'whsec_aSecretOfThisTest', seed: 'cards' },
    deliver: 'when told',
  })
  const account: CardAccount = {
    ...{ fundSlug: 'ha-noi', secretKey: 'sk_test_aKeyOfThisTest', webhookSecret: 'whsec_aSecretOfThisTest', apiUrl: fake.url },
  }
  const given = { cards: { accounts: new Map([[account.fundSlug, account]]) } }
  serve(context, database, given)
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const headers = { 'stripe-signature': String(request.headers['stripe-signature']) }
      POST(new Request('http://x/api/webhooks/stripe', { method: 'POST', body: Buffer.concat(parts), headers }))
        .then((answer) => response.writeHead(answer.status).end())
        .catch(() => response.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the site has no port')
  fake.webhooks.url = `http://127.0.0.1:${bound.port}/api/webhooks/stripe`
  const serverContext = serverContextOf(context, database, given)
  const stripe = new Stripe(account.secretKey, {
    host: fake.host,
    port: fake.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  })
  const openPage: CardCounter['openPage'] = async (campaignSlug, wish = {}) => {
    const { code, secret } = await makePledge(context, campaignSlug, { method: 'card', ...wish })
    const { url } = value(await openCardPage(serverContext, { code, secret, visitor: null }))
    return { code, secret, page: url.split('/').at(-1) ?? '' }
  }
  const settle = async () => {
    context.advance(3_000)
    fake.tick()
    await fake.webhooks.deliverDue()
    await sequencePending(context.db, context.now())
    context.advance(5_000)
    await processDueEvents(serverContext)
    await sequencePending(context.db, context.now())
  }
  return {
    ...{ context: serverContext, account, fake, stripe, openPage, settle },
    async pay(campaignSlug, wish) {
      const { code, secret, page } = await openPage(campaignSlug, wish)
      fake.pay(page, 'good')
      await settle()
      const [charge] = (await stripe.charges.list({ limit: 1 })).data
      if (!charge) throw new Error('no charge')
      return { code, secret, charge: charge.id }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await fake.stop()
    },
  }
}

/** A gift of dollars. */
export const dollars = (amountMinor: bigint): GiftWish => ({ pledged: { kind: 'foreign', currency: 'usd', amountMinor } })
