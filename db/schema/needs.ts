import { sql } from 'drizzle-orm'
import { boolean, check, date, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { vnd } from './columns'
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

/** What a commune reported for a school year. */
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
    state: text('state', { enum: ['reported', 'checked', 'published', 'refused'] }).notNull(),
    reportedOn: date('reported_on', { mode: 'string' }).notNull(),
    checkedOn: date('checked_on', { mode: 'string' }),
  },
  (t) => [
    unique('needs_once').on(t.unitId, t.category, t.schoolYear),
    index('needs_category').on(t.category, t.schoolYear),
    check('needs_counts', sql`${t.children} > 0 and ${t.quantity} > 0 and ${t.amountVnd} > 0`),
    check('needs_state', sql`${t.state} in ('reported', 'checked', 'published', 'refused')`),
    check('needs_checked', sql`${t.state} in ('reported', 'refused') or ${t.checkedOn} is not null`),
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
