import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import packageJson from '../../package.json'
import { openEmbedded } from '../../db/embedded'
import { migrate } from '../../db/migrate'
import { openPostgres } from '../../db/postgres'
import type { DatabaseHandle } from '../../db/client'
import { setServerContext, type ServerContext } from '../context'
import { checkAgainstKind, SettingError, type Env } from '../env'
import { ensureInstallation, getInstallation } from '../installation/commands'
import { lockDataDirectory } from '../installation/data-lock'
import { loadPlanData } from '../plans/load'
import { loadSample } from '../sample/load'

/** An open installation: its context, and how to close it. */
export interface Site {
  context: ServerContext
  close(): Promise<void>
}

/**
 * Opens the installation that the settings name: locks and opens its database, brings it to the newest
 * schema, loads plan data and, in a sample, sample data. Each step can be cut off and goes on next time.
 * @param say told in one line what is under way
 */
export async function openSite(env: Env, say: (line: string) => void): Promise<Site> {
  const unlock = env.DATABASE_URL ? () => undefined : lockDataDirectory(env.DATA_DIR)
  try {
    const handle = await openDatabase(env, say)
    const installation =
      (await getInstallation(handle.db)) ?? (await ensureInstallation(handle.db, env.SITE_KIND ?? 'sample', env.SAMPLE_SEED, new Date()))
    checkAgainstKind(env, installation.kind)
    const context: ServerContext = {
      db: handle.db,
      handle,
      now: () => new Date(),
      random: (size) => new Uint8Array(randomBytes(size)),
      installation,
      origin: env.publicOrigin,
      selfOrigin: env.selfOrigin,
      version: packageJson.version,
      sepay: sepayKeys(env, installation.kind, installation.uid),
    }
    await loadPlanData(context)
    if (installation.kind === 'sample') await loadSample(context, { percent: env.SAMPLE_PERCENT, say })
    setServerContext(context)
    return {
      context,
      async close() {
        await handle.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

async function openDatabase(env: Env, say: (line: string) => void): Promise<DatabaseHandle> {
  if (!env.DATABASE_URL) {
    say(`Opening the embedded database in ${env.DATA_DIR} …`)
    const handle = await openEmbedded(join(env.DATA_DIR, 'database'))
    await migrate(handle)
    return handle
  }
  say('Opening PostgreSQL …')
  const role = decodeURIComponent(new URL(env.DATABASE_URL).username)
  const owner = openPostgres(env.DATABASE_OWNER_URL ?? env.DATABASE_URL, { maxConnections: 1 })
  try {
    await migrate(owner, env.DATABASE_OWNER_URL ? role : undefined)
  } catch (cause) {
    throw new SettingError(`the database could not be reached or brought to the newest schema: ${reason(cause)}`, { cause })
  } finally {
    await owner.close()
  }
  return openPostgres(env.DATABASE_URL, { maxConnections: env.DATABASE_POOL })
}

/** The innermost message, which says what the server or the network answered. */
function reason(error: unknown): string {
  let current = error
  while (current instanceof Error && current.cause) current = current.cause
  return current instanceof Error ? current.message || current.name : 'unknown'
}

/** A sample without keys gets its own, known to nobody else, so that the test bank can sign. */
function sepayKeys(env: Env, kind: 'sample' | 'real', uid: string): ServerContext['sepay'] {
  const given = { apiKey: env.SEPAY_API_KEY ?? null, webhookSecret: env.SEPAY_WEBHOOK_SECRET ?? null }
  if (kind === 'real' || given.webhookSecret !== null) return given
  return { ...given, webhookSecret: createHash('sha256').update(`tung-dong/sample-sepay/${uid}`).digest('hex') }
}
