import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { findChromium } from '../../scripts/chromium.mjs'
import { median, output } from './load'
import { startSampleSite } from './sample-site'
import type { Figure, Part } from './table'

/** Brought by npx when it is asked for: as a dependency it would be a quarter of what every clone installs. */
const LIGHTHOUSE = 'lighthouse@13.5.0'
const ROUNDS = 3
const WANTED = 98
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const
type Category = (typeof CATEGORIES)[number]

const score = z.object({ score: z.number() }).optional()
const audit = z.object({
  title: z.string(),
  score: z.number().nullable(),
  scoreDisplayMode: z.string(),
  displayValue: z.string().optional(),
})
const report = z.object({
  categories: z.object({ performance: score, accessibility: score, 'best-practices': score, seo: score }),
  audits: z.record(z.string(), audit),
})

type Report = z.infer<typeof report>

/** Looks at a page as a phone on a slow line does, with Lighthouse's own throttling. */
async function look(url: string, categories: readonly Category[], chromium: string): Promise<Report> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tung-dong-lighthouse-'))
  const file = path.join(folder, 'report.json')
  try {
    await output(
      'npx',
      [
        ...['--yes', LIGHTHOUSE, url, '--quiet', '--no-enable-error-reporting'],
        ...[`--only-categories=${categories.join(',')}`, '--output=json', `--output-path=${file}`],
        '--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu',
      ],
      { env: { ...process.env, CHROME_PATH: chromium } },
    )
    return report.parse(JSON.parse(readFileSync(file, 'utf8')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each page's scores: the median of some rounds, and what was found fault with in the last. */
export async function benchLighthouse(): Promise<Part> {
  const chromium = await findChromium()
  const site = await startSampleSite()
  const figures: Figure[] = []
  try {
    const html = await (await fetch(`${site.url}/chien-dich/${site.campaign}`)).text()
    const gift = /href="(\/theo-doi\/TD[2-9A-Z]{7})"/.exec(html)?.[1]
    if (gift === undefined) throw new Error('the campaign names no gift')
    const pages: [what: string, address: string, categories: readonly Category[]][] = [
      ['home', '/', CATEGORIES],
      ['campaigns', '/chien-dich', CATEGORIES],
      ['a campaign', `/chien-dich/${site.campaign}`, CATEGORIES],
      ['a commune', '/xa/ba-vi', CATEGORIES],
      ['giving to a campaign', `/ung-ho/${site.campaign}`, CATEGORIES],
      // Search engines are asked to leave it out.
      ['a gift', gift, CATEGORIES.filter((category) => category !== 'seo')],
    ]
    for (const [what, address, categories] of pages) {
      const looks: Report[] = []
      for (let round = 0; round < ROUNDS; round++) looks.push(await look(site.url + address, categories, chromium))
      const scores = categories.map((category) => {
        const points = median(looks.map((found) => Math.round((found.categories[category]?.score ?? 0) * 100)))
        return { category, points }
      })
      const last = looks.at(-1)
      const faults = Object.values(last?.audits ?? {}).filter(
        ({ score, scoreDisplayMode }) => scoreDisplayMode !== 'informative' && score !== null && score < 0.9,
      )
      for (const { title, displayValue } of faults) process.stdout.write(`  ${what}: ${title}${displayValue ? ` (${displayValue})` : ''}\n`)
      const lcp = last?.audits['largest-contentful-paint']?.displayValue?.replace(/\s/g, ' ') ?? '?'
      figures.push({
        ...{ what, measured: `${scores.map(({ category, points }) => `${category} ${points}`).join(', ')}; largest paint ${lcp}` },
        ...{ ratio: Math.min(...scores.map(({ points }) => points)) / 100, wanted: `≥ ${WANTED / 100}` },
      })
    }
  } finally {
    await site.end()
  }
  return {
    title: 'Lighthouse',
    how: `${LIGHTHOUSE} with its own throttling for a phone on a slow line, the median of ${ROUNDS} looks; sample data on the embedded database, over plain HTTP on this machine. The ratio is the lowest of a page’s scores.`,
    figures,
  }
}
