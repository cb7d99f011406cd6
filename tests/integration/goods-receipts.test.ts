import { asc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { entries, events, goodsIntervals, goodsLines, goodsReceipts, papers, siteState } from '../../db/schema'
import { commitBytes } from '../../lib/events/commitment'
import { listGoodsPapersToRelease, readDeskFile } from '../../lib/evidence/desk'
import { addPaper, releasePaper, withdrawPaper } from '../../lib/evidence/papers'
import { listGoodsPapers } from '../../lib/evidence/queries'
import { findServed } from '../../lib/evidence/served'
import { sha256 } from '../../lib/files/digest'
import { getGoodsGift } from '../../lib/goods/queries'
import { confirmReceipt, type Receipt } from '../../lib/goods/receive'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequenceBatch, sequencePending } from '../../lib/sequencer/sequence'
import { goodsReceipt, makeGoods, makePledge, receiveGoods } from '../factories/giving'
import { asJson, coats, coverageOf, GOODS_BUDGET, makeGoodsCampaign } from '../factories/goods'
import { scan } from '../factories/pictures'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { fundIdOf } from '../factories/staff'
import { closeAgreed } from '../factories/agreed'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { testFolder, withFiles } from '../setup/files'

const folder = testFolder()
let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let campaigns = 0

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
})
beforeEach(async () => {
  context.setNow('2026-11-23T03:00:00Z')
  campaign = await makeGoodsCampaign(context, campaigns++)
})
afterAll(async () => {
  await closeAgreed(database, context)
  folder.remove()
})

const sequence = () => sequencePending(context.db, context.now())
const confirm = (code: string, receipt: Partial<Receipt> = {}) => confirmReceipt(context, goodsReceipt(code, receipt))
const stateOf = async (code: string) => (await getGoodsGift(context, code, 'vi'))?.state
const covered = () => coverageOf(context, campaign.slug)

