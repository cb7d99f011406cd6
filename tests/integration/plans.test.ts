import { eq, getTableName, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema'
import { loadPlanData } from '../../lib/plans/load'
import { planData } from '../../lib/plans/plan-data'
import { testContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const LOADED: PgTable[] = [
  schema.funds,
  schema.agencies,
  schema.programmes,
  schema.programmeTargets,
  schema.programmeUnits,
  schema.administrativeUnits,
  schema.unitSuccessions,
  schema.needCategories,
  schema.ledgers,
  schema.ledgerAccounts,
  schema.lines,
  schema.loadSteps,
]

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await loadPlanData(testContext(database.handle))
})
afterAll(() => database.close())

async function dump(): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {}
  for (const table of LOADED) {
    const rows = await database.handle.db.select({ row: sql<string>`to_jsonb(${table})::text` }).from(table)
    tables[getTableName(table)] = rows.map(({ row }) => row).sort()
  }
  return tables
}

describe('plan data', () => {
  it('changes nothing when loaded again, at the same time or later', async () => {
    const before = await dump()
    const context = testContext(database.handle, { now: '2027-01-01T00:00:00Z' })
    await Promise.all([loadPlanData(context), loadPlanData(context)])
    expect(await dump()).toEqual(before)
  })

  it('costs next to nothing when the data is the same', async () => {
    const start = performance.now()
    await loadPlanData(testContext(database.handle))
    expect(performance.now() - start).toBeLessThan(1_000)
  })

  it('has two funds with all lines and six agencies each', async () => {
    const { db } = database.handle
    expect((await db.select().from(schema.funds)).map((fund) => [fund.slug, fund.publishesBy])).toEqual([
      ['ha-noi', '03-31'],
      ['ninh-thuan', '03-31'],
    ])
    expect(await db.select().from(schema.lines)).toHaveLength(6)
    expect(await db.select().from(schema.agencies)).toHaveLength(12)
  })

  it('has both programmes with every target in both languages', async () => {
    const { db } = database.handle
    const programmes = await db.select().from(schema.programmes).orderBy(schema.programmes.id)
    expect(
      programmes.map((programme) => [
        programme.decisionNumber,
        programme.decidedOn,
        programme.periodFrom,
        programme.periodTo,
        programme.reportsBy,
      ]),
    ).toEqual([
      [null, null, 2019, 2025, '11-30'],
      ['372/KH-UBND', '2019-09-03', 2019, 2025, '12-30'],
    ])
    const targets = await db.select().from(schema.programmeTargets)
    expect(targets.filter((target) => target.percent === 100)).toHaveLength(5)
    expect(targets).toHaveLength(8)
    for (const target of targets) expect(Math.min(target.textVi.length, target.textEn.length)).toBeGreaterThan(20)
  })

  it('has the 14 communes of Hà Nội, four of them first, and 28 of Ninh Thuận, 15 of them of class III', async () => {
    const units = await database.handle.db
      .select({
        fund: schema.funds.slug,
        name: schema.administrativeUnits.nameVi,
        areaClass: schema.administrativeUnits.areaClass,
        isPriority: schema.programmeUnits.isPriority,
      })
      .from(schema.programmeUnits)
      .innerJoin(schema.programmes, eq(schema.programmes.id, schema.programmeUnits.programmeId))
      .innerJoin(schema.funds, eq(schema.funds.id, schema.programmes.fundId))
      .innerJoin(schema.administrativeUnits, eq(schema.administrativeUnits.id, schema.programmeUnits.unitId))
    const haNoi = units.filter((unit) => unit.fund === 'ha-noi')
    expect(haNoi).toHaveLength(14)
    expect(
      haNoi
        .filter((unit) => unit.isPriority)
        .map((unit) => unit.name)
        .sort(),
    ).toEqual(['An Phú', 'Ba Vì', 'Khánh Thượng', 'Yên Bài'])
    expect(haNoi.map((unit) => unit.name)).toEqual(expect.arrayContaining(['Tản Lĩnh', 'Yên Bài']))
    const ninhThuan = units.filter((unit) => unit.fund === 'ninh-thuan')
    expect(ninhThuan).toHaveLength(28)
    for (const [areaClass, count] of [
      ['III', 15],
      ['II', 1],
      ['I', 12],
    ] as const) {
      expect(
        ninhThuan.filter((unit) => unit.areaClass === areaClass),
        areaClass,
      ).toHaveLength(count)
    }
    expect(ninhThuan.every((unit) => unit.isPriority === (unit.areaClass === 'III'))).toBe(true)
  })

  it('draws the 25 units of today and knows what became of each commune', async () => {
    const { db } = database.handle
    const units = await db.select().from(schema.administrativeUnits)
    const today = units.filter((unit) => unit.validTo === null)
    expect(today).toHaveLength(25)
    expect(today.every((unit) => unit.boundary !== null && unit.areaKm2 !== null && unit.validFrom === '2025-07-01')).toBe(true)
    const name = (id: number) => units.find((unit) => unit.id === id)?.nameVi
    const successions = await db.select().from(schema.unitSuccessions)
    const split = new Map<string, (string | undefined)[]>()
    for (const { predecessorId, successorId, isPartial } of successions) {
      if (isPartial) split.set(name(predecessorId) ?? '', [...(split.get(name(predecessorId) ?? '') ?? []), name(successorId)].sort())
    }
    expect(Object.fromEntries(split)).toEqual({ 'Minh Quang': ['Ba Vì', 'Bất Bạt'], 'Tiến Xuân': ['Hòa Lạc', 'Yên Xuân'] })
    expect(successions).toHaveLength(44)
    const former = units.filter((unit) => unit.validTo === '2025-06-30')
    expect(former).toHaveLength(42)
    expect(former.every((unit) => successions.some(({ predecessorId }) => predecessorId === unit.id))).toBe(true)
    expect(today.every((unit) => successions.some(({ successorId }) => successorId === unit.id))).toBe(true)
    expect(units.find((unit) => unit.slug === 'ba-vi-truoc-2025')?.validTo).toBe('2025-06-30')
    expect(units.find((unit) => unit.slug === 'khanh-thuong')?.fullNameVi).toBe('Xã Khánh Thượng')
  })

  it('has every need category of the plans in both languages, two of them of single children', async () => {
    const categories = await database.handle.db.select().from(schema.needCategories)
    expect(categories.map((category) => category.key).sort()).toEqual(
      [
        'ao-am',
        'bua-an',
        'do-dau',
        'hoc-bong',
        'hoc-nghe',
        'ky-nang',
        'phap-ly',
        'phau-thuat',
        'sach-vo',
        'san-choi',
        'suc-khoe',
        'thiet-bi',
        'van-hoa',
      ].sort(),
    )
    expect(
      categories
        .filter((category) => category.isPerChild)
        .map((category) => category.key)
        .sort(),
    ).toEqual(['do-dau', 'phau-thuat'])
    for (const category of categories) {
      const texts = [
        category.nameVi,
        category.nameEn,
        category.unitVi,
        category.unitEn,
        category.aboutVi,
        category.aboutEn,
        category.standardVi,
        category.standardEn,
      ]
      for (const text of texts) expect(text.length, category.key).toBeGreaterThan(3)
      for (const text of texts) expect(text, category.key).not.toContain('!')
    }
  })

  it('takes in a corrected version by natural keys, and the older one again, keeping every id', async () => {
    const before = await dump()
    const shipped = planData()
    const [first, second, ...rest] = shipped.categories
    const [fund, ...otherFunds] = shipped.funds
    if (!first || !second || !fund) throw new Error('no categories or funds')
    const corrected = {
      ...shipped,
      categories: [second, { ...first, name: { vi: 'Bữa trưa', en: 'Lunch' } }, ...rest],
      funds: [{ ...fund, about: { vi: 'Giới thiệu mới của Quỹ', en: 'A new text about the Fund' } }, ...otherFunds],
    }
    const context = testContext(database.handle)
    await loadPlanData(context, corrected)
    const { db } = database.handle
    const [renamed] = await db.select().from(schema.needCategories).where(eq(schema.needCategories.key, first.key))
    expect([renamed?.nameVi, renamed?.position]).toEqual(['Bữa trưa', 1])
    const [fundRow] = await db.select().from(schema.funds).where(eq(schema.funds.slug, fund.slug))
    expect(fundRow?.aboutEn).toBe('A new text about the Fund')

    await loadPlanData(context)
    const { load_steps: steps, ...after } = await dump()
    const { load_steps: firstSteps, ...original } = before
    expect(after).toEqual(original)
    expect(steps).toHaveLength((firstSteps?.length ?? 0) + 2)
  })
})
