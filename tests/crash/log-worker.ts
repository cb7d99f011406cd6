import { openEmbedded } from '../../db/embedded'
import { openPostgres } from '../../db/postgres'
import { followLines } from '../../lib/public-lines/follow'
import { ensureAncestor } from '../../lib/public-log/ancestor'
import { openFolderVault } from '../../lib/public-log/vault'
import { sequenceBatch } from '../../lib/sequencer/sequence'
import { publishAll, publishingOf } from '../factories/public-log'
import { atBoundary, vaultWithBoundaries, withBoundaries } from '../setup/boundaries'
import { testContext } from '../setup/context'

// A process that leads: gives places, adds leaves and publishes until nothing waits, and is killed at a boundary between two
// steps: node --import tsx tests/crash/log-worker.ts <folder of the vault> <database> <boundary>
const [folder = '', where = '', nth = '0'] = process.argv.slice(2)
const handle = where.startsWith('postgres') ? openPostgres(where) : await openEmbedded(where)
const { boundary } = atBoundary(Number(nth), () => {
  process.kill(process.pid, 'SIGKILL')
  // Nothing more happens while the signal is on its way.
  for (;;);
})
const db = withBoundaries(handle.db, boundary)
const vault = vaultWithBoundaries(openFolderVault(folder, 'uid', []), boundary)
await ensureAncestor(db, vault)
for (let more = 1; more > 0;) {
  more = (await sequenceBatch(db, new Date(), 50)).sequenced
  await followLines(db, new Date())
  await publishAll(publishingOf({ ...testContext({ ...handle, db }), now: () => new Date() }, vault))
}
await handle.close()
