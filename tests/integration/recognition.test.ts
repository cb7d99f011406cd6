import { and, desc, eq, gt, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  disclosures,
  giverLists,
  givers,
  giverSums,
  giverWords,
  pledgeContacts,
  recognisedGifts,
  recognitionProgress,
  recognitionTotals,
} from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { reviewText } from '../../lib/donors/commands'
import { eraseDonor } from '../../lib/donors/erase'
import { reverseReceipt } from '../../lib/goods/reverse'
import { fold } from '../../lib/i18n/fold'
import { setNameShown } from '../../lib/pledges/name-shown'
import { followAllRecognition, followRecognition } from '../../lib/recognition/follow'
import { findNamed, wordsOf, type GiverList } from '../../lib/recognition/names'
import { getRecognition, listRecognitionOptions } from '../../lib/recognition/queries'
import type { RecognitionFilter } from '../../lib/recognition/schema'
import { listTiers, setTiers } from '../../lib/recognition/tiers'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequenceBatch, sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makeGoods, makePledge, receiveGoods, type GiftWish } from '../factories/giving'
import { makeCampaign, makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
const slugs: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  for (const fund of ['ha-noi', 'ninh-thuan'] as const)
    for (const category of ['ao-am', 'sach-vo'])
      slugs.push((await makeCampaign(context, { slug: `${category}-${fund}`, fund, category, goalVnd: 10n ** 10n })).slug)
})
afterAll(() => database.close())

const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ']
const GIVEN = ['An', 'Bình', 'Chi', 'Dung', 'Hà', 'Lan', 'Mai']
const NOTHING: RecognitionFilter = { list: null, year: null, place: null, name: '', after: null }
const told = async (filter: Partial<RecognitionFilter> = {}) => {
  const { years } = await listRecognitionOptions(context, 'vi')
  return getRecognition(context, { ...NOTHING, ...filter }, years, 'vi')
}
const place = async (wanted: string) =>
  (await listRecognitionOptions(context, 'vi')).places.find(({ value: one }) => one === wanted) ?? null

/** A gift that has come, of a name that is released where it waited. */
async function given(wish: GiftWish, { campaign = 0, at = '2026-11-23T02:59:00Z' } = {}): Promise<{ code: string; secret: string }> {
  const made = await makePledge(context, slugs[campaign] ?? '', wish)
  const accountNumber = campaign < 2 ? '000011112222' : '000033334444'
  const amountVnd = wish.amountVnd ?? 185_000n
  expect(await receiveBankNotice(context, bankNotice({ memo: made.code, amountVnd, accountNumber, transactedAt: new Date(at) }))).toBe(
    'booked',
  )
  if (wish.donorKind === 'company') await reviewText(context, { code: made.code, field: 'name', verdict: 'shown', actor: 'an' })
  await sequencePending(context.db, context.now())
  return made
}

