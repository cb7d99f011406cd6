import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { events, lineUses, spendPayments, spendRefunds } from '../../db/schema'
import { subtract, type Stretch } from './stretches'

/** A whole use of a line, as its event laid it. */
type Use = Stretch & { eventId: bigint }

/**
 * What of some uses really left the fund: paid for children, or used by the reserve. What was moved lies on another line,
 * and what a supplier gave back lies at the end of the same one: whoever counted it here would count it twice.
 */
export async function paidOut(tx: Transaction, uses: readonly Use[]): Promise<Stretch[]> {
  if (uses.length === 0) return []
  const kinds = await tx
    .select({ id: events.id, kind: events.kind })
    .from(events)
    .where(inArray(events.id, [...new Set(uses.map(({ eventId }) => eventId))]))
  const kindOf = new Map(kinds.map(({ id, kind }) => [id, kind]))
  const out: Stretch[] = []
  for (const { eventId, ...use } of uses) {
    if (kindOf.get(eventId) === 'reserve_used') out.push(use)
    if (kindOf.get(eventId) === 'spend_paid') out.push(...subtract([use], await givenBack(tx, { ...use, eventId })))
  }
  return out
}

/** What suppliers gave back of a use that paid for a spend: from the spend's own đồng to those of the line. */
async function givenBack(tx: Transaction, { lineId, startVnd, endVnd, eventId }: Use): Promise<Stretch[]> {
  const [payment] = await tx
    .select({
      ...{ spendId: spendPayments.spendId, fromVnd: spendPayments.fromVnd },
      before: sql`coalesce((select sum(u.end_vnd - u.start_vnd) from ${lineUses} u
        where u.event_id = ${eventId} and u.start_vnd < ${startVnd}), 0)::bigint`.mapWith(BigInt),
    })
    .from(spendPayments)
    .where(eq(spendPayments.eventId, eventId))
  if (!payment) throw new Error(`event ${eventId} paid nothing`)
  const fromVnd = payment.fromVnd + payment.before
  const rows = await tx
    .select({ fromVnd: spendRefunds.fromVnd, toVnd: spendRefunds.toVnd })
    .from(spendRefunds)
    .where(
      and(
        eq(spendRefunds.spendId, payment.spendId),
        lt(spendRefunds.fromVnd, fromVnd + endVnd - startVnd),
        gt(spendRefunds.toVnd, fromVnd),
      ),
    )
  return rows.map((row) => ({ lineId, startVnd: startVnd + row.fromVnd - fromVnd, endVnd: startVnd + row.toVnd - fromVnd }))
}
