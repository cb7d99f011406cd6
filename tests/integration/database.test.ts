import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../db/client'
import { migrate } from '../../db/migrate'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const { db } = database.handle
  await db.execute(sql`insert into funds (slug, name_vi, name_en, place_vi, place_en, about_vi, about_en, publishes_by)
    values ('ha-noi', 'Quỹ', 'Fund', 'Hà Nội', 'Hà Nội', '', '', '03-31')`)
  await db.execute(sql`insert into ledgers (fund_id, source, unit) values (1, 'donation', 'VND')`)
})

afterAll(() => database.close())

/** The words of the database, under whatever the driver wrapped around them. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : 'unknown'
  }
  return 'accepted'
}

async function appendOnlyTables(db: Database): Promise<string[]> {
  const tables = await db
    .select({ name: sql<string>`c.relname` })
    .from(sql`pg_trigger t join pg_class c on c.oid = t.tgrelid`)
    .where(sql`t.tgname = 'append_only'`)
  return tables.map((table) => table.name)
}

test('migrations ran, and running them again changes nothing', async () => {
  const owner = database.owner ?? database.handle
  await migrate(owner)
  const history = [
    'entries',
    'events',
    'postings',
    'donations',
    'intervals',
    'goods_lines',
    'goods_receipts',
    'goods_refusals',
    'goods_reversals',
    'goods_intervals',
  ]
  expect(await appendOnlyTables(owner.db)).toEqual(expect.arrayContaining(history))
})

describe('history is append-only', () => {
  test('for the application, on every table of history', async () => {
    const { db } = database.handle
    const tables = await appendOnlyTables(db)
    expect(tables.length).toBeGreaterThanOrEqual(11)
    for (const table of tables) {
      const name = sql.identifier(table)
      expect(await refusalOf(db.execute(sql`delete from ${name}`)), table).toMatch(/append-only|permission denied/)
      expect(await refusalOf(db.execute(sql`truncate ${name} cascade`)), table).toMatch(/append-only|permission denied/)
    }
    expect(await refusalOf(db.execute(sql`update ledgers set unit = 'USD'`))).toMatch(/append-only|permission denied/)
  })

  test('even for the owner', async () => {
    const { db } = database.owner ?? database.handle
    expect(await refusalOf(db.execute(sql`update ledgers set unit = 'USD'`))).toMatch(/append-only/)
    expect(await refusalOf(db.execute(sql`delete from ledgers`))).toMatch(/append-only/)
  })
})

test('on PostgreSQL the application can neither change entries nor take a guard away', async ({ skip }) => {
  skip(database.engine === 'embedded', 'the embedded engine has one role')
  const { db } = database.handle
  expect(await refusalOf(db.execute(sql`update entries set kind = 'x'`))).toMatch(/permission denied/)
  expect(await refusalOf(db.execute(sql`drop trigger append_only on entries`))).toMatch(/must be owner/)
  expect(await refusalOf(db.execute(sql`alter table entries disable trigger all`))).toMatch(/must be owner/)
  expect(await refusalOf(db.execute(sql`set session_replication_role = replica`))).toMatch(/permission denied/)
  expect(await refusalOf(db.execute(sql`create table mine (id int)`))).toMatch(/permission denied/)
})
