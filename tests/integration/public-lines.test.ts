import { readFileSync } from 'node:fs'
import { and, eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankTransactions, campaigns, funds, publicLines, publicLineTotals, publicLineWords } from '../../db/schema'
import { undoDecision } from '../../lib/bank/undo'
import { eraseDonor } from '../../lib/donors/erase'
import { approveReceivingAccount, proposeReceivingAccount } from '../../lib/funds/commands'
import { setNameShown } from '../../lib/pledges/name-shown'
import { followLines } from '../../lib/public-lines/follow'
import { CLASS_TERMS, LINE_SORTS, NO_FILTER, type LineFilter, type Standing } from '../../lib/public-lines/model'
import { searchLines, type Found, type SearchLimits } from '../../lib/public-lines/search'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankLine, say } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { everyLine, naiveSearch, wordsOf } from '../factories/naive-search'
import { CAMPAIGN_SLUGS, follow, giveInWords, makeLinesAnew, makeLineWorld, readLines } from '../factories/public-lines'
import { value } from '../factories/site'
import { promise } from '../factories/spending'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeLineWorld(context)
})
afterAll(() => database.close())

const found = (filter: Partial<LineFilter> = {}) =>
  searchLines(context.db, { ...NO_FILTER, ...filter }, { sort: 'newest', after: null, size: 50 })

