import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const ROOT = new URL('../../', import.meta.url)
const text = readFileSync(new URL('docs/asvs.md', ROOT), 'utf8')

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; those of level 3 come after them. */
const SECTIONS: Record<string, number> = {
  ...{ '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  ...{ '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4, '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3 },
  ...{ '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4, '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2 },
  ...{ '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1, '9.1': 3, '9.2': 4 },
  ...{ '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3 },
  ...{ '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1, '12.1': 3, '12.2': 2, '12.3': 4 },
  ...{ '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5, '14.1': 2, '14.2': 4, '14.3': 3, '15.1': 3, '15.2': 3, '15.3': 7 },
  ...{ '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3, '17.1': 1, '17.2': 4, '17.3': 2 },
}

interface Row {
  numbers: string[]
  state: string
  how: string
  tested: string
}

/** "4.4.1–4" is 4.4.1 to 4.4.4. */
function numbersOf(cell: string): string[] {
  return cell.split(', ').flatMap((part) => {
    const [, section = '', first = '', last = first] = /^(\d+\.\d+)\.(\d+)(?:–(\d+))?$/.exec(part) ?? []
    if (section === '') throw new Error(`${part} is no number of a requirement`)
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${section}.${Number(first) + index}`)
  })
}

const rows: Row[] = text
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [no = '', , state = '', how = '', tested = ''] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
    return { numbers: numbersOf(no), state, how, tested }
  })

test('docs/asvs.md answers each requirement of levels 1 and 2 once, and no other', () => {
  const all = Object.entries(SECTIONS).flatMap(([section, count]) => Array.from({ length: count }, (_, index) => `${section}.${index + 1}`))
  expect(all).toHaveLength(253)
  expect(rows.flatMap(({ numbers }) => numbers).toSorted()).toEqual(all.toSorted())
})

test('every file that it names is there', () => {
  const named = [...text.matchAll(/`((?:app|components|db|docs|lib|public|scripts|tests)\/[^`]+|[\w.-]+\.(?:js|json|mjs|ts))`/g)].map(
    ([, path = '']) => path,
  )
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => `docs/${path}`)
  expect(named.length).toBeGreaterThan(100)
  expect([...new Set([...named, ...linked])].filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([])
})

test('every place in a page that it leads to is there', () => {
  const places = [...text.matchAll(/\]\(([\w./-]*)#([^)]+)\)/g)].map(([, page = '', place = '']) => [page === '' ? 'asvs.md' : page, place])
  const missing = places.filter(([page = '', place = '']) => {
    const headings = readFileSync(new URL(`docs/${page}`, ROOT), 'utf8').matchAll(/^#+ (.+)$/gm)
    return ![...headings].some(
      ([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-') === place,
    )
  })
  expect(places.length).toBeGreaterThan(10)
  expect(missing).toEqual([])
})

test('what is met has a test, or says what was read; what is not is among what is missing', () => {
  const [, missing = ''] = /## What is missing\n([\s\S]*?)\n## /.exec(text) ?? []
  for (const { numbers, state, tested } of rows) {
    const [first = ''] = numbers
    expect.soft(state, first).toMatch(/^(?:met|partly|open|operator|n\/a)$/)
    if (state === 'met') expect.soft(tested, first).toMatch(/\.(?:test|spec)\.tsx?`|^read\b/)
    if (state === 'open') for (const number of numbers) expect.soft(missing, number).toContain(number)
  }
})
