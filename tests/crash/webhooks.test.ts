import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Database, DatabaseHandle } from '../../db/client'
import { openEmbedded } from '../../db/embedded'
import { bankNotices, bankTransactions, campaigns, donations, eventPositions, lineTotals, pendingEvents, pledges } from '../../db/schema'
import { POLICIES } from '../../lib/http/limits/policies'
import { ensureInstallation } from '../../lib/installation/commands'
import { sepaySignature } from '../../lib/payments/sepay/verify'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { formatBankMoment } from '../../lib/time/day'
import { makePledge } from '../factories/giving'
import { ACCOUNTS, makeCampaign, makeFunds } from '../factories/site'
import { testContext } from '../setup/context'
import { embeddedSnapshot, testDatabase, type Engine } from '../setup/database'
import { OF_A_REAL_SITE, type SiteProcess, startSite } from '../setup/site-process'

/** 1 in a soak, a tenth of it in the tests. */
const SCALE = process.env['SOAK'] ? 1 : 0.1
const TRANSFERS = 2_000 * SCALE
const DELIVERIES = 10_000 * SCALE
const KILLS = process.env['SOAK'] ? 10 : 3
const PARALLEL = 16
const SECRET = 'a-secret-of-this-test'
const KEY = 'a-key-of-this-test'

const clean: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step()
})

interface Transfer {
  id: number
  body: string
  amountVnd: bigint
  direction: 'in' | 'out'
}

/** Chance that can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

/** Funds, a campaign in each, pledges, and the transfers that are going to come. */
async function prepare(handle: DatabaseHandle): Promise<Transfer[]> {
  await ensureInstallation(handle.db, 'real', '', new Date())
  const context = { ...testContext(handle), now: () => new Date() }
  await makeFunds(context)
  const slugs = [
    await makeCampaign(context, { goalVnd: 10n ** 11n }),
    await makeCampaign(context, { slug: 'nhieu', category: 'hoc-bong', goalVnd: 10n ** 11n }),
  ]
  const roll = dice(7)
  const transfers: Transfer[] = []
  for (let index = 0; index < TRANSFERS; index++) {
    const campaign = slugs[roll(2)]
    if (!campaign) throw new Error('no campaign')
    const hasCode = roll(10) > 0
    const memo = hasCode ? `MBVCB.${index}.${(await makePledge(context, campaign.slug)).code}.CT tu 0185` : `ung ho cac em ${index}`
    const direction = roll(20) === 0 ? 'out' : 'in'
    const amount = 10_000 + roll(500) * 1_000
    const body = {
      ...{
        id: 90_000 + index,
        gateway: 'Vietcombank',
        transactionDate: formatBankMoment(new Date(Date.now() - roll(3_600) * 1_000)),
        accountNumber: ACCOUNTS['ha-noi'],
      },
      ...{ code: null, content: memo, transferType: direction, transferAmount: amount, accumulated: 0, subAccount: null },
      ...{ referenceCode: index % 7 === 0 ? null : `FT${index}`, description: memo },
    }
    transfers.push({ id: index, body: JSON.stringify(body), amountVnd: BigInt(amount), direction })
  }
  return transfers
}

/** Sends until the answer is a success, as an aggregator does, whatever happens to the server. */
async function deliver(urls: () => string[], body: string, roll: (sides: number) => number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    if (attempt > 1_800) throw new Error('the server did not come back')
    const all = urls()
    const url = all[roll(all.length)]
    const timestamp = String(Math.floor(Date.now() / 1_000))
    try {
      const signed = { 'X-SePay-Timestamp': timestamp, 'X-SePay-Signature': sepaySignature(SECRET, timestamp, body) }
      const headers = roll(3) > 0 ? signed : { Authorization: `Apikey ${KEY}` }
      const response = await fetch(`${url}/api/webhooks/sepay`, { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) })
      if (response.ok) return
      expect(response.status).toBeGreaterThanOrEqual(500)
    } catch (error) {
      if (error instanceof Error && error.name === 'AssertionError') throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Forgeries that were sent. */
let forged = 0

/**
 * One with a wrong signature is refused, or meets no server; it is never booked. After many of them the address is told
 * that it sends too many, while authentic ones from it are still taken.
 */
async function forge(urls: () => string[], body: string): Promise<void> {
  forged += 1
  const headers = { 'X-SePay-Timestamp': String(Math.floor(Date.now() / 1_000)), 'X-SePay-Signature': `sha256=${'0'.repeat(64)}` }
  const response = await fetch(`${urls()[0]}/api/webhooks/sepay`, { method: 'POST', body, headers }).catch(() => null)
  if (!response) return
  // Too many is only said after more than the policy allows one address.
  if (response.status === 429) expect(forged).toBeGreaterThan(POLICIES.webhook.address.points)
  else expect(response.status).toBe(401)
}

async function run(transfers: Transfer[], settings: Record<string, string>[]): Promise<number> {
  forged = 0
  const roll = dice(11)
  const base = { SITE_KIND: 'real', ...OF_A_REAL_SITE, SEPAY_WEBHOOK_SECRET: SECRET, SEPAY_API_KEY: KEY }
  const sites: SiteProcess[] = await Promise.all(settings.map((extra) => startSite({ ...base, ...extra })))
  clean.push(async () => {
    await Promise.all(sites.map((site) => site.stop()))
  })
  const urls = () => sites.map((site) => site.url)

  const order = [...transfers, ...Array.from({ length: DELIVERIES - transfers.length }, () => transfers[roll(transfers.length)])]
  for (let at = order.length - 1; at > 0; at--) {
    const other = roll(at + 1)
    ;[order[at], order[other]] = [order[other], order[at]]
  }

  let sent = 0
  let kills = 0
  const killer = (async () => {
    while (kills < KILLS) {
      if (sent < (order.length * (kills + 1)) / (KILLS + 1)) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        continue
      }
      const victim = kills % sites.length
      const site = sites[victim]
      if (!site) throw new Error('no site')
      await site.kill()
      kills += 1
      sites[victim] = await startSite({ ...base, ...settings[victim], PORT: new URL(site.url).port })
    }
  })()
  const sender = async () => {
    for (let transfer = order.pop(); transfer; transfer = order.pop()) {
      if (roll(20) === 0) await forge(urls, transfer.body)
      await deliver(urls, transfer.body, roll)
      sent += 1
    }
  }
  const total = order.length
  await Promise.all(Array.from({ length: PARALLEL }, sender))
  expect(sent).toBe(total)
  await killer
  await untilSequenced(sites)
  await Promise.all(sites.map((site) => site.stop()))
  clean.pop()
  return kills
}

