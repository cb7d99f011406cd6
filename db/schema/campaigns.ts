import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
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
    /** Who handed it in for review; null while it is a draft. */
    handedInBy: text('handed_in_by'),
    /** Who reviewed it: somebody else. */
    approvedBy: text('approved_by'),
    approvedAt: moment('approved_at'),
    /** From when on it is open, once it is approved. */
    opensAt: moment('opens_at'),
    /** Since when it takes no new pledges; null while it does. */
    pausedAt: moment('paused_at'),
    /** Why it may ask for more than is uncovered: a director's own words, and whose. */
    beyondReason: text('beyond_reason'),
    beyondBy: text('beyond_by'),
    /** Where what is left goes after it was closed early. */
    restLineId: integer('rest_line_id').references((): AnyPgColumn => lines.id),
    /** Grows with every step, so that whoever decides on an older one is told. */
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('campaigns_state').on(t.state, t.neededBy),
    index('campaigns_unit').on(t.unitId),
    index('campaigns_category').on(t.category),
    index('campaigns_fund').on(t.fundId),
    index('campaigns_need').on(t.needId),
    check('campaigns_state_known', sql`${t.state} in ('draft', 'in_review', 'open', 'funded', 'delivering', 'complete', 'closed')`),
    check('campaigns_counts', sql`${t.children} > 0 and ${t.goalVnd} > 0`),
    check('campaigns_days', sql`${t.neededBy} >= ${t.opensOn}`),
    check('campaigns_overflow', sql`${t.lineId} <> ${t.overflowLineId}`),
    check('campaigns_two_people', sql`${t.approvedBy} <> ${t.handedInBy}`),
    check('campaigns_approved', sql`num_nonnulls(${t.approvedBy}, ${t.approvedAt}, ${t.opensAt}) in (0, 3)`),
    check('campaigns_reviewed', sql`${t.state} in ('draft', 'in_review') or ${t.approvedBy} is not null`),
    check('campaigns_paused', sql`${t.pausedAt} is null or ${t.state} in ('open', 'funded', 'delivering', 'complete', 'closed')`),
    check('campaigns_beyond', sql`(${t.beyondReason} is null) = (${t.beyondBy} is null) and btrim(${t.beyondReason}) <> ''`),
    check('campaigns_rest', sql`${t.restLineId} is null or (${t.state} = 'closed' and ${t.restLineId} <> ${t.lineId})`),
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

/** What is not a state of a campaign and happens to it all the same: who did it, when and why. Never updated, never deleted. */
export const campaignChanges = pgTable(
  'campaign_changes',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    campaignId: integer('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    kind: text('kind', {
      enum: [
        'handed_in',
        'returned',
        'approved',
        'paused',
        'resumed',
        'extended',
        'renamed',
        'delivering',
        'completed',
        'closed',
        'rest_moved',
      ],
    }).notNull(),
    /** Public, in both languages, where the change is. */
    reasonVi: text('reason_vi'),
    reasonEn: text('reason_en'),
    facts: jsonb('facts').$type<Record<string, string | number | null>>().notNull(),
    by: text('by').notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    happenedAt: moment('happened_at').notNull(),
  },
  (t) => [
    index('campaign_changes_campaign').on(t.campaignId, t.id),
    check(
      'campaign_changes_reason',
      sql`${t.kind} not in ('paused', 'extended', 'closed') or (btrim(coalesce(${t.reasonVi}, '')) <> '' and btrim(coalesce(${t.reasonEn}, '')) <> '')`,
    ),
  ],
)

/** The text of a campaign while people write it, whole or not. It becomes a campaign when it is handed in. */
export const campaignDrafts = pgTable(
  'campaign_drafts',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    needId: integer('need_id')
      .notNull()
      .references(() => needs.id),
    /** What it became. */
    campaignId: integer('campaign_id')
      .unique()
      .references(() => campaigns.id),
    /** As it was typed. */
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    version: integer('version').notNull().default(1),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: moment('saved_at').notNull(),
    /** How much more than is uncovered a director let it ask for, and in which words. */
    beyondVnd: vnd('beyond_vnd'),
    beyondReason: text('beyond_reason'),
    beyondBy: text('beyond_by'),
    discardedAt: moment('discarded_at'),
  },
  (t) => [
    index('campaign_drafts_need').on(t.needId),
    check('campaign_drafts_beyond', sql`num_nonnulls(${t.beyondVnd}, ${t.beyondReason}, ${t.beyondBy}) in (0, 3)`),
    check('campaign_drafts_beyond_said', sql`${t.beyondVnd} > 0 and btrim(${t.beyondReason}) <> ''`),
  ],
)

/** Every text of a draft that was ever saved. One that was written on an older version stands apart until somebody settles it. */
export const campaignDraftTexts = pgTable(
  'campaign_draft_texts',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    draftId: integer('draft_id')
      .notNull()
      .references(() => campaignDrafts.id),
    /** The version it made; null where it stands apart. */
    version: integer('version'),
    /** The version it was written on. */
    basedOn: integer('based_on').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    savedBy: text('saved_by').notNull(),
    savedAt: moment('saved_at').notNull(),
    settledBy: text('settled_by'),
    settledAt: moment('settled_at'),
  },
  (t) => [
    unique('campaign_draft_texts_version').on(t.draftId, t.version),
    index('campaign_draft_texts_apart')
      .on(t.draftId)
      .where(sql`version is null and settled_at is null`),
    check('campaign_draft_texts_settled', sql`(${t.settledBy} is null) = (${t.settledAt} is null)`),
  ],
)
