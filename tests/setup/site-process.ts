import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'

const ROOT = new URL('../..', import.meta.url).pathname

/** A running server process, as an operator starts it. */
export interface SiteProcess {
  url: string
  pid: number
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Ends it as an operator would. */
  stop(): Promise<void>
  output(): string
}

/** What a real installation does not start without, beside its own settings. */
export const OF_A_REAL_SITE = { PUBLIC_URL: 'https://example.org', AUTH_SECRET: 'test_secret_of_a_real_installation' }

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Starts the built product with settings of its own, and waits until it answers. */
export async function startSite(settings: Record<string, string>, timeoutMs = 180_000): Promise<SiteProcess> {
  if (!existsSync(`${ROOT}.next/BUILD_ID`)) throw new Error('the product is not built: npm test builds it before these tests')
  const port = settings['PORT'] ?? String(await freePort())
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => ['PATH', 'HOME', 'TMPDIR', 'LANG'].includes(name)))
  const env: NodeJS.ProcessEnv = { ...inherited, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...settings, PORT: port }
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const url = `http://127.0.0.1:${port}`
  const end = Date.now() + timeoutMs
  while (!(await answers(url))) {
    const ended = child.exitCode ?? child.signalCode
    if (ended !== null) throw new Error(`the server ended with ${ended}:\n${output}`)
    if (Date.now() > end) {
      child.kill('SIGKILL')
      throw new Error(`the server did not answer in time:\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { url, pid: child.pid ?? 0, output: () => output, kill: () => endWith(child, 'SIGKILL'), stop: () => endWith(child, 'SIGTERM') }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) })).status < 500
  } catch {
    return false
  }
}

function endWith(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}
