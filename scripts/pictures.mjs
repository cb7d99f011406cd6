// npm run pictures: takes the README's pictures from a running site (SITE, else http://127.0.0.1:3000) with sample data.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from './chromium.mjs'
import { root, say } from './runtime.mjs'

const site = process.env.SITE ?? 'http://127.0.0.1:3000'
const LARGEST_BYTES = 80_000
const WIDE = { width: 1120, height: 700 }
const TALL = { width: 1120, height: 960 }
const PHONE = { width: 360, height: 860 }

/** @type {{ name: string, path: string, link?: RegExp, viewport: typeof WIDE, colorScheme?: 'dark' }[]} */
const PICTURES = [
  { name: 'home', path: '/', viewport: WIDE },
  { name: 'communes', path: '/xa', viewport: TALL, colorScheme: 'dark' },
  { name: 'campaign', path: '/chien-dich?trang-thai=dang-nhan', link: /^\/chien-dich\/[^/?]+$/, viewport: PHONE },
  {
    name: 'campaign-dark',
    path: '/en/chien-dich?trang-thai=dang-nhan',
    link: /^\/en\/chien-dich\/[^/?]+$/,
    viewport: PHONE,
    colorScheme: 'dark',
  },
  { name: 'give', path: '/ung-ho', link: /^\/ung-ho\/[^/?]+$/, viewport: PHONE },
]

const folder = path.join(root, 'docs', 'pictures')
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
})
for (const { name, path: address, link, viewport, colorScheme = 'light' } of PICTURES) {
  const page = await browser.newPage({ viewport, colorScheme, baseURL: site })
  await page.goto(address)
  if (link) {
    const links = await page.locator('main a[href]').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
    await page.goto(links.find((href) => link.test(href)) ?? address)
  }
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  let quality = 82
  let picture = await page.screenshot({ type: 'jpeg', quality })
  while (picture.length > LARGEST_BYTES && quality > 30) {
    quality -= 6
    picture = await page.screenshot({ type: 'jpeg', quality })
  }
  writeFileSync(path.join(folder, `${name}.jpg`), picture)
  say(`${name}.jpg, ${Math.round(picture.length / 1000)} kB`)
  await page.close()
}
await browser.close()
