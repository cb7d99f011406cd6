import { eq } from 'drizzle-orm'
import { campaignDrafts, consents, photoFiles, photos } from '../../db/schema'
import type { Context, FileContext } from '../context'
import { commitBytes } from '../events/commitment'
import { digestIn, sha256 } from '../files/digest'
import { holdFiles, keepFile } from '../files/keep'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import { lockConsent, stands, tellPhoto, tellWithdrawn } from './consents'
import type { PhotoRefusal, PictureFormat, PictureRefusal, ReleaseRefusal, WithdrawRefusal } from './model'
import { makeForms } from './picture'
import { removeUnneeded } from './sweep'

/** A photo of a delivery or of a campaign, under a consent; or a drawing for a campaign, which shows nobody and needs none. */
export type PhotoWish = PhotoOf & PhotoTaken

type PhotoOf = { consentId: bigint } | { drawnForDraftId: number }

interface PhotoTaken {
  /** The file as a camera made it; it is not kept. */
  bytes: Uint8Array
  /** What there is to see, for who does not see it. */
  altVi: string
  altEn: string
  by: string
  /** Names this photo: sent twice, it is one. */
  key: string
}

/** A photo whose forms lie in the store and are nobody's yet; where nothing comes of it, they are swept away within a day. */
export interface StoredPhoto {
  forms: { format: PictureFormat; width: number; height: number; file: string }[]
}

/** Makes the forms of a photo and stores them: what takes long, and belongs into no transaction. */
export async function storePhoto(context: FileContext, bytes: Uint8Array): Promise<Result<StoredPhoto, PictureRefusal>> {
  const made = await makeForms(bytes)
  if (!made.ok) return made
  const forms: StoredPhoto['forms'] = []
  for (const { format, width, height, bytes: form } of made.value)
    forms.push({ format, width, height, file: await keepFile(context, 'shown', form, `image/${format}`) })
  return ok({ forms })
}

/** Adds a photo under a consent that stands, or a drawing. It is shown when another person has released it. */
export async function addPhoto(context: FileContext, { bytes, ...wish }: PhotoWish): Promise<Result<{ photoId: bigint }, PhotoRefusal>> {
  const known = await findPhoto(context, wish.key)
  if (known) return ok({ photoId: known })
  const refusal = await refusalOf(context, wish)
  if (refusal !== null) return refuse(refusal)
  const stored = await storePhoto(context, bytes)
  return stored.ok ? addStoredPhoto(context, { ...wish, photo: stored.value }) : stored
}

/** The same of a photo that is stored already. */
export async function addStoredPhoto(
  context: Context,
  { photo: { forms }, ...wish }: PhotoOf & Omit<PhotoTaken, 'bytes'> & { photo: StoredPhoto },
): Promise<Result<{ photoId: bigint }, PhotoRefusal>> {
  const { by, key, altVi, altEn } = wish
  const now = context.now()
  const refusal = await refusalOf(context, wish)
  if (refusal !== null) return refuse(refusal)
  const salt = context.random(32)
  const commitment = commitBytes('photo', salt, sha256(Buffer.from(forms.map(({ file }) => digestIn(file)).join('\n'))))
  const largest = forms.reduce((one, other) => (other.width > one.width ? other : one))
  return context.db.transaction(async (tx) => {
    const locked = 'consentId' in wish ? await lockConsent(tx, wish.consentId) : null
    if ('consentId' in wish && (!locked || !stands(locked, dayOf(now)))) return refuse('no_consent')
    const place = locked
      ? { deliveryId: locked.deliveryId, draftId: locked.draftId, consentId: locked.id }
      : { draftId: 'drawnForDraftId' in wish ? wish.drawnForDraftId : null }
    const [photo] = await tx
      .insert(photos)
      .values({
        ...{ ...place, altVi: altVi.trim(), altEn: altEn.trim() },
        ...{ width: largest.width, height: largest.height, commitment, salt, idempotencyKey: key, addedBy: by, addedAt: now },
      })
      .onConflictDoNothing()
      .returning({ id: photos.id })
    if (!photo) {
      const twin = await findPhoto({ ...context, db: tx }, key)
      if (!twin) throw new Error(`photo ${key} was neither written nor found`)
      return ok({ photoId: twin })
    }
    await holdFiles(
      tx,
      forms.map(({ file }) => file),
    )
    await tx.insert(photoFiles).values(forms.map((form) => ({ photoId: photo.id, ...form })))
    return ok({ photoId: photo.id })
  })
}

