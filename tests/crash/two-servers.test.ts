import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { donations } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { recordConsent, withdrawConsent } from '../../lib/evidence/consents'
import { addPhoto, releasePhoto } from '../../lib/evidence/photos'
import { ensureInstallation } from '../../lib/installation/commands'
import { formatVnd } from '../../lib/money/vnd'
import { setNameShown } from '../../lib/pledges/name-shown'
import { sepaySignature } from '../../lib/payments/sepay/verify'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { formatBankMoment } from '../../lib/time/day'
import { bankNotice, makePledge } from '../factories/giving'
import { makeHandedOver } from '../factories/handed-over'
import { phonePhoto } from '../factories/pictures'
import { ACCOUNTS, makeCampaign, makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'
import { OF_A_REAL_SITE, type SiteProcess, startSite } from '../setup/site-process'

const ROOT = new URL('../..', import.meta.url).pathname
const SECRET = 'a-secret-of-this-test'
const SLUG = 'ao-am-thu'
/** A change shows within two seconds; a busy machine that runs tests is given more. */
const PATIENCE_MS = 20_000

const folder = testFolder()
let database: TestDatabase
let context: TestContext
let sites: [SiteProcess, SiteProcess]
const workers: ChildProcess[] = []

beforeAll(async () => {
  database = await testDatabase('postgres')
  await ensureInstallation(database.handle.db, 'real', '', new Date())
  context = { ...testContext(database.handle), now: () => new Date() }
  await makeFunds(context)
  await makeCampaign(context, { slug: SLUG, goalVnd: 10n ** 9n })
  const settings = {
    DATABASE_URL: database.url ?? '',
    ...OF_A_REAL_SITE,
    SEPAY_WEBHOOK_SECRET: SECRET,
    SEQUENCER: 'off',
    FILES_DIR: folder.path,
  }
  sites = [await startSite(settings), await startSite(settings)]
  workers.push(await startWorker(settings), await startWorker(settings))
})
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await Promise.all(sites.map((site) => site.stop()))
  await database.close()
  folder.remove()
})

/** A worker process that has said it is ready. */
async function startWorker(settings: Record<string, string>): Promise<ChildProcess> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => ['PATH', 'HOME'].includes(name)))
  const env: NodeJS.ProcessEnv = { ...inherited, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...settings }
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/worker.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)))
  })
  return child
}

/** Other notices of this file are numbered by the factory. */
let notices = 1_000_000

/** The bank tells one server of a gift. */
async function tell(site: SiteProcess, amountVnd: bigint): Promise<void> {
  const { code } = await makePledge(context, SLUG, { amountVnd })
  notices += 1
  const body = JSON.stringify({
    ...{
      id: notices,
      gateway: 'Vietcombank',
      transactionDate: formatBankMoment(new Date()),
      accountNumber: ACCOUNTS['ha-noi'],
      content: code,
    },
    ...{ transferType: 'in', transferAmount: Number(amountVnd), accumulated: 0, referenceCode: `FT${notices}` },
  })
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const headers = { 'X-SePay-Timestamp': timestamp, 'X-SePay-Signature': sepaySignature(SECRET, timestamp, body) }
  expect((await fetch(`${site.url}/api/webhooks/sepay`, { method: 'POST', body, headers })).status).toBe(200)
}

