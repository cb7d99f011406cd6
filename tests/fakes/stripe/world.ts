import { createHash } from 'node:crypto'
import Stripe from 'stripe'
import { type Rates } from './currencies'
import { noSuch } from './errors'
import { type LineItem } from './shapes/checkout'

export type Session = Stripe.Checkout.Session

/** What has an address in Stripe's API and may be the subject of an event. */
export type Kept =
  | Session
  | Stripe.PaymentIntent
  | Stripe.Charge
  | Stripe.Refund
  | Stripe.Dispute
  | Stripe.BalanceTransaction
  | Stripe.Payout
  | Stripe.Radar.EarlyFraudWarning

/** An event as it goes over the wire; `data.object` is a picture of its moment. */
export interface FakeEvent {
  id: string
  object: 'event'
  api_version: string
  created: number
  data: { object: Kept; previous_attributes?: Record<string, unknown> }
  livemode: false
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null }
  type: Stripe.Event['type']
}

/** The account's terms. */
export interface Terms {
  rates: Rates
  /** Stripe's fee: a part of the amount and a fixed sum in đồng; both for gifts settled from another currency, too. */
  feePercent: number
  feeFixedVnd: number
  /** Taken when a dispute is opened, given back when it is won. */
  disputeFeeVnd: number
  /** Seconds from a payment until its balance transaction is known: a real account learns it after the fact. */
  settleAfter: number
  /** Days from a payment until its money may be paid out. */
  availableAfterDays: number
  /** Whether the balance is large enough for refunds: those that it is too small for wait, or are refused outright. */
  refundFunds: 'enough' | 'wait' | 'refuse'
}

/** Objects of one kind, in the order they were made. */
export class Table<T extends { id: string; created: number }> {
  readonly rows = new Map<string, T>()

  constructor(
    readonly kind: string,
    /** The parameter Stripe names when an id is unknown. */
    readonly param = 'id',
  ) {}

  add(row: T): T {
    this.rows.set(row.id, row)
    return row
  }

  /** The object with this id; refuses as Stripe does when there is none. */
  get(id: string): T {
    const row = this.rows.get(id)
    if (!row) throw noSuch(this.kind, id, this.param)
    return row
  }

  newestFirst(): T[] {
    return [...this.rows.values()].reverse()
  }
}

/** Everything one fake account knows, and its clock. */
export class World {
  readonly sessions = new Table<Session>('checkout.session', 'session')
  readonly intents = new Table<Stripe.PaymentIntent>('payment_intent', 'intent')
  readonly charges = new Table<Stripe.Charge>('charge')
  readonly refunds = new Table<Stripe.Refund>('refund', 'refund')
  readonly disputes = new Table<Stripe.Dispute>('dispute', 'dispute')
  readonly transactions = new Table<Stripe.BalanceTransaction>('balance_transaction')
  readonly payouts = new Table<Stripe.Payout>('payout', 'payout')
  readonly warnings = new Table<Stripe.Radar.EarlyFraudWarning>('early_fraud_warning', 'early_fraud_warning')
  readonly events = new Table<FakeEvent>('event')
  /** What is not part of an object unless asked for, by the session's id. */
  readonly lineItems = new Map<string, LineItem[]>()
  readonly intentData = new Map<string, { description: string | null; receiptEmail: string | null; metadata: Record<string, string> }>()
  /** Charges whose bank takes no refund any more. */
  readonly unrefundable = new Set<string>()
  /** Which payout carried a balance transaction. */
  readonly payoutOf = new Map<string, string>()
  /** The request being answered: events name the one that caused them. */
  request: FakeEvent['request'] = { id: null, idempotency_key: null }
  /** Told of every event; the webhooks listen here. */
  onEvent: (event: FakeEvent) => void = () => undefined

  #made = 0
  #moment: number | null = null
  #agenda: { at: number; run: () => void }[] = []

  constructor(
    private readonly clock: () => Date,
    readonly terms: Terms,
    private readonly seed: string,
  ) {}

  /** Seconds since 1970. */
  now(): number {
    return this.#moment ?? Math.floor(this.clock().getTime() / 1000)
  }

  /** A new id: its prefix and letters that look like chance. */
  id(prefix: string, length = 24): string {
    const letters = createHash('sha512').update(`${this.seed}/${this.#made++}`).digest('base64').replace(/[+/=]/g, '')
    return `${prefix}_${letters.slice(0, length)}`
  }

  /** Puts something off until a moment; `tick` does it then. */
  later(at: number, run: () => void): void {
    this.#agenda.push({ at, run })
  }

  /** Does everything that has come due, each at its own moment. */
  tick(): void {
    const now = this.now()
    for (;;) {
      const due = this.#agenda.filter((entry) => entry.at <= now).sort((a, b) => a.at - b.at)[0]
      if (!due) return
      this.#agenda = this.#agenda.filter((entry) => entry !== due)
      this.#moment = due.at
      try {
        due.run()
      } finally {
        this.#moment = null
      }
    }
  }

  /** Something happened: a picture of the object is kept, and the webhooks are told. */
  emit(type: FakeEvent['type'], object: Kept, before?: Record<string, unknown>): void {
    const event: FakeEvent = {
      id: this.id('evt'),
      object: 'event',
      api_version: Stripe.API_VERSION,
      created: this.now(),
      data: { object: structuredClone(object), ...(before && { previous_attributes: before }) },
      livemode: false,
      pending_webhooks: 0,
      request: { ...this.request },
      type,
    }
    this.events.add(event)
    this.onEvent(event)
  }

  /** Any object by its id, for expanding. */
  find(id: string): Kept | undefined {
    const { sessions, intents, charges, refunds, disputes, transactions, payouts } = this
    for (const table of [sessions, intents, charges, refunds, disputes, transactions, payouts]) {
      const row = table.rows.get(id)
      if (row) return row
    }
    return undefined
  }
}

/** The id behind a link that Stripe may show expanded; the fake keeps ids only. */
export function idOf(link: string | { id: string } | null): string {
  if (link === null) throw new Error('the link is empty')
  return typeof link === 'string' ? link : link.id
}
