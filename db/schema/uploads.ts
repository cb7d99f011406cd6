import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, moment } from './columns'
import { staffMembers } from './staff'

/**
 * A file on its way, in chunks, from somebody's browser over a line that may drop. It is theirs alone, and swept away
 * with its chunks once it has been used or left alone for days.
 */
export const uploads = pgTable(
  'uploads',
  {
    /** Made by the browser, and kept there with the file. */
    key: uuid('key').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staffMembers.id),
    /** What the whole file has, as the browser said when it began. */
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    touchedAt: moment('touched_at').notNull(),
  },
  (t) => [
    index('uploads_touched').on(t.touchedAt),
    index('uploads_staff').on(t.staffId),
    check('uploads_bytes', sql`${t.bytes} between 1 and 20971520`),
    check('uploads_sha256', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
  ],
)

/** A piece of such a file. */
export const uploadChunks = pgTable(
  'upload_chunks',
  {
    key: uuid('key')
      .notNull()
      .references(() => uploads.key, { onDelete: 'cascade' }),
    /** Where in the file it begins. */
    fromByte: integer('from_byte').notNull(),
    data: bytes('data').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.fromByte] }),
    check('upload_chunks_size', sql`${t.fromByte} >= 0 and octet_length(${t.data}) between 1 and 524288`),
  ],
)
