import { sql } from 'drizzle-orm'

/** Checks of cash and cheques taken at an office, as in `reconcile.ts`: each must find nothing. */
export const OFFICE_CHECKS: readonly (readonly [name: string, finding: ReturnType<typeof sql>])[] = [
  [
    'cash boxes that hold less than nothing, or otherwise than what was given and banked',
    sql`select b.fund_id::text from (
        select l.fund_id, coalesce((select sum(case when p.debit_account_id = a.id then p.amount else -p.amount end)
            from postings p where a.id in (p.debit_account_id, p.credit_account_id)), 0) as vnd
          from ledger_accounts a join ledgers l on l.id = a.ledger_id where a.kind = 'cash_box') b
      where b.vnd < 0 or b.vnd <> coalesce((select sum(d.amount_vnd) from donations d where d.fund_id = b.fund_id and d.office_receipt_id is not null
          and not exists (select 1 from donation_reversals r where r.donation_id = d.id and r.restored_by_event_id is null)), 0)
        - coalesce((select sum(t.amount_vnd) from bank_decisions d join bank_decision_lines l on l.decision_id = d.id
          join bank_transactions t on t.id = l.bank_transaction_id
          where d.fund_id = b.fund_id and d.kind = 'cash_banked' and d.undone_at is null), 0)`,
  ],
  [
    'receipts of cash that are not one donation each',
    sql`select o.id::text from office_receipts o left join donations d on d.office_receipt_id = o.id
      where (o.kind = 'cash') <> (d.id is not null)`,
  ],
  [
    'cash taken back whose gift, or entry, still stands',
    sql`select c.id::text from cash_reversals c join donations d on d.office_receipt_id = c.receipt_id
      where (c.state = 'reversed') <> exists (select 1 from donation_reversals r where r.cash_reversal_id = c.id and r.donation_id = d.id)
        or (c.state = 'reversed') <> exists (select 1 from entries e where e.id = c.entry_id and e.reverses_entry_id = d.entry_id)`,
  ],
  [
    'deposits of cash matched with another sum or account',
    sql`select c.id::text from cash_deposits c join bank_decisions d on d.cash_deposit_id = c.id and d.undone_at is null
        join bank_decision_lines l on l.decision_id = d.id join bank_transactions t on t.id = l.bank_transaction_id
      where (t.amount_vnd, t.receiving_account_id, t.direction) is distinct from (c.amount_vnd, c.receiving_account_id, 'in') or d.kind <> 'cash_banked'`,
  ],
]
