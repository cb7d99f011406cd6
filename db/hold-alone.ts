import { sql } from 'drizzle-orm'
import type { Transaction } from './client'

/**
 * Waits until no other transaction holds a lock of this number, and holds it until this one ends. The statements that follow
 * say the same each time, however many rows they carry: their plans are kept, and none of a table that was small reads all
 * of it when it has grown.
 */
export const holdAlone = (tx: Transaction, lock: number) =>
  tx
    .select({
      lock: sql<string>`pg_advisory_xact_lock(${lock})::text`,
      plansAreKept: sql<string>`set_config('plan_cache_mode', 'force_generic_plan', true)`,
      noneReadsAll: sql<string>`set_config('enable_seqscan', 'off', true)`,
      // Who catches up sorts what is listed; on disk that took twice as long.
      sortsInMemory: sql<string>`set_config('work_mem', '64MB', true)`,
    })
    .from(sql`(values (1)) as one`)
    .prepare('hold alone')
    .execute()
