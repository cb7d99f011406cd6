import type { Database } from '../../db/client'
import type { LogVault } from '../../lib/public-log/vault'
import { rebuild, type Rebuilt } from '../../lib/rebuild/rebuild'
import { testDatabase, type Engine } from '../setup/database'

/** What a rebuild in a side place finds of a database. */
export async function rebuildOf(real: Database, vault: LogVault, engine?: Engine): Promise<Rebuilt> {
  const side = await testDatabase(engine)
  try {
    const { db } = side.owner ?? side.handle
    const quiet = { onProgress: () => undefined, signal: new AbortController().signal }
    // Few rows at once: tables of a test end within the first stretch otherwise.
    return await rebuild({ real, side: db, vault, ...quiet, comparedAtOnce: 100 })
  } finally {
    await side.close()
  }
}
