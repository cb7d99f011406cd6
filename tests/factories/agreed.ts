import { expect } from 'vitest'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import type { TestContext } from '../setup/context'
import type { TestDatabase } from '../setup/database'

/** Ends a file's tests: what waits gets its place, all books agree, and the database is closed. */
export async function closeAgreed(database: TestDatabase, context: TestContext): Promise<void> {
  await sequencePending(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
  await database.close()
}
