import type Stripe from 'stripe'
import type {
  CardCharge,
  CardCurrency,
  CardDispute,
  CardPayout,
  CardRefund,
  CardSession,
  CardWarning,
  ListedMovement,
  Movement,
} from './model'
import { log } from '../../log'
import { isForeignCurrency } from '../../money/currency'
import { dayOf } from '../../time/day'
import { isMissing } from './client'

/** Asks how a hosted page stands; null where Stripe knows no such page. */
export async function readSession(stripe: Stripe, id: string): Promise<CardSession | null> {
  const session = await orMissing(stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] }))
  if (!session) return null
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null
  return { stripeId: session.id, state: stateOf(session, intent), chargeId: idOf(intent?.latest_charge) }
}

/** A page that was completed unpaid waits for a bank: it is no money (docs.stripe.com/payments/checkout/fulfill-orders). */
function stateOf(session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent | null): CardSession['state'] {
  if (session.status === 'expired') return 'expired'
  if (session.status !== 'complete') return 'open'
  if (session.payment_status === 'paid') return 'paid'
  return intent?.status === 'requires_payment_method' || intent?.status === 'canceled' ? 'failed' : 'processing'
}

/** Asks how a charge stands, with its settlement, refunds and disputes; null where Stripe knows no such charge. */
export async function readCharge(stripe: Stripe, id: string): Promise<CardCharge | null> {
  const charge = await orMissing(stripe.charges.retrieve(id, { expand: ['balance_transaction'] }))
  if (!charge) return null
  const details = charge.payment_method_details
  return {
    stripeId: charge.id,
    paymentIntentId: idOf(charge.payment_intent) ?? '',
    code: charge.metadata.pledge ?? null,
    state: chargeState(charge),
    currency: currencyOf(charge.currency),
    amountMinor: BigInt(charge.amount),
    leftMinor: BigInt(charge.amount - charge.amount_refunded),
    chargedAt: momentOf(charge.created),
    fingerprint: details?.card?.fingerprint ?? null,
    movement: movementOf(charge.balance_transaction),
    refunds: charge.status === 'succeeded' ? await readRefunds(stripe, id) : [],
    disputes: charge.disputed ? await readDisputes(stripe, id) : [],
  }
}

const CHARGE_STATES = ['succeeded', 'pending', 'failed'] as const

/** Money that was only set aside on a card, as by somebody else who uses the account, is nobody's gift yet. */
const chargeState = ({ status, captured }: Stripe.Charge): CardCharge['state'] =>
  status === 'succeeded' && !captured ? 'pending' : (CHARGE_STATES.find((known) => known === status) ?? 'pending')

async function readRefunds(stripe: Stripe, charge: string): Promise<CardRefund[]> {
  const refunds: CardRefund[] = []
  const expand = ['data.balance_transaction', 'data.failure_balance_transaction']
  for await (const refund of stripe.refunds.list({ charge, limit: 100, expand })) {
    refunds.push({
      stripeId: refund.id,
      requestKey: refund.metadata?.refund ?? null,
      amountMinor: BigInt(refund.amount),
      madeAt: momentOf(refund.created),
      movement: movementOf(refund.balance_transaction),
      hasFailed: refund.status === 'failed' || refund.status === 'canceled',
      failure: movementOf(refund.failure_balance_transaction),
    })
  }
  // The first first, as they happened.
  return refunds.reverse()
}

async function readDisputes(stripe: Stripe, charge: string): Promise<CardDispute[]> {
  const disputes: CardDispute[] = []
  for await (const dispute of stripe.disputes.list({ charge, limit: 100 })) {
    const movements = dispute.balance_transactions.flatMap((entry) => movementOf(entry) ?? [])
    // A bank that only asks takes no money.
    if (movements.length === 0) continue
    disputes.push({
      stripeId: dispute.id,
      amountMinor: BigInt(dispute.amount),
      reason: dispute.reason,
      state: LOST.has(dispute.status) ? 'lost' : WON.has(dispute.status) ? 'won' : 'open',
      answerBy: dispute.evidence_details.due_by === null ? null : momentOf(dispute.evidence_details.due_by),
      openedAt: momentOf(dispute.created),
      movements,
    })
  }
  return disputes.reverse()
}