/** How long it takes until a server's page of the campaign says a sum. */
async function shows(site: SiteProcess, sumVnd: bigint): Promise<number> {
  const began = Date.now()
  const words = formatVnd(sumVnd, 'vi')
  for (;;) {
    if ((await (await fetch(`${site.url}/chien-dich/${SLUG}`)).text()).includes(words)) return Date.now() - began
    if (Date.now() - began > PATIENCE_MS) throw new Error(`${words} did not show in ${PATIENCE_MS} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('a gift that one server books shows on the other, whose page was kept', async () => {
  await Promise.all(sites.map((site) => fetch(`${site.url}/chien-dich/${SLUG}`)))
  await tell(sites[0], 1_234_000n)
  await Promise.all(sites.map((site) => shows(site, 1_234_000n)))
  await tell(sites[1], 1_000n + 10_000n)
  await Promise.all(sites.map((site) => shows(site, 1_245_000n)))
})

test('when the worker that leads is killed, the other takes over, and nothing is doubled', async () => {
  workers[0]?.kill('SIGKILL')
  await tell(sites[0], 10_000n)
  await shows(sites[1], 1_255_000n)
  await tell(sites[1], 10_000n)
  await shows(sites[0], 1_265_000n)
  expect(await database.handle.db.$count(donations)).toBe(4)
  expect(await listDiscrepancies(database.handle.db)).toEqual([])
})

test('a photo whose consent is withdrawn is gone from the pages of both within two seconds, and from its address at once', async () => {
  const withStore = withFiles(context, folder)
  const { deliverySlug } = await makeHandedOver(withStore, '2099-01-31', { slug: 'ao-am-anh', commune: 1 })
  const consent = { deliverySlug, givenBy: 'school', givenHow: 'paper', paperNumber: '1', givenOn: '2026-11-23', validUntil: null } as const
  const { consentId } = value(await recordConsent(withStore, { ...consent, by: 'an', key: 'consent' }))
  const bytes = await phonePhoto({ width: 400, height: 300 })
  const photo = { consentId, bytes, altVi: 'Áo trên giá', altEn: 'Coats on a rack', by: 'an', key: 'photo' }
  const { photoId } = value(await addPhoto(withStore, photo))
  value(await releasePhoto(withStore, { photoId, by: 'binh' }))

  const page = async ({ url }: SiteProcess) => (await fetch(`${url}/dot-trao/${deliverySlug}`)).text()
  const until = async (site: SiteProcess, isThere: boolean): Promise<number> => {
    const began = Date.now()
    while ((await page(site)).includes('/tep/') !== isThere) {
      if (Date.now() - began > PATIENCE_MS) throw new Error(`the photo is ${isThere ? 'not there' : 'still there'} after ${PATIENCE_MS} ms`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return Date.now() - began
  }
  await Promise.all(sites.map((site) => until(site, true)))
  const [path = ''] = /\/tep\/[0-9a-f]{64}\.jpg/.exec(await page(sites[0])) ?? []
  for (const { url } of sites) {
    const answer = await fetch(url + path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
  }

  value(await withdrawConsent(withStore, { consentId, by: 'an' }))
  const tookMs = Promise.all(sites.map((site) => until(site, false)))
  for (const { url } of sites) expect((await fetch(url + path)).status).toBe(410)
  process.stdout.write(`withdrawn from both pages after ${(await tookMs).join(' and ')} ms\n`)
})

test('a name that its donor hides is gone from the pages of both', async () => {
  const name = 'Nguyễn Thị Hoài Thương'
  const { code, secret } = await makePledge(context, SLUG, { amountVnd: 20_000n, name, isNamed: true })
  expect(await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 20_000n }))).toBe('booked')
  const paths = ['/ghi-nhan', `/chien-dich/${SLUG}`, `/theo-doi/${code}`, `/ghi-nhan?ten=${encodeURIComponent('hoai thuong')}`]
  const until = async (isThere: boolean): Promise<void> => {
    for (const { url } of sites)
      for (const path of paths) {
        const began = Date.now()
        while ((await (await fetch(url + path)).text()).includes(name) !== isThere) {
          if (Date.now() - began > PATIENCE_MS) throw new Error(`the name is ${isThere ? 'not yet' : 'still'} on ${path}`)
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
      }
  }
  await until(true)
  value(await setNameShown(context, { code, secret, isShown: false }))
  await until(false)
  expect(await listDiscrepancies(database.handle.db)).toEqual([])
})
