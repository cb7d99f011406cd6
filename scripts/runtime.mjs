// What start and test share: a new enough Node, the dependencies, the build.
// Runs on Node 20, before anything is installed: nothing but Node's own modules may be imported here.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const RUNTIME_VERSION = '24.21.0'
/** @type {[number, number]} */
const OLDEST_USABLE = [22, 12]

/** Something a person can put right: shown as one line, without a stack. */
export class Problem extends Error {}

/** @param {string} line */
export const say = (line) => process.stdout.write(`${line}\n`)

/** @param {number} since result of Date.now() */
export const secondsSince = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** Ends the program with one clear line where it can, with the whole story where it cannot. @param {unknown} error */
export function fail(error) {
  process.stderr.write(error instanceof Problem ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}

/**
 * Runs a program to its end and keeps what it said.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        output += chunk
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/**
 * The Node that everything else runs on: this one where it is new enough, else one brought from npm, once.
 * @returns {Promise<string>} path of the binary
 */
export async function bringNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20) throw new Problem(`Node ${process.versions.node} is too old to begin with: install Node 20 or newer, then try again.`)
  const [oldestMajor, oldestMinor] = OLDEST_USABLE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return process.execPath

  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const home = path.join(root, '.runtime')
  const node = path.join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!(await isRuntime(node))) {
    const since = Date.now()
    say(`Node ${process.versions.node} is too old to run the site; bringing Node ${RUNTIME_VERSION} from npm, once …`)
    // Unpacked aside and moved when whole, so that an interrupted start leaves nothing half-finished to trip over.
    const aside = path.join(home, `new-${process.pid}`)
    rmSync(aside, { recursive: true, force: true })
    mkdirSync(aside, { recursive: true })
    await npm(process.execPath, [
      'install',
      '--no-save',
      '--no-package-lock',
      '--no-audit',
      '--no-fund',
      '--prefix',
      aside,
      `${name}@${RUNTIME_VERSION}`,
    ])
    rmSync(path.join(home, 'node_modules'), { recursive: true, force: true })
    renameSync(path.join(aside, 'node_modules'), path.join(home, 'node_modules'))
    rmSync(aside, { recursive: true, force: true })
    if (!(await isRuntime(node)))
      throw new Problem(`Node ${RUNTIME_VERSION} from npm does not run on this machine: install Node 22.12 or newer, then try again.`)
    say(`Node ${RUNTIME_VERSION} is here (${secondsSince(since)})`)
  }
  process.env.PATH = `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`
  return node
}

/** @param {string} node */
async function isRuntime(node) {
  if (!existsSync(node)) return false
  try {
    const { code, output } = await run(node, ['--version'])
    return code === 0 && output.trim() === `v${RUNTIME_VERSION}`
  } catch {
    return false
  }
}

/** Installs what package-lock.json names, when it is not what is installed. @param {string} node */
export async function installDependencies(node) {
  const stamp = path.join(root, 'node_modules', '.tung-dong-lock')
  const wanted = fingerprint(['package-lock.json'], `${process.platform}-${process.arch}`)
  if (readStamp(stamp) === wanted) return
  const since = Date.now()
  say('Installing dependencies …')
  rmSync(stamp, { force: true })
  await npm(node, ['ci', '--include=dev', '--no-audit', '--no-fund'])
  writeFileSync(stamp, wanted)
  say(`Dependencies are installed (${secondsSince(since)})`)
}

/**
 * Builds the site, when its sources are not those that were built.
 * @param {string} node
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function build(node) {
  const stamp = path.join(root, '.next', '.tung-dong-build')
  const wanted = fingerprint(['app', 'components', 'lib', 'db', 'public', 'next.config.js', 'package-lock.json'], '')
  if (readStamp(stamp) === wanted) return { code: 0, output: 'built before' }
  rmSync(stamp, { force: true })
  const result = await run(node, [path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (result.code === 0) writeFileSync(stamp, wanted)
  return result
}

/**
 * One name for the content of files and folders, unit tests left out.
 * Content decides, not times: a checkout gives every file a new time.
 * @param {string[]} sources files and folders under the root
 * @param {string} extra what else makes a difference
 */
function fingerprint(sources, extra) {
  const hash = createHash('sha256').update(extra)
  /** @param {string} relative */
  const add = (relative) => {
    const file = path.join(root, relative)
    if (!existsSync(file)) return
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) add(`${relative}/${name}`)
    } else if (!/\.test\.tsx?$/.test(relative)) {
      hash.update(relative).update('\0').update(readFileSync(file)).update('\0')
    }
  }
  for (const source of sources) add(source)
  return hash.digest('hex')
}

/** @param {string} file */
const readStamp = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/**
 * @param {string} node the Node that npm runs on
 * @param {string[]} args
 */
async function npm(node, args) {
  const cli = process.env.npm_execpath
  const [program, first] = cli && path.basename(cli) === 'npm-cli.js' ? [node, [cli]] : ['npm', []]
  let result
  try {
    result = await run(program, [...first, ...args], { shell: program === 'npm' && process.platform === 'win32' })
  } catch (error) {
    throw new Problem('npm was not found: install it together with Node.js, then try again.', { cause: error })
  }
  if (result.code !== 0) throw new Problem(explain(result.output))
}

/** What went wrong with npm, and what to do. @param {string} output */
function explain(output) {
  if (/ENOSPC/.test(output)) return 'The disk is full: make room (about 1 GB), then try again.'
  if (/EACCES|EPERM|EROFS/.test(output)) return `npm may not write in ${root}: give this user the right to, then try again.`
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output)) {
    return 'The npm registry cannot be reached: check the network (or npm’s registry and proxy settings), then try again.'
  }
  if (/can only install packages when your package.json and package-lock.json/.test(output)) {
    return 'package-lock.json does not fit package.json: run "npm install" and commit both files.'
  }
  return `npm failed:\n${output.trim().split('\n').slice(-15).join('\n')}`
}