/** The charge that a refund gives back. */
export const chargeOfRefund = async (stripe: Stripe, id: string): Promise<string | null> =>
  idOf((await orMissing(stripe.refunds.retrieve(id)))?.charge)

/** The charge that a dispute is about. */
export const chargeOfDispute = async (stripe: Stripe, id: string): Promise<string | null> =>
  idOf((await orMissing(stripe.disputes.retrieve(id)))?.charge)

/** One that was prevented gave the donor their money before it came to a dispute: what it took stays away. */
const LOST = new Set<string>(['lost', 'prevented'])
const WON = new Set<string>(['won', 'warning_closed'])

/** Asks for a bank's warning (docs.stripe.com/api/radar/early_fraud_warnings); null where Stripe knows no such one. */
export async function readWarning(stripe: Stripe, id: string): Promise<CardWarning | null> {
  const warning = await orMissing(stripe.radar.earlyFraudWarnings.retrieve(id))
  return warning && warningOf(warning)
}

/** The warnings since a moment. */
export async function listWarnings(stripe: Stripe, since: Date): Promise<CardWarning[]> {
  const warnings: CardWarning[] = []
  const created = { gte: Math.floor(since.getTime() / 1000) }
  for await (const warning of stripe.radar.earlyFraudWarnings.list({ created, limit: 100 })) warnings.push(warningOf(warning))
  return warnings
}

const warningOf = ({ id, charge, fraud_type: fraudType, created }: Stripe.Radar.EarlyFraudWarning): CardWarning => ({
  ...{ stripeId: id, chargeId: typeof charge === 'string' ? charge : charge.id, fraudType, warnedAt: momentOf(created) },
})

/** Asks how a payout stands; null where Stripe knows no such payout. */
export async function readPayout(stripe: Stripe, id: string): Promise<CardPayout | null> {
  const payout = await orMissing(stripe.payouts.retrieve(id))
  return payout && payoutOf(payout)
}

function payoutOf(payout: Stripe.Payout): CardPayout {
  if (payout.currency !== 'vnd') throw new Error(`payout ${payout.id} is not in đồng`)
  const state = PAYOUT_STATES.find((known) => known === payout.status)
  if (!state) throw new Error(`payout ${payout.id} is in an unknown state`)
  return { stripeId: payout.id, amountVnd: BigInt(payout.amount), arrivesOn: dayOf(momentOf(payout.arrival_date)), state }
}

const PAYOUT_STATES = ['pending', 'in_transit', 'paid', 'failed', 'canceled'] as const

/**
 * Each change of the balance since a moment, newest first: nothing that moves money is missing here. One of another
 * currency than đồng has no place in the books and is left out; the log tells of it.
 */
export async function* listMovements(stripe: Stripe, since: Date): AsyncGenerator<ListedMovement> {
  for await (const entry of stripe.balanceTransactions.list({ created: { gte: Math.floor(since.getTime() / 1000) }, limit: 100 })) {
    if (entry.currency !== 'vnd') {
      log.error({ event: 'card_movement_not_in_vnd', movement: entry.id, currency: entry.currency })
      continue
    }
    const movement = movementOf(entry)
    if (movement) yield { ...movement, type: entry.type, sourceId: idOf(entry.source) }
  }
}

/** @returns null for one that is not there yet */
function movementOf(entry: Stripe.BalanceTransaction | string | null | undefined): Movement | null {
  if (entry === null || entry === undefined) return null
  if (typeof entry === 'string') throw new Error(`balance transaction ${entry} was not expanded`)
  // đồng are the only currency of a fund's books: an account that is settled in another one can't be used.
  if (entry.currency !== 'vnd') throw new Error(`the account at Stripe is settled in ${entry.currency}, not in đồng`)
  return {
    stripeId: entry.id,
    amountVnd: BigInt(entry.amount),
    feeVnd: BigInt(entry.fee),
    happenedAt: momentOf(entry.created),
  }
}

function currencyOf(letters: string): CardCurrency {
  if (letters === 'vnd' || isForeignCurrency(letters)) return letters
  throw new Error(`a card was charged in ${letters}, which this site does not take`)
}

const momentOf = (seconds: number): Date => new Date(seconds * 1000)

const idOf = (object: string | { id: string } | null | undefined): string | null =>
  object === null || object === undefined ? null : typeof object === 'string' ? object : object.id

async function orMissing<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
