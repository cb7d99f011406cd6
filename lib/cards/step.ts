import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { cardMovements } from '../../db/schema'
import { NotLaidYet } from '../money-line/uses'
import type { Movement } from '../payments/stripe/model'
import type { BookedGift } from './book'

/** What a step of a gift's way back is given. */
export interface Step {
  /** Holds the charge's lock. */
  tx: Transaction
  gift: BookedGift
  /** What of the gift it is about, in đồng as it was booked. */
  shareVnd: bigint
  now: Date
}

/** Makes sure that what a step undoes is booked; throws `NotLaidYet` where it still waits. */
export async function needBooked(tx: Transaction, { stripeId }: Movement): Promise<void> {
  const [known] = await tx.select({ id: cardMovements.stripeId }).from(cardMovements).where(eq(cardMovements.stripeId, stripeId))
  if (!known) throw new NotLaidYet(`${stripeId} is not booked yet`)
}
