import { createServer } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { readableAddress } from '../lib/http/address'
import { readEnv, SettingError, checkAgainstKind, type Env } from '../lib/env'
import { errorDocument } from '../lib/http/error-document'
import { rewriteHtml, withoutRuntime } from '../lib/http/page-response'
import { answering } from '../lib/http/status'
import { log } from '../lib/log'
import { openSite } from '../lib/site/open'
import { runSequencer } from '../lib/site/sequencing'

const say = (line: string) => process.stdout.write(`${line}\n`)
const dev = process.argv.includes('--dev')

async function main(): Promise<void> {
  const env = readEnv(process.env)
  const site = await openSite(env, say)
  const { context } = site
  checkAgainstKind(env, context.installation.kind)

  const stopSequencer = env.SEQUENCER ? runSequencer(context) : async () => undefined
  const app = next({ dev, dir: join(import.meta.dirname, '..'), hostname: env.HOST, port: env.PORT })
  await app.prepare()
  const handle = app.getRequestHandler()
  const server = createServer((request, response) => {
    request.url = readableAddress(request.url ?? '/')
    const locale = /^\/en(?:[/?]|$)/.test(request.url) ? 'en' : 'vi'
    if (!dev) rewriteHtml(request, response, (status, html) => (status === 500 ? errorDocument(locale) : withoutRuntime(html)))
    answering(response, () => handle(request, response)).catch((error: unknown) => {
      log.error({ event: 'request_failed', error: error instanceof Error ? error.name : 'unknown' })
      if (response.headersSent) response.end()
      else response.writeHead(500, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(errorDocument(locale))
    })
  })
  if (dev) server.on('upgrade', (request, socket, head) => void app.getUpgradeHandler()(request, socket, head))

  let isStopping = false
  const stop = async () => {
    // A terminal and a parent process may both tell of the same Ctrl-C.
    if (isStopping) return
    isStopping = true
    server.close()
    server.closeAllConnections()
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
  else log.fatal({ event: 'start_failed', err: error })
  process.exit(1)
}

main().catch(fail)
