import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { benchBooking } from './booking'
import { benchExports } from './exports'
import { benchLines } from './lines'
import { benchLighthouse } from './lighthouse'
import { benchLongLog } from './long-log'
import { benchLookUps } from './look-ups'
import { benchPages } from './pages'
import { benchPublicLog } from './public-log'
import { benchStatements } from './statements'
import { markdown, type Part } from './table'
import { benchWeights } from './weights'

const FILE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url))
const PARTS: Record<string, () => Promise<Part>> = {
  pages: benchPages,
  weights: benchWeights,
  lighthouse: benchLighthouse,
  booking: benchBooking,
  statements: benchStatements,
  'look-ups': benchLookUps,
  lines: benchLines,
  log: benchPublicLog,
  'long-log': benchLongLog,
  exports: benchExports,
}
const HEAD =
  '# Benchmarks\n\nEach figure as a ratio to something measured in the same run: absolute numbers are of one machine on one day. Written by `npm run bench`, or by one of its parts.\n'

const asked = process.argv.slice(2)
const names = asked.length > 0 ? asked : Object.keys(PARTS)

for (const name of names) {
  const bench = PARTS[name]
  if (!bench) throw new Error(`no part is called ${name}: ${Object.keys(PARTS).join(', ')}`)
  process.stdout.write(`Measuring ${name} …\n`)
  const part = await bench()
  const when = `\`npm run bench ${name}\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${availableParallelism()} cores.`
  const text = markdown({ ...part, how: `${part.how} ${when}` })
  process.stdout.write(`\n${text}\n`)
  keep(part.title, text)
}

/** Puts a part into the document, in place of what it said before. */
function keep(title: string, text: string): void {
  const before = read()
  const others = before.split(/^(?=## )/m).filter((section) => section.startsWith('## ') && !section.startsWith(`## ${title}\n`))
  writeFileSync(FILE, [HEAD, ...[...others, text].sort().map((section) => section.trimEnd() + '\n')].join('\n'))
}

function read(): string {
  try {
    return readFileSync(FILE, 'utf8')
  } catch {
    return ''
  }
}
