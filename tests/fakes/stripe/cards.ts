/** The ways to pay that the hosted page offers. */
export const CARD_NAMES = ['good', 'declined', 'insufficient_funds', 'async'] as const
export type CardName = (typeof CARD_NAMES)[number]

/** A card, or the bank debit that is confirmed later, as Stripe's own test cards behave. */
export interface Card {
  brand: 'visa' | 'mastercard'
  last4: string
  country: string
  /** The same card gives the same one. */
  fingerprint: string
  outcome: 'paid' | 'declined' | 'confirmed later'
  decline?: { code: 'generic_decline' | 'insufficient_funds'; message: string }
}

/** Stripe's test cards, and a debit. A real account has no debit in đồng; here every currency has one, so that its path can be tried. */
export const CARDS: Record<CardName, Card> = {
  good: { brand: 'visa', last4: '4242', country: 'US', fingerprint: 'GoodCard42424242', outcome: 'paid' },
  declined: {
    brand: 'visa',
    last4: '0002',
    country: 'US',
    fingerprint: 'Declined00000002',
    outcome: 'declined',
    decline: { code: 'generic_decline', message: 'Your card was declined.' },
  },
  insufficient_funds: {
    brand: 'visa',
    last4: '9995',
    country: 'US',
    fingerprint: 'NoMoney900009995',
    outcome: 'declined',
    decline: { code: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  },
  async: { brand: 'visa', last4: '3000', country: 'DE', fingerprint: 'LaterDebit003000', outcome: 'confirmed later' },
}

/** Who stands at the hosted page. */
export interface Donor {
  email: string
  name: string
  /** Of the card. */
  country?: string
  /** Another card than the named one, with the same behaviour. */
  fingerprint?: string
}
