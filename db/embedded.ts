import { mkdirSync } from 'node:fs'
import { PGlite, type PGliteOptions, type QueryOptions, type Transaction } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { DatabaseHandle } from './client'
import * as schema from './schema'

/** Types that Drizzle reads itself and asks for as text: times, days, intervals, and arrays of them. */
const AS_TEXT = [1114, 1184, 1186, 1082, 1231, 1115, 1185, 1187, 1182]

/**
 * Drizzle names its parsers with each query, and PGlite then builds its whole table of parsers anew. Named once for
 * all queries instead, a query costs about a third less.
 */
function readAsTextOnce(client: PGlite): void {
  const plain = (executor: PGlite | Transaction): void => {
    const query = executor.query.bind(executor)
    executor.query = <Row>(text: string, values?: unknown[], options?: QueryOptions) => {
      const rest = { ...options }
      delete rest.parsers
      return query<Row>(text, values, rest)
    }
  }
  plain(client)
  const transaction = client.transaction.bind(client)
  client.transaction = <Value>(work: (tx: Transaction) => Promise<Value>) =>
    transaction((tx) => {
      plain(tx)
      return work(tx)
    })
}

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
  const options: PGliteOptions = { parsers: Object.fromEntries(AS_TEXT.map((type) => [type, (text: string) => text])) }
  if (directory) options.dataDir = directory
  if (snapshot) options.loadDataDir = snapshot
  const client = await PGlite.create(options)
  readAsTextOnce(client)
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
