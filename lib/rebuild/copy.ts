import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '../../db/client'
import { dealtName } from './side'

/** Blocks of a table that go at once: some thousand rows. */
const BLOCKS = 64

/** Copies a table, a stretch of its file at a time, so that it takes no memory and no index. */
export async function copyTable(real: Database, side: Database, table: PgTable, onCopied: (rows: number) => void): Promise<void> {
  // What a table makes by itself it makes again.
  const columns = Object.values(getTableColumns(table)).filter(({ generated }) => !generated)
  const names = sql.join(
    columns.map(({ name }) => sql.identifier(name)),
    sql`, `,
  )
  await eachStretch(real, table, async (rows, count) => {
    await side.execute(
      sql`insert into ${table} (${names}) overriding system value select ${names} from jsonb_populate_recordset(null::${table}, ${rows}::jsonb)`,
    )
    onCopied(count)
  })
}

/** Copies which numbers were dealt for a table. */
export const copyDealt = (real: Database, side: Database, table: PgTable): Promise<void> =>
  eachStretch(real, table, async (rows) => {
    await side.execute(sql`insert into ${dealtName(table)} select * from jsonb_populate_recordset(null::${table}, ${rows}::jsonb)`)
  })

async function eachStretch(real: Database, table: PgTable, work: (rows: string, count: number) => Promise<void>): Promise<void> {
  const [size] = await real
    .select({ blocks: sql<number>`(pg_relation_size(${getTableName(table)}::regclass) / current_setting('block_size')::int)::int` })
    .from(sql`(values (1)) as one`)
  for (let from = 0; from < (size?.blocks ?? 0); from += BLOCKS) {
    const [stretch] = await real
      .select({ rows: sql<string | null>`jsonb_agg(to_jsonb(t))::text`, count: sql<number>`count(*)::int` })
      .from(sql`${table} t`)
      .where(sql`t.ctid >= ${`(${from},0)`}::tid and t.ctid < ${`(${from + BLOCKS},0)`}::tid`)
    if (stretch?.rows) await work(stretch.rows, stretch.count)
  }
}
