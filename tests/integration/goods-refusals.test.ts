import { randomUUID } from 'node:crypto'
import { and, count, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { events, goodsReceipts, ledgers, postings } from '../../db/schema'
import { getCertificate } from '../../lib/certificates/queries'
import { changeGoodsPledge } from '../../lib/goods/commands'
import { getCampaignGoods } from '../../lib/goods/coverage'
import { getGoodsGift, getOwnGoods } from '../../lib/goods/queries'
import { confirmReceipt, refuseGoods, type Receipt } from '../../lib/goods/receive'
import { reverseReceipt } from '../../lib/goods/reverse'
import { receiveWalkIn } from '../../lib/goods/walk-in'
import { lineAccount, lockedBalance } from '../../lib/ledger/books'
import { stockAccount, unitsPosting } from '../../lib/ledger/goods-books'
import { postEntry, reverseEntry } from '../../lib/ledger/post'
import { cancelPledge } from '../../lib/pledges/commands'
import { listEntries } from '../../lib/receipts/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { goodsInput, goodsReceipt, makeGoods, receiveGoods } from '../factories/giving'
import { coats, coverageOf, makeGoodsCampaign } from '../factories/goods'
import { LOG_ORIGIN, publishAll, publishingOf, verifyServed } from '../factories/public-log'
import { makeFunds, value, type MadeCampaign } from '../factories/site'
import { fundIdOf } from '../factories/staff'
import { closeAgreed } from '../factories/agreed'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serve } from '../setup/server'
import { memoryVault } from '../setup/vault'

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
afterAll(() => closeAgreed(database, context))

const sequence = () => sequencePending(context.db, context.now())
const confirm = (code: string, receipt: Partial<Receipt> = {}) => confirmReceipt(context, goodsReceipt(code, receipt))
const covered = () => coverageOf(context, campaign.slug)
const IN_MONEY = and(eq(ledgers.id, postings.ledgerId), eq(ledgers.unit, 'VND'))

describe('a fund that does not take goods', () => {
  test('says why, once, and takes them no more', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    const no = { code, reason: 'below_standard' as const, actor: 'thu-kho' }
    expect((await refuseGoods(context, no)).ok).toBe(true)
    expect((await refuseGoods(context, no)).ok).toBe(true)
    expect(await refuseGoods(context, { ...no, reason: 'not_needed' })).toEqual({ ok: false, refusal: 'refused_before' })
    expect(await getGoodsGift(context, code, 'vi')).toMatchObject({ state: 'refused', refusal: 'below_standard' })
    expect([await covered(), await confirm(code)]).toEqual([[], { ok: false, refusal: 'refused_before' }])
  })

  test('may refuse the rest of what came in part', async () => {
    const { code } = await makeGoods(context, campaign.slug)
    await receiveGoods(context, code, { lines: coats(10n) })
    await sequence()
    expect(await covered()).toEqual([[0, 20n, 10n]])
    expect((await refuseGoods(context, { code, reason: 'not_needed', actor: 'thu-kho' })).ok).toBe(true)
    expect(await getGoodsGift(context, code, 'vi')).toMatchObject({ state: 'received', refusal: 'not_needed' })
    expect(await covered()).toEqual([[0, 0n, 10n]])
  })

  test('has nothing to refuse of what came whole, was cancelled, or is not there', async () => {
    const whole = await makeGoods(context, campaign.slug)
    await receiveGoods(context, whole.code)
    const cancelled = await makeGoods(context, campaign.slug)
    await cancelPledge(context, cancelled)
    const no = (code: string) => refuseGoods(context, { code, reason: 'not_reached', actor: 'thu-kho' })
    expect(await no(whole.code)).toEqual({ ok: false, refusal: 'not_waiting' })
    expect(await no(cancelled.code)).toEqual({ ok: false, refusal: 'not_waiting' })
    expect(await no('TD2222222')).toEqual({ ok: false, refusal: 'not_found' })
  })
})

