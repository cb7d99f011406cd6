import { and, asc, desc, eq, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm'
import {
  campaignDrafts,
  campaigns,
  consents,
  deliveries,
  files,
  goodsReceipts,
  papers,
  photoFiles,
  photos,
  pledges,
  spends,
} from '../../db/schema'
import type { Context } from '../context'
import { digestIn } from '../files/digest'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import { stands } from './consents'
import { filePath, type DeliveryEvidence, type Ending, type PaperView, type PhotoView, type PictureFormat } from './model'

const MOST_PHOTOS = 24
const MOST_PAPERS = 60
const MOST_PICTURES = 4
const MOST_OF_A_CAMPAIGN = 12
const ENDINGS: Record<PictureFormat, Ending> = { avif: 'avif', webp: 'webp', jpeg: 'jpg' }

/** What proves a delivery: its photos that may be shown, its papers and those of its whole spend. Null where there is none. */
export async function getDeliveryEvidence(ctx: Context, slug: string, locale: Locale): Promise<DeliveryEvidence | null> {
  const [of] = await ctx.db
    .select({ deliveryId: deliveries.id, spendId: spends.id, dueOn: spends.dueOn })
    .from(deliveries)
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .where(eq(deliveries.slug, slug))
  if (!of) return null
  const today = dayOf(ctx.now())
  const released = await ctx.db
    .select({ photo: photos, consent: consents })
    .from(photos)
    .innerJoin(consents, eq(consents.id, photos.consentId))
    .where(and(eq(photos.deliveryId, of.deliveryId), isNotNull(photos.releasedAt)))
    .orderBy(asc(photos.id))
  const shown = released.filter(({ photo, consent }) => photo.withdrawnAt === null && stands(consent, today))
  // Those of other deliveries of the spend are on their own pages.
  const own = (await listPapers(ctx, [of.spendId], locale)).filter(({ delivery }) => delivery === null || delivery.slug === slug)
  return {
    photos: await photoViews(
      ctx,
      shown.slice(0, MOST_PHOTOS).map(({ photo }) => photo),
      locale,
    ),
    ...{ hasWithdrawnPhotos: released.length > shown.length, papers: own, dueOn: of.dueOn },
    isOverdue: today > of.dueOn && !own.some(({ state }) => state.kind === 'shown'),
  }
}

/** Pictures of a campaign that may be shown, the newest first. */
export async function listCampaignPictures(ctx: Context, campaignSlug: string, locale: Locale): Promise<PhotoView[]> {
  const rows = await ctx.db
    .select({ photo: photos, consent: consents })
    .from(campaigns)
    .innerJoin(campaignDrafts, eq(campaignDrafts.campaignId, campaigns.id))
    .innerJoin(photos, eq(photos.draftId, campaignDrafts.id))
    .leftJoin(consents, eq(consents.id, photos.consentId))
    .where(and(eq(campaigns.slug, campaignSlug), isNotNull(photos.releasedAt), isNull(photos.withdrawnAt)))
    .orderBy(desc(photos.id))
  const today = dayOf(ctx.now())
  const shown = rows.filter(({ consent }) => consent === null || stands(consent, today)).slice(0, MOST_PICTURES)
  return photoViews(
    ctx,
    shown.map(({ photo }) => photo),
    locale,
  )
}

async function photoViews(ctx: Context, rows: (typeof photos.$inferSelect)[], locale: Locale): Promise<PhotoView[]> {
  if (rows.length === 0) return []
  const forms = await ctx.db
    .select()
    .from(photoFiles)
    .where(
      inArray(
        photoFiles.photoId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(photoFiles.width))
  return rows.map(({ id, altVi, altEn, width, height }) => {
    const of = (format: PictureFormat) =>
      forms
        .filter((form) => form.photoId === id && form.format === format)
        .map((form) => ({ path: filePath(digestIn(form.file), ENDINGS[format]), width: form.width }))
    return {
      ...{ key: String(id), alt: pick(locale, altVi, altEn), width, height },
      forms: { avif: of('avif'), webp: of('webp'), jpeg: of('jpeg') },
    }
  })
}

/** The papers of spends, the newest first. */
export async function listPapers(ctx: Context, spendIds: readonly bigint[], locale: Locale, limit = MOST_PAPERS): Promise<PaperView[]> {
  return spendIds.length === 0 ? [] : papersWhere(ctx, inArray(papers.spendId, [...spendIds]), locale, limit)
}

/** The papers of what came for a gift of goods, the newest first. */
export const listGoodsPapers = (ctx: Context, code: string, locale: Locale): Promise<PaperView[]> =>
  papersWhere(
    ctx,
    inArray(
      papers.goodsReceiptId,
      ctx.db
        .select({ id: goodsReceipts.id })
        .from(goodsReceipts)
        .innerJoin(pledges, and(eq(pledges.id, goodsReceipts.pledgeId), eq(pledges.code, code))),
    ),
    locale,
    MOST_PAPERS,
  )

async function papersWhere(ctx: Context, where: SQL, locale: Locale, limit: number): Promise<PaperView[]> {
  const rows = await ctx.db
    .select({ paper: papers, spend: spends, delivery: deliveries, bytes: files.bytes })
    .from(papers)
    .leftJoin(spends, eq(spends.id, papers.spendId))
    .leftJoin(files, eq(files.name, papers.copy))
    .leftJoin(deliveries, eq(deliveries.id, papers.deliveryId))
    .where(where)
    .orderBy(desc(papers.id))
    .limit(limit)
  return rows.map(({ paper, spend, delivery, bytes }) => ({
    ...{ key: String(paper.id), kind: paper.kind, datedOn: paper.datedOn, spend: spend && pick(locale, spend.titleVi, spend.titleEn) },
    delivery: delivery && { slug: delivery.slug, deliveredOn: delivery.deliveredOn },
    state: stateOf(paper, bytes ?? 0, locale),
  }))
}

function stateOf(paper: typeof papers.$inferSelect, bytes: number, locale: Locale): PaperView['state'] {
  const { withdrawnAt, releasedAt, releasedAs, copy, reasonVi, reasonEn } = paper
  if (withdrawnAt !== null)
    return { kind: 'withdrawn', reason: pick(locale, reasonVi ?? '', reasonEn ?? ''), withdrawnOn: dayOf(withdrawnAt) }
  if (releasedAt === null || releasedAs === null || copy === null) return { kind: 'waiting' }
  const sha256 = copy.split('/')[1] ?? ''
  return { kind: 'shown', path: filePath(sha256, 'jpg'), bytes, sha256, releasedAs, releasedOn: dayOf(releasedAt) }
}

/** The papers of a campaign's spends, the newest first. */
export async function listCampaignPapers(ctx: Context, campaignSlug: string, locale: Locale): Promise<PaperView[]> {
  const rows = await ctx.db
    .select({ id: spends.id })
    .from(spends)
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .where(eq(campaigns.slug, campaignSlug))
  return listPapers(
    ctx,
    rows.map(({ id }) => id),
    locale,
    MOST_OF_A_CAMPAIGN,
  )
}
