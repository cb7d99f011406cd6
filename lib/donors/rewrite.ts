import { getTableName, sql } from 'drizzle-orm'
import type { DatabaseHandle } from '../../db/client'
import {
  bankNotices,
  bankTransactions,
  disclosures,
  givers,
  giverWords,
  pledgeContacts,
  pledgeLetters,
  publicLineWords,
  staffMembers,
  statementLines,
} from '../../db/schema'

/** Where words of people stand until they are erased, and the statistics that the planner keeps of them. */
const TABLES = [
  disclosures,
  pledgeContacts,
  pledgeLetters,
  givers,
  giverWords,
  publicLineWords,
  bankNotices,
  bankTransactions,
  statementLines,
  staffMembers,
]

/**
 * Whether `rewriteErased` would write every file: of a table that is another's VACUUM only warns, and leaves it as it was.
 * Whoever owns the database may write all of them (PostgreSQL, VACUUM), and the statistics are the server's own.
 */
export async function mayRewrite({ db }: Pick<DatabaseHandle, 'db'>): Promise<boolean> {
  const names = [...TABLES.map(getTableName), 'pg_statistic']
  const [row] = await db
    .select({ may: sql<boolean>`coalesce(bool_and(pg_has_role(d.datdba, 'USAGE') or pg_has_role(c.relowner, 'USAGE')), false)` })
    .from(sql`pg_class c, pg_database d`)
    .where(
      sql`d.datname = current_database() and c.relname = any(${sql.param(names)}::text[])
        and c.relnamespace in ('public'::regnamespace, 'pg_catalog'::regnamespace)`,
    )
  return row?.may ?? false
}

/**
 * Writes the files anew in which erased words stood: a row that is deleted, and vacuumed too, leaves its bytes in them until
 * they are written over. Each table is locked for as long as it takes to write it, so it is for a quiet hour. With an embedded
 * database the write-ahead log that had the words goes too; a server's is its operator's to keep or to drop.
 * @param handle signed in as the owner of the tables and of the database
 */
export async function rewriteErased({ db, engine }: Pick<DatabaseHandle, 'db' | 'engine'>): Promise<void> {
  for (const name of TABLES.map(getTableName)) await db.execute(sql`vacuum (full, analyze) ${sql.identifier(name)}`)
  await db.execute(sql`vacuum full pg_statistic`)
  if (engine !== 'embedded') return
  await db.execute(sql`set wal_recycle = off`)
  // Files that were kept to be written over hold old words too: each comes into use once, and goes with the next checkpoint.
  const [wal] = await db.select({ files: sql<number>`count(*)::int` }).from(sql`pg_ls_waldir()`)
  for (let left = wal?.files ?? 0; left >= 0; left--) {
    await db.execute(sql`select pg_switch_wal()`)
    await db.execute(sql`checkpoint`)
  }
  await db.execute(sql`reset wal_recycle`)
}
