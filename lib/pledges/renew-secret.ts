import { eq } from 'drizzle-orm'
import { pledges } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { hashSecret, isSecret } from './secret'

/**
 * Gives a pledge another private link, where the one before it may have been seen by others: from now on that one opens
 * nothing, in no browser. Of two who ask at once with the same secret one is answered.
 * Refuses: a code nobody has; another secret.
 */
export async function renewSecret(
  context: Context,
  { code, secret }: { code: string; secret: string },
): Promise<Result<{ secret: string }, 'not_found' | 'wrong_secret'>> {
  return context.db.transaction(async (tx) => {
    const [pledge] = await tx
      .select({ id: pledges.id, secretHash: pledges.secretHash })
      .from(pledges)
      .where(eq(pledges.code, code))
      .for('update')
    if (!pledge) return refuse('not_found')
    if (!isSecret(secret, pledge.secretHash)) return refuse('wrong_secret')
    const renewed = Buffer.from(context.random(16)).toString('base64url')
    await tx
      .update(pledges)
      .set({ secretHash: hashSecret(renewed) })
      .where(eq(pledges.id, pledge.id))
    return ok({ secret: renewed })
  })
}