test('givers are thanked by name, apart by kind, with and without marks; the nameless are counted', async () => {
  const company = { donorKind: 'company', name: 'Công ty Cổ phần Đường Xưa', isNamed: true, taxCode: '0101234567' } as const
  await given({ ...company, amountVnd: 50_000_000n })
  await given({ ...company, amountVnd: 7_000_000n }, { campaign: 2 })
  const { code, secret } = await given({ name: 'Nguyễn Thị Thu Huệ', isNamed: true, amountVnd: 300_000n, email: 'hue@example.com' })
  await given({ name: 'Nguyễn Thị Thu Huệ', isNamed: true, amountVnd: 200_000n, email: 'Hue@example.com' }, { campaign: 1 })
  await given({ name: 'Nguyễn Thị Thu Huệ', isNamed: true, amountVnd: 100_000n })
  await given({ name: 'Trần Bình', isNamed: false, amountVnd: 1_000_000n }, { at: '2025-12-31T16:59:00Z' })
  const whole = await told()
  expect(whole.sums).toEqual({
    company: { amountVnd: 57_000_000n, gifts: 2 },
    person: { amountVnd: 600_000n, gifts: 3 },
    nameless: { amountVnd: 1_000_000n, gifts: 1 },
  })
  expect(whole.years).toEqual([2026, 2025])
  expect(whole.companies?.rows).toMatchObject([{ name: 'Công ty Cổ phần Đường Xưa', amountVnd: 57_000_000n, gifts: 2, code: null }])
  // The same name with the same e-mail is one giver; without, it is somebody else's name as well.
  expect(whole.persons?.rows.map(({ amountVnd, gifts }) => [amountVnd, gifts])).toEqual([
    [500_000n, 2],
    [100_000n, 1],
  ])
  for (const name of ['đường xưa', 'DUONG XUA', 'cong ty co phan d', 'xua duong'])
    expect((await told({ name })).companies?.rows, name).toHaveLength(1)
  for (const name of ['thu hue', 'Huệ', 'nguyen t', 'HUE Nguyễn']) expect((await told({ name })).persons?.rows, name).toHaveLength(2)
  for (const name of ['hoàng', 'uong xua', 'tran binh', '!!!', ':* | &']) {
    const { companies, persons } = await told({ name })
    expect([companies?.rows, persons?.rows], name).toEqual([[], []])
  }
  expect((await told({ year: 2025 })).sums.nameless).toEqual({ amountVnd: 1_000_000n, gifts: 1 })
  expect((await told({ place: await place('quy-ninh-thuan') })).companies?.rows).toMatchObject([{ amountVnd: 7_000_000n, gifts: 1 }])
  expect((await told({ place: await place('nhu-cau-sach-vo') })).persons?.rows).toMatchObject([{ amountVnd: 200_000n, gifts: 1 }])

  // Hidden by the secret link, the gift is nameless; shown again, it is as before.
  expect(await setNameShown(context, { code, secret: 'another', isShown: false })).toEqual({ ok: false, refusal: 'wrong_secret' })
  value(await setNameShown(context, { code, secret, isShown: false }))
  expect((await told({ name: 'hue' })).persons?.rows).toHaveLength(2)
  await sequencePending(context.db, context.now())
  const hidden = await told()
  expect(hidden.sums.person).toEqual({ amountVnd: 300_000n, gifts: 2 })
  expect(hidden.sums.nameless).toEqual({ amountVnd: 1_300_000n, gifts: 2 })
  expect(await listDiscrepancies(context.db)).toEqual([])
  // Within the same tick of the clock: a mind may change as quickly as that.
  value(await setNameShown(context, { code, secret, isShown: true }))
  value(await setNameShown(context, { code, secret, isShown: true }))
  await sequencePending(context.db, context.now())
  expect((await told()).sums).toEqual(whole.sums)
})

