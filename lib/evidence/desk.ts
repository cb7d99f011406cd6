import { and, asc, count, eq, inArray, isNotNull, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import {
  campaignDrafts,
  campaigns,
  consents,
  deliveries,
  files,
  goodsReceipts,
  needs,
  papers,
  photoFiles,
  photos,
  pledges,
  programmes,
  spends,
} from '../../db/schema'
import type { Database } from '../../db/client'
import type { Context, FileContext } from '../context'
import { digestIn, nameIn } from '../files/digest'
import { pick, type Locale } from '../i18n/locale'
import { dayOf, type Day } from '../time/day'
import { stands } from './consents'
import { isEnding, TYPES, type DeskEvidence, type DeskPaper, type DeskPiece, type WaitingGoodsPaper } from './model'

const MOST_LISTED = 40

/** Everything that proves a delivery or is to prove it, as its people see it: what waits and what was withdrawn as well. */
export async function getDeskEvidence(context: Context, deliveryId: bigint, locale: Locale): Promise<DeskEvidence> {
  const itsPapers = await context.db
    .select({ paper: papers })
    .from(papers)
    .innerJoin(deliveries, eq(deliveries.id, deliveryId))
    .where(or(eq(papers.deliveryId, deliveries.id), and(isNull(papers.deliveryId), eq(papers.spendId, deliveries.spendId))))
    .orderBy(asc(papers.id))
  return {
    ...(await picturesOf(context, eq(consents.deliveryId, deliveryId), eq(photos.deliveryId, deliveryId), locale)),
    papers: itsPapers.map(({ paper }) => deskPaper(paper, null)),
  }
}

/** The pictures of a campaign and their consents, by its draft, as its people see them. */
export const getDeskPictures = (context: Context, draftId: number, locale: Locale): Promise<Omit<DeskEvidence, 'papers'>> =>
  picturesOf(context, eq(consents.draftId, draftId), eq(photos.draftId, draftId), locale)

/** Ids of the consents to pictures of a campaign. */
export async function consentsOfDraft({ db }: Context, draftId: number): Promise<bigint[]> {
  const rows = await db.select({ id: consents.id }).from(consents).where(eq(consents.draftId, draftId))
  return rows.map(({ id }) => id)
}

async function picturesOf({ db, now }: Context, givenFor: SQL, takenOf: SQL, locale: Locale): Promise<Omit<DeskEvidence, 'papers'>> {
  const today = dayOf(now())
  const given = await db.select().from(consents).where(givenFor).orderBy(asc(consents.id))
  const taken = await db.select().from(photos).where(takenOf).orderBy(asc(photos.id))
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
        // Before its consent ran out it was shown; afterwards nobody releases it.
        mayBeShown: photo.consentId === null || standing.has(photo.consentId),
      }
    }),
  }
}

const deskPaper = (paper: typeof papers.$inferSelect, goodsOf: Day | null): DeskPaper => ({
  ...{ key: String(paper.id), kind: paper.kind, datedOn: paper.datedOn, addedBy: paper.addedBy, state: stateOf(paper) },
  file: paper.withdrawnAt === null && paper.copy !== null ? `${digestIn(paper.copy)}.jpg` : null,
  ...{ goodsOf, isOfSpend: paper.spendId !== null && paper.deliveryId === null, hasCopy: paper.copy !== null, copyBy: paper.copyBy },
})

/** The papers of a spend as a whole, as its fund's people see them. */
export async function listSpendPapers({ db }: Context, spendId: bigint): Promise<DeskPaper[]> {
  const rows = await db
    .select()
    .from(papers)
    .where(and(eq(papers.spendId, spendId), isNull(papers.deliveryId)))
    .orderBy(asc(papers.id))
  return rows.map((paper) => deskPaper(paper, null))
}

/** The papers of what came for a gift of goods, as its fund's people see them. */
export async function listGoodsDeskPapers({ db }: Context, code: string): Promise<DeskPaper[]> {
  const rows = await db
    .select({ paper: papers, receivedOn: goodsReceipts.receivedOn })
    .from(papers)
    .innerJoin(goodsReceipts, eq(goodsReceipts.id, papers.goodsReceiptId))
    .innerJoin(pledges, and(eq(pledges.id, goodsReceipts.pledgeId), eq(pledges.code, code)))
    .orderBy(asc(papers.id))
  return rows.map(({ paper, receivedOn }) => deskPaper(paper, receivedOn))
}

const stateOf = ({ releasedAt, withdrawnAt }: { releasedAt: Date | null; withdrawnAt: Date | null }): DeskPiece['state'] =>
  withdrawnAt !== null ? 'withdrawn' : releasedAt !== null ? 'shown' : 'waiting'

/** What a file is asked for of: a delivery, a spend as a whole, a campaign by its draft, or a gift of goods by its code. */
export type FileOwner = { deliveryId: bigint } | { spendId: bigint } | { draftId: number } | { goodsCode: string }

/**
 * A photo, or the redacted copy of a paper, for the people of its fund: also while it waits to be released.
 * @param name "<SHA-256>.jpg"
 * @returns null where what it is asked for of has none such
 */
