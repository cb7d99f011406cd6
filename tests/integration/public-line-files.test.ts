import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { and, desc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankTransactions, publicLineFileParts, publicLineFiles, publicLines, publicLineTotals, publicLineWords } from '../../db/schema'
import { GET as exported } from '../../app/[locale]/sao-ke.csv/route'
import { GET as sent } from '../../app/[locale]/(site)/sao-ke/tep/[name]/route'
import { closeDay, tellPlaced } from '../../lib/bank/close'
import { receiveBankNotices } from '../../lib/bank/commands'
import { arrive } from '../../lib/bank/told'
import type { FileContext } from '../../lib/context'
import { eraseDonor } from '../../lib/donors/erase'
import { approveRetirement, proposeRetirement } from '../../lib/funds/commands'
import { setNameShown } from '../../lib/pledges/name-shown'
import { linesAsCsv } from '../../lib/public-lines/csv'
import { findLineFile, listLineFiles, readLineFile } from '../../lib/public-lines/files'
import { makeLineFiles } from '../../lib/public-lines/make-files'
import { ALL_POTS, NO_FILTER, type LinesView } from '../../lib/public-lines/model'
import { getLines, listLineOptions } from '../../lib/public-lines/queries'
import { readLineQuery, type LineQuery } from '../../lib/public-lines/schema'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { addDays, dayOf } from '../../lib/time/day'
import { CAMPAIGN_SLUGS, follow, giveInWords, makeLinesAnew, makeLineWorld, readLines } from '../factories/public-lines'
import { bankNotice } from '../factories/giving'
import { value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'
import { rowsRead } from '../setup/rows-read'
import { serve } from '../setup/server'
import { within } from '../setup/watched'

const HOUR_MS = 3_600_000

const folder = testFolder()
let database: TestDatabase
let context: TestContext
let files: TestContext & FileContext

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  files = withFiles(context, folder)
  serve(context, database, { files: files.files })
  await makeLineWorld(context)
  // Days of both accounts that are not closed.
  for (const campaign of CAMPAIGN_SLUGS)
    for (const day of ['2026-11-18', '2026-11-20', '2026-11-21'])
      await giveInWords(context, { name: 'Lò Thị Mẫu', isNamed: true, message: 'Chúc các em ấm' }, { campaign, at: `${day}T03:00:00Z` })
})
afterAll(async () => {
  await database.close()
  folder.remove()
})

