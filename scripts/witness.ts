import { randomBytes } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { SettingError } from '../lib/env'
import { readBytes } from '../lib/http/read-bytes'
import { captureConsoleErrors, describeError, log } from '../lib/log'
import { formatVerifierKey, isKeyName } from '../lib/tlog/keys'
import { readWitnessedLog } from '../lib/witness/logs'
import { findWitnessFile } from '../lib/witness/serve'
import { MOST_WITNESS_BYTES, openWitness } from '../lib/witness/witness'

const USAGE =
  'npm run witness -- --folder witness --name example.vn/witness --port 3100 --log "<verifier key> [<name of the log>]" [--log …]'
const say = (line: string) => process.stdout.write(`${line}\n`)
// What it keeps says which logs it saw, and one file is a key that nobody else may have.
process.umask(0o077)

const settings = z.object({
  folder: z.string().min(1),
  name: z.string().refine(isKeyName),
  host: z.string().min(1),
  port: z.coerce.number().int().min(0).max(65_535),
  log: z.array(z.string().transform(readWitnessedLog)).min(1),
  child: z.boolean(),
})

/**
 * npm run witness: a process that cosigns the public logs it is told of, with a key and a memory of its own (C2SP tlog-witness).
 * It needs no database. Says on its first line its verifier key and its address.
 */
async function main(): Promise<void> {
  captureConsoleErrors()
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      folder: { type: 'string' },
      name: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '3100' },
      log: { type: 'string', multiple: true },
      // Ends with the process that started it.
      child: { type: 'boolean', default: false },
    },
  })
  const read = settings.safeParse(values)
  const logs = read.success ? read.data.log.filter((one) => one !== null) : []
  if (!read.success || logs.length < read.data.log.length) throw new SettingError(`say what to witness: ${USAGE}`)
  const { folder, name, host, port, child } = read.data
  const witness = openWitness({
    ...{ folder, name, given: null, logs },
    ...{ random: (size: number) => new Uint8Array(randomBytes(size)), now: () => new Date() },
  })
  const send = (response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8') =>
    response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body)
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1)
    if (request.method !== 'POST' || path !== 'add-checkpoint') {
      const file = request.method === 'GET' ? findWitnessFile(witness, path) : null
      send(response, file ? 200 : 404, file ? Buffer.from(file.bytes).toString('utf8') : 'There is nothing here.\n')
      return
    }
    readBytes(request, MOST_WITNESS_BYTES)
      .then((body) => {
        if (body === null) return send(response, 413, 'The request is too large.\n')
        const answer = witness.addCheckpoint(body.toString('utf8'))
        return send(response, answer.status, answer.body, answer.type)
      })
      .catch((error: unknown) => {
        log.error({ event: 'witness_failed', error: describeError(error) })
        send(response, 500, 'Nothing was cosigned.\n')
      })
  })
  const stop = () => {
    server.close()
    server.closeAllConnections()
    witness.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (child) process.stdin.on('end', stop).resume()
  server.once('error', fail)
  server.listen(port, host, () => {
    const address = z.object({ port: z.number() }).parse(server.address())
    say(`${formatVerifierKey(witness.verifierKey)} http://${host.includes(':') ? `[${host}]` : host}:${address.port}`)
  })
}

function fail(error: unknown): never {
  if (error instanceof SettingError) say(`The witness did not start: ${error.message}`)
  else log.fatal({ event: 'witness_not_started', error: describeError(error) })
  process.exit(1)
}

main().catch(fail)
