import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { consents, deliveries, photos, spends } from '../../db/schema'
import type { Context, FileContext } from '../context'
import { appendEvent } from '../events/append'
import { ok, refuse, type Result } from '../result'
import { dayOf, type Day } from '../time/day'
import type { ConsentRefusal, WithdrawRefusal } from './model'
import { removeUnneeded } from './sweep'

export type ConsentRow = typeof consents.$inferSelect

/** A consent to show pictures of a delivery. */
export interface ConsentWish {
  deliverySlug: string
  givenBy: ConsentRow['givenBy']
  givenHow: ConsentRow['givenHow']
  /** Under which number the fund keeps it. The paper itself, with its names, stays out of here. */
  paperNumber: string
  givenOn: Day
  validUntil: Day | null
  by: string
  /** Names this record: told twice, it is one. */
  key: string
}

/** Records a consent. Without one that stands no photo of the delivery can be added. */
export async function recordConsent(
  context: Context,
  { deliverySlug, by, key, ...given }: ConsentWish,
): Promise<Result<{ consentId: bigint }, ConsentRefusal>> {
  const now = context.now()
  const today = dayOf(now)
  const [known] = await context.db.select({ id: consents.id }).from(consents).where(eq(consents.idempotencyKey, key))
  if (known) return ok({ consentId: known.id })
  if (given.givenOn > today) return refuse('not_yet')
  if (given.validUntil !== null && given.validUntil < today) return refuse('ended')
  const [delivery] = await context.db.select({ id: deliveries.id }).from(deliveries).where(eq(deliveries.slug, deliverySlug))
  if (!delivery) return refuse('unknown_delivery')
  const [made] = await context.db
    .insert(consents)
    .values({ ...given, deliveryId: delivery.id, idempotencyKey: key, recordedBy: by, recordedAt: now })
    .onConflictDoUpdate({ target: consents.idempotencyKey, set: { idempotencyKey: key } })
    .returning({ id: consents.id })
  if (!made) throw new Error('a consent was not written')
  return ok({ consentId: made.id })
}

/** Whether a consent lets pictures be shown on a day. */
export const stands = ({ withdrawnAt, validUntil }: ConsentRow, today: Day): boolean =>
  withdrawnAt === null && (validUntil === null || validUntil >= today)

/** Locks a consent, so that it is not withdrawn before the transaction ends. */
export async function lockConsent(tx: Transaction, consentId: bigint): Promise<ConsentRow | null> {
  const [consent] = await tx.select().from(consents).where(eq(consents.id, consentId)).for('update')
  return consent ?? null
}

/**
 * Withdraws a consent, for ever: its photos are hidden with the same transaction, and their bytes are deleted. One
 * person is enough, for hiding is never the wrong thing.
 */
export async function withdrawConsent(
  context: FileContext,
  { consentId, by }: { consentId: bigint; by: string },
): Promise<Result<null, WithdrawRefusal>> {
  const ended = await endConsent(context, { consentId, by })
  if (!ended.ok) return ended
  await removeUnneeded(context, ended.value)
  return ok(null)
}

/**
 * Ends it and hides its photos, and leaves their bytes to `removeUnneeded`: once that is committed, for they do not come
 * back.
 * @returns the photos that were hidden
 */
export function endConsent(
  context: Context,
  { consentId, by }: { consentId: bigint; by: string },
): Promise<Result<{ photoIds: bigint[] }, WithdrawRefusal>> {
  const withdrawn = { withdrawnBy: by, withdrawnAt: context.now() }
  return context.db.transaction(async (tx) => {
    const consent = await lockConsent(tx, consentId)
    if (!consent) return refuse('not_found')
    if (consent.withdrawnAt !== null) return refuse('withdrawn')
    await tx.update(consents).set(withdrawn).where(eq(consents.id, consentId))
    const hidden = await tx
      .update(photos)
      .set({ ...withdrawn, salt: null })
      .where(and(eq(photos.consentId, consentId), isNull(photos.withdrawnAt)))
      .returning()
    for (const photo of hidden) await tellWithdrawn(tx, photo, context.now())
    return ok({ photoIds: hidden.map(({ id }) => id) })
  })
}

/** Makes it public that a photo is not shown any more, where it was. */
export async function tellWithdrawn(tx: Transaction, photo: typeof photos.$inferSelect, now: Date): Promise<void> {
  if (photo.releasedAt === null) return
  await tellPhoto(tx, photo, 'photo_withdrawn', now)
}

/** Makes a step of a photo public. @returns the event's id */
export async function tellPhoto(
  tx: Transaction,
  { id, deliveryId, commitment }: typeof photos.$inferSelect,
  kind: 'photo' | 'photo_withdrawn',
  now: Date,
): Promise<bigint> {
  const [of] = await tx
    .select({ slug: deliveries.slug, fundId: spends.fundId, lineId: spends.lineId })
    .from(deliveries)
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .where(eq(deliveries.id, deliveryId))
  if (!of) throw new Error(`photo ${id} is of no delivery`)
  const eventId = await appendEvent(tx, {
    ...{ kind, idempotencyKey: `${kind}:${id}`, fundId: of.fundId, lineId: of.lineId, day: dayOf(now) },
    ...{ facts: { delivery: of.slug, photo: commitment }, createdAt: now },
  })
  if (eventId === null) throw new Error(`${kind} ${id} was told before`)
  return eventId
}