describe('a receipt', () => {
  test('is booked once for one form, however often and at once it is sent', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    const receipt = goodsReceipt(code, { lines: [...coats(30n), { position: 1, units: 2n, condition: 'new', statedValueVnd: null }] })
    const told = await context.db.$count(events)
    const first = value(await confirmReceipt(context, receipt))
    const again = await Promise.all([1, 2, 3, 4].map(() => confirmReceipt(context, receipt)))
    for (const answer of again) expect(answer).toEqual({ ok: true, value: first })
    expect(first).toHaveLength(2)
    expect(await context.db.$count(events)).toBe(told + 2)
    expect(await confirmReceipt(context, { ...receipt, lines: coats(31n) })).toEqual({ ok: false, refusal: 'form_used' })
    const other = await makeGoods(context, campaign.slug)
    expect(await confirmReceipt(context, { ...receipt, code: other.code })).toEqual({ ok: false, refusal: 'form_used' })
  })

  test('at the same moment as many others opens one line, and every unit has its own number', async () => {
    const codes = await Promise.all(Array.from({ length: 12 }, async () => (await makeGoods(context, campaign.slug)).code))
    await Promise.all(
      codes.map((code, index) =>
        receiveGoods(context, code, {
          // Half of the forms have their lines the other way round.
          lines: [...coats(BigInt(index + 1)), { position: 1, units: 1n, condition: 'new' as const, statedValueVnd: null }].toSorted(
            (a, b) => (index % 2 ? a.position - b.position : b.position - a.position),
          ),
        }),
      ),
    )
    await Promise.all([sequence(), sequence(), sequence()])
    expect(await covered()).toEqual([
      [0, codes.reduce((sum, _, index) => sum + 30n - BigInt(index + 1), 0n), 78n],
      [1, 0n, 12n],
    ])
    expect(await context.db.$count(goodsLines, eq(goodsLines.campaignId, campaign.campaignId))).toBe(2)
    const laid = await context.db
      .select({ start: goodsIntervals.startUnit, end: goodsIntervals.endUnit })
      .from(goodsIntervals)
      .innerJoin(goodsLines, eq(goodsLines.lineId, goodsIntervals.lineId))
      .where(sql`${goodsLines.campaignId} = ${campaign.campaignId} and ${goodsLines.position} = 0`)
      .orderBy(asc(goodsIntervals.startUnit))
    expect(laid.map(({ start }) => start)).toEqual([0n, ...laid.slice(0, -1).map(({ end }) => end)])
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test.each<[string, Partial<Receipt>, string]>([
    ['nothing', { lines: [] }, 'not_units'],
    ['no unit', { lines: coats(0n) }, 'not_units'],
    ['more than anybody brings', { lines: coats(1_000_001n) }, 'not_units'],
    ['one line twice', { lines: [...coats(1n), ...coats(2n)] }, 'not_units'],
    [
      'a line that the campaign does not have',
      { lines: [{ position: 7, units: 1n, condition: 'new', statedValueVnd: null }] },
      'unknown_line',
    ],
    ['goods whose condition nobody noted', { lines: [{ position: 0, units: 1n, condition: null, statedValueVnd: null }] }, 'no_condition'],
    ['what is below the standard', { meetsStandard: false }, 'below_standard'],
    ['a paper that is no paper', { documentReference: 'của anh Bình, Ba Vì' }, 'not_a_document'],
    ['tomorrow', { receivedOn: '2026-11-24' }, 'not_a_day'],
    ['a day before the campaign', { receivedOn: '2026-09-30' }, 'not_a_day'],
  ])('of %s is refused, and nothing is kept', async (_what, receipt, refusal) => {
    const { code } = await makeGoods(context, campaign.slug)
    const kept = async () => [await context.db.$count(goodsReceipts), await context.db.$count(entries), await context.db.$count(goodsLines)]
    const before = await kept()
    expect(await confirm(code, receipt)).toEqual({ ok: false, refusal })
    expect([await kept(), await stateOf(code)]).toEqual([before, 'open'])
  })

  test('of a pledge of money, or of a code that nobody has, is refused', async () => {
    const { code } = await makePledge(context, campaign.slug)
    expect(await confirm(code)).toEqual({ ok: false, refusal: 'not_found' })
    expect(await confirm('TD2222222')).toEqual({ ok: false, refusal: 'not_found' })
  })

  test('after the closing day of an emergency appeal is refused', async () => {
    const appeal = await makeCampaign(context, { slug: 'khan-cap', category: 'sach-vo', isEmergency: true, neededBy: '2026-11-24' })
    const { code } = await makeGoods(context, appeal.slug)
    context.advance(3 * 86_400_000)
    expect(await confirm(code, { receivedOn: '2026-11-25' })).toEqual({ ok: false, refusal: 'after_closing_day' })
    expect((await confirm(code, { receivedOn: '2026-11-24' })).ok).toBe(true)
  })

  test('tells the public what came, with commitments and without a word of the donor’s', async () => {
    const words = {
      name: 'Nguyễn Thị Mai',
      message: 'Chúc các em luôn vui khỏe',
      email: 'kho@example.vn',
      phone: '0912345678',
      note: 'Nhà số 5',
    }
    const { code } = await makeGoods(context, campaign.slug, { ...words, isNamed: true })
    const [id] = await receiveGoods(context, code, {
      lines: [{ position: 0, units: 3n, condition: 'used', statedValueVnd: 7_777_777n }],
      documentReference: '9/BB',
    })
    const [event] = await context.db
      .select()
      .from(events)
      .where(eq(events.goodsReceiptId, id ?? 0n))
    expect(event).toMatchObject({ kind: 'goods_received', day: '2026-11-23', units: 3n, amountVnd: null, donationId: null })
    expect(event?.facts).toEqual({
      ...{ campaign: campaign.slug, item: 0, unit: 'ao-khoac.ao', nature: 'goods', condition: 'used', code },
      nameCommitment: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      messageCommitment: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    })
    const told = asJson(event)
    for (const word of [...Object.values(words), 'thu-kho', '7777777', '9/BB']) expect(told).not.toContain(word)
    expect(asJson(await getGoodsGift(context, code, 'vi'))).not.toMatch(/7777777|0912345678|Nhà số 5|example\.vn|thu-kho/)
  })

  test('raises the public state, so that kept pages are made anew', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    const version = async () => (await context.db.select({ version: siteState.version }).from(siteState))[0]?.version ?? 0n
    await sequence()
    const before = await version()
    await receiveGoods(context, code)
    await sequence()
    expect(await version()).toBe(before + 1n)
  })

  test('the same receipts in the same order give the same lines, however they were batched', async () => {
    const other = await makeCampaign(context, { slug: 'cung-the', budget: GOODS_BUDGET, fund: 'ninh-thuan' })
    for (const [slug, perReceipt] of [
      [campaign.slug, async () => undefined],
      [other.slug, () => sequenceBatch(context.db, context.now(), 1)],
    ] as const) {
      for (let index = 0; index < 9; index++) {
        const { code } = await makeGoods(context, slug)
        await receiveGoods(context, code, { lines: coats(BigInt(1 + ((index * 7) % 5))) })
        await perReceipt()
      }
      await sequence()
    }
    const laid = async ({ campaignId }: MadeCampaign) =>
      context.db
        .select({ start: goodsIntervals.startUnit, end: goodsIntervals.endUnit })
        .from(goodsIntervals)
        .innerJoin(goodsLines, eq(goodsLines.lineId, goodsIntervals.lineId))
        .where(eq(goodsLines.campaignId, campaignId))
        .orderBy(asc(goodsIntervals.startUnit))
    expect(await laid(other)).toEqual(await laid(campaign))
    expect((await laid(other)).at(-1)?.end).toBe(
      Array.from({ length: 9 }, (_, index) => BigInt(1 + ((index * 7) % 5))).reduce((a, b) => a + b),
    )
  })
})

