import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiveBankNotice } from '../../lib/bank/commands'
import type { FileContext } from '../../lib/context'
import { acceptFile } from '../../lib/statements/commands'
import { bankNotice } from '../factories/giving'
import { value } from '../factories/site'
import { StatementDesk } from '../factories/statement-desk'
import { bidv, cashUp, fileOf, mb, vietcombank, type MadeLine } from '../factories/statements'
import { closeAgreed } from '../factories/agreed'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'

const folder = testFolder()
let database: TestDatabase
let context: TestContext & FileContext
let desk: StatementDesk

beforeAll(async () => {
  database = await testDatabase()
  context = withFiles(testContext(database.handle), folder)
  desk = await StatementDesk.open(context)
})
afterAll(async () => {
  await closeAgreed(database, context)
  folder.remove()
})

describe('what is told twice is one line', () => {
  test('by webhook first: the file merges it, keeps its moment and adds the day', async () => {
    const { lines, sums, day, month } = desk.linesOfMonth()
    const [first = 0, second = 0] = sums
    const happened = new Date(`${day(20)}T02:00:00Z`)
    const told = { amountVnd: BigInt(second), reference: `M${month}R1`, memo: 'theo SePay', transactedAt: happened }
    await receiveBankNotice(context, bankNotice(told))
    const fileId = await desk.give(fileOf('xlsx', mb({ lines })))
    expect(await desk.kindsOf(fileId)).toEqual(['new', 'known', 'new', 'new'])
    await desk.accept(fileId)
    expect(await desk.booked(second)).toEqual([
      { provider: 'sepay', state: 'unplaced', postedOn: day(20), giftVnd: BigInt(second), transactedAt: happened },
    ])
    expect(await desk.booked(first)).toHaveLength(2)
  })

  test('by file first: a webhook that is late merges, by reference or by balance, in whatever order', async () => {
    const { lines, sums, day, month } = desk.linesOfMonth()
    const [first = 0, second = 0] = sums
    await desk.accept(await desk.give(fileOf('xls', bidv({ lines }))))
    const late = { transactedAt: new Date(`${day(20)}T02:00:00Z`) }
    expect(await receiveBankNotice(context, bankNotice({ ...late, amountVnd: BigInt(second), reference: `m${month}-r1` }))).toBe('merged')
    const balanceVnd = 1_000_000n + BigInt(first)
    expect(
      await receiveBankNotice(context, bankNotice({ ...late, amountVnd: BigInt(first), reference: 'X', runningBalanceVnd: balanceVnd })),
    ).toBe('merged')
    expect(await desk.booked(second)).toMatchObject([{ provider: 'statement', giftVnd: BigInt(second), postedOn: day(20) }])
  })

  test('a gift of the same sum after the last day of a file is a gift of its own; one of that day waits for a person', async () => {
    const { lines, sums, day } = desk.linesOfMonth()
    const [first = 0] = sums
    await desk.accept(await desk.give(fileOf('xlsx', vietcombank({ lines }))))
    const at = (time: string) => bankNotice({ amountVnd: BigInt(first), transactedAt: new Date(time) })
    await receiveBankNotice(context, at(`${day(24)}T01:00:00+07:00`))
    expect((await desk.booked(first)).at(-1)).toMatchObject({ provider: 'sepay', state: 'unplaced', giftVnd: BigInt(first) })
    for (const time of [`${day(23)}T20:00:00+07:00`, `${day(24)}T00:05:00+07:00`]) {
      await receiveBankNotice(context, at(time))
      expect((await desk.booked(first)).at(-1)).toMatchObject({ provider: 'sepay', state: 'possible_duplicate', giftVnd: null })
    }
  })

  test('by two files that overlap, of one layout or of two, with the webhook in between', async () => {
    const { lines, sums, day, month } = desk.linesOfMonth()
    const [first = 0, second = 0, out = 0] = sums
    await desk.accept(await desk.give(fileOf('xlsx', bidv({ lines: lines.slice(0, 2) }))))
    await receiveBankNotice(
      context,
      bankNotice({ amountVnd: BigInt(second), reference: `M${month}R1`, transactedAt: new Date(`${day(20)}T03:00:00Z`) }),
    )
    const all = await desk.give(fileOf('csv', bidv({ lines })))
    expect(await desk.kindsOf(all)).toEqual(['known', 'known', 'new', 'new'])
    await desk.accept(all)
    const other = await desk.give(fileOf('xls', cashUp({ lines })))
    expect(await desk.kindsOf(other)).toEqual(['known', 'known', 'known', 'known'])
    await desk.accept(other)
    expect(await desk.booked(first)).toHaveLength(2)
    expect(await desk.booked(second)).toHaveLength(1)
    expect(await desk.booked(out)).toHaveLength(1)
  })

  test('neighbours of one sum, some of them told before, stay as many as they are', async () => {
    const { day, month } = desk.linesOfMonth()
    const amountVnd = 31_000 + month
    const lines = Array.from({ length: 6 }, (_, index): MadeLine => ({
      day: day(20),
      amountVnd,
      reference: `N${month}R${index}`,
      memo: 'ung ho',
    }))
    const at = new Date(`${day(20)}T03:00:00Z`)
    // The second and the fourth were told by webhook; the fourth under the reference of the aggregator's own.
    await receiveBankNotice(context, bankNotice({ amountVnd: BigInt(amountVnd), reference: `N${month}R1`, transactedAt: at }))
    await receiveBankNotice(
      context,
      bankNotice({
        amountVnd: BigInt(amountVnd),
        reference: 'OWN',
        runningBalanceVnd: 1_000_000n + 4n * BigInt(amountVnd),
        transactedAt: at,
      }),
    )
    const fileId = await desk.give(fileOf('xlsx', bidv({ lines })))
    expect(await desk.kindsOf(fileId)).toEqual(['new', 'known', 'new', 'known', 'new', 'new'])
    await desk.accept(fileId)
    expect((await desk.booked(amountVnd)).map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'unplaced'))
    expect(await desk.kindsOf(await desk.give(fileOf('xls', bidv({ lines }))))).toEqual(Array.from({ length: 6 }, () => 'known'))
  })

  test('more neighbours than a look-up gives hide neither the one that nobody claims nor the one that comes late', async () => {
    const { day, month } = desk.linesOfMonth()
    const amountVnd = 41_000 + month
    const at = new Date(`${day(20)}T03:00:00Z`)
    const told = (reference: string) => bankNotice({ amountVnd: BigInt(amountVnd), reference, transactedAt: at })
    for (let index = 0; index < 25; index++) await receiveBankNotice(context, told(`P${month}R${index}`))
    await receiveBankNotice(context, told('OWN'))
    const lines = Array.from({ length: 26 }, (_, index): MadeLine => ({
      day: day(20),
      amountVnd,
      reference: `P${month}R${index}`,
      memo: 'x',
    }))
    const earlier = Array.from({ length: 25 }, (_, index): MadeLine => ({
      day: day(19),
      amountVnd,
      reference: `Q${month}R${index}`,
      memo: 'x',
    }))
    const fileId = await desk.give(fileOf('csv', vietcombank({ lines: [...earlier, ...lines] })))
    expect(await desk.kindsOf(fileId)).toEqual([
      ...earlier.map(() => 'new'),
      ...Array.from({ length: 25 }, () => 'known'),
      'possible_duplicate',
    ])
    await desk.accept(fileId)
    await receiveBankNotice(context, told('LATE'))
    expect((await desk.booked(amountVnd)).filter(({ state }) => state === 'possible_duplicate').map(({ provider }) => provider)).toEqual([
      'statement',
      'sepay',
    ])
  })

  test('by a webhook that nothing joins to it waits for a person, once', async () => {
    const { lines, sums, day } = desk.linesOfMonth()
    const [, second = 0] = sums
    await receiveBankNotice(
      context,
      bankNotice({ amountVnd: BigInt(second), reference: 'OWN', transactedAt: new Date(`${day(19)}T16:00:00Z`) }),
    )
    const fileId = await desk.give(fileOf('xlsx', vietcombank({ lines })))
    expect(await desk.kindsOf(fileId)).toEqual(['new', 'possible_duplicate', 'new', 'new'])
    await desk.accept(fileId)
    expect(await desk.booked(second)).toMatchObject([
      { provider: 'sepay', state: 'unplaced', postedOn: null },
      { provider: 'statement', state: 'possible_duplicate', postedOn: day(20), giftVnd: null },
    ])
  })

  test('by files that write references in two ways waits for a person where balances do not tell', async () => {
    const { lines, sums } = desk.linesOfMonth()
    const [, second = 0] = sums
    await desk.accept(await desk.give(fileOf('xlsx', vietcombank({ lines }))))
    const otherwise = lines.map((line) => ({ ...line, reference: `OTHER${line.reference}` }))
    const fileId = await desk.give(fileOf('xls', cashUp({ lines: otherwise })))
    expect(new Set(await desk.kindsOf(fileId))).toEqual(new Set(['possible_duplicate']))
    await desk.accept(fileId)
    expect((await desk.booked(second)).map(({ state }) => state)).toEqual(['unplaced', 'possible_duplicate'])
  })

  test('a reference that tells of another balance contradicts, and asks for a reason', async () => {
    const { lines, sums } = desk.linesOfMonth()
    const [, second = 0] = sums
    await desk.accept(await desk.give(fileOf('xlsx', bidv({ lines }))))
    const fileId = await desk.give(fileOf('xlsx', bidv({ lines: lines.slice(0, 2), openingVnd: 5_000_000 })))
    expect(await desk.kindsOf(fileId)).toEqual(['contradictory', 'contradictory'])
    expect(await desk.accept(fileId)).toEqual({ ok: false, refusal: 'contradictory_lines' })
    expect(await desk.accept(fileId, '  ')).toEqual({ ok: false, refusal: 'contradictory_lines' })
    expect(await desk.accept(fileId, 'Ngân hàng đã đính chính số dư')).toEqual({ ok: true, value: null })
    expect((await desk.booked(second)).map(({ state }) => state)).toEqual(['unplaced', 'possible_duplicate'])
  })

  test('two files of the same days, looked at together: the second is compared anew', async () => {
    const { lines, sums } = desk.linesOfMonth()
    const [, second = 0] = sums
    const [one, other] = [await desk.give(fileOf('xlsx', bidv({ lines }))), await desk.give(fileOf('xls', bidv({ lines })))]
    expect(await desk.kindsOf(other)).toEqual(['new', 'new', 'new', 'new'])
    value(await acceptFile(context, { fundId: desk.fundId, fileId: one, by: 'an', despite: null }))
    expect(await acceptFile(context, { fundId: desk.fundId, fileId: other, by: 'an', despite: null })).toEqual({
      ok: false,
      refusal: 'not_read',
    })
    await desk.work()
    expect(await desk.kindsOf(other)).toEqual(['known', 'known', 'known', 'known'])
    await desk.accept(other)
    expect(await desk.booked(second)).toHaveLength(1)
  })
})