async function untilSequenced(sites: SiteProcess[]): Promise<void> {
  const end = Date.now() + 120_000
  for (let size = -1; ;) {
    const health: unknown = await (await fetch(`${sites[0]?.url}/api/health`)).json()
    if (typeof health !== 'object' || health === null || !('logSize' in health) || !('sequencer' in health)) throw new Error('no health')
    const idle = JSON.stringify(health.sequencer) === JSON.stringify({ lagMs: 0, parked: 0 })
    if (idle && health.logSize === size) return
    if (Date.now() > end) throw new Error(`not sequenced in time: ${JSON.stringify(health)}`)
    size = Number(health.logSize)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Every transfer booked exactly once, the ledger in balance, positions gapless, totals right. */
async function verify(db: Database, transfers: Transfer[]): Promise<void> {
  const incoming = transfers.filter((transfer) => transfer.direction === 'in')
  const sum = incoming.reduce((total, transfer) => total + transfer.amountVnd, 0n)
  expect(await db.$count(bankTransactions)).toBe(transfers.length)
  expect(await db.$count(donations)).toBe(incoming.length)
  expect(await db.$count(pendingEvents)).toBe(0)
  const [gifts] = await db.select({ sum: sql<string>`sum(${donations.amountVnd})::bigint` }).from(donations)
  const [totals] = await db.select({ sum: sql<string>`sum(${lineTotals.receivedVnd})::bigint` }).from(lineTotals)
  const [positions] = await db
    .select({ count: sql<number>`count(*)::int`, last: sql<number>`max(${eventPositions.position})::int` })
    .from(eventPositions)
  expect(BigInt(gifts?.sum ?? 0)).toBe(sum)
  expect(BigInt(totals?.sum ?? 0)).toBe(sum)
  expect(positions?.count).toBe((positions?.last ?? 0) + 1)
  const booked = await db
    .select({
      id: bankNotices.providerEventId,
      amountVnd: bankTransactions.amountVnd,
      giftVnd: donations.amountVnd,
      code: pledges.code,
      isOnItsLine: sql<boolean>`${donations.lineId} is not distinct from ${campaigns.lineId}`,
    })
    .from(bankNotices)
    .innerJoin(bankTransactions, eq(bankTransactions.id, bankNotices.bankTransactionId))
    .leftJoin(donations, eq(donations.bankTransactionId, bankTransactions.id))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .leftJoin(campaigns, eq(campaigns.id, pledges.campaignId))
  const byId = new Map(booked.map((row) => [row.id, row]))
  for (const transfer of transfers) {
    const row = byId.get(String(90_000 + transfer.id))
    const code = transfer.direction === 'in' ? (/TD[2-9A-Z]{7}/.exec(transfer.body)?.[0] ?? null) : null
    expect(row).toMatchObject({ amountVnd: transfer.amountVnd, giftVnd: transfer.direction === 'in' ? transfer.amountVnd : null, code })
    if (code !== null) expect(row?.isOnItsLine).toBe(true)
  }
  const coded = incoming.filter((transfer) => transfer.body.includes('MBVCB'))
  expect(await db.$count(pledges, eq(pledges.state, 'received'))).toBe(coded.length)
  expect(await listDiscrepancies(db)).toEqual([])
}

test.each<Engine>(['embedded', 'postgres'])(
  'webhooks shuffled, repeated, forged and killed: each transfer is booked once (%s)',
  async (engine) => {
    if (engine === 'embedded') {
      const directory = mkdtempSync(join(tmpdir(), 'tung-dong-crash-'))
      clean.push(() => rmSync(directory, { recursive: true, force: true }))
      const before = await openEmbedded(join(directory, 'database'), embeddedSnapshot())
      const transfers = await prepare(before)
      await before.close()
      expect(await run(transfers, [{ DATA_DIR: directory }])).toBe(KILLS)
      const after = await openEmbedded(join(directory, 'database'))
      clean.push(() => after.close())
      await verify(after.db, transfers)
      return
    }
    const database = await testDatabase('postgres')
    clean.push(() => database.close())
    const transfers = await prepare(database.handle)
    const settings = { DATABASE_URL: database.url ?? '', DATABASE_OWNER_URL: database.ownerUrl ?? '' }
    expect(await run(transfers, [settings, settings])).toBe(KILLS)
    await verify(database.handle.db, transfers)
  },
)