/** What a reader gets of a period; the promise that was made with it is kept. */
async function read(period: string): Promise<{ text: string; isMade: boolean } | null> {
  const file = await findLineFile(context.db, period)
  if (file === null || file === 'many') return null
  const bytes = await buffer(readLineFile(files, file))
  if (file.made) expect([file.made.bytes, file.made.sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')])
  return { text: bytes.toString(), isMade: file.made !== null }
}

test('closed days, months and years are files, made anew when a name is erased or a line comes late', async () => {
  const { code } = await giveInWords(context, { name: 'Hờ A Páo', isNamed: true, amountVnd: 123_000n }, { at: '2025-02-27T03:00:00Z' })
  await follow(context)
  // No day of the bank is closed.
  expect(await makeLineFiles(files)).toBe(0)
  const [line] = await context.db.select({ id: publicLines.bankTransactionId }).from(publicLines).where(eq(publicLines.day, '2025-02-27'))
  await context.db
    .update(bankTransactions)
    .set({ postedOn: '2025-02-27' })
    .where(eq(bankTransactions.id, line?.id ?? 0n))
  await tellPlaced(context, 1, '2025-02-27')
  value(await closeDay(context, { accountId: 1, day: '2025-02-27', openingVnd: 0n, closingVnd: 123_000n, by: 'ke-toan' }))
  await follow(context)
  expect(await makeLineFiles(files)).toBe(3)
  expect((await listLineFiles(context.db, null)).map(({ period, made }) => [period, made?.lines])).toEqual([
    ['2025-02', 1],
    ['2025', 1],
  ])
  expect((await listLineFiles(context.db, '2025-02')).map(({ period }) => period)).toEqual(['2025-02-27'])
  expect((await read('2025-02'))?.text).toContain(`123000,Khoản ủng hộ,Hờ A Páo,,${code}`)
  for (const period of ['2024', '2025-13', '2025-02-30', '']) expect(await read(period), period).toBeNull()
  // Of each its head, and the rows of the day.
  expect(await context.db.$count(publicLineFileParts)).toBe(4)

  value(await eraseDonor(context, { code }))
  const erased: unknown = expect.stringContaining(`123000,Khoản ủng hộ,đã xóa,,${code}`)
  for (const period of ['2025-02', '2025-02-27']) expect(await read(period)).toEqual({ text: erased, isMade: false })
  // Another account has an open day now: nothing can be made, and what has the name goes all the same.
  await giveInWords(context, { amountVnd: 20_000n }, { campaign: 'ao-am-ninh-thuan', at: '2025-02-20T03:00:00Z' })
  await follow(context)
  expect(await makeLineFiles(files)).toBe(0)
  expect(readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([])
  // Days of an account that is retired are not waited for.
  value(await proposeRetirement(context, { accountId: 2, proposedBy: 'an' }))
  value(await approveRetirement(context, { accountId: 2, approvedBy: 'chi', delayDays: 0 }))
  expect(await makeLineFiles(files)).toBe(2)
  expect([await read('2025-02-27'), await read('2025-02')]).toMatchObject([
    { text: erased, isMade: true },
    { text: erased, isMade: false },
  ])
  context.advance(HOUR_MS)
  expect(await makeLineFiles(files)).toBe(2)
  for (const period of ['2025-02', '2025']) expect(await read(period)).toEqual({ text: erased, isMade: true })
  for (const file of readdirSync(folder.path, { recursive: true, withFileTypes: true }))
    if (file.isFile()) expect(readFileSync(`${file.parentPath}/${file.name}`, 'utf8')).not.toContain('Páo')
  expect(await makeLineFiles(files)).toBe(0)
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('who hides and shows a name without end keeps no file from anybody: its days are sent as they are, and only one is made anew', async () => {
  const { code, secret } = await giveInWords(context, { name: 'Giàng Thị Dở', isNamed: true }, { at: '2025-01-10T03:00:00Z' })
  await giveInWords(context, { name: 'Vàng A Sử', isNamed: true }, { at: '2025-01-11T03:00:00Z' })
  await follow(context)
  context.advance(HOUR_MS)
  expect(await makeLineFiles(files)).toBe(4)
  const ask = (period: string, tag = '') => {
    const params = Promise.resolve({ name: `sao-ke-${period}.csv` })
    return sent(new Request('https://example.org/', { headers: { 'if-none-match': tag } }), { params })
  }
  const tag = (await ask('2025')).headers.get('etag') ?? expect.unreachable()
  expect((await ask('2025', tag)).status).toBe(304)
  for (const isShown of [false, true, false]) {
    value(await setNameShown(context, { code, secret, isShown }))
    const answer = await ask('2025', tag)
    expect([answer.status, answer.headers.get('etag'), answer.headers.get('content-length')]).toEqual([200, null, null])
    const text = await answer.text()
    expect([text.includes('Giàng Thị Dở'), text.includes('Vàng A Sử')]).toEqual([isShown, true])
    await follow(context)
    expect(await makeLineFiles(files)).toBe(1)
    expect([(await read('2025-01-10'))?.isMade, (await read('2025-01'))?.isMade]).toEqual([true, false])
  }
  const before = [await read('2025-01'), await read('2025')]
  context.advance(HOUR_MS)
  expect(await makeLineFiles(files)).toBe(2)
  expect([await read('2025-01'), await read('2025')]).toEqual(before.map((one) => ({ ...one, isMade: true })))
  expect((await ask('2025', tag)).status).toBe(200)
  // Who is reading just then gets no more of what was promised.
  const promised = await findLineFile(context.db, '2025')
  if (promised === null || promised === 'many') return expect.unreachable()
  value(await setNameShown(context, { code, secret, isShown: true }))
  await expect(buffer(readLineFile(files, promised))).rejects.toThrow('changed while it was sent')
  await follow(context)

  // Too much at once is sent as other results are.
  const many = context.db.transaction(async (tx) => {
    const [sum] = await tx.select().from(publicLineTotals).where(eq(publicLineTotals.lineId, ALL_POTS)).limit(1)
    const row = sum ?? expect.unreachable()
    await tx.insert(publicLineTotals).values(Array.from({ length: 32 }, (_, index) => ({ ...row, day: addDays('2025-03-01', index) })))
    expect(await findLineFile(tx, '2025')).toBe('many')
    tx.rollback()
  })
  await expect(many).rejects.toThrow('Rollback')
})

test('what is due is known without a look at all days, and made in turns', async () => {
  await makeLineFiles(files)
  const tables = ['public_line_totals', 'public_line_files', 'public_line_file_parts', 'day_closes']
  const tried = context.db.transaction(async (tx) => {
    const inside = { ...within(context, tx), files: files.files }
    const made = sql`1, '', 0, 0, now()`
    await tx.execute(sql`insert into public_line_totals (day, fund_id, channel, receiving_account_id, line_id, direction, is_move, class, lines, vnd)
      select '1990-01-01'::date + n, 1, 'bank', 1, pot, 'in', false, 'gift', 1, 1000 from generate_series(0, 999) n, unnest('{-1,1,2,3}'::int[]) pot`)
    await tx.execute(sql`insert into public_line_files (period, changes, made_after, sha256, bytes, lines, made_at)
      select to_char('1990-01-01'::date + n, 'YYYY-MM-DD'), 1, ${made} from generate_series(0, 999) n`)
    expect(await rowsRead(inside, tables, async (reading) => expect(await makeLineFiles(reading)).toBe(0))).toBeLessThan(50)

    await tx.execute(sql`update public_line_files set changes = 0, made_after = null, sha256 = null, bytes = null, lines = null, made_at = null
      where period between '1990-06-05' and '1990-06-30'`)
    await tx.insert(publicLineFiles).values(['1990-06', '1990-07', '1990'].map((period) => ({ period, changes: 0 })))
    let asked = 0
    const begun = await makeLineFiles(inside, { goesOn: () => (asked += 1) < 10 })
    expect(begun).toBeGreaterThan(0)
    const june = await tx
      .select({ period: publicLineFiles.period })
      .from(publicLineFiles)
      .where(sql`made_after = changes and period like '1990-06-%'`)
      .orderBy(desc(publicLineFiles.period))
    // Newest first.
    expect(june.slice(0, begun).map(({ period }) => period)).toEqual(Array.from({ length: begun }, (_, index) => `1990-06-${30 - index}`))
    expect(begun + (await makeLineFiles(inside))).toBe(26 + 3)
    tx.rollback()
  })
  await expect(tried).rejects.toThrow('Rollback')
})

test('lines are taken out as they are found, and a file in slices of its parts', async () => {
  const csv = await buffer(linesAsCsv(context, NO_FILTER, { sort: 'newest', locale: 'vi' }))
  expect(csv.toString().trimEnd().split('\r\n').length).toBeGreaterThan(6)
  const part = {
    get: async () => new Uint8Array(1_000_000),
    put: async () => undefined,
    remove: async () => undefined,
    check: async () => undefined,
  }
  const file = await findLineFile(context.db, '2025-02-27')
  if (file === null || file === 'many') return expect.unreachable()
  let [longest, all] = [0, 0]
  for await (const slice of readLineFile({ ...context, files: part }, file) as AsyncIterable<Buffer>) {
    longest = Math.max(longest, slice.length)
    all += slice.length
  }
  expect([longest, all]).toEqual([65_536, 2_000_000])
})

test('where lines are left out, since too many words begin like the last one, the page, the file and its name say so', async () => {
  const ask = async (words: string) => {
    const answer = await exported(new Request(`https://example.org/sao-ke.csv?tim=${words}`), { params: Promise.resolve({ locale: 'vi' }) })
    return { name: answer.headers.get('content-disposition'), rows: parse(Buffer.from(await answer.arrayBuffer()), { bom: true }) }
  }
  const before = await ask('mau')
  await context.db
    .insert(publicLineWords)
    .values(Array.from({ length: 500 }, (_, index) => ({ word: `mau0${1000 + index}`, lines: 0, vnd: 0n })))
  const { name, rows } = await ask('mau')
  expect(name).toBe('attachment; filename="sao-ke-2026-11-23-chua-du.csv"')
  expect([rows.slice(0, -1), rows.length > 5]).toEqual([before.rows, true])
  expect(rows.at(-1)).toEqual([expect.stringMatching(/^CHƯA ĐỦ: /), ...Array<string>(14).fill('')])
  const options = await listLineOptions(context, 'vi')
  const moment = { today: dayOf(context.now()), logSize: 10_000n }
  const view = async (tim: string) => {
    const { query, filter } = readLineQuery({ tim }, options, moment)
    return getLines(context, query, filter ?? expect.unreachable(), 'vi')
  }
  expect([(await view('mau')).isCut, (await view('mau lo')).isCut]).toEqual([true, false])
  await context.db.delete(publicLineWords).where(sql`${publicLineWords.word} like 'mau01%'`)
  expect(await ask('mau')).toEqual(before)
})

test('what is taken out as CSV is what the pages say, all of them, in their order', async () => {
  // More than two pages of them, on a few days and of a few sums, so that what follows a page has the same day or sum.
  const at = (index: number) => new Date(`2026-11-${10 + (index % 3)}T03:00:00Z`)
  const notices = Array.from({ length: 110 }, (_, index) =>
    bankNotice({ memo: 'khong ro', amountVnd: 20_000n + BigInt(index % 4), transactedAt: at(index) }),
  )
  await receiveBankNotices(
    context,
    notices.map((notice) => arrive(notice, context.now())),
  )
  await follow(context)
  const options = await listLineOptions(context, 'vi')
  const moment = { today: dayOf(context.now()), logSize: 10_000n }
  const pageRow = ({ id, day, fund, account, amountVnd, name, message, isErased, code, campaign }: LinesView['lines'][number]) => [
    ...[String(id), day, fund, account ?? '', String(amountVnd), name ?? (isErased ? 'đã xóa' : ''), message ?? '', code ?? ''],
    ...[campaign?.title ?? '', campaign?.commune ?? ''],
  ]
  for (const [asked, least] of [
    [{}, 111],
    [{ xep: 'cu-nhat' }, 111],
    [{ xep: 'lon-nhat', chieu: 'vao' }, 111],
    [{ xep: 'nho-nhat', 'nhieu-nhat': '20.002', tk: 'quy-ha-noi' }, 51],
    [{ loai: 'cho-xep', xep: 'nho-nhat', tu: '2026-11-11' }, 51],
    [{ tim: 'mau lo', tu: '2026-11-18', xep: 'cu-nhat' }, 5],
  ] as const) {
    const { query, filter } = readLineQuery(asked, options, moment)
    if (!filter) throw new Error('a filter was not understood')
    const shown: string[][] = []
    for (let after: LineQuery['after'] = null, more = true; more; more = after !== null) {
      const page = await getLines(context, { ...query, after }, filter, 'vi')
      shown.push(...page.lines.map(pageRow))
      after = page.next
    }
    const csv = await buffer(linesAsCsv(context, filter, { sort: query.sort, locale: 'vi' }))
    const [, ...rows] = parse(csv, { bom: true })
    expect(
      rows.map((row) => [0, 1, 2, 3, 5, 7, 8, 9, 10, 11].map((column) => row[column])),
      JSON.stringify(asked),
    ).toEqual(shown)
    expect(shown.length).toBeGreaterThan(least)
    // A link that was cited before the last of them came says how many those are.
    const cited = shown.map(([id]) => BigInt(id ?? 0)).toSorted((one, other) => (one < other ? -1 : 1))[3] ?? 0n
    const { since, size } = await getLines(context, { ...query, cited: { size: cited, sums: null } }, filter, 'vi')
    expect(since).toMatchObject({ lines: shown.length - 3 })
    expect(size).toBeGreaterThan(cited)
    expect(new Set(shown.map(([id]) => id)).size).toBe(shown.length)
  }
})

test('made anew from the beginning, in other batches, it is the same', async () => {
  const kept = await readLines(context)
  await makeLinesAnew(context, database)
  expect(await readLines(context)).toEqual(kept)
  expect(await context.db.$count(publicLines, and(eq(publicLines.channel, 'bank')))).toBe(kept.lines.length)
})
