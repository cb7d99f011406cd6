import type Stripe from 'stripe'

/** Money given back for a charge. */
export const newRefund = (
  facts: Pick<
    Stripe.Refund,
    | 'id'
    | 'amount'
    | 'currency'
    | 'created'
    | 'charge'
    | 'payment_intent'
    | 'payment_method'
    | 'metadata'
    | 'reason'
    | 'balance_transaction'
  >,
): Stripe.Refund => ({
  object: 'refund',
  customer: null,
  customer_account: null,
  destination_details: { type: 'card', card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' } },
  receipt_number: null,
  source_transfer_reversal: null,
  status: 'succeeded',
  transfer_reversal: null,
  ...facts,
})

/** A change of the account's balance, in đồng. The net is what remains after the fee. */
export const newTransaction = (
  facts: Pick<
    Stripe.BalanceTransaction,
    | 'id'
    | 'amount'
    | 'fee'
    | 'created'
    | 'available_on'
    | 'description'
    | 'exchange_rate'
    | 'reporting_category'
    | 'source'
    | 'status'
    | 'type'
    | 'fee_details'
  >,
): Stripe.BalanceTransaction => ({
  object: 'balance_transaction',
  balance_type: 'payments',
  currency: 'vnd',
  net: facts.amount - facts.fee,
  ...facts,
})

/** The balance on its way to the account's bank. */
export const newPayout = (
  facts: Pick<Stripe.Payout, 'id' | 'amount' | 'created' | 'arrival_date' | 'balance_transaction' | 'destination'>,
): Stripe.Payout => ({
  object: 'payout',
  application_fee: null,
  application_fee_amount: null,
  automatic: true,
  currency: 'vnd',
  description: 'STRIPE PAYOUT',
  failure_balance_transaction: null,
  failure_code: null,
  failure_message: null,
  livemode: false,
  metadata: {},
  method: 'standard',
  original_payout: null,
  payout_method: null,
  reconciliation_status: 'in_progress',
  reversed_by: null,
  source_type: 'card',
  statement_descriptor: null,
  status: 'in_transit',
  trace_id: { status: 'pending', value: null },
  type: 'bank_account',
  ...facts,
})

/** A donor's bank wants the money back. It is taken at once and returned if the dispute is won. */
export const newDispute = (
  facts: Pick<
    Stripe.Dispute,
    'id' | 'amount' | 'currency' | 'created' | 'charge' | 'payment_intent' | 'reason' | 'balance_transactions' | 'payment_method_details'
  >,
  dueBy: number,
): Stripe.Dispute => ({
  object: 'dispute',
  enhanced_eligibility_types: [],
  evidence: {
    access_activity_log: null,
    billing_address: null,
    cancellation_policy: null,
    cancellation_policy_disclosure: null,
    cancellation_rebuttal: null,
    customer_communication: null,
    customer_email_address: null,
    customer_name: null,
    customer_purchase_ip: null,
    customer_signature: null,
    duplicate_charge_documentation: null,
    duplicate_charge_explanation: null,
    duplicate_charge_id: null,
    enhanced_evidence: {},
    product_description: null,
    receipt: null,
    refund_policy: null,
    refund_policy_disclosure: null,
    refund_refusal_explanation: null,
    service_date: null,
    service_documentation: null,
    shipping_address: null,
    shipping_carrier: null,
    shipping_date: null,
    shipping_documentation: null,
    shipping_tracking_number: null,
    uncategorized_file: null,
    uncategorized_text: null,
  },
  evidence_details: {
    due_by: dueBy,
    enhanced_eligibility: {},
    has_evidence: false,
    past_due: false,
    submission_count: 0,
    submission_method: 'not_submitted',
  },
  intended_submission_method: null,
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  status: 'needs_response',
  ...facts,
})
