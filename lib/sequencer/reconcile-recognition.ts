import { sql } from 'drizzle-orm'

/** A gift that is laid, less what went back of it by events that have their place. */
const LEFT = sql`select d.id, d.fund_id, d.pledge_id, d.amount_vnd - coalesce((
    select sum(case when e.kind in ('refund_failed', 'donation_restored') then -e.amount_vnd when e.kind = 'reserve_used' then (e.facts->>'coversVnd')::bigint else e.amount_vnd end)
    from events e where e.donation_id = d.id and e.kind in ('refund', 'refund_failed', 'dispute_lost', 'reserve_used', 'donation_reversed', 'donation_restored')), 0) as vnd
  from donations d where d.nature = 'gift'`

/** Gifts of which something has its place that recognition did not come to yet. */
const AHEAD = sql`select e.donation_id from event_positions z join events e on e.id = z.event_id
  where e.donation_id is not null and z.position >= coalesce((select next_position from recognition_progress), 0)`

/** Checks of the sums of recognition, as in `reconcile.ts`: each must find nothing. */
export const RECOGNITION_CHECKS: readonly (readonly [name: string, finding: ReturnType<typeof sql>])[] = [
  [
    'gifts that recognition counts otherwise than the books',
    sql`select l.id::text from (${LEFT}) l left join recognised_gifts r on r.donation_id = l.id
      where (r.amount_vnd, r.fund_id, r.pledge_id) is distinct from (l.vnd, l.fund_id, l.pledge_id)
        and l.id not in (${AHEAD})
        and not exists (select 1 from pending_events p join events e on e.id = p.event_id where e.donation_id = l.id)
        and not exists (select 1 from parked_events p join events e on e.id = p.event_id where e.donation_id = l.id)`,
  ],
  [
    'sums of recognition that differ from its gifts',
    sql`with told as (
        select s.scope, y.year, coalesce(g.kind, 'nameless') as kind, sum(r.amount_vnd)::bigint as vnd, count(*) filter (where r.amount_vnd > 0)::int as gifts
        from recognised_gifts r left join givers g on g.id = r.giver_id
          cross join lateral (values (''), ('quy:' || r.fund_id), ('xa:' || r.unit_id), ('loai:' || r.category)) as s(scope)
          cross join lateral (values (0), (r.year)) as y(year)
        where s.scope is not null group by 1, 2, 3)
      select coalesce(o.scope, t.scope) || ' ' || coalesce(o.year, t.year) || ' ' || coalesce(o.kind, t.kind) from told o
        full join recognition_totals t on (t.scope, t.year, t.kind) = (o.scope, o.year, o.kind)
      where (coalesce(o.vnd, 0), coalesce(o.gifts, 0)) is distinct from (coalesce(t.amount_vnd, 0), coalesce(t.gifts, 0))`,
  ],
  [
    'sums of givers that differ from the sums of recognition',
    sql`with given as (select l.name, sum(s.amount_vnd)::bigint as vnd, sum(s.gifts)::int as gifts
        from giver_sums s join giver_lists l on l.id = s.list_id join givers g on g.id = s.giver_id and l.name like '% ' || g.kind group by 1)
      select t.scope || ' ' || t.year || ' ' || t.kind from recognition_totals t left join given g on g.name = t.scope || ' ' || t.year || ' ' || t.kind
      where t.kind <> 'nameless' and (t.amount_vnd, t.gifts) is distinct from (coalesce(g.vnd, 0), coalesce(g.gifts, 0))`,
  ],
  [
    'givers who are named though their names may not be shown',
    sql`select r.donation_id::text from recognised_gifts r join pledges p on p.id = r.pledge_id
      left join disclosures d on d.pledge_id = p.id and d.field = 'name' and d.review = 'shown'
      where (r.giver_id is not null) <> (p.is_named and d.pledge_id is not null and r.amount_vnd > 0)
        and r.donation_id not in (${AHEAD})
        and not exists (select 1 from pending_events q join events e on e.id = q.event_id where e.donation_id = r.donation_id)`,
  ],
  [
    'givers who are listed by other words than those of their names',
    sql`select g.id::text from givers g where g.words <> coalesce((select array_agg(distinct word) from disclosures d, unnest(string_to_array(d.folded, ' ')) as word
        where d.pledge_id = g.pledge_id and d.field = 'name' and d.review = 'shown' and word <> ''), '{}')
      and not exists (select 1 from recognised_gifts r where r.giver_id = g.id and r.donation_id in (${AHEAD}))
      and not exists (select 1 from recognised_gifts r join events e on e.donation_id = r.donation_id join pending_events q on q.event_id = e.id where r.giver_id = g.id)`,
  ],
  [
    // Compared by sums of hashes: row by row would take long.
    'lists of words that differ from the sums of givers',
    sql`with told as (select s.list_id, count(*) as rows, sum(hashint8extended(s.giver_id, hashint8extended(s.amount_vnd, hashtextextended(word, 0)))) as hash
          from giver_sums s join givers g on g.id = s.giver_id cross join unnest(g.words) as word where s.amount_vnd > 0 group by 1),
        listed as (select list_id, count(*) as rows, sum(hashint8extended(giver_id, hashint8extended(amount_vnd, hashtextextended(word, 0)))) as hash
          from giver_words group by 1)
      select coalesce((select name from giver_lists where id = list_id), list_id::text) from told t full join listed l using (list_id) where (t.rows, t.hash) is distinct from (l.rows, l.hash)`,
  ],
]
