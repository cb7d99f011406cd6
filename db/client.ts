import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as schema from './schema'

/** One type for both engines: PGlite in process, PostgreSQL by address. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>

/** The same inside a transaction. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** A database that is open, however it is reached. */
export interface DatabaseHandle {
  engine: 'embedded' | 'postgres'
  db: Database
  /**
   * Runs `work` on one connection of its own, so that session locks and transactions share it.
   * The embedded engine has only one connection.
   */
  withConnection<T>(work: (db: Database) => Promise<T>): Promise<T>
  /**
   * Applies what is new of a folder of migrations, then runs `afterwards`. Safe from several processes at once:
   * one goes first, the others find nothing left to do.
   */
  applyMigrations(folder: string, afterwards?: (db: Database) => Promise<void>): Promise<void>
  close(): Promise<void>
}
