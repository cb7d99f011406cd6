import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { installation } from '../../db/schema'
import type { Installation } from '../context'
import { addDays, dayOf } from '../time/day'

/** What this database was made, or null while it is new. */
export async function getInstallation(db: Database): Promise<Installation | null> {
  const [row] = await db.select().from(installation).where(eq(installation.id, 1))
  return row ? { uid: row.uid, kind: row.kind, seed: row.seed, anchorDay: row.anchorDay } : null
}

/**
 * Makes a new database sample or real, for ever; does nothing to one that is made already.
 * @param seed of the sample data, which then ends with yesterday
 */
export async function ensureInstallation(db: Database, kind: 'sample' | 'real', seed: string, now: Date): Promise<Installation> {
  const isSample = kind === 'sample'
  await db
    .insert(installation)
    .values({ uid: randomUUID(), kind, seed: isSample ? seed : null, anchorDay: isSample ? addDays(dayOf(now), -1) : null, createdAt: now })
    .onConflictDoNothing()
  const made = await getInstallation(db)
  if (!made) throw new Error('the installation was not written')
  return made
}
