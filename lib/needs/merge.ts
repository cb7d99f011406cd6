import { and, asc, eq, inArray } from 'drizzle-orm'
import { needCoverages, needs } from '../../db/schema'
import type { Context } from '../context'
import { showChange } from '../events/show-change'
import { ok, refuse, type Result } from '../result'
import { figuresOf, findChange, isCount, writeChange, type NeedStep, type NeedStepRefusal } from './change'
import { coveredOf } from './coverage'
import type { NeedFigures } from './model'

export interface NeedMerge extends NeedStep {
  /** The report that ends in the need `needId`, and the version it was looked at. */
  fromId: number
  fromVersion: number
  /** What is asked for afterwards, as the editor decided: one of both, or their sum. */
  figures: NeedFigures
  reason: string
}

/**
 * Merges a double into the need it repeats. Both rows are locked, in one order.
 * @returns the version of the need that stays
 * Refuses: no reason; counts that are not above zero, or less than other sources meet; needs that are not of one
 * commune, category and year; a double that is published, or of which other sources meet a part.
 */
export async function mergeNeeds(
  context: Context,
  { needId, version, fromId, fromVersion, figures, reason, by, key }: NeedMerge,
): Promise<
  Result<{ version: number }, NeedStepRefusal | 'no_reason' | 'not_a_count' | 'not_a_double' | 'has_coverage' | 'less_than_covered'>
> {
  if (reason.trim() === '') return refuse('no_reason')
  if (!isCount(figures)) return refuse('not_a_count')
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const locked = await tx
      .select()
      .from(needs)
      .where(inArray(needs.id, [needId, fromId]))
      .orderBy(asc(needs.id))
      .for('update')
    const into = locked.find(({ id }) => id === needId)
    const from = locked.find(({ id }) => id === fromId)
    if (!into || !from) return refuse('unknown_need')
    const taken = await findChange(tx, key)
    if (taken) return ok({ version: taken.version })
    if (into.version !== version || from.version !== fromVersion) return refuse('changed_meanwhile')
    const isDouble = into.id !== from.id && into.unitId === from.unitId && into.category === from.category
    if (!isDouble || into.schoolYear !== from.schoolYear) return refuse('not_a_double')
    if (into.state === 'refused' || into.state === 'merged') return refuse('wrong_state')
    if (from.state !== 'reported' && from.state !== 'checked') return refuse('wrong_state')
    const [covered] = await tx
      .select({ id: needCoverages.id })
      .from(needCoverages)
      .where(and(eq(needCoverages.needId, from.id)))
      .limit(1)
    if (covered) return refuse('has_coverage')
    const met = await coveredOf(tx, into.id)
    if (figures.amountVnd < met.amountVnd || figures.quantity < met.quantity) return refuse('less_than_covered')
    const why = reason.trim()
    // The double steps aside first: only one of both may be checked.
    await writeChange(
      tx,
      from,
      {
        ...{ kind: 'merged', set: { state: 'merged', mergedIntoId: into.id, checkedOn: null }, reason: why, by, key: `${key}/from` },
        after: { into: into.id },
      },
      now,
    )
    if (into.state === 'published') await showChange(tx, now)
    const change = { kind: 'took_over' as const, set: figures, reason: why, by, key }
    return ok({
      version: await writeChange(tx, into, { ...change, before: figuresOf(into), after: { ...figuresOf(figures), from: from.id } }, now),
    })
  })
}
