import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getInstallation } from '../../lib/installation/commands'
import { testDatabase, type TestDatabase } from '../setup/database'
import { freePort, OF_A_REAL_SITE, type SiteProcess, startSite } from '../setup/site-process'

const ROOT = new URL('../..', import.meta.url).pathname
const SECRET = 'a-secret-of-this-test'
const settings = { SITE_KIND: 'real', ...OF_A_REAL_SITE, SEPAY_WEBHOOK_SECRET: SECRET }

let directory: string
let site: SiteProcess

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tung-dong-start-'))
  site = await startSite({ ...settings, DATA_DIR: directory })
})
afterAll(async () => {
  await site.stop()
  rmSync(directory, { recursive: true, force: true })
})

/** Starts a server that is expected to end by itself. */
async function refusedStart(extra: Record<string, string>, args: string[] = []): Promise<{ code: number | null; lines: string[] }> {
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    PORT: String(await freePort()),
    DATA_DIR: directory,
    ...extra,
  }
  const program = ['--import', 'tsx', 'scripts/serve.ts', ...args]
  const child = spawn(process.execPath, program, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, lines: output.trim().split('\n') }
}

describe('a start that cannot be', () => {
  test('on data in use is refused with one line', async () => {
    const { code, lines } = await refusedStart(settings)
    expect(code).toBe(1)
    expect(lines).toEqual([expect.stringMatching(/^Từng Đồng did not start: the data in .* is in use by process \d+/)])
  })

  test.each<[Record<string, string>, RegExp]>([
    [{ PORT: 'x' }, /PORT must be a number/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be/],
    [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /could not be reached/],
  ])('with %j stops with one clear line', async (extra, line) => {
    const { code, lines } = await refusedStart({ ...settings, ...extra })
    expect(code).toBe(1)
    expect(lines.at(-1)).toMatch(line)
    expect(lines.length).toBeLessThanOrEqual(2)
  })

  test('of a real database as a sample, or under development, is refused, after the first process ended', async () => {
    await site.stop()
    expect(existsSync(join(directory, 'lock.json'))).toBe(false)
    const { code, lines } = await refusedStart({ SITE_KIND: 'sample' })
    expect([code, lines.at(-1)]).toEqual([1, expect.stringMatching(/was made real, for ever/)])
    const developing = await refusedStart(settings, ['--dev'])
    expect([developing.code, developing.lines.at(-1)]).toEqual([1, expect.stringMatching(/this database is real.*npm start/)])
    expect(existsSync(join(directory, 'lock.json'))).toBe(false)
    site = await startSite({ ...settings, DATA_DIR: directory })
  })
})

