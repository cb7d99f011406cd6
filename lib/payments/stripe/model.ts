import type { ForeignCurrency } from '../../money/currency'

export type CardCurrency = 'vnd' | ForeignCurrency

/** A change of the balance at Stripe. */
export interface Movement {
  /** Stripe's id of it. */
  stripeId: string
  /** Signed, in đồng, before the fee. */
  amountVnd: bigint
  /** What Stripe kept, in đồng; below zero where it gave a fee back. */
  feeVnd: bigint
  happenedAt: Date
}

/** Money sent back to a card. */
export interface CardRefund {
  stripeId: string
  /** The key of our own request; null for one made at Stripe itself. */
  requestKey: string | null
  madeAt: Date
  amountMinor: bigint
  /** Null while Stripe waits, for one until its balance is large enough, and for one that failed before it moved anything. */
  movement: Movement | null
  /** It came to nothing, before or after it moved money. */
  hasFailed: boolean
  /** The bank of the card sent it back again. */
  failure: Movement | null
}

/** Money that the donor's bank asked back. */
export interface CardDispute {
  stripeId: string
  amountMinor: bigint
  reason: string
  state: 'open' | 'won' | 'lost'
  answerBy: Date | null
  openedAt: Date
  /** Out when it was opened, in again where it was won. */
  movements: Movement[]
}

/** How a charge stands at Stripe at this moment, with all that came of it. */
export interface CardCharge {
  stripeId: string
  paymentIntentId: string
  /** The pledge's code, as we gave it to Stripe; null where it names none of ours. */
  code: string | null
  state: 'succeeded' | 'pending' | 'failed'
  currency: CardCurrency
  amountMinor: bigint
  /** What of it was not sent back yet. */
  leftMinor: bigint
  chargedAt: Date
  /** Of the card, the same for the same card; null where there is none. */
  fingerprint: string | null
  /** Null for the moments until Stripe settled it. */
  movement: Movement | null
  refunds: CardRefund[]
  disputes: CardDispute[]
}

/** How a hosted page stands at Stripe at this moment. */
export interface CardSession {
  stripeId: string
  state: 'open' | 'processing' | 'paid' | 'failed' | 'expired'
  chargeId: string | null
}

/** Money on its way from Stripe to the bank. */
export interface CardPayout {
  stripeId: string
  amountVnd: bigint
  /** The day on which it should arrive. */
  arrivesOn: string
  state: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled'
}

/** A bank fears that a charge was made with a stolen card. */
export interface CardWarning {
  stripeId: string
  chargeId: string
  fraudType: string
  warnedAt: Date
}

/** A change of the balance as the list of all changes tells of it. */
export interface ListedMovement extends Movement {
  type: string
  sourceId: string | null
}
