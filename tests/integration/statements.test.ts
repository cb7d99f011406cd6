import { and, asc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bankNotices,
  bankTransactions,
  donations,
  receivingAccounts,
  statementDays,
  statementFiles,
  statementLines,
  statementParts,
} from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import type { FileContext } from '../../lib/context'
import { eraseDonor } from '../../lib/donors/erase'
import { sweepFiles } from '../../lib/evidence/sweep'
import { nameIn } from '../../lib/files/digest'
import { createRetention } from '../../lib/retention/forget'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { acceptFile, giveFile, mapColumns, throwFileAway } from '../../lib/statements/commands'
import { storeFile } from '../../lib/statements/store'
import { workOnStatements } from '../../lib/statements/work'
import { bankNotice, makePledge } from '../factories/giving'
import { ACCOUNTS, makeCampaign, makeFunds, value } from '../factories/site'
import { bidv, cashUp, fileOf, LAYOUTS, mb, someLines, techcombank, unknownBank, vietcombank, type MadeLine } from '../factories/statements'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { testFolder, withFiles } from '../setup/files'

const folder = testFolder()
let database: TestDatabase
let context: TestContext & FileContext
let fundId: number
let accountId: number

beforeAll(async () => {
  database = await testDatabase()
  context = withFiles(testContext(database.handle), folder)
  await makeFunds(context)
  const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.accountNumber, ACCOUNTS['ha-noi']))
  if (!account) throw new Error('no account')
  fundId = account.fundId
  accountId = account.id
})
afterAll(async () => {
  await sequencePending(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
  await database.close()
  folder.remove()
})

async function* inPieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 1_000) yield await Promise.resolve(bytes.subarray(at, at + 1_000))
}

