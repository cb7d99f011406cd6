import type Stripe from 'stripe'
import { type Card } from '../cards'

type Intent = Stripe.PaymentIntent

/** A payment intent as Checkout makes it: waiting for a way to pay. */
export const newIntent = (
  facts: Pick<Intent, 'id' | 'amount' | 'currency' | 'created' | 'description' | 'metadata' | 'receipt_email'>,
): Intent => ({
  object: 'payment_intent',
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: 'automatic_async',
  client_secret: `${facts.id}_secret_notASecret`,
  confirmation_method: 'automatic',
  customer: null,
  customer_account: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: ['card'],
  payment_record: null,
  processing: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: 'requires_payment_method',
  transfer_data: null,
  transfer_group: null,
  ...facts,
})

/** One attempt to take the money of an intent, succeeded until it is said otherwise. */
export const newCharge = (
  facts: Pick<
    Stripe.Charge,
    | 'id'
    | 'amount'
    | 'currency'
    | 'created'
    | 'description'
    | 'metadata'
    | 'payment_intent'
    | 'payment_method'
    | 'payment_method_details'
    | 'receipt_email'
  >,
  donor: { email: string; name: string; country: string },
): Stripe.Charge => ({
  object: 'charge',
  amount_captured: facts.amount,
  amount_refunded: 0,
  application: null,
  application_fee: null,
  application_fee_amount: null,
  balance_transaction: null,
  billing_details: {
    address: { city: null, country: donor.country, line1: null, line2: null, postal_code: null, state: null },
    email: donor.email,
    name: donor.name,
    phone: null,
    tax_id: null,
  },
  calculated_statement_descriptor: 'FAKE STRIPE',
  captured: true,
  customer: null,
  disputed: false,
  failure_balance_transaction: null,
  failure_code: null,
  failure_message: null,
  fraud_details: {},
  livemode: false,
  on_behalf_of: null,
  outcome: {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: 'approved_by_network',
    reason: null,
    risk_level: 'normal',
    risk_score: 12,
    seller_message: 'Payment complete.',
    type: 'authorized',
  },
  paid: true,
  receipt_number: null,
  receipt_url: null,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: 'succeeded',
  transfer_data: null,
  transfer_group: null,
  ...facts,
})

/** How a charge was paid: a card, or a debit that a bank confirms days later. */
export function methodDetails(card: Card, amount: number): Stripe.Charge.PaymentMethodDetails {
  if (card.outcome === 'confirmed later') {
    const { country, fingerprint, last4 } = card
    return { type: 'sepa_debit', sepa_debit: { bank_code: '37040044', branch_code: '', country, fingerprint, last4, mandate: null } }
  }
  return {
    type: 'card',
    card: {
      amount_authorized: card.outcome === 'paid' ? amount : null,
      authorization_code: null,
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: 8,
      exp_year: 2030,
      fingerprint: card.fingerprint,
      funding: 'credit',
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: null,
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}