test('whose last named gift is hidden is forgotten, with what made gifts theirs', async () => {
  const before = await context.db.select({ id: givers.id }).from(givers)
  const { code, secret } = await given({ name: 'Lò Thị Ban', isNamed: true, email: 'ban@example.com' })
  value(await setNameShown(context, { code, secret, isShown: false }))
  await sequencePending(context.db, context.now())
  expect(await context.db.select({ id: givers.id }).from(givers)).toEqual(before)
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('a list goes on where it ended, whoever gives meanwhile', async () => {
  const notices = []
  for (let index = 0; index < 70; index += 1) {
    const amountVnd = BigInt(20_000 + (index % 7) * 1_000)
    const name = `${FAMILIES[index % 10] ?? ''} Thị ${GIVEN[Math.floor(index / 10)] ?? ''}`
    const { code } = await makePledge(context, slugs[3] ?? '', { name, isNamed: true, amountVnd })
    notices.push(bankNotice({ memo: code, amountVnd, accountNumber: '000033334444' }))
  }
  await Promise.all(notices.map((notice) => receiveBankNotice(context, notice)))
  await sequencePending(context.db, context.now())
  const filter = { list: 'person' as const, place: await place('quy-ninh-thuan') }
  const first = await told(filter)
  expect(first.persons?.rows).toHaveLength(60)
  await given({ name: 'Ngô Quyền', isNamed: true, amountVnd: 90_000_000n }, { campaign: 3 })
  const second = await told({ ...filter, after: first.persons?.next ?? null })
  const names = [...(first.persons?.rows ?? []), ...(second.persons?.rows ?? [])].map(({ name }) => name)
  expect(names.filter((name) => name.includes(' Thị '))).toHaveLength(70)
  expect(new Set(names).size).toBe(names.length)
  expect(second.persons?.next).toBeNull()
})

test('goods stand beside money, in their units', async () => {
  const { code } = await makeGoods(context, slugs[0] ?? '', { name: 'Nguyễn Văn Áo', isNamed: true })
  const sums = (await told()).sums
  await receiveGoods(context, code)
  await sequencePending(context.db, context.now())
  const { goods, sums: after } = await told({ list: 'goods' })
  expect(after).toEqual(sums)
  expect(goods?.rows).toMatchObject([{ name: 'Nguyễn Văn Áo', code, items: [{ units: 30n }] }])
  expect((await told({ list: 'goods', place: await place('quy-ninh-thuan') })).goods?.rows).toEqual([])
  expect((await told({ list: 'goods', year: 2026, name: 'van ao' })).goods?.rows).toHaveLength(1)
  const now = context.now()
  context.setNow('2027-01-01T03:00:00Z')
  // What came in another year is another year's; all of it together is one row, where the last of it came.
  const [lastId = 0n] = await receiveGoods(context, code, {
    lines: [{ position: 0, units: 3n, condition: 'new', statedValueVnd: null }],
    receivedOn: '2027-01-01',
  })
  await sequencePending(context.db, context.now())
  expect((await told({ list: 'goods', year: 2027 })).goods?.rows).toMatchObject([
    { code, receivedOn: '2027-01-01', items: [{ units: 3n }] },
  ])
  expect((await told({ list: 'goods', year: 2026 })).goods?.rows).toMatchObject([
    { code, receivedOn: '2026-11-23', items: [{ units: 30n }] },
  ])
  expect((await told({ list: 'goods' })).goods?.rows).toMatchObject([{ code, receivedOn: '2027-01-01', items: [{ units: 33n }] }])
  // What was written down wrongly is thanked for no more.
  value(await reverseReceipt(context, { receiptId: lastId, code, reason: 'wrong_giver', formKey: 'x', by: 'an' }))
  await sequencePending(context.db, context.now())
  expect((await told({ list: 'goods' })).goods?.rows).toMatchObject([{ code, receivedOn: '2026-11-23', items: [{ units: 30n }] }])
  expect((await told({ list: 'goods', year: 2027 })).goods?.rows).toEqual([])
  context.setNow(now)
})

test('headings are a fund’s own where it has some, and in order', async () => {
  const tiers = [
    { nameVi: 'Tấm', nameEn: 'Cloth', fromVnd: 1_000n },
    { nameVi: 'Sợi', nameEn: 'Thread', fromVnd: 0n },
  ]
  const set = (fundSlug: string | null, given: typeof tiers) => setTiers(context, { fundSlug, kind: 'person', tiers: given })
  value(await set(null, tiers))
  value(await set('ha-noi', [{ nameVi: 'Riêng', nameEn: 'Own', fromVnd: 0n }]))
  value(await set('ha-noi', [{ nameVi: 'Riêng hơn', nameEn: 'More own', fromVnd: 0n }]))
  expect((await listTiers(context, null, 'vi')).person.map(({ name }) => name)).toEqual(['Tấm', 'Sợi'])
  expect((await listTiers(context, Number((await place('quy-ha-noi'))?.id), 'en')).person.map(({ name }) => name)).toEqual(['More own'])
  expect(await set(null, tiers.toReversed())).toEqual({ ok: false, refusal: 'not_in_order' })
  expect(await set(null, tiers.slice(0, 1))).toEqual({ ok: false, refusal: 'not_in_order' })
  expect(await set('khong-co', tiers)).toEqual({ ok: false, refusal: 'unknown_fund' })
})

/** In all lists, whoever has the words is found, in order and page by page, whichever way leads there. */
async function expectFound(): Promise<void> {
  const rows = await context.db
    .select({ sum: giverSums, list: giverLists.name, name: disclosures.text })
    .from(giverSums)
    .innerJoin(giverLists, eq(giverLists.id, giverSums.listId))
    .innerJoin(givers, eq(givers.id, giverSums.giverId))
    .innerJoin(disclosures, and(eq(disclosures.pledgeId, givers.pledgeId), eq(disclosures.field, 'name')))
    .where(gt(giverSums.amountVnd, 0n))
    .orderBy(desc(giverSums.amountVnd), desc(giverSums.giverId))
  for (const { sum, list: listed, name } of sample(rows, 8)) {
    const [scope = '', year, kind] = listed.split(' ')
    const list: GiverList = { scope, year: Number(year), kind: kind === 'company' ? kind : 'person', after: null }
    const standing = rows.filter(({ sum: { listId } }) => listId === sum.listId)
    for (const typed of [name, ...name.split(' '), 'l', 'lò m', 'một lò', 'mau lo', 'thị lò v']) {
      const words = wordsOf(typed)
      const wanted = standing
        .filter((row) => has(row.name, words))
        .map((row) => ({ giverId: row.sum.giverId, amountVnd: row.sum.amountVnd }))
      for (const limits of [undefined, { counted: 3, met: 1, few: 2 }, { counted: 3, met: 1, few: 1_000 }]) {
        const found = await findNamed(context.db, list, words, 3, limits)
        expect(found, typed).toEqual(wanted.slice(0, 3))
        const after = found[1] ?? null
        if (after) expect(await findNamed(context.db, { ...list, after }, words, 3, limits), typed).toEqual(wanted.slice(2, 5))
      }
    }
  }
}

/** What is looked for, told as a child would: each word is one of the name's, the last of them the beginning of one. */
const has = (name: string, words: string[]): boolean => {
  const own = fold(name).split(' ')
  return words.every((word, index) => own.some((one) => (index === words.length - 1 ? one.startsWith(word) : one === word)))
}

/** Some of many, spread evenly. */
const sample = <Row>(rows: Row[], size: number): Row[] => rows.filter((_row, index) => index % Math.ceil(rows.length / size) === 0)

test('whatever happens in whatever order, sums agree with the books, and a rebuild gives the same', async () => {
  const gift = fc.record({
    campaign: fc.nat(3),
    donorKind: fc.constantFrom('person' as const, 'company' as const),
    isNamed: fc.boolean(),
    email: fc.constantFrom(null, 'a@example.com', 'b@example.com'),
    taxCode: fc.constantFrom(null, '0100000001'),
    name: fc.constantFrom('Lò Thị Mẫu', 'Lò Văn Một', 'Mẫu Một', 'Tập thể lớp Một', 'LÒ LÒ'),
    // Few sums, so that many stand side by side.
    amountVnd: fc.constantFrom(10_000n, 20_000n, 90_000n),
    year: fc.constantFrom(2025, 2026),
  })
  const step = fc.oneof(
    { weight: 3, arbitrary: gift.map((one) => ({ do: 'give' as const, ...one })) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('name' as const), which: fc.nat(30), isShown: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('review' as const),
        which: fc.nat(30),
        verdict: fc.constantFrom('shown' as const, 'refused' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), which: fc.nat(30) }) },
    { weight: 2, arbitrary: fc.constant({ do: 'sequence' as const }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
      const made: { code: string; secret: string }[] = []
      for (const one of steps) {
        context.advance(1_000)
        const which = 'which' in one ? made[one.which % Math.max(1, made.length)] : undefined
        if (one.do === 'give') {
          const { campaign, year, amountVnd, ...wish } = one
          const pledge = await makePledge(context, slugs[campaign] ?? '', { ...wish, amountVnd })
          made.push(pledge)
          const accountNumber = campaign < 2 ? '000011112222' : '000033334444'
          const transactedAt = new Date(`${year}-11-20T03:00:00Z`)
          await receiveBankNotice(context, bankNotice({ memo: pledge.code, amountVnd, accountNumber, transactedAt }))
        } else if (one.do === 'name' && which) await setNameShown(context, { ...which, isShown: one.isShown })
        else if (one.do === 'review' && which)
          await reviewText(context, { code: which.code, field: 'name', verdict: one.verdict, actor: 'an' })
        // While the sequencer may be listing the words of that name.
        else if (one.do === 'erase' && which) await Promise.all([eraseDonor(context, which), sequencePending(context.db, context.now())])
        else if (one.do === 'sequence') await sequencePending(context.db, context.now())
      }
      await sequencePending(context.db, context.now())
      expect(await listDiscrepancies(context.db)).toEqual([])
    }),
    { numRuns: process.env['SOAK'] ? 300 : 12 },
  )
  const read = async () => ({
    totals: (await context.db.select().from(recognitionTotals))
      .filter(({ gifts }) => gifts > 0)
      .map((row) => Object.values(row).join())
      .toSorted(),
    sums: (
      await context.db
        .select({ list: giverLists.name, vnd: giverSums.amountVnd, gifts: giverSums.gifts, pledge: givers.pledgeId })
        .from(giverSums)
        .innerJoin(giverLists, eq(giverLists.id, giverSums.listId))
        .innerJoin(givers, eq(givers.id, giverSums.giverId))
    )
      .filter(({ gifts }) => gifts > 0)
      .map((row) => Object.values(row).join())
      .toSorted(),
    words: (
      await context.db
        .select({
          list: giverLists.name,
          word: giverWords.word,
          vnd: giverWords.amountVnd,
          pledge: givers.pledgeId,
        })
        .from(giverWords)
        .innerJoin(giverLists, eq(giverLists.id, giverWords.listId))
        .innerJoin(givers, eq(givers.id, giverWords.giverId))
    )
      .map((row) => Object.values(row).join())
      .toSorted(),
  })
  await expectFound()
  const kept = await read()
  expect(kept.words.length).toBeGreaterThan(100)
  for (const table of [giverWords, giverSums, giverLists, recognitionTotals, recognisedGifts, recognitionProgress, givers])
    await (database.owner ?? database.handle).db.delete(table)
  await followAllRecognition(context.db, context.now())
  expect(await read()).toEqual(kept)
})

