import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { readEnv } from '../../lib/env'

const root = new URL('../../', import.meta.url)
const example = readFileSync(new URL('.env.example', root), 'utf8')
const settings = parseEnv(example.replaceAll(/^# (?=[A-Z_]+=)/gm, ''))

test('.env.example names every setting, and no other', () => {
  const source = readFileSync(new URL('lib/env.ts', root), 'utf8')
  const known = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name)
  expect(known.length).toBeGreaterThan(10)
  expect(Object.keys(settings).sort()).toEqual(known.sort())
})

test('.env.example is accepted as it stands', () => {
  expect(readEnv(settings)).toMatchObject({ PORT: 3000, SITE_KIND: 'sample', publicOrigin: 'https://tungdong.vn' })
})

test('what it calls defaults are the defaults', () => {
  const defaults = readEnv({})
  for (const [name, value] of Object.entries(defaults)) {
    if (typeof settings[name] !== 'string' || (typeof value !== 'string' && typeof value !== 'number')) continue
    expect(String(value), name).toBe(settings[name])
  }
})
