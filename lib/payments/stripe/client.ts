import { LRUCache } from 'lru-cache'
import Stripe from 'stripe'
import type { CardAccount } from '../../context'

/** One client an account, for the life of the process; it keeps its connections open. */
const clients = new LRUCache<string, Stripe>({ max: 100 })

/** Stripe asks to be patient for up to 80 s; a donor who waits for a page is not. */
const TIMEOUT_MS = 20_000

/** The client of a fund's account. It tries again, with one idempotency key, what failed on the way. */
export function stripeOf({ secretKey, apiUrl }: CardAccount): Stripe {
  const known = clients.get(`${apiUrl} ${secretKey}`)
  if (known) return known
  const { protocol, hostname, port } = new URL(apiUrl)
  const isSecure = protocol === 'https:'
  const client = new Stripe(secretKey, {
    host: hostname,
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
    protocol: isSecure ? 'https' : 'http',
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 2,
    telemetry: false,
  })
  clients.set(`${apiUrl} ${secretKey}`, client)
  return client
}

/** Whether Stripe says that there is no such object, and not merely that it can't answer now. */
export const isMissing = (error: unknown): boolean => error instanceof Stripe.errors.StripeError && error.code === 'resource_missing'

/** Whether Stripe answered, with an error that it gives again under the same key; not where somebody else is asking just now. */
export const isAnswered = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError && error.statusCode !== undefined && error.statusCode !== 409 && error.statusCode !== 429

/** Whether Stripe refused what it was asked, and did nothing. What fails inside Stripe, or on the way, may have been done. */
export const isRefused = (error: unknown): boolean =>
  isAnswered(error) && error instanceof Stripe.errors.StripeError && error.statusCode !== undefined && error.statusCode < 500

/** What a failure may be logged as: Stripe's words can hold what a donor typed. */
export const stripeErrorCode = (error: unknown): string =>
  error instanceof Stripe.errors.StripeError ? [error.type, error.code, error.param].filter(Boolean).join(' ') : 'unknown'
