import { sql, type SQL } from 'drizzle-orm'
import type { LineSort, Standing } from './model'

const isByAmount = (sort: LineSort): boolean => sort === 'largest' || sort === 'smallest'
const isDown = (sort: LineSort): boolean => sort === 'newest' || sort === 'largest'

/** The order of lines, `l` unless said otherwise: each has an index that is read in it, forwards or backwards. */
export function inOrder(sort: LineSort, { isReversed = false, alias = 'l' } = {}): SQL {
  const of = sql.identifier(alias)
  const way = isDown(sort) === isReversed ? sql`asc` : sql`desc`
  const days = sql`${of}.day ${way}, ${of}.id ${way}`
  return isByAmount(sort) ? sql`${of}.amount_vnd ${way}, ${days}` : days
}

/** Lines, `l`, that come after one of them. As one row, so that the index leads there however many are alike. */
export function goesOn(sort: LineSort, after: Standing | null): SQL {
  if (!after) return sql`true`
  const { id, day, amountVnd } = after
  const way = isDown(sort) ? sql`<` : sql`>`
  return isByAmount(sort)
    ? sql`(l.amount_vnd, l.day, l.id) ${way} (${amountVnd}::bigint, ${day}::date, ${id}::bigint)`
    : sql`(l.day, l.id) ${way} (${day}::date, ${id}::bigint)`
}

/** Whether an order is that of days. */
export const isByDay = (sort: LineSort): boolean => !isByAmount(sort)
