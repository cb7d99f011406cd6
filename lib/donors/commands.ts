import { and, eq } from 'drizzle-orm'
import { disclosures, pledges } from '../../db/schema'
import type { Context } from '../context'
import { showChange } from '../events/show-change'
import { ok, refuse, type Result } from '../result'
import { tellName } from './tell-name'

export interface TextReview {
  /** Payment code of the gift. */
  code: string
  field: 'name' | 'message'
  verdict: 'shown' | 'refused'
  /** Who looked at it. */
  actor: string
  /** The text that was looked at, by its commitment; left out, whichever stands. */
  seen?: string
}

/**
 * Releases or refuses a name or message that waits for a person (docs/decisions/0010). History does not change: it
 * holds a commitment to the text, whoever may read it. A name that is shown from now on is a public fact.
 * Refuses: a code nobody has, or without such a text; a text that was reviewed already, or is another than was looked at.
 */
export async function reviewText(context: Context, review: TextReview): Promise<Result<null, 'not_found' | 'not_waiting'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [text] = await tx
      .select({ pledgeId: disclosures.pledgeId, review: disclosures.review, commitment: disclosures.commitment })
      .from(disclosures)
      .innerJoin(pledges, eq(pledges.id, disclosures.pledgeId))
      .where(and(eq(pledges.code, review.code), eq(disclosures.field, review.field)))
      .for('update', { of: disclosures })
    if (!text) return refuse('not_found')
    if (text.review !== 'waiting' || (review.seen !== undefined && review.seen !== text.commitment)) return refuse('not_waiting')
    await tx
      .update(disclosures)
      .set({ review: review.verdict, reviewedBy: review.actor, reviewedAt: now })
      .where(and(eq(disclosures.pledgeId, text.pledgeId), eq(disclosures.field, review.field)))
    if (review.field === 'name' && review.verdict === 'shown') await tellName(tx, text.pledgeId, 'name_shown', now)
    await showChange(tx, now)
    return ok(null)
  })
}
