// npm start, npm run dev and the commands of package.json: from a fresh clone to a running site.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { bringNode, build, fail, installDependencies, Problem, root, say, secondsSince } from './runtime.mjs'

const isDev = process.argv.includes('--dev')
/** Commands that need no built site, by their flag. */
const commands = new Map([
  ['--worker', 'scripts/worker.ts'],
  ['--erase', 'scripts/erase.ts'],
  ['--invite', 'scripts/invite.ts'],
  ['--log-key', 'scripts/log-key.ts'],
  ['--generate', 'scripts/generate.ts'],
  ['--rebuild', 'scripts/rebuild.ts'],
  ['--witness', 'scripts/witness.ts'],
])
const command = process.argv.find((word) => commands.has(word))
const program = commands.get(command ?? '') ?? 'scripts/serve.ts'
process.env.NEXT_TELEMETRY_DISABLED = '1'

try {
  const node = await bringNode()
  await installDependencies(node)
  if (!isDev && command === undefined) await buildSite(node)
  handOver(node)
} catch (error) {
  fail(error)
}

/** @param {string} node */
async function buildSite(node) {
  const since = Date.now()
  const notice = setTimeout(() => say('Building the site …'), 1000)
  const { code, output } = await build(node)
  clearTimeout(notice)
  if (code !== 0) throw new Problem(`The build failed:\n${output.trim()}`)
  if (Date.now() - since > 1000) say(`The site is built (${secondsSince(since)})`)
}

/** Hands over to the server or worker, and is its voice outside: signals go in, the exit code comes out. @param {string} node */
function handOver(node) {
  const server = spawn(
    node,
    [
      ...(existsSync(path.join(root, '.env')) ? ['--env-file=.env'] : []),
      '--import',
      'tsx',
      program,
      ...process.argv.slice(2).filter((word) => word !== command),
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: isDev ? 'development' : 'production' },
    },
  )
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => server.kill(signal))
  // npm, told to end, ends the shell between us and forgets who was in it: a change of parent is that news.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && server.kill('SIGTERM'), 500).unref()
  server.on('error', fail)
  server.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const known of signals) process.removeAllListeners(known)
    process.kill(process.pid, signal)
  })
}
