import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { bankTransactions, donations, events, officeReceipts, pledges, receivingAccounts } from '../../db/schema'
import { getQueueLine } from '../../lib/bank/queue'
import { undoDecision } from '../../lib/bank/undo'
import { getCertificate } from '../../lib/certificates/queries'
import { approveRefund } from '../../lib/cards/refunds'
import { recallCheque, returnCheque } from '../../lib/office/cheques'
import { carryToBank, withdrawDeposit } from '../../lib/office/deposits'
import { getCashBox, getReceipt, listDeposits, listReceipts } from '../../lib/office/queries'
import { takeAtOffice } from '../../lib/office/receive'
import { askReversal, decideReversal } from '../../lib/office/reverse'
import { depositSchema } from '../../lib/office/schema'
import { getGift } from '../../lib/pledges/queries'
import { publicFacts } from '../../lib/public-log/facts'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { cancelSpend } from '../../lib/spending/commands'
import { balanceOf } from '../factories/books'
import { bankLine, say } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { officeForm, officeGift, takeGift } from '../factories/office'
import { promise, spend } from '../factories/spending'
import { fundIdOf } from '../factories/staff'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf, withFault } from '../setup/faults'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let fundId: number
let accountId: number

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context)
  fundId = await fundIdOf(context, 'ha-noi')
  const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.fundId, fundId))
  accountId = account?.id ?? 0
})
afterAll(async () => {
  expect(await listDiscrepancies(context.db)).toEqual([])
  await database.close()
})

const settle = () => sequencePending(context.db, context.now())
const take = (fields: Record<string, string>) =>
  takeAtOffice(context, { fundId, input: officeGift(context, fields), secret: 's'.repeat(22), locale: 'vi', by: 'ke-toan' })
const shown = async (code: string) => {
  const gift = await getGift(context, code, 'vi')
  if (!gift) throw new Error(`no gift ${code}`)
  return gift
}
const deposit = (fields: Record<string, string>) =>
  depositSchema('2026-11-23').parse({
    formKey: `nop-tien-${'0'.repeat(20)}`,
    account: String(accountId),
    takenOn: '2026-11-23',
    slip: '',
    ...fields,
  })

