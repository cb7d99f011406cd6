import type Stripe from 'stripe'
import { chargeOf, settle } from './balance'
import { type Card, type CardName, CARDS, type Donor } from './cards'
import { invalid } from './errors'
import { customerDetails } from './shapes/checkout'
import { methodDetails, newCharge, newIntent } from './shapes/payment'
import { idOf, type Session, type World } from './world'

/** What an attempt came to: paid, refused by the bank with what the page says, or to be confirmed later. */
export type Attempt = { outcome: 'paid' | 'confirmed later' } | { outcome: 'declined'; message: string }

/** A donor presses a button of the hosted page. A declined card leaves the session open for another. */
export function pay(world: World, sessionId: string, name: CardName, donor: Donor): Attempt {
  world.tick()
  const session = world.sessions.get(sessionId)
  if (session.status !== 'open') throw invalid(`This Checkout Session is ${session.status}; nothing can be paid with it any more.`)
  const card: Card = {
    ...CARDS[name],
    ...(donor.country !== undefined && { country: donor.country }),
    ...(donor.fingerprint !== undefined && { fingerprint: donor.fingerprint }),
  }
  const intent = intentOf(world, session)
  const charge = attempt(world, intent, card, donor)
  if (card.decline) {
    decline(world, intent, charge, card.decline)
    return { outcome: 'declined', message: card.decline.message }
  }
  session.status = 'complete'
  session.url = null
  session.customer_details = customerDetails({ email: donor.email, name: donor.name, country: card.country })
  session.payment_method_types = intent.payment_method_types
  if (card.outcome === 'confirmed later') {
    wait(world, intent, charge)
  } else {
    succeed(world, intent, charge)
    session.payment_status = 'paid'
  }
  world.emit('checkout.session.completed', session)
  return { outcome: card.outcome === 'paid' ? 'paid' : 'confirmed later' }
}

/** Somebody else who uses the account sets money aside on a card, to take it later or never. */
export function setAside(world: World, amount: number, donor: Donor): Stripe.Charge {
  const intent = world.intents.add(
    newIntent({
      ...{ id: world.id('pi'), amount, currency: 'vnd', created: world.now(), description: 'Order 17', metadata: {}, receipt_email: null },
    }),
  )
  const charge = attempt(world, intent, CARDS.good, donor)
  Object.assign(charge, { status: 'succeeded', paid: true, captured: false, amount_captured: 0 } satisfies Partial<Stripe.Charge>)
  Object.assign(intent, { status: 'requires_capture', amount_capturable: amount } satisfies Partial<Stripe.PaymentIntent>)
  world.emit('charge.succeeded', charge)
  return charge
}

/** What was set aside is taken. */
export function capture(world: World, chargeId: string): void {
  const charge = world.charges.get(chargeId)
  if (charge.captured || charge.status !== 'succeeded') throw new Error(`${chargeId} has nothing set aside`)
  Object.assign(charge, { captured: true, amount_captured: charge.amount } satisfies Partial<Stripe.Charge>)
  Object.assign(world.intents.get(idOf(charge.payment_intent)), {
    ...{ status: 'succeeded' as const, amount_capturable: 0, amount_received: charge.amount },
  })
  settle(world, charge)
  world.emit('charge.captured', charge)
}

/** The bank of a debit says yes or no, days after the session was completed unpaid. */
export function confirmLater(world: World, sessionId: string, answer: 'succeeded' | 'failed'): void {
  world.tick()
  const session = world.sessions.get(sessionId)
  const intent = world.intents.get(idOf(session.payment_intent))
  if (intent.status !== 'processing') throw new Error(`${intent.id} waits for no confirmation: it is ${intent.status}`)
  const charge = chargeOf(world, intent)
  intent.processing = null
  if (answer === 'succeeded') {
    succeed(world, intent, charge)
    session.payment_status = 'paid'
    world.emit('checkout.session.async_payment_succeeded', session)
  } else {
    decline(world, intent, charge, { code: 'insufficient_funds', message: 'The account has insufficient funds.' })
    world.emit('checkout.session.async_payment_failed', session)
  }
}

/** The session's payment intent, made by the first attempt. */
function intentOf(world: World, session: Session): Stripe.PaymentIntent {
  if (session.payment_intent !== null) return world.intents.get(idOf(session.payment_intent))
  const data = world.intentData.get(session.id)
  const intent = world.intents.add(
    newIntent({
      id: world.id('pi'),
      amount: session.amount_total ?? 0,
      currency: session.currency ?? 'vnd',
      created: world.now(),
      description: data?.description ?? null,
      metadata: { ...data?.metadata },
      receipt_email: data?.receiptEmail ?? null,
    }),
  )
  session.payment_intent = intent.id
  world.emit('payment_intent.created', intent)
  return intent
}

function attempt(world: World, intent: Stripe.PaymentIntent, card: Card, donor: Donor): Stripe.Charge {
  const method = world.id('pm')
  const charge = world.charges.add(
    newCharge(
      {
        id: world.id(card.outcome === 'confirmed later' ? 'py' : 'ch'),
        amount: intent.amount,
        currency: intent.currency,
        created: world.now(),
        description: intent.description,
        metadata: { ...intent.metadata },
        payment_intent: intent.id,
        payment_method: method,
        payment_method_details: methodDetails(card, intent.amount),
        receipt_email: intent.receipt_email,
      },
      { email: donor.email, name: donor.name, country: card.country },
    ),
  )
  intent.latest_charge = charge.id
  intent.payment_method = method
  intent.payment_method_types = [charge.payment_method_details?.type ?? 'card']
  return charge
}

function succeed(world: World, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void {
  Object.assign(charge, {
    status: 'succeeded',
    paid: true,
    captured: true,
    amount_captured: charge.amount,
  } satisfies Partial<Stripe.Charge>)
  Object.assign(intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    last_payment_error: null,
  } satisfies Partial<Stripe.PaymentIntent>)
  world.emit('charge.succeeded', charge)
  world.emit('payment_intent.succeeded', intent)
  world.later(world.now() + world.terms.settleAfter, () => {
    settle(world, charge)
  })
}

function wait(world: World, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void {
  Object.assign(charge, { status: 'pending', paid: false, captured: true, amount_captured: 0 } satisfies Partial<Stripe.Charge>)
  Object.assign(intent, { status: 'processing' } satisfies Partial<Stripe.PaymentIntent>)
  world.emit('charge.pending', charge)
  world.emit('payment_intent.processing', intent)
}

function decline(world: World, intent: Stripe.PaymentIntent, charge: Stripe.Charge, reason: { code: string; message: string }): void {
  const byCard = charge.payment_method_details?.type === 'card'
  Object.assign(charge, { status: 'failed', paid: false, captured: false, amount_captured: 0 } satisfies Partial<Stripe.Charge>)
  charge.failure_code = byCard ? 'card_declined' : reason.code
  charge.failure_message = reason.message
  charge.outcome = {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: 'declined_by_network',
    reason: reason.code,
    risk_level: 'normal',
    risk_score: 12,
    seller_message: 'The bank did not return any further details with this decline.',
    type: 'issuer_declined',
  }
  intent.status = 'requires_payment_method'
  intent.payment_method = null
  intent.last_payment_error = {
    type: byCard ? 'card_error' : 'invalid_request_error',
    charge: charge.id,
    code: byCard ? 'card_declined' : 'payment_intent_payment_attempt_failed',
    ...(byCard && { decline_code: reason.code }),
    message: reason.message,
  }
  world.emit('charge.failed', charge)
  world.emit('payment_intent.payment_failed', intent)
}
