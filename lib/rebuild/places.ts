import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type SQL } from 'drizzle-orm'
import type { Database, DatabaseHandle } from '../../db/client'
import { openEmbedded } from '../../db/embedded'
import { migrate } from '../../db/migrate'
import { openPostgres } from '../../db/postgres'
import { sqlStateOf } from '../../db/sql-state'
import { SettingError, type Env } from '../env'
import { lockDataDirectory } from '../installation/data-lock'
import { isUpToDate } from '../site/database'

/** What is looked at, and the side place where it is made again. */
export interface Places {
  real: DatabaseHandle
  side: DatabaseHandle
  /** Closes both and takes the side place away. */
  close(): Promise<void>
}

/** How the folder of a copy is named. */
const FOLDER = 'tung-dong-rebuild-'

/** SQLSTATEs of PostgreSQL: no right to make a database; somebody is connected to it. */
const [NO_RIGHT, IN_USE] = ['42501', '55006']

/**
 * Opens the database of an installation and an empty one beside it. The embedded one belongs to its server, which must have
 * stopped; a copy of its files is looked at. On PostgreSQL the site may run, and the side place is a database of the owner,
 * `<name>_rebuild`, on the same server; one that a run left which was cut off is taken away first.
 */
export async function openPlaces(env: Env): Promise<Places> {
  const places = await (env.DATABASE_URL ? onPostgres(env, env.DATABASE_URL) : embedded(env))
  try {
    if (await isUpToDate(places.real.db)) return places
  } catch (error) {
    await places.close()
    throw error
  }
  await places.close()
  throw new SettingError('the database has another schema than this version: start the site once, which brings it to the newest')
}

async function embedded(env: Env): Promise<Places> {
  const files = join(env.DATA_DIR, 'database')
  if (!existsSync(files)) throw new SettingError(`there is no embedded database in ${env.DATA_DIR}`)
  removeLeftovers()
  const opened: DatabaseHandle[] = []
  const { folder, takeAway } = makeFolder()
  const open = async (part: string): Promise<DatabaseHandle> => {
    const handle = await openEmbedded(join(folder, part))
    opened.push(handle)
    return handle
  }
  const close = async () => {
    try {
      await Promise.all(opened.map((one) => one.close()))
    } finally {
      takeAway()
    }
  }
  try {
    copyFiles(env.DATA_DIR, files, join(folder, 'real'))
    const real = await open('real')
    const side = await open('side')
    await migrate(side)
    return { real, side, close }
  } catch (error) {
    await close()
    throw error
  }
}

function copyFiles(dataDirectory: string, files: string, to: string): void {
  const unlock = lockDataDirectory(dataDirectory)
  try {
    cpSync(files, to, { recursive: true })
  } finally {
    unlock()
  }
}

/** A folder for the copy and the side place. Its lock says that it is in use. */
function makeFolder(): { folder: string; takeAway: () => void } {
  const folder = mkdtempSync(join(tmpdir(), FOLDER))
  const unlock = lockDataDirectory(folder)
  return {
    folder,
    takeAway() {
      unlock()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Takes away what rebuilds left that were cut off: a copy holds what is personal. One that is in use stays; it is taken away
 * by the rebuild that uses it.
 * @returns whether nothing is left
 */
export async function takeAwayLeftovers(env: Env): Promise<boolean> {
  removeLeftovers()
  if (!env.DATABASE_URL) return true
  const ownerUrl = env.DATABASE_OWNER_URL ?? env.DATABASE_URL
  const { name } = sideOf(ownerUrl)
  const owner = openPostgres(ownerUrl, { maxConnections: 1, isForMigrations: true })
  try {
    // Whoever drops one that is in use waits for it some seconds, in vain.
    const [used] = await owner.db.select({ by: sql<number>`count(*)::int` }).from(sql`pg_stat_activity where datname = ${name}`)
    if (used && used.by > 0) return false
    await owner.db.execute(sql`drop database if exists ${sql.identifier(name)}`)
    return true
  } catch (error) {
    const state = sqlStateOf(error)
    // Of a role that does not own it, it is the owner's to take away.
    if (state === IN_USE || state === NO_RIGHT) return false
    throw error
  } finally {
    await owner.close()
  }
}

/** The side place on PostgreSQL of the database of an address. */
function sideOf(ownerUrl: string): { name: string; url: string } {
  const url = new URL(ownerUrl)
  const name = `${decodeURIComponent(url.pathname.slice(1))}_rebuild`
  url.pathname = `/${encodeURIComponent(name)}`
  return { name, url: url.href }
}

/** Folders of copies. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(FOLDER))) {
    const folder = join(tmpdir(), name)
    try {
      lockDataDirectory(folder)()
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // Another run is using it, or it is somebody else's.
    }
  }
}

async function onPostgres(env: Env, url: string): Promise<Places> {
  const ownerUrl = env.DATABASE_OWNER_URL ?? url
  const { name, url: sideUrl } = sideOf(ownerUrl)
  // A look at all of it takes its time.
  const real = openPostgres(url, { maxConnections: 1, isForMigrations: true })
  const owner = openPostgres(ownerUrl, { maxConnections: 1, isForMigrations: true })
  const drop = () => owner.db.execute(sql`drop database if exists ${sql.identifier(name)}`)
  try {
    await drop()
    await owner.db.execute(sql`create database ${sql.identifier(name)} template template0 ${await localeOf(owner.db)}`)
  } catch (cause) {
    await Promise.all([real.close(), owner.close()])
    if (sqlStateOf(cause) === IN_USE) throw new SettingError(`another rebuild is under way: somebody is connected to ${name}`, { cause })
    if (sqlStateOf(cause) === NO_RIGHT)
      throw new SettingError(`the owner may not make the side database ${name}: alter role … createdb gives it that right`, { cause })
    throw cause
  }
  const side = openPostgres(sideUrl, { maxConnections: 4, isForMigrations: true })
  const close = async () => {
    await Promise.all([real.close(), side.close()])
    await drop()
    await owner.close()
  }
  try {
    await migrate(side)
    return { real, side, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The same order of texts as here: rows are compared in the order of their keys. */
async function localeOf(db: Database): Promise<SQL> {
  // Names of its columns differ from version to version.
  const [own] = await db
    .select({
      provider: sql<string>`d.datlocprovider::text`,
      collate: sql<string>`d.datcollate`,
      ctype: sql<string>`d.datctype`,
      locale: sql<string | null>`coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale')`,
    })
    .from(sql`pg_database d`)
    .where(sql`d.datname = current_database()`)
  if (!own) throw new Error('this database has no name')
  const libc = sql`encoding 'UTF8' lc_collate ${sql.identifier(own.collate)} lc_ctype ${sql.identifier(own.ctype)}`
  if (own.locale === null || own.provider === 'c') return sql`${libc} locale_provider libc`
  const locale = sql.identifier(own.locale)
  return own.provider === 'i'
    ? sql`${libc} locale_provider icu icu_locale ${locale}`
    : sql`${libc} locale_provider builtin builtin_locale ${locale}`
}
