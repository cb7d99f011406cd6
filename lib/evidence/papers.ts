import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { deliveries, files, goodsReceipts, papers, pledges, spends } from '../../db/schema'
import type { Context, FileContext } from '../context'
import { receiptStands } from '../donations/returned'
import { appendEvent } from '../events/append'
import { commitBytes } from '../events/commitment'
import { digestIn, nameIn, sha256 } from '../files/digest'
import { holdFiles, keepFile } from '../files/keep'
import { paperType, type PaperType } from '../files/paper-type'
import { ok, refuse, type Result } from '../result'
import { dayOf, type Day } from '../time/day'
import type { CopyRefusal, Office, PaperKind, PaperRefusal, PictureRefusal, ReleaseRefusal, WithdrawRefusal } from './model'
import { makePaperPicture } from './picture'
import { removeIfUnused } from './sweep'

const MOST_ORIGINAL_BYTES = 20 * 1024 * 1024

/**
 * What a paper is of: a spend, as a whole or by a delivery of it, which minutes of handing over must name; or goods that
 * came, by a receipt of their visit and the code of the gift.
 */
export type PaperOf = { spendId: bigint; deliverySlug: string | null } | { goodsReceiptId: bigint; code: string }

interface PaperSaid {
  kind: PaperKind
  datedOn: Day
  by: string
  /** Names this paper: sent twice, it is one. */
  key: string
}

interface PaperFiles {
  /** As it was signed, in whatever format: kept apart, and never served. */
  original: Uint8Array
  /** A picture of it without anything that must not be seen; null where that is made later. */
  copy: Uint8Array | null
}

export type PaperWish = PaperOf & PaperSaid & PaperFiles

/** A paper whose bytes lie in the store and are nobody's yet; where nothing comes of it, they are swept away within a day. */
export interface StoredPaper {
  original: string
  copy: string | null
}

/** Stores a paper's original and the picture made of its copy: what takes long, and belongs into no transaction. */
export async function storePaper(
  context: FileContext,
  { original, copy }: PaperFiles,
): Promise<Result<StoredPaper, PictureRefusal | 'not_redacted'>> {
  if (original.length === 0 || original.length > MOST_ORIGINAL_BYTES) return refuse('too_large')
  const shown = copy === null ? ok(null) : await storeCopy(context, copy, sha256(original))
  if (!shown.ok) return shown
  return ok({ original: await keepFile(context, 'kept', original, 'application/octet-stream'), copy: shown.value })
}

/** Stores the picture made of a redacted copy. @param originalSha256 of what it is a copy of: the wrong one of two files is picked easily */
async function storeCopy(
  context: FileContext,
  copy: Uint8Array,
  originalSha256: string,
): Promise<Result<string, PictureRefusal | 'not_redacted'>> {
  if (sha256(copy) === originalSha256) return refuse('not_redacted')
  const picture = await makePaperPicture(copy)
  return picture.ok ? ok(await keepFile(context, 'shown', picture.value, 'image/jpeg')) : picture
}

/**
 * Adds a paper: a salted hash of the original becomes public now, the redacted copy when another person has released it
 * (money.md §8).
 */
export async function addPaper(
  context: FileContext,
  { original, copy, ...wish }: PaperWish,
): Promise<Result<{ paperId: bigint }, PaperRefusal>> {
  const known = await findPaper(context, wish.key)
  if (known) return ok({ paperId: known })
  const of = await placeOf(context, wish)
  if (!of.ok) return of
  const stored = await storePaper(context, { original, copy })
  return stored.ok ? addStoredPaper(context, { ...wish, paper: stored.value }) : stored
}

/** The same of a paper that is stored already. */
export async function addStoredPaper(
  context: Context,
  { paper: { original, copy }, ...wish }: PaperOf & PaperSaid & { paper: StoredPaper },
): Promise<Result<{ paperId: bigint }, PaperRefusal>> {
  const { kind, datedOn, by, key } = wish
  const now = context.now()
  const of = await placeOf(context, wish)
  if (!of.ok) return of
  const { fundId, lineId, columns, facts } = of.value
  const originalSalt = context.random(32)
  const originalCommitment = commitBytes('original', originalSalt, digestIn(original))
  return context.db.transaction(async (tx) => {
    const addedEventId = await appendEvent(tx, {
      ...{ kind: 'paper', idempotencyKey: `paper:${key}`, fundId, lineId, day: dayOf(now) },
      facts: { ...facts, paper: kind, dated: datedOn, original: originalCommitment },
      createdAt: now,
    })
    if (addedEventId === null) {
      const twin = await findPaper({ ...context, db: tx }, key)
      if (!twin) throw new Error(`paper ${key} was neither written nor found`)
      return ok({ paperId: twin })
    }
    await holdFiles(tx, copy === null ? [original] : [original, copy])
    const [paper] = await tx
      .insert(papers)
      .values({
        ...{ ...columns, kind, datedOn, original, originalSalt, originalCommitment, copy },
        ...{ addedEventId, idempotencyKey: key, addedBy: by, addedAt: now },
      })
      .returning({ id: papers.id })
    if (!paper) throw new Error('a paper was not written')
    return ok({ paperId: paper.id })
  })
}