describe('cash', () => {
  test('is a gift like any other: numbered, laid on its campaign, thanked, with a page of its own', async () => {
    const { code, receiptId } = await takeGift(context, { campaign: campaign.slug, amount: '1.250.000', note: 'Gửi qua cô Lan' })
    const gift = await shown(code)
    expect(gift).toMatchObject({ state: 'received', method: 'cash', publicName: 'Nguyễn Thị Hoa', receipt: { number: 'PT 0001/2026' } })
    expect(gift.gifts).toMatchObject([
      { amountVnd: 1_250_000n, via: 'cash', line: 'campaign', interval: { startVnd: 0n, endVnd: 1_250_000n } },
    ])
    expect(gift.campaign?.receivedVnd).toBe(1_250_000n)
    expect(await getReceipt(context, fundId, receiptId, 'vi')).toMatchObject({
      state: 'booked',
      giver: 'Nguyễn Thị Hoa',
      note: 'Gửi qua cô Lan',
    })
    expect(await getReceipt(context, await fundIdOf(context, 'ninh-thuan'), receiptId, 'vi')).toBeNull()
    const [event] = await context.db.select({ facts: sql<unknown>`facts` }).from(sql`events where donation_id is not null`)
    expect(event?.facts).toMatchObject({ via: 'cash', receipt: 'PT 0001/2026', code })
    expect(JSON.stringify(event)).not.toMatch(/Hoa|Lan/)
  })

  test('may be for the general pot, and its donor nameless', async () => {
    const { code } = await takeGift(context, { name: '', showName: 'no', amount: '20.000' })
    const gift = await shown(code)
    expect(gift).toMatchObject({ campaign: null, commune: null, publicName: 'Một nhà hảo tâm' })
    expect(gift.gifts).toMatchObject([{ line: 'general', amountVnd: 20_000n }])
    expect(await getCertificate(context, code, false, 'vi')).toMatchObject({ ok: true, value: { campaign: null, amountVnd: 20_000n } })
  })

  test('is one gift however often its form is sent, also at once; another sum in the same form is refused', async () => {
    const form = officeForm(context, { amount: '70.000' })
    const sent = await Promise.all([take(form), take(form)])
    expect(sent[0]).toEqual(sent[1])
    expect(sent[0].ok).toBe(true)
    expect(await take({ ...form, amount: '700.000' })).toEqual({ ok: false, refusal: 'form_used' })
    expect(await context.db.$count(donations, eq(donations.amountVnd, 70_000n))).toBe(1)
    await settle()
  })

  test('numbers have no gap, each kind and fund its own, whoever writes at the same moment', async () => {
    await Promise.all([take({ amount: '1.000' }), take({ amount: '2.000' }), take({ amount: '3.000' })])
    const other = await fundIdOf(context, 'ninh-thuan')
    value(await takeAtOffice(context, { fundId: other, input: officeGift(context), secret: 's'.repeat(22), locale: 'vi', by: 'x' }))
    await settle()
    const rows = await context.db.select().from(officeReceipts).where(eq(officeReceipts.fundId, fundId)).orderBy(officeReceipts.number)
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1))
    expect((await listReceipts(context, other, { group: 'all', before: null }, 'vi')).rows.map(({ number }) => number)).toEqual([
      'PT 0001/2026',
    ])
  })

  test('for a campaign that takes nothing, or another fund’s, is refused and leaves nothing behind', async () => {
    const closed = await makeCampaign(context, { slug: 'da-dong', commune: 2, state: 'closed' })
    const before = await context.db.$count(pledges)
    expect(await take({ campaign: closed.slug })).toEqual({ ok: false, refusal: 'not_open' })
    expect(await take({ campaign: 'khong-co' })).toEqual({ ok: false, refusal: 'unknown_campaign' })
    const other = await fundIdOf(context, 'ninh-thuan')
    const input = officeGift(context, { campaign: campaign.slug })
    expect(await takeAtOffice(context, { fundId: other, input, secret: 's', locale: 'vi', by: 'x' })).toEqual({
      ok: false,
      refusal: 'unknown_campaign',
    })
    expect(await context.db.$count(pledges)).toBe(before)
  })
})

describe('what was written down wrongly', () => {
  test('is taken back by two people: its number stays, its money is nowhere', async () => {
    const { code, receiptId } = await takeGift(context, { campaign: campaign.slug, amount: '9.000.000' })
    const before = (await shown(code)).campaign?.receivedVnd ?? 0n
    const { reversalId } = value(await askReversal(context, { receiptId, reason: 'wrong_amount', by: 'ke-toan' }))
    expect(value(await askReversal(context, { receiptId, reason: 'wrong_amount', by: 'ke-toan' }))).toEqual({ reversalId })
    expect(await askReversal(context, { receiptId, reason: 'wrong_giver', by: 'ke-toan-hai' })).toEqual({
      ok: false,
      refusal: 'asked_already',
    })
    expect(await decideReversal(context, { reversalId, isReversed: true, by: 'ke-toan' })).toEqual({ ok: false, refusal: 'same_person' })
    const decide = (by: string) => decideReversal(context, { reversalId, isReversed: true, by })
    const decided = await Promise.all([decide('giam-doc'), decide('pho-giam-doc')])
    expect(decided.map((one) => (one.ok ? 'ok' : one.refusal)).toSorted()).toEqual(['decided_already', 'ok'])
    await settle()
    const gift = await shown(code)
    expect(gift).toMatchObject({ state: 'cancelled', gifts: [], receipt: { isReturned: false } })
    expect(gift.campaign?.receivedVnd).toBe(before - 9_000_000n)
    expect(await getReceipt(context, fundId, receiptId, 'vi')).toMatchObject({ state: 'reversed' })
  })

  test('takes nothing from what came to the bank with the same code', async () => {
    const { code, receiptId } = await takeGift(context, { amount: '60.000' })
    await bankLine(context, { amountVnd: 50_000n, memo: code })
    const { reversalId } = value(await askReversal(context, { receiptId, reason: 'written_twice', by: 'ke-toan' }))
    value(await decideReversal(context, { reversalId, isReversed: true, by: 'giam-doc' }))
    await settle()
    expect(await shown(code)).toMatchObject({ state: 'received', gifts: [{ amountVnd: 50_000n, via: 'bank' }] })
  })

  test('is not taken back once the notes are in the bank: the box never holds less than nothing', async () => {
    const { receiptId } = await takeGift(context, { amount: '4.000.000' })
    const { balanceVnd } = await getCashBox(context, fundId)
    await say(context, await bankLine(context, { amountVnd: balanceVnd, memo: 'NOP TIEN MAT' }), { kind: 'cash_banked' })
    const { reversalId } = value(await askReversal(context, { receiptId, reason: 'not_received', by: 'ke-toan' }))
    expect(await decideReversal(context, { reversalId, isReversed: true, by: 'giam-doc' })).toEqual({ ok: false, refusal: 'not_in_box' })
    value(await decideReversal(context, { reversalId, isReversed: false, by: 'giam-doc' }))
    expect(await getReceipt(context, fundId, receiptId, 'vi')).toMatchObject({ state: 'booked', reversal: { isRejected: true } })
  })
})

