import { count, eq } from 'drizzle-orm'
import { donations, intervals, pledges } from '../../db/schema'
import type { Context } from '../context'
import { normalizeCode } from './codes'

/** How far a gift has come, in as little as a page that waits needs to ask again. */
export interface GiftProgress {
  state: 'open' | 'expired' | 'received' | 'cancelled'
  /** Changes whenever the gift's page would read differently. */
  mark: string
}

/** @returns null where no pledge has the code */
export async function getGiftProgress(context: Context, typedCode: string): Promise<GiftProgress | null> {
  const [row] = await context.db
    .select({
      state: pledges.state,
      amountVnd: pledges.amountVnd,
      expiresAt: pledges.expiresAt,
      received: count(donations.id),
      placed: count(intervals.eventId),
    })
    .from(pledges)
    .leftJoin(donations, eq(donations.pledgeId, pledges.id))
    .leftJoin(intervals, eq(intervals.donationId, donations.id))
    .where(eq(pledges.code, normalizeCode(typedCode)))
    .groupBy(pledges.id)
  if (!row) return null
  const state = pledgeState(row.state, row.expiresAt, context.now())
  return { state, mark: `${state}-${row.amountVnd}-${row.received}-${row.placed}` }
}

/** The state of a pledge at a moment: an open one past its time is expired, until money comes. */
export const pledgeState = (stored: 'open' | 'received' | 'cancelled', expiresAt: Date, now: Date): GiftProgress['state'] =>
  stored === 'open' && expiresAt <= now ? 'expired' : stored
