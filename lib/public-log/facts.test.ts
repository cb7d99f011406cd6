import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PUBLIC_FACTS } from './facts'

const page = readFileSync('docs/leaves.md', 'utf8')

test('every kind of entry and every fact in it is told of where readers of the log look it up', () => {
  const names = [...Object.keys(PUBLIC_FACTS), ...Object.values(PUBLIC_FACTS).flat()]
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
