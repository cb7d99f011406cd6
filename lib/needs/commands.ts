import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { administrativeUnits, needCategories, needChanges, needs, programmes, programmeUnits, unitSuccessions } from '../../db/schema'
import { sqlStateOf } from '../../db/sql-state'
import type { Context } from '../context'
import { showChange } from '../events/show-change'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import { figuresOf, findChange, isCount, takeStep, type NeedRow, type NeedStep, type NeedStepRefusal } from './change'
import { coveredOf } from './coverage'
import type { NeedFigures } from './model'

/** Reports that still count: neither refused nor merged into another. */
const LIVE = ['reported', 'checked', 'published'] as const

export interface NeedReport extends Omit<NeedFigures, 'priority' | 'note'>, Partial<Pick<NeedFigures, 'priority' | 'note'>> {
  programmeSlug: string
  unitId: number
  category: string
  /** First calendar year of the school year. */
  schoolYear: number
  by: string
  /** Names this report: sent twice, it is one. */
  key: string
  /** The reporter knows of another report of the same, and says that this one stands beside it. */
  isAlso?: boolean
}

export type ReportRefusal = 'unknown_programme' | 'unknown_category' | 'unit_not_in_programme' | 'not_a_count' | 'reported_otherwise'

/**
 * Takes in what a commune of today reports for a school year. The same report again changes nothing. The commune's row
 * is locked, so that two reports of one commune are taken one after the other.
 * @returns the need's id
 * Refuses: an unknown programme, category or unit; a unit that the programme does not cover or that no longer stands;
 * counts that are not above zero; a need of that unit, category and year that was reported with other figures, unless
 * the reporter says that this one stands beside it.
 */
export async function reportNeed(context: Context, report: NeedReport): Promise<Result<{ needId: number }, ReportRefusal>> {
  const { programmeSlug, by, key, isAlso = false, priority = 'usual', note = '', ...facts } = report
  if (!isCount(facts)) return refuse('not_a_count')
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [programme] = await tx.select({ id: programmes.id }).from(programmes).where(eq(programmes.slug, programmeSlug))
    if (!programme) return refuse('unknown_programme')
    const [category] = await tx.select({ key: needCategories.key }).from(needCategories).where(eq(needCategories.key, facts.category))
    if (!category) return refuse('unknown_category')
    if (!(await isCovered(tx, programme.id, facts.unitId))) return refuse('unit_not_in_programme')
    await tx
      .select({ id: administrativeUnits.id })
      .from(administrativeUnits)
      .where(eq(administrativeUnits.id, facts.unitId))
      .for('no key update')
    const taken = await findChange(tx, key)
    if (taken) return ok({ needId: taken.needId })
    const known = await liveNeeds(tx, facts)
    const same = known.find((one) => isSame(one, { ...facts, priority, note }))
    if (same && !isAlso) return ok({ needId: same.id })
    if (known.length > 0 && !isAlso) return refuse('reported_otherwise')
    const [made] = await tx
      .insert(needs)
      .values({ programmeId: programme.id, ...facts, priority, note, state: 'reported', reportedOn: dayOf(now) })
      .returning()
    if (!made) throw new Error('a need was not written')
    await tx.insert(needChanges).values({
      ...{ needId: made.id, kind: 'reported', by, after: figuresOf(made), version: made.version, idempotencyKey: key, happenedAt: now },
    })
    return ok({ needId: made.id })
  })
}

/** Reports of a commune, category and year that count, the one that got furthest first. */
const liveNeeds = (tx: Transaction, { unitId, category, schoolYear }: Pick<NeedRow, 'unitId' | 'category' | 'schoolYear'>) =>
  tx
    .select()
    .from(needs)
    .where(and(eq(needs.unitId, unitId), eq(needs.category, category), eq(needs.schoolYear, schoolYear), inArray(needs.state, LIVE)))
    .orderBy(desc(eq(needs.state, 'published')), desc(eq(needs.state, 'checked')), needs.id)

const isSame = (need: NeedRow, figures: NeedFigures): boolean =>
  need.children === figures.children &&
  need.quantity === figures.quantity &&
  need.amountVnd === figures.amountVnd &&
  need.priority === figures.priority &&
  need.note === figures.note

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
 * Corrects the figures of a report. What was checked must be checked again; what is published needs a reason and stays
 * published.
 * Refuses: counts that are not above zero; less than other sources already meet of it; a published need without a reason;
 * one that was refused or merged.
 */
export async function reviseNeed(
  context: Context,
  { figures, reason, ...step }: NeedStep & { figures: NeedFigures; reason: string | null },
): Promise<Result<{ version: number }, NeedStepRefusal | 'not_a_count' | 'no_reason' | 'less_than_covered'>> {
  if (!isCount(figures)) return refuse('not_a_count')
  return takeStep(context, step, async (need, tx) => {
    if (!isLive(need)) return refuse('wrong_state')
    if (need.state === 'published' && isBlank(reason)) return refuse('no_reason')
    const covered = await coveredOf(tx, need.id)
    if (figures.amountVnd < covered.amountVnd || figures.quantity < covered.quantity) return refuse('less_than_covered')
    if (need.state === 'published') await showChange(tx, context.now())
    const again = need.state === 'checked' ? { state: 'reported' as const, checkedOn: null } : {}
    return ok({ kind: 'revised', set: { ...figures, ...again }, reason, before: figuresOf(need), after: figuresOf(figures) })
  })
}

const isLive = ({ state }: NeedRow): boolean => LIVE.some((one) => one === state)
const isBlank = (text: string | null): boolean => text === null || text.trim() === ''

/**
 * Records that a reported need was checked against the agencies' own lists.
 * Refuses: an unknown need; one that is not waiting for it; one beside which another of the same was checked already.
 */
export async function checkNeed(context: Context, step: NeedStep): Promise<Result<{ version: number }, NeedStepRefusal | 'double'>> {
  try {
    return await takeStep(context, step, async (need) => {
      if (need.state !== 'reported') return refuse('wrong_state')
      return ok({ kind: 'checked' as const, set: { state: 'checked' as const, checkedOn: dayOf(context.now()) } })
    })
  } catch (error) {
    // What is checked or published is there once: the table says so, also of two at the same instant.
    if (sqlStateOf(error) === UNIQUE_VIOLATION) return refuse('double')
    throw error
  }
}

const UNIQUE_VIOLATION = '23505'

/**
 * Publishes a checked need, so that it is shown and campaigns may ask for it.
 * Refuses: an unknown need; one that is not checked.
 */
export const publishNeed = (context: Context, step: NeedStep): Promise<Result<{ version: number }, NeedStepRefusal>> =>
  takeStep(context, step, async (need, tx) => {
    if (need.state !== 'checked') return refuse('wrong_state')
    await showChange(tx, context.now())
    return ok({ kind: 'published', set: { state: 'published' } })
  })

/**
 * Refuses a report, with the reason that its commune is told.
 * Refuses: no reason; one that is published, refused or merged already.
 */
export const refuseNeed = (
  context: Context,
  { reason, ...step }: NeedStep & { reason: string },
): Promise<Result<{ version: number }, NeedStepRefusal | 'no_reason'>> =>
  takeStep(context, step, async (need) => {
    if (isBlank(reason)) return refuse('no_reason')
    if (need.state !== 'reported' && need.state !== 'checked') return refuse('wrong_state')
    return ok({ kind: 'refused', set: { state: 'refused', checkedOn: null }, reason: reason.trim() })
  })
