import { sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { FEWEST_CHILDREN } from '../few'
import { BANK_CHECKS } from './reconcile-bank'
import { COMMITMENT_CHECKS } from './reconcile-commitments'
import { GOODS_CHECKS } from './reconcile-goods'
import { LINE_CHECKS } from './reconcile-lines'
import { OFFICE_CHECKS } from './reconcile-office'
import { RECOGNITION_CHECKS } from './reconcile-recognition'
import { TRACE_CHECKS } from './reconcile-traces'

/** A check of the books and the read models: it must find nothing. */
type Check = readonly [name: string, finding: ReturnType<typeof sql>]

/** Of what was written down in the transaction of a fact, and of what stands in the log by its hash alone. */
const TOLD_CHECKS: readonly Check[] = [...TRACE_CHECKS, ...COMMITMENT_CHECKS]

const CHECKS: readonly Check[] = [
  ['entries without a posting', sql`select e.id::text from entries e where not exists (select 1 from postings p where p.entry_id = e.id)`],
  [
    'donations that the ledger books otherwise',
    sql`select d.id::text from donations d
      left join postings p on p.entry_id = d.entry_id
      left join ledger_accounts a on a.id = p.credit_account_id
      where a.line_id is distinct from d.line_id or p.amount is distinct from d.amount_vnd`,
  ],
  [
    'donations without their one event',
    sql`select d.id::text from donations d left join events e on e.donation_id = d.id and e.kind in ('donation', 'interest') where e.id is null`,
  ],
  [
    'events neither placed, waiting nor parked',
    sql`select e.id::text from events e
      where not exists (select 1 from event_positions p where p.event_id = e.id)
        and not exists (select 1 from pending_events p where p.event_id = e.id)
        and not exists (select 1 from parked_events p where p.event_id = e.id)`,
  ],
  ['positions with a gap', sql`select max(position)::text from event_positions having max(position) + 1 <> count(*)`],
  [
    'intervals that differ from their events',
    sql`select i.event_id::text from intervals i join events e on e.id = i.event_id
      group by i.event_id, i.line_id, e.line_id, e.amount_vnd, e.donation_id
      having e.line_id is distinct from i.line_id or e.amount_vnd <> sum(i.end_vnd - i.start_vnd)
        or (e.donation_id is not null and (count(*) <> 1 or min(i.donation_id) <> e.donation_id))`,
  ],
  [
    'placed donations without an interval',
    sql`select e.id::text from events e join event_positions p on p.event_id = e.id left join intervals i on i.event_id = e.id
      where e.kind in ('donation', 'donation_restored', 'interest') and i.event_id is null`,
  ],
  [
    'line totals that differ from the ledger',
    sql`select a.line_id::text from ledger_accounts a
      left join line_totals t on t.line_id = a.line_id
      where a.kind = 'line' and a.unit = 'VND' and coalesce(t.net_vnd - t.spent_vnd, 0) + coalesce((
          select sum(case when e.kind in ('donation', 'donation_restored', 'interest', 'refund_failed', 'transfer_in', 'spend_refunded') then e.amount_vnd
            when e.kind in ('donation_reversed', 'refund', 'dispute_lost', 'reserve_used', 'transfer_out', 'spend_paid') then -e.amount_vnd end)
          from pending_events p join events e on e.id = p.event_id where e.line_id = a.line_id), 0)
        <> coalesce((select sum(p.amount) from postings p where p.credit_account_id = a.id), 0)
         - coalesce((select sum(p.amount) from postings p where p.debit_account_id = a.id), 0)`,
  ],
  [
    'line totals that differ from what was handed over',
    sql`with told as (select e.line_id, case when bool_or(d.children < ${FEWEST_CHILDREN}::int) then 0
            else sum(u.to_unit * i.amount_vnd / i.units - u.from_unit * i.amount_vnd / i.units) end as vnd
          from deliveries d join events e on e.id = d.event_id join event_positions p on p.event_id = e.id
            join delivery_units u on u.delivery_id = d.id join spend_items i on i.spend_id = u.spend_id and i.position = u.position
          group by e.line_id, d.spend_id),
        handed as (select line_id, sum(vnd)::bigint as vnd from told group by 1)
      select coalesce(t.line_id, h.line_id)::text from line_totals t full join handed h on h.line_id = t.line_id
      where coalesce(t.delivered_vnd, 0) <> coalesce(h.vnd, 0)`,
  ],
  [
    'line totals that differ from the intervals',
    sql`with gifts as (select e.line_id, sum(case when e.kind = 'donation_reversed' then -1 else 1 end)::int as gifts
          from event_positions p join events e on e.id = p.event_id join donations d on d.id = e.donation_id
          where e.kind in ('donation', 'donation_reversed', 'donation_restored') and d.nature = 'gift' group by 1),
        laid as (select i.line_id, sum(i.end_vnd - i.start_vnd)::bigint as sum, coalesce(min(g.gifts), 0) as gifts
          from intervals i left join gifts g on g.line_id = i.line_id group by 1)
      select coalesce(l.line_id, t.line_id)::text from laid l full join line_totals t on t.line_id = l.line_id
      where (l.sum, l.gifts) is distinct from (t.received_vnd, t.gifts)`,
  ],
  [
    'line totals that differ from what was given',
    sql`with given as (select u.line_id, sum(u.end_vnd - u.start_vnd)::bigint as sum
        from line_uses u join event_positions p on p.event_id = u.event_id group by 1)
      select t.line_id::text from line_totals t left join given g on g.line_id = t.line_id where coalesce(g.sum, 0) <> t.returned_vnd + t.moved_vnd + t.spent_vnd + t.reentered_vnd`,
  ],
  [
    'đồng given that their events do not tell of',
    sql`select u.event_id::text from line_uses u join events e on e.id = u.event_id
      group by u.event_id, u.line_id, e.line_id, e.amount_vnd having u.line_id is distinct from e.line_id or sum(u.end_vnd - u.start_vnd) <> e.amount_vnd`,
  ],
  [
    'đồng given or held twice',
    sql`with taken as (
        select line_id, start_vnd, end_vnd from line_uses
        union all select line_id, start_vnd, end_vnd from line_holds where ended_by_event_id is null),
      ordered as (select *, lead(start_vnd) over (partition by line_id order by start_vnd, end_vnd) as next from taken)
      select line_id::text from ordered where next < end_vnd`,
  ],
  [
    'đồng held for what is over',
    sql`select e.id::text from line_holds h join events e on e.id = h.event_id
      where h.ended_by_event_id is null and e.kind in ('refund_requested', 'dispute_opened')
        and not exists (select 1 from refunds r where r.hold_event_id = e.id and r.state in ('requested', 'approved', 'sent'))
        and not exists (select 1 from card_disputes d where d.stripe_id = e.facts->>'dispute' and d.state = 'open')`,
  ],
  [
    'outflows of lines that differ from what they gave, hold and promised',
    sql`with used as (select line_id, sum(end_vnd - start_vnd)::bigint as vnd from line_uses group by 1),
        held as (select line_id, sum(end_vnd - start_vnd)::bigint as vnd from line_holds where ended_by_event_id is null group by 1),
        promised as (select s.line_id, sum(s.amount_vnd - coalesce((select max(p.to_vnd) from spend_payments p where p.spend_id = s.id), 0))::bigint as vnd
          from spends s where s.state = 'approved' group by 1)
      select coalesce(o.line_id, u.line_id, h.line_id, p.line_id)::text from line_outflows o
        full join used u on u.line_id = o.line_id full join held h on h.line_id = o.line_id full join promised p on p.line_id = o.line_id
      where (coalesce(o.used_vnd, 0), coalesce(o.held_vnd, 0), coalesce(o.reserved_vnd, 0))
        is distinct from (coalesce(u.vnd, 0), coalesce(h.vnd, 0), coalesce(p.vnd, 0))`,
  ],
  [
    'money that entered a line without a place, or whose parts do not add up',
    sql`select e.id::text from events e left join moved_parts m on m.event_id = e.id
      where e.kind in ('transfer_in', 'spend_refunded') group by e.id having coalesce(sum(m.amount_vnd), 0) <> e.amount_vnd`,
  ],
  [
    'card payments that are not one donation each',
    sql`select c.id::text from card_payments c left join donations d on d.card_payment_id = c.id where d.id is null`,
  ],
  [
    'balance at Stripe that differs from what moved it',
    sql`select f.id::text from funds f where
        coalesce((select sum(case when a.id = p.debit_account_id then p.amount else -p.amount end) from ledger_accounts a
          join ledgers l on l.id = a.ledger_id join postings p on a.id in (p.debit_account_id, p.credit_account_id)
          where a.kind = 'stripe_clearing' and l.fund_id = f.id), 0)
        <> coalesce((select sum(c.amount_vnd) from card_payments c where c.fund_id = f.id), 0)
         + coalesce((select sum(m.amount_vnd) from card_movements m where m.fund_id = f.id
            and m.kind in ('refund', 'refund_failure', 'dispute', 'dispute_reversal', 'fee')), 0)
         - coalesce((select sum(m.fee_vnd) from card_movements m where m.fund_id = f.id and m.entry_id is not null), 0)
         - coalesce((select sum(o.amount_vnd) from card_payouts o where o.fund_id = f.id and o.bank_transaction_id is not null), 0)`,
  ],
  [
    'money in dispute that differs from the disputes',
    sql`select f.id::text from funds f where
        coalesce((select sum(case when a.id = p.debit_account_id then p.amount else -p.amount end) from ledger_accounts a
          join ledgers l on l.id = a.ledger_id join postings p on a.id in (p.debit_account_id, p.credit_account_id)
          where a.kind = 'in_dispute' and l.fund_id = f.id), 0)
        <> coalesce((select sum(-last.amount_vnd) from card_disputes d
          cross join lateral (select m.amount_vnd from card_movements m where m.source_id = d.stripe_id and m.kind = 'dispute'
            order by m.happened_at desc, m.created_at desc limit 1) as last
          where d.fund_id = f.id and d.state <> 'lost'
            and (select count(*) from card_movements m where m.source_id = d.stripe_id and m.kind = 'dispute')
              > (select count(*) from card_movements m where m.source_id = d.stripe_id and m.kind = 'dispute_reversal')), 0)`,
  ],
  [
    'day totals that differ from the intervals',
    sql`with laid as (select (d.received_at at time zone 'Asia/Ho_Chi_Minh')::date as day, e.fund_id,
          sum(case when e.kind = 'donation_reversed' then -e.amount_vnd else e.amount_vnd end)::bigint as sum,
          sum(case when e.kind = 'donation_reversed' then -1 else 1 end)::int as gifts
        from event_positions p join events e on e.id = p.event_id join donations d on d.id = e.donation_id
        where e.kind in ('donation', 'donation_reversed', 'donation_restored') and d.nature = 'gift' group by 1, 2)
      select coalesce(l.day, d.day)::text from laid l full join day_totals d on d.day = l.day and d.fund_id = l.fund_id
      where (l.sum, l.gifts) is distinct from (d.received_vnd, d.gifts)`,
  ],
  ...TOLD_CHECKS,
  ...BANK_CHECKS,
  ...GOODS_CHECKS,
  ...OFFICE_CHECKS,
  ...RECOGNITION_CHECKS,
  ...LINE_CHECKS,
]

/**
 * Reconciles ledger, events, intervals and read models with one another.
 * @returns what does not agree, one line each with a few examples; empty when all is well
 */
export const listDiscrepancies = (db: Database): Promise<string[]> => findAll(db, CHECKS, () => undefined)

/**
 * Holds what no sequencer derives against the events that tell of it: whose đồng were given, held and stood in for, payments,
 * deliveries, papers, photos, names and messages.
 * @param onChecked told after each check; what it throws ends it
 * @returns as `listDiscrepancies`
 */
export const listToldOtherwise = (db: Database, onChecked: (done: number) => void): Promise<string[]> => findAll(db, TOLD_CHECKS, onChecked)

async function findAll(db: Database, checks: readonly Check[], onChecked: (done: number) => void): Promise<string[]> {
  const found: string[] = []
  for (const [index, [name, finding]] of checks.entries()) {
    const rows = await db.select({ id: sql<string>`found.id` }).from(sql`(${finding} limit 5) as found(id)`)
    if (rows.length > 0) found.push(`${name}: ${rows.map((row) => row.id).join(', ')}`)
    onChecked(index + 1)
  }
  return found
}
