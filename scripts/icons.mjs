// node scripts/icons.mjs: draws the PNG icons in public/icons from app/icon.svg. Run once when the mark changes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from './chromium.mjs'
import { root, say } from './runtime.mjs'

const ICONS = [
  { name: 'icon-192', size: 192 },
  { name: 'icon-512', size: 512 },
  { name: 'apple-touch-icon', size: 180 },
]

const svg = readFileSync(path.join(root, 'app', 'icon.svg'), 'utf8')
const folder = path.join(root, 'public', 'icons')
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
})
for (const { name, size } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  const picture = await page.screenshot({ type: 'png' })
  writeFileSync(path.join(folder, `${name}.png`), picture)
  say(`${name}.png, ${picture.length} bytes`)
  await page.close()
}
await browser.close()