test('a line is found by name, message, code and sum; hidden and erased words find nothing, at once', async () => {
  const wish = { name: 'Vàng Thị Mỷ', isNamed: true, message: 'Chúc các em đủ ấm', amountVnd: 333_000n }
  const { code, secret } = await giveInWords(context, wish)
  await follow(context)
  for (const typed of ['vàng', 'VANG thi', 'my v', 'du am', 'thị chu'])
    expect((await found({ words: wordsOf(typed) })).standings, typed).toHaveLength(1)
  for (const typed of ['ang', 'vangg', 'my du x']) expect((await found({ words: wordsOf(typed) })).standings, typed).toHaveLength(0)
  expect(await found({ code })).toMatchObject({
    standings: [{ amountVnd: 333_000n, day: '2026-11-23' }],
    totals: { lines: 1, inVnd: 333_000n },
  })
  const [line] = (await found({ code: code.slice(0, 5) })).standings
  expect((await found({ entry: line?.id ?? 0n })).standings).toEqual([line])
  expect((await found({ code: 'TDZZZ' })).standings).toEqual([])
  expect((await found({ leastVnd: 333_000n, mostVnd: 333_000n })).standings).toHaveLength(1)
  expect((await found({ code: 'TD2345678' })).totals).toEqual({ lines: 0, inVnd: 0n, outVnd: 0n, movedInVnd: 0n, movedOutVnd: 0n })
  expect(await context.db.select({ isStated: publicLines.isStated }).from(publicLines)).toEqual([{ isStated: false }])

  value(await setNameShown(context, { code, secret, isShown: false }))
  // Before anything is put in order.
  expect((await found({ words: ['vang'] })).standings).toEqual([])
  await follow(context)
  expect((await found({ words: ['vang'] })).standings).toEqual([])
  expect((await found({ words: ['chuc'] })).standings).toHaveLength(1)
  value(await setNameShown(context, { code, secret, isShown: true }))
  await follow(context)
  expect((await found({ words: ['vang'] })).standings).toHaveLength(1)

  value(await eraseDonor(context, { code }))
  expect((await found({ words: ['chuc'] })).standings).toEqual([])
  expect(await context.db.select().from(publicLineWords)).toEqual([])
  await follow(context)
  expect((await found({ code })).standings).toHaveLength(1)
  expect(await context.db.select().from(publicLineWords)).toEqual([])
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('what no gift is stands by what it was said to be, and a statement tells its day without an event', async () => {
  const fee = await bankLine(context, { direction: 'out', amountVnd: 11_000n, memo: 'phi', transactedAt: new Date('2026-11-22T03:00:00Z') })
  await follow(context)
  const all = async () =>
    (await context.db.select().from(publicLines).where(eq(publicLines.bankTransactionId, fee))).map((l) => [l.class, l.day])
  expect(await all()).toEqual([])
  const said = value(await say(context, fee, { kind: 'fee' }))
  await follow(context)
  expect(await all()).toEqual([['fee', '2026-11-22']])
  // Taken back, it is found as what it is then, and no longer as what it was.
  const ofClass = async () => [(await found({ class: 'fee' })).totals, (await found({ class: 'waiting', direction: 'out' })).totals]
  const [one, none] = [
    { lines: 1, outVnd: 11_000n },
    { lines: 0, outVnd: 0n },
  ]
  expect(await ofClass()).toMatchObject([one, none])
  value(await undoDecision(context, { decisionId: said.decisionId, reason: '', by: 'an' }))
  await follow(context)
  expect(await ofClass()).toMatchObject([none, one])
  value(await say(context, fee, { kind: 'fee' }))
  await follow(context)
  expect(await ofClass()).toMatchObject([one, none])
  await context.db.update(bankTransactions).set({ postedOn: '2026-11-23' }).where(eq(bankTransactions.id, fee))
  await follow(context)
  expect(await all()).toEqual([['fee', '2026-11-23']])
  expect((await found({ class: 'fee', from: '2026-11-23' })).standings).toHaveLength(1)
  expect((await found({ direction: 'out' })).totals).toEqual({ lines: 1, inVnd: 0n, outVnd: 11_000n, movedInVnd: 0n, movedOutVnd: 0n })

  // What was bought is found by what and from whom, beside whoever is called so.
  await giveInWords(context, { name: 'Cửa Rào', isNamed: true })
  const { spendId } = await promise(context, CAMPAIGN_SLUGS[0] ?? '', 60_000n)
  const paid = await bankLine(context, { direction: 'out', amountVnd: 60_000n })
  value(await say(context, paid, { kind: 'spend', spendId }))
  await follow(context)
  for (const typed of ['cua hang', 'áo', 'coat']) {
    const { totals } = await found({ words: wordsOf(typed) })
    expect(totals, typed).toEqual({ lines: 1, inVnd: 0n, outVnd: 60_000n, movedInVnd: 0n, movedOutVnd: 0n })
  }
  expect((await found({ words: ['cua'] })).totals).toEqual({ lines: 2, inVnd: 185_000n, outVnd: 60_000n, movedInVnd: 0n, movedOutVnd: 0n })

  // Placed in two parts, a line is two: each with its own gift.
  const { code } = await makePledge(context, 'ao-am-ha-noi', { name: 'Lò Văn Phần', isNamed: true })
  const split = await bankLine(context, { amountVnd: 500_000n, memo: 'khong ro' })
  await follow(context)
  value(
    await say(context, split, {
      kind: 'place',
      parts: [
        { code, amountVnd: 200_000n },
        { code: null, amountVnd: 300_000n },
      ],
    }),
  )
  await follow(context)
  const parts = await context.db.select().from(publicLines).where(eq(publicLines.bankTransactionId, split)).orderBy(publicLines.amountVnd)
  expect(parts.map(({ amountVnd, class: is }) => [amountVnd, is])).toEqual([
    [200_000n, 'gift'],
    [300_000n, 'gift'],
  ])
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('a transfer between own accounts is two lines that moved: no money that came or went', async () => {
  const second = { fundSlug: 'ha-noi', accountNumber: '000055556666', alias: 'ha-noi 02' }
  const bank = { bankBin: '999901', bankName: 'Ngân hàng Mẫu', accountName: 'QUY MAU', proposedBy: 'an' }
  const { accountId } = value(await proposeReceivingAccount(context, { ...second, ...bank }))
  value(await approveReceivingAccount(context, { accountId, approvedBy: 'binh', delayDays: 0 }))
  const into = await bankLine(context, { amountVnd: 5_000_000n, accountNumber: second.accountNumber })
  const from = await bankLine(context, { amountVnd: 5_000_000n, direction: 'out' })
  const before = (await found()).totals
  value(await say(context, from, { kind: 'own_transfer', otherLineId: into }))
  await follow(context)
  const { totals } = await found()
  if ('atLeast' in totals || 'atLeast' in before) throw new Error('not counted')
  expect(totals).toMatchObject({ movedInVnd: 5_000_000n, movedOutVnd: 5_000_000n, outVnd: before.outVnd })
  // Added up line by line, not from the sums by day.
  const gathered = { lines: 2, inVnd: 0n, outVnd: 0n, movedInVnd: 5_000_000n, movedOutVnd: 5_000_000n }
  expect((await found({ leastVnd: 5_000_000n, mostVnd: 5_000_000n })).totals).toEqual(gathered)
  expect((await found({ direction: 'out', leastVnd: 5_000_000n })).totals).toEqual({ ...gathered, lines: 1, movedInVnd: 0n })
  expect((await found({ class: 'own_transfer' })).totals).toEqual(gathered)
  // Of one account, what came to it and what went from it, wherever the other ends are.
  expect((await found({ account: { receivingAccountId: accountId } })).totals).toEqual({ ...gathered, lines: 1, movedOutVnd: 0n })
  expect(await listDiscrepancies(context.db)).toEqual([])
})

/** Every way that leads to lines, each forced by how far the others may go. */
const WAYS: (SearchLimits | undefined)[] = [
  undefined,
  { few: 0, guessed: 0, first: 3, step: 4, steps: 100, enough: 1, turns: 1, counted: 1_000 },
  { few: 3, guessed: 2, first: 2, step: 3, steps: 2, enough: 2, turns: 2, counted: 5 },
  { few: 1_000, guessed: 1_000, first: 1, step: 1, steps: 1, enough: 1_000, turns: 1, counted: 1 },
]

test('whatever happened, a search finds what a look at every line finds, in order and stretch by stretch', async () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('give' as const),
        campaign: fc.constantFrom(...CAMPAIGN_SLUGS),
        name: fc.constantFrom('Lò Thị Mẫu', 'Lò Văn Một', 'Mẫu Một', 'Nguyễn An'),
        message: fc.constantFrom('', 'Chúc các em ấm', 'Các em học giỏi'),
        isNamed: fc.boolean(),
        amountVnd: fc.constantFrom(10_000n, 20_000n, 90_000n),
        day: fc.constantFrom('2025-12-30', '2026-10-31', '2026-11-20', '2026-11-21'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('name' as const), which: fc.nat(30), isShown: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), which: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('fee' as const), amountVnd: fc.constantFrom(10_000n, 11_000n) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('unclear' as const), amountVnd: fc.constantFrom(10_000n, 90_000n) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('follow' as const), atOnce: fc.integer({ min: 1, max: 5 }) }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
      const made: { code: string; secret: string }[] = []
      for (const one of steps) {
        context.advance(1_000)
        const which = 'which' in one ? made[one.which % Math.max(1, made.length)] : undefined
        if (one.do === 'give') {
          const { campaign, day, name, message, isNamed, amountVnd } = one
          made.push(await giveInWords(context, { name, message, isNamed, amountVnd }, { campaign, at: `${day}T03:00:00Z` }))
        } else if (one.do === 'name' && which) await setNameShown(context, { ...which, isShown: one.isShown })
        // While words may be listed.
        else if (one.do === 'erase' && which) await Promise.all([eraseDonor(context, which), followLines(context.db, context.now())])
        else if (one.do === 'fee') {
          const line = await bankLine(context, { direction: 'out', amountVnd: one.amountVnd, memo: 'phi' })
          value(await say(context, line, { kind: 'fee' }))
        } else if (one.do === 'unclear') await bankLine(context, { amountVnd: one.amountVnd, memo: 'khong ro' })
        else if (one.do === 'follow') {
          await sequencePending(context.db, context.now())
          await followLines(context.db, context.now(), { atOnce: one.atOnce })
        }
      }
      await follow(context)
      expect(await listDiscrepancies(context.db)).toEqual([])
    }),
    { numRuns: process.env['SOAK'] ? 200 : 3 },
  )
  const lines = await everyLine(context)
  expect(lines.length).toBeGreaterThan(20)
  const fundRows = await context.db.select().from(funds)
  const campaignRows = await context.db.select().from(campaigns)
  const pick = <Value>(values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: null })
  const filter = fc.record({
    words: fc.constantFrom(
      [],
      [],
      ['lo'],
      ['l'],
      ['mau'],
      ['lo', 'm'],
      ['mot', 'lo'],
      ['cac', 'em', 'am'],
      ['chuc'],
      ['nguyen', 'hoc'],
      ['khong'],
      ['cua', 'ao'],
    ),
    code: pick([...lines.flatMap(({ code }) => code ?? []).slice(0, 3), 'TD']),
    entry: pick(lines.slice(0, 2).map(({ id }) => id)),
    leastVnd: pick([10_000n, 15_000n]),
    mostVnd: pick([11_000n, 20_000n]),
    from: pick(['2026-10-19', '2026-11-21']),
    to: pick(['2026-11-20', '2026-11-23']),
    fundId: pick(fundRows.map(({ id }) => id)),
    account: pick([{ receivingAccountId: 1 }, { receivingAccountId: 2 }, { channel: 'card' as const }]),
    lineId: pick(campaignRows.map(({ lineId }) => lineId)),
    unitId: pick(campaignRows.map(({ unitId }) => unitId)),
    direction: pick(['in', 'out'] as const),
    class: pick(['gift', 'unplaced', 'fee', 'own_transfer', 'spend', 'waiting'] as const),
  })
  // Most of it left out most times: all at once finds nothing.
  const seldom = fc
    .tuple(filter, fc.array(fc.constantFrom(...Object.keys(NO_FILTER)), { maxLength: 3 }))
    .map(([all, kept]): LineFilter => ({ ...NO_FILTER, ...Object.fromEntries(Object.entries(all).filter(([key]) => kept.includes(key))) }))
  await fc.assert(
    fc.asyncProperty(seldom, fc.constantFrom(...LINE_SORTS), fc.constantFrom(...WAYS), async (asked, sort, limits) => {
      const wanted = naiveSearch(lines, asked, sort)
      const seen: bigint[] = []
      for (let after: Standing | null = null, looks = 0; ; looks++) {
        const one: Found = await searchLines(context.db, asked, { sort, after, size: 3, ...(limits ? { limits } : {}) })
        seen.push(...one.standings.map(({ id }) => id))
        expect(one.standings.length).toBeLessThanOrEqual(3)
        if ('atLeast' in one.totals) expect(one.totals.atLeast).toBeLessThanOrEqual(wanted.length)
        else expect(one.totals.lines).toBe(wanted.length)
        if ('inVnd' in one.totals) {
          const sum = (way: 'in' | 'out', moved: boolean) =>
            wanted.reduce((all, { direction, isMove, amountVnd }) => (direction === way && isMove === moved ? all + amountVnd : all), 0n)
          const moved = { movedInVnd: sum('in', true), movedOutVnd: sum('out', true) }
          expect(one.totals).toMatchObject({ inVnd: sum('in', false), outVnd: sum('out', false), ...moved })
        }
        if (!one.next) break
        after = one.next
        expect(looks).toBeLessThan(lines.length + 3)
      }
      expect(seen).toEqual(wanted.map(({ id }) => id))
    }),
    { numRuns: process.env['SOAK'] ? 3_000 : 60 },
  )
})

