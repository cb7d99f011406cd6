import { and, asc, eq, lt } from 'drizzle-orm'
import { disclosures, pledges } from '../../db/schema'
import type { Context } from '../context'
import { reviewText } from '../donors/commands'
import { addDays, startOfDay, type Day } from '../time/day'
import { chance } from './chance'

/**
 * Tells what staff said of names and messages that waited: most are released within the week, a few are not for this
 * wall, and those of the last days still wait. A second telling changes nothing.
 * @param at sets the clock of the context
 */
export async function tellReviews(
  { context, seed, at }: { context: Context; seed: string; at: (moment: Date, key: string) => void },
  anchorDay: Day,
): Promise<void> {
  const waiting = await context.db
    .select({ code: pledges.code, field: disclosures.field, donorKind: pledges.donorKind, createdAt: pledges.createdAt })
    .from(disclosures)
    .innerJoin(pledges, eq(pledges.id, disclosures.pledgeId))
    .where(and(eq(disclosures.review, 'waiting'), lt(pledges.createdAt, startOfDay(addDays(anchorDay, -6)))))
    .orderBy(asc(pledges.id), asc(disclosures.field))
  for (const { code, field, donorKind, createdAt } of waiting) {
    const key = `review/${code}/${field}`
    const luck = chance(seed, key)
    at(new Date(createdAt.getTime() + luck.int(1, 6) * 86_400_000), key)
    const verdict = luck.is(donorKind === 'company' ? 0.97 : 0.8) ? 'shown' : 'refused'
    await reviewText(context, { code, field, verdict, actor: 'bien-tap-mau' })
  }
}
