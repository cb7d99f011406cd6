import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import { enter } from './balance'
import { type CardName, type Donor } from './cards'
import { Courier } from './courier'
import { type Rates, RATES } from './currencies'
import { closeDispute, type DisputeWish, openDispute, type Outcome, overturnDispute, reopenDispute } from './disputes'
import { IdempotencyKeys } from './idempotency'
import { type Attempt, capture, confirmLater, pay, setAside } from './payments'
import { failPayout, payOut } from './payouts'
import { failRefund, fundRefund } from './refunds'
import { type LoggedRequest, type Served, type Trouble } from './server'
import { warnOfFraud } from './warnings'
import { type Terms, World } from './world'

export interface AccountOptions {
  /** The account's clock. */
  now: () => Date
  secretKey: string
  webhookSecret: string
  /** Whose account it is, as the hosted page says. */
  payee?: string
  /** Where events go; may be said later with `webhooks.url`. */
  webhookUrl?: string
  /** The event types asked for; all unless said. */
  webhookTypes?: readonly string[]
  /** `at once` sends events as they happen and looks at the clock each second; `when told` waits for `webhooks.deliverDue()`. */
  deliver?: 'at once' | 'when told'
  /** The same seed gives the same ids; without one they are new in every run, as Stripe's are. */
  seed?: string
  terms?: Partial<Terms>
}

/** An account, and what tests may do with it. */
export interface FakeAccount {
  webhooks: Courier
  requests: LoggedRequest[]
  /** A donor pays, as on the hosted page. */
  pay: (sessionId: string, card: CardName, donor?: Partial<Donor>) => Attempt
  /** The bank of an `async` payment answers. */
  confirmLater: (sessionId: string, answer: 'succeeded' | 'failed') => void
  /** Somebody else who uses the account sets money aside on a card. */
  setAside: (amount: number) => Stripe.Charge
  /** What was set aside is taken. */
  capture: (chargeId: string) => void
  failRefund: (refundId: string) => void
  /** From now on the balance is large enough for refunds, or it is too small: they wait, or are refused outright. */
  setRefundFunds: (funds: Terms['refundFunds']) => void
  /** The bank of a card takes no refund of a charge any more. */
  refuseRefundsOf: (chargeId: string) => void
  /** The balance has become large enough for a refund that waited. */
  fundRefund: (refundId: string) => void
  openDispute: (chargeId: string, wish?: DisputeWish) => Stripe.Dispute
  closeDispute: (disputeId: string, outcome: Outcome) => Stripe.Dispute
  /** A bank decides for the fund after all. */
  overturnDispute: (disputeId: string) => Stripe.Dispute
  /** A bank takes the money again after it had decided for the fund. */
  reopenDispute: (disputeId: string) => Stripe.Dispute
  /** A card's bank fears that it was stolen. */
  warnOfFraud: (chargeId: string) => Stripe.Radar.EarlyFraudWarning
  /** Pays out all that is available. */
  payOut: () => Stripe.Payout
  failPayout: (payoutId: string) => Stripe.Payout
  /** Stripe changes the balance for a reason of its own. @returns the change's id */
  moveBalance: (facts: { amount: number; type: Stripe.BalanceTransaction['type']; source: string; currency?: string }) => string
  /** Đồng for one cent, from now on. */
  setRates: (rates: Partial<Rates>) => void
  /** The next requests of the API meet trouble, one each. */
  trouble: (...kinds: Trouble[]) => void
  /** No more trouble. */
  clearTrouble: () => void
  /** Does what has come due on the clock: expiry, settlement, arrival of payouts. */
  tick: () => void
}

const DONOR: Donor = { email: 'donor@example.com', name: 'NGUYEN VAN A' }

/** Opens an account in memory, for a server to serve. */
export function openAccount(options: AccountOptions): { served: Served; account: FakeAccount; close: () => void } {
  const terms: Terms = {
    feePercent: 4.4,
    feeFixedVnd: 8_000,
    disputeFeeVnd: 390_000,
    settleAfter: 2,
    availableAfterDays: 7,
    refundFunds: 'enough',
    ...options.terms,
    rates: { ...(options.terms?.rates ?? RATES) },
  }
  const world = new World(options.now, terms, options.seed ?? randomUUID())
  const webhooks = new Courier(world, {
    secret: options.webhookSecret,
    url: options.webhookUrl ?? null,
    types: options.webhookTypes ?? [],
  })
  const atOnce = options.deliver === 'at once'
  world.onEvent = (event) => {
    webhooks.accept(event)
    if (atOnce) setImmediate(() => void webhooks.deliverDue())
  }
  const clock = atOnce ? setInterval(() => void webhooks.deliverDue(), 1000).unref() : undefined
  const served: Served = {
    api: { world, keys: new IdempotencyKeys(), secretKey: options.secretKey, origin: '' },
    payee: options.payee ?? 'Stripe',
    requests: [],
    troubles: [],
  }
  const account: FakeAccount = {
    webhooks,
    requests: served.requests,
    pay: (sessionId, card, donor) => pay(world, sessionId, card, { ...DONOR, ...donor }),
    confirmLater: (sessionId, said) => {
      confirmLater(world, sessionId, said)
    },
    setAside: (amount) => setAside(world, amount, DONOR),
    capture: (chargeId) => {
      capture(world, chargeId)
    },
    failRefund: (refundId) => {
      failRefund(world, refundId)
    },
    setRefundFunds: (refundFunds) => Object.assign(terms, { refundFunds }),
    refuseRefundsOf: (chargeId) => {
      world.unrefundable.add(world.charges.get(chargeId).id)
    },
    fundRefund: (refundId) => {
      fundRefund(world, refundId)
    },
    openDispute: (chargeId, wish) => openDispute(world, chargeId, wish),
    closeDispute: (disputeId, outcome) => closeDispute(world, disputeId, outcome),
    overturnDispute: (disputeId) => overturnDispute(world, disputeId),
    reopenDispute: (disputeId) => reopenDispute(world, disputeId),
    warnOfFraud: (chargeId) => warnOfFraud(world, chargeId),
    payOut: () => payOut(world),
    failPayout: (payoutId) => failPayout(world, payoutId),
    moveBalance: ({ currency = 'vnd', ...facts }) => {
      const entry = enter(world, { ...facts, fee: 0, reporting_category: facts.type, description: null, rate: null })
      entry.currency = currency
      return entry.id
    },
    setRates: (rates) => Object.assign(terms.rates, rates),
    trouble: (...kinds) => served.troubles.push(...kinds),
    clearTrouble: () => served.troubles.splice(0),
    tick: () => {
      world.tick()
    },
  }
  const close = () => {
    clearInterval(clock)
    webhooks.url = null
  }
  return { served, account, close }
}
