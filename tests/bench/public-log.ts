import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openPostgres } from '../../db/postgres'
import type { Context } from '../../lib/context'
import { makeCampaign, makeFunds } from '../factories/site'
import { databaseUrl, startPostgres } from '../setup/postgres-server'
import { APP, OWNER, TEMPLATE } from '../setup/roles'
import { preparePostgres } from '../setup/templates'
import { memoryVault } from '../setup/vault'
import { measureCatchingUp, WAITING } from './catch-up'
import type { Part } from './table'

/** Public order, the public log and what follows them catching up in a new site, on one PostgreSQL. */
export async function benchPublicLog(): Promise<Part> {
  const server = await startPostgres({ durable: true, more: ['shared_buffers=512MB', 'max_wal_size=4GB'] })
  try {
    await preparePostgres(server.adminUrl)
    const admin = new pg.Client({ connectionString: server.adminUrl })
    await admin.connect()
    await admin.query(`create database gifts template ${TEMPLATE} owner ${OWNER.name}`)
    await admin.end()
    const handle = openPostgres(databaseUrl(server.adminUrl, 'gifts', APP))
    const owner = openPostgres(databaseUrl(server.adminUrl, 'gifts', OWNER), { maxConnections: 6, isForMigrations: true })
    const context: Context = {
      db: handle.db,
      now: () => new Date(),
      random: (size) => new Uint8Array(randomBytes(size)),
      installation: { uid: '', kind: 'sample', seed: 'bench', anchorDay: '2026-01-01' },
    }
    await makeFunds(context)
    await makeCampaign(context, { slug: 'bench', goalVnd: 10n ** 11n, neededBy: '2099-12-31' })
    const publishing = { vault: memoryVault(), origin: 'bench.example/log', random: context.random, now: context.now }
    const figures = await measureCatchingUp({ handle, context, owner, publishing }, 'new')
    await handle.close()
    await owner.close()
    return {
      title: 'Public order and public log, catching up',
      how: `Twice ${WAITING.toLocaleString('en')} gifts that wait are put in public order by the sequencer as it runs in a server, and published by a checkpoint for every 2,000 of them; thanks and statement follow when nothing waits, on one throw-away PostgreSQL ${server.version} with durable commits.`,
      figures,
    }
  } finally {
    await server.stop()
  }
}
