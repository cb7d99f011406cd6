import { mkdirSync } from 'node:fs'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { DatabaseHandle } from './client'
import * as schema from './schema'

/**
 * Opens the embedded engine.
 * @param directory folder of its files, made when missing; in memory when left out
 * @param snapshot a dumped data directory to begin with
 */
export async function openEmbedded(
  directory?: string,
  snapshot?: Blob,
): Promise<DatabaseHandle & { engine: 'embedded'; dump(): Promise<Blob> }> {
  if (directory) mkdirSync(directory, { recursive: true })
  const options: PGliteOptions = {}
  if (directory) options.dataDir = directory
  if (snapshot) options.loadDataDir = snapshot
  const client = await PGlite.create(options)
  const db = drizzle(client, { schema })
  return {
    engine: 'embedded',
    db,
    withConnection: (work) => work(db),
    async applyMigrations(folder, afterwards) {
      await migrate(db, { migrationsFolder: folder })
      await afterwards?.(db)
    },
    close: () => client.close(),
    dump: () => client.dumpDataDir('none'),
  }
}
