import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { donations, siteState } from '../../db/schema'
import { appendEvents } from '../events/append'
import { dayOf } from '../time/day'

/** That the name of gifts shows from now on, or no longer: public facts, which say nothing of the name. */
export async function tellName(
  tx: Transaction,
  pledgeId: bigint,
  kind: 'name_shown' | 'name_hidden',
  key: string,
  now: Date,
): Promise<void> {
  const gifts = await tx.select({ id: donations.id, fundId: donations.fundId }).from(donations).where(eq(donations.pledgeId, pledgeId))
  await appendEvents(
    tx,
    gifts.map(({ id, fundId }) => ({
      ...{ kind, idempotencyKey: `name:${id}:${key}`, fundId, day: dayOf(now), facts: {}, donationId: id, createdAt: now },
    })),
  )
}

/** Makes pages look anew: what they show has changed without an event that lays anything. */
export const showChange = (tx: Transaction, now: Date) =>
  tx
    .update(siteState)
    .set({ version: sql`${siteState.version} + 1`, updatedAt: now })
    .where(eq(siteState.id, 1))
