import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { needCoverages } from '../../db/schema'
import type { Context } from '../context'
import { showChange } from '../events/show-change'
import { ok, refuse, type Result } from '../result'
import { takeStep, type NeedStep, type NeedStepRefusal } from './change'

export const COVERAGE_SOURCES = ['state_budget', 'fatherland_front', 'oda', 'foreign_ngo', 'other'] as const
export type CoverageSource = (typeof COVERAGE_SOURCES)[number]

export interface Coverage {
  source: CoverageSource
  nameVi: string
  nameEn: string
  quantity: number
  amountVnd: bigint
}

/** What other sources meet of a need, all of them together. */
export async function coveredOf(tx: Transaction, needId: number): Promise<{ quantity: number; amountVnd: bigint }> {
  const [sum] = await tx
    .select({
      quantity: sql`coalesce(sum(${needCoverages.quantity}), 0)::int`.mapWith(Number),
      amountVnd: sql`coalesce(sum(${needCoverages.amountVnd}), 0)::bigint`.mapWith(BigInt),
    })
    .from(needCoverages)
    .where(eq(needCoverages.needId, needId))
  return sum ?? { quantity: 0, amountVnd: 0n }
}

/**
 * Records the part of a need that another source meets, so that nothing is met twice. The same source again replaces its
 * figures.
 * Refuses: an unknown need, or one that was refused or merged; counts that are not above zero; more than the need itself,
 * all sources together.
 */
export async function recordCoverage(
  context: Context,
  { source, nameVi, nameEn, quantity, amountVnd, ...step }: NeedStep & Coverage,
): Promise<Result<{ version: number }, NeedStepRefusal | 'not_a_count' | 'more_than_needed'>> {
  if (quantity <= 0 || amountVnd <= 0n) return refuse('not_a_count')
  return takeStep(context, step, async (need, tx) => {
    if (need.state === 'refused' || need.state === 'merged') return refuse('wrong_state')
    const recorded = await tx.select().from(needCoverages).where(eq(needCoverages.needId, need.id))
    const isIt = (row: { source: string; nameVi: string }) => row.source === source && row.nameVi === nameVi
    const before = recorded.find(isIt)
    const others = recorded.filter((row) => !isIt(row))
    const coveredVnd = others.reduce((sum, row) => sum + row.amountVnd, amountVnd)
    const coveredQuantity = others.reduce((sum, row) => sum + row.quantity, quantity)
    if (coveredVnd > need.amountVnd || coveredQuantity > need.quantity) return refuse('more_than_needed')
    await tx
      .insert(needCoverages)
      .values({ needId: need.id, source, nameVi, nameEn, quantity, amountVnd })
      .onConflictDoUpdate({
        target: [needCoverages.needId, needCoverages.source, needCoverages.nameVi],
        set: { nameEn, quantity, amountVnd },
      })
    if (need.state === 'published') await showChange(tx, context.now())
    return ok({
      ...{ kind: 'covered', set: {}, before: before ? factsOf(before) : null },
      after: factsOf({ source, nameVi, quantity, amountVnd }),
    })
  })
}

/**
 * Takes back what was recorded of another source, with the reason.
 * Refuses: an unknown need; a source that is not recorded; no reason.
 */
export const dropCoverage = (
  context: Context,
  { coverageId, reason, ...step }: NeedStep & { coverageId: number; reason: string },
): Promise<Result<{ version: number }, NeedStepRefusal | 'unknown_coverage' | 'no_reason'>> =>
  takeStep(context, step, async (need, tx) => {
    if (reason.trim() === '') return refuse('no_reason')
    const [dropped] = await tx
      .delete(needCoverages)
      .where(and(eq(needCoverages.id, coverageId), eq(needCoverages.needId, need.id)))
      .returning()
    if (!dropped) return refuse('unknown_coverage')
    if (need.state === 'published') await showChange(tx, context.now())
    return ok({ kind: 'uncovered', set: {}, reason: reason.trim(), before: factsOf(dropped) })
  })

const factsOf = ({ source, nameVi, quantity, amountVnd }: Omit<Coverage, 'nameEn'>) => ({
  ...{ source, nameVi, quantity, amountVnd: String(amountVnd) },
})