describe('a paper of goods', () => {
  test('is promised by a salted hash and of the whole visit, and shown on the gift’s page once a second person released its copy', async () => {
    const files = withFiles(context, folder)
    const { code } = await makeGoods(context, campaign.slug)
    const other = await makeGoods(context, campaign.slug)
    const ids = await receiveGoods(context, code, {
      lines: [...coats(30n), { position: 1, units: 2n, condition: 'new', statedValueVnd: null }],
    })
    const [goodsReceiptId = 0n] = ids
    const [original, copy] = [Buffer.from('%PDF-1.7 signed by giver and fund'), await scan(90)]
    const wish = { kind: 'goods_note' as const, datedOn: '2026-11-23', original, copy, by: 'an', key: 'giay-1' }
    const add = (more: object = {}) => addPaper(files, { goodsReceiptId, code, ...wish, ...more })
    expect(await add({ code: other.code })).toEqual({ ok: false, refusal: 'unknown_goods' })
    expect(await add({ datedOn: '2026-11-24' })).toEqual({ ok: false, refusal: 'not_yet' })
    const { paperId } = value(await add())
    expect(value(await add())).toEqual({ paperId })
    const [paper] = await context.db.select().from(papers).where(eq(papers.id, paperId))
    const told = async (id: bigint | null) =>
      (
        await context.db
          .select()
          .from(events)
          .where(eq(events.id, id ?? 0n))
      )[0]
    const commitment = commitBytes('original', paper?.originalSalt ?? new Uint8Array(), sha256(original))
    expect(await told(paper?.addedEventId ?? null)).toMatchObject({
      ...{ kind: 'paper', lineId: null, units: null },
      facts: { code, goods: ids.map(String), paper: 'goods_note', dated: '2026-11-23', original: commitment },
    })
    expect(await listGoodsPapers(context, code, 'vi')).toMatchObject([{ kind: 'goods_note', spend: null, state: { kind: 'waiting' } }])
    const fundId = await fundIdOf(context, 'ha-noi')
    const waiting = (staffId: string) => listGoodsPapersToRelease(context, { fundId, staffId })
    expect([await waiting('an'), await waiting('binh')]).toMatchObject([[], [{ code, kind: 'goods_note' }]])
    expect(await releasePaper(context, { paperId, by: 'an', as: 'accountant' })).toEqual({ ok: false, refusal: 'same_person' })
    value(await releasePaper(context, { paperId, by: 'binh', as: 'director' }))
    const [shown] = await listGoodsPapers(context, code, 'vi')
    expect([await waiting('binh'), shown?.state.kind, await listGoodsPapers(context, other.code, 'vi')]).toEqual([[], 'shown', []])
    if (shown?.state.kind !== 'shown') return expect.unreachable('it is shown')
    expect((await findServed(files, shown.state.path.replace('/tep/', ''))).kind).toBe('shown')
    expect(await readDeskFile(files, { goodsCode: other.code }, shown.state.path.replace('/tep/', ''))).toBeNull()
    value(await withdrawPaper(files, { paperId, by: 'an', reasonVi: 'Che thiếu một tên.', reasonEn: 'A name was left.' }))
    expect((await findServed(files, shown.state.path.replace('/tep/', ''))).kind).toBe('gone')
  })

  test.each([
    ['of a spend’s kind', `'invoice', 1, null`, /papers_of_goods/],
    ['of goods that came and of nothing', `'certificate', null, null`, /papers_of\b/],
  ])('is not one %s', async (_what, columns, words) => {
    const rest = 'dated_on, original, original_salt, original_commitment, added_event_id, idempotency_key, added_by, added_at'
    const statement = `insert into papers (kind, goods_receipt_id, spend_id, ${rest}) select ${columns}, ${rest.replace('idempotency_key', `'x'`)} from papers limit 1`
    expect(await refusalOf(context.db, statement)).toMatch(words)
  })
})
