import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { DatabaseHandle } from './client'
import * as schema from './schema'

const MIGRATION_LOCK = 0x7464_6d67

/** Nothing waits without end: a query, a lock or a transaction that takes too long fails, and what it held is free again. */
const TIMEOUTS = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 15_000,
  // Where the network is gone no server ends the statement.
  query_timeout: 20_000,
  lock_timeout: 4_000,
  idle_in_transaction_session_timeout: 15_000,
}

/**
 * Statements here take milliseconds, and plans that fit every value look dear: PostgreSQL would compile them to machine
 * code, each time anew, for many times as long as they run.
 */
const UNCOMPILED = { options: '-c jit=off' }

/**
 * Opens a PostgreSQL database.
 * @param url connection string
 * @param maxConnections upper bound of the pool
 * @param isForMigrations which may take their time
 */
export function openPostgres(url: string, { maxConnections = 10, isForMigrations = false } = {}): DatabaseHandle {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    keepAlive: true,
    pipeline: true,
    ...UNCOMPILED,
    ...(isForMigrations ? {} : TIMEOUTS),
  })
  // A connection that breaks is replaced by the pool, and the query on it fails; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return {
    engine: 'postgres',
    db: drizzle(pool, { schema }),
    async withConnection(work) {
      const client = await pool.connect()
      let broken: Error | undefined
      const onError = (error: Error) => {
        broken = error
      }
      client.on('error', onError)
      try {
        return await work(drizzle(client, { schema }))
      } catch (error) {
        broken ??= error instanceof Error ? error : new Error('work on a connection failed')
        throw error
      } finally {
        client.off('error', onError)
        // A connection that failed is thrown away, and with it every session lock it held.
        client.release(broken ?? false)
      }
    },
    async applyMigrations(folder, afterwards) {
      const client = await pool.connect()
      const db = drizzle(client, { schema })
      try {
        await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`)
        await migrate(db, { migrationsFolder: folder })
        await afterwards?.(db)
      } finally {
        // The connection is thrown away, and the lock with it, however this ended.
        client.release(true)
      }
    },
    close: () => pool.end(),
  }
}
