import { sql } from 'drizzle-orm'

/** Checks of goods and services, in the same form as those of money; and that the two never meet. */
export const GOODS_CHECKS = [
  [
    'goods receipts that the ledger books otherwise',
    sql`select r.id::text from goods_receipts r
      left join postings p on p.entry_id = r.entry_id
      left join ledger_accounts credit on credit.id = p.credit_account_id
      left join ledger_accounts debit on debit.id = p.debit_account_id
      where credit.line_id is distinct from r.line_id or debit.kind is distinct from 'stock' or p.amount is distinct from r.units`,
  ],
  [
    'goods receipts without their one event',
    sql`select r.id::text from goods_receipts r left join events e on e.goods_receipt_id = r.id and e.kind = 'goods_received'
      where (e.line_id, e.units, e.fund_id) is distinct from (r.line_id, r.units, r.fund_id)`,
  ],
  [
    'stretches of goods that differ from their events',
    sql`select i.event_id::text from goods_intervals i join events e on e.id = i.event_id
      where (e.line_id, e.units, e.goods_receipt_id) is distinct from (i.line_id, i.end_unit - i.start_unit, i.receipt_id)`,
  ],
  [
    'placed receipts of goods without a stretch',
    sql`select e.id::text from events e join event_positions p on p.event_id = e.id left join goods_intervals i on i.event_id = e.id
      where e.kind = 'goods_received' and i.event_id is null`,
  ],
  [
    'totals of goods that differ from their stretches',
    sql`with laid as (select line_id, sum(end_unit - start_unit)::bigint as sum, count(*)::int as receipts from goods_intervals group by 1),
        back as (select e.line_id, sum(e.units)::bigint as sum, count(*)::int as receipts from events e
          join event_positions p on p.event_id = e.id where e.kind = 'goods_reversed' group by 1)
      select coalesce(l.line_id, t.line_id)::text from laid l full join goods_totals t on t.line_id = l.line_id
        left join back b on b.line_id = coalesce(l.line_id, t.line_id)
      where (l.sum, l.receipts - coalesce(b.receipts, 0), coalesce(b.sum, 0))
        is distinct from (t.received_units, t.receipts, t.reversed_units)`,
  ],
  [
    'totals of goods that differ from the ledger',
    sql`select a.line_id::text from ledger_accounts a
      left join goods_totals t on t.line_id = a.line_id
      where a.kind = 'line' and a.unit <> 'VND' and coalesce(t.received_units - t.reversed_units, 0) + coalesce((
          select sum(case e.kind when 'goods_reversed' then -e.units else e.units end) from pending_events p join events e on e.id = p.event_id where e.line_id = a.line_id), 0)
        <> coalesce((select sum(p.amount) from postings p where p.credit_account_id = a.id), 0)
         - coalesce((select sum(p.amount) from postings p where p.debit_account_id = a.id), 0)`,
  ],
  [
    'goods that are taken back in one place and not in another',
    sql`select r.id::text from goods_receipts r left join goods_reversals v on v.receipt_id = r.id
      left join events e on e.goods_receipt_id = r.id and e.kind = 'goods_reversed'
      left join entries m on m.reverses_entry_id = r.entry_id
      where num_nonnulls(v.receipt_id, e.id, m.id) not in (0, 3) or v.event_id <> e.id or v.entry_id <> m.id
        or (e.line_id, e.units, e.fund_id) <> (r.line_id, r.units, r.fund_id)`,
  ],
  [
    'pledges of goods that are received without a receipt, or the other way round',
    sql`select d.id::text from pledges d
      where d.method = 'goods' and (d.state = 'received') <> exists (select 1 from goods_receipts r
        where r.pledge_id = d.id and not exists (select 1 from goods_reversals v where v.receipt_id = r.id))`,
  ],
  [
    'money on a line of goods',
    sql`select l.id::text from lines l where l.unit <> 'VND'
      and (exists (select 1 from intervals i where i.line_id = l.id) or exists (select 1 from line_totals t where t.line_id = l.id)
        or exists (select 1 from donations d where d.line_id = l.id) or exists (select 1 from events e where e.line_id = l.id and e.amount_vnd is not null))`,
  ],
  [
    'goods on a line of money',
    sql`select e.id::text from events e join lines l on l.id = e.line_id where l.unit = 'VND' and e.units is not null`,
  ],
] as const
