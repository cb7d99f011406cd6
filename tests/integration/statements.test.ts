import { and, asc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bankNotices, bankTransactions, statementDays, statementLines } from '../../db/schema'
import type { FileContext } from '../../lib/context'
import { eraseDonor } from '../../lib/donors/erase'
import { acceptFile, giveFile, mapColumns, throwFileAway } from '../../lib/statements/commands'
import { storeFile } from '../../lib/statements/store'
import { workOnStatements } from '../../lib/statements/work'
import { makePledge } from '../factories/giving'
import { makeCampaign, value } from '../factories/site'
import { inPieces, StatementDesk } from '../factories/statement-desk'
import { bidv, fileOf, LAYOUTS, techcombank, unknownBank, vietcombank, type MadeLine } from '../factories/statements'
import { closeAgreed } from '../factories/agreed'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
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

const daysOf = (fileId: bigint) =>
  context.db
    .select({
      ...{ day: statementDays.day, openingVnd: statementDays.openingVnd, closingVnd: statementDays.closingVnd, lines: statementDays.lines },
      ...{ inVnd: statementDays.inVnd, outVnd: statementDays.outVnd },
    })
    .from(statementDays)
    .where(eq(statementDays.fileId, fileId))
    .orderBy(asc(statementDays.day))

/** Each layout in one kind of file here; the readers are tested with all of them. */
const FILES = Object.entries(LAYOUTS).map(([name, layout], index) => ({
  name,
  layout,
  format: (['xlsx', 'xls', 'csv'] as const)[index % 3] ?? 'csv',
}))

describe('a statement', () => {
  test.each(FILES)('of $name as .$format is staged, looked at, accepted and booked', async ({ name, layout, format }) => {
    const { lines, sums, day, month } = desk.linesOfMonth()
    const made =
      name === 'techcombank'
        ? lines.map((line, index) => (index === 2 ? { ...line, feeVnd: 2_000 + month, vatVnd: 200 + month } : line))
        : lines
    const before = await context.db.$count(bankTransactions)
    const fileId = await desk.give(fileOf(format, layout({ lines: made })))
    expect(await desk.fileAt(fileId)).toMatchObject({
      state: 'read',
      format,
      problem: null,
      counts: { new: name === 'techcombank' ? 6 : 4, unreadable: 0, contradictory: 0 },
    })
    expect(await context.db.$count(bankTransactions)).toBe(before)
    expect(await desk.accept(fileId)).toEqual({ ok: true, value: null })
    expect(await desk.fileAt(fileId)).toMatchObject({ state: 'booked', linesBooked: name === 'techcombank' ? 6 : 4 })
    const [first = 0, second = 0, out = 0] = sums
    expect(await desk.booked(second)).toMatchObject([
      { provider: 'statement', state: 'unplaced', postedOn: day(20), giftVnd: BigInt(second) },
    ])
    expect(await desk.booked(out)).toMatchObject([{ state: 'outgoing', postedOn: day(21), giftVnd: null }])
    expect(await desk.booked(first)).toHaveLength(2)
    const days = (await daysOf(fileId)).filter(({ lines: count }) => count > 0)
    const fees = name === 'techcombank' ? 2_200 + 2 * month : 0
    const opening = 1_000_000n
    const afterFirst = opening + BigInt(first + second)
    const afterSecond = afterFirst - BigInt(out + fees)
    expect(days).toEqual([
      { day: day(20), openingVnd: opening, closingVnd: afterFirst, lines: 2, inVnd: BigInt(first + second), outVnd: 0n },
      { day: day(21), openingVnd: afterFirst, closingVnd: afterSecond, lines: fees ? 3 : 1, inVnd: 0n, outVnd: BigInt(out + fees) },
      { day: day(23), openingVnd: afterSecond, closingVnd: afterSecond + BigInt(first), lines: 1, inVnd: BigInt(first), outVnd: 0n },
    ])
  })
})

