// Chromium for the tests in the browser: the machine's own, or Debian's package where it can be installed.
import { existsSync } from 'node:fs'
import { Problem, run, say, secondsSince } from './runtime.mjs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** @returns {Promise<string>} path of the browser */
export async function findChromium() {
  const found = [process.env.CHROMIUM, ...PLACES].find((place) => place && existsSync(place))
  if (found) return found
  if (await installChromium()) return '/usr/bin/chromium'
  throw new Problem('Chromium is missing: install it (on Debian "apt-get install chromium"), or name it in CHROMIUM, then try again.')
}

async function installChromium() {
  if (!existsSync('/usr/bin/apt-get')) return false
  const isRoot = process.getuid?.() === 0
  if (!isRoot && (await attempt('sudo', ['-n', 'true'])) !== 0) return false
  const since = Date.now()
  say('Installing Chromium from Debian’s packages …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const code = isRoot ? await attempt('apt-get', args, env) : await attempt('sudo', ['-n', 'apt-get', ...args], env)
    if (code !== 0) return false
  }
  say(`Chromium is installed (${secondsSince(since)})`)
  return existsSync('/usr/bin/chromium')
}

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
async function attempt(program, args, env = process.env) {
  try {
    return (await run(program, args, { env })).code
  } catch {
    return 1
  }
}
