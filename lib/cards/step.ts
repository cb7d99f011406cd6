import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { cardMovements } from '../../db/schema'
import { NotLaidYet } from '../money-line/uses'
import type { CardCharge, Movement } from '../payments/stripe/model'
import type { BookedGift } from './book'

/** What a step of a gift's way back is given. */
export interface Step {
  /** Holds the charge's lock. */
  tx: Transaction
  gift: BookedGift
  charge: CardCharge
  /** What of the gift each refund and dispute is about, in đồng as it was booked, by Stripe's id. */
  shares: ReadonlyMap<string, bigint>
  now: Date
}

/** What of the gift a refund or a dispute is about. */
export const shareOf = ({ shares }: Step, stripeId: string): bigint => shares.get(stripeId) ?? 0n

/** Makes sure that what a step undoes is booked; throws `NotLaidYet` where it still waits. */
export async function needBooked(tx: Transaction, { stripeId }: Movement): Promise<void> {
  const [known] = await tx.select({ id: cardMovements.stripeId }).from(cardMovements).where(eq(cardMovements.stripeId, stripeId))
  if (!known) throw new NotLaidYet(`${stripeId} is not booked yet`)
}
