import { desc, eq, inArray, like, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import {
  administrativeUnits,
  agencies,
  funds,
  loadSteps,
  needCategories,
  programmes,
  programmeTargets,
  programmeUnits,
  unitSuccessions,
} from '../../db/schema'
import type { Context } from '../context'
import { openFundBooks } from '../ledger/books'
import { fingerprint, planData, type PlanData } from './plan-data'
import { unitRows } from './unit-rows'

const PLAN_LOCK = 0x7464_706c
const STEP_PREFIX = 'plans/'

/**
 * Brings the database to the plan data that ships with the product: funds with their agencies and books, programmes with
 * their targets and communes, administrative units with their successors, need categories. Run at every start; when the
 * data is the same as last time it costs one look-up. A corrected version updates rows by their natural keys and keeps
 * their ids. Safe from several processes at once.
 * @param data what to load; the shipped data when left out
 */
export async function loadPlanData(context: Context, data: PlanData = planData()): Promise<void> {
  const print = fingerprint(data)
  if ((await lastLoad(context.db))?.print === print) return
  await context.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${PLAN_LOCK})`)
    const last = await lastLoad(tx)
    if (last?.print === print) return
    const fundIds = await loadFunds(tx, data)
    await loadCategories(tx, data)
    const unitIds = await loadUnits(tx, data)
    await loadProgrammes(tx, data, fundIds, unitIds)
    // The running number keeps the steps in order also when an older version is loaded again.
    const name = `${STEP_PREFIX}${String((last?.number ?? 0) + 1).padStart(5, '0')}/${print}`
    await tx.insert(loadSteps).values({ name, finishedAt: context.now() })
  })
}

async function lastLoad(db: Database): Promise<{ number: number; print: string } | null> {
  const [row] = await db
    .select({ name: loadSteps.name })
    .from(loadSteps)
    .where(like(loadSteps.name, `${STEP_PREFIX}%`))
    .orderBy(desc(loadSteps.name))
    .limit(1)
  if (!row) return null
  const [, number = '', print = ''] = row.name.split('/')
  return { number: Number(number), print }
}

async function loadFunds(tx: Transaction, data: PlanData): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const fund of data.funds) {
    const texts = {
      nameVi: fund.name.vi,
      nameEn: fund.name.en,
      placeVi: fund.place.vi,
      placeEn: fund.place.en,
      aboutVi: fund.about.vi,
      aboutEn: fund.about.en,
      publishesBy: fund.publishesBy,
    }
    const [row] = await tx
      .insert(funds)
      .values({ slug: fund.slug, ...texts })
      .onConflictDoUpdate({ target: funds.slug, set: texts })
      .returning({ id: funds.id })
    const fundId = needed(row, fund.slug).id
    ids.set(fund.slug, fundId)
    for (const key of ['health', 'education', 'culture', 'justice', 'labour', 'ethnic'] as const) {
      const name = { nameVi: fund.agencies[key].vi, nameEn: fund.agencies[key].en }
      await tx
        .insert(agencies)
        .values({ fundId, key, ...name })
        .onConflictDoUpdate({ target: [agencies.fundId, agencies.key], set: name })
    }
    await openFundBooks(tx, fundId)
  }
  return ids
}

async function loadCategories(tx: Transaction, data: PlanData): Promise<void> {
  // Positions are unique: they step aside first, so that two categories can change places.
  await tx
    .update(needCategories)
    .set({ position: sql`-${needCategories.position} - 1` })
    .where(sql`${needCategories.position} >= 0`)
  for (const [position, category] of data.categories.entries()) {
    const texts = {
      position,
      nameVi: category.name.vi,
      nameEn: category.name.en,
      unitVi: category.unit.vi,
      unitEn: category.unit.en,
      aboutVi: category.about.vi,
      aboutEn: category.about.en,
      standardVi: category.standard.vi,
      standardEn: category.standard.en,
      leadAgency: category.leadAgency,
      isPerChild: category.isPerChild,
    }
    await tx
      .insert(needCategories)
      .values({ key: category.key, ...texts })
      .onConflictDoUpdate({ target: needCategories.key, set: texts })
  }
}

/** @returns ids by "code@valid from" */
async function loadUnits(tx: Transaction, data: PlanData): Promise<Map<string, number>> {
  const { units, successions } = unitRows(data)
  const ids = new Map<string, number>()
  for (const { code, validFrom, ...rest } of units) {
    const [row] = await tx
      .insert(administrativeUnits)
      .values({ code, validFrom, ...rest })
      .onConflictDoUpdate({ target: [administrativeUnits.code, administrativeUnits.validFrom], set: rest })
      .returning({ id: administrativeUnits.id })
    ids.set(`${code}@${validFrom}`, needed(row, code).id)
  }
  const rows = successions.map(({ predecessor, successor, clauseVi, isPartial }) => ({
    predecessorId: needed(ids.get(predecessor), predecessor),
    successorId: needed(ids.get(successor), successor),
    clauseVi,
    isPartial,
  }))
  await tx.delete(unitSuccessions).where(inArray(unitSuccessions.predecessorId, [...new Set(rows.map((row) => row.predecessorId))]))
  await tx.insert(unitSuccessions).values(rows)
  return ids
}

async function loadProgrammes(tx: Transaction, data: PlanData, fundIds: Map<string, number>, unitIds: Map<string, number>): Promise<void> {
  const { programmeUnits: planned } = unitRows(data)
  for (const programme of data.programmes) {
    const values = {
      fundId: needed(fundIds.get(programme.fundSlug), programme.fundSlug),
      titleVi: programme.title.vi,
      titleEn: programme.title.en,
      decisionNumber: programme.decisionNumber,
      decidedOn: programme.decidedOn,
      legalBasisVi: programme.legalBasis.vi,
      legalBasisEn: programme.legalBasis.en,
      periodFrom: programme.periodFrom,
      periodTo: programme.periodTo,
      reportsBy: programme.reportsBy,
    }
    const [row] = await tx
      .insert(programmes)
      .values({ slug: programme.slug, ...values })
      .onConflictDoUpdate({ target: programmes.slug, set: values })
      .returning({ id: programmes.id })
    const programmeId = needed(row, programme.slug).id
    for (const [position, { text, percent }] of programme.targets.entries()) {
      const target = { textVi: text.vi, textEn: text.en, percent }
      await tx
        .insert(programmeTargets)
        .values({ programmeId, position, ...target })
        .onConflictDoUpdate({ target: [programmeTargets.programmeId, programmeTargets.position], set: target })
    }
    for (const { unit, isPriority } of planned.filter(({ fundSlug }) => fundSlug === programme.fundSlug)) {
      await tx
        .insert(programmeUnits)
        .values({ programmeId, unitId: needed(unitIds.get(unit), unit), isPriority })
        .onConflictDoUpdate({ target: [programmeUnits.programmeId, programmeUnits.unitId], set: { isPriority } })
    }
    await refuseLeftovers(tx, programmeId, programme.targets.length)
  }
}

/** A plan's targets are not dropped: a shorter list means that the data is damaged. */
async function refuseLeftovers(tx: Transaction, programmeId: number, expected: number): Promise<void> {
  const rows = await tx
    .select({ position: programmeTargets.position })
    .from(programmeTargets)
    .where(eq(programmeTargets.programmeId, programmeId))
  if (rows.length !== expected) throw new Error(`programme ${programmeId} has ${rows.length} targets where the plan data names ${expected}`)
}

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the plan data names ${what}, which is not there`)
  return value
}
