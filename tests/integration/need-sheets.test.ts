import { read, utils, write } from '@e965/xlsx'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema'
import { acceptNeedSheet, discardNeedSheet, previewNeedSheet, stageNeedSheet, type MayReportFor } from '../../lib/needs/import'
import { reportPlaces, type ReportPlaces } from '../../lib/needs/judge'
import type { ImportPreview } from '../../lib/needs/model'
import { readNeedSheet, writeNeedTemplate } from '../../lib/needs/sheet'
import { readFirstSheet } from '../../lib/sheets/workbook'
import { makeFunds, publishedNeed, reported, stepKey, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let places: ReportPlaces
const programmeSlug = 'ke-hoach-ha-noi-2019-2025'
const HEAD = ['Mã xã', 'Xã', 'Mã nhóm', 'Nhóm nhu cầu', 'Số trẻ em', 'Số lượng', 'Kinh phí ước tính (₫)', 'Mức ưu tiên', 'Ghi chú']

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  const [programme] = await context.db.select().from(schema.programmes).where(eq(schema.programmes.slug, programmeSlug))
  places = await reportPlaces(context.db, programme?.id ?? 0)
})
afterAll(() => database.close())

type Cell = string | number
const book = (rows: Cell[][], bookType: 'xlsx' | 'biff8' | 'csv'): Uint8Array => {
  const made = utils.book_new()
  utils.book_append_sheet(made, utils.aoa_to_sheet(rows), 'Nhu cầu')
  const bytes: unknown = write(made, { type: 'buffer', bookType })
  if (!(bytes instanceof Uint8Array)) throw new Error('not written')
  return bytes
}
const commune = (at: number) => {
  const found = places.communes[at]
  if (!found) throw new Error('no such commune')
  return found
}
const row = (at: number, category: string, figures: Cell[]): Cell[] => [commune(at).code, commune(at).nameVi, category, '', ...figures]
const stage = async (rows: Cell[][], schoolYear: number, bookType: 'xlsx' | 'biff8' | 'csv' = 'xlsx') =>
  value(
    await stageNeedSheet(context, {
      ...{ programmeSlug, schoolYear, fileName: 'nhu-cau.xlsx', by: 'can-bo', key: stepKey() },
      rows: value(await readNeedSheet(readFirstSheet, book([['NHU CẦU NĂM HỌC'], HEAD, ...rows], bookType))),
    }),
  ).importId
const preview = async (importId: number, mayReportFor: MayReportFor = 'all', by = 'can-bo'): Promise<ImportPreview> => {
  const shown = await previewNeedSheet(context, { importId, mayReportFor, by })
  if (!shown) throw new Error('no such sheet')
  return shown
}
const accept = ({ importId, shown }: ImportPreview, mayReportFor: MayReportFor = 'all', by = 'bien-tap') =>
  acceptNeedSheet(context, { importId, shown, mayReportFor, by })
const needsOf = (schoolYear: number) => context.db.select().from(schema.needs).where(eq(schema.needs.schoolYear, schoolYear))
const refused = (refusal: string) => ({ ok: false, refusal })

