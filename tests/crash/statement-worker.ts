import { openEmbedded } from '../../db/embedded'
import { openPostgres } from '../../db/postgres'
import { openFolderStore } from '../../lib/files/folder-store'
import { workOnStatements } from '../../lib/statements/work'
import { testContext } from '../setup/context'

// A process that works on statements until nothing is left to do without a person, to be killed at any moment:
// node --import tsx tests/crash/statement-worker.ts <folder of files> <postgres:// address, or folder of an embedded database>
const [folder = '', where = ''] = process.argv.slice(2)
const handle = where.startsWith('postgres') ? openPostgres(where) : await openEmbedded(where)
const context = { ...testContext(handle), now: () => new Date(), files: openFolderStore(folder) }
process.stdout.write('open\n')
await workOnStatements(context, (fileId, error) => {
  process.stderr.write(`file ${fileId}: ${String(error)}\n`)
  process.exitCode = 1
})
await handle.close()
