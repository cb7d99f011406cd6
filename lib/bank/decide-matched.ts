import { and, asc, eq, isNull, notExists, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { bankDecisions, donations, events, refunds, spendPayments, spendRefunds, spends } from '../../db/schema'
import { giveBack } from '../donations/give-back'
import { appendEvent } from '../events/append'
import { fundLine, lineAccount } from '../ledger/books'
import { postEntry, type Posting } from '../ledger/post'
import { availableOn, NotLaidYet, ownStretches } from '../money-line/uses'
import { paySpendWithin, takeBackWithin } from '../spending/pay'
import { dayOf } from '../time/day'
import { tellWaitsNoMore } from './close'
import { ownOutgoing, unbookGift } from './decide-books'
import { bookDecided, moveOn, Refused, type Deciding, type LockedLine, type OwnAccount } from './deciding'

/**
 * What went out paid for a spend: one whose payment was written down before and waits for its line, or an approved one,
 * which is paid by it.
 */
export async function matchSpend(deciding: Deciding, on: LockedLine, spendId: bigint): Promise<void> {
  const { tx, decisionId, now } = deciding
  const account = ownOutgoing(on)
  await needOwn(tx, spendId, account)
  const { amountVnd, transactedAt } = on.line
  const waiting = () => paymentWithoutLine(tx, spendId, amountVnd)
  let paymentId = await waiting()
  if (paymentId === null) {
    const wish = { spendId, amountVnd, paidOn: dayOf(transactedAt), receivingAccountId: account.id, key: `decision:${decisionId}` }
    const paid = await paySpendWithin(tx, now, wish)
    if (!paid.ok) throw new Refused(paid.refusal === 'not_available' ? 'not_free' : 'no_match')
    paymentId = await waiting()
  }
  await tx.update(bankDecisions).set({ spendPaymentId: paymentId }).where(eq(bankDecisions.id, decisionId))
  await moveOn(deciding, on, { state: 'settled' })
}

/** What came in is what a supplier gave back of a spend, written down before or by this. */
export async function matchSupplierRefund(
  deciding: Deciding,
  on: LockedLine,
  { spendId, position }: { spendId: bigint; position: number },
): Promise<void> {
  const { tx, decisionId, now } = deciding
  const account = await unbookGift(deciding, on)
  await needOwn(tx, spendId, account)
  const { amountVnd, transactedAt } = on.line
  const waiting = () => refundWithoutLine(tx, spendId, amountVnd)
  let refundId = await waiting()
  if (refundId === null) {
    const wish = { spendId, position, amountVnd, on: dayOf(transactedAt), receivingAccountId: account.id, key: `decision:${decisionId}` }
    const taken = await takeBackWithin(tx, now, wish)
    if (!taken.ok) throw new Refused('no_match')
    refundId = await waiting()
  }
  await tx.update(bankDecisions).set({ spendRefundId: refundId }).where(eq(bankDecisions.id, decisionId))
  await moveOn(deciding, on, { state: 'settled' })
}

async function needOwn(tx: Transaction, spendId: bigint, { fundId }: OwnAccount): Promise<void> {
  // Whoever matches the spend waits here, so that one payment is matched once.
  const [spend] = await tx.select({ fundId: spends.fundId }).from(spends).where(eq(spends.id, spendId)).for('update')
  if (spend?.fundId !== fundId) throw new Refused('no_match')
}

const isUnmatched = (tx: Transaction, is: SQL) =>
  notExists(
    tx
      .select({ one: sql`1` })
      .from(bankDecisions)
      .where(and(is, isNull(bankDecisions.undoneAt))),
  )

async function paymentWithoutLine(tx: Transaction, spendId: bigint, amountVnd: bigint): Promise<bigint | null> {
  const [row] = await tx
    .select({ id: spendPayments.id })
    .from(spendPayments)
    .where(
      and(
        ...[eq(spendPayments.spendId, spendId), sql`${spendPayments.toVnd} - ${spendPayments.fromVnd} = ${amountVnd}`],
        // What an advance paid has its line already.
        ...[isNull(spendPayments.advanceId), isUnmatched(tx, eq(bankDecisions.spendPaymentId, spendPayments.id))],
      ),
    )
    .orderBy(asc(spendPayments.id))
    .limit(1)
  return row?.id ?? null
}

async function refundWithoutLine(tx: Transaction, spendId: bigint, amountVnd: bigint): Promise<bigint | null> {
  const [row] = await tx
    .select({ id: spendRefunds.id })
    .from(spendRefunds)
    .where(
      and(
        ...[eq(spendRefunds.spendId, spendId), sql`${spendRefunds.toVnd} - ${spendRefunds.fromVnd} = ${amountVnd}`],
        isUnmatched(tx, eq(bankDecisions.spendRefundId, spendRefunds.id)),
      ),
    )
    .orderBy(asc(spendRefunds.id))
    .limit(1)
  return row?.id ?? null
}

type Refund = typeof refunds.$inferSelect

async function lockRefund(tx: Transaction, refundId: bigint, { fundId }: OwnAccount, amountVnd: bigint): Promise<Refund> {
  const [row] = await tx
    .select({ refund: refunds, fundId: donations.fundId, cardPaymentId: donations.cardPaymentId })
    .from(refunds)
    .innerJoin(donations, eq(donations.id, refunds.donationId))
    .where(eq(refunds.id, refundId))
    .for('update', { of: refunds })
  if (row?.fundId !== fundId || row.cardPaymentId !== null || row.refund.amountVnd !== amountVnd) throw new Refused('no_match')
  return row.refund
}

/** What went out gave a gift back to its donor, as two people had decided: line / bank. */
export async function matchRefund(deciding: Deciding, on: LockedLine, refundId: bigint): Promise<void> {
  const { tx, decisionId, now } = deciding
  const account = ownOutgoing(on)
  const { amountVnd, transactedAt } = on.line
  const refund = await lockRefund(tx, refundId, account, amountVnd)
  const linked = { refundId }
  if (refund.state === 'sent') {
    // Its line was matched, and that was taken back: it waits for another.
    const [other] = await tx
      .select({ id: bankDecisions.id })
      .from(bankDecisions)
      .where(and(eq(bankDecisions.refundId, refundId), eq(bankDecisions.kind, 'refund_paid'), isNull(bankDecisions.undoneAt)))
    if (other) throw new Refused('no_match')
  } else {
    if (refund.state !== 'approved') throw new Refused('no_match')
    const { postings, givenVnd } = await giveBackHeld(deciding, account, refund, transactedAt)
    const [first, ...others] = postings
    if (!first || givenVnd !== amountVnd) throw new Refused('not_free')
    const entryId = await postEntry(tx, {
      ...{ kind: 'refund', idempotencyKey: `refund:${refund.idempotencyKey}`, occurredAt: transactedAt, bookedAt: now },
      postings: [first, ...others],
    })
    if (entryId === null) throw new Error(`refund ${refundId} was booked before`)
    await tx.update(refunds).set({ state: 'sent', entryId }).where(eq(refunds.id, refundId))
    await tellReturned(deciding, refund)
  }
  await tx.update(bankDecisions).set(linked).where(eq(bankDecisions.id, decisionId))
  await moveOn(deciding, on, { state: 'settled' })
}

/** A line that nobody could place waits no more once its money went back whole. */
async function tellReturned({ tx, now }: Deciding, { id, donationId }: Refund): Promise<void> {
  const [gift] = await tx.select({ lineId: donations.bankTransactionId }).from(donations).where(eq(donations.id, donationId))
  if (gift?.lineId != null) await tellWaitsNoMore(tx, gift.lineId, { key: `returned:${id}`, now })
}

async function giveBackHeld(
  { tx, now }: Deciding,
  { fundId, book }: OwnAccount,
  refund: Refund,
  paidAt: Date,
): Promise<{ postings: Posting[]; givenVnd: bigint }> {
  const { id, donationId, amountVnd, holdEventId, idempotencyKey, reason } = refund
  const isCheque = reason === 'cheque_returned'
  try {
    // The reserve may stand in: its line is locked with the gift's own, in the one order in which lines are locked.
    const free = isCheque ? (await ownStretches(tx, donationId, [await fundLine(tx, fundId, 'reserve')])).free : []
    const given = await giveBack(tx, {
      ...{ donationId, fundId, amountVnd, from: book, kind: 'refund', key: `refund:${idempotencyKey}`, holdEventId },
      ...{ day: dayOf(paidAt), now, facts: { refund: `bank-${id}`, ...(isCheque ? { because: reason } : {}) } },
    })
    // More than was held of it: a promise to a spend is kept, and paid or ended first.
    for (const lineId of new Set(free.map((stretch) => stretch.lineId))) {
      if ((await availableOn(tx, lineId)) < 0n) throw new Refused('promised')
    }
    return given
  } catch (error) {
    if (error instanceof NotLaidYet) throw new Refused('not_laid_yet')
    throw error
  }
}

/** A refund that its donor's bank sent back: the money enters the line at its end, still that donor's. */
export async function matchReturnedRefund(deciding: Deciding, on: LockedLine, refundId: bigint): Promise<void> {
  const { tx, decisionId, now } = deciding
  const account = await unbookGift(deciding, on)
  const { amountVnd, transactedAt } = on.line
  const refund = await lockRefund(tx, refundId, account, amountVnd)
  if (refund.state !== 'sent' || refund.entryId === null) throw new Refused('no_match')
  const [sent, ...others] = await tx
    .select({ kind: events.kind, lineId: events.lineId, amountVnd: events.amountVnd })
    .from(events)
    .where(and(eq(events.donationId, refund.donationId), sql`${events.facts}->>'refund' = ${`bank-${refund.id}`}`))
  // What the reserve stood in for is for a person to put right, with both books open.
  if (sent?.kind !== 'refund' || sent.lineId === null || others.length > 0 || sent.amountVnd !== amountVnd) throw new Refused('no_match')
  const eventId = await appendEvent(tx, {
    ...{ kind: 'refund_failed', idempotencyKey: `refund:${refund.idempotencyKey}:failed`, fundId: account.fundId, lineId: sent.lineId },
    ...{ day: dayOf(transactedAt), amountVnd, donationId: refund.donationId, createdAt: now, facts: { failed: `bank-${refund.id}` } },
  })
  if (eventId === null) throw new Error(`refund ${refundId} failed before`)
  await tx.update(refunds).set({ state: 'failed' }).where(eq(refunds.id, refundId))
  await tx.update(bankDecisions).set({ refundId }).where(eq(bankDecisions.id, decisionId))
  await bookDecided(deciding, on, 'refund_failure', [{ debit: account.book, credit: await lineAccount(tx, sent.lineId), amountVnd }])
  await moveOn(deciding, on, { state: 'settled' })
}