describe('a file', () => {
  test('whose code names a pledge is a gift to its campaign', async () => {
    const campaign = await makeCampaign(context)
    const { code } = await makePledge(context, campaign.slug)
    const { lines, sums } = desk.linesOfMonth()
    const [, second = 0] = sums
    await desk.accept(
      await desk.give(
        fileOf('xlsx', techcombank({ lines: lines.map((line, index) => (index === 1 ? { ...line, memo: `MBVCB.${code}.CT` } : line)) })),
      ),
    )
    expect(await desk.booked(second)).toMatchObject([{ state: 'placed' }])
    // Whose donor is erased has no memo anywhere but in the line of the books, whose time is its own.
    value(await eraseDonor(context, { code }))
    expect(await context.db.$count(statementLines, sql`memo like ${`%${code}%`}`)).toBe(0)
  })

  test('that is broken leaves nothing, and says which row and why', async () => {
    const { lines } = desk.linesOfMonth()
    const before = await context.db.$count(bankTransactions)
    const foreign = await desk.give(fileOf('xlsx', bidv({ lines }), bidv({ lines, account: '123123123' })))
    expect(await desk.fileAt(foreign)).toMatchObject({
      state: 'refused',
      problem: { code: 'foreign_account', row: 5, sheet: 'Trang 2', found: '123123123' },
      linesRead: 0,
    })
    expect(await desk.kindsOf(foreign)).toEqual([])
    const { rows } = bidv({ lines })
    const garbled = rows.map((row, index) => (index === 5 ? row.map((cell, at) => (at === 4 ? 'nam tram' : cell)) : row))
    const broken = await desk.give(fileOf('xlsx', { rows }, { rows: garbled }))
    expect(await desk.fileAt(broken)).toMatchObject({ state: 'read', counts: { unreadable: 1 } })
    const [unreadable] = await context.db
      .select()
      .from(statementLines)
      .where(and(eq(statementLines.fileId, broken), eq(statementLines.kind, 'unreadable')))
    expect(unreadable).toMatchObject({ row: 6, problem: { code: 'amount', row: 6, sheet: 'Trang 2', found: 'nam tram' } })
    expect(await desk.accept(broken, 'du sao')).toEqual({ ok: false, refusal: 'unreadable_lines' })
    value(await throwFileAway(context, { fundId: desk.fundId, fileId: broken, by: 'an' }))
    await desk.work()
    expect(await desk.kindsOf(broken)).toEqual([])
    expect(await context.db.$count(bankTransactions)).toBe(before)
  })

  test('of a bank that nobody knows asks once what its columns are', async () => {
    const { lines, sums } = desk.linesOfMonth()
    const [, second = 0] = sums
    const fileId = await desk.give(fileOf('xls', unknownBank({ lines })))
    const { state, head } = await desk.fileAt(fileId)
    expect({ state, header: head?.[1] }).toEqual({ state: 'needs_mapping', header: ['Hôm', 'Mã', 'Xuất', 'Nhập', 'Tồn', 'Lý do'] })
    const columns = [
      { header: 'Hôm', field: 'posted_on' },
      { header: 'Mã', field: 'reference' },
      { header: 'Xuất', field: 'debit' },
      { header: 'Nhập', field: 'credit' },
      { header: 'Tồn', field: 'balance' },
    ] as const
    const said = { fundId: desk.fundId, fileId, by: 'an', receivingAccountId: desk.accountId }
    expect(await mapColumns(context, { ...said, columns: columns.slice(1) })).toEqual({ ok: false, refusal: 'not_enough' })
    expect(await mapColumns(context, { ...said, columns: [...columns, { header: 'ton', field: 'memo' }] })).toEqual({
      ok: false,
      refusal: 'twice',
    })
    expect(await mapColumns(context, { ...said, receivingAccountId: desk.accountId + 1, columns })).toEqual({
      ok: false,
      refusal: 'unknown_account',
    })
    value(await mapColumns(context, { ...said, columns: [...columns, { header: 'Lý do', field: 'memo' }] }))
    await desk.work()
    expect(await desk.fileAt(fileId)).toMatchObject({ state: 'read', head: null, counts: { new: 4 } })
    const next = await desk.give(fileOf('csv', unknownBank({ lines })), { account: desk.accountId })
    expect(await desk.fileAt(next)).toMatchObject({ state: 'read', counts: { new: 4 } })
    await desk.accept(next)
    expect(await desk.booked(second)).toHaveLength(1)
  })

  test('is given, accepted and thrown away once, however often that is said', async () => {
    const bytes = fileOf('xlsx', bidv({ lines: desk.linesOfMonth().lines }))
    const fileId = await desk.give(bytes, { key: 'once' })
    expect(await desk.give(bytes, { key: 'once' })).toBe(fileId)
    await desk.accept(fileId)
    expect(await desk.accept(fileId)).toEqual({ ok: true, value: null })
    expect(await throwFileAway(context, { fundId: desk.fundId, fileId, by: 'an' })).toEqual({ ok: false, refusal: 'accepted' })
    expect(await throwFileAway(context, { fundId: desk.fundId + 1, fileId, by: 'an' })).toEqual({ ok: false, refusal: 'not_found' })
  })
})

