import { and, asc, inArray } from 'drizzle-orm'
import { isAnyOf } from '../../db/rows'
import { events } from '../../db/schema'
import type { Context } from '../context'
import type { GiftChange } from './model'

const KINDS = ['refund_requested', 'refund_withdrawn', 'refund', 'refund_failed', 'dispute_opened', 'dispute_won', 'dispute_lost'] as const

/**
 * What happened to gifts after they arrived: refunds and disputes, oldest first. One that took money from several lines,
 * or from the fund's reserve, is one.
 */
export async function listGiftChanges({ db }: Context, donationIds: readonly bigint[]): Promise<GiftChange[]> {
  if (donationIds.length === 0) return []
  const rows = await db
    .select({ id: events.id, kind: events.kind, amountVnd: events.amountVnd, facts: events.facts, at: events.createdAt })
    .from(events)
    .where(and(isAnyOf(events.donationId, donationIds), inArray(events.kind, [...KINDS, 'reserve_used'])))
    .orderBy(asc(events.id))
  const changes = new Map<string, GiftChange>()
  for (const { id, kind: told, amountVnd, facts, at } of rows) {
    const went = KINDS.find((known) => known === told) ?? (typeof facts.dispute === 'string' ? 'dispute_lost' : 'refund')
    const kind = facts.because === 'cheque_returned' ? (went === 'refund' ? 'cheque_returned' : 'cheque_recalled') : went
    const of = [facts.refund, facts.failed, facts.dispute].find((name) => typeof name === 'string') ?? String(id)
    const vnd = told === 'reserve_used' ? BigInt(String(facts.coversVnd)) : (amountVnd ?? 0n)
    // A dispute that was won may be opened again.
    const name = `${kind} ${of} ${typeof facts.round === 'number' ? facts.round : 1}`
    const known = changes.get(name)
    changes.set(name, { kind, at, amountVnd: vnd + (known?.amountVnd ?? 0n) })
  }
  return [...changes.values()]
}
