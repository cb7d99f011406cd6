import { and, asc, eq, inArray } from 'drizzle-orm'
import { campaigns, spends } from '../../db/schema'
import type { Context } from '../context'
import { dayOf } from '../time/day'
import type { Part } from './fate'
import type { NextStep, SpendPart } from './model'

/**
 * What comes next for a gift, the nearest first: goods that are paid are handed over, an approved spend is paid, the
 * campaign's next spend takes what waits. Null where all of it is handed over, went back, or is held.
 */
export async function nextStep({ db, now }: Context, parts: readonly Part[], told: readonly SpendPart[]): Promise<NextStep | null> {
  const today = dayOf(now())
  const [first] = told.filter(({ isOpen }) => isOpen).toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
  if (first) return { kind: 'hand_over', dueOn: first.dueOn, isLate: today > first.dueOn, spendKey: first.key }
  const linesOf = (kind: 'committed' | 'waiting') => [
    ...new Set(parts.filter(({ fate }) => fate.kind === kind).map(({ lineId }) => lineId)),
  ]
  const committed = linesOf('committed')
  if (committed.length > 0) {
    const [spend] = await db
      .select({ id: spends.id, dueOn: spends.dueOn })
      .from(spends)
      .where(and(inArray(spends.lineId, committed), eq(spends.state, 'approved')))
      .orderBy(asc(spends.dueOn), asc(spends.id))
      .limit(1)
    if (spend) return { kind: 'pay', dueOn: spend.dueOn, isLate: today > spend.dueOn, spendKey: String(spend.id) }
  }
  const waiting = linesOf('waiting')
  if (waiting.length === 0) return null
  const [campaign] = await db
    .select({ neededBy: campaigns.neededBy })
    .from(campaigns)
    .where(inArray(campaigns.lineId, waiting))
    .orderBy(asc(campaigns.neededBy))
    .limit(1)
  return { kind: 'spend', dueOn: campaign?.neededBy ?? null, isLate: campaign !== undefined && today > campaign.neededBy, spendKey: null }
}