describe('a receipt that was written down wrongly', () => {
  const takeBack = (code: string, receiptId: bigint, more: Partial<Parameters<typeof reverseReceipt>[1]> = {}) =>
    reverseReceipt(context, { receiptId, code, reason: 'wrong_count', formKey: randomUUID(), by: 'thu-kho', ...more })
  const received = async (units: bigint, more: Partial<Receipt> = {}) => {
    const { code, secret } = await makeGoods(context, campaign.slug, { name: 'Nguyễn Thị Mai', isNamed: true })
    const [id = 0n] = await receiveGoods(context, code, { lines: coats(units), ...more })
    return { code, secret, id }
  }

  test('is taken back whole and once: its units are a hole, what came after stays, and the promise waits again', async () => {
    const first = await received(300n)
    expect(await takeBack(first.code, first.id)).toEqual({ ok: false, refusal: 'not_laid_yet' })
    const second = await received(12n)
    await sequence()
    expect(await covered()).toEqual([[0, 18n, 312n]])
    expect(await takeBack(second.code, first.id)).toEqual({ ok: false, refusal: 'not_found' })
    const formKey = randomUUID()
    const [money] = await context.db.select({ count: count() }).from(postings).innerJoin(ledgers, IN_MONEY)
    const sent = await Promise.all([1, 2, 3].map(() => takeBack(first.code, first.id, { formKey })))
    for (const one of sent) expect(one).toEqual({ ok: true, value: null })
    expect(await takeBack(first.code, first.id)).toEqual({ ok: false, refusal: 'taken_back_before' })
    expect(await takeBack(second.code, second.id, { formKey })).toEqual({ ok: false, refusal: 'form_used' })
    await sequence()
    expect(await context.db.select({ count: count() }).from(postings).innerJoin(ledgers, IN_MONEY)).toEqual([money])
    const [event] = await context.db
      .select()
      .from(events)
      .where(eq(events.idempotencyKey, `goods_reversed:${first.id}`))
    expect(event).toMatchObject({ kind: 'goods_reversed', units: 300n, amountVnd: null, goodsReceiptId: first.id })
    expect(event?.facts).toEqual({ because: 'wrong_count', stretches: [['0', '300']], code: first.code })
    expect(await getGoodsGift(context, first.code, 'vi')).toMatchObject({
      ...{ state: 'open', lines: [{ promised: 30n, received: 0n }], visits: [] },
      takenBack: [{ units: 300n, item: 'Áo khoác', reason: 'wrong_count' }],
    })
    expect((await getGoodsGift(context, second.code, 'vi'))?.visits[0]?.goods[0]?.interval).toEqual({ startUnit: 300n, endUnit: 312n })
    expect(await covered()).toEqual([[0, 48n, 12n]])
    const { latest, receipts } = await getCampaignGoods(context, campaign.slug, 'vi')
    expect([receipts, latest.map(({ code }) => code)]).toEqual([1, [second.code]])
    expect(await getCertificate(context, first.code, false, 'vi')).toEqual({ ok: false, refusal: 'not_received' })
    expect(await listEntries(context, first.code, 9, 'vi')).toEqual([])
    // The log names who it came from: that is changed no more.
    value(await changeGoodsPledge(context, { ...first, input: goodsInput({ name: 'Lê Văn Chín' }) }))
    expect(await getOwnGoods(context, first.code)).toMatchObject({ name: 'Nguyễn Thị Mai', isNameKept: true })
    // The right number is written down afterwards, and lies at the end.
    await receiveGoods(context, first.code, { lines: coats(30n) })
    await sequence()
    expect((await getGoodsGift(context, first.code, 'vi'))?.visits[0]?.goods[0]?.interval).toEqual({ startUnit: 312n, endUnit: 342n })
    expect(await covered()).toEqual([[0, 18n, 42n]])
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('leaves the rest of its gift as it is; what was refused, or nobody had promised, waits for nothing', async () => {
    const part = await received(10n)
    const [rest = 0n] = await receiveGoods(context, part.code, { lines: coats(20n) })
    const refusedRest = await received(10n)
    value(await refuseGoods(context, { code: refusedRest.code, reason: 'not_needed', actor: 'thu-kho' }))
    const receipt = goodsReceipt('', { lines: coats(7n) })
    const input = goodsInput({ formKey: receipt.formKey, items: [{ position: 0, units: 7n }], phone: null })
    const fundId = await fundIdOf(context, 'ha-noi')
    const walkIn = value(await receiveWalkIn(context, { fundId, campaignSlug: campaign.slug, locale: 'vi', by: 'thu-kho', input, receipt }))
    const [brought] = await context.db
      .select({ id: goodsReceipts.id })
      .from(goodsReceipts)
      .where(eq(goodsReceipts.formKey, receipt.formKey))
    const undone = await makeGoods(context, campaign.slug)
    value(await cancelPledge(context, undone))
    const [mistaken = 0n] = await receiveGoods(context, undone.code, { lines: coats(5n) })
    await sequence()
    value(await takeBack(undone.code, mistaken, { reason: 'wrong_giver' }))
    value(await takeBack(part.code, rest))
    value(await takeBack(refusedRest.code, refusedRest.id, { reason: 'not_received' }))
    value(await takeBack(walkIn.code, brought?.id ?? 0n, { reason: 'written_twice' }))
    await sequence()
    const states = await Promise.all(
      [part, refusedRest, walkIn, undone].map(async ({ code }) => (await getGoodsGift(context, code, 'vi'))?.state),
    )
    expect(states).toEqual(['received', 'refused', 'cancelled', 'cancelled'])
    expect(await covered()).toEqual([[0, 20n, 10n]])
  })

  test('is taken back or handed over, and never both', async () => {
    const { code, id } = await received(8n)
    await sequence()
    const [line] = await context.db.select({ lineId: goodsReceipts.lineId }).from(goodsReceipts).where(eq(goodsReceipts.id, id))
    const [fundId, now] = [await fundIdOf(context, 'ha-noi'), context.now()]
    // As money.md §2 books what is handed over: the line gives, the stock is less.
    const handOver = () =>
      context.db.transaction(async (tx) => {
        const account = await lineAccount(tx, line?.lineId ?? 0)
        if (-(await lockedBalance(tx, account)) < 8n) return null
        const posting = unitsPosting(account, await stockAccount(tx, fundId, 'ao-khoac.ao'), 8n)
        return postEntry(tx, { kind: 'handed_over', idempotencyKey: `trao:${id}`, occurredAt: now, bookedAt: now, postings: [posting] })
      })
    const [gone, entryId] = await Promise.all([takeBack(code, id), handOver()])
    expect(gone).toEqual(entryId === null ? { ok: true, value: null } : { ok: false, refusal: 'handed_over' })
    if (entryId === null) expect(await handOver()).toBeNull()
    else {
      await context.db.transaction((tx) => reverseEntry(tx, entryId, `trao-lai:${id}`, now))
      value(await takeBack(code, id))
    }
  })

  test('of several who take it back at once, one does; whoever checks the log follows it', async () => {
    const { code, id } = await received(5n)
    await sequence()
    const answers = await Promise.all([1, 2, 3, 4].map(() => takeBack(code, id)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter((one) => !one.ok && one.refusal === 'taken_back_before')).toHaveLength(3)
    await sequence()
    const vault = memoryVault()
    await publishAll(publishingOf(context, vault))
    serve(context, database, { publicLog: { origin: LOG_ORIGIN, vault, witnesses: [] } })
    const { said, code: end } = await verifyServed()
    expect([said.match(/WRONG.*/g), end]).toEqual([null, 0])
    expect(said).toMatch(/\d+ receipts of goods lie one after another, \d+ of them were taken back/)
    const forged = await verifyServed({ change: (path, body) => (path.startsWith('tile/entries') ? fewer(body) : body) })
    expect(forged.said).toMatch(/other goods are taken back than came/)
  })
})

/** A bundle that says of five coats which were taken back that they were four. */
const fewer = (body: Buffer): Buffer =>
  Buffer.from(body.toString('latin1').replaceAll(/("goods_reversed"[^}]*?"units":")5"/g, '$14"'), 'latin1')
