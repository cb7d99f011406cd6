import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, DatabaseHandle } from '../../db/client'
import { openEmbedded } from '../../db/embedded'
import { migrate, MIGRATIONS_FOLDER } from '../../db/migrate'
import { openPostgres } from '../../db/postgres'
import { SettingError, type Env } from '../env'

/**
 * Opens the database that the settings name, at the newest schema. On PostgreSQL the owner of the tables brings it
 * there (DATABASE_OWNER_URL); a role that owns nothing is enough where it is there already.
 * @param say told in one line what is under way
 */
export async function openDatabase(env: Env, say: (line: string) => void): Promise<DatabaseHandle> {
  if (!env.DATABASE_URL) {
    say(`Opening the embedded database in ${env.DATA_DIR} …`)
    const handle = await openEmbedded(join(env.DATA_DIR, 'database'))
    await migrate(handle)
    return handle
  }
  say('Opening PostgreSQL …')
  const handle = openPostgres(env.DATABASE_URL, { maxConnections: env.DATABASE_POOL })
  try {
    await bringUpToDate(env, handle)
    return handle
  } catch (cause) {
    await handle.close()
    if (cause instanceof SettingError) throw cause
    throw new SettingError(`the database could not be reached or brought to the newest schema: ${innermost(cause)}`, { cause })
  }
}

async function bringUpToDate(env: Env, handle: DatabaseHandle): Promise<void> {
  if (env.DATABASE_URL && (env.DATABASE_OWNER_URL || (await mayOwnTables(handle.db)))) {
    const role = decodeURIComponent(new URL(env.DATABASE_URL).username)
    const owner = openPostgres(env.DATABASE_OWNER_URL ?? env.DATABASE_URL, { maxConnections: 1, isForMigrations: true })
    try {
      await migrate(owner, env.DATABASE_OWNER_URL ? role : undefined)
    } finally {
      await owner.close()
    }
    return
  }
  if (!(await isUpToDate(handle.db)))
    throw new SettingError('the database has an older schema: start once with DATABASE_OWNER_URL set, which brings it to the newest')
}

/** Whether the signed-in role owns the tables, or there are none yet. */
async function mayOwnTables(db: Database): Promise<boolean> {
  const [row] = await db.select({ isNew: sql<boolean>`to_regclass('public.entries') is null` }).from(sql`(values (1)) as one`)
  return row?.isNew === true || ownsTables(db)
}

/** Whether the signed-in role owns the tables: then no trigger and no grant holds it back. */
export async function ownsTables(db: Database): Promise<boolean> {
  const [row] = await db
    .select({ owns: sql<boolean>`pg_has_role(current_user, c.relowner, 'member')` })
    .from(sql`pg_class c`)
    .where(sql`c.oid = to_regclass('public.entries')`)
  return row?.owns === true
}

const journal = z.object({ entries: z.array(z.object({ when: z.number() })) })

/** Whether a database has the newest schema that this version knows. */
export async function isUpToDate(db: Database): Promise<boolean> {
  const wanted = journal.parse(JSON.parse(readFileSync(join(MIGRATIONS_FOLDER, 'meta', '_journal.json'), 'utf8'))).entries
  const [last] = await db.select({ when: sql<string>`max(created_at)` }).from(sql`drizzle.__drizzle_migrations`)
  return Number(last?.when ?? 0) >= Math.max(...wanted.map((entry) => entry.when))
}

/** The innermost message, which says what the server or the network answered. */
function innermost(error: unknown): string {
  let current = error
  while (current instanceof Error && current.cause) current = current.cause
  return current instanceof Error ? current.message || current.name : 'unknown'
}
