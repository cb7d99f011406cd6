import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { moment, vnd } from './columns'
import { events } from './events'
import { funds } from './funds'
import { donations } from './giving'

/** A pot of money on which every đồng has a number (docs/decisions/0004); or of a campaign's goods, with their units (0017). */
export const lines = pgTable(
  'lines',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    kind: text('kind', { enum: ['campaign', 'general', 'unplaced', 'reserve'] }).notNull(),
    /** 'VND', or the key of a kind of goods. */
    unit: text('unit').notNull().default('VND'),
  },
  (t) => [
    unique('lines_unit').on(t.id, t.unit),
    check('lines_goods_of_campaign', sql`${t.unit} = 'VND' or ${t.kind} = 'campaign'`),
    check('lines_kind', sql`${t.kind} in ('campaign', 'general', 'unplaced', 'reserve')`),
    uniqueIndex('lines_one_of_each')
      .on(t.fundId, t.kind, t.unit)
      .where(sql`kind <> 'campaign'`),
  ],
)

/**
 * Stretches of a line, [start, end). Each begins where the one before it ended: `previous_end` is
 * computed and must be the end of another interval of the line, so the chain has no gap and no overlap.
 */
export const intervals = pgTable(
  'intervals',
  {
    lineId: integer('line_id')
      .notNull()
      .references(() => lines.id),
    startVnd: vnd('start_vnd').notNull(),
    endVnd: vnd('end_vnd').notNull(),
    previousEndVnd: vnd('previous_end_vnd').generatedAlwaysAs(sql`nullif(start_vnd, 0)`),
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .references(() => events.id),
    donationId: bigint('donation_id', { mode: 'bigint' })
      .notNull()
      .references((): AnyPgColumn => donations.id),
  },
  (t) => [
    primaryKey({ columns: [t.lineId, t.startVnd] }),
    unique('intervals_end').on(t.lineId, t.endVnd),
    foreignKey({ name: 'intervals_chain', columns: [t.lineId, t.previousEndVnd], foreignColumns: [t.lineId, t.endVnd] }),
    index('intervals_event').on(t.eventId),
    index('intervals_donation').on(t.donationId),
    check('intervals_order', sql`${t.startVnd} >= 0 and ${t.endVnd} > ${t.startVnd}`),
  ],
)

/**
 * Stretches of a line that money going out took: whose đồng they were is whose interval they lie in. Laid in the
 * transaction of the fact, under the line's lock, over đồng that are laid and neither used nor held (money.md §3).
 */
export const lineUses = pgTable(
  'line_uses',
  {
    lineId: integer('line_id')
      .notNull()
      .references(() => lines.id),
    startVnd: vnd('start_vnd').notNull(),
    endVnd: vnd('end_vnd').notNull(),
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .references(() => events.id),
  },
  (t) => [
    primaryKey({ columns: [t.lineId, t.startVnd] }),
    unique('line_uses_end').on(t.lineId, t.endVnd),
    index('line_uses_event').on(t.eventId),
    check('line_uses_order', sql`${t.startVnd} >= 0 and ${t.endVnd} > ${t.startVnd}`),
  ],
)

/** Stretches that wait for a refund or a dispute and can't be used for anything else meanwhile. */
export const lineHolds = pgTable(
  'line_holds',
  {
    lineId: integer('line_id')
      .notNull()
      .references(() => lines.id),
    startVnd: vnd('start_vnd').notNull(),
    endVnd: vnd('end_vnd').notNull(),
    /** The event that holds. */
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .references(() => events.id),
    /** The event that ended it; null while it holds. */
    endedByEventId: bigint('ended_by_event_id', { mode: 'bigint' }).references(() => events.id),
  },
  (t) => [
    primaryKey({ columns: [t.lineId, t.startVnd, t.eventId] }),
    index('line_holds_event').on(t.eventId),
    index('line_holds_active')
      .on(t.lineId, t.startVnd)
      .where(sql`ended_by_event_id is null`),
    check('line_holds_order', sql`${t.startVnd} >= 0 and ${t.endVnd} > ${t.startVnd}`),
  ],
)

/**
 * Stretches that were used and whose money had to go back all the same: the reserve, or the fund, stands in for them from
 * then on. It ends where that money came back and paid what the fund owed for them.
 */
export const lineTakeovers = pgTable(
  'line_takeovers',
  {
    lineId: integer('line_id')
      .notNull()
      .references(() => lines.id),
    startVnd: vnd('start_vnd').notNull(),
    endVnd: vnd('end_vnd').notNull(),
    eventId: bigint('event_id', { mode: 'bigint' })
      .notNull()
      .references(() => events.id),
    /** The event that ended it; null while it stands. */
    endedByEventId: bigint('ended_by_event_id', { mode: 'bigint' }).references(() => events.id),
  },
  (t) => [
    primaryKey({ columns: [t.lineId, t.startVnd, t.eventId] }),
    index('line_takeovers_event').on(t.eventId),
    index('line_takeovers_active')
      .on(t.lineId, t.startVnd)
      .where(sql`ended_by_event_id is null`),
    check('line_takeovers_order', sql`${t.startVnd} >= 0 and ${t.endVnd} > ${t.startVnd}`),
  ],
)

const zero = (name: string) =>
  vnd(name)
    .notNull()
    .default(sql`0`)

/** Read model of the sequencer: what a line has received. */
export const lineTotals = pgTable(
  'line_totals',
  {
    lineId: integer('line_id')
      .primaryKey()
      .references(() => lines.id),
    /** Sum of its intervals, that is where the next one begins. */
    receivedVnd: vnd('received_vnd').notNull(),
    /** What went back to donors. */
    returnedVnd: zero('returned_vnd'),
    /** What went to other lines. */
    movedVnd: zero('moved_vnd'),
    /** What had been spent and came back: received a second time. */
    reenteredVnd: zero('reentered_vnd'),
    /** What was paid for children, less what came back of it. */
    spentVnd: zero('spent_vnd'),
    /** The đồng of the units that were handed over. */
    deliveredVnd: zero('delivered_vnd'),
    /** What pages show as received. */
    netVnd: vnd('net_vnd')
      .notNull()
      .generatedAlwaysAs(sql`received_vnd - returned_vnd - moved_vnd - reentered_vnd`),
    gifts: integer('gifts').notNull(),
    lastGiftAt: moment('last_gift_at'),
  },
  (t) => [
    check(
      'line_totals_counts',
      sql`least(${t.returnedVnd}, ${t.movedVnd}, ${t.reenteredVnd}, ${t.spentVnd}, ${t.deliveredVnd}, ${t.gifts}) >= 0 and ${t.spentVnd} <= ${t.netVnd}`,
    ),
  ],
)

/** Read model of the sequencer: received by fund and day of Việt Nam. */
export const dayTotals = pgTable(
  'day_totals',
  {
    day: date('day', { mode: 'string' }).notNull(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    receivedVnd: vnd('received_vnd').notNull(),
    gifts: integer('gifts').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.fundId] })],
)
