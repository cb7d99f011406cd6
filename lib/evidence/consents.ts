import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaignDrafts, campaigns, consents, deliveries, needs, photos, programmes, spends } from '../../db/schema'
import type { Context, FileContext } from '../context'
import { appendEvent } from '../events/append'
import { ok, refuse, type Result } from '../result'
import { dayOf, type Day } from '../time/day'
import type { ConsentRefusal, WithdrawRefusal } from './model'
import { removeUnneeded } from './sweep'

export type ConsentRow = typeof consents.$inferSelect

/** A consent to show pictures of a delivery, or of a campaign by its draft. */
export type ConsentWish = ({ deliverySlug: string } | { draftId: number }) & ConsentGiven

interface ConsentGiven {
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

/** Records a consent. Without one that stands no photo of the delivery, or of the campaign, can be added. */
export async function recordConsent(context: Context, wish: ConsentWish): Promise<Result<{ consentId: bigint }, ConsentRefusal>> {
  const { by, key, givenBy, givenHow, paperNumber, givenOn, validUntil } = wish
  const now = context.now()
  const today = dayOf(now)
  const [known] = await context.db.select({ id: consents.id }).from(consents).where(eq(consents.idempotencyKey, key))
  if (known) return ok({ consentId: known.id })
  if (givenOn > today) return refuse('not_yet')
  if (validUntil !== null && validUntil < today) return refuse('ended')
  const of = await whatOf(context, wish)
  if (!of) return refuse('unknown_delivery')
  const [made] = await context.db
    .insert(consents)
    .values({
      ...{ ...of, givenBy, givenHow, paperNumber, givenOn, validUntil },
      ...{ idempotencyKey: key, recordedBy: by, recordedAt: now },
    })
    .onConflictDoUpdate({ target: consents.idempotencyKey, set: { idempotencyKey: key } })
    .returning({ id: consents.id })
  if (!made) throw new Error('a consent was not written')
  return ok({ consentId: made.id })
}

/** What a consent is for, by its id; null where there is none such. */
async function whatOf({ db }: Context, wish: ConsentWish): Promise<{ deliveryId: bigint } | { draftId: number } | null> {
  if ('draftId' in wish) {
    const [draft] = await db.select({ draftId: campaignDrafts.id }).from(campaignDrafts).where(eq(campaignDrafts.id, wish.draftId))
    return draft ?? null
  }
  const [delivery] = await db.select({ deliveryId: deliveries.id }).from(deliveries).where(eq(deliveries.slug, wish.deliverySlug))
  return delivery ?? null
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
  photo: typeof photos.$inferSelect,
  kind: 'photo' | 'photo_withdrawn',
  now: Date,
): Promise<bigint> {
  const { id, commitment } = photo
  const { fundId, lineId, facts } = await placeOf(tx, photo)
  const eventId = await appendEvent(tx, {
    ...{ kind, idempotencyKey: `${kind}:${id}`, fundId, lineId, day: dayOf(now) },
    ...{ facts: { ...facts, photo: commitment }, createdAt: now },
  })
  if (eventId === null) throw new Error(`${kind} ${id} was told before`)
  return eventId
}

/** Where a photo belongs, as its event names it: its delivery, or its campaign where there is one yet. */
async function placeOf(
  tx: Transaction,
  { id, deliveryId, draftId }: typeof photos.$inferSelect,
): Promise<{ fundId: number; lineId: number | null; facts: Record<string, string> }> {
  if (deliveryId !== null) {
    const [of] = await tx
      .select({ slug: deliveries.slug, fundId: spends.fundId, lineId: spends.lineId })
      .from(deliveries)
      .innerJoin(spends, eq(spends.id, deliveries.spendId))
      .where(eq(deliveries.id, deliveryId))
    if (of) return { fundId: of.fundId, lineId: of.lineId, facts: { delivery: of.slug } }
  }
  if (draftId !== null) {
    const [of] = await tx
      .select({ fundId: programmes.fundId, lineId: campaigns.lineId, slug: campaigns.slug })
      .from(campaignDrafts)
      .innerJoin(needs, eq(needs.id, campaignDrafts.needId))
      .innerJoin(programmes, eq(programmes.id, needs.programmeId))
      .leftJoin(campaigns, eq(campaigns.id, campaignDrafts.campaignId))
      .where(eq(campaignDrafts.id, draftId))
    if (of) return { fundId: of.fundId, lineId: of.lineId, facts: of.slug === null ? {} : { campaign: of.slug } }
  }
  throw new Error(`photo ${id} is of nothing`)
}
