import { fileURLToPath } from 'node:url'
import type { DatabaseHandle } from './client'
import { grantTo } from './grants'

/** Where the migrations stand, with their journal. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))

/**
 * Brings a database to the newest schema. Safe to run from several processes at once, and again.
 * @param handle opened as the owner of the tables
 * @param appRole PostgreSQL role that the application signs in as; it gets no more than it needs
 */
export const migrate = (handle: DatabaseHandle, appRole?: string): Promise<void> =>
  handle.applyMigrations(MIGRATIONS_FOLDER, appRole ? (db) => grantTo(db, appRole) : undefined)
