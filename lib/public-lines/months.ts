import { and, eq, gte, lte, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { publicLineTotals } from '../../db/schema'
import type { Day } from '../time/day'
import type { Met } from './meet'
import { ALL_POTS, NO_FILTER, type LineSort, type Standing } from './model'
import { LAST_ID, lookThroughParts, type LookedThrough, type PartLimits, type Parts } from './parts'
import { inDays, inMonths, type Wanted } from './wanted'

/** A month that has lines, by its first and last day. */
interface Month {
  from: Day
  to: Day
  lines: number
}

/**
 * Looks for what is sparse in the order of days: as many months at once as should have enough of it.
 * @param guessed share of all lines that is wanted, as far as is known
 */
export async function lookThroughMonths(
  tx: Transaction,
  wanted: Wanted,
  stretch: { sort: LineSort; size: number; limits: PartLimits },
  before: Met,
  guessed: number,
): Promise<LookedThrough> {
  const { sort, size, limits } = stretch
  let months = await monthsWithLines(tx, wanted, sort, before.last)
  let share = guessed
  // What a month has of it is read at once, of lines in their order only as many as fill the stretch.
  if (months[0] && months[0].lines * share > size / share) return { ...before, seen: before.standings.length, isDense: true }
  let chosen: Month[] = []
  // Of each turn its own.
  return lookThroughParts(tx, { ...wanted, months: null }, stretch, before, {
    next: () => {
      chosen = untilEnough(months, share, limits.enough)
      return partsOf(sort, chosen)
    },
    heard: (of, isTooMuch) => {
      const found = of / chosen.reduce((sum, { lines }) => sum + lines, 0)
      // What was not there need not be absent from the next ones.
      share = isTooMuch ? found : Math.max(found, share / 4)
      if (!isTooMuch) months = months.slice(chosen.length)
    },
  })
}

function partsOf(sort: LineSort, months: readonly Month[]): Parts | null {
  const last = months.at(-1)
  if (!last) return null
  const days = months.flatMap(({ from, to }) => [from, to]).toSorted()
  return {
    within: inMonths(months.map(({ from }) => from)),
    exactly: inDays({ ...NO_FILTER, from: days[0] ?? null, to: days.at(-1) ?? null }),
    edge: sort === 'newest' ? { day: last.from, id: 0n, amountVnd: 1n } : { day: last.to, id: LAST_ID, amountVnd: 1n },
    isOne: months.length === 1,
  }
}

/** As many months as should have enough of what is wanted, and one at least. */
function untilEnough(months: readonly Month[], share: number, enough: number): Month[] {
  let expected = 0
  const more = months.findIndex(({ lines }) => (expected += lines * share) >= enough)
  return more < 0 ? [...months] : months.slice(0, more + 1)
}

/** Months with lines from where a stretch begins, in its order, with how many lines they have. */
async function monthsWithLines(tx: Transaction, { filter }: Wanted, sort: LineSort, after: Standing | null): Promise<Month[]> {
  const { day, lineId, lines } = publicLineTotals
  const month = sql<string>`date_trunc('month', ${day})::date::text`
  const edge = after && (sort === 'newest' ? lte(day, after.day) : gte(day, after.day))
  return tx
    .select({
      from: month,
      to: sql<string>`(date_trunc('month', ${day}) + interval '1 month - 1 day')::date::text`,
      lines: sql`sum(${lines})`.mapWith(Number),
    })
    .from(publicLineTotals)
    .where(
      and(
        eq(lineId, ALL_POTS),
        edge ?? undefined,
        filter.from === null ? undefined : gte(day, filter.from),
        filter.to === null ? undefined : lte(day, filter.to),
      ),
    )
    .groupBy(sql`1, 2`)
    .orderBy(sort === 'newest' ? sql`1 desc` : sql`1 asc`)
}