test('made anew from the beginning, in other batches, it is the same', async () => {
  const kept = await readLines(context)
  await makeLinesAnew(context, database)
  expect(await readLines(context)).toEqual(kept)
  expect(await context.db.$count(publicLines, and(eq(publicLines.channel, 'bank')))).toBe(kept.lines.length)
  // And where they were listed before classes were among terms, a migration puts them there, under the same numbers.
  const { db } = database.owner ?? database.handle
  const numbers = sql.join(
    CLASS_TERMS.map(({ term }) => sql`${term}::int`),
    sql`, `,
  )
  await db.update(publicLines).set({ terms: sql`array(select term from unnest(terms) as term where term not in (${numbers}))` })
  await db.delete(publicLineTotals)
  expect((await listDiscrepancies(context.db)).join('\n')).toMatch(/found by another class/)
  const migration = readFileSync(new URL('../../db/migrations/0090_classes_among_terms.sql', import.meta.url), 'utf8')
  await db.transaction(async (tx) => {
    // The table had another name then.
    for (const statement of migration.replaceAll('public_line_sums', 'public_line_totals').split('--> statement-breakpoint'))
      await tx.execute(statement)
  })
  expect(await readLines(context)).toEqual(kept)
})

test('of a beginning that very many words have the most frequent are found, and no sum says that it is all', async () => {
  const letters = [...'abcdefghijklmnopqrstuvwx']
  const words = letters.flatMap((one) => letters.map((other) => `xyz${one}${other}`))
  for (let from = 0; from < words.length; from += 45) await giveInWords(context, { message: words.slice(from, from + 45).join(' ') })
  await follow(context)
  const { standings, totals } = await found({ words: ['xyz'] })
  expect(standings.length).toBeGreaterThan(10)
  expect(totals).toEqual({ atLeast: standings.length })
  expect((await found({ words: ['xyza'] })).totals).toMatchObject({ lines: 1 })
})
