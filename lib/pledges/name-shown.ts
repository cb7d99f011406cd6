import { and, eq } from 'drizzle-orm'
import { disclosures, pledges } from '../../db/schema'
import type { Context } from '../context'
import { tellName } from '../donors/tell-name'
import { showChange } from '../events/show-change'
import { ok, refuse, type Result } from '../result'
import { isSecret } from './secret'

/**
 * Hides or shows a donor's name, whatever became of the pledge: the donor's own choice, by the secret link. Pages follow
 * within two seconds. Said twice, it changes nothing.
 * Refuses: a code nobody has, another secret, a pledge without a name.
 */
export async function setNameShown(
  context: Context,
  { code, secret, isShown }: { code: string; secret: string; isShown: boolean },
): Promise<Result<null, 'not_found' | 'wrong_secret' | 'no_name'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [pledge] = await tx.select().from(pledges).where(eq(pledges.code, code)).for('update')
    if (!pledge) return refuse('not_found')
    if (!isSecret(secret, pledge.secretHash)) return refuse('wrong_secret')
    const [name] = await tx
      .select({ review: disclosures.review })
      .from(disclosures)
      .where(and(eq(disclosures.pledgeId, pledge.id), eq(disclosures.field, 'name')))
    if (!name) return refuse('no_name')
    if (pledge.isNamed === isShown) return ok(null)
    await tx.update(pledges).set({ isNamed: isShown }).where(eq(pledges.id, pledge.id))
    await tellName(tx, pledge.id, isShown ? 'name_shown' : 'name_hidden', now)
    await showChange(tx, now)
    return ok(null)
  })
}
