import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaigns, cardMovements, cardPayments, donations, lines, pledges } from '../../db/schema'
import { endedAt } from '../campaigns/ended'
import { giftDestination } from '../campaigns/states'
import type { Context } from '../context'
import { recordDonation } from '../donations/record'
import { fundAccount, fundLine, type BookAccount } from '../ledger/books'
import { postEntry, type Posting } from '../ledger/post'
import { costPostings } from './costs'
import type { CardCharge, Movement } from '../payments/stripe/model'

/** A gift by card that is booked. */
export interface BookedGift {
  donationId: bigint
  fundId: number
  amountVnd: bigint
  /** It came after the closing day of an emergency appeal: the fund may not keep it. */
  mustReturn: boolean
}

type Kind = typeof cardMovements.$inferSelect.kind

/** Whoever books something of a charge holds this lock of it: what is told twice at once is booked once. */
export const lockCharge = (tx: Transaction, chargeId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${chargeId}, 2))`)

/** A fund's money at Stripe, in its books. */
export const clearingOf = (tx: Transaction, fundId: number): Promise<BookAccount> => fundAccount(tx, fundId, 'donation', 'stripe_clearing')

/** The gift that a charge was booked as; null where it is not booked. */
async function bookedGift(tx: Transaction, chargeId: string): Promise<BookedGift | null> {
  const [row] = await tx
    .select({
      donationId: donations.id,
      fundId: donations.fundId,
      amountVnd: donations.amountVnd,
      pledgeId: donations.pledgeId,
      line: lines.kind,
    })
    .from(cardPayments)
    .innerJoin(donations, eq(donations.cardPaymentId, cardPayments.id))
    .innerJoin(lines, eq(lines.id, donations.lineId))
    .where(eq(cardPayments.chargeId, chargeId))
  if (!row) return null
  const { line, pledgeId, ...gift } = row
  return { ...gift, mustReturn: line === 'unplaced' && pledgeId !== null }
}

/**
 * Books a charge that succeeded as a gift, gross, once (money.md §2). Foreign money is booked when Stripe has settled
 * it: its đồng are not known before. A charge that names no pledge of the fund waits on the unplaced line.
 * @returns null where there is nothing to book yet
 */
export async function bookCharge(context: Context, fundId: number, charge: CardCharge): Promise<BookedGift | null> {
  if (charge.state !== 'succeeded') return null
  const amountVnd = charge.currency === 'vnd' ? charge.amountMinor : charge.movement?.amountVnd
  if (amountVnd === undefined) return null
  const now = context.now()
  return context.db.transaction(async (tx) => {
    await lockCharge(tx, charge.stripeId)
    const booked = await bookedGift(tx, charge.stripeId)
    if (booked) return booked
    const rate = charge.currency === 'vnd' ? null : decimal(amountVnd, charge.amountMinor)
    const { stripeId: chargeId, paymentIntentId, currency, amountMinor, chargedAt } = charge
    const [payment] = await tx
      .insert(cardPayments)
      .values({ fundId, chargeId, paymentIntentId, currency, amountMinor, amountVnd, rate, chargedAt, createdAt: now })
      .returning({ id: cardPayments.id })
    if (!payment) throw new Error('a card payment was not written')
    const place = await placeOf(tx, fundId, charge)
    const donationId = await recordDonation(tx, {
      fundId,
      ...place,
      source: { kind: 'card', cardPaymentId: payment.id, charged: rate === null ? null : { currency, amountMinor, rate } },
      into: await clearingOf(tx, fundId),
      amountVnd,
      receivedAt: chargedAt,
      bookedAt: now,
    })
    return { donationId, fundId, amountVnd, mustReturn: place.mustReturn }
  })
}

/** Where a gift by card belongs: its pledge is named by ourselves, so there is nothing to guess. */
async function placeOf(
  tx: Transaction,
  fundId: number,
  { code, chargedAt }: CardCharge,
): Promise<{ lineId: number; pledgeId: bigint | null; code: string | null; mustReturn: boolean }> {
  const unplaced = await fundLine(tx, fundId, 'unplaced')
  const [row] =
    code === null
      ? []
      : await tx
          .select({ pledgeId: pledges.id, campaign: campaigns, endedAt })
          .from(pledges)
          .innerJoin(campaigns, eq(campaigns.id, pledges.campaignId))
          .where(and(eq(pledges.code, code), eq(pledges.fundId, fundId)))
          .for('update', { of: pledges })
  if (!row) return { lineId: unplaced, pledgeId: null, code: null, mustReturn: false }
  const { campaign, pledgeId } = row
  const destination = giftDestination({ ...campaign, endedAt: row.endedAt }, chargedAt)
  const lineIds = { campaign: campaign.lineId, overflow: campaign.overflowLineId, to_return: unplaced }
  return { lineId: lineIds[destination], pledgeId, code, mustReturn: destination === 'to_return' }
}

/** A quotient of whole numbers to eight places, rounded down: what one smallest unit came to. */
function decimal(amount: bigint, by: bigint): string {
  const scaled = (amount * 100_000_000n) / by
  return `${scaled / 100_000_000n}.${String(scaled % 100_000_000n).padStart(8, '0')}`.replace(/\.?0+$/, '')
}

/**
 * Books a change of the balance, once, in the caller's transaction, together with the fee that Stripe kept. The caller
 * holds the lock of what it belongs to.
 * @param postings what moved besides the fee; asked for only where the change is not booked yet
 * @returns whether it was new
 */
export async function bookMovement(
  tx: Transaction,
  {
    movement,
    now,
    postings,
    ...row
  }: {
    movement: Movement
    fundId: number
    kind: Kind
    sourceId: string | null
    donationId: bigint | null
    now: Date
    postings: () => Promise<Posting[]>
  },
): Promise<boolean> {
  const { stripeId, amountVnd, feeVnd, happenedAt } = movement
  const [known] = await tx.select({ id: cardMovements.stripeId }).from(cardMovements).where(eq(cardMovements.stripeId, stripeId))
  if (known) return false
  const [first, ...others] = [...(await postings()), ...(await costPostings(tx, row.fundId, await clearingOf(tx, row.fundId), feeVnd))]
  const entryId = first
    ? await postEntry(tx, {
        ...{ kind: `card_${row.kind}`, idempotencyKey: `stripe:${stripeId}`, occurredAt: happenedAt, bookedAt: now },
        postings: [first, ...others],
      })
    : null
  if (first && entryId === null) throw new Error(`${stripeId} is booked and not written down`)
  await tx.insert(cardMovements).values({ stripeId, ...row, amountVnd, feeVnd, entryId, happenedAt, createdAt: now })
  return true
}

/** Books the fee of a charge, once it is known. */
export async function bookChargeFee(context: Context, gift: BookedGift, charge: CardCharge): Promise<void> {
  const { movement } = charge
  if (!movement) return
  if (movement.amountVnd !== gift.amountVnd) throw new Error(`charge ${charge.stripeId} was settled at another sum than it was booked at`)
  await context.db.transaction(async (tx) => {
    await lockCharge(tx, charge.stripeId)
    await bookMovement(tx, {
      ...{ movement, fundId: gift.fundId, kind: 'charge', sourceId: charge.stripeId, donationId: gift.donationId, now: context.now() },
      postings: () => Promise.resolve([]),
    })
  })
}
