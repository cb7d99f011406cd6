import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { donations, events, goodsReceipts } from '../../db/schema'
import { appendEvents } from '../events/append'
import { dayOf } from '../time/day'

const NAME_EVENTS = ['name_shown', 'name_hidden', 'name_changed']

/**
 * That the name of gifts, of money and of goods, shows from now on, or no longer, or is another: public facts, which say
 * nothing of the name but a commitment to it. They are numbered by gift or receipt, since a donor may change their mind
 * within one tick of the clock. The caller holds the pledge's lock.
 */
export async function tellName(
  tx: Transaction,
  pledgeId: bigint,
  kind: 'name_shown' | 'name_hidden' | 'name_changed',
  now: Date,
  facts: { nameCommitment?: string } = {},
): Promise<void> {
  const isOfName = inArray(events.kind, NAME_EVENTS)
  const gifts = await tx
    .select({ id: donations.id, fundId: donations.fundId, told: tx.$count(events, and(eq(events.donationId, donations.id), isOfName)) })
    .from(donations)
    .where(eq(donations.pledgeId, pledgeId))
  const receipts = await tx
    .select({
      ...{ id: goodsReceipts.id, fundId: goodsReceipts.fundId },
      told: tx.$count(events, and(eq(events.goodsReceiptId, goodsReceipts.id), isOfName)),
    })
    .from(goodsReceipts)
    .where(eq(goodsReceipts.pledgeId, pledgeId))
  const came = [
    ...gifts.map(({ id, ...one }) => ({ ...one, name: String(id), donationId: id, goodsReceiptId: null })),
    ...receipts.map(({ id, ...one }) => ({ ...one, name: `goods:${id}`, donationId: null, goodsReceiptId: id })),
  ]
  await appendEvents(
    tx,
    came.map(({ name, told, ...of }) => ({ ...of, kind, idempotencyKey: `name:${name}:${told}`, day: dayOf(now), facts, createdAt: now })),
  )
}
