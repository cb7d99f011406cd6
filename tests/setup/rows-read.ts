import { sql } from 'drizzle-orm'
import type { Context } from '../../lib/context'
import { within } from './watched'

/**
 * Counts the rows of some tables that work reads, in one transaction, with what is deferred to its end. Only as far as there is
 * an index: tables of a test are so small that they would be read whole.
 */
export async function rowsRead<Given extends Context>(
  context: Given,
  tables: readonly string[],
  work: (inside: Given) => Promise<unknown>,
): Promise<number> {
  return context.db.transaction(async (tx) => {
    const read = async () => {
      const [sum] = await tx
        .select({ rows: sql`sum(seq_tup_read + idx_tup_fetch)`.mapWith(Number) })
        .from(sql`pg_stat_xact_user_tables`)
        .where(sql`relname = any(${sql.param(tables)}::text[])`)
      return sum?.rows ?? Infinity
    }
    await tx.execute(sql`select set_config('enable_seqscan', 'off', true)`)
    const before = await read()
    await work(within(context, tx))
    await tx.execute(sql`set constraints all immediate`)
    return (await read()) - before
  })
}
