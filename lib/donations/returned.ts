import { sql, type AnyColumn, type SQL } from 'drizzle-orm'

/**
 * What of a gift went back to its donor, by refunds and lost disputes, in đồng: an expression for a query that has the
 * gift's id. Money that a bank sent back again is the gift's once more.
 */
export const returnedVndOf = (donationId: AnyColumn): SQL<bigint> =>
  sql`coalesce((select sum(case e.kind when 'refund_failed' then -e.amount_vnd
      when 'reserve_used' then (e.facts->>'coversVnd')::bigint else e.amount_vnd end) from events e
    where e.donation_id = ${donationId} and e.kind in ('refund', 'refund_failed', 'dispute_lost', 'reserve_used')), 0)::bigint`.mapWith(
    BigInt,
  )