/** The paper that a key names; null where there is none. */
export async function findPaper({ db }: Context, key: string): Promise<bigint | null> {
  const [known] = await db.select({ id: papers.id }).from(papers).where(eq(papers.idempotencyKey, key))
  return known?.id ?? null
}

/** Where a paper belongs, in its row and as its event says it. */
interface PaperPlace {
  fundId: number
  lineId: number | null
  columns: { spendId: bigint; deliveryId: bigint | null } | { goodsReceiptId: bigint }
  facts: Record<string, unknown>
}

async function placeOf(context: Context, wish: PaperOf & Pick<PaperSaid, 'kind' | 'datedOn'>): Promise<Result<PaperPlace, PaperRefusal>> {
  if (wish.datedOn > dayOf(context.now())) return refuse('not_yet')
  if ('goodsReceiptId' in wish) return placeOfGoods(context, wish)
  const { spendId, deliverySlug, kind } = wish
  const [spend] = await context.db.select().from(spends).where(eq(spends.id, spendId))
  if (!spend) return refuse('unknown_spend')
  const delivery = deliverySlug === null ? null : await findDelivery(context, deliverySlug)
  if (delivery === undefined || (delivery && delivery.spendId !== spendId)) return refuse('unknown_delivery')
  if (kind === 'handover' && delivery === null) return refuse('no_delivery')
  return ok({
    ...{ fundId: spend.fundId, lineId: spend.lineId, columns: { spendId, deliveryId: delivery?.id ?? null } },
    facts: { spend: String(spendId), delivery: deliverySlug },
  })
}

/**
 * The event of a paper of goods names all receipts of their visit that stand, and no line: a visit may bring several things.
 * What was taken back whole has no papers.
 */
async function placeOfGoods(
  { db }: Context,
  { goodsReceiptId, code }: { goodsReceiptId: bigint; code: string },
): Promise<Result<PaperPlace, 'unknown_goods'>> {
  const [receipt] = await db
    .select({ fundId: goodsReceipts.fundId, formKey: goodsReceipts.formKey })
    .from(goodsReceipts)
    .innerJoin(pledges, and(eq(pledges.id, goodsReceipts.pledgeId), eq(pledges.code, code)))
    .where(eq(goodsReceipts.id, goodsReceiptId))
  if (!receipt) return refuse('unknown_goods')
  const visit = await db
    .select({ id: goodsReceipts.id })
    .from(goodsReceipts)
    .where(and(eq(goodsReceipts.formKey, receipt.formKey), receiptStands(goodsReceipts.id)))
    .orderBy(asc(goodsReceipts.id))
  if (visit.length === 0) return refuse('unknown_goods')
  const facts = { code, goods: visit.map(({ id }) => String(id)) }
  return ok({ fundId: receipt.fundId, lineId: null, columns: { goodsReceiptId }, facts })
}

const findDelivery = async ({ db }: Context, slug: string) =>
  (await db.select({ id: deliveries.id, spendId: deliveries.spendId }).from(deliveries).where(eq(deliveries.slug, slug)))[0]

/**
 * Stores a redacted copy of a paper that had none, for `addCopy`: what takes long, and belongs into no transaction.
 * Refuses: what is no picture; the original itself.
 */
export async function storeCopyOf(
  context: FileContext,
  { paperId, copy }: { paperId: bigint; copy: Uint8Array },
): Promise<Result<string, PictureRefusal | 'not_redacted' | 'not_found'>> {
  const [paper] = await context.db.select({ original: papers.original }).from(papers).where(eq(papers.id, paperId))
  return paper ? storeCopy(context, copy, digestIn(paper.original)) : refuse('not_found')
}

/** Adds a stored redacted copy to a paper that has none, once; another person than who made it releases it. */
export const addCopy = (
  context: Context,
  { paperId, copy, by }: { paperId: bigint; copy: string; by: string },
): Promise<Result<null, CopyRefusal>> =>
  context.db.transaction(async (tx) => {
    const [paper] = await tx.select().from(papers).where(eq(papers.id, paperId)).for('update')
    if (!paper) return refuse('not_found')
    if (paper.withdrawnAt !== null) return refuse('withdrawn')
    // Sent twice, it is one.
    if (paper.copy !== null) return paper.copy === copy && paper.copyBy === by ? ok(null) : refuse('has_copy')
    await holdFiles(tx, [copy])
    await tx.update(papers).set({ copy, copyBy: by }).where(eq(papers.id, paperId))
    return ok(null)
  })