test('cash that is carried to the bank counts once: the bank’s line is matched with it, and may be let go again', async () => {
  await takeGift(context, { amount: '3.300.000' })
  expect(await carryToBank(context, { fundId, deposit: deposit({ amount: '90.000.000' }), by: 'ke-toan' })).toEqual({
    ok: false,
    refusal: 'not_in_box',
  })
  const carried = deposit({ amount: '3.300.000', slip: 'gnt 12/11' })
  const sent = await Promise.all([1, 2].map(() => carryToBank(context, { fundId, deposit: carried, by: 'ke-toan' })))
  expect(sent[0]).toEqual(sent[1])
  const otherSlip = deposit({ amount: '3.300.000', slip: 'gnt 13/11' })
  expect(await carryToBank(context, { fundId, deposit: otherSlip, by: 'ke-toan' })).toEqual({ ok: false, refusal: 'form_used' })
  const other = { fundId: await fundIdOf(context, 'ninh-thuan'), deposit: deposit({ formKey: 'k'.repeat(32), amount: '1.000' }), by: 'x' }
  expect(await carryToBank(context, other)).toEqual({ ok: false, refusal: 'unknown_account' })
  expect(await getCashBox(context, fundId)).toMatchObject({ carriedVnd: 3_300_000n })
  const received = async () => (await context.db.select({ vnd: sql<string>`sum(net_vnd)::text` }).from(sql`line_totals`))[0]?.vnd
  const before = await received()
  const line = await bankLine(context, { amountVnd: 3_300_000n, memo: 'NOP TM' })
  expect((await getQueueLine(context, fundId, line, 'vi'))?.suggestions[0]).toMatchObject({ kind: 'cash_banked', slip: 'GNT12/11' })
  const { decisionId } = value(await say(context, line, { kind: 'cash_banked' }))
  expect(await received()).toBe(before)
  expect(await getCashBox(context, fundId)).toEqual({ balanceVnd: 0n, carriedVnd: 0n })
  const [row] = await listDeposits(context, fundId)
  expect(row).toMatchObject({ state: 'banked' })
  expect(await withdrawDeposit(context, { depositId: BigInt(row?.id ?? 0), by: 'ke-toan' })).toEqual({
    ok: false,
    refusal: 'banked_already',
  })
  value(await undoDecision(context, { decisionId, reason: 'nhầm', by: 'ke-toan' }))
  await settle()
  expect((await listDeposits(context, fundId))[0]).toMatchObject({ state: 'waits' })
  value(await say(context, line, { kind: 'cash_banked' }))
  expect((await listDeposits(context, fundId))[0]).toMatchObject({ state: 'banked' })
})

