import { readEnv, SettingError } from '../lib/env'
import { captureConsoleErrors, describeError, endOnUncaught, log } from '../lib/log'
import { openSite } from '../lib/site/open'
import { runSequencer } from '../lib/site/sequencing'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** The sequencer as a process of its own, beside servers that share one PostgreSQL. Of many, one leads. */
async function main(): Promise<void> {
  captureConsoleErrors()
  endOnUncaught()
  const env = readEnv(process.env)
  if (!env.DATABASE_URL)
    throw new SettingError('a worker needs DATABASE_URL: the embedded database belongs to its server, which sequences by itself')
  const site = await openSite(env, say)
  const stopSequencer = runSequencer(site.context)
  say('The worker is ready.')
  const stop = async () => {
    await stopSequencer()
    await site.close()
    process.exit(0)
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
}

main().catch((error: unknown) => {
  if (error instanceof SettingError) say(`The worker did not start: ${error.message}`)
  else log.fatal({ event: 'start_failed', error: describeError(error) })
  process.exit(1)
})
