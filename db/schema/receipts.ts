import { sql } from 'drizzle-orm'
import { check, pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from './columns'

/** Public halves of the keys that seal receipts, or did: papers from before a change can be checked for ever. Append-only. */
export const receiptKeys = pgTable(
  'receipt_keys',
  {
    /** C2SP signed-note, "Verifier keys". */
    verifierKey: text('verifier_key').primaryKey(),
    addedAt: moment('added_at').notNull(),
  },
  (t) => [check('receipt_keys_form', sql`${t.verifierKey} ~ '^[^+ ]+/bien-nhan[+][0-9a-f]{8}[+].+$'`)],
)
