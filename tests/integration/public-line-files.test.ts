import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankTransactions, publicLineFileParts, publicLines } from '../../db/schema'
import { closeDay, tellPlaced } from '../../lib/bank/close'
import { eraseDonor } from '../../lib/donors/erase'
import { approveRetirement, proposeRetirement } from '../../lib/funds/commands'
import { linesAsCsv } from '../../lib/public-lines/csv'
import { findLineFile, listLineFiles, makeLineFiles, readLineFile } from '../../lib/public-lines/files'
import { NO_FILTER } from '../../lib/public-lines/model'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { CAMPAIGN_SLUGS, follow, giveInWords, makeLinesAnew, makeLineWorld, readLines } from '../factories/public-lines'
import { value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'

let database: TestDatabase
let context: TestContext

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeLineWorld(context)
  // Days of both accounts that are not closed.
  for (const campaign of CAMPAIGN_SLUGS)
    for (const day of ['2026-11-18', '2026-11-20', '2026-11-21'])
      await giveInWords(context, { name: 'Lò Thị Mẫu', isNamed: true, message: 'Chúc các em ấm' }, { campaign, at: `${day}T03:00:00Z` })
})
afterAll(() => database.close())

test('closed days, months and years are files, made anew when a name is erased or a line comes late', async () => {
  const folder = testFolder()
  const files = withFiles(context, folder)
  const read = async (period: string) => {
    const file = await findLineFile(context.db, period)
    if (file === null || file === 'anew') return file
    const bytes = await buffer(readLineFile(files, file))
    expect([file.bytes, file.sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')])
    return bytes.toString()
  }
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
  await giveInWords(context, { amountVnd: 20_000n }, { campaign: 'ao-am-ninh-thuan', at: '2025-02-20T03:00:00Z' })
  await follow(context)
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

test('lines are taken out as they are found, and a file in slices of its parts', async () => {
  const csv = await buffer(linesAsCsv(context, NO_FILTER, { sort: 'newest', locale: 'vi' }))
  expect(csv.toString().trimEnd().split('\r\n').length).toBeGreaterThan(6)
  const part = {
    get: async () => new Uint8Array(1_000_000),
    put: async () => undefined,
    remove: async () => undefined,
    check: async () => undefined,
  }
  const file = { sha256: '', bytes: 2_000_000, parts: [`kept/${'0'.repeat(64)}`, `kept/${'1'.repeat(64)}`] }
  let [longest, all] = [0, 0]
  for await (const slice of readLineFile({ files: part }, file) as AsyncIterable<Buffer>) {
    longest = Math.max(longest, slice.length)
    all += slice.length
  }
  expect([longest, all]).toEqual([65_536, 2_000_000])
})

test('made anew from the beginning, in other batches, it is the same', async () => {
  const kept = await readLines(context)
  await makeLinesAnew(context, database)
  expect(await readLines(context)).toEqual(kept)
  expect(await context.db.$count(publicLines, and(eq(publicLines.channel, 'bank')))).toBe(kept.lines.length)
})
