import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { bytes, moment } from './columns'
import { eventPositions } from './events'

/**
 * Leaves of the public log: the public form of each event, as bytes that never change. Gapless: each but the first needs the
 * one before it, and its hash is that of what stands in it (RFC 6962, section 2.1).
 */
export const logLeaves = pgTable(
  'log_leaves',
  {
    position: bigint('position', { mode: 'bigint' })
      .primaryKey()
      .references(() => eventPositions.position),
    previous: bigint('previous', { mode: 'bigint' }).generatedAlwaysAs(sql`nullif(position, 0) - 1`),
    /** RFC 8785 JSON. */
    body: text('body').notNull(),
    hash: bytes('hash').notNull(),
  },
  (t) => [
    foreignKey({ name: 'log_leaves_chain', columns: [t.previous], foreignColumns: [t.position] }),
    check('log_leaves_hash', sql`${t.hash} = sha256('\\x00'::bytea || convert_to(${t.body}, 'UTF8'))`),
    // An entry's length is told in 16 bits (C2SP tlog-tiles).
    check('log_leaves_length', sql`octet_length(${t.body}) between 1 and 65535`),
  ],
)

/**
 * Inner hashes of the log, one for each full tile of 256: level 1 over leaves, level 2 over those of level 1, and so on. With
 * the leaves they give every tile, root and proof of every size without reading more of the log than its right edge.
 */
export const logNodes = pgTable(
  'log_nodes',
  {
    level: smallint('level').notNull(),
    index: bigint('index', { mode: 'bigint' }).notNull(),
    previous: bigint('previous', { mode: 'bigint' }).generatedAlwaysAs(sql`nullif(index, 0) - 1`),
    hash: bytes('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.level, t.index] }),
    foreignKey({ name: 'log_nodes_chain', columns: [t.level, t.previous], foreignColumns: [t.level, t.index] }),
    check('log_nodes_level', sql`${t.level} between 1 and 7 and ${t.index} >= 0`),
    check('log_nodes_hash', sql`octet_length(${t.hash}) = 32`),
  ],
)

/** Keys that sign the log, in the order of their use: the last one does. The log's name stays what it was at first. */
export const logKeys = pgTable(
  'log_keys',
  {
    number: integer('number').primaryKey(),
    previous: integer('previous').generatedAlwaysAs(sql`nullif(number, 0) - 1`),
    /** "tungdong.vn/log": names the log and its keys. */
    origin: text('origin').notNull(),
    /** C2SP signed-note, "Verifier keys". */
    verifierKey: text('verifier_key').notNull().unique(),
    addedAt: moment('added_at').notNull(),
  },
  (t) => [
    foreignKey({ name: 'log_keys_chain', columns: [t.previous], foreignColumns: [t.number] }),
    check('log_keys_from_zero', sql`${t.number} >= 0`),
    check('log_keys_name', sql`starts_with(${t.verifierKey}, ${t.origin} || '+')`),
  ],
)

/**
 * Keys that were put away: from which size on the log's word is no longer theirs, so that whoever finds or steals one can add
 * nothing. The newest key has no end (a trigger).
 */
export const logKeyEnds = pgTable('log_key_ends', {
  number: integer('number')
    .primaryKey()
    .references(() => logKeys.number),
  /** Entries of the last checkpoint that was published before one without this key: the newest then (a trigger). */
  lastSize: bigint('last_size', { mode: 'bigint' }).notNull(),
  endedAt: moment('ended_at').notNull(),
})

/** Every checkpoint that was published: one for a size, and each larger than those before it (a trigger). */
export const logCheckpoints = pgTable(
  'log_checkpoints',
  {
    size: bigint('size', { mode: 'bigint' }).primaryKey(),
    lastPosition: bigint('last_position', { mode: 'bigint' })
      .generatedAlwaysAs(sql`size - 1`)
      .references(() => logLeaves.position),
    root: bytes('root').notNull(),
    /** As it was signed by the log (C2SP tlog-checkpoint). */
    note: text('note').notNull(),
    publishedAt: moment('published_at').notNull(),
  },
  (t) => [check('log_checkpoints_root', sql`${t.size} > 0 and octet_length(${t.root}) = 32`)],
)

/** Witnesses that have cosigned the log: whoever checks a cosignature begins with its key. */
export const logWitnesses = pgTable('log_witnesses', {
  id: smallint('id').primaryKey().generatedAlwaysAsIdentity(),
  /** C2SP signed-note, "Verifier keys", of the type of tlog-cosignature. */
  verifierKey: text('verifier_key').notNull().unique(),
  addedAt: moment('added_at').notNull(),
})

/** What witnesses said of checkpoints: one line of each witness under one checkpoint (C2SP tlog-cosignature). */
export const logCosignatures = pgTable(
  'log_cosignatures',
  {
    witnessId: smallint('witness_id')
      .notNull()
      .references(() => logWitnesses.id),
    size: bigint('size', { mode: 'bigint' })
      .notNull()
      .references(() => logCheckpoints.size),
    /** As it stands under the checkpoint, with its newline. */
    line: text('line').notNull(),
    /** When the witness says it made it. */
    cosignedAt: moment('cosigned_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.witnessId, t.size] }),
    index('log_cosignatures_size').on(t.size),
    check('log_cosignatures_line', sql`${t.line} like '— %' and right(${t.line}, 1) = chr(10)`),
  ],
)
