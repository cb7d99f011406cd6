import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { refunds } from '../../db/schema'
import type { Context } from '../context'

/** Longer than Stripe is waited for with all tries, twice: for the question before, and for the sending. */
const CLAIM_MS = 5 * 60_000

/** The right to ask Stripe about an approved refund, for a while, while nobody else does. */
export interface Claim {
  refund: typeof refunds.$inferSelect
  until: Date
}

/**
 * Takes an approved refund in hand: one of those who send it and those who withdraw it at a time. Whoever dies with it
 * holds it for some minutes, in which Stripe may still take what was on its way.
 * @returns null where somebody else has it, or it is not approved any more
 */
export async function claimRefund({ db, now }: Pick<Context, 'db' | 'now'>, id: bigint): Promise<Claim | null> {
  const until = new Date(now().getTime() + CLAIM_MS)
  const isFree = or(isNull(refunds.claimedUntil), lt(refunds.claimedUntil, now()))
  const [refund] = await db
    .update(refunds)
    .set({ claimedUntil: until })
    .where(and(eq(refunds.id, id), eq(refunds.state, 'approved'), isFree))
    .returning()
  return refund ? { refund, until } : null
}

/** Whether there is time left to ask Stripe for something that it must not do once somebody else has the refund in hand. */
export const isTimely = ({ now }: Pick<Context, 'now'>, { until }: Claim): boolean => until.getTime() - now().getTime() > CLAIM_MS / 2

/** An approved refund that a claim still holds, for a change of it. */
export const stillClaimed = ({ refund, until }: Claim) =>
  and(eq(refunds.id, refund.id), eq(refunds.state, 'approved'), eq(refunds.claimedUntil, until))

/** Lets go of a refund. */
export async function releaseRefund({ db }: Pick<Context, 'db'>, claim: Claim): Promise<void> {
  await db.update(refunds).set({ claimedUntil: null }).where(stillClaimed(claim))
}
