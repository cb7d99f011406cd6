import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema'
import type { FileContext } from '../../lib/context'
import { removeIfUnused, sweepFiles } from '../../lib/evidence/sweep'
import { checkNeed, publishNeed, refuseNeed, reportNeed, reviseNeed, type NeedReport } from '../../lib/needs/commands'
import { dropCoverage, recordCoverage } from '../../lib/needs/coverage'
import { countNeedsToCheck, getNeedDesk, listNeeds, listNeedYears } from '../../lib/needs/desk'
import { getNeedMatrix } from '../../lib/needs/matrix'
import { mergeNeeds } from '../../lib/needs/merge'
import { addNeedPaper, keepNeedPaper, readNeedPaper } from '../../lib/needs/papers'
import { answerNothing, listNeedRounds, setNeedRound } from '../../lib/needs/rounds'
import { covered, makeFunds, publishedNeed, reported, stepKey, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'

let database: TestDatabase
let context: TestContext & FileContext
let unitId: number
let ninhThuanUnitId: number
let fundId: number
const folder = testFolder()
const programmeSlug = 'ke-hoach-ha-noi-2019-2025'

beforeAll(async () => {
  database = await testDatabase()
  context = withFiles(testContext(database.handle), folder)
  await makeFunds(context)
  unitId = await unitOf('09700')
  ninhThuanUnitId = await unitOf('22786')
  const [fund] = await context.db.select({ id: schema.funds.id }).from(schema.funds).where(eq(schema.funds.slug, 'ha-noi'))
  fundId = fund?.id ?? 0
})
afterAll(async () => {
  await database.close()
  folder.remove()
})

async function unitOf(code: string): Promise<number> {
  const [unit] = await context.db
    .select({ id: schema.administrativeUnits.id })
    .from(schema.administrativeUnits)
    .where(and(eq(schema.administrativeUnits.code, code), isNull(schema.administrativeUnits.validTo)))
  if (!unit) throw new Error(`no unit ${code}`)
  return unit.id
}

const report = (facts: Partial<NeedReport> = {}): Omit<NeedReport, 'by' | 'key'> => ({
  ...{ programmeSlug, unitId, category: 'ao-am', schoolYear: 2026, children: 100, quantity: 100, amountVnd: 20_000_000n },
  ...facts,
})
const byOfficer = (facts: Partial<NeedReport>): NeedReport => ({ ...report(facts), by: 'can-bo', key: stepKey() })
const step = (needId: number, version: number, by = 'bien-tap') => ({ needId, version, by, key: stepKey() })
const figures = { children: 90, quantity: 90, amountVnd: 18_000_000n, priority: 'usual', note: '' } as const
const refused = (refusal: string) => ({ ok: false, refusal })
const needRow = async (needId: number) => (await context.db.select().from(schema.needs).where(eq(schema.needs.id, needId)))[0]

describe('a report', () => {
  it('is taken once, and another with other figures only beside it', async () => {
    const first = await reportNeed(context, byOfficer({ category: 'sach-vo' }))
    expect(await reportNeed(context, byOfficer({ category: 'sach-vo' }))).toEqual(first)
    expect(await reportNeed(context, byOfficer({ category: 'sach-vo', children: 99 }))).toEqual(refused('reported_otherwise'))
    const again = byOfficer({ category: 'sach-vo', children: 99, isAlso: true })
    const second = value(await reportNeed(context, again))
    expect(value(await reportNeed(context, again))).toEqual(second)
    expect(second).not.toEqual(value(first))
  })

  it('is refused where the plans do not know it', async () => {
    const refusals = [
      [{ programmeSlug: 'khong-co' }, 'unknown_programme'],
      [{ category: 'khong-co' }, 'unknown_category'],
      [{ unitId: ninhThuanUnitId }, 'unit_not_in_programme'],
      [{ children: 0 }, 'not_a_count'],
      [{ amountVnd: 0n }, 'not_a_count'],
    ] as const
    for (const [facts, refusal] of refusals) expect(await reportNeed(context, byOfficer(facts)), refusal).toEqual(refused(refusal))
    const [former] = await context.db.select().from(schema.administrativeUnits).where(eq(schema.administrativeUnits.slug, 'khanh-thuong'))
    expect(await reportNeed(context, byOfficer({ unitId: former?.id ?? 0 }))).toEqual(refused('unit_not_in_programme'))
  })

  it('is one of two that two officers send at the same instant', async () => {
    const both = await Promise.all(
      [100, 101].map((children) => reportNeed(context, byOfficer({ category: 'van-hoa', children, schoolYear: 2030 }))),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toEqual(refused('reported_otherwise'))
  })
})

describe('steps of a need', () => {
  it('are taken in their order, once each, and kept with who and when', async () => {
    const needId = await reported(context, report({ category: 'thiet-bi' }))
    expect(await publishNeed(context, step(needId, 1))).toEqual(refused('wrong_state'))
    const check = step(needId, 1)
    expect(value(await checkNeed(context, check))).toEqual({ version: 2 })
    expect(value(await checkNeed(context, check))).toEqual({ version: 2 })
    value(await publishNeed(context, step(needId, 2, 'giam-doc')))
    expect(await checkNeed(context, step(999_999, 1))).toEqual(refused('unknown_need'))
    const desk = await getNeedDesk(context, needId, 'vi')
    expect(desk).toMatchObject({ state: 'published', version: 3, uncoveredVnd: 20_000_000n, doubles: [] })
    expect(desk?.steps.map(({ kind, by }) => [kind, by])).toEqual([
      ['published', 'giam-doc'],
      ['checked', 'bien-tap'],
      ['reported', 'can-bo'],
    ])
    expect(desk?.steps[0]?.happenedAt).toEqual(context.now())
  })

  it('tell the second of two people who decide at the same instant', async () => {
    const needId = await reported(context, report({ category: 'suc-khoe' }))
    const both = await Promise.all([
      checkNeed(context, step(needId, 1, 'an')),
      refuseNeed(context, { ...step(needId, 1, 'binh'), reason: 'Trùng với danh sách của ngành y tế' }),
      reviseNeed(context, { ...step(needId, 1, 'chi'), figures, reason: null }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.filter(({ ok }) => !ok)).toEqual([refused('changed_meanwhile'), refused('changed_meanwhile')])
    expect((await needRow(needId))?.version).toBe(2)
  })

  it('refuse with a reason that is kept, for ever', async () => {
    const needId = await reported(context, report({ category: 'phap-ly' }))
    expect(await refuseNeed(context, { ...step(needId, 1), reason: '  ' })).toEqual(refused('no_reason'))
    value(await refuseNeed(context, { ...step(needId, 1), reason: 'Đã có trong kế hoạch của Sở Tư pháp' }))
    expect(await checkNeed(context, step(needId, 2))).toEqual(refused('wrong_state'))
    expect((await getNeedDesk(context, needId, 'vi'))?.steps[0]).toMatchObject({ reason: 'Đã có trong kế hoạch của Sở Tư pháp' })
    // What was refused does not stand in the way of a new report.
    expect(await reported(context, report({ category: 'phap-ly', children: 80 }))).not.toBe(needId)
  })

  it('send what was checked back when its figures change, and ask why where it is published', async () => {
    const needId = await reported(context, report({ category: 'ky-nang' }))
    value(await checkNeed(context, step(needId, 1)))
    expect(await reviseNeed(context, { ...step(needId, 2), figures: { ...figures, quantity: 0 }, reason: null })).toEqual(
      refused('not_a_count'),
    )
    value(await reviseNeed(context, { ...step(needId, 2), figures, reason: null }))
    expect(await needRow(needId)).toMatchObject({ state: 'reported', checkedOn: null, children: 90 })
    value(await checkNeed(context, step(needId, 3)))
    value(await publishNeed(context, step(needId, 4)))
    expect(await reviseNeed(context, { ...step(needId, 5), figures, reason: null })).toEqual(refused('no_reason'))
    await covered(context, needId, { source: 'oda', nameVi: 'Dự án', nameEn: 'Project', quantity: 80, amountVnd: 1_000_000n }, 5)
    const less = { ...figures, quantity: 70 }
    expect(await reviseNeed(context, { ...step(needId, 6), figures: less, reason: 'Đếm lại' })).toEqual(refused('less_than_covered'))
    value(await reviseNeed(context, { ...step(needId, 6), figures: { ...figures, children: 91 }, reason: 'Đếm lại' }))
    expect(await needRow(needId)).toMatchObject({ state: 'published', children: 91 })
  })

  it('are refused by the tables where no step was written down, or one goes back', async () => {
    const needId = await publishedNeed(context, report({ category: 'san-choi' }))
    const set = (values: Partial<typeof schema.needs.$inferInsert>) =>
      context.db.update(schema.needs).set(values).where(eq(schema.needs.id, needId))
    await expect(set({ children: 5, version: 4 })).rejects.toThrow()
    await expect(set({ children: 5 })).rejects.toThrow()
    await expect(set({ state: 'reported', version: 4 })).rejects.toThrow()
    await expect(context.db.update(schema.needChanges).set({ by: 'ai-do' })).rejects.toThrow()
    await expect(context.db.delete(schema.needs)).rejects.toThrow()
    expect(await needRow(needId)).toMatchObject({ state: 'published', children: 100, version: 3 })
  })
})

describe('doubles', () => {
  it('are merged into one need, as the editor decides, and only one of them is ever checked', async () => {
    const needId = await reported(context, report({ category: 'hoc-nghe' }))
    const doubleId = await reported(context, report({ category: 'hoc-nghe', children: 30, isAlso: true }))
    const checked = await Promise.all([checkNeed(context, step(needId, 1)), checkNeed(context, step(doubleId, 1))])
    expect(checked.filter(({ ok }) => ok)).toHaveLength(1)
    expect(checked.find(({ ok }) => !ok)).toEqual(refused('double'))
    const [intoId, fromId] = checked[0].ok ? [needId, doubleId] : [doubleId, needId]
    const merge = { ...step(intoId, 2), fromId, fromVersion: 1, figures: { ...figures, children: 130 }, reason: 'Hai điểm trường' }
    expect(await mergeNeeds(context, { ...merge, reason: '' })).toEqual(refused('no_reason'))
    expect(await mergeNeeds(context, { ...merge, fromVersion: 2 })).toEqual(refused('changed_meanwhile'))
    const otherId = await reported(context, report({ category: 'bua-an' }))
    expect(await mergeNeeds(context, { ...merge, fromId: otherId })).toEqual(refused('not_a_double'))
    const twice = await Promise.all([mergeNeeds(context, merge), mergeNeeds(context, merge)])
    expect(twice).toEqual([
      { ok: true, value: { version: 3 } },
      { ok: true, value: { version: 3 } },
    ])
    expect(await needRow(intoId)).toMatchObject({ state: 'checked', children: 130 })
    expect(await needRow(fromId)).toMatchObject({ state: 'merged', mergedIntoId: intoId })
    expect((await getNeedDesk(context, intoId, 'vi'))?.doubles).toEqual([])
  })
})

describe('what others meet', () => {
  it('is recorded, never more than the need, and taken back with a reason', async () => {
    const needId = await publishedNeed(context, report({ category: 'hoc-bong' }))
    const coverage = { source: 'oda', nameVi: 'Dự án A', nameEn: 'Project A', quantity: 60, amountVnd: 12_000_000n } as const
    value(await recordCoverage(context, { ...step(needId, 3), ...coverage }))
    value(await recordCoverage(context, { ...step(needId, 4), ...coverage, quantity: 70, amountVnd: 14_000_000n }))
    const other = { ...coverage, nameVi: 'Dự án B', nameEn: 'Project B' }
    expect(await recordCoverage(context, { ...step(needId, 5), ...other })).toEqual(refused('more_than_needed'))
    value(await recordCoverage(context, { ...step(needId, 5), ...other, quantity: 30, amountVnd: 6_000_000n }))
    const desk = await getNeedDesk(context, needId, 'en')
    expect(desk).toMatchObject({ uncoveredVnd: 0n, coverages: [{ name: 'Project A', amountVnd: 14_000_000n }, { name: 'Project B' }] })
    const coverageId = desk?.coverages[1]?.id ?? 0
    expect(await dropCoverage(context, { ...step(needId, 6), coverageId, reason: '' })).toEqual(refused('no_reason'))
    value(await dropCoverage(context, { ...step(needId, 6), coverageId, reason: 'Dự án dừng' }))
    expect(await dropCoverage(context, { ...step(needId, 7), coverageId, reason: 'Dự án dừng' })).toEqual(refused('unknown_coverage'))
    expect((await getNeedDesk(context, needId, 'en'))?.uncoveredVnd).toBe(6_000_000n)
  })
})

describe('a paper', () => {
  it('proves a need in private: kept, read back whole, and never swept', async () => {
    const needId = await reported(context, report({ category: 'do-dau' }))
    const bytes = Buffer.from('%PDF-1.7 danh sách của trường')
    expect(await keepNeedPaper(context, Buffer.from('MZ…'))).toEqual(refused('not_a_paper'))
    const kept = value(await keepNeedPaper(context, bytes))
    expect(await addNeedPaper(context, { needId: 999_999, ...kept, by: 'can-bo', key: 'none' })).toEqual(refused('unknown_need'))
    const { paperId } = value(await addNeedPaper(context, { needId, ...kept, by: 'can-bo', key: 'danh-sach' }))
    expect(value(await addNeedPaper(context, { needId, ...kept, by: 'can-bo', key: 'danh-sach' }))).toEqual({ paperId })
    const later = { ...context, now: () => new Date(context.now().getTime() + 3 * 86_400_000) }
    await sweepFiles(later)
    const [file] = await context.db
      .select({ file: schema.needPapers.file })
      .from(schema.needPapers)
      .where(eq(schema.needPapers.id, paperId))
    expect(await removeIfUnused(context, file?.file ?? '')).toBe(false)
    const read = await readNeedPaper(context, paperId)
    expect(read).toMatchObject({ needId, type: 'application/pdf' })
    expect(Buffer.from(read?.bytes ?? []).equals(bytes)).toBe(true)
    expect(await readNeedPaper(context, 999_999n)).toBeNull()
    expect(await getNeedDesk(context, needId, 'vi')).toMatchObject({ papers: [{ id: String(paperId) }], version: 1 })
  })
})

describe('the matrix', () => {
  it('adds up by commune and by category what is reported, covered, in campaigns and left', async () => {
    const year = 2028
    const needId = await publishedNeed(context, report({ schoolYear: year }))
    await covered(context, needId, { source: 'oda', nameVi: 'Dự án', nameEn: 'Project', quantity: 10, amountVnd: 3_000_000n })
    await reported(context, report({ schoolYear: year, category: 'sach-vo', amountVnd: 7_000_000n }))
    await reported(context, report({ schoolYear: year, category: 'sach-vo', amountVnd: 1_000_000n, isAlso: true }))
    const gone = await reported(context, report({ schoolYear: year, category: 'van-hoa' }))
    value(await refuseNeed(context, { ...step(gone, 1), reason: 'Không thuộc chương trình' }))
    const matrix = await getNeedMatrix(context, { programmeSlug, schoolYear: year }, 'vi')
    const commune = matrix?.communes.find((one) => one.unitId === unitId)
    const { 'sach-vo': books, ...others } = commune?.cells ?? {}
    expect(others).toEqual({
      'ao-am': {
        ...{ needId, reports: 1, waiting: 0, children: 100, quantity: 100 },
        ...{ reportedVnd: 20_000_000n, coveredVnd: 3_000_000n, inCampaignVnd: 0n, uncoveredVnd: 17_000_000n },
      },
    })
    expect(books).toMatchObject({ reports: 2, waiting: 2, reportedVnd: 8_000_000n, uncoveredVnd: 8_000_000n })
    expect(matrix?.sum).toEqual({ reportedVnd: 28_000_000n, coveredVnd: 3_000_000n, inCampaignVnd: 0n, uncoveredVnd: 25_000_000n })
    expect(commune?.sum).toEqual(matrix?.sum)
    expect(matrix?.categories.find(({ key }) => key === 'ao-am')?.sum.uncoveredVnd).toBe(17_000_000n)
    expect(await getNeedMatrix(context, { programmeSlug: 'khong-co', schoolYear: year }, 'vi')).toBeNull()
    const { items, total } = await listNeeds(context, { fundId, state: 'reported', schoolYear: year, unitIds: [unitId] }, 'vi')
    expect([items.length, total]).toEqual([2, 2])
    expect((await listNeeds(context, { fundId, state: null, schoolYear: year, unitIds: [] }, 'vi')).total).toBe(0)
    expect(await countNeedsToCheck(context, { fundId })).toBeGreaterThanOrEqual(2)
    expect((await listNeedYears(context, fundId, 'vi')).years).toContain(year)
  })
})

describe('a round', () => {
  it('says who has not answered: with a report, or with nothing', async () => {
    const round = { programmeSlug, schoolYear: 2031, dueOn: '2031-08-15', by: 'bien-tap' }
    expect(await setNeedRound(context, { ...round, dueOn: '2035-01-01' })).toEqual(refused('not_of_the_year'))
    const { roundId } = value(await setNeedRound(context, round))
    expect(value(await setNeedRound(context, { ...round, dueOn: '2031-09-01' }))).toEqual({ roundId })
    await reported(context, report({ schoolYear: 2031 }))
    expect(await answerNothing(context, { roundId, unitId, by: 'can-bo' })).toEqual(refused('reported'))
    expect(await answerNothing(context, { roundId, unitId: ninhThuanUnitId, by: 'can-bo' })).toEqual(refused('not_asked'))
    const yenBai = await unitOf('09706')
    for (const by of ['can-bo', 'bien-tap']) value(await answerNothing(context, { roundId, unitId: yenBai, by }))
    const [listed] = await listNeedRounds(context, fundId)
    expect(listed).toMatchObject({ roundId, dueOn: '2031-09-01', schoolYear: 2031 })
    const answers = new Map(listed?.communes.map((commune) => [commune.unitId, commune.answer]))
    expect([answers.get(unitId), answers.get(yenBai)]).toEqual(['reported', 'nothing'])
    expect([...answers.values()].filter((answer) => answer === null)).toHaveLength(answers.size - 2)
  })
})
