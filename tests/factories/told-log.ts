import { spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import { formatCheckpoint } from '../../lib/tlog/checkpoint'
import { leafHash, nodeHash } from '../../lib/tlog/hash'
import { formatSigningKey, formatVerifierKey, parseSigningKey } from '../../lib/tlog/keys'
import { formatNote, signNote } from '../../lib/tlog/note'
import { encodeBundle, foldHashes, parseTilePath, TILE_WIDTH } from '../../lib/tlog/tiles'

/** An entry as somebody who holds the key may write it: an object, or bytes that are none. */
export type Told = Record<string, unknown> | Buffer

const ORIGIN = 'liar.example/log'
const MOST_ITEMS = 400

function signingKey() {
  const key = parseSigningKey(formatSigningKey(ORIGIN, 'note', new Uint8Array(32).fill(9)))
  if (!key) throw new Error('a key was not made')
  return key
}

const canonical = (value: unknown): string => canonicalize(value) ?? ''

/** The tree of RFC 6962 over hashes that stand side by side. */
function treeOf(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length <= 1) return foldHashes(hashes)
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(treeOf(hashes.slice(0, split)), treeOf(hashes.slice(split)))
}

/** The way up from a leaf, its sibling first (RFC 6962, 2.1.1). */
function wayOf(index: number, hashes: readonly Uint8Array[]): Uint8Array[] {
  if (hashes.length <= 1) return []
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)]
  return index < split ? [...wayOf(index, left), treeOf(right)] : [...wayOf(index - split, right), treeOf(left)]
}

/** A checkpoint as whoever holds the key can sign it. */
export function signedCheckpoint(size: number, root: Uint8Array): string {
  const text = formatCheckpoint({ origin: ORIGIN, size, root })
  return formatNote(text, [signNote(text, signingKey())])
}

/** What of a log is told besides its entries. */
interface Telling {
  /** Pages of the site, by their paths, where they shall be looked at. */
  pages?: ReadonlyMap<string, string> | null
  /** Up to which size the key counts, where it was put away. */
  lastSize?: number | null
  /** At which sizes checkpoints were published, besides that of all. */
  sizes?: readonly number[]
  /** Files below /log/ that are others than they should be; null where one is missing. */
  files?: Readonly<Record<string, string | null>>
  /** What else the program is asked for. */
  more?: readonly string[]
  /** Addresses at which the first answer breaks off. */
  breaks?: readonly string[]
}

/** Files of a log of such entries, rightly signed: by their paths below /log/. Long lists are files of their own. */
function filesOf(
  told: readonly Told[],
  { lastSize = null, sizes: earlier = [1, 2], files = {} }: Telling,
): (path: string) => Uint8Array | null {
  const lists = new Map<string, string>()
  const entries = told.map((leaf, index) => {
    if (Buffer.isBuffer(leaf)) return leaf
    const shortened = (value: unknown, name: string): unknown => {
      if (!Array.isArray(value) || value.length <= MOST_ITEMS) return value
      const text = canonical(value)
      lists.set(`list/${index}/${name}`, text)
      return { items: value.length, sha256: hash('sha256', text) }
    }
    const facts = Object.entries(z.record(z.string(), z.unknown()).parse(leaf['facts']))
    const short = Object.fromEntries(facts.map(([name, value]) => [name, shortened(value, name)]))
    return Buffer.from(canonical({ v: 1, ...leaf, facts: short }))
  })
  const hashes = entries.map(leafHash)
  const levels = [hashes]
  for (let below = hashes; below.length >= TILE_WIDTH;) {
    const full = Array.from({ length: Math.floor(below.length / TILE_WIDTH) }, (_, at) => at * TILE_WIDTH)
    below = full.map((from) => foldHashes(hashes.slice(from, from + TILE_WIDTH)))
    levels.push(below)
  }
  const key = signingKey()
  const note = signedCheckpoint(entries.length, treeOf(hashes))
  const texts = new Map([...lists, ['checkpoint', note], ['vkey', `${formatVerifierKey(key)}\n`], ['witnesses', '']])
  if (lastSize !== null) texts.set('vkey/ended', `${formatVerifierKey(key)} ${lastSize}\n`)
  const sizes = [...new Set([...earlier, entries.length])].filter((size) => size <= entries.length)
  for (const size of sizes) texts.set(`checkpoints/${size}`, signedCheckpoint(size, treeOf(hashes.slice(0, size))))
  const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const proofOf = (index: number) => {
    const lines = ['c2sp.org/tlog-proof@v1', `extra ${encoded(entries[index] ?? Buffer.of())}`, `index ${index}`]
    return [...lines, ...wayOf(index, hashes).map(encoded), '', note].join('\n')
  }
  return (path) => {
    const changed = files[path]
    if (changed !== undefined) return changed === null ? null : Buffer.from(changed)
    const [, side, at] = /^checkpoints\/(from|before)\/(\d+)$/.exec(path) ?? []
    if (side === 'from') return Buffer.from(linesOf(sizes.filter((size) => size >= Number(at))))
    if (side === 'before') return Buffer.from(linesOf(sizes.filter((size) => size < Number(at)).toReversed()))
    const [, index] = /^proof\/(\d+)\.tlog-proof$/.exec(path) ?? []
    if (index !== undefined) return Buffer.from(proofOf(Number(index)))
    const known = texts.get(path)
    if (known !== undefined) return Buffer.from(known)
    const tile = parseTilePath(path)
    if (!tile) return null
    const [from, to] = [tile.index * TILE_WIDTH, tile.index * TILE_WIDTH + tile.width]
    return tile.level === 'entries' ? encodeBundle(entries.slice(from, to)) : Buffer.concat(levels[tile.level]?.slice(from, to) ?? [])
  }
}

const linesOf = (sizes: readonly number[]): string => sizes.map((size) => `${size}\n`).join('')

/** What a sceptic's program says of a log of such entries, how it ends, and which addresses it asked for. */
export async function verifyTold(told: readonly Told[], telling: Telling = {}): Promise<{ code: number; said: string; asked: string[] }> {
  const { pages = null, more = [] } = telling
  const fileOf = filesOf(told, telling)
  const breaks = new Set(telling.breaks)
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { url = '' } = request
    asked.push(url)
    if (breaks.delete(url)) {
      response.writeHead(200, { 'Content-Length': 1_000 }).write('It ends too soon.', () => response.destroy())
      return
    }
    const bytes = url.startsWith('/log/') ? fileOf(url.slice('/log/'.length)) : pages?.get(url)
    response.writeHead(bytes == null ? 404 : 200).end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const child = spawn(process.execPath, [
    'scripts/verify.mjs',
    '--url',
    `http://127.0.0.1:${port}`,
    ...(pages ? [] : ['--no-pages']),
    ...more,
  ])
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = z.tuple([z.number()]).parse((await once(child, 'close')).slice(0, 1))
  server.close()
  return { code, said, asked }
}
