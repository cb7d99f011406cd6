import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import packageJson from '../../package.json'
import type { Database, DatabaseHandle } from '../../db/client'
import { setServerContext, type Installation, type ServerContext } from '../context'
import { checkAgainstKind, SettingError, type Env } from '../env'
import { ensureInstallation, getInstallation } from '../installation/commands'
import { lockDataDirectory } from '../installation/data-lock'
import { loadPlanData } from '../plans/load'
import { openFolderVault } from '../public-log/vault'
import { listEarlier } from '../recognition/list-earlier'
import { loadSample } from '../sample/load'
import { readFirstSheet } from '../sheets/workbook'
import { openDatabase, ownsTables } from './database'
import { openFiles } from './files'
import { openMail } from './mail'

const LOAD_LOCK = 0x7464_6c6f

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
    const installation = await settleKind(env, handle)
    const context: ServerContext = {
      db: handle.db,
      handle,
      files: await openFiles(env),
      now: () => new Date(),
      random: (size) => new Uint8Array(randomBytes(size)),
      installation,
      origin: env.publicOrigin,
      selfOrigin: env.selfOrigin,
      version: packageJson.version,
      // Nothing is shown of it before a server follows it.
      stateAgeMs: () => 0,
      sepay: sepayKeys(env, installation.kind, installation.uid),
      casso: { secureToken: env.CASSO_SECURE_TOKEN ?? null, checksumKey: env.CASSO_CHECKSUM_KEY ?? null },
      payos: { checksumKey: env.PAYOS_CHECKSUM_KEY ?? null, formerChecksumKey: env.PAYOS_FORMER_CHECKSUM_KEY ?? null },
      cards: { accounts: new Map(env.STRIPE_ACCOUNTS?.map((account) => [account.fundSlug, { ...account, apiUrl: env.STRIPE_API_URL }])) },
      staff: {
        secret: env.AUTH_SECRET ?? createHash('sha256').update(`tung-dong/sample-staff/${installation.uid}`).digest('hex'),
        idleSeconds: env.STAFF_IDLE_MINUTES * 60,
      },
      mail: openMail(env),
      readWorkbook: readFirstSheet,
      publicLog: {
        origin: `${new URL(env.publicOrigin).host}/log`,
        vault: openFolderVault(
          env.LOG_DIR ?? join(env.DATA_DIR, 'log'),
          installation.uid,
          [env.LOG_KEY, env.LOG_FORMER_KEY].filter((key) => key !== undefined),
        ),
        witnesses: env.WITNESSES ?? [],
      },
      // A server that answers requests opens it.
      witness: null,
      bankApis: {
        sepay: env.SEPAY_API_TOKEN ? { url: env.SEPAY_API_URL, key: env.SEPAY_API_TOKEN } : null,
        casso: env.CASSO_API_KEY ? { url: env.CASSO_API_URL, key: env.CASSO_API_KEY } : null,
      },
    }
    await load(context, env, say)
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

/** What this database is; a new one becomes what the settings say, once they were checked against that. */
async function settleKind(env: Env, handle: DatabaseHandle): Promise<Installation> {
  const made = await getInstallation(handle.db)
  const kind = made?.kind ?? env.SITE_KIND ?? (handle.engine === 'embedded' ? 'sample' : null)
  if (kind === null) throw new SettingError('SITE_KIND is needed for a new database: sample or real, and it stays so for ever')
  checkAgainstKind(env, kind)
  if (kind === 'real' && handle.engine === 'postgres' && (await ownsTables(handle.db))) {
    throw new SettingError(
      'the role of DATABASE_URL owns the tables, so nothing would hold it back: give the owner in DATABASE_OWNER_URL, and another role in DATABASE_URL',
    )
  }
  return made ?? ensureInstallation(handle.db, kind, env.SAMPLE_SEED, new Date())
}

/** Loads what an installation begins with. Of several processes one loads at a time. */
async function load(context: ServerContext, env: Env, say: (line: string) => void): Promise<void> {
  await loadPlanData(context)
  await listEarlier(context.db, context.now())
  if (context.installation.kind !== 'sample') return
  await context.handle.withConnection(async (db) => {
    while (!(await tryLoadLock(db))) await new Promise((resolve) => setTimeout(resolve, 500))
    await loadSample(context, { percent: env.SAMPLE_PERCENT, say })
    await db.execute(sql`select pg_advisory_unlock(${LOAD_LOCK})`)
  })
}

async function tryLoadLock(db: Database): Promise<boolean> {
  const [row] = await db.select({ locked: sql<boolean>`pg_try_advisory_lock(${LOAD_LOCK})` }).from(sql`(values (1)) as one`)
  return row?.locked === true
}

/** A sample without keys gets its own, known to nobody else, so that the test bank can sign. */
function sepayKeys(env: Env, kind: 'sample' | 'real', uid: string): ServerContext['sepay'] {
  const given = { apiKey: env.SEPAY_API_KEY ?? null, webhookSecret: env.SEPAY_WEBHOOK_SECRET ?? null }
  if (kind === 'real' || given.webhookSecret !== null) return given
  return { ...given, webhookSecret: createHash('sha256').update(`tung-dong/sample-sepay/${uid}`).digest('hex') }
}
