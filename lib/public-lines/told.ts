import { sql } from 'drizzle-orm'
import type { Standing } from './model'

/** Sums of lines, `l`. */
export const ADDED_UP = sql`count(*) as lines,
  coalesce(sum(l.amount_vnd) filter (where l.direction = 'in' and not l.is_move), 0)::bigint as in_vnd,
  coalesce(sum(l.amount_vnd) filter (where l.direction = 'out' and not l.is_move), 0)::bigint as out_vnd,
  coalesce(sum(l.amount_vnd) filter (where l.direction = 'in' and l.is_move), 0)::bigint as moved_in_vnd,
  coalesce(sum(l.amount_vnd) filter (where l.direction = 'out' and l.is_move), 0)::bigint as moved_out_vnd`
/** The same, read. */
export const TOTALS = {
  lines: sql`lines`.mapWith(Number),
  ...{ inVnd: sql`in_vnd`.mapWith(BigInt), outVnd: sql`out_vnd`.mapWith(BigInt) },
  ...{ movedInVnd: sql`moved_in_vnd`.mapWith(BigInt), movedOutVnd: sql`moved_out_vnd`.mapWith(BigInt) },
}
/** Where a line, `l`, stands; null where a result has no line after the one asked for. */
export const STANDING = {
  id: sql<string | null>`l.id::text`,
  day: sql<string | null>`l.day::text`,
  amountVnd: sql<string | null>`l.amount_vnd::text`,
}

export const standingOf = ({ id, day, amountVnd }: { id: string | null; day: string | null; amountVnd: string | null }): Standing[] =>
  id === null || day === null || amountVnd === null ? [] : [{ id: BigInt(id), day, amountVnd: BigInt(amountVnd) }]
