import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { spends } from '../../db/schema'
import { appendEvent } from '../../lib/events/append'
import { endHolds } from '../../lib/money-line/uses'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { fatesOf } from '../../lib/spending/fate'
import type { Range } from '../../lib/spending/model'
import { countPayers, listPayers } from '../../lib/spending/payers'
import { naiveFates } from '../factories/naive-line'
import { wrongOf } from '../factories/public-log'
import { makeFunds } from '../factories/site'
import { EVERY_STATE, step, type Step } from '../factories/spending-history'
import { take } from '../factories/spending-steps'
import { newWorld, nextKey, type NaiveSpend, type World } from '../factories/spending-world'
import { makeStaff } from '../factories/staff'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const RUNS = process.env['SOAK'] ? 1_000 : 40
/** The fund's own pots grow from history to history, and lists of single đồng with them: so many share a database. */
const RUNS_A_DATABASE = 10

let database: TestDatabase
let context: TestContext

async function openDatabase(): Promise<void> {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  await makeStaff(context, { id: 'can-bo', role: 'accountant', fund: 'ha-noi' })
}
beforeAll(openDatabase)
afterAll(() => database.close())

/** Codes of the gifts whose donors are named, of earlier histories in this database too. */
const named = new Map<string, string>()

/** What histories came to. */
const reached = new Map<string, number>()

const placesOf = (spend: NaiveSpend): Range[] => {
  const ranges: { fromVnd: bigint; toVnd: bigint }[] = []
  for (let place = 0; place < spend.paid; place++) {
    if (spend.back.has(place)) continue
    const last = ranges.at(-1)
    if (last?.toVnd === BigInt(place)) last.toVnd += 1n
    else ranges.push({ fromVnd: BigInt(place), toVnd: BigInt(place) + 1n })
  }
  return ranges
}

/** Runs of the same label, with how many there are in a row. */
const runs = (labels: readonly [label: string, amount: number][]): [string, number][] =>
  labels.reduce<[string, number][]>((all, [label, amount]) => {
    const last = all.at(-1)
    if (last?.[0] === label) last[1] += amount
    else all.push([label, amount])
    return all
  }, [])

/** A spend's payers are, đồng by đồng and page by page, those whose đồng it took and did not give back. */
async function comparePayers(world: World, spend: NaiveSpend): Promise<void> {
  const cells = world
    .line(spend.line)
    .ofSpend(String(spend.id))
    .filter(({ isGone }) => !isGone)
  const code = (gift: string) => named.get(gift.replace('before ', '')) ?? 'nameless'
  const ranges = placesOf(spend)
  const told: [string, number][] = []
  let fromVnd: bigint | null = 0n
  while (fromVnd !== null) {
    const page = await listPayers(context, spend.id, ranges, { fromVnd, limit: 3 })
    expect(page.parts.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)).toBe(page.amountVnd)
    for (const part of page.parts) told.push([part.kind === 'named' ? (part.code ?? '') : part.kind, Number(part.amountVnd)])
    fromVnd = page.nextVnd
  }
  expect(runs(told), `payers of spend ${spend.id}`).toEqual(runs(cells.map((cell) => [cell.isStoodInFor ? 'reserve' : code(cell.gift), 1])))
  expect(await countPayers(context, spend.id, ranges)).toBe(
    new Set(cells.filter(({ isStoodInFor }) => !isStoodInFor).map(({ gift }) => gift)).size,
  )
}

async function compare(steps: Step[]): Promise<void> {
  const world = await newWorld(context, reached, named)
  for (const one of steps) await take(world, one)
  await world.sequence()
  expect(await listDiscrepancies(context.db)).toEqual([])
  const isDelivered = (id: string, place: number) => {
    const spend = world.spends.find((one) => String(one.id) === id)
    return (
      spend?.items.some((item) => place >= item.from && place < item.from + Math.floor((item.delivered * item.amount) / item.units)) ??
      false
    )
  }
  for (const gift of world.gifts) {
    const parts = await fatesOf(context.db, gift.id)
    const counts = new Map<string, number>()
    for (const { lineId, amountVnd, fate } of parts) {
      counts.set(`${lineId} ${fate.kind}`, (counts.get(`${lineId} ${fate.kind}`) ?? 0) + Number(amountVnd))
      world.reach(`đồng ${fate.kind}`, Number(amountVnd))
    }
    expect(counts, `gift ${gift.name}`).toEqual(naiveFates(world.lines, gift.name, isDelivered))
    expect(parts.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)).toBe(BigInt(gift.amount))
  }
  for (const spend of world.spends) {
    await comparePayers(world, spend)
    const [row] = await context.db.select({ state: spends.state }).from(spends).where(eq(spends.id, spend.id))
    world.reach(`spend ${row?.state}`)
  }
  if (world.all().some(({ state, isBack }) => state === 'spent' && isBack === true)) world.reach('given back and spent anew')
  for (const hold of world.holds)
    await context.db.transaction(async (tx) => {
      const ended = await appendEvent(tx, {
        kind: 'refund_withdrawn',
        idempotencyKey: nextKey('end-'),
        fundId: world.fundId,
        day: '2026-11-24',
        facts: {},
        donationId: hold.donationId,
        createdAt: context.now(),
      })
      await endHolds(tx, hold.eventId, ended ?? 0n)
    })
}

test('lines agree, đồng by đồng, with lists of single đồng', { timeout: 3_600_000 }, async () => {
  let histories = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 90 }), async (steps) => {
      if (histories > 0 && histories % RUNS_A_DATABASE === 0) {
        await database.close()
        named.clear()
        await openDatabase()
      }
      histories += 1
      await compare(steps)
    }),
    { numRuns: RUNS, endOnFailure: true, ...(process.env['SOAK'] ? {} : { seed: 20_261_124 }) },
  )
  if (process.env['SOAK']) console.info(`${inject('engine')}, ${histories} histories:`, Object.fromEntries([...reached].sort()))
  expect(EVERY_STATE.filter((state) => (reached.get(state) ?? 0) === 0)).toEqual([])
  expect(histories).toBe(RUNS)
  expect(await wrongOf(context, database)).toEqual([])
})
