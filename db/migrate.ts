import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { migrate as migrateEmbedded } from 'drizzle-orm/pglite/migrator'
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { PgliteDatabase } from 'drizzle-orm/pglite'
import type { DatabaseHandle } from './client'
import type * as schema from './schema'
import { grantTo } from './grants'

const folder = { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) }
const MIGRATION_LOCK = 0x7464_6d67

/**
 * Brings a database to the newest schema. Safe to run from several processes at once, and again.
 * @param handle opened as the owner of the tables
 * @param appRole PostgreSQL role that the application signs in as; it gets no more than it needs
 */
export async function migrate(handle: DatabaseHandle, appRole?: string): Promise<void> {
  await handle.withConnection(async (db) => {
    if (handle.engine === 'embedded') {
      await migrateEmbedded(db as PgliteDatabase<typeof schema>, folder)
      return
    }
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`)
    try {
      await migratePostgres(db as NodePgDatabase<typeof schema>, folder)
      if (appRole) await grantTo(db, appRole)
    } finally {
      await db.execute(sql`select pg_advisory_unlock(${MIGRATION_LOCK})`)
    }
  })
}
