import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, smallint, text, unique } from 'drizzle-orm/pg-core'
import { administrativeUnits } from './places'
import { bytes, vnd } from './columns'
import { funds } from './funds'
import { donations, pledges } from './giving'
import { needCategories } from './needs'

/**
 * Who is thanked by name: one row for gifts that are one giver's (docs/decisions/0031). Read model of the sequencer: it
 * holds no name, only whose gift has the one that is shown, and goes when the last of its gifts is nameless.
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
  },
  (t) => [index('givers_pledge').on(t.pledgeId), check('givers_kind', sql`${t.kind} in ('person', 'company')`)],
)

/** What a gift adds to the sums of recognition: what is left of it, where it went, and whose it is. Read model of the sequencer. */
export const recognisedGifts = pgTable(
  'recognised_gifts',
  {
    donationId: bigint('donation_id', { mode: 'bigint' })
      .primaryKey()
      .references(() => donations.id),
    /** Null where it has no name that may be shown. */
    giverId: bigint('giver_id', { mode: 'bigint' }).references(() => givers.id),
    pledgeId: bigint('pledge_id', { mode: 'bigint' }).references(() => pledges.id),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    /** Of the campaign it came to; null where it came to none. */
    unitId: integer('unit_id').references(() => administrativeUnits.id),
    category: text('category').references(() => needCategories.key),
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
 * What a giver gave, by scope and year: scope '' is everything, 'quy:1' a fund, 'xa:7' a commune, 'loai:ao-am' a kind of
 * need; year 0 is all years. Read model of the sequencer.
 */
export const giverSums = pgTable(
  'giver_sums',
  {
    giverId: bigint('giver_id', { mode: 'bigint' })
      .notNull()
      .references(() => givers.id),
    scope: text('scope').notNull(),
    year: smallint('year').notNull(),
    kind: text('kind', { enum: ['person', 'company'] }).notNull(),
    amountVnd: vnd('amount_vnd').notNull(),
    gifts: integer('gifts').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.giverId, t.scope, t.year] }),
    index('giver_sums_order')
      .on(t.scope, t.year, t.kind, t.amountVnd.desc().nullsFirst(), t.giverId)
      .where(sql`amount_vnd > 0`),
    check('giver_sums_counts', sql`${t.amountVnd} >= 0 and ${t.gifts} >= 0`),
  ],
)

/** All that was given, by scope and year as above, apart for givers of each kind and for the nameless. Read model of the sequencer. */
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
