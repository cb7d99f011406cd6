import { sql } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import type { Database } from './client'
import * as schema from './schema'

/** Tables of history: the application may add to them, and nothing else. */
const APPEND_ONLY = new Set<unknown>([
  schema.installation,
  schema.ledgers,
  schema.ledgerAccounts,
  schema.entries,
  schema.postings,
  schema.events,
  schema.eventPositions,
  schema.lines,
  schema.intervals,
  schema.donations,
  schema.bankNotices,
  schema.campaignTransitions,
  schema.campaignSlugs,
  schema.loadSteps,
])

/** Tables whose rows the application may also delete. */
const DELETABLE = new Set<unknown>([schema.pendingEvents, schema.disclosures, schema.pledgeContacts, schema.unitSuccessions])

/**
 * Gives a role what the application needs, table by table, and takes back everything else.
 * The role owns nothing, so it can neither drop a trigger nor alter a table.
 */
export async function grantTo(db: Database, role: string): Promise<void> {
  const to = sql.identifier(role)
  await db.execute(sql`revoke all on all tables in schema public from ${to}`)
  await db.execute(sql`grant usage on schema public to ${to}`)
  for (const table of Object.values(schema)) {
    if (!(table instanceof PgTable)) continue
    const name = sql.identifier(getTableConfig(table).name)
    await db.execute(sql`grant select, insert on ${name} to ${to}`)
    if (APPEND_ONLY.has(table)) continue
    await db.execute(sql`grant update on ${name} to ${to}`)
    if (DELETABLE.has(table)) await db.execute(sql`grant delete on ${name} to ${to}`)
  }
}
