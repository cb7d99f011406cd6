import { get } from 'node:http'
import { startSampleSite } from './sample-site'
import type { Figure, Part } from './table'

const BUDGET_BYTES = 60_000
const SCRIPT_BYTES = 6_000

/** Bytes of an address as they come over the wire to a browser that takes brotli. */
const bytes = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'Accept-Encoding': 'br, gzip' } }, (response) => {
      let total = 0
      response.on('data', (chunk: Buffer) => (total += chunk.length))
      response.on('end', () => resolve(total))
    }).on('error', reject)
  })

/** What a page weighs with its styles and scripts, without pictures and faces. */
export async function benchWeights(): Promise<Part> {
  const site = await startSampleSite()
  const figures: Figure[] = []
  try {
    const pages = [
      '/',
      '/chien-dich',
      `/chien-dich/${site.campaign}`,
      '/xa',
      '/xa/ba-vi',
      '/nhu-cau',
      '/nhu-cau/ao-am',
      '/quy/ha-noi',
      '/ung-ho',
      `/ung-ho/${site.campaign}`,
    ]
    for (const page of pages) {
      const html = await (await fetch(site.url + page)).text()
      const sum = async (pattern: RegExp) => {
        let total = 0
        for (const [, href = ''] of html.matchAll(pattern)) total += await bytes(site.url + href)
        return total
      }
      const document = await bytes(site.url + page)
      const styles = await sum(/<link rel="stylesheet" href="([^"]+)"/g)
      const scripts = await sum(/<script[^>]* src="([^"]+)"/g)
      const all = document + styles + scripts
      const measured = `${document} + ${styles} + ${scripts} bytes`
      figures.push({
        what: page.replace(site.campaign, '…'),
        measured,
        ratio: all / BUDGET_BYTES,
        wanted: `≤ 1, scripts ≤ ${SCRIPT_BYTES} bytes`,
      })
    }
  } finally {
    await site.end()
  }
  return {
    title: 'What pages weigh',
    how: `Document, styles and scripts as sent to a browser that takes brotli, in bytes; the ratio is to the budget of ${BUDGET_BYTES} bytes.`,
    figures,
  }
}
