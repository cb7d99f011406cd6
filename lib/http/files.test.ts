import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listFiles } from './files'

const STYLE = 'p { margin: 0 }\n'.repeat(200)
const FACE = Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * index * 31 + (index >> 3) * 97) & 255))

let root = ''

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tung-dong-files-'))
  for (const folder of ['.next/static/chunks', 'public/fonts', 'public/js']) mkdirSync(path.join(root, folder), { recursive: true })
  writeFileSync(path.join(root, '.next/static/chunks/0a.css'), STYLE)
  writeFileSync(path.join(root, '.next/secret.js'), 'x')
  writeFileSync(path.join(root, 'public/fonts/face.woff2'), FACE)
  writeFileSync(path.join(root, 'public/js/gift.js'), 'export {}\n')
  writeFileSync(path.join(root, 'public/notes.md'), 'x')
})
afterAll(() => rmSync(root, { recursive: true }))

test('files of the build and of public are found, and nothing beside them', async () => {
  const files = listFiles(root)
  const kept = await files.find('/_next/static/chunks/0a.css')
  expect([brotliDecompressSync(kept?.bodies.br ?? ''), gunzipSync(kept?.bodies.gzip ?? '')].map(String)).toEqual([STYLE, STYLE])
  expect(kept?.heads.br.whole).toEqual(
    expect.arrayContaining(['text/css; charset=utf-8', 'public, max-age=31536000, immutable', 'Content-Encoding', 'br']),
  )
  expect((await files.find('/js/gift.js'))?.heads.br.whole).toEqual(expect.arrayContaining(['text/javascript; charset=utf-8', 'no-cache']))
  expect(await files.find('/_next/static/chunks/0a.css')).toBe(kept)
  const none = [
    '/',
    '/js',
    '/js/',
    '/js/none.js',
    '/js/../fonts/face.woff2',
    '/.next/secret.js',
    '/_next/secret.js',
    '/notes.md',
    '//js/gift.js',
  ]
  for (const address of none) expect(files.find(address), address).toBeUndefined()
})

test('what is compressed already, and what is tiny, is sent as it is, under one name', async () => {
  const files = listFiles(root)
  for (const address of ['/fonts/face.woff2', '/js/gift.js']) {
    const file = await files.find(address)
    expect([file?.bodies.br, file?.bodies.gzip]).toEqual([file?.bodies.identity, file?.bodies.identity])
    expect(new Set(Object.values(file?.etags ?? {})).size).toBe(1)
    expect(file?.heads.br.whole).not.toContain('Content-Encoding')
    expect(file?.size).toBe(file?.bodies.identity.length)
  }
})
