import type Stripe from 'stripe'
import { inVnd, knownCurrency, rateOf } from './currencies'
import { newTransaction } from './shapes/ledger'
import { idOf, type World } from './world'

const DAY = 86_400

/** Enters a change of the balance. It is `pending` until its money may be paid out. */
export function enter(
  world: World,
  facts: Pick<Stripe.BalanceTransaction, 'amount' | 'fee' | 'type' | 'reporting_category' | 'source' | 'description'> & {
    rate: number | null
    availableOn?: number
  },
): Stripe.BalanceTransaction {
  const { rate, availableOn = world.now(), ...rest } = facts
  const transaction = world.transactions.add(
    newTransaction({
      ...rest,
      id: world.id('txn'),
      created: world.now(),
      available_on: availableOn,
      exchange_rate: rate,
      status: availableOn > world.now() ? 'pending' : 'available',
      fee_details:
        facts.fee === 0
          ? []
          : [{ amount: facts.fee, application: null, currency: 'vnd', description: 'Stripe processing fees', type: 'stripe_fee' }],
    }),
  )
  if (transaction.status === 'pending') {
    world.later(availableOn, () => {
      transaction.status = 'available'
    })
  }
  return transaction
}

/** Books a paid charge into the balance, once: gross in đồng at today's rate, less Stripe's fee. */
export function settle(world: World, charge: Stripe.Charge): void {
  if (charge.balance_transaction !== null) return
  const { rates, feePercent, feeFixedVnd, availableAfterDays } = world.terms
  const currency = knownCurrency(charge.currency)
  const amount = inVnd(charge.amount, currency, rates)
  const midnight = Math.floor(world.now() / DAY) * DAY
  charge.balance_transaction = enter(world, {
    amount,
    fee: Math.round((amount * feePercent) / 100) + feeFixedVnd,
    type: charge.payment_method_details?.type === 'card' ? 'charge' : 'payment',
    reporting_category: 'charge',
    source: charge.id,
    description: charge.description,
    rate: rateOf(currency, rates),
    availableOn: availableAfterDays === 0 ? world.now() : midnight + availableAfterDays * DAY,
  }).id
  charge.receipt_url = `https://pay.stripe.com/receipts/${charge.id}`
  world.emit('charge.updated', charge, { balance_transaction: null, receipt_url: null })
}

/** The balance as Stripe shows it: what may be paid out, and what is on its way to that. */
export function balance(world: World) {
  const sum = (status: string) => {
    const net = world.transactions.newestFirst().reduce((total, entry) => (entry.status === status ? total + entry.net : total), 0)
    return [{ amount: net, currency: 'vnd', source_types: { card: net } }]
  }
  return { object: 'balance', available: sum('available'), livemode: false, pending: sum('pending'), refund_and_dispute_prefunding: null }
}

/** The charge that a payment intent was paid with. */
export const chargeOf = (world: World, intent: Stripe.PaymentIntent): Stripe.Charge => world.charges.get(idOf(intent.latest_charge))
