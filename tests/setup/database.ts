import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { inject } from 'vitest'
import type { DatabaseHandle } from '../../db/client'
import { openEmbedded } from '../../db/embedded'
import { openPostgres } from '../../db/postgres'
import { databaseUrl } from './postgres-server'
import { APP, OWNER, TEMPLATE } from './roles'

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine that the tests of this project run on. */
    engine: Engine
    /** File of a migrated embedded database. */
    embeddedTemplate: string
    /** Superuser's address of the server that runs for the tests. */
    postgresUrl: string
  }
}

export type Engine = DatabaseHandle['engine']

/** A migrated, empty database that belongs to one test file. */
export interface TestDatabase {
  engine: Engine
  /** As the application is signed in: on PostgreSQL the less privileged role. */
  handle: DatabaseHandle
  /** PostgreSQL only: as the owner of the tables. */
  owner?: DatabaseHandle
  /** PostgreSQL only: the application's address, for another process or another pool. */
  url?: string
  /** PostgreSQL only: the owner's address. */
  ownerUrl?: string
  close(): Promise<void>
}

/**
 * Makes a database of its own for the test that asks, in a fraction of a second. Close it in `afterAll`.
 * @param engine the project's engine when left out
 */
export async function testDatabase(engine: Engine = inject('engine')): Promise<TestDatabase> {
  return engine === 'embedded' ? embeddedDatabase() : postgresDatabase()
}

/** A migrated embedded database to begin with, for `openEmbedded(directory, snapshot)`. */
export function embeddedSnapshot(): Blob {
  return new Blob([readFileSync(inject('embeddedTemplate'))])
}

async function embeddedDatabase(): Promise<TestDatabase> {
  const handle = await openEmbedded(undefined, embeddedSnapshot())
  return { engine: 'embedded', handle, close: () => handle.close() }
}

async function postgresDatabase(): Promise<TestDatabase> {
  const adminUrl = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin(adminUrl, `create database ${name} template ${TEMPLATE} owner ${OWNER.name}`)
  // What db/grants.ts took from the template's database is not copied with it.
  await asAdmin(adminUrl, `revoke temporary on database ${name} from public`)
  const url = databaseUrl(adminUrl, name, APP)
  const ownerUrl = databaseUrl(adminUrl, name, OWNER)
  const handle = openPostgres(url)
  const owner = openPostgres(ownerUrl, { maxConnections: 2 })
  return {
    engine: 'postgres',
    handle,
    owner,
    url,
    ownerUrl,
    async close() {
      await Promise.all([handle.close(), owner.close()])
      await asAdmin(adminUrl, `drop database ${name} with (force)`)
    },
  }
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
