import { sql, type AnyColumn, type SQL } from 'drizzle-orm'

/** Whether a donation stands: it was not placed elsewhere, nor found to be no gift. For a query that has its id. */
export const stands = (donationId: AnyColumn): SQL =>
  sql`not exists (select 1 from donation_reversals r where r.donation_id = ${donationId} and r.restored_by_event_id is null)`

/** Whether a receipt of goods stands: it was not taken back. For a query that has its id. */
export const receiptStands = (receiptId: AnyColumn): SQL =>
  sql`not exists (select 1 from goods_reversals v where v.receipt_id = ${receiptId})`

/**
 * What of a gift went back to its donor, by refunds and lost disputes, in đồng: an expression for a query that has the
 * gift's id. Money that a bank sent back again is the gift's once more. Of one that stands no more nothing is left.
 */
export const returnedVndOf = (donationId: AnyColumn): SQL<bigint> =>
  sql`coalesce((select sum(case when e.kind in ('refund_failed', 'donation_restored') then -e.amount_vnd
      when e.kind = 'reserve_used' then (e.facts->>'coversVnd')::bigint else e.amount_vnd end) from events e
    where e.donation_id = ${donationId} and e.kind in ('refund', 'refund_failed', 'dispute_lost', 'reserve_used', 'donation_reversed', 'donation_restored')), 0)::bigint`.mapWith(
    BigInt,
  )
