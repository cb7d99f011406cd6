import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { organisationLogos } from '../../db/schema'
import type { Context, FileContext } from '../context'
import { showChange } from '../events/show-change'
import type { PictureRefusal, ReleaseRefusal, WithdrawRefusal } from '../evidence/model'
import { makeLogoForm } from '../evidence/picture'
import { removeIfUnused } from '../evidence/sweep'
import { holdFiles, keepFile } from '../files/keep'
import { ok, refuse, type Result } from '../result'
import { organisationKey } from './giver-key'

/** A logo whose bytes lie in the store and are nobody's yet; where nothing comes of it, they are swept away within a day. */
export interface StoredLogo {
  file: string
  width: number
  height: number
}

/** Makes the form in which a logo is shown and stores it: what takes long, and belongs into no transaction. The file itself is not kept. */
export async function storeLogo(context: FileContext, bytes: Uint8Array): Promise<Result<StoredLogo, PictureRefusal>> {
  const form = await makeLogoForm(bytes)
  if (!form.ok) return form
  const { width, height } = form.value
  return ok({ file: await keepFile(context, 'shown', form.value.bytes, 'image/webp'), width, height })
}

/** The logo of an organisation. */
export interface LogoWish {
  /** Whose people add it, and decide about it. */
  fundId: number
  /** As in `givers`. */
  giverKey: Uint8Array
  logo: StoredLogo
  by: string
  /** Names this logo: sent twice, it is one. */
  key: string
}

/** Adds a stored logo. It is shown when another person has released it, beside the name of the organisation and no longer than that. */
export async function addStoredLogo(
  context: Context,
  { fundId, giverKey, logo, by, key: idempotencyKey }: LogoWish,
): Promise<Result<{ logoId: bigint }, never>> {
  const known = await findLogo(context, idempotencyKey)
  if (known !== null) return ok({ logoId: known })
  await context.db.transaction(async (tx) => {
    await holdFiles(tx, [logo.file])
    await tx
      .insert(organisationLogos)
      .values({ fundId, giverKey, ...logo, idempotencyKey, addedBy: by, addedAt: context.now() })
      .onConflictDoNothing()
  })
  const made = await findLogo(context, idempotencyKey)
  if (made === null) throw new Error(`logo ${idempotencyKey} was neither written nor found`)
  return ok({ logoId: made })
}

/** The logo that a key names; null where there is none. */
export async function findLogo({ db }: Context, key: string): Promise<bigint | null> {
  const [known] = await db.select({ id: organisationLogos.id }).from(organisationLogos).where(eq(organisationLogos.idempotencyKey, key))
  return known?.id ?? null
}

/** Stores and adds the logo of the organisation that a tax code names. */
export async function addLogo(
  context: FileContext,
  { taxCode, bytes, ...wish }: Omit<LogoWish, 'giverKey' | 'logo'> & { taxCode: string; bytes: Uint8Array },
): Promise<Result<{ logoId: bigint }, PictureRefusal>> {
  const known = await findLogo(context, wish.key)
  if (known !== null) return ok({ logoId: known })
  const logo = await storeLogo(context, bytes)
  return logo.ok ? addStoredLogo(context, { ...wish, giverKey: organisationKey(taxCode), logo: logo.value }) : logo
}

/** Releases a logo, by another person than the one who added it; the one that was shown before is withdrawn. */
export async function releaseLogo(
  context: Context,
  { logoId, by }: { logoId: bigint; by: string },
): Promise<Result<null, Exclude<ReleaseRefusal, 'no_consent' | 'no_copy'>>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [logo] = await tx.select().from(organisationLogos).where(eq(organisationLogos.id, logoId)).for('update')
    if (!logo) return refuse('not_found')
    if (logo.withdrawnAt !== null) return refuse('withdrawn')
    if (logo.releasedAt !== null) return refuse('decided_already')
    if (logo.addedBy === by) return refuse('same_person')
    await tx
      .update(organisationLogos)
      .set({ withdrawnBy: by, withdrawnAt: now })
      .where(
        and(eq(organisationLogos.giverKey, logo.giverKey), isNotNull(organisationLogos.releasedAt), isNull(organisationLogos.withdrawnAt)),
      )
    await tx.update(organisationLogos).set({ releasedBy: by, releasedAt: now }).where(eq(organisationLogos.id, logoId))
    await showChange(tx, now)
    return ok(null)
  })
}

/** Hides a logo for ever and deletes its bytes, whether it was released or not. */
export async function withdrawLogo(context: FileContext, wish: { logoId: bigint; by: string }): Promise<Result<null, WithdrawRefusal>> {
  const hidden = await hideLogo(context, wish)
  if (!hidden.ok) return hidden
  await removeIfUnused(context, hidden.value.file)
  return ok(null)
}

/**
 * Hides it, and leaves its bytes to `removeIfUnused`: once that is committed, for they do not come back.
 * @returns the name of its file
 */
export function hideLogo(
  context: Context,
  { logoId, by }: { logoId: bigint; by: string },
): Promise<Result<{ file: string }, WithdrawRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [logo] = await tx.select().from(organisationLogos).where(eq(organisationLogos.id, logoId)).for('update')
    if (!logo) return refuse('not_found')
    if (logo.withdrawnAt !== null) return refuse('withdrawn')
    await tx.update(organisationLogos).set({ withdrawnBy: by, withdrawnAt: now }).where(eq(organisationLogos.id, logoId))
    await showChange(tx, now)
    return ok({ file: logo.file })
  })
}
