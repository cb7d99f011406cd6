import { and, eq, inArray, sql } from 'drizzle-orm'
import { events, intervals, lineUses, movedParts, spendPayments, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import type { StoryStep } from './model'
import { potNames } from './pots'

/**
 * When gifts paid for spends, payment by payment, also where a supplier gave it back later: what of their đồng lies in
 * what each payment took.
 */
export async function paymentsOf({ db }: Context, donationIds: readonly bigint[], locale: Locale): Promise<StoryStep[]> {
  if (donationIds.length === 0) return []
  const shared = sql`sum(least(${intervals.endVnd}, ${lineUses.endVnd}) - greatest(${intervals.startVnd}, ${lineUses.startVnd}))::bigint`
  const rows = await db
    .select({ payment: spendPayments, spend: spends, amountVnd: shared.mapWith(BigInt) })
    .from(intervals)
    .innerJoin(
      lineUses,
      and(
        eq(lineUses.lineId, intervals.lineId),
        // Uses never overlap: the one that begins before an interval is the first that can reach into it.
        sql`${lineUses.startVnd} >= coalesce((select b.start_vnd from line_uses b where b.line_id = ${intervals.lineId}
          and b.start_vnd <= ${intervals.startVnd} order by b.start_vnd desc limit 1), 0)`,
        sql`${lineUses.startVnd} < ${intervals.endVnd} and ${lineUses.endVnd} > ${intervals.startVnd}`,
      ),
    )
    .innerJoin(spendPayments, eq(spendPayments.eventId, lineUses.eventId))
    .innerJoin(spends, eq(spends.id, spendPayments.spendId))
    .where(inArray(intervals.donationId, [...donationIds]))
    .groupBy(spendPayments.id, spends.id)
  return rows.map(({ payment, spend, amountVnd }) => ({
    ...{ kind: 'paid', key: `paid-${payment.id}`, at: payment.createdAt, on: payment.paidOn, amountVnd },
    spend: { key: String(spend.id), title: pick(locale, spend.titleVi, spend.titleEn), supplier: spend.supplier },
  }))
}

/** When money of gifts was moved to another pot, or came back from a supplier and lies in the pot anew. */
export async function movesOf({ db }: Context, donationIds: readonly bigint[], locale: Locale): Promise<StoryStep[]> {
  if (donationIds.length === 0) return []
  const rows = await db
    .select({ event: events, amountVnd: movedParts.amountVnd })
    .from(movedParts)
    .innerJoin(events, eq(events.id, movedParts.eventId))
    .where(inArray(movedParts.donationId, [...donationIds]))
  const isMove = (kind: string) => kind === 'transfer_in'
  const nameOf = await potNames(
    db,
    rows.flatMap(({ event }) => (isMove(event.kind) && event.lineId !== null ? [event.lineId] : [])),
    locale,
  )
  // A move is told where it leaves and where it enters; why stands where it leaves.
  const outs = rows.filter(({ event }) => isMove(event.kind)).map(({ event }) => outOf(event.idempotencyKey))
  const told = outs.length === 0 ? [] : await db.select().from(events).where(inArray(events.idempotencyKey, outs))
  const spendIds = rows.flatMap(({ event }) => (event.kind === 'spend_refunded' ? [BigInt(String(event.facts.spend))] : []))
  const spendRows = spendIds.length === 0 ? [] : await db.select().from(spends).where(inArray(spends.id, spendIds))
  const steps = new Map<string, StoryStep>()
  for (const { event, amountVnd } of rows) {
    const key = `event-${event.id}`
    const known = steps.get(key)
    if (known) {
      known.amountVnd += amountVnd
      continue
    }
    const shared = { key, at: event.createdAt, on: event.day, amountVnd }
    if (isMove(event.kind) && event.lineId !== null) {
      const reason = told.find(({ idempotencyKey }) => idempotencyKey === outOf(event.idempotencyKey))?.facts
      const text = reason && pick(locale, String(reason.reasonVi), String(reason.reasonEn))
      steps.set(key, { kind: 'moved', ...shared, to: nameOf(event.lineId), reason: text ?? null })
    }
    const spend = spendRows.find(({ id }) => String(id) === String(event.facts.spend))
    if (event.kind === 'spend_refunded' && spend) {
      const name = { key: String(spend.id), title: pick(locale, spend.titleVi, spend.titleEn), supplier: spend.supplier }
      steps.set(key, { kind: 'given_back', ...shared, spend: name })
    }
  }
  return [...steps.values()]
}

const outOf = (idempotencyKey: string): string => idempotencyKey.replace(/:in$/, ':out')
