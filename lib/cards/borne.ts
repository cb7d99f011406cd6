import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { cardDisputes, cardMovements, events } from '../../db/schema'
import type { CardCharge } from '../payments/stripe/model'
import { keptShareOf, roundsOf } from './model'

/** Who bore what of what went back: a line, or null for the fund, which owes it. */
type Bearer = number | null

/** What one bearer gets back. */
export interface PaidBack {
  lineId: Bearer
  amountVnd: bigint
}

/**
 * Who gets back what of a refund that a bank sent back, in đồng of the gift. Refunds and lost disputes of a gift take no
 * more of it than it was: what they came to beyond that was the state budget's, and is the first to be its own again.
 * The rest goes back to whoever bore this refund (its lines, the reserve among them, then the fund) and, where they have
 * it already, to whoever bore another, in the same order.
 * @param failed Stripe's id of the refund
 * @returns what is not the state budget's
 */
export async function paidBackOf(
  tx: Transaction,
  gift: { donationId: bigint; amountVnd: bigint; reserveLineId: number },
  failed: string,
  charge: CardCharge,
  shares: ReadonlyMap<string, bigint>,
): Promise<PaidBack[]> {
  const told = await tx
    .select({
      kind: events.kind,
      lineId: events.lineId,
      amountVnd: sql`coalesce(${events.amountVnd}, 0)`.mapWith(BigInt),
      owedVnd: sql`coalesce((${events.facts}->>'owedByFundVnd')::bigint, 0)`.mapWith(BigInt),
      isOfFailed: sql<boolean>`coalesce(${events.facts}->>'refund' = ${failed}, false)`,
    })
    .from(events)
    .where(and(eq(events.donationId, gift.donationId), inArray(events.kind, ['refund', 'dispute_lost', 'reserve_used', 'refund_failed'])))
    .orderBy(events.id)
  const bore = new Map<Bearer, bigint>()
  const boreOfFailed = new Map<Bearer, bigint>()
  for (const { kind, lineId, amountVnd, owedVnd, isOfFailed } of told) {
    add(bore, lineId, kind === 'refund_failed' ? -amountVnd : amountVnd)
    add(bore, null, owedVnd)
    if (!isOfFailed) continue
    add(boreOfFailed, lineId, amountVnd)
    add(boreOfFailed, null, owedVnd)
  }
  const borneVnd = [...bore.values()].reduce((sum, vnd) => sum + vnd, 0n)
  const stillVnd = await wantedBeside(tx, failed, charge, shares)
  let leftVnd = borneVnd - (stillVnd < gift.amountVnd ? stillVnd : gift.amountVnd)
  const paid = new Map<Bearer, bigint>()
  const rank = (lineId: Bearer) => (lineId === null ? 2 : lineId === gift.reserveLineId ? 1 : 0)
  const order = [...bore.keys()].sort((a, b) => rank(a) - rank(b) || (a ?? 0) - (b ?? 0))
  for (const most of [boreOfFailed, bore]) {
    for (const lineId of order) {
      const owed = (bore.get(lineId) ?? 0n) - (paid.get(lineId) ?? 0n)
      const vnd = [owed, most.get(lineId) ?? 0n, leftVnd].reduce((least, other) => (other < least ? other : least))
      if (vnd <= 0n) continue
      add(paid, lineId, vnd)
      leftVnd -= vnd
    }
  }
  return [...paid].map(([lineId, amountVnd]) => ({ lineId, amountVnd }))
}

const add = (sums: Map<Bearer, bigint>, key: Bearer, vnd: bigint) => {
  if (vnd !== 0n) sums.set(key, (sums.get(key) ?? 0n) + vnd)
}

/** What the other refunds and the lost disputes of a charge that are booked come to, in đồng of the gift. */
async function wantedBeside(tx: Transaction, failed: string, { refunds, disputes }: CardCharge, shares: ReadonlyMap<string, bigint>) {
  const sources = [...refunds, ...disputes].map(({ stripeId }) => stripeId)
  const movements = await tx
    .select({ sourceId: cardMovements.sourceId, kind: cardMovements.kind })
    .from(cardMovements)
    .where(inArray(cardMovements.sourceId, sources))
  const isBooked = (id: string, kind: 'refund' | 'refund_failure') => movements.some((one) => one.sourceId === id && one.kind === kind)
  const closed = await tx
    .select({ stripeId: cardDisputes.stripeId })
    .from(cardDisputes)
    .where(and(inArray(cardDisputes.stripeId, sources), eq(cardDisputes.state, 'lost')))
  const lost = new Set(closed.map(({ stripeId }) => stripeId))
  const shareOf = (id: string) => shares.get(id) ?? 0n
  let wantedVnd = 0n
  for (const { stripeId } of refunds) {
    if (stripeId !== failed && isBooked(stripeId, 'refund') && !isBooked(stripeId, 'refund_failure')) wantedVnd += shareOf(stripeId)
  }
  for (const dispute of disputes) {
    const last = lost.has(dispute.stripeId) ? roundsOf(dispute).at(-1) : undefined
    if (last) wantedVnd += keptShareOf({ ...last, state: 'lost' }, shareOf(dispute.stripeId))
  }
  return wantedVnd
}
