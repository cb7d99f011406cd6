import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { intervals, lineUses, movedParts, spendPayments } from '../../db/schema'
import type { Stretch } from '../money-line/stretches'
import type { Range } from './model'

/** A stretch of a line with its place in the đồng of the spend it paid for. */
export interface PaidStretch extends Stretch {
  atVnd: bigint
}

/** The đồng on its line that paid for a stretch of a spend, in the spend's order. */
export async function stretchesOfSpend(tx: Database, spendId: bigint, { fromVnd, toVnd }: Range): Promise<PaidStretch[]> {
  const payments = await tx
    .select()
    .from(spendPayments)
    .where(and(eq(spendPayments.spendId, spendId), lt(spendPayments.fromVnd, toVnd), gt(spendPayments.toVnd, fromVnd)))
    .orderBy(asc(spendPayments.fromVnd))
  const found: PaidStretch[] = []
  for (const payment of payments) {
    const uses = await tx.select().from(lineUses).where(eq(lineUses.eventId, payment.eventId)).orderBy(asc(lineUses.startVnd))
    let at = payment.fromVnd
    for (const { lineId, startVnd, endVnd } of uses) {
      const end = at + endVnd - startVnd
      const from = fromVnd > at ? fromVnd : at
      const to = toVnd < end ? toVnd : end
      if (from < to) found.push({ lineId, startVnd: startVnd + from - at, endVnd: startVnd + to - at, atVnd: from })
      at = end
    }
  }
  return found
}

/** Whose đồng lie on stretches of lines, gift by gift in their order. */
export async function giftsOn(tx: Database, stretches: readonly Stretch[]): Promise<{ donationId: bigint; amountVnd: bigint }[]> {
  const parts: { donationId: bigint; amountVnd: bigint }[] = []
  for (const { lineId, startVnd, endVnd } of stretches) {
    // Intervals chain, so those with an end in the stretch, and the one after, cover it.
    const rows = await tx
      .select({ donationId: intervals.donationId, startVnd: intervals.startVnd, endVnd: intervals.endVnd })
      .from(intervals)
      .where(
        and(
          eq(intervals.lineId, lineId),
          gt(intervals.endVnd, startVnd),
          lt(intervals.startVnd, endVnd),
          lt(
            intervals.endVnd,
            sql`coalesce((
        select i.end_vnd from ${intervals} i where i.line_id = ${lineId} and i.end_vnd >= ${endVnd} order by i.end_vnd limit 1), 0) + 1`,
          ),
        ),
      )
      .orderBy(asc(intervals.endVnd))
    for (const row of rows) {
      const from = row.startVnd > startVnd ? row.startVnd : startVnd
      const to = row.endVnd < endVnd ? row.endVnd : endVnd
      const last = parts.at(-1)
      if (last?.donationId === row.donationId) last.amountVnd += to - from
      else parts.push({ donationId: row.donationId, amountVnd: to - from })
    }
  }
  return parts
}

const ROWS_AT_ONCE = 10_000

/** Writes down whose đồng an event brings to a line; the sequencer lays them in this order. */
export async function writeParts(
  tx: Transaction,
  eventId: bigint,
  parts: readonly { donationId: bigint; amountVnd: bigint }[],
): Promise<void> {
  const rows = parts.map((part, position) => ({ eventId, position, ...part }))
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) await tx.insert(movedParts).values(rows.slice(from, from + ROWS_AT_ONCE))
}
