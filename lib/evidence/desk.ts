import { and, asc, count, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { campaigns, consents, deliveries, files, papers, photoFiles, photos, spends } from '../../db/schema'
import type { Context, FileContext } from '../context'
import { digestIn, nameIn } from '../files/digest'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import { stands } from './consents'
import { isEnding, TYPES, type DeskEvidence, type DeskPiece } from './model'

/** Everything that proves a delivery or is to prove it, as its people see it: what waits and what was withdrawn as well. */
export async function getDeskEvidence({ db, now }: Context, deliveryId: bigint, locale: Locale): Promise<DeskEvidence> {
  const today = dayOf(now())
  const given = await db.select().from(consents).where(eq(consents.deliveryId, deliveryId)).orderBy(asc(consents.id))
  const taken = await db.select().from(photos).where(eq(photos.deliveryId, deliveryId)).orderBy(asc(photos.id))
  const forms = await db
    .select()
    .from(photoFiles)
    .where(
      and(
        inArray(
          photoFiles.photoId,
          taken.map(({ id }) => id),
        ),
        eq(photoFiles.format, 'jpeg'),
      ),
    )
  const itsPapers = await db
    .select({ paper: papers })
    .from(papers)
    .innerJoin(deliveries, eq(deliveries.id, deliveryId))
    .where(or(eq(papers.deliveryId, deliveries.id), and(isNull(papers.deliveryId), eq(papers.spendId, deliveries.spendId))))
    .orderBy(asc(papers.id))
  const standing = new Set(given.filter((consent) => stands(consent, today)).map(({ id }) => id))
  return {
    consents: given.map((consent) => ({
      ...{ key: String(consent.id), givenBy: consent.givenBy, givenHow: consent.givenHow, paperNumber: consent.paperNumber },
      ...{ givenOn: consent.givenOn, validUntil: consent.validUntil, isStanding: standing.has(consent.id) },
      photos: taken.filter((photo) => photo.consentId === consent.id && photo.withdrawnAt === null).length,
    })),
    photos: taken.map((photo) => {
      const form = forms.find(({ photoId }) => photoId === photo.id)
      return {
        ...{ key: String(photo.id), alt: pick(locale, photo.altVi, photo.altEn), addedBy: photo.addedBy, state: stateOf(photo) },
        file: photo.withdrawnAt === null && form ? `${digestIn(form.file)}.jpg` : null,
        // Before it ran out it was shown; afterwards nobody releases it.
        hasConsent: standing.has(photo.consentId),
      }
    }),
    papers: itsPapers.map(({ paper }) => ({
      ...{ key: String(paper.id), kind: paper.kind, datedOn: paper.datedOn, addedBy: paper.addedBy, state: stateOf(paper) },
      file: paper.withdrawnAt === null ? `${digestIn(paper.copy)}.jpg` : null,
      isOfSpend: paper.deliveryId === null,
    })),
  }
}

const stateOf = ({ releasedAt, withdrawnAt }: { releasedAt: Date | null; withdrawnAt: Date | null }): DeskPiece['state'] =>
  withdrawnAt !== null ? 'withdrawn' : releasedAt !== null ? 'shown' : 'waiting'

/**
 * A photo, or the redacted copy of a paper, for the people of its fund: also while it waits to be released. An original
 * is never served.
 * @param name "<SHA-256>.jpg"
 * @returns null where the delivery has none such
 */
export async function readDeskFile(
  { db, files: store }: FileContext,
  deliveryId: bigint,
  name: string,
): Promise<{ type: string; bytes: Uint8Array } | null> {
  const [, digest = '', ending = ''] = /^([0-9a-f]{64})\.([a-z]+)$/.exec(name) ?? []
  if (digest === '' || !isEnding(ending)) return null
  const file = `shown/${digest}`
  const ofPhoto = db
    .select({ one: sql`1` })
    .from(photoFiles)
    .innerJoin(photos, eq(photos.id, photoFiles.photoId))
    .where(and(eq(photoFiles.file, file), eq(photos.deliveryId, deliveryId), isNull(photos.withdrawnAt)))
  const ofPaper = db
    .select({ one: sql`1` })
    .from(papers)
    .innerJoin(deliveries, eq(deliveries.id, deliveryId))
    .where(and(eq(papers.copy, file), eq(papers.spendId, deliveries.spendId), isNull(papers.withdrawnAt)))
  const [found] = await db
    .select({ type: files.type })
    .from(files)
    .where(and(eq(files.name, file), sql`(exists (${ofPhoto}) or exists (${ofPaper}))`))
  if (found?.type !== TYPES[ending]) return null
  const bytes = await store.get(nameIn(file))
  return bytes && { type: found.type, bytes }
}

/** How many photos and papers of a fund wait for a second person, who is not the one that added them. */
export async function countToRelease(
  { db, now }: Context,
  { fundId, staffId, communeIds }: { fundId: number; staffId: string; communeIds: 'all' | ReadonlySet<number> },
): Promise<number> {
  const today = dayOf(now())
  const [waitingPhotos] = await db
    .select({ count: count() })
    .from(photos)
    .innerJoin(consents, eq(consents.id, photos.consentId))
    .innerJoin(deliveries, eq(deliveries.id, photos.deliveryId))
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .where(
      and(
        ...[eq(spends.fundId, fundId), isNull(photos.releasedAt), isNull(photos.withdrawnAt), ne(photos.addedBy, staffId)],
        or(isNull(consents.validUntil), sql`${consents.validUntil} >= ${today}`),
        communeIds === 'all' ? undefined : inArray(deliveries.unitId, [...communeIds]),
      ),
    )
  const [waitingPapers] = await db
    .select({ count: count() })
    .from(papers)
    .innerJoin(spends, eq(spends.id, papers.spendId))
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .where(
      and(
        ...[eq(spends.fundId, fundId), isNull(papers.releasedAt), isNull(papers.withdrawnAt), ne(papers.addedBy, staffId)],
        communeIds === 'all' ? undefined : inArray(campaigns.unitId, [...communeIds]),
      ),
    )
  return (waitingPhotos?.count ?? 0) + (waitingPapers?.count ?? 0)
}