describe('cut off and begun again', () => {
  test('reading goes on where it was, and booking books each line once', async () => {
    const many = Array.from({ length: 2_600 }, (_, index): MadeLine => ({
      day: `2009-0${1 + (index % 9)}-11`,
      amountVnd: 20_000 + (index % 40),
      reference: `Z${index}`,
      memo: 'x',
    }))
    const lines = many.sort((a, b) => (a.day < b.day ? -1 : 1))
    const stored = value(await storeFile(context, inPieces(fileOf('csv', vietcombank({ lines })))))
    const fileId = value(
      await giveFile(context, { ...stored, fundId: desk.fundId, name: 'a', receivingAccountId: null, idempotencyKey: 'cut', by: 'an' }),
    )
    let looks = 0
    /** Breaks off one transaction of eleven, whatever is under way. */
    const breaking = {
      ...context,
      db: new Proxy(context.db, {
        get(db, name): unknown {
          if (name === 'transaction' && (looks += 1) % 11 === 3) return () => Promise.reject(new Error('power cut'))
          const there: unknown = Reflect.get(db, name)
          return typeof there === 'function' ? there.bind(db) : there
        },
      }),
    }
    const goOn = () => workOnStatements(breaking, () => undefined).catch(() => undefined)
    for (let tries = 0; (await desk.fileAt(fileId)).state !== 'read'; tries++) {
      expect(tries).toBeLessThan(30)
      await goOn()
    }
    expect(await desk.kindsOf(fileId)).toHaveLength(2_600)
    value(await acceptFile(context, { fundId: desk.fundId, fileId, by: 'an', despite: null }))
    for (let tries = 0; (await desk.fileAt(fileId)).state !== 'booked'; tries++) {
      expect(tries).toBeLessThan(60)
      await goOn()
    }
    const of = sql`${bankNotices.providerEventId} like ${`${fileId}/%`}`
    expect(await context.db.$count(bankNotices, of)).toBe(2_600)
    expect(await context.db.$count(bankTransactions, sql`${bankTransactions.reference} like 'Z%'`)).toBe(2_600)
  })
})

describe('the tables refuse', () => {
  test('to change, or to take back, what was accepted', async () => {
    const fileId = await desk.give(fileOf('xlsx', bidv({ lines: desk.linesOfMonth().lines })))
    expect(await refusalOf(context.db, `update statement_files set state = 'booked' where id = ${fileId}`)).toMatch(
      /does not go from read to booked|statement_files_/,
    )
    await desk.accept(fileId)
    expect(await refusalOf(context.db, `delete from statement_lines where file_id = ${fileId}`)).toMatch(/was accepted as it is/)
    expect(await refusalOf(context.db, `update statement_lines set amount_vnd = 1 where file_id = ${fileId}`)).toMatch(
      /stays as it was read/,
    )
    expect(await refusalOf(context.db, `update statement_days set closing_vnd = 1 where file_id = ${fileId}`)).toMatch(
      /was accepted as it is/,
    )
    expect(await refusalOf(context.db, `update bank_transactions set posted_on = '2026-01-01' where posted_on is not null`)).toMatch(
      /posting day/,
    )
  })
})
