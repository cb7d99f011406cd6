import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statementLines, statementParts } from '../../db/schema'
import type { FileContext } from '../../lib/context'
import { sweepFiles } from '../../lib/evidence/sweep'
import { nameIn } from '../../lib/files/digest'
import { createRetention } from '../../lib/retention/forget'
import { throwFileAway } from '../../lib/statements/commands'
import { value } from '../factories/site'
import { StatementDesk } from '../factories/statement-desk'
import { bidv, fileOf } from '../factories/statements'
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

describe('a file', () => {
  test('lies in the store until it is thrown away', async () => {
    const kept = await desk.give(fileOf('xlsx', bidv({ lines: desk.linesOfMonth().lines })))
    const gone = await desk.give(fileOf('xlsx', bidv({ lines: desk.linesOfMonth().lines })))
    value(await throwFileAway(context, { fundId: desk.fundId, fileId: gone, by: 'an' }))
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
  const booked = await desk.give(fileOf('csv', bidv({ lines: desk.linesOfMonth().lines })))
  await desk.accept(booked)
  const open = await desk.give(fileOf('csv', bidv({ lines: desk.linesOfMonth().lines })))
  const memosOf = (id: bigint) => context.db.$count(statementLines, and(eq(statementLines.fileId, id), sql`memo <> ''`))
  expect(await memosOf(booked)).toBe(4)
  context.advance(31 * 86_400_000)
  expect(await createRetention(context).run()).toMatchObject({ staged: 0 })
  await desk.work()
  expect(await desk.fileAt(open)).toMatchObject({ state: 'thrown_away', thrownAwayBy: null, linesRead: 0 })
  context.advance(60 * 86_400_000)
  const { staged } = await createRetention(context, 3).run()
  expect(staged).toBeGreaterThanOrEqual(4)
  expect(await memosOf(booked)).toBe(0)
})
