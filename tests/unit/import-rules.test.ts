import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { rules } from '../../.dependency-cruiser.mjs'
import { checkImports } from '../../scripts/check-imports.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const trees: string[] = []

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true })
})

/** A small house, in which every import is allowed. */
const HOUSE: Record<string, string> = {
  'app/page.tsx':
    "import { Card } from '@/components/needs/card'\nimport { listNeeds } from '@/lib/needs/queries'\nexport default () => [Card, listNeeds]",
  'components/needs/card.tsx': "import type { Need } from '@/lib/needs/model'\nexport const Card = (need: Need) => need",
  'lib/needs/model.ts': 'export interface Need { id: number }',
  'lib/needs/queries.ts':
    "import { table } from '../../db/schema'\nimport type { Need } from './model'\nexport const listNeeds = (): Need[] => table",
  'lib/funds/model.ts': "import type { Need } from '../needs/model'\nexport type Fund = Need",
  'lib/payments/bank/wire.ts': "import { vnd } from '../../money/vnd'\nexport const wire = vnd",
  'lib/money/vnd.ts': 'export const vnd = 1n',
  'db/schema.ts': 'export const table = []',
  'scripts/serve.ts': "import { listNeeds } from '../lib/needs/queries'\nlistNeeds()",
  'tests/a.test.ts': "import '../lib/needs/queries'",
  'package.json': '{ "devDependencies": { "vitest": "*" } }',
}

async function check(changes: Record<string, string>): Promise<string[]> {
  const tree = mkdtempSync(path.join(tmpdir(), 'tung-dong-house-'))
  trees.push(tree)
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'))
  for (const [name, text] of Object.entries({ ...HOUSE, ...changes })) {
    mkdirSync(path.dirname(path.join(tree, name)), { recursive: true })
    writeFileSync(path.join(tree, name), text)
  }
  return (await checkImports(tree)).problems
}

test('a house in order passes', async () => {
  expect(await check({})).toEqual([])
})

const PLANTED: Record<string, Record<string, string>> = {
  'app-reaches-data-through-lib': { 'app/other.ts': "import { table } from '../db/schema'\nexport default table" },
  'components-know-no-room-above-or-below': { 'components/ui/a.ts': "import { table } from '@/db/schema'\nexport default table" },
  'components-know-shapes-only': {
    'components/ui/a.ts': "import type { listNeeds } from '@/lib/needs/queries'\nexport type A = typeof listNeeds",
  },
  'lib-knows-no-page': { 'lib/needs/picture.ts': "export { Card } from '../../components/needs/card'" },
  'db-knows-nothing-of-ours': { 'db/client.ts': "export { vnd } from '../lib/money/vnd'" },
  'scripts-call-lib': { 'scripts/worker.ts': "import '../app/page'" },
  'payments-know-no-domain': { 'lib/payments/bank/book.ts': "export type { Need } from '../../needs/model'" },
  'domains-form-no-circle': { 'lib/needs/commands.ts': "export type { Fund } from '../funds/model'" },
  'stand-in-takes-fakes-only': { 'scripts/sample-stripe.ts': "import '../tests/a.test'" },
  'files-form-no-circle': {
    'lib/needs/a.ts': "import { b } from './b'\nexport const a = () => b",
    'lib/needs/b.ts': "import { a } from './a'\nexport const b = () => a",
  },
  'product-needs-no-tests': { 'lib/needs/a.ts': "import './a.test'", 'lib/needs/a.test.ts': 'export {}' },
  'product-needs-no-tools': { 'lib/needs/a.ts': "import { test } from 'vitest'\nexport default test" },
  'nothing-missing': { 'lib/needs/a.ts': "import './not-there'" },
}

test('each rule has a planted violation here', () => {
  expect(Object.keys(PLANTED).sort()).toEqual(rules.map((rule) => rule.name).sort())
})

test.for(Object.entries(PLANTED))('%s is noticed', async ([rule, changes]) => {
  const problems = await check(changes)
  expect(problems.filter((problem) => problem.startsWith(`${rule}:`)).length).toBeGreaterThan(0)
})

test('a room in which nothing was read is noticed', async () => {
  const tree = mkdtempSync(path.join(tmpdir(), 'tung-dong-house-'))
  trees.push(tree)
  for (const room of ['app', 'lib']) mkdirSync(path.join(tree, room))
  const { problems, modules } = await checkImports(tree, ['app', 'lib'])
  expect(modules).toBe(0)
  expect(problems).toHaveLength(2)
})