/** Gives a file, and has everything done that needs no person. */
async function give(
  bytes: Buffer,
  { account = null as number | null, key = String(Math.random()), errors = [] as unknown[] } = {},
): Promise<bigint> {
  const stored = value(await storeFile(context, inPieces(bytes)))
  const said = { fundId, name: 'sao ke.xlsx', receivingAccountId: account, idempotencyKey: key, by: 'an' }
  const fileId = value(await giveFile(context, { ...stored, ...said }))
  await work(errors)
  return fileId
}
const work = async (errors: unknown[] = []) => {
  await workOnStatements(context, (_fileId, error) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}
const accept = async (fileId: bigint, despite: string | null = null) => {
  const accepted = await acceptFile(context, { fundId, fileId, by: 'an', despite })
  await work()
  return accepted
}
const fileAt = async (id: bigint) => {
  const [file] = await context.db.select().from(statementFiles).where(eq(statementFiles.id, id))
  if (!file) throw new Error('no file')
  return file
}
const kindsOf = async (fileId: bigint) =>
  (
    await context.db
      .select({ kind: statementLines.kind })
      .from(statementLines)
      .where(eq(statementLines.fileId, fileId))
      .orderBy(asc(statementLines.number))
  ).map(({ kind }) => kind)
const daysOf = (fileId: bigint) =>
  context.db
    .select({
      ...{ day: statementDays.day, openingVnd: statementDays.openingVnd, closingVnd: statementDays.closingVnd, lines: statementDays.lines },
      ...{ inVnd: statementDays.inVnd, outVnd: statementDays.outVnd },
    })
    .from(statementDays)
    .where(eq(statementDays.fileId, fileId))
    .orderBy(asc(statementDays.day))
/** Bank lines of a sum, with the gift each became. */
const booked = (amountVnd: number) =>
  context.db
    .select({
      ...{ provider: bankTransactions.provider, state: bankTransactions.state, postedOn: bankTransactions.postedOn },
      ...{ giftVnd: donations.amountVnd, transactedAt: bankTransactions.transactedAt },
    })
    .from(bankTransactions)
    .leftJoin(donations, eq(donations.bankTransactionId, bankTransactions.id))
    .where(eq(bankTransactions.amountVnd, BigInt(amountVnd)))
    .orderBy(asc(bankTransactions.id))

let month = 0
/** Lines in a month of their own, with sums and references of their own, so that tests do not meet. */
function linesOfMonth(scale = 1): { lines: MadeLine[]; sums: number[]; day: (day: number) => string } {
  month += 1
  const prefix = `${2010 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  const lines = someLines().map(({ feeVnd: _fee, vatVnd: _vat, ...line }, index) => ({
    ...line,
    ...{ day: line.day.replace('2026-11', prefix), amountVnd: (line.amountVnd + month) * scale, reference: `M${month}R${index}` },
  }))
  return { lines, sums: lines.map(({ amountVnd }) => Math.abs(amountVnd)), day: (day) => `${prefix}-${String(day).padStart(2, '0')}` }
}

/** Each layout in one kind of file here; the readers are tested with all of them. */
const FILES = Object.entries(LAYOUTS).map(([name, layout], index) => ({
  name,
  layout,
  format: (['xlsx', 'xls', 'csv'] as const)[index % 3] ?? 'csv',
}))

describe('a statement', () => {
  test.each(FILES)('of $name as .$format is staged, looked at, accepted and booked', async ({ name, layout, format }) => {
    const { lines, sums, day } = linesOfMonth()
    const made =
      name === 'techcombank'
        ? lines.map((line, index) => (index === 2 ? { ...line, feeVnd: 2_000 + month, vatVnd: 200 + month } : line))
        : lines
    const before = await context.db.$count(bankTransactions)
    const fileId = await give(fileOf(format, layout({ lines: made })))
    expect(await fileAt(fileId)).toMatchObject({
      state: 'read',
      format,
      problem: null,
      counts: { new: name === 'techcombank' ? 6 : 4, unreadable: 0, contradictory: 0 },
    })
    expect(await context.db.$count(bankTransactions)).toBe(before)
    expect(await accept(fileId)).toEqual({ ok: true, value: null })
    expect(await fileAt(fileId)).toMatchObject({ state: 'booked', linesBooked: name === 'techcombank' ? 6 : 4 })
    const [first = 0, second = 0, out = 0] = sums
    expect(await booked(second)).toMatchObject([{ provider: 'statement', state: 'unplaced', postedOn: day(20), giftVnd: BigInt(second) }])
    expect(await booked(out)).toMatchObject([{ state: 'outgoing', postedOn: day(21), giftVnd: null }])
    expect(await booked(first)).toHaveLength(2)
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

describe('what is told twice is one line', () => {
  test('by webhook first: the file merges it, keeps its moment and adds the day', async () => {
    const { lines, sums, day } = linesOfMonth()
    const [first = 0, second = 0] = sums
    const happened = new Date(`${day(20)}T02:00:00Z`)
    const told = { amountVnd: BigInt(second), reference: `M${month}R1`, memo: 'theo SePay', transactedAt: happened }
    await receiveBankNotice(context, bankNotice(told))
    const fileId = await give(fileOf('xlsx', mb({ lines })))
    expect(await kindsOf(fileId)).toEqual(['new', 'known', 'new', 'new'])
    await accept(fileId)
    expect(await booked(second)).toEqual([
      { provider: 'sepay', state: 'unplaced', postedOn: day(20), giftVnd: BigInt(second), transactedAt: happened },
    ])
    expect(await booked(first)).toHaveLength(2)
  })

  test('by file first: a webhook that is late merges, by reference or by balance, in whatever order', async () => {
    const { lines, sums, day } = linesOfMonth()
    const [first = 0, second = 0] = sums
    await accept(await give(fileOf('xls', bidv({ lines }))))
    const late = { transactedAt: new Date(`${day(20)}T02:00:00Z`) }
    expect(await receiveBankNotice(context, bankNotice({ ...late, amountVnd: BigInt(second), reference: `m${month}-r1` }))).toBe('merged')
    const balanceVnd = 1_000_000n + BigInt(first)
    expect(
      await receiveBankNotice(context, bankNotice({ ...late, amountVnd: BigInt(first), reference: 'X', runningBalanceVnd: balanceVnd })),
    ).toBe('merged')
    expect(await booked(second)).toMatchObject([{ provider: 'statement', giftVnd: BigInt(second), postedOn: day(20) }])
  })

  test('a gift of the same sum after the last day of a file is a gift of its own; one of that day waits for a person', async () => {
    const { lines, sums, day } = linesOfMonth()
    const [first = 0] = sums
    await accept(await give(fileOf('xlsx', vietcombank({ lines }))))
    const at = (time: string) => bankNotice({ amountVnd: BigInt(first), transactedAt: new Date(time) })
    await receiveBankNotice(context, at(`${day(24)}T01:00:00+07:00`))
    expect((await booked(first)).at(-1)).toMatchObject({ provider: 'sepay', state: 'unplaced', giftVnd: BigInt(first) })
    for (const time of [`${day(23)}T20:00:00+07:00`, `${day(24)}T00:05:00+07:00`]) {
      await receiveBankNotice(context, at(time))
      expect((await booked(first)).at(-1)).toMatchObject({ provider: 'sepay', state: 'possible_duplicate', giftVnd: null })
    }
  })

  test('by two files that overlap, of one layout or of two, with the webhook in between', async () => {
    const { lines, sums, day } = linesOfMonth()
    const [first = 0, second = 0, out = 0] = sums
    await accept(await give(fileOf('xlsx', bidv({ lines: lines.slice(0, 2) }))))
    await receiveBankNotice(
      context,
      bankNotice({ amountVnd: BigInt(second), reference: `M${month}R1`, transactedAt: new Date(`${day(20)}T03:00:00Z`) }),
    )
    const all = await give(fileOf('csv', bidv({ lines })))
    expect(await kindsOf(all)).toEqual(['known', 'known', 'new', 'new'])
    await accept(all)
    const other = await give(fileOf('xls', cashUp({ lines })))
    expect(await kindsOf(other)).toEqual(['known', 'known', 'known', 'known'])
    await accept(other)
    expect(await booked(first)).toHaveLength(2)
    expect(await booked(second)).toHaveLength(1)
    expect(await booked(out)).toHaveLength(1)
  })

  test('neighbours of one sum, some of them told before, stay as many as they are', async () => {
    const { day } = linesOfMonth()
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
    const fileId = await give(fileOf('xlsx', bidv({ lines })))
    expect(await kindsOf(fileId)).toEqual(['new', 'known', 'new', 'known', 'new', 'new'])
    await accept(fileId)
    expect((await booked(amountVnd)).map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'unplaced'))
    expect(await kindsOf(await give(fileOf('xls', bidv({ lines }))))).toEqual(Array.from({ length: 6 }, () => 'known'))
  })

  test('more neighbours than a look-up gives hide neither the one that nobody claims nor the one that comes late', async () => {
    const { day } = linesOfMonth()
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
    const fileId = await give(fileOf('csv', vietcombank({ lines: [...earlier, ...lines] })))
    expect(await kindsOf(fileId)).toEqual([...earlier.map(() => 'new'), ...Array.from({ length: 25 }, () => 'known'), 'possible_duplicate'])
    await accept(fileId)
    await receiveBankNotice(context, told('LATE'))
    expect((await booked(amountVnd)).filter(({ state }) => state === 'possible_duplicate').map(({ provider }) => provider)).toEqual([
      'statement',
      'sepay',
    ])
  })

  test('by a webhook that nothing joins to it waits for a person, once', async () => {
    const { lines, sums, day } = linesOfMonth()
    const [, second = 0] = sums
    await receiveBankNotice(
      context,
      bankNotice({ amountVnd: BigInt(second), reference: 'OWN', transactedAt: new Date(`${day(19)}T16:00:00Z`) }),
    )
    const fileId = await give(fileOf('xlsx', vietcombank({ lines })))
    expect(await kindsOf(fileId)).toEqual(['new', 'possible_duplicate', 'new', 'new'])
    await accept(fileId)
    expect(await booked(second)).toMatchObject([
      { provider: 'sepay', state: 'unplaced', postedOn: null },
      { provider: 'statement', state: 'possible_duplicate', postedOn: day(20), giftVnd: null },
    ])
  })

  test('by files that write references in two ways waits for a person where balances do not tell', async () => {
    const { lines, sums } = linesOfMonth()
    const [, second = 0] = sums
    await accept(await give(fileOf('xlsx', vietcombank({ lines }))))
    const otherwise = lines.map((line) => ({ ...line, reference: `OTHER${line.reference}` }))
    const fileId = await give(fileOf('xls', cashUp({ lines: otherwise })))
    expect(new Set(await kindsOf(fileId))).toEqual(new Set(['possible_duplicate']))
    await accept(fileId)
    expect((await booked(second)).map(({ state }) => state)).toEqual(['unplaced', 'possible_duplicate'])
  })

  test('a reference that tells of another balance contradicts, and asks for a reason', async () => {
    const { lines, sums } = linesOfMonth()
    const [, second = 0] = sums
    await accept(await give(fileOf('xlsx', bidv({ lines }))))
    const fileId = await give(fileOf('xlsx', bidv({ lines: lines.slice(0, 2), openingVnd: 5_000_000 })))
    expect(await kindsOf(fileId)).toEqual(['contradictory', 'contradictory'])
    expect(await accept(fileId)).toEqual({ ok: false, refusal: 'contradictory_lines' })
    expect(await accept(fileId, '  ')).toEqual({ ok: false, refusal: 'contradictory_lines' })
    expect(await accept(fileId, 'Ngân hàng đã đính chính số dư')).toEqual({ ok: true, value: null })
    expect((await booked(second)).map(({ state }) => state)).toEqual(['unplaced', 'possible_duplicate'])
  })

  test('two files of the same days, looked at together: the second is compared anew', async () => {
    const { lines, sums } = linesOfMonth()
    const [, second = 0] = sums
    const [one, other] = [await give(fileOf('xlsx', bidv({ lines }))), await give(fileOf('xls', bidv({ lines })))]
    expect(await kindsOf(other)).toEqual(['new', 'new', 'new', 'new'])
    value(await acceptFile(context, { fundId, fileId: one, by: 'an', despite: null }))
    expect(await acceptFile(context, { fundId, fileId: other, by: 'an', despite: null })).toEqual({ ok: false, refusal: 'not_read' })
    await work()
    expect(await kindsOf(other)).toEqual(['known', 'known', 'known', 'known'])
    await accept(other)
    expect(await booked(second)).toHaveLength(1)
  })
})

describe('a file', () => {
  test('whose code names a pledge is a gift to its campaign', async () => {
    const campaign = await makeCampaign(context)
    const { code } = await makePledge(context, campaign.slug)
    const { lines, sums } = linesOfMonth()
    const [, second = 0] = sums
    await accept(
      await give(
        fileOf('xlsx', techcombank({ lines: lines.map((line, index) => (index === 1 ? { ...line, memo: `MBVCB.${code}.CT` } : line)) })),
      ),
    )
    expect(await booked(second)).toMatchObject([{ state: 'placed' }])
    // Whose donor is erased has no memo anywhere but in the line of the books, whose time is its own.
    value(await eraseDonor(context, { code }))
    expect(await context.db.$count(statementLines, sql`memo like ${`%${code}%`}`)).toBe(0)
  })

  test('that is broken leaves nothing, and says which row and why', async () => {
    const { lines } = linesOfMonth()
    const before = await context.db.$count(bankTransactions)
    const foreign = await give(fileOf('xlsx', bidv({ lines }), bidv({ lines, account: '123123123' })))
    expect(await fileAt(foreign)).toMatchObject({
      state: 'refused',
      problem: { code: 'foreign_account', row: 5, sheet: 'Trang 2', found: '123123123' },
      linesRead: 0,
    })
    expect(await kindsOf(foreign)).toEqual([])
    const { rows } = bidv({ lines })
    const garbled = rows.map((row, index) => (index === 5 ? row.map((cell, at) => (at === 4 ? 'nam tram' : cell)) : row))
    const broken = await give(fileOf('xlsx', { rows }, { rows: garbled }))
    expect(await fileAt(broken)).toMatchObject({ state: 'read', counts: { unreadable: 1 } })
    const [unreadable] = await context.db
      .select()
      .from(statementLines)
      .where(and(eq(statementLines.fileId, broken), eq(statementLines.kind, 'unreadable')))
    expect(unreadable).toMatchObject({ row: 6, problem: { code: 'amount', row: 6, sheet: 'Trang 2', found: 'nam tram' } })
    expect(await accept(broken, 'du sao')).toEqual({ ok: false, refusal: 'unreadable_lines' })
    value(await throwFileAway(context, { fundId, fileId: broken, by: 'an' }))
    await work()
    expect(await kindsOf(broken)).toEqual([])
    expect(await context.db.$count(bankTransactions)).toBe(before)
  })

  test('of a bank that nobody knows asks once what its columns are', async () => {
    const { lines, sums } = linesOfMonth()
    const [, second = 0] = sums
    const fileId = await give(fileOf('xls', unknownBank({ lines })))
    const { state, head } = await fileAt(fileId)
    expect({ state, header: head?.[1] }).toEqual({ state: 'needs_mapping', header: ['Hôm', 'Mã', 'Xuất', 'Nhập', 'Tồn', 'Lý do'] })
    const columns = [
      { header: 'Hôm', field: 'posted_on' },
      { header: 'Mã', field: 'reference' },
      { header: 'Xuất', field: 'debit' },
      { header: 'Nhập', field: 'credit' },
      { header: 'Tồn', field: 'balance' },
    ] as const
    const said = { fundId, fileId, by: 'an', receivingAccountId: accountId }
    expect(await mapColumns(context, { ...said, columns: columns.slice(1) })).toEqual({ ok: false, refusal: 'not_enough' })
    expect(await mapColumns(context, { ...said, columns: [...columns, { header: 'ton', field: 'memo' }] })).toEqual({
      ok: false,
      refusal: 'twice',
    })
    expect(await mapColumns(context, { ...said, receivingAccountId: accountId + 1, columns })).toEqual({
      ok: false,
      refusal: 'unknown_account',
    })
    value(await mapColumns(context, { ...said, columns: [...columns, { header: 'Lý do', field: 'memo' }] }))
    await work()
    expect(await fileAt(fileId)).toMatchObject({ state: 'read', head: null, counts: { new: 4 } })
    const next = await give(fileOf('csv', unknownBank({ lines })), { account: accountId })
    expect(await fileAt(next)).toMatchObject({ state: 'read', counts: { new: 4 } })
    await accept(next)
    expect(await booked(second)).toHaveLength(1)
  })

  test('is given, accepted and thrown away once, however often that is said', async () => {
    const bytes = fileOf('xlsx', bidv({ lines: linesOfMonth().lines }))
    const fileId = await give(bytes, { key: 'once' })
    expect(await give(bytes, { key: 'once' })).toBe(fileId)
    await accept(fileId)
    expect(await accept(fileId)).toEqual({ ok: true, value: null })
    expect(await throwFileAway(context, { fundId, fileId, by: 'an' })).toEqual({ ok: false, refusal: 'accepted' })
    expect(await throwFileAway(context, { fundId: fundId + 1, fileId, by: 'an' })).toEqual({ ok: false, refusal: 'not_found' })
  })

  test('lies in the store until it is thrown away', async () => {
    const kept = await give(fileOf('xlsx', bidv({ lines: linesOfMonth().lines })))
    const gone = await give(fileOf('xlsx', bidv({ lines: linesOfMonth().lines })))
    value(await throwFileAway(context, { fundId, fileId: gone, by: 'an' }))
    context.advance(2 * 86_400_000)
    await sweepFiles(context)
    const there = async (id: bigint) => {
      const [part] = await context.db.select().from(statementParts).where(eq(statementParts.fileId, id))
      return (await context.files.get(nameIn(part?.file ?? ''))) !== null
    }
    expect([await there(kept), await there(gone)]).toEqual([true, false])
  })
})

test('memos are forgotten once they are old, and files that nobody accepted are thrown away', async () => {
  const booked = await give(fileOf('csv', bidv({ lines: linesOfMonth().lines })))
  await accept(booked)
  const open = await give(fileOf('csv', bidv({ lines: linesOfMonth().lines })))
  const memosOf = (id: bigint) => context.db.$count(statementLines, and(eq(statementLines.fileId, id), sql`memo <> ''`))
  expect(await memosOf(booked)).toBe(4)
  context.advance(31 * 86_400_000)
  expect(await createRetention(context).run()).toMatchObject({ staged: 0 })
  await work()
  expect(await fileAt(open)).toMatchObject({ state: 'thrown_away', thrownAwayBy: null, linesRead: 0 })
  context.advance(60 * 86_400_000)
  const { staged } = await createRetention(context, 3).run()
  expect(staged).toBeGreaterThanOrEqual(4)
  expect(await memosOf(booked)).toBe(0)
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
      await giveFile(context, { ...stored, fundId, name: 'a', receivingAccountId: null, idempotencyKey: 'cut', by: 'an' }),
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
    for (let tries = 0; (await fileAt(fileId)).state !== 'read'; tries++) {
      expect(tries).toBeLessThan(30)
      await goOn()
    }
    expect(await kindsOf(fileId)).toHaveLength(2_600)
    value(await acceptFile(context, { fundId, fileId, by: 'an', despite: null }))
    for (let tries = 0; (await fileAt(fileId)).state !== 'booked'; tries++) {
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
    const fileId = await give(fileOf('xlsx', bidv({ lines: linesOfMonth().lines })))
    expect(await refusalOf(context.db, `update statement_files set state = 'booked' where id = ${fileId}`)).toMatch(
      /does not go from read to booked|statement_files_/,
    )
    await accept(fileId)
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
