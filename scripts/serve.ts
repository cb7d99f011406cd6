import { createServer } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { readEnv, SettingError, type Env } from '../lib/env'
import { siteListener } from '../lib/http/site-listener'
import { answering } from '../lib/http/status'
import { captureConsoleErrors, describeError, log } from '../lib/log'
import { openSite } from '../lib/site/open'
import { runSequencer } from '../lib/site/sequencing'
import { followSiteVersion } from '../lib/site/version'

const say = (line: string) => process.stdout.write(`${line}\n`)
const dev = process.argv.includes('--dev')
const onError = (error: unknown) => log.error({ event: 'request_failed', error: describeError(error) })

async function main(): Promise<void> {
  const env = readEnv(process.env)
  if (!dev) captureConsoleErrors()
  const site = await openSite(env, say)
  const { context } = site

  const stopSequencer = env.SEQUENCER ? runSequencer(context) : async () => undefined
  const app = next({ dev, dir: join(import.meta.dirname, '..'), hostname: env.HOST, port: env.PORT })
  await app.prepare()
  const handle = app.getRequestHandler()
  const version = followSiteVersion(context, onError)
  const nowMs = () => context.now().getTime()
  const listener = siteListener({ handle, origin: context.origin, version: version.current, nowMs, onError })
  // While developing, Next's own scripts reload pages: nothing is kept or left out.
  const server = createServer(
    dev ? (request, response) => void answering(response, () => handle(request, response)).catch(onError) : listener,
  )
  if (dev) server.on('upgrade', (request, socket, head) => void app.getUpgradeHandler()(request, socket, head))

  let isStopping = false
  const stop = async () => {
    // A terminal and a parent process may both tell of the same Ctrl-C.
    if (isStopping) return
    isStopping = true
    server.close()
    server.closeAllConnections()
    version.stop()
    await stopSequencer()
    await app.close()
    await site.close()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())

  server.once('error', (error) => {
    fail(isInUse(error) ? new SettingError(`PORT ${env.PORT} is in use by another program: set PORT to another number`) : error)
  })
  server.listen(env.PORT, env.HOST, () => greet(env, context.installation.kind))
}

function greet(env: Env, kind: 'sample' | 'real'): void {
  say('')
  say(`  Từng Đồng is ready: ${env.selfOrigin}${env.publicOrigin === env.selfOrigin ? '' : ` (as ${env.publicOrigin})`}`)
  if (kind === 'sample') {
    say('  Everything in it is sample data. Do not transfer money to any account you see.')
    say(`  Give a sample gift:      ${env.selfOrigin}/ung-ho`)
    say(`  Pay it at the test bank: ${env.selfOrigin}/ngan-hang-thu`)
  }
  say(`  In English:              ${env.selfOrigin}/en`)
  say(`  How it is doing:         ${env.selfOrigin}/api/health`)
  say('')
}

const isInUse = (error: Error): boolean => 'code' in error && error.code === 'EADDRINUSE'

function fail(error: unknown): never {
  if (error instanceof SettingError) say(`Từng Đồng did not start: ${error.message}`)
  else log.fatal({ event: 'start_failed', error: describeError(error) })
  process.exit(1)
}

main().catch(fail)
