import { and, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client'
import type { Locale } from '../i18n/locale'
import { MESSAGES } from '../i18n/translator'
import { addDays, formatBankMoment, startOfDay, type Day } from '../time/day'
import { DEED_TABLES } from './deed-tables'
import type { Cell, Column, ExportTable, TableKey } from './model'
import { MONEY_TABLES } from './money-tables'
import { WORK_TABLES } from './work-tables'

export const TABLES: Readonly<Record<TableKey, ExportTable>> = { ...WORK_TABLES, ...MONEY_TABLES, ...DEED_TABLES }

/** Rows of one query: a few hundred kB, however wide the table. */
const BATCH = 1_000

/** Which rows of a table are wanted. */
export interface Wanted {
  table: ExportTable
  fundId: number
  from: Day | null
  to: Day | null
  /** What the page's own fields leave. */
  where: SQL | undefined
}

/** How many rows there are, and where they end: what is written meanwhile is not waited for. */
export interface Extent {
  count: bigint
  last: bigint
}

const keysOf = ({ key }: ExportTable): readonly SQL[] => ('queryChunks' in key ? [key] : key)

const scope = ({ table, fundId, from, to, where }: Wanted): SQL | undefined =>
  and(sql`${table.fund} = ${fundId}`, where, ...(table.when ? inDays(table.when, from, to) : []))

function inDays({ of, is }: NonNullable<ExportTable['when']>, from: Day | null, to: Day | null): (SQL | undefined)[] {
  const begin = (day: Day) => (is === 'day' ? sql`${day}::date` : sql`${startOfDay(day).toISOString()}::timestamptz`)
  return [from === null ? undefined : sql`${of} >= ${begin(from)}`, to === null ? undefined : sql`${of} < ${begin(addDays(to, 1))}`]
}

/** Counts what is wanted, as it is now. */
export async function measure(db: Database, wanted: Wanted): Promise<Extent> {
  const first = keysOf(wanted.table)[0]
  const [row] = await db
    .select({ count: sql`found.count`.mapWith(BigInt), last: sql`found.last`.mapWith(BigInt) })
    .from(sql`(select count(*) as count, coalesce(max(${first}), 0) as last from ${wanted.table.from} where ${scope(wanted)}) as found`)
  return row ?? { count: 0n, last: 0n }
}

/**
 * What is wanted, in batches: each a query of its own that goes on after the last row of the one before, so that nothing
 * is held open for a slow reader, and none is longer than another. A batch is read when it is asked for.
 * @param columns in the order of their cells
 */
export async function* batches(
  db: Database,
  { wanted, last, columns, locale }: { wanted: Wanted; last: bigint; columns: readonly Column[]; locale: Locale },
): AsyncGenerator<Cell[][]> {
  const { table } = wanted
  const keys = keysOf(table)
  const cells = columns.map(({ of }) => sql`(${typeof of === 'function' ? of(locale) : of})::text`)
  const write = columns.map((column) => writer(column, locale))
  const list = (parts: readonly SQL[]) => sql.join([...parts], sql`, `)
  let after: string[] = []
  for (;;) {
    const onwards = after.length === 0 ? undefined : sql`(${list(keys)}) > (${list(after.map((one) => sql`${one}::bigint`))})`
    const found = await db.select({ key: sql<string[]>`found.key`, cells: sql<(string | null)[]>`found.cells` }).from(
      sql`(select array[${list(keys.map((key) => sql`${key}::text`))}] as key, array[${list(cells)}] as cells from ${table.from}
          where ${and(scope(wanted), sql`${keys[0]} <= ${last}::bigint`, onwards)} order by ${list(keys)} limit ${BATCH}) as found`,
    )
    if (found.length > 0) yield found.map((row) => row.cells.map((cell, index) => (cell === null ? null : (write[index]?.(cell) ?? null))))
    if (found.length < BATCH) return
    after = found.at(-1)?.key ?? []
  }
}

/** How what the database writes becomes a cell, in a language. */
function writer({ kind, words }: Column, locale: Locale): (text: string) => Cell {
  const texts = MESSAGES[locale].exports
  const known = words?.(MESSAGES[locale]) ?? {}
  switch (kind) {
    case 'number':
      return (text) => BigInt(text)
    case 'moment':
      return (text) => formatBankMoment(new Date(text))
    case 'flag':
      return (text) => (text === 'true' ? texts.yes : texts.no)
    case 'word':
      return (text) => known[text] ?? text
    case 'day':
    case 'text':
      return (text) => text
  }
}
