import Stripe from 'stripe'
import { z } from 'zod'
import type { CardAccount } from '../../context'

/** What an event is to us: that something happened to an object. What it says of it is not used and not kept. */
export interface StripeHint {
  fundSlug: string
  eventId: string
  type: string
  /** The object to ask for; of a refund or a dispute, the charge that it is a part of. */
  objectId: string | null
}

const idOrObject = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])

const shape = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  data: z.object({
    object: z.looseObject({ id: z.string().max(255).optional(), charge: z.union([idOrObject, z.null()]).optional() }),
  }),
})

/**
 * Reads an event that one of our accounts signed, over the raw body (docs.stripe.com/webhooks). Which account is told
 * by whose secret fits.
 * @returns null where none fits, the signature is older than five minutes, or the body is no event
 */
export function readStripeEvent(accounts: Iterable<CardAccount>, body: Buffer, signature: string | null, now: Date): StripeHint | null {
  if (signature === null) return null
  for (const { fundSlug, webhookSecret } of accounts) {
    const event = signedBy(webhookSecret, body, signature, now)
    if (event === null) continue
    const parsed = shape.safeParse(event)
    if (!parsed.success) return null
    const { id, type, data } = parsed.data
    const { id: own = null, charge = null } = data.object
    const isPart = type.startsWith('charge.dispute.') || type.includes('refund.')
    return { fundSlug, eventId: id, type, objectId: isPart ? charge : own }
  }
  return null
}

const TOLERANCE_S = 300

function signedBy(secret: string, body: Buffer, signature: string, now: Date): unknown {
  try {
    return Stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_S, undefined, now.getTime())
  } catch {
    return null
  }
}