describe('a cheque', () => {
  const cheque = { kind: 'cheque', chequeNumber: 'ab 123-456', chequeBank: 'Ngân hàng Mẫu', amount: '25.000.000' }

  test('is nobody’s money until the bank’s line is placed on it, then a gift of its donor', async () => {
    const { code, receiptId } = await takeGift(context, { ...cheque, campaign: campaign.slug })
    const waiting = await shown(code)
    expect(waiting).toMatchObject({ state: 'open', gifts: [], receipt: { number: 'BNS 0001/2026' } })
    const line = await bankLine(context, { amountVnd: 25_000_000n, memo: 'NHO THU SEC' })
    const [first] = (await getQueueLine(context, fundId, line, 'vi'))?.suggestions ?? []
    expect(first).toMatchObject({ kind: 'pledge', code, cheque: 'AB123456' })
    const placed = value(await say(context, line, { kind: 'place', parts: [{ code, amountVnd: 25_000_000n }] }))
    expect(await shown(code)).toMatchObject({ state: 'received', gifts: [{ line: 'campaign', amountVnd: 25_000_000n }] })
    expect(await getReceipt(context, fundId, receiptId, 'vi')).toMatchObject({ state: 'cleared', cheque: { number: 'AB123456' } })
    expect(await returnCheque(context, { receiptId, reason: 'no_money', by: 'ke-toan' })).toEqual({ ok: false, refusal: 'cleared' })
    // The bank takes it back: the placement is taken back by a reversal, and then the cheque is returned.
    value(await undoDecision(context, { decisionId: placed.decisionId, reason: 'séc bị trả', by: 'ke-toan' }))
    await settle()
    value(await returnCheque(context, { receiptId, reason: 'no_money', by: 'ke-toan' }))
    expect(await shown(code)).toMatchObject({ state: 'cancelled', gifts: [], receipt: { isReturned: true } })
    expect((await context.db.select().from(bankTransactions).where(eq(bankTransactions.id, line)))[0]?.state).toBe('unplaced')
  })

  test('for the general pot comes there', async () => {
    const { code } = await takeGift(context, { ...cheque, amount: '31.000.000' })
    const line = await bankLine(context, { amountVnd: 31_000_000n, memo: 'sec' })
    value(await say(context, line, { kind: 'place', parts: [{ code, amountVnd: 31_000_000n }] }))
    expect((await shown(code)).gifts).toMatchObject([{ line: 'general', via: 'bank' }])
  })

  describe('that its bank paid, and takes back', () => {
    const refused = (refusal: string) => ({ ok: false, refusal })
    const clear = async (amountVnd: bigint, slug: string) => {
      const { code, receiptId } = await takeGift(context, { ...cheque, amount: String(amountVnd), campaign: slug })
      value(await say(context, await bankLine(context, { amountVnd, memo: 'sec' }), { kind: 'place', parts: [{ code, amountVnd }] }))
      return { code, receiptId, recall: (by: string) => recallCheque(context, { receiptId, by }) }
    }
    const receipt = (receiptId: bigint) => getReceipt(context, fundId, receiptId, 'vi')
    const owed = () => balanceOf(context, 'ha-noi', 'donation', 'due_from_fund')

    test('after a part was spent: two people say so, what is free goes, and the fund owes what was spent', async () => {
      const made = await makeCampaign(context, { slug: 'sec-da-chi', commune: 1 })
      const { code, receiptId, recall } = await clear(8_000_000n, made.slug)
      expect(await spend(context, made.slug, 3_000_000n)).toBe(true)
      const first = value(await recall('ke-toan'))
      expect(value(await recall('ke-toan'))).toEqual(first)
      expect(await recall('ke-toan-hai')).toEqual(refused('asked_already'))
      expect(await receipt(receiptId)).toMatchObject({ state: 'recalled', recall: { askedBy: 'ke-toan', decidedBy: null } })
      expect((await shown(code)).gifts).toMatchObject([{ heldVnd: 5_000_000n, returnedVnd: 0n }])
      const out = await bankLine(context, { direction: 'out', amountVnd: 8_000_000n, memo: 'THU HOI SEC' })
      const match = () => say(context, out, { kind: 'refund_paid', refundId: first.refundId })
      expect(await match()).toEqual(refused('no_match'))
      expect(await approveRefund(context, { refundId: first.refundId, by: 'ke-toan' })).toEqual(refused('same_person'))
      value(await approveRefund(context, { refundId: first.refundId, by: 'giam-doc' }))
      const before = await owed()
      value(await match())
      expect((await owed()) - before).toBe(3_000_000n)
      expect(await shown(code)).toMatchObject({
        gifts: [{ heldVnd: 0n, returnedVnd: 8_000_000n }],
        changes: [{ kind: 'cheque_recalled' }, { kind: 'cheque_returned', amountVnd: 8_000_000n }],
        campaign: { receivedVnd: 3_000_000n },
      })
      expect(await receipt(receiptId)).toMatchObject({ state: 'called_back' })
      expect(await recall('ke-toan')).toEqual(refused('asked_already'))
      const told = await context.db.select().from(events).where(eq(events.kind, 'reserve_used'))
      expect(told.map(({ kind, facts }) => publicFacts(kind, facts))).toMatchObject([
        { because: 'cheque_returned', coversVnd: '3000000', owedByFundVnd: '3000000' },
      ])
    })

    test('breaks no promise to a spend: that is paid or ended first', async () => {
      const made = await makeCampaign(context, { slug: 'sec-da-hua', commune: 0, category: 'thiet-bi' })
      const { code, receiptId, recall } = await clear(6_000_000n, made.slug)
      // Its giver gives again with its code: that is no part of the cheque.
      const more = await bankLine(context, { amountVnd: 50_000n, memo: 'them' })
      value(await say(context, more, { kind: 'place', parts: [{ code, amountVnd: 50_000n }] }))
      const { spendId } = await promise(context, made.slug, 6_000_000n)
      const { refundId } = value(await recall('ke-toan'))
      value(await approveRefund(context, { refundId, by: 'giam-doc' }))
      const out = await bankLine(context, { direction: 'out', amountVnd: 6_000_000n, memo: 'THU HOI SEC' })
      expect(await say(context, out, { kind: 'refund_paid', refundId })).toEqual(refused('promised'))
      value(await cancelSpend(context, { spendId, reasonVi: 'Séc bị trả', reasonEn: 'The cheque bounced' }))
      value(await say(context, out, { kind: 'refund_paid', refundId }))
      expect(await receipt(receiptId)).toMatchObject({ state: 'called_back' })
      expect((await shown(code)).gifts.map(({ returnedVnd }) => returnedVnd)).toEqual([6_000_000n, 0n])
    })

    test('is no gift of cash, and none that waits for its bank', async () => {
      const { receiptId } = await takeGift(context, { amount: '50.000' })
      expect(await recallCheque(context, { receiptId, by: 'ke-toan' })).toEqual(refused('not_found'))
      const waiting = await takeGift(context, { ...cheque, amount: '7.000.000' })
      expect(await recallCheque(context, { receiptId: waiting.receiptId, by: 'ke-toan' })).toEqual(refused('not_found'))
      value(await returnCheque(context, { receiptId: waiting.receiptId, reason: 'handed_back', by: 'ke-toan' }))
    })
  })

  test('that was returned is said so once, of two people by the first', async () => {
    const { receiptId } = await takeGift(context, { ...cheque, amount: '44.000.000' })
    const say = (by: string, reason: 'no_money' | 'stopped') => returnCheque(context, { receiptId, reason, by })
    const said = await Promise.all([say('ke-toan', 'no_money'), say('ke-toan-hai', 'stopped')])
    expect(said.map((one) => (one.ok ? 'ok' : one.refusal)).toSorted()).toEqual(['ok', 'returned_before'])
    expect((await listReceipts(context, fundId, { group: 'waiting', before: null }, 'vi')).rows).toEqual([])
  })
})

