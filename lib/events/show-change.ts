import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { siteState } from '../../db/schema'

/** Makes pages look anew: what they show has changed without an event that lays anything. */
export const showChange = (tx: Transaction, now: Date) =>
  tx
    .update(siteState)
    .set({ version: sql`${siteState.version} + 1`, updatedAt: now })
    .where(eq(siteState.id, 1))