/**
 * The original of a paper of a spend, for those of its fund who decide on it; null where the spend has none such. Papers
 * of a delivery name children: their originals are read nowhere.
 */
export async function readSpendOriginal(
  { db, files: store }: FileContext,
  { spendId, paperId }: { spendId: bigint; paperId: bigint },
): Promise<{ type: PaperType; bytes: Uint8Array } | null> {
  const [paper] = await db
    .select({ original: papers.original })
    .from(papers)
    .where(and(eq(papers.id, paperId), eq(papers.spendId, spendId), isNull(papers.deliveryId)))
  const bytes = paper && (await store.get(nameIn(paper.original)))
  const type = bytes && paperType(bytes)
  return bytes && type ? { type, bytes } : null
}

/** Releases a paper's redacted copy, by another person than the one who added it: it is shown, and its hash is public. */
export async function releasePaper(
  context: Context,
  { paperId, by, as }: { paperId: bigint; by: string; as: Office },
): Promise<Result<null, ReleaseRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [paper] = await tx.select().from(papers).where(eq(papers.id, paperId)).for('update')
    if (!paper) return refuse('not_found')
    if (paper.withdrawnAt !== null) return refuse('withdrawn')
    if (paper.releasedAt !== null) return refuse('decided_already')
    if (paper.copy === null) return refuse('no_copy')
    if (paper.addedBy === by || paper.copyBy === by) return refuse('same_person')
    const eventId = await tellDocument(tx, paper, 'document', now)
    await tx.update(papers).set({ releasedBy: by, releasedAs: as, releasedAt: now, eventId }).where(eq(papers.id, paperId))
    return ok(null)
  })
}

/** Hides a paper's copy for ever and deletes it, with a public reason. The original stays where it is, as the books' proof. */
export async function withdrawPaper(
  context: FileContext,
  wish: { paperId: bigint; by: string; reasonVi: string; reasonEn: string },
): Promise<Result<null, WithdrawRefusal>> {
  const hidden = await hidePaper(context, wish)
  if (!hidden.ok) return hidden
  if (hidden.value.copy !== null) await removeIfUnused(context, hidden.value.copy)
  return ok(null)
}

/**
 * Hides it, and leaves the copy's bytes to `removeIfUnused`: once that is committed, for they do not come back.
 * @returns the name of the copy's file, where there was one
 */
export function hidePaper(
  context: Context,
  { paperId, by, reasonVi, reasonEn }: { paperId: bigint; by: string; reasonVi: string; reasonEn: string },
): Promise<Result<{ copy: string | null }, WithdrawRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [paper] = await tx.select().from(papers).where(eq(papers.id, paperId)).for('update')
    if (!paper) return refuse('not_found')
    if (paper.withdrawnAt !== null) return refuse('withdrawn')
    await tx.update(papers).set({ withdrawnBy: by, withdrawnAt: now, reasonVi, reasonEn }).where(eq(papers.id, paperId))
    await tellDocument(tx, paper, 'document_withdrawn', now)
    return ok({ copy: paper.copy })
  })
}

/** Makes a step of a redacted copy public; of one that was never shown its hash is nobody's business. */
async function tellDocument(
  tx: Transaction,
  paper: typeof papers.$inferSelect,
  kind: 'document' | 'document_withdrawn',
  now: Date,
): Promise<bigint> {
  const [place] = await tx
    .select({ fundId: sql<number>`coalesce(${spends.fundId}, ${goodsReceipts.fundId})`, lineId: spends.lineId })
    .from(papers)
    .leftJoin(spends, eq(spends.id, papers.spendId))
    .leftJoin(goodsReceipts, eq(goodsReceipts.id, papers.goodsReceiptId))
    .where(eq(papers.id, paper.id))
  const isPublic = kind === 'document' || paper.releasedAt !== null
  const [file] =
    paper.copy === null ? [] : await tx.select({ bytes: files.bytes, type: files.type }).from(files).where(eq(files.name, paper.copy))
  if (!place || (isPublic && !file)) throw new Error(`paper ${paper.id} is of nothing, or has no copy`)
  const eventId = await appendEvent(tx, {
    ...{ kind, idempotencyKey: `${kind}:${paper.id}`, ...place, day: dayOf(now) },
    facts: { original: paper.originalCommitment, ...(isPublic ? { sha256: paper.copy?.split('/')[1], ...file } : {}) },
    createdAt: now,
  })
  if (eventId === null) throw new Error(`${kind} ${paper.id} was told before`)
  return eventId
}
