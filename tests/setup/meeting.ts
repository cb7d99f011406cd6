import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { DatabaseHandle, Transaction } from '../../db/client'

/**
 * Lets two meet in one order and no other, on PostgreSQL, where each has a connection: `first` runs in a transaction that
 * commits only when `second` waits for a lock of it.
 * @param meanwhile what others do while it waits
 * @returns what the second came to
 */
export async function meet<Value>(
  { db }: DatabaseHandle,
  first: (tx: Transaction) => Promise<unknown>,
  second: () => Promise<Value>,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Value> {
  const [settled] = await db
    .transaction(async (tx) => {
      await first(tx)
      const begun = Promise.allSettled([second()])
      await expect.poll(() => isAwaited(tx), { interval: 10 }).toBe(true)
      await meanwhile()
      return { begun }
    })
    .then(({ begun }) => begun)
  if (settled.status === 'rejected') throw settled.reason
  return settled.value
}

const isAwaited = async (tx: Transaction): Promise<boolean> => {
  const waiting = await tx
    .select({ pid: sql`pid` })
    .from(sql`pg_locks`)
    .where(sql`not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`)
  return waiting.length > 0
}
