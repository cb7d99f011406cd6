import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ServerContext } from '../lib/context'
import { describeError, log } from '../lib/log'
import { getLogIdentity } from '../lib/public-log/keys'
import { readWitnesses } from '../lib/public-log/witness-list'
import { formatVerifierKey } from '../lib/tlog/keys'

const LOOK_MS = 1_000

/**
 * Starts the sample's witness once the log has a key: a second process with a key and a memory of its own, since a process that
 * witnesses itself proves nothing. The site does not wait for it.
 * @param folder of its key and of what it saw
 * @returns a function that stops it
 */
export function startSampleWitness(context: ServerContext, folder: string): () => Promise<void> {
  let child: ChildProcess | null = null
  const look = setInterval(() => {
    start().catch((error: unknown) => log.warn({ event: 'sample_witness_not_started', error: describeError(error) }))
  }, LOOK_MS)

  const start = async () => {
    const identity = await getLogIdentity(context.db)
    if (!identity || child) return
    clearInterval(look)
    const logs = identity.keys.flatMap((key) => ['--log', formatVerifierKey(key)])
    const name = `${identity.origin.replace(/\/log$/, '')}/nhan-chung-mau`
    child = spawn(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'witness.ts'), '--child', '--folder', folder, '--name', name, '--port', '0', ...logs],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    if (!child.stdout) return
    for await (const line of createInterface(child.stdout)) {
      const witnesses = readWitnesses(line)
      if (witnesses) context.publicLog = { ...context.publicLog, witnesses }
      else log.warn({ event: 'sample_witness_not_started', error: line })
    }
  }

  return async () => {
    clearInterval(look)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
}
