import Stripe from 'stripe'
import { type FakeEvent, type World } from './world'

const MINUTE = 60
const HOUR = 3600
/** Stripe gives an endpoint three days, waiting longer each time; the exact waits are not published. */
const GIVE_UP_AFTER = 72 * HOUR
const waitAfter = (attempts: number): number => Math.min(12 * HOUR, 5 * MINUTE * 4 ** (attempts - 1))

/** One event on its way to the site. */
export interface Delivery {
  event: FakeEvent
  /** Not tried before this second. */
  due: number
  attempts: number
  state: 'waiting' | 'delivered' | 'dropped' | 'given up'
  /** The site's last status; null before the first attempt, and when nobody answered. */
  status: number | null
}

/** What one attempt came to. */
export interface Attempted {
  event: string
  type: FakeEvent['type']
  status: number | null
}

export interface CourierOptions {
  secret: string
  /** Where the site listens; events before it is known are told to nobody. */
  url: string | null
  /** The event types the endpoint asked for; all when empty. */
  types: readonly string[]
}

/** Carries signed events to the site, again and again until it answers 2xx. Tests may meddle with what waits. */
export class Courier {
  readonly deliveries: Delivery[] = []
  url: string | null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly world: World,
    private readonly options: CourierOptions,
  ) {
    this.url = options.url
  }

  /** A new event: queued where somebody listens. */
  accept(event: FakeEvent): void {
    const { types } = this.options
    if (this.url === null || (types.length > 0 && !types.includes(event.type))) return
    event.pending_webhooks = 1
    this.deliveries.push(this.#delivery(event))
  }

  /** What has not arrived yet, in the order it will be tried. */
  waiting(): Delivery[] {
    return this.deliveries.filter((delivery) => delivery.state === 'waiting')
  }

  /** Tries everything that is due, one after the other, until nothing more is. */
  async deliverDue(): Promise<Attempted[]> {
    const turn = this.#turn.then(() => this.#deliver())
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** An event gets lost for good: no attempt, no retry. */
  drop(eventId: string): void {
    for (const delivery of this.#waitingFor(eventId)) delivery.state = 'dropped'
  }

  /** An event will arrive some more times, right after itself. */
  duplicate(eventId: string, copies = 1): void {
    const [first] = this.#waitingFor(eventId)
    if (!first) throw new Error(`nothing waits of ${eventId}`)
    const more = Array.from({ length: copies }, () => ({ ...first }))
    this.deliveries.splice(this.deliveries.indexOf(first) + 1, 0, ...more)
  }

  /** An event arrives some seconds later than it would. */
  delay(eventId: string, seconds: number): void {
    for (const delivery of this.#waitingFor(eventId)) delivery.due += seconds
  }

  /** What waits is tried in another order. */
  reorder(order: (waiting: Delivery[]) => Delivery[]): void {
    const waiting = this.waiting()
    const ordered = order([...waiting])
    if (ordered.length !== waiting.length || new Set(ordered).size !== waiting.length || !ordered.every((one) => waiting.includes(one))) {
      throw new Error('another order must have the same deliveries')
    }
    const rest = this.deliveries.filter((delivery) => delivery.state !== 'waiting')
    this.deliveries.splice(0, this.deliveries.length, ...rest, ...ordered)
  }

  /** Somebody presses "resend" in the dashboard: the same event once more, whatever became of it before. */
  replay(eventId: string): void {
    this.deliveries.push(this.#delivery(this.world.events.get(eventId)))
  }

  #delivery(event: FakeEvent): Delivery {
    return { event, due: this.world.now(), attempts: 0, state: 'waiting', status: null }
  }

  #waitingFor(eventId: string): Delivery[] {
    return this.waiting().filter((delivery) => delivery.event.id === eventId)
  }

  async #deliver(): Promise<Attempted[]> {
    const attempted: Attempted[] = []
    for (;;) {
      this.world.tick()
      const next = this.waiting().find((delivery) => delivery.due <= this.world.now())
      if (!next) return attempted
      await this.#attempt(next)
      attempted.push({ event: next.event.id, type: next.event.type, status: next.status })
    }
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const now = this.world.now()
    const payload = JSON.stringify(delivery.event, null, 2)
    delivery.attempts += 1
    delivery.status = await this.#post(payload, now)
    if (delivery.status !== null && delivery.status >= 200 && delivery.status < 300) {
      delivery.state = 'delivered'
      delivery.event.pending_webhooks = 0
      return
    }
    delivery.due = now + waitAfter(delivery.attempts)
    if (delivery.due > delivery.event.created + GIVE_UP_AFTER) delivery.state = 'given up'
  }

  async #post(payload: string, timestamp: number): Promise<number | null> {
    if (this.url === null) return null
    try {
      const answer = await fetch(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret: this.options.secret, timestamp }),
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
        body: payload,
        // A redirect is a failure to Stripe.
        redirect: 'manual',
        signal: AbortSignal.timeout(20_000),
      })
      await answer.arrayBuffer()
      return answer.status
    } catch {
      return null
    }
  }
}
