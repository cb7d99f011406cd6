import { load, median, requirePrograms, type Load } from './load'
import { startBareNext } from './next-bare'
import { startNginx } from './nginx'
import { startBareNode } from './node-bare'
import { startSampleSite, type SampleSite } from './sample-site'
import type { Part } from './table'

const ROUNDS = 5

/** Loads a page while a gift a second arrives for it, each booked and laid. */
async function loadWhileGiving(site: SampleSite, url: string): Promise<{ load: Load; gifts: number }> {
  const gifts: Promise<void>[] = []
  const giving = setInterval(() => gifts.push(site.give(20_000)), 1_000)
  const measured = await load(url)
  clearInterval(giving)
  await Promise.all(gifts)
  return { load: measured, gifts: gifts.length }
}

/** A campaign's page against Next's barest static page, nginx with a cache, and the least node:http can do, in turns. */
export async function benchPages(): Promise<Part> {
  requirePrograms('wrk', 'nginx')
  const site = await startSampleSite()
  const page = `/chien-dich/${site.campaign}`
  const bare = await startBareNext()
  const node = await startBareNode(site.url + page)
  const nginx = await startNginx(site.url)
  const runs: Record<'bare' | 'node' | 'nginx' | 'ours' | 'busy', Load[]> = { bare: [], node: [], nginx: [], ours: [], busy: [] }
  let gifts = 0
  try {
    await fetch(nginx.url + page, { headers: { 'Accept-Encoding': 'br' } })
    for (let round = 0; round < ROUNDS; round++) {
      runs.bare.push(await load(bare.url))
      runs.nginx.push(await load(nginx.url + page))
      runs.node.push(await load(node.url))
      runs.ours.push(await load(site.url + page))
      const busy = await loadWhileGiving(site, site.url + page)
      runs.busy.push(busy.load)
      gifts += busy.gifts
    }
  } finally {
    nginx.stop()
    node.stop()
    bare.stop()
    await site.end()
  }
  const speed = (name: keyof typeof runs) => median(runs[name].map((run) => run.requestsPerSecond))
  const said = (name: keyof typeof runs) =>
    `${Math.round(speed(name)).toLocaleString('en')} requests/s, p99 ${median(runs[name].map((run) => run.p99Ms)).toFixed(1)} ms, ${runs[name].reduce((sum, run) => sum + run.failures, 0)} failed`
  const ratio = (what: string, name: 'node' | 'ours' | 'busy', to: 'bare' | 'node' | 'nginx', wanted?: string) => ({
    ...{ what, measured: to === 'bare' || name === 'node' ? said(name) : '', ratio: speed(name) / speed(to) },
    ...(wanted === undefined ? {} : { wanted }),
  })
  return {
    title: 'A campaign’s page',
    how: `wrk with one thread and 32 connections for 6 s, brotli, the median of ${ROUNDS} turns; embedded database, nginx with one worker. While giving: ${gifts} gifts to that campaign, one a second, each booked and laid.`,
    figures: [
      { what: 'Next’s barest static page', measured: said('bare'), ratio: null },
      { what: 'nginx proxy_cache before the site', measured: said('nginx'), ratio: null },
      ratio('the least node:http can do with the same head and bytes, to nginx', 'node', 'nginx'),
      ratio('the campaign’s page, to Next’s', 'ours', 'bare', '≥ 10'),
      ratio('the same, to the least of node:http', 'ours', 'node'),
      ratio('the same, to nginx', 'ours', 'nginx', '≥ 0.8'),
      ratio('while gifts arrive, to Next’s', 'busy', 'bare', '≥ 10'),
      ratio('the same, to nginx', 'busy', 'nginx', '≥ 0.8'),
    ],
  }
}
