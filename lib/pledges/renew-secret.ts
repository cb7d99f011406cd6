import { eq } from 'drizzle-orm'
import { pledges } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { hashSecret, isSecret, nextSecretOf } from './secret'

/**
 * Gives a pledge another private link, where the one before it may have been seen by others: from now on that one opens
 * nothing, in no browser. Of two who ask at once with the same secret one is answered; but the same button pressed twice
 * gives the same link, or an impatient donor would lose both.
 * @param formKey key of the form with the button
 * Refuses: a code nobody has; another secret.
 */
export async function renewSecret(
  { db }: Context,
  { code, secret, formKey }: { code: string; secret: string; formKey: string },
): Promise<Result<{ secret: string }, 'not_found' | 'wrong_secret'>> {
  const renewed = nextSecretOf(secret, formKey)
  return db.transaction(async (tx) => {
    const [pledge] = await tx
      .select({ id: pledges.id, secretHash: pledges.secretHash })
      .from(pledges)
      .where(eq(pledges.code, code))
      .for('update')
    if (!pledge) return refuse('not_found')
    if (isSecret(renewed, pledge.secretHash)) return ok({ secret: renewed })
    if (!isSecret(secret, pledge.secretHash)) return refuse('wrong_secret')
    await tx
      .update(pledges)
      .set({ secretHash: hashSecret(renewed) })
      .where(eq(pledges.id, pledge.id))
    return ok({ secret: renewed })
  })
}
