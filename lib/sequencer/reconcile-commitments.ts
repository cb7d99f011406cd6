import { sql, type SQL } from 'drizzle-orm'

/** SHA-256 of a domain tag, a salt and what is committed to, in hex: as `lib/events/commitment.ts` makes it. */
const commitment = (tag: SQL, salt: SQL, committed: SQL) =>
  sql`encode(sha256(convert_to('tung-dong/' || ${tag} || '/v1', 'UTF8') || '\\x00'::bytea || ${salt} || ${committed}), 'hex')`

/**
 * Checks, as in `reconcile.ts`, of what stands in the log by its hash alone: papers, photos, names and messages are those
 * that events vouch for.
 */
export const COMMITMENT_CHECKS: readonly (readonly [name: string, finding: ReturnType<typeof sql>])[] = [
  [
    'papers that their events tell otherwise',
    sql`select coalesce(e.id, p.added_event_id)::text from (select * from events where kind = 'paper') e
        full join papers p on p.added_event_id = e.id left join deliveries d on d.id = p.delivery_id
      where (e.facts->>'paper', e.facts->>'dated', e.facts->>'original', e.facts->>'spend', e.facts->>'delivery')
          is distinct from (p.kind, p.dated_on::text, p.original_commitment, p.spend_id::text, d.slug)
        or (p.goods_receipt_id is not null and not coalesce(e.facts->'goods' ? p.goods_receipt_id::text, false))
        or p.original_commitment <> ${commitment(sql`'original'`, sql`p.original_salt`, sql`decode(split_part(p.original, '/', 2), 'hex')`)}`,
  ],
  [
    'copies of papers that their events tell otherwise',
    sql`select coalesce(e.id, p.event_id)::text from (select * from events where kind = 'document') e full join papers p on p.event_id = e.id
        where (e.id is not null or p.event_id is not null)
          and (e.facts->>'original', e.facts->>'sha256') is distinct from (p.original_commitment, split_part(p.copy, '/', 2))
      union all select coalesce(e.id, p.added_event_id)::text from (select * from events where kind = 'document_withdrawn') e
        full join papers p on e.idempotency_key = 'document_withdrawn:' || p.id
        where (e.id is null) <> (p.withdrawn_at is null)
          or (e.id is not null and (e.facts->>'original', e.facts->>'sha256')
            is distinct from (p.original_commitment, case when p.event_id is not null then split_part(p.copy, '/', 2) end))`,
  ],
  [
    'photos that their events tell otherwise',
    sql`select coalesce(e.id, p.event_id)::text from (select * from events where kind = 'photo') e full join photos p on p.event_id = e.id
          left join deliveries d on d.id = p.delivery_id
        where (e.id is not null or p.event_id is not null)
          and (e.facts->>'photo', e.facts->>'delivery') is distinct from (p.commitment, d.slug)
      union all select coalesce(e.id, p.event_id)::text from (select * from events where kind = 'photo_withdrawn') e
        full join (select * from photos where event_id is not null and withdrawn_at is not null) p on e.idempotency_key = 'photo_withdrawn:' || p.id
        where (e.facts->>'photo') is distinct from p.commitment`,
  ],
  [
    'names and messages that are not what was committed to',
    sql`select d.pledge_id::text from disclosures d
      where d.commitment <> ${commitment(sql`d.field`, sql`d.salt`, sql`convert_to(d.text, 'UTF8')`)}`,
  ],
  [
    // The newest fact of a donor's gifts, of money and of goods; one that names no text says that there is none.
    'names and messages that events tell otherwise',
    sql`with facts as (
          select g.pledge_id, e.id, e.kind, e.facts, e.donation_id, e.goods_receipt_id from events e join donations g on g.id = e.donation_id
            where g.pledge_id is not null and e.kind in ('donation', 'name_changed')
          union all select r.pledge_id, e.id, e.kind, e.facts, e.donation_id, e.goods_receipt_id from events e
            join goods_receipts r on r.id = e.goods_receipt_id where e.kind in ('goods_received', 'name_changed')
        ), told as (
          select distinct on (t.pledge_id, f.field) t.pledge_id, f.field, t.donation_id, t.goods_receipt_id,
            t.facts->>(f.field || 'Commitment') as commitment
          from facts t cross join (values ('name'), ('message')) as f(field)
          where t.kind <> 'name_changed' or f.field = 'name'
          order by t.pledge_id, f.field, t.id desc)
      select t.pledge_id::text from told t left join disclosures d on d.pledge_id = t.pledge_id and d.field = t.field
      where d.commitment is distinct from t.commitment and not (d.commitment is null and exists (select 1 from events x
        where x.kind = 'erasure' and (x.donation_id = t.donation_id or x.goods_receipt_id = t.goods_receipt_id)))`,
  ],
]
