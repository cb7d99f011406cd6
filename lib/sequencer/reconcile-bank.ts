import { sql } from 'drizzle-orm'

/** Decisions that match a line with what was written down on its own; such a line has no entry beside that one's. */
const MATCHED = sql`exists (select 1 from bank_decision_lines l join bank_decisions d on d.id = l.decision_id
  where l.bank_transaction_id = b.id and d.undone_at is null and d.kind in ('spend', 'supplier_refund', 'refund_paid'))`

/** Checks of the bank's lines and closed days, as in `reconcile.ts`: each must find nothing. */
export const BANK_CHECKS: readonly (readonly [name: string, finding: ReturnType<typeof sql>])[] = [
  [
    'bank lines booked twice or not at all',
    sql`select b.id::text from bank_transactions b
        left join donations d on d.bank_transaction_id = b.id
          and not exists (select 1 from donation_reversals r where r.donation_id = d.id and r.restored_by_event_id is null)
      where b.direction = 'in' group by b.id
      having coalesce(sum(d.amount_vnd) filter (where d.nature = 'gift'), 0) <> case when b.state in ('placed', 'unplaced', 'to_return') then b.amount_vnd else 0 end
        or coalesce(sum(d.amount_vnd) filter (where d.nature = 'interest'), 0) not in (0, case when b.state = 'settled' then b.amount_vnd else 0 end)`,
  ],
  [
    'donations that stand beside what stands in their place',
    sql`select d.id::text from donations d join donations o on o.id = d.replaces_id
      where not exists (select 1 from donation_reversals r where r.donation_id = d.id and r.restored_by_event_id is null)
        and not exists (select 1 from donation_reversals r where r.donation_id = o.id and r.restored_by_event_id is null)`,
  ],
  [
    'bank accounts that the books know otherwise than their lines',
    sql`select a.alias from receiving_accounts a join ledger_accounts l on l.receiving_account_id = a.id
      where coalesce((select sum(case when p.debit_account_id = l.id then p.amount else -p.amount end)
          from postings p join entries e on e.id = p.entry_id
          where l.id in (p.debit_account_id, p.credit_account_id) and e.kind not in ('spend', 'spend_refund', 'refund')), 0)
        <> coalesce((select sum(case b.direction when 'in' then b.amount_vnd else -b.amount_vnd end) from bank_transactions b
          where b.receiving_account_id = a.id and b.state in ('placed', 'unplaced', 'to_return', 'payout', 'settled') and not ${MATCHED}), 0)`,
  ],
  [
    'bank lines matched with another sum',
    sql`select d.id::text from bank_decisions d join bank_decision_lines l on l.decision_id = d.id join bank_transactions b on b.id = l.bank_transaction_id
        left join spend_payments p on p.id = d.spend_payment_id left join spend_refunds s on s.id = d.spend_refund_id left join refunds r on r.id = d.refund_id
      where d.undone_at is null and num_nonnulls(p.id, s.id, r.id) > 0
        and b.amount_vnd <> coalesce(p.to_vnd - p.from_vnd, s.to_vnd - s.from_vnd, r.amount_vnd)`,
  ],
  [
    'advances that the books know otherwise',
    sql`select f.id::text from funds f where
        coalesce((select sum(case when a.id = p.debit_account_id then p.amount else -p.amount end) from ledger_accounts a
          join ledgers l on l.id = a.ledger_id join postings p on a.id in (p.debit_account_id, p.credit_account_id)
          where a.kind = 'advance' and l.fund_id = f.id), 0)
        <> coalesce((select sum(case when m.kind in ('given', 'returned_undone') then m.amount_vnd else -m.amount_vnd end)
          from advance_moves m join spend_advances a on a.id = m.advance_id join spends s on s.id = a.spend_id where s.fund_id = f.id), 0)`,
  ],
  [
    'decisions taken back whose entries still stand',
    sql`select d.id::text from bank_decisions d join bank_decision_entries e on e.decision_id = d.id
      where (d.undone_at is not null) <> exists (select 1 from entries r where r.reverses_entry_id = e.entry_id and r.idempotency_key like 'undo:' || d.id || ':%')`,
  ],
  [
    'lines to be closed that are none, or left out',
    sql`select coalesce(b.id, u.bank_transaction_id)::text from (select * from bank_transactions b
          where b.receiving_account_id is not null and b.posted_on is not null and b.state <> 'duplicate'
            and not exists (select 1 from day_close_lines l where l.bank_transaction_id = b.id)) b
        full join unclosed_lines u on (u.receiving_account_id, u.posted_on, u.bank_transaction_id) = (b.receiving_account_id, b.posted_on, b.id)
      where b.id is null or u.bank_transaction_id is null`,
  ],
  [
    'closed days that are not what their lines come to',
    sql`select c.id::text from day_closes c left join (
        select l.close_id, count(*) filter (where b.direction = 'in')::int as lines_in, coalesce(sum(b.amount_vnd) filter (where b.direction = 'in'), 0)::bigint as in_vnd,
          count(*) filter (where b.direction = 'out')::int as lines_out, coalesce(sum(b.amount_vnd) filter (where b.direction = 'out'), 0)::bigint as out_vnd
        from day_close_lines l join bank_transactions b on b.id = l.bank_transaction_id group by 1) s on s.close_id = c.id
      where (c.lines_in, c.sum_in_vnd, c.lines_out, c.sum_out_vnd)
        is distinct from (coalesce(s.lines_in, 0), coalesce(s.in_vnd, 0), coalesce(s.lines_out, 0), coalesce(s.out_vnd, 0))`,
  ],
]