/** The photo that a key names; null where there is none. */
export async function findPhoto({ db }: Context, key: string): Promise<bigint | null> {
  const [known] = await db.select({ id: photos.id }).from(photos).where(eq(photos.idempotencyKey, key))
  return known?.id ?? null
}

/** Why a photo is not to be added, whatever is on it; null where it may be. */
async function refusalOf({ db, now }: Context, wish: PhotoOf & Pick<PhotoTaken, 'altVi' | 'altEn'>): Promise<PhotoRefusal | null> {
  if (wish.altVi.trim() === '' || wish.altEn.trim() === '') return 'no_description'
  if ('drawnForDraftId' in wish) {
    const [draft] = await db.select({ id: campaignDrafts.id }).from(campaignDrafts).where(eq(campaignDrafts.id, wish.drawnForDraftId))
    return draft ? null : 'unknown_draft'
  }
  const [consent] = await db.select().from(consents).where(eq(consents.id, wish.consentId))
  if (!consent) return 'unknown_consent'
  return stands(consent, dayOf(now())) ? null : 'no_consent'
}

/** Releases a photo, by another person than the one who added it and while its consent stands: it is shown from now on. */
export async function releasePhoto(
  context: Context,
  { photoId, by }: { photoId: bigint; by: string },
): Promise<Result<null, ReleaseRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [found] = await tx.select({ consentId: photos.consentId }).from(photos).where(eq(photos.id, photoId))
    const consent = found && found.consentId !== null ? await lockConsent(tx, found.consentId) : null
    const [photo] = await tx.select().from(photos).where(eq(photos.id, photoId)).for('update')
    if (!photo) return refuse('not_found')
    if (photo.withdrawnAt !== null) return refuse('withdrawn')
    if (photo.releasedAt !== null) return refuse('decided_already')
    if (photo.addedBy === by) return refuse('same_person')
    if (photo.consentId !== null && !(consent && stands(consent, dayOf(now)))) return refuse('no_consent')
    const eventId = await tellPhoto(tx, photo, 'photo', now)
    await tx.update(photos).set({ releasedBy: by, releasedAt: now, eventId }).where(eq(photos.id, photoId))
    return ok(null)
  })
}

/** Hides one photo for ever and deletes its bytes, whether it was released or not. */
export async function withdrawPhoto(
  context: FileContext,
  { photoId, by }: { photoId: bigint; by: string },
): Promise<Result<null, WithdrawRefusal>> {
  const hidden = await hidePhoto(context, { photoId, by })
  if (hidden.ok) await removeUnneeded(context, { photoIds: [photoId] })
  return hidden
}

/** Hides it, and leaves its bytes to `removeUnneeded`: once that is committed, for they do not come back. */
export function hidePhoto(context: Context, { photoId, by }: { photoId: bigint; by: string }): Promise<Result<null, WithdrawRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [photo] = await tx.select().from(photos).where(eq(photos.id, photoId)).for('update')
    if (!photo) return refuse('not_found')
    if (photo.withdrawnAt !== null) return refuse('withdrawn')
    await tx.update(photos).set({ withdrawnBy: by, withdrawnAt: now, salt: null }).where(eq(photos.id, photoId))
    await tellWithdrawn(tx, photo, now)
    return ok(null)
  })
}
