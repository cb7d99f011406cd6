import { load, median, requirePrograms, type Load } from './load'
import { startBareNext } from './next-bare'
import { startNginx } from './nginx'
import { startSampleSite } from './sample-site'
import type { Part } from './table'

const ROUNDS = 3

/** A campaign's page against Next's barest static page and nginx with a cache, in turns. */
export async function benchPages(): Promise<Part> {
  requirePrograms('wrk', 'nginx')
  const site = await startSampleSite()
  const address = `/chien-dich/${site.campaign}`
  const bare = await startBareNext()
  const nginx = await startNginx(site.url)
  const runs: Record<'bare' | 'nginx' | 'ours' | 'busy', Load[]> = { bare: [], nginx: [], ours: [], busy: [] }
  let gifts = 0
  try {
    await fetch(nginx.url + address, { headers: { 'Accept-Encoding': 'br' } })
    for (let round = 0; round < ROUNDS; round++) {
      runs.bare.push(await load(bare.url))
      runs.nginx.push(await load(nginx.url + address))
      runs.ours.push(await load(site.url + address))
      const giving = setInterval(() => void site.give(20_000).then(() => (gifts += 1)), 1_000)
      runs.busy.push(await load(site.url + address))
      clearInterval(giving)
    }
  } finally {
    nginx.stop()
    bare.stop()
    await site.end()
  }
  const speed = (name: keyof typeof runs) => median(runs[name].map((run) => run.requestsPerSecond))
  const said = (name: keyof typeof runs) =>
    `${Math.round(speed(name)).toLocaleString('en')} requests/s, p99 ${median(runs[name].map((run) => run.p99Ms)).toFixed(1)} ms, ${runs[name].reduce((sum, run) => sum + run.failures, 0)} failed`
  return {
    title: 'A campaign’s page',
    how: `wrk with one thread and 32 connections for 6 s, brotli, the median of ${ROUNDS} turns; embedded database. While giving: ${gifts} gifts to that campaign, one a second, each booked and laid.`,
    figures: [
      { what: 'Next’s barest static page', measured: said('bare'), ratio: null },
      { what: 'nginx proxy_cache before the site', measured: said('nginx'), ratio: null },
      { what: 'the campaign’s page, to Next’s', measured: said('ours'), ratio: speed('ours') / speed('bare'), wanted: '≥ 10' },
      { what: 'the same, to nginx', measured: '', ratio: speed('ours') / speed('nginx'), wanted: '≥ 0.8' },
      { what: 'while gifts arrive, to Next’s', measured: said('busy'), ratio: speed('busy') / speed('bare'), wanted: '≥ 10' },
      { what: 'the same, to nginx', measured: '', ratio: speed('busy') / speed('nginx'), wanted: '≥ 0.8' },
    ],
  }
}
