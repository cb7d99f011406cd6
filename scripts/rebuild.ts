import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readEnv, SettingError, type Env } from '../lib/env'
import { getInstallation } from '../lib/installation/commands'
import { captureConsoleErrors, describeError, log } from '../lib/log'
import { openFolderVault } from '../lib/public-log/vault'
import { openPlaces, type Places } from '../lib/rebuild/places'
import { rebuild, type RebuildProgress, type Rebuilt } from '../lib/rebuild/rebuild'

const say = (line: string) => process.stdout.write(`${line}\n`)
const SAY_EVERY_MS = 5_000
/** A site that runs has a moment when nothing waits, soon. */
const [TRIES, BETWEEN_MS] = [120, 250]

/**
 * npm run rebuild: makes all that is derived again in a side place, and compares. Ends with 0 where it is the same, 1 where
 * it is not, 2 where it could not look. Only the side place is written, and it is taken away at the end.
 */
async function main(): Promise<0 | 1 | 2> {
  captureConsoleErrors()
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.abort())
  const env = readEnv(process.env)
  const places = await openPlaces(env)
  try {
    const found = await look(env, places, stopping.signal)
    if (found.kind === 'waits') {
      say(
        `Not looked at: ${found.events} events wait for their place, or for the statement. Start the site, or its sequencer, and try again when it has caught up.`,
      )
      return 2
    }
    if (found.kind === 'same') {
      say(`The same, byte for byte: ${found.rows} rows. Traces, deliveries, papers, names and cosignatures are what the log says of them.`)
      return 0
    }
    for (const line of found.found) say(`✗ ${line}`)
    say('What is stored is not what its facts come to. Nothing was changed.')
    return 1
  } catch (error) {
    if (!stopping.signal.aborted) throw error
    say('Stopped. Nothing was changed.')
    return 2
  } finally {
    await places.close()
  }
}

async function look(env: Env, { real, side }: Places, signal: AbortSignal): Promise<Rebuilt> {
  const installation = await getInstallation(real.db)
  if (!installation) throw new SettingError('this database holds no site yet')
  const keys = [env.LOG_KEY, env.LOG_FORMER_KEY].filter((key) => key !== undefined)
  const vault = openFolderVault(env.LOG_DIR ?? join(env.DATA_DIR, 'log'), installation.uid, keys)
  const onProgress = progressLine()
  for (let left = TRIES; ; left--) {
    const found = await rebuild({ real: real.db, side: side.db, vault, onProgress, signal })
    // A copy of the embedded database waits in vain.
    if (found.kind !== 'waits' || left === 0 || real.engine === 'embedded') return found
    await pause(BETWEEN_MS, undefined, { signal })
  }
}

/** Says now and then how far it is. */
function progressLine(): (progress: RebuildProgress) => void {
  let last = Date.now()
  return ({ part, table, done }) => {
    if (Date.now() - last < SAY_EVERY_MS) return
    last = Date.now()
    say(table === null ? `${part}: ${done}` : `${part}: ${done} of ${table}`)
  }
}

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    if (error instanceof SettingError) say(`Nothing was looked at: ${error.message}`)
    else log.fatal({ event: 'rebuild_failed', error: describeError(error) })
    process.exit(2)
  })