test('thanks follow public order, and are told to be behind it until they do', async () => {
  const { code } = await makePledge(context, slugs[0] ?? '', { name: 'Đặng Thị Lan Hương', isNamed: true })
  await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 185_000n, accountNumber: '000011112222' }))
  await sequenceBatch(context.db, context.now())
  const rows = async () => (await told({ name: 'dang thi lan huong' })).persons?.rows ?? []
  expect(await rows()).toEqual([])
  expect(await listDiscrepancies(context.db)).toEqual([])
  expect(await followRecognition(context.db, context.now())).toEqual({ isAll: true })
  expect(await rows()).toHaveLength(1)
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('of an erased name nothing is left in what is searched or summed', async () => {
  const { code } = await given({ name: 'Đỗ Thị Xuyến', isNamed: true, email: 'xoa@example.com' })
  expect((await told({ name: 'do thi x' })).persons?.rows).toHaveLength(1)
  const listed = () => context.db.$count(giverWords, eq(giverWords.word, 'xuyen'))
  const named = () => context.db.$count(givers, sql`'xuyen' = any(words)`)
  expect([await listed(), await named()]).toEqual([8, 1])
  const [row] = await context.db.select().from(disclosures).where(eq(disclosures.folded, 'do thi xuyen'))
  await context.db.delete(disclosures).where(eq(disclosures.pledgeId, row?.pledgeId ?? 0n))
  await context.db.delete(pledgeContacts).where(eq(pledgeContacts.pledgeId, row?.pledgeId ?? 0n))
  // In the same moment, not only when the sequencer comes by.
  expect([await listed(), await named()]).toEqual([0, 0])
  expect((await told({ name: 'do thi x' })).persons?.rows).toEqual([])
  expect(code).toMatch(/^TD/)
})
