import { eq } from 'drizzle-orm'
import { campaignDrafts, campaigns, consents, files, givers, organisationLogos, papers, photoFiles, photos } from '../../db/schema'
import { isPublicState } from '../campaigns/states'
import type { FileContext } from '../context'
import { nameIn } from '../files/digest'
import { dayOf } from '../time/day'
import { stands } from './consents'
import { isEnding, TYPES } from './model'

/** What an address of a file leads to. What was never released is as unknown as what was never there. */
export type ServedFile =
  { kind: 'shown'; what: 'photo' | 'paper' | 'logo'; type: string; bytes: Uint8Array } | { kind: 'gone' } | { kind: 'unknown' }

/**
 * Finds a file by the last part of its address, "<SHA-256>.avif". Whether it may be shown is asked each time: of what is
 * released, not withdrawn, and has a consent that stands, or belongs to an organisation that is thanked by name.
 */
export async function findServed(context: FileContext, address: string): Promise<ServedFile> {
  const [, digest = '', ending = ''] = /^([0-9a-f]{64})\.([a-z]+)$/.exec(address) ?? []
  if (digest === '' || !isEnding(ending)) return { kind: 'unknown' }
  const name = `shown/${digest}`
  const [file] = await context.db.select({ type: files.type }).from(files).where(eq(files.name, name))
  if (file?.type !== TYPES[ending]) return { kind: 'unknown' }
  const states = [...(await photoStates(context, name)), ...(await paperStates(context, name)), ...(await logoStates(context, name))]
  const shown = states.find(({ isShown }) => isShown)
  if (!shown) return states.some(({ wasReleased }) => wasReleased) ? { kind: 'gone' } : { kind: 'unknown' }
  const bytes = await context.files.get(nameIn(name))
  if (!bytes) throw new Error(`${name} may be shown and is not in the store`)
  return { kind: 'shown', what: shown.what, type: file.type, bytes }
}

interface FileState {
  what: 'photo' | 'paper' | 'logo'
  wasReleased: boolean
  isShown: boolean
}

async function photoStates({ db, now }: FileContext, name: string): Promise<FileState[]> {
  const rows = await db
    .select({ photo: photos, consent: consents, campaign: campaigns.state })
    .from(photoFiles)
    .innerJoin(photos, eq(photos.id, photoFiles.photoId))
    .leftJoin(consents, eq(consents.id, photos.consentId))
    .leftJoin(campaignDrafts, eq(campaignDrafts.id, photos.draftId))
    .leftJoin(campaigns, eq(campaigns.id, campaignDrafts.campaignId))
    .where(eq(photoFiles.file, name))
  const today = dayOf(now())
  return rows.map(({ photo: { releasedAt, withdrawnAt, draftId }, consent, campaign }) => {
    // A picture of a campaign comes with it: before it is public, it is not there.
    const isOfPublic = draftId === null || (campaign !== null && isPublicState(campaign))
    return {
      ...{ what: 'photo' as const, wasReleased: releasedAt !== null && isOfPublic },
      isShown: releasedAt !== null && withdrawnAt === null && isOfPublic && (consent === null || stands(consent, today)),
    }
  })
}

async function paperStates({ db }: FileContext, name: string): Promise<FileState[]> {
  const rows = await db.select({ releasedAt: papers.releasedAt, withdrawnAt: papers.withdrawnAt }).from(papers).where(eq(papers.copy, name))
  return rows.map(({ releasedAt, withdrawnAt }) => ({
    ...{ what: 'paper' as const, wasReleased: releasedAt !== null },
    isShown: releasedAt !== null && withdrawnAt === null,
  }))
}

async function logoStates({ db }: FileContext, name: string): Promise<FileState[]> {
  const rows = await db
    .select({ releasedAt: organisationLogos.releasedAt, withdrawnAt: organisationLogos.withdrawnAt, giverId: givers.id })
    .from(organisationLogos)
    .leftJoin(givers, eq(givers.key, organisationLogos.giverKey))
    .where(eq(organisationLogos.file, name))
  return rows.map(({ releasedAt, withdrawnAt, giverId }) => ({
    ...{ what: 'logo' as const, wasReleased: releasedAt !== null },
    isShown: releasedAt !== null && withdrawnAt === null && giverId !== null,
  }))
}
