import Stripe from 'stripe'
import type { CardCurrency } from './model'

/** A hosted page to be opened (docs.stripe.com/api/checkout/sessions/create). */
export interface PageWish {
  /** The pledge's code: the charge carries it, and is found by it again. */
  code: string
  attempt: number
  currency: CardCurrency
  amountMinor: bigint
  title: string
  fundSlug: string
  locale: 'vi' | 'en'
  expiresAt: Date
  /** Whether the card's bank asks who pays (3-D Secure) wherever it can, and not only where Stripe thinks it needs to. */
  asksThreeDSecure: boolean
  successUrl: string
  cancelUrl: string
}

/**
 * Opens a hosted page. Asked again for the same pledge and attempt, Stripe answers with the same page. đồng have no
 * smaller unit, so their amount is the number of đồng.
 */
export async function openPage(stripe: Stripe, wish: PageWish): Promise<{ stripeId: string; url: string }> {
  const { code, attempt, currency, amountMinor, title, fundSlug, locale, expiresAt, asksThreeDSecure, successUrl, cancelUrl } = wish
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      submit_type: 'donate',
      locale,
      client_reference_id: code,
      line_items: [{ quantity: 1, price_data: { currency, unit_amount: Number(amountMinor), product_data: { name: title } } }],
      metadata: { pledge: code, fund: fundSlug },
      payment_intent_data: { description: code, metadata: { pledge: code, fund: fundSlug } },
      allowed_payment_method_types: ['card'],
      ...(asksThreeDSecure && { payment_method_options: { card: { request_three_d_secure: 'any' as const } } }),
      // Nobody but the donor chooses in which currency a card is charged.
      adaptive_pricing: { enabled: false },
      success_url: successUrl,
      cancel_url: cancelUrl,
      expires_at: Math.floor(expiresAt.getTime() / 1000),
    },
    { idempotencyKey: `tung-dong/${code}/${attempt}` },
  )
  if (session.url === null) throw new Error(`page ${session.id} has no address`)
  return { stripeId: session.id, url: session.url }
}

/** Closes a page before its time. @returns false where it could not be closed, because it is paid or ended */
export async function expirePage(stripe: Stripe, id: string): Promise<boolean> {
  try {
    await stripe.checkout.sessions.expire(id)
    return true
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return false
    throw error
  }
}
