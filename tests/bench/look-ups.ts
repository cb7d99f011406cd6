import { randomBytes } from 'node:crypto'
import { and, eq, gte } from 'drizzle-orm'
import pg from 'pg'
import { openPostgres } from '../../db/postgres'
import { loadSteps, pledges } from '../../db/schema'
import { getCampaign } from '../../lib/campaigns/queries'
import type { Context } from '../../lib/context'
import { getDelivery, listDeliveryPayers } from '../../lib/delivery/queries'
import { getGift } from '../../lib/pledges/queries'
import { recogniseEarlier } from '../../lib/sequencer/recognise-earlier'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { getGiftStory } from '../../lib/spending/story'
import { getSpend, listSpendPayers } from '../../lib/spending/view'
import { makeCampaign, makeFunds } from '../factories/site'
import { databaseUrl, startPostgres } from '../setup/postgres-server'
import { APP, OWNER, TEMPLATE } from '../setup/roles'
import { startSite } from '../setup/site-process'
import { preparePostgres } from '../setup/templates'
import { fillCampaign, GIFTS, SPENDS } from './large-campaign'
import type { Figure, Part } from './table'

const LOOKS = 200

/** The slowest but one in a hundred, in milliseconds. */
async function slowest(looks: number, look: (index: number) => Promise<unknown>): Promise<number> {
  const took: number[] = []
  await look(0)
  for (let index = 0; index < looks; index += 1) {
    const began = performance.now()
    await look(index)
    took.push(performance.now() - began)
  }
  return took.toSorted((a, b) => a - b)[Math.ceil(looks * 0.99) - 1] ?? Number.NaN
}

/** What looking up one gift, one spend or one name takes, where there are a million. */
export async function benchLookUps(): Promise<Part> {
  const server = await startPostgres({ durable: false })
  try {
    await preparePostgres(server.adminUrl)
    const admin = new pg.Client({ connectionString: server.adminUrl })
    await admin.connect()
    await admin.query(`create database large template ${TEMPLATE} owner ${OWNER.name}`)
    await admin.end()
    const handle = openPostgres(databaseUrl(server.adminUrl, 'large', APP))
    const context: Context = {
      db: handle.db,
      now: () => new Date(),
      random: (size) => new Uint8Array(randomBytes(size)),
      installation: { uid: '', kind: 'sample', seed: 'bench', anchorDay: '2026-01-01' },
    }
    await makeFunds(context)
    const campaign = await makeCampaign(context, { slug: 'mot-trieu-khoan', goalVnd: 10n ** 12n, neededBy: '2099-12-31' })
    const large = new URL(server.adminUrl)
    large.pathname = '/large'
    await fillCampaign(large.href, campaign)
    const began = Date.now()
    await recogniseEarlier(context.db, context.now())
    const perSecond = (GIFTS * 1_000) / (Date.now() - began)
    const owner = new pg.Client({ connectionString: large.href })
    await owner.connect()
    await owner.query('vacuum analyze')
    await owner.end()
    const wrong = await listDiscrepancies(context.db)
    if (wrong.length > 0) throw new Error(wrong.join('\n'))

    const codes = (
      await context.db
        .select({ code: pledges.code, id: pledges.id })
        .from(pledges)
        .where(and(eq(pledges.campaignId, campaign.campaignId), gte(pledges.id, 1_000_000n)))
        .orderBy(pledges.secretHash)
        .limit(LOOKS)
    ).map(({ code }) => code)
    const codeAt = (index: number) => codes[index % codes.length] ?? ''
    const spendAt = (index: number) => (index * 7_919) % SPENDS
    const figures: Figure[] = []
    const add = (what: string, ms: number, wantedMs: number) =>
      figures.push({ what, measured: `${ms.toFixed(1)} ms`, ratio: ms / wantedMs, wanted: '≤ 1' })
    add(
      'a gift and what it became, of 50 ms',
      await slowest(LOOKS, async (index) => {
        const gift = await getGift(context, codeAt(index), 'vi')
        await getGiftStory(context, gift?.gifts.map(({ donationId }) => donationId) ?? [], 'vi')
      }),
      50,
    )
    add(
      'a spend and who paid for it, of 50 ms',
      await slowest(LOOKS, async (index) => {
        const key = String(2_000_000 + spendAt(index))
        await getSpend(context, key, 'vi')
        await listSpendPayers(context, key, 0n)
      }),
      50,
    )
    add(
      'a delivery and who paid for it, of 50 ms',
      await slowest(LOOKS, async (index) => {
        const slug = `dot-trao-${spendAt(index)}`
        await getDelivery(context, slug, 'vi')
        await listDeliveryPayers(context, slug, 0n)
      }),
      50,
    )
    add('the campaign, of 50 ms', await slowest(20, () => getCampaign(context, 'mot-trieu-khoan', 'vi')), 50)
    // Nothing of the sample is wanted beside it.
    await context.db.insert(loadSteps).values({ name: 'sample/done', finishedAt: context.now() })
    await handle.close()

    const site = await startSite(
      {
        DATABASE_URL: databaseUrl(server.adminUrl, 'large', APP),
        SITE_KIND: 'sample',
        SAMPLE_PERCENT: '1',
        RATE_LIMITS: 'off',
        SEQUENCER: 'off',
      },
      600_000,
    )
    try {
      const ask = async (path: string) => {
        const response = await fetch(site.url + path)
        await response.text()
        if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
      }
      const overHttp: [string, (index: number) => string][] = [
        ['thanks over HTTP, a common name', () => '/ghi-nhan?ten=nguyen'],
        [
          'thanks over HTTP, a whole name',
          (index) => `/ghi-nhan?ten=${encodeURIComponent(['do duc xuyen', 'Lò Minh Vy', 'tran ngoc yen'][index % 3] ?? '')}`,
        ],
        ['thanks over HTTP, no such name', () => '/ghi-nhan?ten=khongcoten'],
        ['thanks over HTTP, a year of persons', () => '/ghi-nhan?loai=ca-nhan&nam=2026&ten=thi'],
        ['thanks over HTTP, deep in a list', (index) => `/ghi-nhan?loai=ca-nhan&sau=${40_000 + (index % 20) * 1_000}-${500_000 + index}`],
      ]
      for (const [what, path] of overHttp) add(`${what}, of 100 ms`, await slowest(60, (index) => ask(path(index))), 100)
      add('a gift’s page over HTTP, of 100 ms', await slowest(60, (index) => ask(`/theo-doi/${codeAt(index)}`)), 100)
    } finally {
      await site.stop()
    }
    return {
      title: 'Looking up one of a million',
      how: `A campaign with ${GIFTS.toLocaleString('en')} gifts, half of them named, and ${SPENDS.toLocaleString('en')} spends that are handed over, on PostgreSQL ${server.version}; the slowest of a hundred looks at one after the other, ratio to what is wanted. Sums of thanks were made for ${Math.round(perSecond).toLocaleString('en')} gifts a second.`,
      figures,
    }
  } finally {
    await server.stop()
  }
}
