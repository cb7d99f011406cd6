import { sql } from 'drizzle-orm'
import { getDelivery } from '../../lib/delivery/queries'
import { getGiftProgress } from '../../lib/pledges/progress'
import { getGift } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { getGiftStory } from '../../lib/spending/story'
import { getSpend, listSpendPayers } from '../../lib/spending/view'
import { startSite } from '../setup/site-process'
import { column, GIFTS, LOOK_UPS, ms, open, p95, SETTINGS, siteSettings, SPENDS, WARM_UP, withHistory, type Urls } from './history'
import type { Figure, Part } from './table'

/** What a page asks of the database, and a list of names, over HTTP, in a campaign with a million gifts. */
export const benchLookUps = (): Promise<Part> => withHistory(measure)

/** Looks up in such a history; the books agree at the end, or there is no figure. */
async function measure(urls: Urls, version: string): Promise<Part> {
  // Its start brings an older history to the newest schema, and adds what it did not keep yet.
  await (await startSite(siteSettings(urls), 3_600_000)).stop()
  const { context, owner, close } = open(urls)
  await owner.db.execute(sql`vacuum analyze`)
  const [slug] = await column(
    context,
    sql`select c.slug as key from campaigns c join line_totals l on l.line_id = c.line_id order by l.gifts desc limit 1`,
  )
  const some = (what: ReturnType<typeof sql>) =>
    column(context, sql`select key from (${what}) one order by hashtext(key) limit ${LOOK_UPS}`)
  const ofCampaign = sql`join campaigns c on c.slug = ${slug}`
  const codes = await some(sql`select p.code as key from pledges p ${ofCampaign} and p.campaign_id = c.id and p.state = 'received'`)
  const spends = await some(sql`select s.id::text as key from spends s ${ofCampaign} and s.campaign_id = c.id`)
  const deliveries = await some(sql`select d.slug as key from deliveries d ${ofCampaign} and d.campaign_id = c.id`)
  const bare = await p95(codes, (code) => context.db.execute(sql`select id from pledges where code = ${code}`))
  const inDatabase = {
    'a gift: its story, what it bought, the next step': await p95(codes, async (code) => {
      const gift = await getGift(context, code, 'vi')
      await getGiftProgress(context, code)
      await getGiftStory(context, gift?.gifts.map(({ donationId }) => donationId) ?? [], 'vi')
    }),
    'a spend: items, payments, the first who paid': await p95(spends, async (key) => {
      await getSpend(context, key, 'vi')
      await listSpendPayers(context, key, 0n)
    }),
    'a delivery: what, where, the first who paid': await p95(deliveries, (key) => getDelivery(context, key, 'vi')),
  }

  const site = await startSite(siteSettings(urls), 120_000)
  const page = async (address: string) => {
    const answer = await fetch(site.url + address)
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  }
  const bareHttp = await p95(
    Array.from({ length: LOOK_UPS }, (_, index) => String(index)),
    () => page('/api/health'),
  )
  const marks = await column(
    context,
    sql`select amount_vnd || '-' || giver_id as key from giver_sums where list_id = (select id from giver_lists where name = ' 0 person') and amount_vnd > 0
      order by hashtext(giver_id::text) limit ${LOOK_UPS}`,
  )
  const names = await column(
    context,
    sql`select distinct on (hashtext(folded)) folded as key from disclosures where field = 'name' and review = 'shown' limit ${LOOK_UPS}`,
  )
  const overHttp = {
    'thanks: a stretch of the list, at any depth': await p95(marks, (mark) => page(`/ghi-nhan?loai=ca-nhan&sau=${mark}`)),
    'thanks: a whole name': await p95(names, (name) => page(`/ghi-nhan?ten=${encodeURIComponent(name)}`)),
    'thanks: a beginning that many names have': await p95(
      names.map((name, index) => `${name.slice(0, 1 + (index % 3))}`),
      (name) => page(`/ghi-nhan?ten=${encodeURIComponent(name)}`),
    ),
  }
  await site.stop()
  const wrong = await listDiscrepancies(owner.db)
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  const [size] = await column(context, sql`select pg_size_pretty(pg_database_size(current_database())) as key`)
  await close()
  const figures: Figure[] = [
    { what: 'one row by its key (p95)', measured: ms(bare), ratio: null },
    ...Object.entries(inDatabase).map(([what, time]) => ({ what, measured: ms(time), ratio: time / bare, wanted: '< 50 ms' })),
    { what: 'over HTTP: the health of the site (p95)', measured: ms(bareHttp), ratio: null },
    ...Object.entries(overHttp).map(([what, time]) => ({ what, measured: ms(time), ratio: time / bareHttp, wanted: '< 100 ms' })),
  ]
  return {
    title: 'Looking up in a campaign with a million gifts',
    how: `${GIFTS.toLocaleString('en')} gifts and ${SPENDS.toLocaleString('en')} spends of one campaign on a throw-away PostgreSQL ${version} (${size ?? ''}, ${SETTINGS.join(', ')}), made by the generator through the product's own rules and checked by its reconciliation; 19 of 20 of ${LOOK_UPS - WARM_UP} different look-ups, warm, stay under the figure.`,
    figures,
  }
}
