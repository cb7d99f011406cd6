import type Stripe from 'stripe'

type Session = Stripe.Checkout.Session

/** A line of a session. On the wire a decimal is text, which the client turns into a number of its own. */
export type LineItem = Omit<Stripe.LineItem, 'price'> & {
  price: Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string }
}

/** What a new session is made of; the rest is as Stripe leaves it for a hosted page. */
export type SessionFacts = Pick<
  Session,
  | 'id'
  | 'amount_total'
  | 'currency'
  | 'created'
  | 'expires_at'
  | 'cancel_url'
  | 'success_url'
  | 'client_reference_id'
  | 'customer_creation'
  | 'customer_email'
  | 'locale'
  | 'metadata'
  | 'submit_type'
  | 'url'
  | 'allowed_payment_method_types'
>

/** An open session. Its payment intent is made with the first attempt to pay, not before. */
export const newSession = (facts: SessionFacts): Session => ({
  object: 'checkout.session',
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  amount_subtotal: facts.amount_total,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  client_secret: null,
  collected_information: { business_name: null, individual_name: null, shipping_details: null },
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer: null,
  customer_account: null,
  customer_details: facts.customer_email === null ? null : customerDetails({ email: facts.customer_email, name: null, country: null }),
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: {
    enabled: false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: null,
      metadata: {},
      rendering_options: null,
    },
  },
  livemode: false,
  managed_payments: { enabled: false },
  mode: 'payment',
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_method_types: ['card'],
  payment_status: 'unpaid',
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: 'open',
  subscription: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: 'hosted_page',
  wallet_options: null,
  ...facts,
})

/** What the hosted page learned of the donor. */
export const customerDetails = (donor: {
  email: string | null
  name: string | null
  country: string | null
}): NonNullable<Session['customer_details']> => ({
  address: { city: null, country: donor.country, line1: null, line2: null, postal_code: null, state: null },
  business_name: null,
  email: donor.email,
  individual_name: null,
  name: donor.name,
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
})

/** A line of a session, with the price that was made for it. */
export const newLineItem = (facts: {
  id: string
  price: string
  product: string
  name: string
  currency: string
  unit: number
  quantity: number
  created: number
  metadata: Record<string, string>
}): LineItem => ({
  id: facts.id,
  object: 'item',
  adjustable_quantity: null,
  amount_discount: 0,
  amount_subtotal: facts.unit * facts.quantity,
  amount_tax: 0,
  amount_total: facts.unit * facts.quantity,
  currency: facts.currency,
  description: facts.name,
  metadata: facts.metadata,
  price: {
    id: facts.price,
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: facts.created,
    currency: facts.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: facts.product,
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: facts.unit,
    unit_amount_decimal: String(facts.unit),
  },
  quantity: facts.quantity,
})
