import type Stripe from 'stripe'
import { settle } from './balance'
import { type World } from './world'

/** A card's bank fears that it was stolen, before its owner disputes anything. */
export function warnOfFraud(world: World, chargeId: string): Stripe.Radar.EarlyFraudWarning {
  world.tick()
  const charge = world.charges.get(chargeId)
  settle(world, charge)
  const warning = world.warnings.add({
    id: world.id('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: !charge.disputed && !charge.refunded,
    charge: charge.id,
    created: world.now(),
    fraud_type: 'made_with_stolen_card',
    livemode: false,
    ...(charge.payment_intent !== null && { payment_intent: charge.payment_intent }),
  })
  world.emit('radar.early_fraud_warning.created', warning)
  return warning
}
