import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { moment, vnd } from './columns'
import { files } from './evidence'
import { programmes } from './funds'
import { administrativeUnits } from './places'

/** What the plans let a fund ask for. The key is the slug of its page. */
export const needCategories = pgTable(
  'need_categories',
  {
    key: text('key').primaryKey(),
    position: integer('position').notNull().unique(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    /** What one of it is, "suất ăn trưa", "lunch". */
    unitVi: text('unit_vi').notNull(),
    unitEn: text('unit_en').notNull(),
    aboutVi: text('about_vi').notNull(),
    aboutEn: text('about_en').notNull(),
    standardVi: text('standard_vi').notNull(),
    standardEn: text('standard_en').notNull(),
    /** Key of `agencies`. */
    leadAgency: text('lead_agency', { enum: ['health', 'education', 'culture', 'justice', 'labour', 'ethnic'] }).notNull(),
    /** One unit is one child (a surgery, a sponsorship): shown only at the level of the fund. */
    isPerChild: boolean('is_per_child').notNull(),
  },
  (t) => [check('need_categories_agency', sql`${t.leadAgency} in ('health', 'education', 'culture', 'justice', 'labour', 'ethnic')`)],
)

/**
 * What a commune reported for a school year. Two reports of the same may stand beside each other until an editor has
 * merged them; what is checked or published is there once.
 */
export const needs = pgTable(
  'needs',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    programmeId: integer('programme_id')
      .notNull()
      .references(() => programmes.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => administrativeUnits.id),
    category: text('category')
      .notNull()
      .references(() => needCategories.key),
    /** First calendar year of the school year: 2026 is 2026–2027. */
    schoolYear: integer('school_year').notNull(),
    children: integer('children').notNull(),
    quantity: integer('quantity').notNull(),
    /** Estimated cost of the whole quantity. */
    amountVnd: vnd('amount_vnd').notNull(),
    priority: text('priority', { enum: ['urgent', 'usual', 'later'] })
      .notNull()
      .default('usual'),
    /** What the commune says besides, for the fund alone. */
    note: text('note').notNull().default(''),
    state: text('state', { enum: ['reported', 'checked', 'published', 'refused', 'merged'] }).notNull(),
    reportedOn: date('reported_on', { mode: 'string' }).notNull(),
    checkedOn: date('checked_on', { mode: 'string' }),
    /** The need it was merged into. */
    mergedIntoId: integer('merged_into_id').references((): AnyPgColumn => needs.id),
    /** Grows with every step, so that whoever decides on an older one is told. */
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('needs_once')
      .on(t.unitId, t.category, t.schoolYear)
      .where(sql`state in ('checked', 'published')`),
    index('needs_place').on(t.unitId, t.category, t.schoolYear),
    index('needs_category').on(t.category, t.schoolYear),
    check('needs_counts', sql`${t.children} > 0 and ${t.quantity} > 0 and ${t.amountVnd} > 0`),
    check('needs_priority', sql`${t.priority} in ('urgent', 'usual', 'later')`),
    check('needs_state', sql`${t.state} in ('reported', 'checked', 'published', 'refused', 'merged')`),
    check('needs_checked', sql`${t.state} in ('reported', 'refused', 'merged') or ${t.checkedOn} is not null`),
    check('needs_merged', sql`(${t.state} = 'merged') = (${t.mergedIntoId} is not null) and ${t.mergedIntoId} <> ${t.id}`),
  ],
)

