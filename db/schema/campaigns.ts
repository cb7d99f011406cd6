import { sql } from 'drizzle-orm'
import { type AnyPgColumn, boolean, check, date, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { moment, vnd } from './columns'
import { funds } from './funds'
import { lines } from './money-line'
import { needCategories, needs } from './needs'
import { administrativeUnits } from './places'

/** One commune × one need category, with priced budget lines. */
export const campaigns = pgTable(
  'campaigns',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    slug: text('slug').notNull().unique(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    needId: integer('need_id')
      .notNull()
      .references(() => needs.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => administrativeUnits.id),
    category: text('category')
      .notNull()
      .references(() => needCategories.key),
    /** The pot its gifts go to. */
    lineId: integer('line_id')
      .notNull()
      .unique()
      .references((): AnyPgColumn => lines.id),
    /** Where money goes that comes after it closed. */
    overflowLineId: integer('overflow_line_id')
      .notNull()
      .references((): AnyPgColumn => lines.id),
    /** What both of these lines hold: money, never goods. */
    lineUnit: text('line_unit')
      .notNull()
      .generatedAlwaysAs(sql`'VND'`),
    state: text('state', { enum: ['draft', 'in_review', 'open', 'funded', 'delivering', 'complete', 'closed'] }).notNull(),
    titleVi: text('title_vi').notNull(),
    titleEn: text('title_en').notNull(),
    summaryVi: text('summary_vi').notNull(),
    summaryEn: text('summary_en').notNull(),
    /** Markdown. */
    storyVi: text('story_vi').notNull(),
    storyEn: text('story_en').notNull(),
    /** What happens to money above the goal, as said on the give page. */
    overflowVi: text('overflow_vi').notNull(),
    overflowEn: text('overflow_en').notNull(),
    children: integer('children').notNull(),
    /** Sum of the budget lines; a deferred trigger keeps it so. */
    goalVnd: vnd('goal_vnd').notNull(),
    opensOn: date('opens_on', { mode: 'string' }).notNull(),
    neededBy: date('needed_by', { mode: 'string' }).notNull(),
    /** An appeal for disaster, epidemic or critical illness takes nothing after `neededBy` (Decree 93/2021). */
    isEmergency: boolean('is_emergency').notNull().default(false),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('campaigns_state').on(t.state, t.neededBy),
    index('campaigns_unit').on(t.unitId),
    index('campaigns_category').on(t.category),
    index('campaigns_fund').on(t.fundId),
    check('campaigns_state_known', sql`${t.state} in ('draft', 'in_review', 'open', 'funded', 'delivering', 'complete', 'closed')`),
    check('campaigns_counts', sql`${t.children} > 0 and ${t.goalVnd} > 0`),
    check('campaigns_days', sql`${t.neededBy} >= ${t.opensOn}`),
    check('campaigns_overflow', sql`${t.lineId} <> ${t.overflowLineId}`),
    foreignKey({ name: 'campaigns_line_of_money', columns: [t.lineId, t.lineUnit], foreignColumns: [lines.id, lines.unit] }),
    foreignKey({ name: 'campaigns_overflow_of_money', columns: [t.overflowLineId, t.lineUnit], foreignColumns: [lines.id, lines.unit] }),
  ],
)

/** Priced items of a campaign. */
export const budgetLines = pgTable(
  'budget_lines',
  {
    campaignId: integer('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    position: integer('position').notNull(),
    itemVi: text('item_vi').notNull(),
    itemEn: text('item_en').notNull(),
    /** Counted after a number: "3 áo khoác", "3 coats". */
    unitVi: text('unit_vi').notNull(),
    unitEn: text('unit_en').notNull(),
    standardVi: text('standard_vi').notNull(),
    standardEn: text('standard_en').notNull(),
    unitPriceVnd: vnd('unit_price_vnd').notNull(),
    quantity: integer('quantity').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.position] }),
    check('budget_lines_counts', sql`${t.unitPriceVnd} > 0 and ${t.quantity} > 0`),
  ],
)

/** Old slugs, so that a link once given works for ever. */
export const campaignSlugs = pgTable('campaign_slugs', {
  slug: text('slug').primaryKey(),
  campaignId: integer('campaign_id')
    .notNull()
    .references(() => campaigns.id),
})

/** Each change of state, with its public reason. */
export const campaignTransitions = pgTable(
  'campaign_transitions',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    campaignId: integer('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    fromState: text('from_state'),
    toState: text('to_state').notNull(),
    reasonVi: text('reason_vi').notNull(),
    reasonEn: text('reason_en').notNull(),
    actor: text('actor').notNull(),
    happenedAt: moment('happened_at').notNull(),
  },
  (t) => [
    index('campaign_transitions_campaign').on(t.campaignId, t.id),
    unique('campaign_transitions_once').on(t.campaignId, t.fromState, t.toState, t.happenedAt),
  ],
)