describe('a sheet of reports', () => {
  it.each(['xlsx', 'biff8', 'csv'] as const)('is read as %s, with figures as people write them', async (bookType) => {
    const year = { xlsx: 2040, biff8: 2041, csv: 2042 }[bookType]
    const importId = await stage(
      [
        row(0, 'ao-am', [120, '1.200', 24_000_000, 'Gấp', 'Trước tháng 12']),
        row(1, 'ao-am', ['', '', '', '', '']),
        row(1, 'sach-vo', ['80', 80, '8.000.000 ₫', '', '']),
      ],
      year,
      bookType,
    )
    const shown = await preview(importId)
    expect(shown.counts).toEqual({ new: 2, same: 0, changed: 0, beside: 0, wrong: 0 })
    expect(shown.rows.map(({ row: number, commune: name }) => [number, name])).toEqual([
      [3, commune(0).fullNameVi],
      [5, commune(1).fullNameVi],
    ])
    expect(await needsOf(year)).toEqual([])
    expect(await accept(shown)).toEqual({ ok: true, value: { taken: 2 } })
    expect(await accept(shown)).toEqual({ ok: true, value: { taken: 0 } })
    const made = (await needsOf(year)).toSorted((a, b) => a.id - b.id)
    expect(made).toMatchObject([
      { children: 120, quantity: 1_200, amountVnd: 24_000_000n, priority: 'urgent', note: 'Trước tháng 12', state: 'reported' },
      { children: 80, quantity: 80, amountVnd: 8_000_000n, priority: 'usual', unitId: commune(1).id },
    ])
  })

  it('says row by row what is new, the same, changed and beside, and does that', async () => {
    const year = 2043
    const base = { programmeSlug, schoolYear: year, children: 50, quantity: 50, amountVnd: 5_000_000n }
    await reported(context, { ...base, unitId: commune(0).id, category: 'ao-am' })
    const changedId = await reported(context, { ...base, unitId: commune(1).id, category: 'ao-am' })
    const publishedId = await publishedNeed(context, { ...base, unitId: commune(2).id, category: 'ao-am' })
    const rows = [0, 1, 2, 3].map((at) => row(at, 'ao-am', [at === 0 ? 50 : 60, 50, 5_000_000, '', '']))
    const shown = await preview(await stage(rows, year))
    expect(shown.rows.map(({ verdict, was, becomes }) => [verdict, was?.children, becomes?.children])).toEqual([
      ['same', 50, 50],
      ['changed', 50, 60],
      ['beside', 50, 60],
      ['new', undefined, 60],
    ])
    expect(await accept(shown)).toEqual({ ok: true, value: { taken: 3 } })
    const made = await needsOf(year)
    expect(made).toHaveLength(5)
    expect(made.find(({ id }) => id === changedId)).toMatchObject({ children: 60, version: 2 })
    expect(made.find(({ id }) => id === publishedId)).toMatchObject({ children: 50, version: 3 })
    // The same sheet once more has nothing to say.
    expect((await preview(await stage(rows, year))).counts).toEqual({ new: 0, same: 4, changed: 0, beside: 0, wrong: 0 })
  })

  it('is refused as a whole where a row is wrong, and leaves nothing behind', async () => {
    const year = 2044
    const rows = [
      row(0, 'ao-am', [10, 10, 1_000_000, '', '']),
      row(0, 'ao-am', [11, 10, 1_000_000, '', '']),
      row(1, 'khong-co', [10, 10, 1_000_000, '', '']),
      ['99999', 'Xã lạ', 'ao-am', '', 10, 10, 1_000_000, '', ''],
      row(2, 'ao-am', ['mười', 10.5, '', 'rất gấp', '']),
      row(3, 'sach-vo', [10, 10, 1_000_000, '', '']),
    ]
    const shown = await preview(await stage(rows, year), new Set(places.communes.slice(0, 3).map(({ id }) => id)))
    expect(shown.rows.map(({ verdict, problems }) => [verdict, problems.map(({ field, error }) => `${field}: ${error}`)])).toEqual([
      ['new', []],
      ['wrong', ['commune: twice']],
      ['wrong', ['category: unknown']],
      ['wrong', ['commune: unknown']],
      ['wrong', ['children: not_a_count', 'quantity: not_a_count', 'amount: missing', 'priority: unknown']],
      ['wrong', ['commune: not_yours']],
    ])
    expect(await accept(shown)).toEqual(refused('has_wrong_rows'))
    expect(await needsOf(year)).toEqual([])
    value(await discardNeedSheet(context, { importId: shown.importId, mayReportFor: 'all', by: 'can-bo' }))
    expect(await accept(shown)).toEqual(refused('discarded'))
  })

  it('is looked at again where something was reported in between, and taken in once by two at the same instant', async () => {
    const year = 2045
    const shown = await preview(await stage([row(0, 'ao-am', [10, 10, 1_000_000, '', ''])], year))
    await reported(context, {
      ...{ programmeSlug, schoolYear: year, unitId: commune(0).id, category: 'ao-am', children: 9, quantity: 9, amountVnd: 900_000n },
    })
    expect(await accept(shown)).toEqual(refused('changed_meanwhile'))
    const again = await preview(shown.importId)
    expect(again.counts).toMatchObject({ changed: 1 })
    const both = await Promise.all([accept(again), accept(again)])
    expect(both.map((result) => result.ok && result.value.taken).toSorted()).toEqual([0, 1])
    expect(await needsOf(year)).toMatchObject([{ children: 10, version: 2 }])
    expect(await discardNeedSheet(context, { importId: shown.importId, mayReportFor: 'all', by: 'can-bo' })).toEqual(refused('accepted'))
  })

  it('is told apart from what is none', async () => {
    const sheets = [
      [Buffer.from('%PDF-1.7\0'), 'not_a_sheet'],
      [Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3, 4, 5]), 'damaged'],
      [
        book(
          [
            ['Xã', 'Số trẻ em'],
            ['Ba Vì', 3],
          ],
          'xlsx',
        ),
        'no_header',
      ],
      [book([HEAD, row(0, 'ao-am', ['', '', ''])], 'csv'), 'no_rows'],
      [Buffer.alloc(3 * 1024 * 1024, 'a'), 'too_large'],
      [Buffer.from('a,b\n'.repeat(4_000)), 'too_many_rows'],
    ] as const
    for (const [bytes, refusal] of sheets) expect(await readNeedSheet(readFirstSheet, bytes), refusal).toEqual(refused(refusal))
  })

  it('takes a formula for what it came to, and days for days', async () => {
    const made = utils.book_new()
    const sheet = utils.aoa_to_sheet([HEAD, row(0, 'ao-am', [10, 10, 0, '', 'từ'])])
    sheet['G2'] = { t: 'n', f: 'E2*100000', v: 1_000_000 }
    sheet['I2'] = { t: 'n', v: 46_349, z: 'dd/mm/yyyy' }
    utils.book_append_sheet(made, sheet, 'Nhu cầu')
    const bytes: unknown = write(made, { type: 'buffer', bookType: 'xlsx' })
    if (!(bytes instanceof Uint8Array)) throw new Error('not written')
    expect(value(await readNeedSheet(readFirstSheet, bytes))).toMatchObject([{ row: 2, cells: { amount: '1000000', note: '2026-11-23' } }])
  })

  it('of an officer is theirs alone, and says nothing of other communes', async () => {
    const year = 2048
    await reported(context, {
      ...{ programmeSlug, schoolYear: year, unitId: commune(1).id, category: 'ao-am', children: 77, quantity: 77, amountVnd: 900_000n },
    })
    const own: MayReportFor = new Set([commune(0).id])
    const importId = await stage([row(0, 'ao-am', [10, 10, 1_000_000, '', '']), row(1, 'ao-am', [11, 11, 1_000_000, '', ''])], year)
    expect(await previewNeedSheet(context, { importId, mayReportFor: own, by: 'can-bo-khac' })).toBeNull()
    const shown = await preview(importId, own)
    expect(shown.rows.map(({ verdict, was }) => [verdict, was])).toEqual([
      ['new', null],
      ['wrong', null],
    ])
    expect(await accept(shown, own, 'can-bo')).toEqual(refused('has_wrong_rows'))
    expect(await discardNeedSheet(context, { importId, mayReportFor: own, by: 'can-bo-khac' })).toEqual(refused('unknown_import'))
    const kept = await preview(await stage([row(0, 'ao-am', [10, 10, 1_000_000, '', ''])], year), own)
    expect(await accept(kept, own, 'can-bo-khac')).toEqual(refused('unknown_import'))
    expect(await accept(kept, own, 'can-bo')).toEqual({ ok: true, value: { taken: 1 } })
  })

  it('comes as a template that reads back, in both languages', async () => {
    const rows = places.communes.slice(0, 2).flatMap(({ code, nameVi }) =>
      places.categories.map(({ key, nameVi: category, unitVi }) => ({
        communeCode: code,
        commune: nameVi,
        categoryKey: key,
        category,
        unit: unitVi,
      })),
    )
    for (const locale of ['vi', 'en'] as const) {
      const template = read(writeNeedTemplate(rows, 'Nhu cầu', locale))
      const sheet = template.Sheets[template.SheetNames[0] ?? '']
      if (!sheet) throw new Error('no sheet')
      utils.sheet_add_aoa(sheet, [[12, 12, 120_000]], { origin: 'F3' })
      const bytes: unknown = write(template, { type: 'buffer', bookType: 'xlsx' })
      if (!(bytes instanceof Uint8Array)) throw new Error('not written')
      const { importId } = value(
        await stageNeedSheet(context, {
          ...{ programmeSlug, schoolYear: 2047, fileName: 'mau.xlsx', by: 'can-bo', key: stepKey() },
          rows: value(await readNeedSheet(readFirstSheet, bytes)),
        }),
      )
      expect((await preview(importId)).rows).toMatchObject([{ row: 3, verdict: 'new', commune: commune(0).fullNameVi }])
    }
  })
})