/** Each step of a need: who, when, why, and what changed. Never updated, never deleted. */
export const needChanges = pgTable(
  'need_changes',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    needId: integer('need_id')
      .notNull()
      .references(() => needs.id),
    kind: text('kind', {
      enum: ['reported', 'revised', 'checked', 'published', 'refused', 'merged', 'took_over', 'covered', 'uncovered', 'paper'],
    }).notNull(),
    by: text('by').notNull(),
    /** In the words of who did it; null where none is asked for. */
    reason: text('reason'),
    /** What it was, and what it is; sums as text. */
    before: jsonb('before').$type<Record<string, string | number | null>>(),
    after: jsonb('after').$type<Record<string, string | number | null>>(),
    /** Of the need, after this step. */
    version: integer('version').notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    happenedAt: moment('happened_at').notNull(),
  },
  (t) => [
    index('need_changes_need').on(t.needId, t.id),
    check('need_changes_reason', sql`${t.kind} not in ('refused', 'merged') or btrim(coalesce(${t.reason}, '')) <> ''`),
  ],
)

/** A document that proves a need. Private: it is kept, and only the fund's people read it. */
export const needPapers = pgTable(
  'need_papers',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    needId: integer('need_id')
      .notNull()
      .references(() => needs.id),
    file: text('file')
      .notNull()
      .references(() => files.name),
    /** What its own beginning says it is. */
    type: text('type', { enum: ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'] }).notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    addedBy: text('added_by').notNull(),
    addedAt: moment('added_at').notNull(),
  },
  (t) => [
    index('need_papers_need').on(t.needId, t.id),
    index('need_papers_file').on(t.file),
    check('need_papers_kept', sql`${t.file} like 'kept/%'`),
  ],
)

/** A yearly call for reports: until when the communes of a programme answer for a school year. */
export const needRounds = pgTable(
  'need_rounds',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    programmeId: integer('programme_id')
      .notNull()
      .references(() => programmes.id),
    schoolYear: integer('school_year').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    setBy: text('set_by').notNull(),
    setAt: moment('set_at').notNull(),
  },
  (t) => [unique('need_rounds_once').on(t.programmeId, t.schoolYear)],
)

/** Communes that answered a round by saying that they need nothing. */
export const needRoundAnswers = pgTable(
  'need_round_answers',
  {
    roundId: integer('round_id')
      .notNull()
      .references(() => needRounds.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => administrativeUnits.id),
    by: text('by').notNull(),
    answeredAt: moment('answered_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.unitId] })],
)

/** A spreadsheet of reports that was read, and is taken in as a whole or thrown away as a whole. */
export const needImports = pgTable(
  'need_imports',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    programmeId: integer('programme_id')
      .notNull()
      .references(() => programmes.id),
    schoolYear: integer('school_year').notNull(),
    fileName: text('file_name').notNull(),
    /** As they stand in the sheet, with the number of each row. */
    rows: jsonb('rows').$type<{ row: number; cells: Record<string, string> }[]>().notNull(),
    state: text('state', { enum: ['staged', 'accepted', 'discarded'] }).notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    stagedBy: text('staged_by').notNull(),
    stagedAt: moment('staged_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
  },
  (t) => [
    index('need_imports_programme').on(t.programmeId, t.id),
    check('need_imports_state', sql`${t.state} in ('staged', 'accepted', 'discarded')`),
    check(
      'need_imports_decided',
      sql`(${t.state} = 'staged') = (${t.decidedBy} is null) and (${t.decidedBy} is null) = (${t.decidedAt} is null)`,
    ),
  ],
)

/** The part of a need that another source already meets, so that nothing is met twice. */
export const needCoverages = pgTable(
  'need_coverages',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    needId: integer('need_id')
      .notNull()
      .references(() => needs.id),
    source: text('source', { enum: ['state_budget', 'fatherland_front', 'oda', 'foreign_ngo', 'other'] }).notNull(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    quantity: integer('quantity').notNull(),
    amountVnd: vnd('amount_vnd').notNull(),
  },
  (t) => [
    unique('need_coverages_once').on(t.needId, t.source, t.nameVi),
    check('need_coverages_source', sql`${t.source} in ('state_budget', 'fatherland_front', 'oda', 'foreign_ngo', 'other')`),
    check('need_coverages_counts', sql`${t.quantity} > 0 and ${t.amountVnd} > 0`),
  ],
)
