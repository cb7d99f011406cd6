import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, index, integer, numeric, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { bankTransactions } from './bank'
import { moment, vnd } from './columns'
import { events } from './events'
import { funds } from './funds'
import { donations, pledges } from './giving'
import { entries } from './ledger'

const CURRENCY = ['vnd', 'usd', 'eur'] as const

/**
 * A page at Stripe on which a pledge may be paid, written down before Stripe is asked for it: asked again after a
 * crash, it is the same page.
 */
export const cardSessions = pgTable(
  'card_sessions',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    pledgeId: bigint('pledge_id', { mode: 'bigint' })
      .notNull()
      .references(() => pledges.id),
    /** From 1: a pledge gets another page when the one before it is over. */
    attempt: integer('attempt').notNull(),
    currency: text('currency', { enum: CURRENCY }).notNull(),
    /** In the currency's smallest unit. */
    amountMinor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
    /** Stripe's id; null until Stripe answered. */
    stripeId: text('stripe_id').unique(),
    url: text('url'),
    /** `processing`: completed, and a bank has still to confirm it. Not money. */
    state: text('state', { enum: ['opening', 'open', 'processing', 'paid', 'failed', 'expired'] }).notNull(),
    /** Who opened it, as `cardFailures.visitor`; null where nothing is limited, and after a day. */
    visitor: text('visitor'),
    /** Whether the bank asks who pays, whatever it thinks of the card: the page was opened while somebody tried stolen ones. */
    asksThreeDSecure: boolean('asks_three_d_secure').notNull().default(false),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    unique('card_sessions_attempt').on(t.pledgeId, t.attempt),
    index('card_sessions_unsettled')
      .on(t.id)
      .where(sql`state in ('opening', 'open', 'processing')`),
    index('card_sessions_visitor')
      .on(t.visitor, t.createdAt)
      .where(sql`visitor is not null`),
    check('card_sessions_amount', sql`${t.amountMinor} > 0`),
    check('card_sessions_currency', sql`${t.currency} in ('vnd', 'usd', 'eur')`),
    check('card_sessions_state', sql`${t.state} in ('opening', 'open', 'processing', 'paid', 'failed', 'expired')`),
    check(
      'card_sessions_opened',
      sql`(${t.stripeId} is not null and ${t.state} <> 'opening') or (${t.stripeId} is null and ${t.state} in ('opening', 'expired'))`,
    ),
  ],
)

/**
 * Cards that were not accepted, for as long as they tell that somebody tries stolen ones: rows older than a day are
 * deleted. Neither an address nor a card can be read off them: both are keyed hashes.
 */
export const cardFailures = pgTable(
  'card_failures',
  {
    chargeId: text('charge_id').primaryKey(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    sessionId: bigint('session_id', { mode: 'bigint' }).references(() => cardSessions.id),
    /** Of the address from which its page was opened. */
    visitor: text('visitor'),
    /** Of Stripe's fingerprint of the card; null where it has none. */
    card: text('card'),
    failedAt: moment('failed_at').notNull(),
  },
  (t) => [
    index('card_failures_fund').on(t.fundId, t.failedAt),
    index('card_failures_session').on(t.sessionId),
    index('card_failures_visitor').on(t.visitor, t.failedAt),
    index('card_failures_card').on(t.card, t.failedAt),
  ],
)

/** A charge that succeeded: what a gift by card was booked from. Never updated, never deleted. */
export const cardPayments = pgTable(
  'card_payments',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    chargeId: text('charge_id').notNull().unique(),
    paymentIntentId: text('payment_intent_id').notNull(),
    currency: text('currency', { enum: CURRENCY }).notNull(),
    amountMinor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
    /** Gross, in đồng; of foreign money at Stripe's rate. */
    amountVnd: vnd('amount_vnd').notNull(),
    /** Đồng for one smallest unit of the currency; null for đồng. */
    rate: numeric('rate'),
    chargedAt: moment('charged_at').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('card_payments_fund').on(t.fundId, t.chargedAt),
    check('card_payments_amounts', sql`${t.amountMinor} > 0 and ${t.amountVnd} > 0`),
    check('card_payments_currency', sql`${t.currency} in ('vnd', 'usd', 'eur')`),
    check('card_payments_rate', sql`(${t.currency} = 'vnd') = (${t.rate} is null)`),
    check('card_payments_vnd', sql`${t.currency} <> 'vnd' or ${t.amountMinor} = ${t.amountVnd}`),
  ],
)

