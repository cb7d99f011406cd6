import { and, count, eq, sql } from 'drizzle-orm'
import { donations, intervals, pledges } from '../../db/schema'
import type { Context } from '../context'
import { stands } from '../donations/returned'
import { normalizeCode } from './codes'
import type { GiftMethod } from './model'

/** How far a gift has come, in as little as a page that waits needs to ask again. */
export interface GiftProgress {
  state: 'open' | 'expired' | 'received' | 'cancelled'
  method: GiftMethod | 'goods'
  /** Changes whenever the gift's page would read differently. */
  mark: string
}

/** @returns null where no pledge has the code */
export async function getGiftProgress(context: Context, typedCode: string): Promise<GiftProgress | null> {
  const [row] = await context.db
    .select({
      state: pledges.state,
      method: pledges.method,
      pledged: sql<string>`concat(${pledges.method}, ${pledges.amountVnd}, ${pledges.currency}, ${pledges.amountMinor})`,
      expiresAt: pledges.expiresAt,
      received: count(donations.id),
      placed: count(intervals.eventId),
      // What moves later, and the page at the card company: refunds, disputes, a payment that a bank has yet to confirm.
      moved: sql<number>`(select count(*)::int from events e join donations d on d.id = e.donation_id where d.pledge_id = ${pledges.id})`,
      card: sql<
        string | null
      >`(select concat(attempt, state) from card_sessions s where s.pledge_id = ${pledges.id} order by attempt desc limit 1)`,
    })
    .from(pledges)
    .leftJoin(donations, and(eq(donations.pledgeId, pledges.id), stands(donations.id)))
    .leftJoin(intervals, eq(intervals.donationId, donations.id))
    .where(eq(pledges.code, normalizeCode(typedCode)))
    .groupBy(pledges.id)
  if (!row) return null
  const state = pledgeState(row.state, row.expiresAt, context.now())
  return { state, method: row.method, mark: [state, row.pledged, row.received, row.placed, row.moved, row.card ?? ''].join('-') }
}

/** The state of a pledge at a moment: an open one past its time is expired, until money comes. */
export const pledgeState = (stored: 'open' | 'received' | 'cancelled', expiresAt: Date, now: Date): GiftProgress['state'] =>
  stored === 'open' && expiresAt <= now ? 'expired' : stored
