import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { and, eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  bankTransactions,
  campaigns,
  disclosures,
  funds,
  pledges,
  publicLineFileParts,
  publicLineProgress,
  publicLines,
  publicLineSums,
  publicLineWords,
} from '../../db/schema'
import { closeDay, tellPlaced } from '../../lib/bank/close'
import { receiveBankNotice } from '../../lib/bank/commands'
import { reviewText } from '../../lib/donors/commands'
import { eraseDonor } from '../../lib/donors/erase'
import { approveReceivingAccount, approveRetirement, proposeReceivingAccount, proposeRetirement } from '../../lib/funds/commands'
import { fold } from '../../lib/i18n/fold'
import { linesAsCsv } from '../../lib/public-lines/csv'
import { setNameShown } from '../../lib/pledges/name-shown'
import { findLineFile, listLineFiles, makeLineFiles, readLineFile } from '../../lib/public-lines/files'
import { followAllLines, followLines } from '../../lib/public-lines/follow'
import { searchLines, type Found, type SearchLimits } from '../../lib/public-lines/search'
import { LINE_SORTS, NO_FILTER, type LineFilter, type LineSort, type Standing } from '../../lib/public-lines/model'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankLine, say } from '../factories/desk'
import { bankNotice, makePledge, type GiftWish } from '../factories/giving'
import { makeCampaign, makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testFolder, withFiles } from '../setup/files'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
const slugs: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  for (const [fund, category, commune] of [
    ['ha-noi', 'ao-am', 0],
    ['ha-noi', 'sach-vo', 1],
    ['ninh-thuan', 'ao-am', 0],
  ] as const)
    slugs.push((await makeCampaign(context, { slug: `${category}-${fund}`, fund, category, commune, goalVnd: 10n ** 10n })).slug)
})
afterAll(() => database.close())

const wordsOf = (typed: string): string[] => fold(typed).split(' ').filter(Boolean)
const follow = async () => {
  await sequencePending(context.db, context.now())
  await followAllLines(context.db, context.now())
}
const found = (filter: Partial<LineFilter> = {}) =>
  searchLines(context.db, { ...NO_FILTER, ...filter }, { sort: 'newest', after: null, size: 50 })

/** A gift that has come, with its words released. */
async function given(wish: GiftWish, { campaign = 0, at = '2026-11-23T02:59:00Z' } = {}): Promise<{ code: string; secret: string }> {
  const made = await makePledge(context, slugs[campaign] ?? '', wish)
  const accountNumber = campaign < 2 ? '000011112222' : '000033334444'
  const notice = bankNotice({ memo: made.code, amountVnd: wish.amountVnd ?? 185_000n, accountNumber, transactedAt: new Date(at) })
  expect(await receiveBankNotice(context, notice)).toBe('booked')
  for (const field of ['name', 'message'] as const) await reviewText(context, { code: made.code, field, verdict: 'shown', actor: 'an' })
  return made
}

