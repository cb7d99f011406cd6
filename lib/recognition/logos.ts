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

/** The logo of an organisation, which its tax code names. */
export interface LogoWish {
  taxCode: string
  /** A JPEG, PNG or WebP as the organisation sent it; it is not kept. */
  bytes: Uint8Array
  by: string
  /** Names this logo: sent twice, it is one. */
  key: string
}

/** Adds a logo. It is shown when another person has released it, beside the name of the organisation and no longer than that. */
export async function addLogo(context: FileContext, wish: LogoWish): Promise<Result<{ logoId: bigint }, PictureRefusal>> {
  const { taxCode, by, key: idempotencyKey } = wish
  const find = () =>
    context.db.select({ id: organisationLogos.id }).from(organisationLogos).where(eq(organisationLogos.idempotencyKey, idempotencyKey))
  const [known] = await find()
  if (known) return ok({ logoId: known.id })
  const form = await makeLogoForm(wish.bytes)
  if (!form.ok) return form
  const { width, height, bytes } = form.value
  const file = await keepFile(context, 'shown', bytes, 'image/webp')
  await context.db.transaction(async (tx) => {
    await holdFiles(tx, [file])
    await tx
      .insert(organisationLogos)
      .values({ giverKey: organisationKey(taxCode), file, width, height, idempotencyKey, addedBy: by, addedAt: context.now() })
      .onConflictDoNothing()
  })
  const [logo] = await find()
  if (!logo) throw new Error(`logo ${idempotencyKey} was neither written nor found`)
  return ok({ logoId: logo.id })
}

/** Releases a logo, by another person than the one who added it; the one that was shown before is withdrawn. */
export async function releaseLogo(
  context: Context,
  { logoId, by }: { logoId: bigint; by: string },
): Promise<Result<null, Exclude<ReleaseRefusal, 'no_consent'>>> {
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
export async function withdrawLogo(
  context: FileContext,
  { logoId, by }: { logoId: bigint; by: string },
): Promise<Result<null, WithdrawRefusal>> {
  const now = context.now()
  const done = await context.db.transaction(async (tx): Promise<Result<string, WithdrawRefusal>> => {
    const [logo] = await tx.select().from(organisationLogos).where(eq(organisationLogos.id, logoId)).for('update')
    if (!logo) return refuse('not_found')
    if (logo.withdrawnAt !== null) return refuse('withdrawn')
    await tx.update(organisationLogos).set({ withdrawnBy: by, withdrawnAt: now }).where(eq(organisationLogos.id, logoId))
    await showChange(tx, now)
    return ok(logo.file)
  })
  if (!done.ok) return done
  await removeIfUnused(context, done.value)
  return ok(null)
}