describe('on PostgreSQL', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase('postgres')
  })
  afterAll(() => database.close())

  test('a new database says what it is to be', async () => {
    const { code, lines } = await refusedStart({ DATABASE_URL: database.url ?? '' })
    expect([code, lines.at(-1)]).toEqual([1, expect.stringMatching(/SITE_KIND is needed for a new database/)])
    const live = { DATABASE_URL: database.url ?? '', SITE_KIND: 'sample', SEPAY_API_KEY: 'live-key-of-a-bank' }
    expect((await refusedStart(live)).lines.at(-1)).toMatch(/looks like a live key/)
    expect(await getInstallation(database.handle.db)).toBeNull()
  })

  test('a real site signs in as a role that owns nothing', async () => {
    const { code, lines } = await refusedStart({ ...settings, DATABASE_URL: database.ownerUrl ?? '' })
    expect([code, lines.at(-1)]).toEqual([1, expect.stringMatching(/owns the tables/)])
  })

  test('that role alone starts a database whose schema is the newest', async () => {
    const real = await startSite({ ...settings, DATABASE_URL: database.url ?? '' })
    const health: unknown = await (await fetch(`${real.url}/api/health`)).json()
    expect(health).toMatchObject({ status: 'ok', kind: 'real', database: 'postgres' })
    await real.stop()
  })

  test('a database of an older schema asks for its owner', async () => {
    await database.owner?.db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at - 1`)
    const { code, lines } = await refusedStart({ ...settings, DATABASE_URL: database.url ?? '' })
    expect([code, lines.at(-1)]).toEqual([1, expect.stringMatching(/start once with DATABASE_OWNER_URL/)])
  })
})

describe('a real installation', () => {
  test('holds plan data and nothing of the sample', async () => {
    const health: unknown = await (await fetch(`${site.url}/api/health`)).json()
    expect(health).toMatchObject({ status: 'ok', kind: 'real', logSize: 0 })
    const home = await (await fetch(site.url)).text()
    expect(home).not.toMatch(/Dữ liệu mẫu|ngan-hang-thu/)
    expect(await (await fetch(`${site.url}/xa/ba-vi`)).text()).toContain('Ba Vì')
  })

  test.each(['/ngan-hang-thu', '/en/ngan-hang-thu', '/ngan-hang-thu/gui'])('has no way to try things out: %s', async (path) => {
    expect((await fetch(`${site.url}${path}`)).status).toBe(404)
    expect(
      (await fetch(`${site.url}${path}`, { method: 'POST', body: new URLSearchParams({ qr: 'x' }), redirect: 'manual' })).status,
    ).toBeGreaterThanOrEqual(404)
  })

  test('keeps what it holds from everybody else on this machine', () => {
    for (const name of ['database', 'lock.json']) expect(statSync(join(directory, name)).mode & 0o077, name).toBe(0)
  })

  test('sends pages without Next’s scripts, and points to its public address', async () => {
    const home = await (await fetch(site.url)).text()
    expect(home).not.toMatch(/_next\/static\/chunks\/[^"]*\.js|__next_f/)
    expect(home).toContain('<link rel="canonical" href="https://example.org"')
  })
})

describe('a sample', () => {
  const sample = { SITE_KIND: 'sample', SAMPLE_PERCENT: '1' }
  const policyOf = async ({ url }: SiteProcess) => (await fetch(url)).headers.get('content-security-policy') ?? ''
  /** Gives by card as the form does. @returns the gift's code, the cookie of its key and the card page */
  const giveByCard = async ({ url }: SiteProcess) => {
    const give = /href="(\/ung-ho\/[^"?]+)"/.exec(await (await fetch(`${url}/ung-ho`)).text())?.[1] ?? ''
    const formKey = /name="formKey" value="([^"]+)"/.exec(await (await fetch(url + give)).text())?.[1] ?? ''
    const body = new URLSearchParams({ formKey, amount: 'other', otherAmount: '150000', method: 'card' })
    const answer = await fetch(`${url}${give}/gui`, { method: 'POST', body, redirect: 'manual' })
    const [cookie = '', code = ''] = /tdk_(TD\w+)=[^;]+/.exec(answer.headers.getSetCookie().join()) ?? []
    return { code, cookie, page: answer.headers.get('location') ?? '' }
  }
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tung-dong-sample-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('plays Stripe at a port of its own, to which forms may lead, ends it with itself, and bears that it forgets', async () => {
    const port = await freePort()
    const running = await startSite({ ...sample, DATA_DIR: folder, SAMPLE_STRIPE_PORT: String(port) })
    const desk = `http://127.0.0.1:${port}`
    expect(running.output()).toContain(desk)
    expect(await policyOf(running)).toContain(`form-action 'self' ${desk};`)
    expect((await fetch(desk)).status).toBe(200)
    const { code, cookie, page } = await giveByCard(running)
    expect((await fetch(page)).status).toBe(200)
    await running.stop()
    await expect(fetch(desk)).rejects.toThrow()
    const neighbour = createServer().listen(port, '127.0.0.1')
    const refused = await refusedStart({ ...sample, DATA_DIR: folder, SAMPLE_STRIPE_PORT: String(port) })
    await new Promise((resolve) => neighbour.close(resolve))
    expect([refused.code, refused.lines.at(-1)]).toEqual([1, expect.stringMatching(/SAMPLE_STRIPE_PORT \d+ is in use/)])

    // It has forgotten its pages, and whoever comes back gets another one.
    const again = await startSite({ ...sample, DATA_DIR: folder, SAMPLE_STRIPE_PORT: String(port) })
    expect((await fetch(page)).status).toBe(404)
    const answer = await fetch(`${again.url}/theo-doi/${code}/the`, { method: 'POST', headers: { cookie }, redirect: 'manual' })
    const other = answer.headers.get('location') ?? ''
    expect([other.startsWith(`${desk}/c/pay/`), (await fetch(other)).status]).toEqual([true, 200])
    await again.stop()
  })

  test('with accounts of its own at Stripe plays nothing', async () => {
    const STRIPE_ACCOUNTS = 'ha-noi:sk_test_aKeyOfThisTest:whsec_aSecretOfThisTest'
    // Nobody leads: nothing is asked of the real one.
    const running = await startSite({ ...sample, DATA_DIR: folder, STRIPE_ACCOUNTS, SEQUENCER: 'off' })
    expect(running.output()).not.toContain('card')
    expect(await policyOf(running)).toContain("form-action 'self' https://checkout.stripe.com;")
    expect(await (await fetch(`${running.url}/quy/ha-noi`)).text()).toContain('Visa')
    expect(await (await fetch(`${running.url}/quy/ninh-thuan`)).text()).toContain('chưa nhận thẻ')
    await running.stop()
  })
})
