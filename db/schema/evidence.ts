import { sql } from 'drizzle-orm'
import { bigint, check, date, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { campaignDrafts } from './campaigns'
import { bytes, moment } from './columns'
import { deliveries } from './deliveries'
import { events } from './events'
import { goodsReceipts } from './goods'
import { spends } from './spending'

/**
 * What lies in the file store, or was about to: a row is written before its bytes, so that bytes without a use are
 * found here and nowhere else. The name says the part of the store and the SHA-256 of the bytes.
 */
export const files = pgTable(
  'files',
  {
    name: text('name').primaryKey(),
    type: text('type').notNull(),
    bytes: integer('bytes').notNull(),
    /** When it was stored last. */
    storedAt: moment('stored_at').notNull(),
    /** When its bytes were deleted; null while they are there. */
    removedAt: moment('removed_at'),
  },
  (t) => [
    index('files_there')
      .on(t.storedAt)
      .where(sql`removed_at is null`),
    check('files_name', sql`${t.name} ~ '^(shown|kept)/[0-9a-f]{64}$'`),
    check('files_bytes', sql`${t.bytes} > 0`),
  ],
)

/** A recorded consent to show pictures of a delivery, or of a campaign. It can be withdrawn, once and for ever. */
export const consents = pgTable(
  'consents',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    deliveryId: bigint('delivery_id', { mode: 'bigint' }).references(() => deliveries.id),
    /** The campaign it is for, by its draft. */
    draftId: integer('draft_id').references(() => campaignDrafts.id),
    /** Who consented, as a part they play and never as a name. */
    givenBy: text('given_by', { enum: ['school', 'health_station', 'guardians'] }).notNull(),
    givenHow: text('given_how', { enum: ['paper', 'email'] }).notNull(),
    /** Under which number the fund keeps the paper. */
    paperNumber: text('paper_number').notNull(),
    givenOn: date('given_on', { mode: 'string' }).notNull(),
    /** The last day on which pictures may be shown; null where none was named. */
    validUntil: date('valid_until', { mode: 'string' }),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: moment('recorded_at').notNull(),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [
    unique('consents_delivery').on(t.id, t.deliveryId),
    unique('consents_draft').on(t.id, t.draftId),
    index('consents_of_draft').on(t.draftId),
    check('consents_of', sql`num_nonnulls(${t.deliveryId}, ${t.draftId}) = 1`),
    check('consents_given_by', sql`${t.givenBy} in ('school', 'health_station', 'guardians')`),
    check('consents_given_how', sql`${t.givenHow} in ('paper', 'email')`),
    check('consents_days', sql`${t.validUntil} is null or ${t.validUntil} >= ${t.givenOn}`),
    check('consents_withdrawn', sql`(${t.withdrawnBy} is null) = (${t.withdrawnAt} is null)`),
  ],
)

/** A photo of a delivery, or a picture of a campaign. One person adds it, another releases it; withdrawn, it never comes back. */
export const photos = pgTable(
  'photos',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    deliveryId: bigint('delivery_id', { mode: 'bigint' }).references(() => deliveries.id),
    draftId: integer('draft_id').references(() => campaignDrafts.id),
    /** Null where it was drawn: a drawing shows nobody. */
    consentId: bigint('consent_id', { mode: 'bigint' }),
    altVi: text('alt_vi').notNull(),
    altEn: text('alt_en').notNull(),
    /** Of the largest form. */
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** Commitment to its forms; with the salt gone it tells nothing. */
    commitment: text('commitment').notNull(),
    salt: bytes('salt'),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    addedBy: text('added_by').notNull(),
    addedAt: moment('added_at').notNull(),
    releasedBy: text('released_by'),
    releasedAt: moment('released_at'),
    eventId: bigint('event_id', { mode: 'bigint' })
      .unique()
      .references(() => events.id),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [
    index('photos_delivery').on(t.deliveryId, t.id),
    index('photos_draft').on(t.draftId, t.id),
    index('photos_consent').on(t.consentId),
    foreignKey({
      name: 'photos_consent_of_draft',
      columns: [t.consentId, t.draftId],
      foreignColumns: [consents.id, consents.draftId],
    }),
    check('photos_of', sql`num_nonnulls(${t.deliveryId}, ${t.draftId}) = 1`),
    check('photos_drawn', sql`${t.consentId} is not null or ${t.draftId} is not null`),
    foreignKey({
      name: 'photos_consent_of_delivery',
      columns: [t.consentId, t.deliveryId],
      foreignColumns: [consents.id, consents.deliveryId],
    }),
    check('photos_size', sql`${t.width} > 0 and ${t.height} > 0`),
    check('photos_alt', sql`btrim(${t.altVi}) <> '' and btrim(${t.altEn}) <> ''`),
    check('photos_two_people', sql`${t.releasedBy} <> ${t.addedBy}`),
    check('photos_released', sql`num_nonnulls(${t.releasedBy}, ${t.releasedAt}, ${t.eventId}) in (0, 3)`),
    check('photos_withdrawn', sql`(${t.withdrawnBy} is null) = (${t.withdrawnAt} is null)`),
    check('photos_salt', sql`(${t.salt} is null) = (${t.withdrawnAt} is not null)`),
  ],
)

/** The forms of a photo: each width in each format. Never updated, never deleted. */
export const photoFiles = pgTable(
  'photo_files',
  {
    photoId: bigint('photo_id', { mode: 'bigint' })
      .notNull()
      .references(() => photos.id),
    format: text('format', { enum: ['avif', 'webp', 'jpeg'] }).notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    file: text('file')
      .notNull()
      .references(() => files.name),
  },
  (t) => [primaryKey({ columns: [t.photoId, t.format, t.width] }), index('photo_files_file').on(t.file)],
)

/** A paper of a spend, of a delivery of it, or of goods that came: the original is kept and never served, a redacted copy is shown once released. */
export const papers = pgTable(
  'papers',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    spendId: bigint('spend_id', { mode: 'bigint' }).references(() => spends.id),
    deliveryId: bigint('delivery_id', { mode: 'bigint' }).references(() => deliveries.id),
    /** A receipt of the visit that it is of: what came at once is signed for with one paper. */
    goodsReceiptId: bigint('goods_receipt_id', { mode: 'bigint' }).references(() => goodsReceipts.id),
    kind: text('kind', { enum: ['handover', 'invoice', 'receipt', 'quotation', 'goods_note', 'certificate'] }).notNull(),
    datedOn: date('dated_on', { mode: 'string' }).notNull(),
    original: text('original')
      .notNull()
      .references(() => files.name),
    originalSalt: bytes('original_salt').notNull(),
    originalCommitment: text('original_commitment').notNull(),
    /** The redacted copy; null until there is one. Who made it is `copyBy`, where it came later than the original. */
    copy: text('copy').references(() => files.name),
    copyBy: text('copy_by'),
    addedEventId: bigint('added_event_id', { mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => events.id),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    addedBy: text('added_by').notNull(),
    addedAt: moment('added_at').notNull(),
    releasedBy: text('released_by'),
    /** The office of who released it: public, other than the person. */
    releasedAs: text('released_as', { enum: ['director', 'accountant', 'officer'] }),
    releasedAt: moment('released_at'),
    eventId: bigint('event_id', { mode: 'bigint' })
      .unique()
      .references(() => events.id),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: moment('withdrawn_at'),
    /** Why it was withdrawn; public. */
    reasonVi: text('reason_vi'),
    reasonEn: text('reason_en'),
  },
  (t) => [
    index('papers_spend').on(t.spendId, t.id),
    index('papers_delivery').on(t.deliveryId, t.id),
    index('papers_goods')
      .on(t.goodsReceiptId)
      .where(sql`goods_receipt_id is not null`),
    // What waits for a second person: few of them all.
    index('papers_waiting')
      .on(t.id)
      .where(sql`released_at is null and withdrawn_at is null and copy is not null`),
    index('papers_copy').on(t.copy),
    index('papers_original').on(t.original),
    check('papers_of', sql`num_nonnulls(${t.spendId}, ${t.goodsReceiptId}) = 1 and (${t.deliveryId} is null or ${t.spendId} is not null)`),
    check('papers_kind', sql`${t.kind} in ('handover', 'invoice', 'receipt', 'quotation', 'goods_note', 'certificate')`),
    check('papers_of_goods', sql`(${t.kind} in ('goods_note', 'certificate')) = (${t.goodsReceiptId} is not null)`),
    check('papers_handover', sql`${t.kind} <> 'handover' or ${t.deliveryId} is not null`),
    check('papers_apart', sql`${t.original} like 'kept/%' and ${t.copy} like 'shown/%'`),
    check('papers_two_people', sql`${t.releasedBy} <> ${t.addedBy} and ${t.releasedBy} <> ${t.copyBy}`),
    check(
      'papers_released',
      sql`num_nonnulls(${t.releasedBy}, ${t.releasedAs}, ${t.releasedAt}, ${t.eventId}) in (0, 4) and (${t.releasedBy} is null or ${t.copy} is not null)`,
    ),
    check('papers_copy', sql`${t.copyBy} is null or ${t.copy} is not null`),
    check('papers_withdrawn', sql`num_nonnulls(${t.withdrawnBy}, ${t.withdrawnAt}, ${t.reasonVi}, ${t.reasonEn}) in (0, 4)`),
  ],
)
