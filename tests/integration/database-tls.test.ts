import { sql } from 'drizzle-orm'
import { expect, inject, test } from 'vitest'
import { openPostgres } from '../../db/postgres'
import { testDatabase } from '../setup/database'

test('where TLS is asked for, nothing is said to a database that has none', async ({ skip }) => {
  skip(inject('engine') === 'embedded', 'the embedded engine is in this process')
  const database = await testDatabase()
  const handle = openPostgres(`${database.url}?sslmode=verify-full`)
  try {
    const refusal: unknown = await handle.db.execute(sql`select 1`).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Error)
    expect(String(refusal instanceof Error && refusal.cause)).toContain('does not support SSL')
  } finally {
    await handle.close()
    await database.close()
  }
})
