import type Stripe from 'stripe'
import { enter } from './balance'
import { newPayout } from './shapes/ledger'
import { idOf, type World } from './world'

const DAY = 86_400

/** Everything available goes to the bank in one sum. It arrives a day later, unless its failure comes before. */
export function payOut(world: World): Stripe.Payout {
  world.tick()
  const carried = world.transactions.newestFirst().filter((entry) => entry.status === 'available' && !world.payoutOf.has(entry.id))
  const amount = carried.reduce((total, entry) => total + entry.net, 0)
  if (amount <= 0) throw new Error(`nothing to pay out: the available balance is ${amount} ₫`)
  const id = world.id('po')
  const own = enter(world, {
    amount: -amount,
    fee: 0,
    type: 'payout',
    reporting_category: 'payout',
    source: id,
    description: 'STRIPE PAYOUT',
    rate: null,
  })
  for (const entry of [...carried, own]) world.payoutOf.set(entry.id, id)
  const arrival = world.now() + DAY
  const payout = world.payouts.add(
    newPayout({
      id,
      amount,
      created: world.now(),
      arrival_date: arrival,
      balance_transaction: own.id,
      destination: 'ba_fakeStripeBankAccount',
    }),
  )
  world.emit('payout.created', payout)
  world.later(world.now() + 60, () => {
    payout.reconciliation_status = 'completed'
    world.emit('payout.reconciliation_completed', payout)
  })
  world.later(arrival, () => {
    if (payout.status !== 'in_transit') return
    payout.status = 'paid'
    payout.trace_id = { status: 'supported', value: payout.id.slice(3, 18) }
    world.emit('payout.paid', payout)
  })
  return payout
}

/** The bank refuses a payout, even one it had taken: the money is in the balance again. */
export function failPayout(world: World, payoutId: string): Stripe.Payout {
  world.tick()
  const payout = world.payouts.get(payoutId)
  if (payout.status === 'failed') throw new Error(`${payoutId} has failed already`)
  payout.status = 'failed'
  payout.failure_code = 'account_closed'
  payout.failure_message = 'The bank account has been closed'
  const taken = world.transactions.get(idOf(payout.balance_transaction))
  payout.failure_balance_transaction = enter(world, {
    amount: -taken.amount,
    fee: 0,
    type: 'payout_failure',
    reporting_category: 'payout_reversal',
    source: payoutId,
    description: 'STRIPE PAYOUT FAILURE',
    rate: null,
  }).id
  world.emit('payout.failed', payout)
  return payout
}
