import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, smallint, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, moment, vnd, word } from './columns'
import { files } from './evidence'
import { funds } from './funds'
import { donations, pledges } from './giving'

/**
 * Who is thanked by name: one row for gifts that are one giver's (docs/decisions/0031). Read model of the sequencer: it
 * says whose gift has the name that is shown, holds of that name only the words it is found by, which are erased with it,
 * and goes when the last of its gifts is nameless.
 */
export const givers = pgTable(
  'givers',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind', { enum: ['person', 'company'] }).notNull(),
    /** SHA-256 of what makes gifts one giver's. */
    key: bytes('key').notNull().unique(),
    /** The newest of its gifts that may be named: its name is this giver's. */
    pledgeId: bigint('pledge_id', { mode: 'bigint' })
      .notNull()
      .references(() => pledges.id),
    /** Of that name, small and without marks, each once: by these it stands in `giver_words`. */
    words: text('words').array().notNull().default([]),
  },
  (t) => [index('givers_pledge').on(t.pledgeId), check('givers_kind', sql`${t.kind} in ('person', 'company')`)],
)

/**
 * What a gift adds to the sums of recognition: what is left of it, where it went, and whose it is. Read model of the
 * sequencer. What it copies of the gift and its campaign has no foreign key, which would be looked up for every gift.
 */
export const recognisedGifts = pgTable(
  'recognised_gifts',
  {
    donationId: bigint('donation_id', { mode: 'bigint' })
      .primaryKey()
      .references(() => donations.id),
    /** Null where it has no name that may be shown. */
    giverId: bigint('giver_id', { mode: 'bigint' }).references(() => givers.id),
    pledgeId: bigint('pledge_id', { mode: 'bigint' }),
    fundId: integer('fund_id').notNull(),
    /** Of the campaign it came to; null where it came to none. */
    unitId: integer('unit_id'),
    category: text('category'),
    /** Of Việt Nam's calendar, in which it came. */
    year: smallint('year').notNull(),
    /** What did not go back to its donor. */
    amountVnd: vnd('amount_vnd').notNull(),
  },
  (t) => [
    index('recognised_gifts_giver')
      .on(t.giverId, t.pledgeId)
      .where(sql`giver_id is not null`),
    check('recognised_gifts_amount', sql`${t.amountVnd} >= 0`),
  ],
)

/**
 * Lists of givers: of a scope, a year and a kind. Scope '' is everything, 'quy:1' a fund, 'xa:7' a commune, 'loai:ao-am' a
 * kind of need; year 0 is all years. A giver stands in eight of them, once for each word, by a number that is short and soon
 * compared.
 */
export const giverLists = pgTable('giver_lists', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  /** As `listName` writes it. */
  name: text('name').notNull().unique(),
})

/** What a giver gave, by list. Read model of the sequencer. */
export const giverSums = pgTable(
  'giver_sums',
  {
    /** Neither has a foreign key, which would be looked up eight times for a gift; reconciliation compares them. */
    giverId: bigint('giver_id', { mode: 'bigint' }).notNull(),
    amountVnd: vnd('amount_vnd').notNull(),
    listId: integer('list_id').notNull(),
    gifts: integer('gifts').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.giverId, t.listId] }),
    index('giver_sums_order')
      .on(t.listId, t.amountVnd, t.giverId)
      .where(sql`amount_vnd > 0`),
    check('giver_sums_counts', sql`${t.amountVnd} >= 0 and ${t.gifts} >= 0`),
  ],
)

/**
 * The lists of givers once more for each word of their names, in the same order, so that whoever has a word is met
 * without meeting others (docs/decisions/0040). Follows `giver_sums` and the words of `givers`; a row goes with the name.
 */
export const giverWords = pgTable(
  'giver_words',
  {
    amountVnd: vnd('amount_vnd').notNull(),
    /** No foreign key, which would be looked up dozens of times for a gift; reconciliation compares them. */
    giverId: bigint('giver_id', { mode: 'bigint' }).notNull(),
    listId: integer('list_id').notNull(),
    word: word('word').notNull(),
  },
  (t) => [primaryKey({ columns: [t.listId, t.word, t.amountVnd, t.giverId] })],
)

/** All that was given, by the scopes and years of lists of givers, apart for givers of each kind and for the nameless. Read model of the sequencer. */
export const recognitionTotals = pgTable(
  'recognition_totals',
  {
    scope: text('scope').notNull(),
    year: smallint('year').notNull(),
    kind: text('kind', { enum: ['person', 'company', 'nameless'] }).notNull(),
    amountVnd: vnd('amount_vnd').notNull(),
    gifts: integer('gifts').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scope, t.year, t.kind] }),
    check('recognition_totals_counts', sql`${t.amountVnd} >= 0 and ${t.gifts} >= 0`),
  ],
)

/** From which sum on givers stand under which heading. A fund without its own has those of the site, which name no fund. */
export const recognitionTiers = pgTable(
  'recognition_tiers',
  {
    fundId: integer('fund_id').references(() => funds.id),
    kind: text('kind', { enum: ['person', 'company'] }).notNull(),
    /** From the highest, 0. */
    position: smallint('position').notNull(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    fromVnd: vnd('from_vnd').notNull(),
  },
  (t) => [
    unique('recognition_tiers_order').on(t.fundId, t.kind, t.position).nullsNotDistinct(),
    check('recognition_tiers_kind', sql`${t.kind} in ('person', 'company')`),
    check('recognition_tiers_counts', sql`${t.position} >= 0 and ${t.fromVnd} >= 0`),
  ],
)

/**
 * The logo of an organisation, beside its name. One person adds it, another releases it; it is shown as long as the
 * organisation is thanked by name.
 */
export const organisationLogos = pgTable(
  'organisation_logos',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Whose people added it, and decide about it; null of those that were added before it was kept. */
    fundId: integer('fund_id').references(() => funds.id),
    /** As in `givers`, which hold it only as long as there is a named gift. */
    giverKey: bytes('giver_key').notNull(),
    file: text('file')
      .notNull()
      .references(() => files.name),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    addedBy: text('added_by').notNull(),
    addedAt: moment('added_at').notNull(),
    releasedBy: text('released_by'),
    releasedAt: moment('released_at'),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [
    index('organisation_logos_file').on(t.file),
    index('organisation_logos_fund').on(t.fundId, t.id),
    uniqueIndex('organisation_logos_one_shown')
      .on(t.giverKey)
      .where(sql`released_at is not null and withdrawn_at is null`),
    check('organisation_logos_size', sql`${t.width} > 0 and ${t.height} > 0`),
    check('organisation_logos_two_people', sql`${t.releasedBy} <> ${t.addedBy}`),
    check('organisation_logos_released', sql`(${t.releasedBy} is null) = (${t.releasedAt} is null)`),
    check('organisation_logos_withdrawn', sql`(${t.withdrawnBy} is null) = (${t.withdrawnAt} is null)`),
  ],
)

/** One row: up to which place in public order the sums of recognition are kept. */
export const recognitionProgress = pgTable(
  'recognition_progress',
  {
    id: integer('id').primaryKey().default(1),
    nextPosition: bigint('next_position', { mode: 'bigint' }).notNull(),
  },
  (t) => [check('recognition_progress_one_row', sql`${t.id} = 1`)],
)