test.runIf(inject('engine') === 'postgres')('the same notes are not carried to the bank twice by two people at once', async () => {
  await takeGift(context, { amount: '5.000.000' })
  const carry = (formKey: string) =>
    carryToBank(context, { fundId, deposit: deposit({ formKey: formKey.repeat(32), amount: '5.000.000' }), by: formKey })
  const done = await Promise.all([carry('a'), carry('b')])
  expect(done.map((one) => (one.ok ? 'ok' : one.refusal)).toSorted()).toEqual(['not_in_box', 'ok'])
})

describe('the tables', () => {
  const cash = "(select min(id) from office_receipts where kind = 'cash')"

  test.each<[RegExp, string]>([
    [/append-only|permission denied/, `delete from office_receipts`],
    [/append-only|permission denied/, `update office_receipts set number = number + 1`],
    [/given at an office and stays so/, `update pledges set amount_vnd = amount_vnd + 1 where method = 'cash'`],
    [
      /no cheque that/,
      `insert into cheque_returns (receipt_id, reason, recorded_by, recorded_at) values (${cash}, 'no_money', 'x', now())`,
    ],
    [
      /by a request first/,
      `insert into cash_reversals (receipt_id, reason, state, asked_by, asked_at) values (${cash}, 'wrong_place', 'reversed', 'x', now())`,
    ],
    [/asked for and decided/, `update cash_reversals set state = 'asked', decided_by = null, decided_at = null, entry_id = null`],
    [
      /no cheque that a bank takes back/,
      `insert into refunds (donation_id, amount_vnd, amount_minor, reason, state, idempotency_key, requested_by, hold_event_id, requested_at)
        select d.id, d.amount_vnd, d.amount_vnd, 'cheque_returned', 'requested', 'x', 'x', (select max(id) from events), now()
        from donations d where d.office_receipt_id is not null limit 1`,
    ],
    [/carried to the bank/, `update cash_deposits set amount_vnd = amount_vnd + 1`],
  ])('refuse: %s', async (words, statement) => {
    expect(await refusalOf(context.db, statement)).toMatch(words)
  })

  test('refuse a number with a gap before it', async () => {
    await makePledge(context, campaign.slug)
    const gap = `insert into office_receipts (fund_id, kind, year, number, pledge_id, amount_vnd, received_on, form_key, issued_by, issued_at)
      select fund_id, kind, year + 1, 2, (select max(id) from pledges), amount_vnd, received_on, 'x', 'x', issued_at from office_receipts where id = ${cash}`
    const tried = withFault(database, ['office_receipts'], [gap], listDiscrepancies)
    const refusal = await tried.catch((error: unknown) => (error instanceof Error ? String(error.cause) : ''))
    expect(refusal).toMatch(/office_receipts_gapless/)
  })

  test.each<[RegExp, string[]]>([
    [
      /cash boxes that hold/,
      [
        `update postings set amount = amount + 1 where entry_id = (select min(entry_id) from donations where office_receipt_id is not null)`,
      ],
    ],
    [
      /receipts of cash that are not one donation/,
      [
        `update donations set office_receipt_id = (select min(id) from office_receipts where kind = 'cheque') where id = (select min(id) from donations where office_receipt_id is not null)`,
      ],
    ],
    [/cash taken back whose gift/, [`update cash_reversals set state = 'rejected', entry_id = null where state = 'reversed'`]],
    [/deposits of cash matched with another/, [`update cash_deposits set amount_vnd = amount_vnd + 1`]],
  ])('are checked: %s', async (name, statements) => {
    expect(
      (await withFault(database, ['postings', 'donations', 'cash_reversals', 'cash_deposits'], statements, listDiscrepancies)).join('\n'),
    ).toMatch(name)
  })
})
