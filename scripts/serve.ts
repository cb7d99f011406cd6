import { createServer } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { readEnv, SettingError, type Env } from '../lib/env'
import { createAccessLog } from '../lib/http/access-log'
import { createLimits } from '../lib/http/limits/limits'
import { listFiles } from '../lib/http/files'
import { siteListener } from '../lib/http/site-listener'
import { answering } from '../lib/http/status'
import { captureConsoleErrors, describeError, log } from '../lib/log'
import { pageOriginOf } from '../lib/payments/stripe/origin'
import { takeAwayLeftovers } from '../lib/rebuild/places'
import { keepSealKey } from '../lib/receipts/seal'
import { createMetrics, metricsServer } from '../lib/site/metrics'
import { openSite } from '../lib/site/open'
import { runSequencer } from '../lib/site/sequencing'
import { followSiteVersion } from '../lib/site/version'
import { openWitness } from '../lib/witness/witness'
import { startStandIn, type StandIn } from './sample-stripe'
import { startSampleWitness } from './sample-witness'

const root = join(import.meta.dirname, '..')
const say = (line: string) => process.stdout.write(`${line}\n`)
const dev = process.argv.includes('--dev')
const onError = (error: unknown) => log.error({ event: 'request_failed', error: describeError(error) })

// What is written to disk holds names and addresses of donors: nobody else on this machine reads it.
process.umask(0o077)

async function main(): Promise<void> {
  const env = readEnv(process.env)
  if (!dev) captureConsoleErrors()
  const site = await openSite(env, say)
  await takeAwayLeftovers(env)
  const { context } = site
  if (dev && context.installation.kind === 'real') {
    await site.close()
    throw new SettingError('this database is real, and development shows more than visitors should see: use npm start')
  }
  // Sample data without accounts at Stripe is paid at a page of its own. Pages and sequencer know one context.
  const standIn = context.installation.kind === 'sample' && !env.STRIPE_ACCOUNTS ? await startStandIn(env, context) : null
  if (standIn) context.cards = standIn.cards
  if (env.WITNESS_LOGS) {
    context.witness = openWitness({
      ...{ folder: join(env.LOG_DIR ?? join(env.DATA_DIR, 'log'), `${context.installation.uid}.witness`), logs: env.WITNESS_LOGS },
      ...{ name: `${new URL(context.origin).host}/witness`, given: env.WITNESS_KEY ?? null, random: context.random, now: context.now },
    })
  }
  await keepSealKey(context)
  const version = followSiteVersion(context, onError)
  context.stateAgeMs = version.ageMs

  const stopSequencer = env.SEQUENCER ? runSequencer(context) : async () => undefined
  const stopWitness =
    env.SEQUENCER && context.installation.kind === 'sample' && !env.WITNESSES
      ? startSampleWitness(context, join(env.DATA_DIR, 'witness', context.installation.uid))
      : async () => undefined
  const app = next({ dev, dir: root, hostname: env.HOST, port: env.PORT })
  await app.prepare()
  const handle = app.getRequestHandler()
  const nowMs = () => performance.now()
  const metrics = env.METRICS_PORT === undefined ? null : createMetrics(context)
  const logRequest = createAccessLog()
  const listener = siteListener({
    ...{ handle, origin: context.origin, version: version.current, nowMs, onError },
    formTargets: standIn ? [standIn.url] : env.STRIPE_ACCOUNTS ? [pageOriginOf(env.STRIPE_API_URL)] : [],
    files: dev ? undefined : listFiles(root),
    limits: env.RATE_LIMITS ? createLimits({ trustedProxies: env.TRUSTED_PROXIES, onUntrustedProxy: warnOfProxy }) : null,
    watch: {
      answered(request) {
        logRequest(request)
        metrics?.watch.answered(request)
      },
      rendered: (keptBytes) => metrics?.watch.rendered(keptBytes),
      limited: (refusal) => metrics?.watch.limited(refusal),
    },
  })
  // While developing, Next's own scripts reload pages: nothing is kept or left out.
  const server = createServer(
    // A stream for the body that a request does not have costs a kept page a tenth of its speed.
    { optimizeEmptyRequests: true },
    dev ? (request, response) => void answering(response, () => handle(request, response)).catch(onError) : listener,
  )
  // Nothing here is spoken but HTTP. Next leaves such a connection open for ever where it knows no page of its address.
  server.on('upgrade', (request, socket, head) => void (dev ? app.getUpgradeHandler()(request, socket, head) : socket.destroy()))

  const figures = metrics && metricsServer(metrics, onError)
  figures?.once('error', (error) => fail(isInUse(error) ? portInUse('METRICS_PORT', env.METRICS_PORT) : error))
  figures?.listen(env.METRICS_PORT, env.METRICS_HOST)

  let isStopping = false
  const stop = async () => {
    // A terminal and a parent process may both tell of the same Ctrl-C.
    if (isStopping) return
    isStopping = true
    server.close()
    server.closeAllConnections()
    figures?.close()
    figures?.closeAllConnections()
    version.stop()
    await stopSequencer()
    await stopWitness()
    context.witness?.close()
    await app.close()
    await standIn?.stop()
    await site.close()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())

  server.once('error', (error) => fail(isInUse(error) ? portInUse('PORT', env.PORT) : error))
  server.listen(env.PORT, env.HOST, () => greet(env, context.installation.kind, standIn))
}

function greet(env: Env, kind: 'sample' | 'real', standIn: StandIn | null): void {
  say('')
  say(`  Từng Đồng is ready: ${env.selfOrigin}${env.publicOrigin === env.selfOrigin ? '' : ` (as ${env.publicOrigin})`}`)
  if (kind === 'sample') {
    say('  Everything in it is sample data. Do not transfer money to any account you see.')
    say(`  Give a sample gift:      ${env.selfOrigin}/ung-ho`)
    say(`  Pay it at the test bank: ${env.selfOrigin}/ngan-hang-thu`)
    if (standIn) say(`  Play its card's bank:    ${standIn.url}`)
    say(`  Work as its staff:       ${env.selfOrigin}/quan-tri`)
  }
  say(`  In English:              ${env.selfOrigin}/en`)
  say(`  How it is doing:         ${env.selfOrigin}/api/health`)
  say('')
}

const isInUse = (error: Error): boolean => 'code' in error && error.code === 'EADDRINUSE'

const portInUse = (setting: string, port: number | undefined): SettingError =>
  new SettingError(`${setting} ${port} is in use by another program: set ${setting} to another number`)

const warnOfProxy = () =>
  log.warn({ event: 'proxy_not_trusted', hint: 'requests carry X-Forwarded-For: if a proxy of yours writes it, set TRUSTED_PROXIES' })

function fail(error: unknown): never {
  if (error instanceof SettingError) say(`Từng Đồng did not start: ${error.message}`)
  else log.fatal({ event: 'start_failed', error: describeError(error) })
  process.exit(1)
}

main().catch(fail)
