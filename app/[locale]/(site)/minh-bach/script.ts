import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The script that checks, as it is served: read once. */
let known: { text: string; lines: number; sha256: string } | undefined

export function checkScript(): { text: string; lines: number; sha256: string } {
  if (known) return known
  const text = readFileSync(path.join(process.cwd(), 'public/js/check.js'), 'utf8')
  known = { text, lines: text.split('\n').length - 1, sha256: createHash('sha256').update(text).digest('hex') }
  return known
}
