import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { administrativeUnits, needCategories, needCoverages, needs, programmes, programmeUnits, unitSuccessions } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'

export interface NeedReport {
  programmeSlug: string
  unitId: number
  category: string
  /** First calendar year of the school year. */
  schoolYear: number
  children: number
  /** In the category's unit. */
  quantity: number
  /** Estimated cost of the whole quantity. */
  amountVnd: bigint
}

/**
 * Takes in what a commune of today reports for a school year. The same report again changes nothing.
 * @returns the need's id
 * Refuses: an unknown programme, category or unit; a unit that the programme does not cover or that no longer stands;
 * counts that are not above zero; a need of that unit, category and year that was reported with other figures.
 */
export async function reportNeed(
  context: Context,
  report: NeedReport,
): Promise<
  Result<{ needId: number }, 'unknown_programme' | 'unknown_category' | 'unit_not_in_programme' | 'not_a_count' | 'reported_otherwise'>
> {
  const { programmeSlug, ...facts } = report
  if (facts.children <= 0 || facts.quantity <= 0 || facts.amountVnd <= 0n) return refuse('not_a_count')
  return context.db.transaction(async (tx) => {
    const [programme] = await tx.select({ id: programmes.id }).from(programmes).where(eq(programmes.slug, programmeSlug))
    if (!programme) return refuse('unknown_programme')
    const [category] = await tx.select({ key: needCategories.key }).from(needCategories).where(eq(needCategories.key, facts.category))
    if (!category) return refuse('unknown_category')
    if (!(await isCovered(tx, programme.id, facts.unitId))) return refuse('unit_not_in_programme')
    const [made] = await tx
      .insert(needs)
      .values({ programmeId: programme.id, ...facts, state: 'reported', reportedOn: dayOf(context.now()) })
      .onConflictDoNothing()
      .returning({ id: needs.id })
    if (made) return ok({ needId: made.id })
    const { unitId, schoolYear } = facts
    const [known] = await tx
      .select()
      .from(needs)
      .where(and(eq(needs.unitId, unitId), eq(needs.category, facts.category), eq(needs.schoolYear, schoolYear)))
    const isSame = known?.children === facts.children && known.quantity === facts.quantity && known.amountVnd === facts.amountVnd
    return known && isSame ? ok({ needId: known.id }) : refuse('reported_otherwise')
  })
}

/** A unit of today that one of the programme's communes became, or became part of. */
async function isCovered(tx: Transaction, programmeId: number, unitId: number): Promise<boolean> {
  const [row] = await tx
    .select({ id: administrativeUnits.id })
    .from(administrativeUnits)
    .innerJoin(unitSuccessions, eq(unitSuccessions.successorId, administrativeUnits.id))
    .innerJoin(programmeUnits, eq(programmeUnits.unitId, unitSuccessions.predecessorId))
    .where(
      and(eq(administrativeUnits.id, unitId), eq(programmeUnits.programmeId, programmeId), sql`${administrativeUnits.validTo} is null`),
    )
    .limit(1)
  return row !== undefined
}

/**
 * Records that a reported need was checked against the agencies' own lists. Checking twice changes nothing.
 * Refuses: an unknown need; one that was refused.
 */
export const checkNeed = (context: Context, needId: number): Promise<Result<null, 'unknown_need' | 'wrong_state'>> =>
  moveNeed(context, needId, 'reported', 'checked')

/**
 * Publishes a checked need, so that it is shown and campaigns may ask for it. Publishing twice changes nothing.
 * Refuses: an unknown need; one that is not checked.
 */
export const publishNeed = (context: Context, needId: number): Promise<Result<null, 'unknown_need' | 'wrong_state'>> =>
  moveNeed(context, needId, 'checked', 'published')

async function moveNeed(
  context: Context,
  needId: number,
  from: 'reported' | 'checked',
  to: 'checked' | 'published',
): Promise<Result<null, 'unknown_need' | 'wrong_state'>> {
  return context.db.transaction(async (tx) => {
    const [need] = await tx.select({ state: needs.state }).from(needs).where(eq(needs.id, needId)).for('update')
    if (!need) return refuse('unknown_need')
    if (need.state === to || (to === 'checked' && need.state === 'published')) return ok(null)
    if (need.state !== from) return refuse('wrong_state')
    const values = to === 'checked' ? { state: to, checkedOn: dayOf(context.now()) } : { state: to }
    await tx.update(needs).set(values).where(eq(needs.id, needId))
    return ok(null)
  })
}

export interface Coverage {
  needId: number
  source: typeof needCoverages.$inferInsert.source
  nameVi: string
  nameEn: string
  quantity: number
  amountVnd: bigint
}

/**
 * Records the part of a need that another source meets, so that nothing is met twice. The same source again replaces its
 * figures.
 * Refuses: an unknown need; counts that are not above zero; more than the need itself, all sources together.
 */
export async function recordCoverage(
  context: Context,
  coverage: Coverage,
): Promise<Result<null, 'unknown_need' | 'not_a_count' | 'more_than_needed'>> {
  const { needId, source, nameVi, nameEn, quantity, amountVnd } = coverage
  if (quantity <= 0 || amountVnd <= 0n) return refuse('not_a_count')
  return context.db.transaction(async (tx) => {
    const [need] = await tx
      .select({ quantity: needs.quantity, amountVnd: needs.amountVnd })
      .from(needs)
      .where(eq(needs.id, needId))
      .for('update')
    if (!need) return refuse('unknown_need')
    const recorded = await tx.select().from(needCoverages).where(eq(needCoverages.needId, needId))
    const others = recorded.filter((row) => row.source !== source || row.nameVi !== nameVi)
    const coveredVnd = others.reduce((sum, row) => sum + row.amountVnd, amountVnd)
    const coveredQuantity = others.reduce((sum, row) => sum + row.quantity, quantity)
    if (coveredVnd > need.amountVnd || coveredQuantity > need.quantity) return refuse('more_than_needed')
    await tx
      .insert(needCoverages)
      .values({ needId, source, nameVi, nameEn, quantity, amountVnd })
      .onConflictDoUpdate({
        target: [needCoverages.needId, needCoverages.source, needCoverages.nameVi],
        set: { nameEn, quantity, amountVnd },
      })
    return ok(null)
  })
}
