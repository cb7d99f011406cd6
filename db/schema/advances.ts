import { sql } from 'drizzle-orm'
import { bigint, check, date, index, pgTable, text } from 'drizzle-orm/pg-core'
import { moment, vnd } from './columns'
import { ownEvent } from './events'
import { ownEntry } from './ledger'
import { spends } from './spending'

/**
 * Money of an approved spend that a buyer was handed, or is to be, before it is known what it became (tạm ứng). The bank's
 * line hands it out; it is settled by payments of the spend against invoices, and the rest comes back by another line.
 */
export const spendAdvances = pgTable(
  'spend_advances',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The spend it is of; where that is replaced, the one in its place. */
    spendId: bigint('spend_id', { mode: 'bigint' })
      .notNull()
      .references(() => spends.id),
    amountVnd: vnd('amount_vnd').notNull(),
    /** Who is handed it, of the fund's people; never public. */
    heldBy: text('held_by').notNull(),
    /** The day by which it is to be settled; public. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: moment('recorded_at').notNull(),
    /** Who took it back before anything was handed out. */
    droppedBy: text('dropped_by'),
    droppedAt: moment('dropped_at'),
  },
  (t) => [
    index('spend_advances_spend').on(t.spendId),
    check('spend_advances_amount', sql`${t.amountVnd} > 0`),
    check('spend_advances_two_people', sql`${t.heldBy} <> ${t.recordedBy}`),
    check('spend_advances_dropped', sql`(${t.droppedBy} is null) = (${t.droppedAt} is null)`),
  ],
)

/** What happened to the money of an advance. A bank line that is taken back is taken back here, too. Never updated, never deleted. */
export const advanceMoves = pgTable(
  'advance_moves',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    advanceId: bigint('advance_id', { mode: 'bigint' })
      .notNull()
      .references(() => spendAdvances.id),
    kind: text('kind', { enum: ['given', 'settled', 'returned', 'given_undone', 'returned_undone'] }).notNull(),
    amountVnd: vnd('amount_vnd').notNull(),
    happenedOn: date('happened_on', { mode: 'string' }).notNull(),
    entryId: ownEntry(),
    eventId: ownEvent(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('advance_moves_advance').on(t.advanceId),
    check('advance_moves_kind', sql`${t.kind} in ('given', 'settled', 'returned', 'given_undone', 'returned_undone')`),
    check('advance_moves_amount', sql`${t.amountVnd} > 0`),
  ],
)
