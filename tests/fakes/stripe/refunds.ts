import type Stripe from 'stripe'
import { chargeOf, enter, settle } from './balance'
import { inVnd, knownCurrency, rateOf, written } from './currencies'
import { invalid } from './errors'
import { integer, metadata, oneOf, type Params, text } from './params'
import { newRefund } from './shapes/ledger'
import { idOf, type World } from './world'

/** What a request for a refund may say. Without an amount, all that is left goes back. */
export const readRefund = (params: Params) => {
  params.refuseUnplayed('currency', 'customer', 'instructions_email', 'origin', 'refund_application_fee', 'reverse_transfer')
  return {
    charge: params.get('charge', text()),
    intent: params.get('payment_intent', text()),
    amount: params.get('amount', integer({ least: 1 })),
    reason: params.get('reason', oneOf('duplicate', 'fraudulent', 'requested_by_customer')) ?? null,
    metadata: params.get('metadata', metadata) ?? {},
  }
}

/** Gives money back for a charge, in full or in part. The fee of the charge is not returned. */
export function refund(world: World, wish: ReturnType<typeof readRefund>): Stripe.Refund {
  const charge = refundable(world, wish)
  const currency = knownCurrency(charge.currency)
  const left = charge.amount - charge.amount_refunded
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  const amount = wish.amount ?? left
  if (amount > left) {
    const than = `greater than unrefunded amount on charge (${written(left, currency)})`
    throw invalid(`Refund amount (${written(amount, currency)}) is ${than}`, { param: 'amount' })
  }
  if (world.unrefundable.has(charge.id)) throw invalid(`Charge ${charge.id} can no longer be refunded.`, { code: 'charge_not_refundable' })
  // Stripe names this refusal by no code.
  if (world.terms.refundFunds === 'refuse') throw invalid('Insufficient funds in your Stripe balance to refund this amount.')
  const waits = world.terms.refundFunds === 'wait'
  settle(world, charge)
  const id = world.id('re')
  const before = { amount_refunded: charge.amount_refunded, ...(amount === left && { refunded: false }) }
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount
  const made = world.refunds.add(
    newRefund({
      id,
      amount,
      currency,
      created: world.now(),
      charge: charge.id,
      payment_intent: charge.payment_intent,
      payment_method: charge.payment_method,
      metadata: wish.metadata,
      reason: wish.reason,
      balance_transaction: waits ? null : enterRefund(world, charge, id, amount),
    }),
  )
  if (waits) Object.assign(made, { status: 'pending', pending_reason: 'insufficient_funds' } satisfies Partial<Stripe.Refund>)
  world.emit('refund.created', made)
  world.emit('charge.refunded', charge, before)
  return made
}

/** Takes a refund from the balance. @returns the id of its balance transaction */
function enterRefund(world: World, charge: Stripe.Charge, refundId: string, amount: number): string {
  const currency = knownCurrency(charge.currency)
  return enter(world, {
    amount: -inVnd(amount, currency, world.terms.rates),
    fee: 0,
    type: charge.payment_method_details?.type === 'card' ? 'refund' : 'payment_refund',
    reporting_category: 'refund',
    source: refundId,
    description: `REFUND FOR CHARGE${charge.description === null ? '' : ` (${charge.description})`}`,
    rate: rateOf(currency, world.terms.rates),
  }).id
}

/** A refund that waited for the balance to be large enough goes out. */
export function fundRefund(world: World, refundId: string): void {
  const made = world.refunds.get(refundId)
  if (made.status !== 'pending') throw new Error(`${refundId} does not wait: it is ${made.status}`)
  made.status = 'succeeded'
  delete made.pending_reason
  made.balance_transaction = enterRefund(world, world.charges.get(idOf(made.charge)), refundId, made.amount)
  world.emit('refund.updated', made, { status: 'pending', balance_transaction: null })
  world.emit('charge.refund.updated', made, { status: 'pending', balance_transaction: null })
}

/** A bank sends a refund back: the money is in the balance again, and the charge has more left. One that waits moved none. */
export function failRefund(world: World, refundId: string): void {
  const made = world.refunds.get(refundId)
  const { status } = made
  if (status !== 'succeeded' && status !== 'pending') throw new Error(`${refundId} cannot fail: it is ${status}`)
  const charge = world.charges.get(idOf(made.charge))
  made.status = 'failed'
  made.failure_reason = status === 'pending' ? 'charge_for_pending_refund_disputed' : 'lost_or_stolen_card'
  if (status === 'pending') delete made.pending_reason
  else {
    const taken = world.transactions.get(idOf(made.balance_transaction))
    made.failure_balance_transaction = enter(world, {
      amount: -taken.amount,
      fee: 0,
      type: 'refund_failure',
      reporting_category: 'refund_failure',
      source: refundId,
      description: 'REFUND FAILURE',
      rate: taken.exchange_rate,
    }).id
  }
  charge.amount_refunded -= made.amount
  charge.refunded = false
  world.emit('refund.failed', made)
  world.emit('refund.updated', made, { status })
  world.emit('charge.refund.updated', made, { status })
}

function refundable(world: World, { charge: chargeId, intent: intentId }: ReturnType<typeof readRefund>): Stripe.Charge {
  if (chargeId === undefined && intentId === undefined) {
    throw invalid('One of the following params should be provided for this request: payment_intent or charge.')
  }
  const intent = intentId === undefined ? null : world.intents.get(intentId)
  const charge = chargeId === undefined ? null : world.charges.get(chargeId)
  if (intent && charge && charge.payment_intent !== intent.id) {
    throw invalid(`The payment_intent ${intent.id} does not belong to the charge ${charge.id}.`, { param: 'payment_intent' })
  }
  const found = charge ?? (intent && intent.latest_charge !== null ? chargeOf(world, intent) : null)
  if (found?.status !== 'succeeded') {
    const name = intent ? intent.id : idOf(found?.payment_intent ?? null)
    throw invalid(`This PaymentIntent (${name}) does not have a successful charge to refund.`)
  }
  if (world.disputes.newestFirst().some((dispute) => dispute.charge === found.id && !dispute.is_charge_refundable)) {
    throw invalid(`Charge ${found.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' })
  }
  return found
}
