import { sql } from 'drizzle-orm'
import { bigint, check, date, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns'

/** One row: what this database is, for ever. A trigger refuses any change. */
export const installation = pgTable(
  'installation',
  {
    id: integer('id').primaryKey().default(1),
    uid: uuid('uid').notNull(),
    kind: text('kind', { enum: ['sample', 'real'] }).notNull(),
    /** Seed of the sample data; null in a real database. */
    seed: text('seed'),
    /** The day the sample year ends with; null in a real database. */
    anchorDay: date('anchor_day', { mode: 'string' }),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    check('installation_one_row', sql`${t.id} = 1`),
    check('installation_kind', sql`${t.kind} in ('sample', 'real')`),
    check('installation_sample_seed', sql`(${t.kind} = 'sample') = (${t.seed} is not null and ${t.anchorDay} is not null)`),
  ],
)

/** One row, written by the sequencer: which public state readers see. */
export const siteState = pgTable(
  'site_state',
  {
    id: integer('id').primaryKey().default(1),
    /** Grows with every change of anything public. */
    version: bigint('version', { mode: 'bigint' }).notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [check('site_state_one_row', sql`${t.id} = 1`)],
)

/** Chunks of a load that were finished, so that a cut-off load goes on where it stopped. */
export const loadSteps = pgTable('load_steps', {
  name: text('name').primaryKey(),
  finishedAt: moment('finished_at').notNull(),
})