/** Each change of the balance at Stripe, by Stripe's id, and what it was booked as. Never updated, never deleted. */
export const cardMovements = pgTable(
  'card_movements',
  {
    stripeId: text('stripe_id').primaryKey(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    kind: text('kind', {
      enum: ['charge', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'fee', 'payout', 'payout_failure', 'not_understood'],
    }).notNull(),
    /** What Stripe says it came from: a charge, a refund, a dispute, a payout. */
    sourceId: text('source_id'),
    donationId: bigint('donation_id', { mode: 'bigint' }).references(() => donations.id),
    /** Signed, in đồng, before the fee. */
    amountVnd: vnd('amount_vnd').notNull(),
    /** Signed, in đồng: what Stripe kept. */
    feeVnd: vnd('fee_vnd').notNull(),
    /** Null where nothing was booked: a payout is, when the bank tells of it. */
    entryId: bigint('entry_id', { mode: 'bigint' }).references(() => entries.id),
    happenedAt: moment('happened_at').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('card_movements_donation').on(t.donationId),
    index('card_movements_source').on(t.sourceId),
    index('card_movements_queue')
      .on(t.createdAt)
      .where(sql`kind = 'not_understood'`),
    check(
      'card_movements_kind',
      sql`${t.kind} in ('charge', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'fee', 'payout', 'payout_failure', 'not_understood')`,
    ),
  ],
)

/** Money on its way from Stripe to a fund's bank. It is booked when the bank tells of it. */
export const cardPayouts = pgTable(
  'card_payouts',
  {
    stripeId: text('stripe_id').primaryKey(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    amountVnd: vnd('amount_vnd').notNull(),
    arrivesOn: date('arrives_on', { mode: 'string' }).notNull(),
    state: text('state', { enum: ['pending', 'in_transit', 'paid', 'failed', 'canceled'] }).notNull(),
    bankTransactionId: bigint('bank_transaction_id', { mode: 'bigint' })
      .unique()
      .references(() => bankTransactions.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('card_payouts_unmatched')
      .on(t.fundId, t.amountVnd)
      .where(sql`bank_transaction_id is null`),
    check('card_payouts_amount', sql`${t.amountVnd} > 0`),
    check('card_payouts_state', sql`${t.state} in ('pending', 'in_transit', 'paid', 'failed', 'canceled')`),
  ],
)

/** A dispute of a gift by card: what its donor's bank asked back. */
export const cardDisputes = pgTable(
  'card_disputes',
  {
    stripeId: text('stripe_id').primaryKey(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    donationId: bigint('donation_id', { mode: 'bigint' })
      .notNull()
      .references(() => donations.id),
    /** In đồng as the gift was booked, whatever the day's rate. */
    amountVnd: vnd('amount_vnd').notNull(),
    reason: text('reason').notNull(),
    state: text('state', { enum: ['open', 'won', 'lost'] }).notNull(),
    /** Until when Stripe takes the fund's answer; null where it takes none. */
    answerBy: moment('answer_by'),
    openedAt: moment('opened_at').notNull(),
    closedAt: moment('closed_at'),
  },
  (t) => [
    index('card_disputes_donation').on(t.donationId),
    index('card_disputes_open')
      .on(t.answerBy)
      .where(sql`state = 'open'`),
    check('card_disputes_amount', sql`${t.amountVnd} > 0`),
    check('card_disputes_state', sql`${t.state} in ('open', 'won', 'lost')`),
    check('card_disputes_closed', sql`(${t.state} = 'open') = (${t.closedAt} is null)`),
  ],
)

/**
 * What Stripe told by webhook. Only that something happened to an object, never what: the object is asked for anew,
 * and its body, which names people, is not kept.
 */
export const stripeEvents = pgTable(
  'stripe_events',
  {
    stripeId: text('stripe_id').primaryKey(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    type: text('type').notNull(),
    objectId: text('object_id'),
    /** `unknown`: of a kind that this site does nothing about. */
    state: text('state', { enum: ['waiting', 'done', 'unknown'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: moment('next_attempt_at').notNull(),
    receivedAt: moment('received_at').notNull(),
  },
  (t) => [
    index('stripe_events_waiting')
      .on(t.nextAttemptAt)
      .where(sql`state = 'waiting'`),
    index('stripe_events_past')
      .on(t.receivedAt)
      .where(sql`state <> 'waiting'`),
    check('stripe_events_state', sql`${t.state} in ('waiting', 'done', 'unknown')`),
  ],
)

/**
 * A bank fears that a gift was made with a stolen card, before anybody disputes it. A person decides whether it goes
 * back: by asking for a refund, or by saying that it was looked at.
 */
export const cardWarnings = pgTable(
  'card_warnings',
  {
    stripeId: text('stripe_id').primaryKey(),
    donationId: bigint('donation_id', { mode: 'bigint' })
      .notNull()
      .references(() => donations.id),
    /** The bank's word for what it fears. */
    fraudType: text('fraud_type').notNull(),
    warnedAt: moment('warned_at').notNull(),
    seenBy: text('seen_by'),
    seenAt: moment('seen_at'),
  },
  (t) => [
    index('card_warnings_donation').on(t.donationId),
    index('card_warnings_unseen')
      .on(t.warnedAt)
      .where(sql`seen_at is null`),
    check('card_warnings_seen', sql`(${t.seenBy} is null) = (${t.seenAt} is null)`),
  ],
)

/**
 * Why a gift goes back: a fixed list, for words of people would be about people. `cheque_returned`: the bank took back what
 * it had paid for a cheque (docs/decisions/0045).
 */
export const REFUND_REASONS = [
  'requested_by_donor',
  'duplicate',
  'fraud_suspected',
  'wrong_campaign',
  'after_closing_day',
  'cheque_returned',
  'other',
] as const

/**
 * A gift that is given back on the donor's or the fund's wish. One person asks, another approves; its đồng are held
 * from the moment it is asked for.
 */
export const refunds = pgTable(
  'refunds',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    donationId: bigint('donation_id', { mode: 'bigint' })
      .notNull()
      .references(() => donations.id),
    /** In đồng as the gift was booked. */
    amountVnd: vnd('amount_vnd').notNull(),
    /** In the smallest unit of what was paid. */
    amountMinor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
    reason: text('reason', { enum: REFUND_REASONS }).notNull(),
    /** `withdrawn`: approved, and ended by a person before Stripe took it. */
    state: text('state', { enum: ['requested', 'approved', 'rejected', 'sent', 'failed', 'withdrawn'] }).notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    requestedBy: text('requested_by').notNull(),
    decidedBy: text('decided_by'),
    /** Stripe's id, once it took the wish. */
    stripeId: text('stripe_id').unique(),
    /** The entry that booked it, where it was paid by a line of the bank. */
    entryId: bigint('entry_id', { mode: 'bigint' })
      .unique()
      .references(() => entries.id),
    /** Why it failed without Stripe having taken it: Stripe's code, or that so much was not there any more. For staff. */
    refusal: text('refusal'),
    /** Who withdrew it. */
    withdrawnBy: text('withdrawn_by'),
    /** Until then somebody is asking Stripe about it, and nobody else does. */
    claimedUntil: moment('claimed_until'),
    holdEventId: bigint('hold_event_id', { mode: 'bigint' })
      .notNull()
      .references(() => events.id),
    requestedAt: moment('requested_at').notNull(),
    decidedAt: moment('decided_at'),
  },
  (t) => [
    index('refunds_donation').on(t.donationId),
    uniqueIndex('refunds_cheque_once')
      .on(t.donationId)
      .where(sql`reason = 'cheque_returned' and state in ('requested', 'approved', 'sent')`),
    index('refunds_unsent')
      .on(t.id)
      .where(sql`state = 'approved'`),
    check('refunds_amount', sql`${t.amountVnd} > 0 and ${t.amountMinor} > 0`),
    check(
      'refunds_reason',
      sql`${t.reason} in ('requested_by_donor', 'duplicate', 'fraud_suspected', 'wrong_campaign', 'after_closing_day', 'cheque_returned', 'other')`,
    ),
    check('refunds_state', sql`${t.state} in ('requested', 'approved', 'rejected', 'sent', 'failed', 'withdrawn')`),
    check('refunds_two_people', sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.requestedBy}`),
    check(
      'refunds_decided',
      sql`(${t.state} = 'requested') = (${t.decidedBy} is null) and (${t.decidedBy} is null) = (${t.decidedAt} is null)`,
    ),
    check(
      'refunds_sent',
      sql`case ${t.state} when 'sent' then num_nonnulls(${t.stripeId}, ${t.entryId}) = 1 when 'failed' then num_nonnulls(${t.stripeId}, ${t.entryId}) <= 1 else num_nonnulls(${t.stripeId}, ${t.entryId}) = 0 end`,
    ),
    check('refunds_refusal', sql`(${t.refusal} is not null) = (${t.state} = 'failed' and num_nonnulls(${t.stripeId}, ${t.entryId}) = 0)`),
    check(
      'refunds_withdrawn',
      sql`(${t.withdrawnBy} is not null) = (${t.state} = 'withdrawn') and (${t.withdrawnBy} is null or ${t.withdrawnBy} <> ${t.decidedBy})`,
    ),
  ],
)
