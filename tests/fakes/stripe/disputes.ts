import type Stripe from 'stripe'
import { enter, settle } from './balance'
import { inVnd, knownCurrency, rateOf } from './currencies'
import { invalid } from './errors'
import { newDispute } from './shapes/ledger'
import { idOf, type World } from './world'

const DAY = 86_400

/** What a donor's bank says when it opens a dispute; all that is left of the charge unless an amount is given, for a bank may not know of refunds. */
export interface DisputeWish {
  amount?: number
  reason?: 'fraudulent' | 'duplicate' | 'product_not_received' | 'general'
}

/** A donor's bank takes the money back, and Stripe its fee. Answers are due within a week or so. */
export function openDispute(world: World, chargeId: string, wish: DisputeWish = {}): Stripe.Dispute {
  world.tick()
  const charge = world.charges.get(chargeId)
  const left = charge.amount - charge.amount_refunded
  const amount = wish.amount ?? left
  if (charge.disputed || charge.status !== 'succeeded' || amount < 1 || amount > charge.amount)
    throw new Error(`${chargeId} cannot be disputed`)
  settle(world, charge)
  const id = world.id('du')
  charge.disputed = true
  const made = world.disputes.add(
    newDispute(
      {
        id,
        amount,
        currency: charge.currency,
        created: world.now(),
        charge: charge.id,
        payment_intent: charge.payment_intent,
        reason: wish.reason ?? 'fraudulent',
        balance_transactions: [],
        payment_method_details: {
          type: 'card',
          card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: '10.4' },
        },
      },
      (Math.floor(world.now() / DAY) + 9) * DAY - 1,
    ),
  )
  made.balance_transactions.push(move(world, made, -1))
  world.emit('charge.dispute.created', made)
  world.emit('charge.dispute.funds_withdrawn', made)
  return made
}

export type Outcome = 'won' | 'lost' | 'partially won' | 'prevented'

/**
 * The bank decides. Won: money and fee come back, at today's rate where it is foreign money. "Partially won": Stripe
 * calls it lost, and what had been refunded before comes back. Prevented: the account is enrolled to give money back
 * before it comes to a dispute.
 */
export function closeDispute(world: World, disputeId: string, outcome: Outcome): Stripe.Dispute {
  const dispute = world.disputes.get(disputeId)
  if (['won', 'lost', 'prevented'].includes(dispute.status)) throw invalid('This dispute is already closed')
  return decide(world, dispute, outcome)
}

/** Long after a dispute was lost its bank decides for the fund after all. */
export function overturnDispute(world: World, disputeId: string): Stripe.Dispute {
  const dispute = world.disputes.get(disputeId)
  if (dispute.status !== 'lost') throw new Error(`${disputeId} was not lost`)
  return decide(world, dispute, 'won')
}

/** A bank that had decided for the fund takes the money once more. */
export function reopenDispute(world: World, disputeId: string): Stripe.Dispute {
  const dispute = world.disputes.get(disputeId)
  if (dispute.status !== 'won') throw new Error(`${disputeId} was not won`)
  dispute.status = 'under_review'
  dispute.is_charge_refundable = false
  dispute.balance_transactions.push(move(world, dispute, -1))
  world.emit('charge.dispute.updated', dispute, { status: 'won' })
  world.emit('charge.dispute.funds_withdrawn', dispute)
  return dispute
}

function decide(world: World, dispute: Stripe.Dispute, outcome: Outcome): Stripe.Dispute {
  const before = { status: dispute.status }
  dispute.status = outcome === 'partially won' ? 'lost' : outcome
  dispute.is_charge_refundable = outcome === 'won'
  if (outcome === 'won') dispute.balance_transactions.push(move(world, dispute, 1))
  if (outcome === 'partially won') {
    const { amount_refunded: refunded } = world.charges.get(idOf(dispute.charge))
    dispute.balance_transactions.push(move(world, dispute, 1, refunded, 0))
  }
  if (outcome === 'won' || outcome === 'partially won') world.emit('charge.dispute.funds_reinstated', dispute)
  world.emit('charge.dispute.closed', dispute, before)
  return dispute
}

function move(
  world: World,
  dispute: Stripe.Dispute,
  sign: 1 | -1,
  amount = dispute.amount,
  feeVnd = world.terms.disputeFeeVnd,
): Stripe.BalanceTransaction {
  const currency = knownCurrency(dispute.currency)
  return enter(world, {
    amount: sign * inVnd(amount, currency, world.terms.rates),
    fee: -sign * feeVnd || 0,
    type: 'adjustment',
    reporting_category: sign < 0 ? 'dispute' : 'dispute_reversal',
    source: dispute.id,
    description: sign < 0 ? `Chargeback withdrawal for ${idOf(dispute.charge)}` : `Chargeback reversal for ${idOf(dispute.charge)}`,
    rate: rateOf(currency, world.terms.rates),
  })
}
