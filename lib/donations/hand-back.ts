import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { events, lineTakeovers } from '../../db/schema'
import { lengthOf, subtract, takeFirst, type Stretch } from '../money-line/stretches'
import { lockLines } from '../money-line/uses'

/** A part of spent đồng that the fund stood in for. */
export interface HandedBack {
  stretch: Stretch
  /** The takeover it is a part of. */
  of: Stretch & { eventId: bigint }
}

/**
 * Which spent đồng of a gift are its donor's again when the fund need not stand in for them any more: those of the
 * refund that failed first, then others that the fund stands in for, the first đồng first. Locks their lines.
 * @param failed Stripe's id of the refund
 */
export async function chooseTakeovers(tx: Transaction, donationId: bigint, failed: string, amountVnd: bigint): Promise<HandedBack[]> {
  const standing = and(eq(events.donationId, donationId), isNull(lineTakeovers.endedByEventId))
  const lines = await tx
    .selectDistinct({ lineId: lineTakeovers.lineId })
    .from(lineTakeovers)
    .innerJoin(events, eq(events.id, lineTakeovers.eventId))
    .where(standing)
  await lockLines(
    tx,
    lines.map(({ lineId }) => lineId),
  )
  const rows = await tx
    .select({ takeover: lineTakeovers })
    .from(lineTakeovers)
    .innerJoin(events, eq(events.id, lineTakeovers.eventId))
    .where(and(standing, sql`(${events.facts}->>'owedByFundVnd')::bigint > 0`))
    .orderBy(sql`${events.facts}->>'refund' = ${failed} desc nulls last`, asc(lineTakeovers.lineId), asc(lineTakeovers.startVnd))
  const chosen: HandedBack[] = []
  let leftVnd = amountVnd
  for (const { takeover } of rows) {
    const { lineId, startVnd, endVnd, eventId } = takeover
    const [stretch] = takeFirst([{ lineId, startVnd, endVnd }], leftVnd)
    if (!stretch) break
    chosen.push({ stretch, of: { lineId, startVnd, endVnd, eventId } })
    leftVnd -= lengthOf([stretch])
  }
  return chosen
}

/** Ends takeovers, or the first part of one: the rest of it stands on. */
export async function handBack(tx: Transaction, chosen: readonly HandedBack[], endedByEventId: bigint): Promise<void> {
  if (chosen.length === 0) return
  for (const { stretch, of } of chosen) {
    const { lineId, startVnd, eventId } = of
    await tx
      .update(lineTakeovers)
      .set({ endedByEventId })
      .where(and(eq(lineTakeovers.lineId, lineId), eq(lineTakeovers.startVnd, startVnd), eq(lineTakeovers.eventId, eventId)))
    const rest = subtract([{ lineId, startVnd, endVnd: of.endVnd }], [stretch])
    if (rest.length > 0) await tx.insert(lineTakeovers).values(rest.map((part) => ({ ...part, eventId })))
  }
}
