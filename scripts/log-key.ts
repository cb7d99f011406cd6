import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { formatSigningKey, isKeyName } from '../lib/tlog/keys'

/**
 * npm run log-key -- --name tungdong.vn/log: a new key for the public log, for LOG_KEY; with --cosigns one that cosigns other
 * logs, for WITNESS_KEY. It is a secret, and kept nowhere.
 */
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: { name: { type: 'string', default: '' }, cosigns: { type: 'boolean', default: false } },
})
if (isKeyName(values.name)) {
  process.stdout.write(`${formatSigningKey(values.name, values.cosigns ? 'cosignature' : 'note', randomBytes(32))}\n`)
} else {
  process.stdout.write('say the name of the log, the first line of /log/checkpoint: npm run log-key -- --name tungdong.vn/log\n')
  process.exitCode = 1
}
