import { sql } from 'drizzle-orm'
import { FEWEST_CHILDREN } from '../few'

/** Stretches that events of some kinds tell of, each with the event that tells it. */
const told = (fact: string, kinds: readonly string[]) =>
  sql`(select e.id, e.line_id, s.value as stretch from events e cross join jsonb_array_elements(e.facts->${fact}) s
    where e.kind in (${sql.join(
      kinds.map((kind) => sql`${kind}`),
      sql`, `,
    )}))`

/**
 * Checks, as in `reconcile.ts`, of whose đồng became what: stretches and rows that were written in the transaction of a fact
 * are those that its event tells of, no more and no fewer. What events tell of stands in the log.
 */
export const TRACE_CHECKS: readonly (readonly [name: string, finding: ReturnType<typeof sql>])[] = [
  [
    'đồng given otherwise than their events tell',
    sql`with told as (select id, line_id, (stretch->>0)::bigint as start_vnd, (stretch->>1)::bigint as end_vnd
        from ${told('stretches', ['donation_reversed', 'refund', 'dispute_lost', 'reserve_used', 'transfer_out', 'spend_paid'])} t)
      select coalesce(t.id, u.event_id)::text from told t full join line_uses u
        on u.event_id = t.id and u.line_id = t.line_id and u.start_vnd = t.start_vnd and u.end_vnd = t.end_vnd
      where t.id is null or u.event_id is null`,
  ],
  [
    // On which line each lies is not told of a gift that lies on several: it lies where the gift does.
    'đồng held otherwise than their events tell',
    sql`with told as (select id, (stretch->>0)::bigint as start_vnd, (stretch->>1)::bigint as end_vnd, count(*) as times
          from ${told('stretches', ['refund_requested', 'dispute_opened'])} t group by 1, 2, 3),
        held as (select event_id, start_vnd, end_vnd, count(*) as times from line_holds group by 1, 2, 3)
      select coalesce(t.id, h.event_id)::text from told t full join held h on h.event_id = t.id and h.start_vnd = t.start_vnd and h.end_vnd = t.end_vnd
        where t.times is distinct from h.times
      union all select h.event_id::text from line_holds h join events e on e.id = h.event_id
        where not exists (select 1 from intervals i where i.line_id = h.line_id and i.donation_id = e.donation_id
          and i.start_vnd <= h.start_vnd and i.end_vnd >= h.end_vnd)
      union all select h.event_id::text from line_holds h join events e on e.id = h.event_id
        group by h.event_id, e.line_id having not bool_or(h.line_id = e.line_id)`,
  ],
  [
    'holds ended by what does not end them',
    sql`select h.event_id::text from line_holds h join events e on e.id = h.event_id left join events x on x.id = h.ended_by_event_id
      group by h.event_id having count(distinct coalesce(x.id, 0)) > 1 or bool_or(x.id is not null and (
        x.id < e.id or x.donation_id is distinct from e.donation_id
        or x.kind not in ('refund_withdrawn', 'refund', 'reserve_used', 'dispute_won', 'dispute_lost')
        or (e.kind = 'dispute_opened' and (x.facts->'dispute', x.facts->'round') is distinct from (e.facts->'dispute', e.facts->'round'))))`,
  ],
  [
    // What is handed back of a takeover ends it, and the rest of it stands as a row of its own.
    'đồng taken over or handed back otherwise than their events tell',
    sql`with back as (select id, (stretch->>0)::int as line_id, (stretch->>1)::bigint as start_vnd, (stretch->>2)::bigint as end_vnd
          from ${told('handsBack', ['refund_failed'])} t),
        should as (
          select id, (stretch->>0)::int as line_id, (stretch->>1)::bigint as start_vnd, (stretch->>2)::bigint as end_vnd
            from ${told('standsInFor', ['reserve_used'])} t
          union all select t.event_id, t.line_id, b.end_vnd, t.end_vnd from line_takeovers t
            join back b on b.id = t.ended_by_event_id and b.line_id = t.line_id and b.start_vnd = t.start_vnd where b.end_vnd < t.end_vnd)
      select coalesce(s.id, t.event_id)::text from should s full join line_takeovers t
        on t.event_id = s.id and t.line_id = s.line_id and t.start_vnd = s.start_vnd and t.end_vnd = s.end_vnd
        where s.id is null or t.event_id is null
      union all select coalesce(b.id, t.ended_by_event_id)::text from back b
        full join (select * from line_takeovers where ended_by_event_id is not null) t
          on t.ended_by_event_id = b.id and t.line_id = b.line_id and t.start_vnd = b.start_vnd
        where b.id is null or t.event_id is null or b.end_vnd > t.end_vnd
      union all select t.event_id::text from line_takeovers t join events e on e.id = t.event_id join events x on x.id = t.ended_by_event_id
        where x.donation_id is distinct from e.donation_id`,
  ],
  [
    'payments of spends that their events tell otherwise',
    sql`select coalesce(e.id, p.event_id)::text from (select * from events where kind = 'spend_paid') e
        full join spend_payments p on p.event_id = e.id left join spends s on s.id = p.spend_id
      where (e.facts->>'spend', e.line_id, e.day, e.facts->>'fromVnd', e.amount_vnd, e.facts->>'advance')
        is distinct from (p.spend_id::text, s.line_id, p.paid_on, p.from_vnd::text, p.to_vnd - p.from_vnd, p.advance_id::text)`,
  ],
  [
    'money back from suppliers that its events tell otherwise',
    sql`select coalesce(e.id, r.event_id)::text from (select * from events where kind = 'spend_refunded') e
        full join spend_refunds r on r.event_id = e.id left join spends s on s.id = r.spend_id
      where (e.facts->>'spend', e.line_id, e.facts->>'fromVnd', e.facts->>'toVnd', e.amount_vnd)
        is distinct from (r.spend_id::text, s.line_id, r.from_vnd::text, r.to_vnd::text, r.to_vnd - r.from_vnd)`,
  ],
  [
    'deliveries that their events tell otherwise',
    sql`select coalesce(e.id, d.event_id)::text from (select * from events where kind = 'delivery') e
        full join deliveries d on d.event_id = e.id left join administrative_units a on a.id = d.unit_id left join spends s on s.id = d.spend_id
      where (e.facts->>'spend', e.line_id, d.campaign_id, e.day, e.facts->>'commune', e.facts->>'place', e.facts->>'children')
          is distinct from (d.spend_id::text, s.line_id, s.campaign_id, d.delivered_on, a.slug, d.place_vi,
            case when d.children < ${FEWEST_CHILDREN}::int then ${`fewer than ${FEWEST_CHILDREN}`}::text else d.children::text end)
        or (select jsonb_agg(u order by u->'position') from jsonb_array_elements(e.facts->'units') u) is distinct from (
          select jsonb_agg(case when e.facts #> '{units,0,units}' is null
              then jsonb_build_object('position', u.position, 'fromUnit', u.from_unit, 'toUnit', u.to_unit)
              else jsonb_build_object('position', u.position, 'units', u.to_unit - u.from_unit) end order by u.position)
            from delivery_units u where u.delivery_id = d.id and u.spend_id = d.spend_id)`,
  ],
]
