// npm test: everything, from a fresh clone. npm run check: the fast part of it. npm run soak: the long runs in full.
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { findChromium } from './chromium.mjs'
import { bringNode, build, fail, installDependencies, Problem, root, say, secondsSince } from './runtime.mjs'

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string} [said] what to print, where something failed
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} [after] parts that must have ended before
 * @property {boolean} [alone] measures time or uses every core: nothing else runs meanwhile
 * @property {() => Promise<Outcome>} run
 */

const isCheck = process.argv.includes('--check')
const isSoak = process.argv.includes('--soak')
const MINUTES_A_PART = isSoak ? 240 : 15
const MINUTES_IN_ALL = isSoak ? 480 : 29
const LONGEST_OUTPUT = 120

const results = path.join(root, '.test', 'results')
const logs = path.join(root, '.test', 'logs')
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
const began = Date.now()
const deadline = began + MINUTES_IN_ALL * 60_000

for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    for (const child of running) end(child)
    process.exit(130)
  })
}

try {
  process.chdir(root)
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  process.env.NO_COLOR = '1'
  delete process.env.FORCE_COLOR
  if (isSoak) process.env.SOAK = '1'
  for (const folder of [results, logs]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  const node = await bringNode()
  await installDependencies(node)
  const { passed, failed } = await runAll(parts(node))
  say(`\nin ${secondsSince(began)}, full output in .test/logs`)
  say(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 ? 1 : 0)
} catch (error) {
  if (error instanceof Problem) {
    say(error.message)
    say('0 passed, 1 failed')
    process.exit(1)
  }
  fail(error)
}

/** @param {string} node @returns {Part[]} */
function parts(node) {
  /** @param {string} name */
  const bin = (name) => path.join(root, 'node_modules', name)
  const next = bin('next/dist/bin/next')
  /** @type {Part[]} */
  const checks = [
    { name: 'format', run: () => check(node, 'format', [bin('prettier/bin/prettier.cjs'), '--check', '.']) },
    { name: 'lint', run: () => check(node, 'lint', [bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.']) },
    { name: 'import rules', run: () => check(node, 'import rules', ['scripts/check-imports.mjs']) },
    {
      name: 'types',
      run: async () => {
        // Next writes down the types of routes and style sheets first.
        const prepared = await check(node, 'types of routes', [next, 'typegen'])
        return prepared.failed ? prepared : check(node, 'types', [bin('typescript/bin/tsc'), '--noEmit'])
      },
    },
    { name: 'dead code', run: () => check(node, 'dead code', [bin('knip/bin/knip.js'), '--no-progress']) },
    vitest(node, 'unit tests', 'unit'),
  ]
  if (isCheck) return checks
  // In this order two of them always run, and end at about the same time, before the browser has both cores.
  return [
    ...checks,
    {
      name: 'build',
      after: ['types'],
      run: async () => {
        const { code, output } = await build(node)
        createWriteStream(path.join(logs, 'build.log')).end(output)
        return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, said: output }
      },
    },
    vitest(node, 'integration, PostgreSQL', 'integration-postgres'),
    vitest(node, 'integration, embedded database', 'integration-embedded'),
    { ...vitest(node, 'crash', 'crash'), after: ['build'] },
    { name: 'in the browser', after: ['build'], alone: true, run: () => browserTests(node) },
  ]
}

/**
 * Runs parts side by side where they do not disturb each other, and goes on after one that failed.
 * @param {Part[]} all
 * @returns {Promise<Outcome>}
 */
async function runAll(all) {
  const width = Math.max(1, Math.min(2, availableParallelism()))
  const waiting = [...all]
  /** @type {Map<string, Promise<void>>} */
  const active = new Map()
  const ended = new Set()
  const total = { passed: 0, failed: 0 }
  let isAlone = false
  while (waiting.length > 0 || active.size > 0) {
    const next = waiting.find((part) => (part.after ?? []).every((name) => ended.has(name)) && (!part.alone || active.size === 0))
    if (next && !isAlone && active.size < width) {
      waiting.splice(waiting.indexOf(next), 1)
      isAlone = next.alone ?? false
      const work = runPart(next).then(({ passed, failed }) => {
        total.passed += passed
        total.failed += failed
        ended.add(next.name)
        active.delete(next.name)
        if (next.alone) isAlone = false
      })
      active.set(next.name, work)
    } else {
      await Promise.race(active.values())
    }
  }
  return total
}

/** @param {Part} part @returns {Promise<Outcome>} */
async function runPart(part) {
  const since = Date.now()
  /** @type {Outcome} */
  let outcome
  try {
    outcome = await part.run()
  } catch (error) {
    outcome = {
      passed: 0,
      failed: 1,
      said: error instanceof Problem ? error.message : String(error instanceof Error ? error.stack : error),
    }
  }
  if (outcome.passed + outcome.failed === 0) outcome = { passed: 0, failed: 1, said: `no test ran\n${outcome.said ?? ''}` }
  const counted =
    outcome.passed + outcome.failed > 1 ? `, ${outcome.passed} passed${outcome.failed ? `, ${outcome.failed} failed` : ''}` : ''
  say(`${outcome.failed ? '✗' : '✓'} ${part.name} (${secondsSince(since)}${counted})`)
  if (outcome.failed && outcome.said) {
    const lines = outcome.said.trim().split('\n')
    if (lines.length > LONGEST_OUTPUT) say(`    … ${lines.length - LONGEST_OUTPUT} lines before this are in .test/logs`)
    for (const line of lines.slice(-LONGEST_OUTPUT)) say(`    ${line}`)
  }
  return outcome
}

/** One check counts one. @param {string} node @param {string} name @param {string[]} args @returns {Promise<Outcome>} */
async function check(node, name, args) {
  const { code, output } = await runLogged(node, name, args)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, said: output }
}

/** @param {string} node @param {string} name @param {string} project @returns {Part} */
function vitest(node, name, project) {
  const report = path.join(results, `${project}.json`)
  const cli = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [
    cli,
    'run',
    '--project',
    project,
    '--silent=passed-only',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  return {
    name,
    run: async () => {
      const { code, output } = await runLogged(node, project, args)
      if (!existsSync(report)) return { passed: 0, failed: 1, said: output }
      /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
      const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
      // A file that broke before its first test has none to count, and is a failure all the same.
      const broken = testResults.filter(
        (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
      ).length
      const failed = numFailedTests + broken
      return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed, said: output }
    },
  }
}

/** @param {string} node @returns {Promise<Outcome>} */
async function browserTests(node) {
  const chromium = await findChromium()
  rmSync(path.join(root, '.test', 'browser-data'), { recursive: true, force: true })
  const report = path.join(results, 'browser.json')
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const { code, output } = await runLogged(node, 'browser', [cli, 'test', '--reporter=list,json'], {
    CHROMIUM: chromium,
    E2E_PORT: String(await freePort()),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  if (!existsSync(report)) return { passed: 0, failed: 1, said: output }
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'))
  const failed = stats.unexpected + stats.flaky + (stats.unexpected === 0 ? errors.length : 0)
  return { passed: stats.expected, failed: code !== 0 && failed === 0 ? 1 : failed, said: output }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * Runs a program in a group of its own, so that it can be ended with all it started, and writes down what it says.
 * @param {string} node @param {string} name @param {string[]} args @param {Record<string, string>} [env]
 * @returns {Promise<{ code: number, output: string }>}
 */
function runLogged(node, name, args, env = {}) {
  return new Promise((resolve, reject) => {
    const log = createWriteStream(path.join(logs, `${name.replaceAll(' ', '-')}.log`))
    const child = spawn(node, args, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    running.add(child)
    let output = ''
    /** @param {string} chunk */
    const hear = (chunk) => {
      output += chunk
      log.write(chunk)
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear)
    const limit = Math.max(1000, Math.min(MINUTES_A_PART * 60_000, deadline - Date.now()))
    const timer = setTimeout(() => {
      hear(`\nended after ${Math.round(limit / 1000)} s: it took too long\n`)
      end(child)
    }, limit)
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      running.delete(child)
      log.end()
      resolve({ code: code ?? 1, output })
    })
  })
}

/** @param {import('node:child_process').ChildProcess} child */
function end(child) {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}