export async function readDeskFile(
  { db, files: store }: FileContext,
  of: FileOwner,
  name: string,
): Promise<{ type: string; bytes: Uint8Array } | null> {
  const [, digest = '', ending = ''] = /^([0-9a-f]{64})\.([a-z]+)$/.exec(name) ?? []
  if (digest === '' || !isEnding(ending)) return null
  const file = `shown/${digest}`
  const ofPhoto = db
    .select({ one: sql`1` })
    .from(photoFiles)
    .innerJoin(photos, eq(photos.id, photoFiles.photoId))
    .where(
      and(
        ...[eq(photoFiles.file, file), isNull(photos.withdrawnAt)],
        'deliveryId' in of ? eq(photos.deliveryId, of.deliveryId) : 'draftId' in of ? eq(photos.draftId, of.draftId) : sql`false`,
      ),
    )
  const ofPaper = db
    .select({ one: sql`1` })
    .from(papers)
    .where(
      and(
        ...[eq(papers.copy, file), isNull(papers.withdrawnAt)],
        'deliveryId' in of
          ? sql`${papers.spendId} = (select d.spend_id from ${deliveries} d where d.id = ${of.deliveryId})`
          : 'spendId' in of
            ? eq(papers.spendId, of.spendId)
            : 'goodsCode' in of
              ? sql`exists (select 1 from ${goodsReceipts} r join ${pledges} l on l.id = r.pledge_id
                  where r.id = ${papers.goodsReceiptId} and l.code = ${of.goodsCode})`
              : sql`false`,
      ),
    )
  const [found] = await db
    .select({ type: files.type })
    .from(files)
    .where(and(eq(files.name, file), sql`(exists (${ofPhoto}) or exists (${ofPaper}))`))
  if (found?.type !== TYPES[ending]) return null
  const bytes = await store.get(nameIn(file))
  return bytes && { type: found.type, bytes }
}

/** How many photos and papers of a fund's deliveries wait for a second person, who is not the one that added them. */
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
  return (waitingPhotos?.count ?? 0) + (await countPapers(db, isNotNull(papers.deliveryId), { fundId, staffId, communeIds }))
}

/** How many papers of a fund's spends themselves, of no delivery, wait for a second person. */
export const countSpendPapersToRelease = ({ db }: Context, asked: PapersOf): Promise<number> =>
  countPapers(db, isNull(papers.deliveryId), asked)

/** Whether a paper's copy waits to be released, for a query that has its row. */
export const WAITS_FOR_RELEASE = and(isNull(papers.releasedAt), isNull(papers.withdrawnAt), isNotNull(papers.copy))

/** Whether it waits for this person, who neither added nor redacted it. */
const waitsForRelease = (staffId: string) =>
  and(WAITS_FOR_RELEASE, ne(papers.addedBy, staffId), sql`${papers.copyBy} is distinct from ${staffId}`)

interface PapersOf {
  fundId: number
  staffId: string
  communeIds: 'all' | ReadonlySet<number>
}

async function countPapers(db: Database, which: SQL | undefined, { fundId, staffId, communeIds }: PapersOf): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(papers)
    .innerJoin(spends, eq(spends.id, papers.spendId))
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .where(
      and(
        ...[eq(spends.fundId, fundId), which, waitsForRelease(staffId)],
        communeIds === 'all' ? undefined : inArray(campaigns.unitId, [...communeIds]),
      ),
    )
  return row?.count ?? 0
}

/** Papers of a fund's goods that wait for a second person. */
const goodsPaperWaits = ({ fundId, staffId }: Pick<PapersOf, 'fundId' | 'staffId'>) =>
  and(eq(goodsReceipts.fundId, fundId), waitsForRelease(staffId))

/** How many papers of a fund's goods wait for a second person. */
export async function countGoodsPapersToRelease({ db }: Context, asked: PapersOf): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(papers)
    .innerJoin(goodsReceipts, eq(goodsReceipts.id, papers.goodsReceiptId))
    .where(goodsPaperWaits(asked))
  return row?.count ?? 0
}

/** Papers of a fund's goods that somebody may release, the oldest first. */
export const listGoodsPapersToRelease = ({ db }: Context, asked: { fundId: number; staffId: string }): Promise<WaitingGoodsPaper[]> =>
  db
    .select({ key: sql<string>`${papers.id}::text`, code: pledges.code, kind: papers.kind, datedOn: papers.datedOn })
    .from(papers)
    .innerJoin(goodsReceipts, eq(goodsReceipts.id, papers.goodsReceiptId))
    .innerJoin(pledges, eq(pledges.id, goodsReceipts.pledgeId))
    .where(goodsPaperWaits(asked))
    .orderBy(asc(papers.id))
    .limit(MOST_LISTED)

/** How many pictures of campaigns of a fund wait for a second person, who is not the one that added them. */
export async function countPicturesToRelease(
  { db, now }: Context,
  { fundId, staffId, communeIds }: { fundId: number; staffId: string; communeIds: 'all' | ReadonlySet<number> },
): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(photos)
    .leftJoin(consents, eq(consents.id, photos.consentId))
    .innerJoin(campaignDrafts, eq(campaignDrafts.id, photos.draftId))
    .innerJoin(needs, eq(needs.id, campaignDrafts.needId))
    .innerJoin(programmes, eq(programmes.id, needs.programmeId))
    .where(
      and(
        ...[eq(programmes.fundId, fundId), isNull(photos.releasedAt), isNull(photos.withdrawnAt), ne(photos.addedBy, staffId)],
        or(isNull(consents.validUntil), sql`${consents.validUntil} >= ${dayOf(now())}`),
        communeIds === 'all' ? undefined : inArray(needs.unitId, [...communeIds]),
      ),
    )
  return row?.count ?? 0
}
