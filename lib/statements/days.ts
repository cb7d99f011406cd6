import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { statementDays, statementLines, type StatementCounts } from '../../db/schema'

/**
 * Writes what a file says of each day of its accounts, from the first to the last. A day closes with the balance that
 * the bank gives after its last line; where it gives none, with what its lines come to from the balance before them.
 */
export async function writeDays(tx: Transaction, fileId: bigint): Promise<void> {
  // One look at all lines of a file, of which there are two million at most.
  await tx.execute(sql`set local statement_timeout = '5min'`)
  await tx.delete(statementDays).where(eq(statementDays.fileId, fileId))
  await tx.execute(sql`
    with row as (
      select s.receiving_account_id as account, l.posted_on as day, max(l.balance_vnd) as balance,
        sum(l.amount_vnd) filter (where l.direction = 'in') as money_in,
        sum(l.amount_vnd) filter (where l.direction = 'out') as money_out, count(*) as lines,
        min(case when s.is_newest_first then -l.number else l.number end) as place
      from statement_lines l join statement_sections s on s.file_id = l.file_id and s.position = l.section
      where l.file_id = ${fileId} and l.posted_on is not null group by s.receiving_account_id, l.section, l.row, l.posted_on),
    changed as (select account, day, balance, place, lines, coalesce(money_in, 0) as money_in, coalesce(money_out, 0) as money_out from row),
    summed as (
      select account, day, sum(lines) as lines, sum(money_in) as money_in, sum(money_out) as money_out, sum(money_in - money_out) as change
      from changed group by account, day),
    span as (
      select account, least(min(day), min(said.from_day)) as first, greatest(max(day), max(said.to_day)) as last
      from summed left join lateral (
        select from_day, to_day from statement_sections s where s.file_id = ${fileId} and s.receiving_account_id = account) as said on true
      group by account),
    each as (
      select span.account, d::date as day, coalesce(lines, 0) as lines, coalesce(money_in, 0) as money_in,
        coalesce(money_out, 0) as money_out, coalesce(change, 0) as change
      from span cross join lateral generate_series(span.first, span.last, interval '1 day') as d
      left join summed on summed.account = span.account and summed.day = d::date),
    followed as (
      select account, day, balance, place, coalesce(sum(money_in - money_out) over (
        partition by account, day order by place desc rows between unbounded preceding and 1 preceding), 0) as later from changed),
    told as (
      select distinct on (account, day) account, day, balance + later as closing
      from followed where balance is not null order by account, day, place desc),
    opening as (
      select account, coalesce(
        (select s.opening_vnd from statement_sections s where s.file_id = ${fileId} and s.receiving_account_id = each.account
          order by case when s.is_newest_first then -s.position else s.position end limit 1),
        (select told.closing from told where told.account = each.account order by told.day limit 1)
          - (select sum(e.change) from each e where e.account = each.account
              and e.day <= (select min(told.day) from told where told.account = each.account))) as vnd
      from each group by account),
    carried as (
      select each.*, opening.vnd + sum(change) over (partition by each.account order by each.day) as computed, told.closing as said
      from each join opening on opening.account = each.account
      left join told on told.account = each.account and told.day = each.day),
    closed as (select carried.*, coalesce(said, computed) as closing from carried)
    insert into statement_days (file_id, receiving_account_id, day, opening_vnd, closing_vnd, lines, in_vnd, out_vnd)
    select ${fileId}, closed.account, closed.day,
      coalesce(lag(closing) over (partition by closed.account order by closed.day), opening.vnd), closing, lines, money_in, money_out
    from closed join opening on opening.account = closed.account`)
}

/** How many lines of a file are what. */
export async function countLines(tx: Transaction, fileId: bigint): Promise<StatementCounts> {
  const rows = await tx
    .select({ kind: statementLines.kind, count: sql<number>`count(*)::int` })
    .from(statementLines)
    .where(eq(statementLines.fileId, fileId))
    .groupBy(statementLines.kind)
  const counts: StatementCounts = { new: 0, known: 0, possible_duplicate: 0, contradictory: 0, unreadable: 0 }
  for (const { kind, count } of rows) if (kind !== null) counts[kind] = count
  return counts
}