test('a line is found by name, message, code and sum; hidden and erased words find nothing, at once', async () => {
  const wish = { name: 'Vàng Thị Mỷ', isNamed: true, message: 'Chúc các em đủ ấm', amountVnd: 333_000n }
  const { code, secret } = await given(wish)
  await follow()
  for (const typed of ['vàng', 'VANG thi', 'my v', 'du am', 'thị chu'])
    expect((await found({ words: wordsOf(typed) })).standings, typed).toHaveLength(1)
  for (const typed of ['ang', 'vangg', 'my du x']) expect((await found({ words: wordsOf(typed) })).standings, typed).toHaveLength(0)
  expect(await found({ code })).toMatchObject({
    standings: [{ amountVnd: 333_000n, day: '2026-11-23' }],
    totals: { lines: 1, inVnd: 333_000n },
  })
  expect((await found({ leastVnd: 333_000n, mostVnd: 333_000n })).standings).toHaveLength(1)
  expect((await found({ code: 'TD2345678' })).totals).toEqual({ lines: 0, inVnd: 0n, outVnd: 0n, movedVnd: 0n })
  expect(await context.db.select({ isStated: publicLines.isStated }).from(publicLines)).toEqual([{ isStated: false }])

  value(await setNameShown(context, { code, secret, isShown: false }))
  // Before anything is put in order.
  expect((await found({ words: ['vang'] })).standings).toEqual([])
  await follow()
  expect((await found({ words: ['vang'] })).standings).toEqual([])
  expect((await found({ words: ['chuc'] })).standings).toHaveLength(1)
  value(await setNameShown(context, { code, secret, isShown: true }))
  await follow()
  expect((await found({ words: ['vang'] })).standings).toHaveLength(1)

  value(await eraseDonor(context, { code }))
  expect((await found({ words: ['chuc'] })).standings).toEqual([])
  expect(await context.db.select().from(publicLineWords)).toEqual([])
  await follow()
  expect((await found({ code })).standings).toHaveLength(1)
  expect(await context.db.select().from(publicLineWords)).toEqual([])
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('what no gift is stands by what it was said to be, and a statement tells its day without an event', async () => {
  const fee = await bankLine(context, { direction: 'out', amountVnd: 11_000n, memo: 'phi', transactedAt: new Date('2026-11-22T03:00:00Z') })
  await follow()
  const all = async () =>
    (await context.db.select().from(publicLines).where(eq(publicLines.bankTransactionId, fee))).map((l) => [l.class, l.day])
  expect(await all()).toEqual([])
  value(await say(context, fee, { kind: 'fee' }))
  await follow()
  expect(await all()).toEqual([['fee', '2026-11-22']])
  await context.db.update(bankTransactions).set({ postedOn: '2026-11-23' }).where(eq(bankTransactions.id, fee))
  await follow()
  expect(await all()).toEqual([['fee', '2026-11-23']])
  expect((await found({ direction: 'out' })).totals).toEqual({ lines: 1, inVnd: 0n, outVnd: 11_000n, movedVnd: 0n })

  // Placed in two parts, a line is two: each with its own gift.
  const { code } = await makePledge(context, slugs[0] ?? '', { name: 'Lò Văn Phần', isNamed: true })
  const split = await bankLine(context, { amountVnd: 500_000n, memo: 'khong ro' })
  await follow()
  value(
    await say(context, split, {
      kind: 'place',
      parts: [
        { code, amountVnd: 200_000n },
        { code: null, amountVnd: 300_000n },
      ],
    }),
  )
  await follow()
  const parts = await context.db.select().from(publicLines).where(eq(publicLines.bankTransactionId, split)).orderBy(publicLines.amountVnd)
  expect(parts.map(({ amountVnd, class: is }) => [amountVnd, is])).toEqual([
    [200_000n, 'gift'],
    [300_000n, 'gift'],
  ])
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('a transfer between own accounts is two lines, and moved once', async () => {
  const second = { fundSlug: 'ha-noi', accountNumber: '000055556666', alias: 'ha-noi 02' }
  const bank = { bankBin: '999901', bankName: 'Ngân hàng Mẫu', accountName: 'QUY MAU', proposedBy: 'an' }
  const { accountId } = value(await proposeReceivingAccount(context, { ...second, ...bank }))
  value(await approveReceivingAccount(context, { accountId, approvedBy: 'binh', delayDays: 0 }))
  const into = await bankLine(context, { amountVnd: 5_000_000n, accountNumber: second.accountNumber })
  const from = await bankLine(context, { amountVnd: 5_000_000n, direction: 'out' })
  const before = (await found()).totals
  value(await say(context, from, { kind: 'own_transfer', otherLineId: into }))
  await follow()
  const { totals } = await found()
  if ('atLeast' in totals || 'atLeast' in before) throw new Error('not counted')
  expect([totals.movedVnd, totals.outVnd]).toEqual([5_000_000n, before.outVnd])
  // Added up line by line, not from the sums by day.
  const gathered = { lines: 2, inVnd: 0n, outVnd: 0n, movedVnd: 5_000_000n }
  expect((await found({ leastVnd: 5_000_000n, mostVnd: 5_000_000n })).totals).toEqual(gathered)
  expect((await found({ direction: 'out', leastVnd: 5_000_000n })).totals).toEqual({ ...gathered, lines: 1 })
  expect(await listDiscrepancies(context.db)).toEqual([])
})

/** All lines, with everything that they are found by, told as a child would. */
async function everything() {
  const rows = await context.db
    .select({ line: publicLines, code: pledges.code, isNamed: pledges.isNamed, unitId: campaigns.unitId })
    .from(publicLines)
    .leftJoin(pledges, eq(pledges.id, publicLines.pledgeId))
    .leftJoin(campaigns, eq(campaigns.lineId, publicLines.lineId))
  const texts = await context.db.select().from(disclosures).where(eq(disclosures.review, 'shown'))
  return rows.map(({ line, code, isNamed, unitId }) => {
    const own = texts.filter(({ pledgeId, field }) => pledgeId === line.pledgeId && (field === 'message' || isNamed))
    return { ...line, code, unitId, words: own.flatMap(({ text }) => wordsOf(text)) }
  })
}
type Line = Awaited<ReturnType<typeof everything>>[number]

const isWanted = (line: Line, filter: LineFilter): boolean =>
  filter.words.every((word, index) =>
    line.words.some((own) => (index === filter.words.length - 1 ? own.startsWith(word) : own === word)),
  ) &&
  (filter.code === null || line.code === filter.code) &&
  (filter.leastVnd === null || line.amountVnd >= filter.leastVnd) &&
  (filter.mostVnd === null || line.amountVnd <= filter.mostVnd) &&
  (filter.from === null || line.day >= filter.from) &&
  (filter.to === null || line.day <= filter.to) &&
  (filter.fundId === null || line.fundId === filter.fundId) &&
  (filter.account === null ||
    ('channel' in filter.account
      ? line.channel === filter.account.channel
      : line.receivingAccountId === filter.account.receivingAccountId)) &&
  (filter.lineId === null || line.lineId === filter.lineId) &&
  (filter.unitId === null || line.unitId === filter.unitId) &&
  (filter.direction === null || line.direction === filter.direction)

const compare = (sort: LineSort) => (one: Line, other: Line) => {
  const by = (a: bigint | string, b: bigint | string) => (a < b ? -1 : a > b ? 1 : 0)
  const days = by(one.day, other.day) || by(one.id, other.id)
  const up = sort === 'largest' || sort === 'smallest' ? by(one.amountVnd, other.amountVnd) || days : days
  return sort === 'newest' || sort === 'largest' ? -up : up
}

/** Every way that leads to lines, each forced by how far the others may go. */
const WAYS: (SearchLimits | undefined)[] = [
  undefined,
  { few: 0, first: 3, step: 4, steps: 100, counted: 1_000 },
  { few: 3, first: 2, step: 3, steps: 2, counted: 5 },
  { few: 1_000, first: 1, step: 1, steps: 1, counted: 1 },
]

test('whatever happened, a search finds what a look at every line finds, in order and stretch by stretch', async () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('give' as const),
        campaign: fc.nat(2),
        name: fc.constantFrom('Lò Thị Mẫu', 'Lò Văn Một', 'Mẫu Một', 'Nguyễn An'),
        message: fc.constantFrom('', 'Chúc các em ấm', 'Các em học giỏi'),
        isNamed: fc.boolean(),
        amountVnd: fc.constantFrom(10_000n, 20_000n, 90_000n),
        day: fc.constantFrom('2026-11-18', '2026-11-20', '2026-11-21'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('name' as const), which: fc.nat(30), isShown: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), which: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('fee' as const), amountVnd: fc.constantFrom(10_000n, 11_000n) }) },
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
          made.push(await given({ name, message, isNamed, amountVnd }, { campaign, at: `${day}T03:00:00Z` }))
        } else if (one.do === 'name' && which) await setNameShown(context, { ...which, isShown: one.isShown })
        // While words may be listed.
        else if (one.do === 'erase' && which) await Promise.all([eraseDonor(context, which), followLines(context.db, context.now())])
        else if (one.do === 'fee') {
          const line = await bankLine(context, { direction: 'out', amountVnd: one.amountVnd, memo: 'phi' })
          value(await say(context, line, { kind: 'fee' }))
        } else if (one.do === 'follow') {
          await sequencePending(context.db, context.now())
          await followLines(context.db, context.now(), { atOnce: one.atOnce })
        }
      }
      await follow()
      expect(await listDiscrepancies(context.db)).toEqual([])
    }),
    { numRuns: process.env['SOAK'] ? 200 : 3 },
  )
  const lines = await everything()
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
    ),
    code: pick(lines.flatMap(({ code }) => code ?? []).slice(0, 3)),
    leastVnd: pick([10_000n, 15_000n]),
    mostVnd: pick([11_000n, 20_000n]),
    from: pick(['2026-11-19', '2026-11-21']),
    to: pick(['2026-11-20', '2026-11-23']),
    fundId: pick(fundRows.map(({ id }) => id)),
    account: pick([{ receivingAccountId: 1 }, { receivingAccountId: 2 }, { channel: 'card' as const }]),
    lineId: pick(campaignRows.map(({ lineId }) => lineId)),
    unitId: pick(campaignRows.map(({ unitId }) => unitId)),
    direction: pick(['in', 'out'] as const),
  })
  // Most of it left out most times: all at once finds nothing.
  const seldom = fc
    .tuple(filter, fc.array(fc.constantFrom(...Object.keys(NO_FILTER)), { maxLength: 3 }))
    .map(([all, kept]): LineFilter => ({ ...NO_FILTER, ...Object.fromEntries(Object.entries(all).filter(([key]) => kept.includes(key))) }))
  await fc.assert(
    fc.asyncProperty(seldom, fc.constantFrom(...LINE_SORTS), fc.constantFrom(...WAYS), async (asked, sort, limits) => {
      const wanted = lines.filter((line) => isWanted(line, asked)).toSorted(compare(sort))
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
          const [movedIn, movedOut] = [sum('in', true), sum('out', true)]
          const movedVnd = movedIn > movedOut ? movedIn : movedOut
          expect(one.totals).toMatchObject({ inVnd: sum('in', false), outVnd: sum('out', false), movedVnd })
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

test('closed days, months and years are files, made anew when a name is erased or a line comes late', async () => {
  const folder = testFolder()
  const files = withFiles(context, folder)
  const read = async (period: string) => {
    const file = await findLineFile(context.db, period)
    if (file === null || file === 'anew') return file
    const stream = readLineFile(files, file)
    const bytes = stream ? await buffer(stream) : Buffer.of()
    expect([file.bytes, file.sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')])
    return bytes.toString()
  }
  const { code } = await given({ name: 'Hờ A Páo', isNamed: true, amountVnd: 123_000n }, { at: '2025-02-27T03:00:00Z' })
  await follow()
  // No day of the bank is closed.
  expect(await makeLineFiles(files)).toBe(0)
  const [line] = await context.db.select({ id: publicLines.bankTransactionId }).from(publicLines).where(eq(publicLines.day, '2025-02-27'))
  await context.db
    .update(bankTransactions)
    .set({ postedOn: '2025-02-27' })
    .where(eq(bankTransactions.id, line?.id ?? 0n))
  await tellPlaced(context, 1, '2025-02-27')
  value(await closeDay(context, { accountId: 1, day: '2025-02-27', openingVnd: 0n, closingVnd: 123_000n, by: 'ke-toan' }))
  await follow()
  expect(await makeLineFiles(files)).toBe(3)
  expect((await listLineFiles(context.db, null)).map(({ period, lines }) => [period, lines])).toEqual([
    ['2025-02', 1],
    ['2025', 1],
  ])
  expect((await listLineFiles(context.db, '2025-02')).map(({ period }) => period)).toEqual(['2025-02-27'])
  expect(await read('2025-02')).toContain(`123000,Khoản ủng hộ,Hờ A Páo,,${code}`)
  expect(await read('2024')).toBeNull()
  expect(await context.db.$count(publicLineFileParts)).toBe(3)

  value(await eraseDonor(context, { code }))
  expect(await read('2025-02-27')).toBe('anew')
  // Another account has an open day now: nothing can be made, and what has the name goes all the same.
  await given({ amountVnd: 20_000n }, { campaign: 2, at: '2025-02-20T03:00:00Z' })
  await follow()
  expect(await makeLineFiles(files)).toBe(0)
  expect(readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([])
  // Days of an account that is retired are not waited for.
  value(await proposeRetirement(context, { accountId: 2, proposedBy: 'an' }))
  value(await approveRetirement(context, { accountId: 2, approvedBy: 'chi', delayDays: 0 }))
  expect(await makeLineFiles(files)).toBe(4)
  for (const period of ['2025-02', '2025-02-27']) expect(await read(period)).toContain(`123000,Khoản ủng hộ,đã xóa,,${code}`)
  for (const file of readdirSync(folder.path, { recursive: true, withFileTypes: true }))
    if (file.isFile()) expect(readFileSync(`${file.parentPath}/${file.name}`, 'utf8')).not.toContain('Páo')
  expect(await makeLineFiles(files)).toBe(0)
  folder.remove()
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('so many take lines or files out at the same time, and who leaves makes room, read or not', async () => {
  const open = () => linesAsCsv(context, NO_FILTER, { sort: 'newest', locale: 'vi' })
  const taken = Array.from({ length: 5 }, open)
  expect(taken.map((stream) => stream !== null)).toEqual([true, true, true, true, false])
  taken[0]?.destroy()
  await vi.waitFor(() => expect(taken[0]?.closed).toBe(true))
  const read = open()
  expect(open()).toBeNull()
  expect(read && (await buffer(read)).length).toBeGreaterThan(0)
  for (const stream of [...taken, open()]) stream?.destroy()
  await vi.waitFor(() => expect(taken[3]?.closed).toBe(true))

  const part = {
    get: async () => new Uint8Array(1_000_000),
    put: async () => undefined,
    remove: async () => undefined,
    check: async () => undefined,
  }
  const file = { sha256: '', bytes: 2_000_000, parts: [`kept/${'0'.repeat(64)}`, `kept/${'1'.repeat(64)}`] }
  const downloads = Array.from({ length: 33 }, () => readLineFile({ files: part }, file))
  expect(downloads.filter((stream) => stream === null)).toHaveLength(1)
  let [longest, all] = [0, 0]
  downloads[0]?.on('data', (slice: Buffer) => {
    longest = Math.max(longest, slice.length)
    all += slice.length
  })
  await vi.waitFor(() => expect([longest, all]).toEqual([65_536, 2_000_000]))
  for (const stream of downloads) stream?.destroy()
})

test('made anew from the beginning, in other batches, it is the same', async () => {
  const read = async () => ({
    lines: (await context.db.select().from(publicLines).orderBy(publicLines.id)).map(({ terms, ...line }) => ({
      ...line,
      terms: terms.filter((term) => term < 0),
    })),
    words: await context.db
      .select({ word: publicLineWords.word, lines: publicLineWords.lines, vnd: publicLineWords.vnd })
      .from(publicLineWords)
      .orderBy(publicLineWords.word),
    sums: (
      await context.db
        .select()
        .from(publicLineSums)
        .where(sql`lines > 0`)
    )
      .map((row) => Object.values(row).join())
      .toSorted(),
  })
  const kept = await read()
  const { db } = database.owner ?? database.handle
  for (const table of [publicLines, publicLineWords, publicLineSums, publicLineProgress]) await db.delete(table)
  let isAll = false
  while (!isAll) isAll = (await followLines(context.db, context.now(), { most: 7, atOnce: 3 })).isAll
  expect(await read()).toEqual(kept)
  expect(await context.db.$count(publicLines, and(eq(publicLines.channel, 'bank')))).toBe(kept.lines.length)
})
