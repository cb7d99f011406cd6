import { and, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { publicLineTotals } from '../../db/schema'
import { facet, monthTerms, NO_FILTER, type LineFilter, type LineTotals } from './model'
import { classWanted, hasAll, inAmounts, inDays, inSums, inTerms, isOfPledges, LINES, type Wanted } from './wanted'

/** Lines of few days lie side by side: so many times more of them are as quickly gathered. */
const SIDE_BY_SIDE = 2

/** Exact sums of a filter without words, amounts, code and entry. */
export async function sumLines(tx: Transaction, filter: LineFilter): Promise<LineTotals> {
  const sum = (isOf: SQL) => sql`coalesce(sum(s.vnd) filter (where ${isOf}), 0)::bigint`.mapWith(BigInt)
  const [row] = await tx
    .select({
      lines: sql`coalesce(sum(s.lines), 0)::bigint`.mapWith(Number),
      inVnd: sum(sql`s.direction = 'in' and not s.is_move`),
      outVnd: sum(sql`s.direction = 'out' and not s.is_move`),
      movedInVnd: sum(sql`s.direction = 'in' and s.is_move`),
      movedOutVnd: sum(sql`s.direction = 'out' and s.is_move`),
    })
    .from(sql`${publicLineTotals} s`)
    .where(inSums(filter))
  if (!row) throw new Error('sums were not found')
  return row
}

/** How many lines a part of a filter has, all of it left out where empty; each asked once for one search. */
export type Have = (part: Partial<LineFilter>) => Promise<number>

/** Counts lines by what is added up beforehand. */
export function counting(tx: Transaction): Have {
  const known = new Map<string, Promise<number>>()
  return (part) => {
    const key = JSON.stringify(part)
    const lines = known.get(key) ?? sumLines(tx, { ...NO_FILTER, ...part }).then((sums) => sums.lines)
    known.set(key, lines)
    return lines
  }
}

/**
 * What of a filter few lines have, as a condition that one index answers, as far as that is known without looking for the
 * lines themselves: words and sums are counted already, amounts are counted no further than asked.
 * @returns null where all of it is common
 */
export async function findLeading(tx: Transaction, wanted: Wanted, have: Have, few: number): Promise<SQL | null> {
  const { filter, words, anyOf, pledgeIds } = wanted
  if (filter.entry !== null) return sql`l.id = ${filter.entry}::bigint`
  if (pledgeIds !== null) return isOfPledges(pledgeIds)
  if ((words !== null && words.rarest <= few) || (anyOf !== null && anyOf.have <= few)) return inTerms(wanted) ?? null
  const { lineId, unitId, account, direction, class: is, from, to } = filter
  if (classWanted(filter) !== null && (await have({ class: is })) <= few) return inTerms(wanted) ?? null
  const days = inDays(filter)
  if (days && (await have({ from, to })) <= SIDE_BY_SIDE * few) return days
  if (lineId !== null && (await have({ lineId, from, to })) <= few) return and(sql`l.line_id = ${lineId}`, days) ?? null
  if (direction === 'out' && (await have({ direction, from, to })) <= few) return and(sql`l.direction = 'out'`, days) ?? null
  if (unitId !== null && (await have({ unitId })) <= few) return hasAll([facet('commune', unitId)]) ?? null
  if (account !== null && (await have({ account })) <= few) {
    return (
      hasAll([
        'channel' in account ? facet('channel', account.channel === 'card' ? 1 : 2) : facet('account', account.receivingAccountId),
      ]) ?? null
    )
  }
  const amounts = inAmounts(filter)
  if (!amounts) return null
  const [met] = await tx
    .select({ lines: sql`count(*)`.mapWith(Number) })
    .from(sql`(select from ${LINES} where ${amounts} limit ${few + 1}) as met`)
  return met && met.lines <= few ? amounts : null
}

/** Days that have less than this part of all lines are looked for by their months. */
const SELDOM_DAYS = 0.25

/** The months of a filter's days as terms; null where there are none, or most lines are of them: each costs a look. */
export async function monthsOf({ from, to }: LineFilter, have: Have): Promise<number[] | null> {
  const months = from === null || to === null ? null : monthTerms(from, to)
  return months === null || (await have({ from, to })) > SELDOM_DAYS * (await have({})) ? null : months
}

/** How many lines have all of what is asked for in terms, were these spread without regard to one another. */
export interface Guess {
  /** Terms, or groups of them, that are asked for. */
  terms: number
  lines: number
  /** Of all lines of any days, the part that has what else is asked for. */
  share: number
  /** Lines that there are. */
  all: number
}

/** @returns null where nothing is asked for that is a term */
export async function guessTogether({ filter, words, anyOf, months }: Wanted, have: Have): Promise<Guess | null> {
  const { lineId, unitId, class: is, from, to } = filter
  const counts = [
    ...(words?.have ?? []),
    ...(anyOf === null ? [] : [anyOf.have]),
    ...(lineId === null ? [] : [await have({ lineId })]),
    ...(unitId === null ? [] : [await have({ unitId })]),
    ...(classWanted(filter) === null ? [] : [await have({ class: is })]),
  ]
  const days = months === null ? [] : [await have({ from, to })]
  if (counts.length + days.length === 0) return null
  const all = Math.max(1, await have({}))
  const shareOf = (of: readonly number[]) => of.reduce((share, count) => share * Math.min(1, count / all), 1)
  return { terms: counts.length + days.length, lines: all * shareOf([...counts, ...days]), share: shareOf(counts), all }
}
