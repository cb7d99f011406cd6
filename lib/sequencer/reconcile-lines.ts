import { sql } from 'drizzle-orm'
import { CLASS_TERMS } from '../public-lines/model'

/** Lines of the statement that something of was changed and is not followed yet. */
const IS_DUE = sql`(exists (select 1 from public_lines_due u where u.bank_transaction_id = b.id or u.pledge_id = d.pledge_id))`
const FOLLOWED = sql`p.position < coalesce((select next_position from public_line_progress), 0)`

/** Checks of the statement, as in `reconcile.ts`: each must find nothing. */
export const LINE_CHECKS: readonly (readonly [name: string, finding: ReturnType<typeof sql>])[] = [
  [
    'gifts that the statement has otherwise',
    sql`select d.id::text from donations d join events e on e.donation_id = d.id and e.kind in ('donation', 'interest')
        join event_positions p on p.event_id = e.id left join bank_transactions b on b.id = d.bank_transaction_id
        left join public_lines l on l.id = p.position
      where ${FOLLOWED} and not ${IS_DUE}
        and not exists (select 1 from events q join event_positions z on z.event_id = q.id where q.donation_id = d.id
          and z.position >= (select next_position from public_line_progress))
        and not exists (select 1 from pending_events q join events x on x.id = q.event_id where x.donation_id = d.id)
        and case when exists (select 1 from donation_reversals r where r.donation_id = d.id and r.restored_by_event_id is null)
            or (b.id is not null and (b.receiving_account_id is null or b.state = 'possible_duplicate')) then l.id is not null
          else (l.donation_id, l.amount_vnd, l.line_id, l.fund_id, l.bank_transaction_id, l.pledge_id, l.direction, l.is_stated)
            is distinct from (d.id, d.amount_vnd, d.line_id, d.fund_id, d.bank_transaction_id, d.pledge_id, 'in', b.id is null or b.posted_on is not null) end`,
  ],
  [
    'lines of the statement that are of another sum than the bank’s',
    sql`select b.id::text from public_lines l join bank_transactions b on b.id = l.bank_transaction_id
      group by b.id having sum(l.amount_vnd) <> b.amount_vnd or bool_or(l.direction <> b.direction)
        or bool_or(l.receiving_account_id <> b.receiving_account_id)`,
  ],
  [
    'lines of advances that the statement has under another spend',
    sql`select p.bank_transaction_id::text from spend_advances a join bank_decisions d on d.advance_id = a.id and d.undone_at is null
        join bank_decision_lines k on k.decision_id = d.id join public_lines p on p.bank_transaction_id = k.bank_transaction_id
      where p.spend_id is distinct from a.spend_id
        and not exists (select 1 from public_lines_due u where u.bank_transaction_id = p.bank_transaction_id)
        and not exists (select 1 from events e left join event_positions z on z.event_id = e.id where e.kind = 'line_classified'
          and e.facts->>'line' = p.bank_transaction_id::text and coalesce(z.position >= (select next_position from public_line_progress), true))`,
  ],
  [
    'closed days that the statement does not come to',
    sql`select c.id::text from day_closes c join events e on e.id = c.event_id join event_positions p on p.event_id = e.id
        join day_close_lines k on k.close_id = c.id left join (
          select bank_transaction_id, sum(case direction when 'in' then amount_vnd else -amount_vnd end) as vnd from public_lines group by 1) l
          on l.bank_transaction_id = k.bank_transaction_id
      where ${FOLLOWED} and not exists (select 1 from public_lines_due)
      group by c.id having coalesce(sum(l.vnd), 0) <> c.closing_vnd - c.opening_vnd`,
  ],
  [
    'sums of the statement that differ from its lines',
    sql`with told as (select day, fund_id, channel, coalesce(receiving_account_id, 0) as receiving_account_id, pot as line_id, direction, is_move, class,
          count(*) as lines, sum(amount_vnd)::bigint as vnd from public_lines cross join lateral (values (coalesce(line_id, 0)), (-1)) as p(pot) group by 1, 2, 3, 4, 5, 6, 7, 8)
      select coalesce(t.day, s.day)::text from told t full join public_line_totals s using (day, fund_id, channel, receiving_account_id, line_id, direction, is_move, class)
      where (coalesce(t.lines, 0), coalesce(t.vnd, 0)) is distinct from (coalesce(s.lines, 0), coalesce(s.vnd, 0))`,
  ],
  [
    'lines that are found by another class than they are of',
    sql`select l.id::text from public_lines l left join (values ${sql.join(
      CLASS_TERMS.map(({ is, term }) => sql`(${is}, ${term}::int)`),
      sql`, `,
    )}) as own(class, term) on own.class = l.class
      where array(select term from unnest(l.terms) as term where term in (${sql.join(
        CLASS_TERMS.map(({ term }) => sql`${term}::int`),
        sql`, `,
      )})) <> array_remove(array[own.term], null)`,
  ],
  [
    'words of the statement that are counted otherwise',
    sql`with told as (select term, count(*) as lines, sum(amount_vnd)::bigint as vnd, coalesce(sum(amount_vnd) filter (where direction = 'out'), 0)::bigint as out_vnd
        from public_lines, unnest(terms) as term where term > 0 group by 1)
      select coalesce(t.term, w.id)::text from told t full join public_line_words w on w.id = t.term where (t.lines, t.vnd, t.out_vnd) is distinct from (w.lines, w.vnd, w.out_vnd)`,
  ],
  [
    'lines that are found by other words than may be shown',
    sql`with said as (select l.id, l.terms, l.pledge_id, array(select distinct left(word, 40) from disclosures x join pledges g on g.id = x.pledge_id, unnest(string_to_array(x.folded, ' ')) as word
            where x.pledge_id = l.pledge_id and x.review = 'shown' and (x.field = 'message' or g.is_named) and word <> '') as words
          from public_lines l where l.class in ('gift', 'to_return') and l.pledge_id is not null and l.direction = 'in')
      select s.id::text from said s left join lateral (
        select array_agg(w.word) as words from public_line_words w where w.id = any(s.terms) and right(w.word, 1) <> '*') k on true
      where cardinality(s.words) < 100 and not exists (select 1 from public_lines_due u where u.pledge_id = s.pledge_id)
        and not exists (select 1 from pending_events q join events e on e.id = q.event_id join donations d on d.id = e.donation_id where d.pledge_id = s.pledge_id)
        and not (s.words <@ coalesce(k.words, '{}') and coalesce(k.words, '{}') <@ s.words)`,
  ],
]
