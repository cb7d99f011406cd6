import { eq } from 'drizzle-orm'
import { consents, photoFiles, photos } from '../../db/schema'
import type { Context, FileContext } from '../context'
import { commitBytes } from '../events/commitment'
import { sha256 } from '../files/digest'
import { holdFiles, keepFile } from '../files/keep'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import { lockConsent, stands, tellPhoto, tellWithdrawn } from './consents'
import type { PhotoRefusal, ReleaseRefusal, WithdrawRefusal } from './model'
import { makeForms } from './picture'
import { removeUnneeded } from './sweep'

/** A photo of a delivery. */
export interface PhotoWish {
  consentId: bigint
  /** The file as a camera made it; it is not kept. */
  bytes: Uint8Array
  /** What there is to see, for who does not see it. */
  altVi: string
  altEn: string
  by: string
  /** Names this photo: sent twice, it is one. */
  key: string
}

/** Adds a photo under a consent that stands. It is shown when another person has released it. */
export async function addPhoto(context: FileContext, wish: PhotoWish): Promise<Result<{ photoId: bigint }, PhotoRefusal>> {
  const { consentId, by, key, altVi, altEn } = wish
  const now = context.now()
  const [known] = await context.db.select({ id: photos.id }).from(photos).where(eq(photos.idempotencyKey, key))
  if (known) return ok({ photoId: known.id })
  if (altVi.trim() === '' || altEn.trim() === '') return refuse('no_description')
  const [consent] = await context.db.select().from(consents).where(eq(consents.id, consentId))
  if (!consent) return refuse('unknown_consent')
  if (!stands(consent, dayOf(now))) return refuse('no_consent')
  const made = await makeForms(wish.bytes)
  if (!made.ok) return made
  const forms = made.value.map((form) => ({ ...form, digest: sha256(form.bytes) }))
  const salt = context.random(32)
  const commitment = commitBytes('photo', salt, sha256(Buffer.from(forms.map(({ digest }) => digest).join('\n'))))
  const stored: { format: (typeof forms)[number]['format']; width: number; height: number; file: string }[] = []
  for (const { format, width, height, bytes } of forms)
    stored.push({ format, width, height, file: await keepFile(context, 'shown', bytes, `image/${format}`) })
  const largest = forms.reduce((one, other) => (other.width > one.width ? other : one))
  return context.db.transaction(async (tx) => {
    const locked = await lockConsent(tx, consentId)
    if (!locked || !stands(locked, dayOf(now))) return refuse('no_consent')
    const [photo] = await tx
      .insert(photos)
      .values({
        ...{ deliveryId: locked.deliveryId, consentId, altVi: altVi.trim(), altEn: altEn.trim() },
        ...{ width: largest.width, height: largest.height, commitment, salt, idempotencyKey: key, addedBy: by, addedAt: now },
      })
      .onConflictDoNothing()
      .returning({ id: photos.id })
    if (!photo) {
      const [twin] = await tx.select({ id: photos.id }).from(photos).where(eq(photos.idempotencyKey, key))
      if (!twin) throw new Error(`photo ${key} was neither written nor found`)
      return ok({ photoId: twin.id })
    }
    await holdFiles(
      tx,
      stored.map(({ file }) => file),
    )
    await tx.insert(photoFiles).values(stored.map((form) => ({ photoId: photo.id, ...form })))
    return ok({ photoId: photo.id })
  })
}

/** Releases a photo, by another person than the one who added it and while its consent stands: it is shown from now on. */
export async function releasePhoto(
  context: Context,
  { photoId, by }: { photoId: bigint; by: string },
): Promise<Result<null, ReleaseRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [found] = await tx.select({ consentId: photos.consentId }).from(photos).where(eq(photos.id, photoId))
    const consent = found && (await lockConsent(tx, found.consentId))
    const [photo] = await tx.select().from(photos).where(eq(photos.id, photoId)).for('update')
    if (!consent || !photo) return refuse('not_found')
    if (photo.withdrawnAt !== null) return refuse('withdrawn')
    if (photo.releasedAt !== null) return refuse('decided_already')
    if (photo.addedBy === by) return refuse('same_person')
    if (!stands(consent, dayOf(now))) return refuse('no_consent')
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
  const now = context.now()
  const done = await context.db.transaction(async (tx): Promise<Result<null, WithdrawRefusal>> => {
    const [photo] = await tx.select().from(photos).where(eq(photos.id, photoId)).for('update')
    if (!photo) return refuse('not_found')
    if (photo.withdrawnAt !== null) return refuse('withdrawn')
    await tx.update(photos).set({ withdrawnBy: by, withdrawnAt: now, salt: null }).where(eq(photos.id, photoId))
    await tellWithdrawn(tx, photo, now)
    return ok(null)
  })
  if (done.ok) await removeUnneeded(context, { photoIds: [photoId] })
  return done
}
