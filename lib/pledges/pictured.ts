import { eq } from 'drizzle-orm'
import { pledges } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { isSecret } from './secret'

/**
 * Gives links to a gift's page a picture of their own, or takes it away: the donor's own choice, by the secret link, and
 * none until they choose it. Said twice, it changes nothing.
 * Refuses: a code nobody has, another secret.
 */
export async function setPictured(
  context: Context,
  { code, secret, isPictured }: { code: string; secret: string; isPictured: boolean },
): Promise<Result<null, 'not_found' | 'wrong_secret'>> {
  return context.db.transaction(async (tx) => {
    const [pledge] = await tx.select().from(pledges).where(eq(pledges.code, code)).for('update')
    if (!pledge) return refuse('not_found')
    if (!isSecret(secret, pledge.secretHash)) return refuse('wrong_secret')
    if (pledge.isPictured !== isPictured) await tx.update(pledges).set({ isPictured }).where(eq(pledges.id, pledge.id))
    return ok(null)
  })
}
