import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { donations, events } from '../../db/schema'
import { appendEvents } from '../events/append'
import { dayOf } from '../time/day'

const NAME_EVENTS = ['name_shown', 'name_hidden', 'name_changed']

/**
 * That the name of gifts shows from now on, or no longer, or is another: public facts, which say nothing of the name but a
 * commitment to it. They are numbered
 * by gift, since a donor may change their mind within one tick of the clock. The caller holds the pledge's lock.
 */
export async function tellName(
  tx: Transaction,
  pledgeId: bigint,
  kind: 'name_shown' | 'name_hidden' | 'name_changed',
  now: Date,
  facts: { nameCommitment?: string } = {},
): Promise<void> {
  const gifts = await tx
    .select({
      id: donations.id,
      fundId: donations.fundId,
      told: tx.$count(events, and(eq(events.donationId, donations.id), inArray(events.kind, NAME_EVENTS))),
    })
    .from(donations)
    .where(eq(donations.pledgeId, pledgeId))
  await appendEvents(
    tx,
    gifts.map(({ id, fundId, told }) => ({
      ...{ kind, idempotencyKey: `name:${id}:${told}`, fundId, day: dayOf(now), facts, donationId: id, createdAt: now },
    })),
  )
}
