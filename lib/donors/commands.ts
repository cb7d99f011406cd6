import { and, eq, sql } from 'drizzle-orm'
import { disclosures, pledges, siteState } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'

export interface TextReview {
  /** Payment code of the gift. */
  code: string
  field: 'name' | 'message'
  verdict: 'shown' | 'refused'
  /** Who looked at it. */
  actor: string
}

/**
 * Releases or refuses a name or message that waits for a person (docs/decisions/0010). History does not change: it
 * holds a commitment to the text, whoever may read it. Pages show it at their next look.
 * Refuses: a code nobody has, or without such a text; a text that was reviewed already.
 */
export async function reviewText(context: Context, review: TextReview): Promise<Result<null, 'not_found' | 'not_waiting'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [text] = await tx
      .select({ pledgeId: disclosures.pledgeId, review: disclosures.review })
      .from(disclosures)
      .innerJoin(pledges, eq(pledges.id, disclosures.pledgeId))
      .where(and(eq(pledges.code, review.code), eq(disclosures.field, review.field)))
      .for('update', { of: disclosures })
    if (!text) return refuse('not_found')
    if (text.review !== 'waiting') return refuse('not_waiting')
    await tx
      .update(disclosures)
      .set({ review: review.verdict, reviewedBy: review.actor, reviewedAt: now })
      .where(and(eq(disclosures.pledgeId, text.pledgeId), eq(disclosures.field, review.field)))
    await tx
      .update(siteState)
      .set({ version: sql`${siteState.version} + 1`, updatedAt: now })
      .where(eq(siteState.id, 1))
    return ok(null)
  })
}
