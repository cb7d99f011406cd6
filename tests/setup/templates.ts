import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openEmbedded } from '../../db/embedded'
import { migrate } from '../../db/migrate'
import { openPostgres } from '../../db/postgres'
import { databaseUrl } from './postgres-server'
import { APP, OWNER, TEMPLATE } from './roles'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Makes the roles and the migrated database that tests on PostgreSQL copy. */
export async function preparePostgres(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  for (const { name, password } of [OWNER, APP]) await admin.query(`create role ${name} login password '${password}'`)
  await admin.query(`create database ${TEMPLATE} owner ${OWNER.name}`)
  await admin.end()
  const owner = openPostgres(databaseUrl(adminUrl, TEMPLATE, OWNER), { maxConnections: 1 })
  await migrate(owner, APP.name)
  await owner.close()
}

/**
 * The data directory of a migrated embedded database, as a file: a new one takes seconds, a copy a fraction.
 * Kept until a migration or the engine changes.
 */
export async function prepareEmbedded(): Promise<string> {
  const folder = path.join(root, '.test')
  const file = path.join(folder, `embedded-${fingerprint()}.tar`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const database = await openEmbedded()
  await migrate(database)
  const dump = Buffer.from(await (await database.dump()).arrayBuffer())
  await database.close()
  for (const name of readdirSync(folder)) if (/^embedded-.*\.tar$/.test(name)) rmSync(path.join(folder, name))
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, dump)
  renameSync(unfinished, file)
  return file
}

function fingerprint(): string {
  const hash = createHash('sha256')
  const migrations = path.join(root, 'db', 'migrations')
  for (const name of readdirSync(migrations).sort()) {
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(path.join(migrations, name)))
  }
  hash.update(readFileSync(path.join(root, 'node_modules', '@electric-sql', 'pglite', 'package.json')))
  return hash.digest('hex').slice(0, 16)
}
