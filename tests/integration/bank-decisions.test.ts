import { and, desc, eq, isNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bankTransactions, donations, events, funds, lineTotals } from '../../db/schema'
import { decideLine, type DecisionWish } from '../../lib/bank/decide'
import type { PlainKind } from '../../lib/bank/decide-books'
import type { Decision } from '../../lib/bank/schema'
import { undoDecision } from '../../lib/bank/undo'
import { whoDecided } from '../../lib/bank/decisions'
import { listLatestGifts } from '../../lib/campaigns/history'
import { approveReceivingAccount, proposeReceivingAccount } from '../../lib/funds/commands'
import { fundLine } from '../../lib/ledger/books'
import { getGift } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { balanceOf } from '../factories/books'
import { bankLine, say, seen } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { ACCOUNTS, makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let other: MadeCampaign
const SECOND_ACCOUNT = '000055556666'

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context)
  other = await makeCampaign(context, { slug: 'bua-trua', commune: 1 })
  const account = { fundSlug: 'ha-noi', bankBin: '999901', bankName: 'Ngân hàng Mẫu', accountName: 'QUY MAU', proposedBy: 'an' }
  const second = { ...account, accountNumber: SECOND_ACCOUNT, alias: 'ha-noi 02' }
  const { accountId } = value(await proposeReceivingAccount(context, second))
  value(await approveReceivingAccount(context, { accountId, approvedBy: 'binh', delayDays: 0 }))
})
afterAll(() => database.close())
afterEach(async () => expect(await listDiscrepancies(context.db)).toEqual([]))

const stateOf = async (id: bigint) => (await context.db.select().from(bankTransactions).where(eq(bankTransactions.id, id)))[0]?.state
const lineNet = async (lineId: number) =>
  (await context.db.select({ vnd: lineTotals.netVnd }).from(lineTotals).where(eq(lineTotals.lineId, lineId)))[0]?.vnd ?? 0n
const bank = () => balanceOf(context, 'ha-noi', 'donation', 'bank')
const potOf = async (kind: 'general' | 'unplaced') => fundLine(context.db, await hanoi(), kind)
async function hanoi(): Promise<number> {
  const [fund] = await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, 'ha-noi'))
  return fund?.id ?? 0
}
const undo = async (decisionId: bigint, by = 'ke-toan') => {
  const undone = await undoDecision(context, { decisionId, reason: 'nhầm', by })
  await sequencePending(context.db, context.now())
  return undone
}
async function factsOf(id: bigint) {
  const rows = await context.db.select().from(events).where(eq(events.kind, 'line_classified')).orderBy(desc(events.id))
  return rows.find(({ facts }) => facts.line === String(id))?.facts
}
/** What the log last said that a line is. */
const classOf = async (id: bigint) => (await factsOf(id))?.['class']
/** And what it went to or came from. */
const targetOf = async (id: bigint) => (await factsOf(id))?.['target']

describe('a gift that nobody could place', () => {
  test('placed on a pledge is that donor’s, on the campaign’s line, and taken back it waits again', async () => {
    const { code } = await makePledge(context, campaign.slug, { amountVnd: 300_000n })
    const line = await bankLine(context, { amountVnd: 300_000n, memo: 'ung ho ao am' })
    const [unplaced, net, inBank] = [await potOf('unplaced'), await lineNet(campaign.lineId), await bank()]
    const waiting = await lineNet(unplaced)
    const { decisionId } = value(await say(context, line, { kind: 'place', parts: [{ code, amountVnd: 300_000n }] }))
    expect(await stateOf(line)).toBe('placed')
    expect([await lineNet(campaign.lineId), await lineNet(unplaced), await bank()]).toEqual([net + 300_000n, waiting - 300_000n, inBank])
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'received', gifts: [{ amountVnd: 300_000n, line: 'campaign' }] })
    expect((await listLatestGifts(context, campaign.lineId, 'vi'))[0]).toMatchObject({ code, amountVnd: 300_000n })
    const [gift] = await context.db.select().from(donations).where(eq(donations.bankTransactionId, line)).orderBy(desc(donations.id))
    expect([await classOf(line), await targetOf(line)]).toEqual(['gift', { gifts: [String(gift?.id)] }])

    value(await undo(decisionId))
    expect(await stateOf(line)).toBe('unplaced')
    expect([await lineNet(campaign.lineId), await lineNet(unplaced), await bank()]).toEqual([net, waiting, inBank])
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'open', gifts: [] })
    expect((await listLatestGifts(context, campaign.lineId, 'vi')).map((gift) => gift.code)).not.toContain(code)
    expect([await classOf(line), await targetOf(line)]).toEqual(['waiting', undefined])
    // And again, by another decision.
    value(await say(context, line, { kind: 'general' }))
    expect(await stateOf(line)).toBe('placed')
  })

  test('may be split over pledges and the general pot, to the đồng', async () => {
    const [one, two] = [await makePledge(context, campaign.slug), await makePledge(context, other.slug)]
    const line = await bankLine(context, { amountVnd: 1_000_001n })
    const parts = [
      { code: one.code, amountVnd: 400_000n },
      { code: two.code, amountVnd: 500_000n },
    ]
    expect(await say(context, line, { kind: 'place', parts })).toMatchObject({ refusal: 'not_the_sum' })
    const general = await lineNet(await potOf('general'))
    const split = await say(context, line, { kind: 'place', parts: [...parts, { code: null, amountVnd: 100_001n }] })
    expect(await getGift(context, two.code, 'vi')).toMatchObject({ gifts: [{ amountVnd: 500_000n }] })
    expect(await lineNet(await potOf('general'))).toBe(general + 100_001n)
    value(await undo(value(split).decisionId))
    expect(await getGift(context, one.code, 'vi')).toMatchObject({ state: 'open', gifts: [] })
  })

  test('can be placed anew where a person erred, as long as nobody spent it', async () => {
    const [wrong, right] = [await makePledge(context, campaign.slug), await makePledge(context, other.slug)]
    const line = await bankLine(context, { amountVnd: 70_000n })
    const first = value(await say(context, line, { kind: 'place', parts: [{ code: wrong.code, amountVnd: 70_000n }] }))
    const again = value(await say(context, line, { kind: 'place', parts: [{ code: right.code, amountVnd: 70_000n }] }))
    expect(await getGift(context, wrong.code, 'vi')).toMatchObject({ state: 'open', gifts: [] })
    expect(await getGift(context, right.code, 'vi')).toMatchObject({ state: 'received' })
    expect(await undo(first.decisionId)).toMatchObject({ refusal: 'stays' })
    value(await undo(again.decisionId))
    expect(await getGift(context, wrong.code, 'vi')).toMatchObject({ state: 'received', gifts: [{ amountVnd: 70_000n }] })
  })

  test('that was spent stays where it is', async () => {
    const own = await makeCampaign(context, { slug: 'sach-vo', commune: 2 })
    const { code } = await makePledge(context, own.slug)
    const line = await bankLine(context, { amountVnd: 90_000n })
    const { decisionId } = value(await say(context, line, { kind: 'place', parts: [{ code, amountVnd: 90_000n }] }))
    const { spendId } = value(await approvedSpend(own.slug, 90_000n))
    // Promised already.
    expect(await undo(decisionId)).toMatchObject({ refusal: 'not_free' })
    const paid = await bankLine(context, { direction: 'out', amountVnd: 90_000n, memo: 'TT HD 12' })
    value(await say(context, paid, { kind: 'spend', spendId }))
    expect([await classOf(paid), await targetOf(paid)]).toEqual(['spend', { spend: String(spendId) }])
    expect(await undo(decisionId)).toMatchObject({ refusal: 'not_free' })
  })

  test('needs a pledge of the fund that takes money', async () => {
    const elsewhere = await makeCampaign(context, { slug: 'bac-ai', fund: 'ninh-thuan' })
    const appeal = await makeCampaign(context, { slug: 'bao-so-5', isEmergency: true, neededBy: '2026-11-24', commune: 3 })
    const [foreign, closed] = [await makePledge(context, elsewhere.slug), await makePledge(context, appeal.slug)]
    const line = await bankLine(context, { amountVnd: 50_000n, transactedAt: new Date('2026-11-25T03:00:00Z') })
    const place = (code: string) => say(context, line, { kind: 'place', parts: [{ code, amountVnd: 50_000n }] })
    expect(await place(foreign.code)).toMatchObject({ refusal: 'other_fund' })
    expect(await place('TD2222222')).toMatchObject({ refusal: 'unknown_pledge' })
    expect(await place(closed.code)).toMatchObject({ refusal: 'after_closing_day' })
    expect(await stateOf(line)).toBe('unplaced')
  })

  test('kept where it is for a reason waits for nobody any more, and can still be claimed', async () => {
    const line = await bankLine(context, { amountVnd: 51_000n })
    value(await say(context, line, { kind: 'keep_unplaced' }))
    expect([await stateOf(line), await classOf(line)]).toEqual(['unplaced', 'unplaced'])
    value(await say(context, line, { kind: 'general' }))
    expect(await stateOf(line)).toBe('placed')
  })
})

async function approvedSpend(campaignSlug: string, amountVnd: bigint) {
  const item = { itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units: 1, amountVnd }
  const wish = { campaignSlug, titleVi: 'Áo', titleEn: 'Coats', supplier: 'Cửa hàng', items: [item], dueOn: '2099-12-31', by: 'an' }
  const asked = await requestSpend(context, { ...wish, key: `${campaignSlug}-${amountVnd}` })
  value(await approveSpend(context, { spendId: value(asked).spendId, by: 'binh' }))
  return asked
}

describe('what is no gift', () => {
  test.each<[PlainKind, 'in' | 'out', 'donation' | 'state_budget', 'due_from_state_budget', bigint]>([
    ['fee', 'out', 'donation', 'due_from_state_budget', 11_000n],
    ['budget_repayment', 'in', 'donation', 'due_from_state_budget', -11_000n],
  ])('%s is booked as such, and taken back', async (kind, direction, source, account, vnd) => {
    const amountVnd = vnd > 0n ? vnd : -vnd
    const line = await bankLine(context, { direction, amountVnd })
    const before = [await balanceOf(context, 'ha-noi', source, account), await bank()]
    const decided = value(await say(context, line, { kind }))
    expect([await stateOf(line), await classOf(line)]).toEqual(['settled', kind])
    const after = [(before[0] ?? 0n) + vnd, (before[1] ?? 0n) - (direction === 'out' ? vnd : 0n)]
    expect([await balanceOf(context, 'ha-noi', source, account), await bank()]).toEqual(after)
    value(await undo(decided.decisionId))
    expect([await balanceOf(context, 'ha-noi', source, account), await bank()]).toEqual(before)
    value(await say(context, line, { kind }))
  })

  test('interest lies on the general pot, and is counted as nobody’s gift', async () => {
    const line = await bankLine(context, { amountVnd: 4_321n, memo: 'TRA LAI TIEN GUI' })
    const gifts = async () =>
      (await context.db.select({ gifts: lineTotals.gifts }).from(lineTotals)).reduce((sum, row) => sum + row.gifts, 0)
    const [before, general] = [await gifts(), await lineNet(await potOf('general'))]
    const { decisionId } = value(await say(context, line, { kind: 'interest' }))
    expect([await gifts(), await lineNet(await potOf('general'))]).toEqual([before - 1, general + 4_321n])
    value(await undo(decisionId))
    expect([await gifts(), await lineNet(await potOf('general'))]).toEqual([before, general])
  })

  test('a transfer between own accounts takes both legs, from either', async () => {
    const into = await bankLine(context, { amountVnd: 5_000_000n, accountNumber: SECOND_ACCOUNT })
    const from = await bankLine(context, { amountVnd: 5_000_000n, direction: 'out' })
    const foreign = await bankLine(context, { amountVnd: 5_000_000n, direction: 'out', accountNumber: ACCOUNTS['ninh-thuan'] })
    const inBank = await bank()
    expect(await say(context, into, { kind: 'own_transfer', otherLineId: foreign })).toMatchObject({ refusal: 'no_match' })
    const { decisionId } = value(await say(context, from, { kind: 'own_transfer', otherLineId: into }))
    expect([await stateOf(into), await stateOf(from), await bank()]).toEqual(['settled', 'settled', inBank - 5_000_000n])
    expect([await targetOf(from), await targetOf(into)]).toEqual([{ line: String(into) }, { line: String(from) }])
    value(await undo(decisionId))
    expect([await stateOf(into), await stateOf(from)]).toEqual(['unplaced', 'outgoing'])
  })

  test('what came by mistake and went back leaves nothing', async () => {
    const into = await bankLine(context, { amountVnd: 6_000_000n })
    const inBank = await bank()
    expect(await say(context, into, { kind: 'not_ours', otherLineId: null })).toMatchObject({ refusal: 'no_match' })
    const from = await bankLine(context, { amountVnd: 6_000_000n, direction: 'out' })
    value(await say(context, into, { kind: 'not_ours', otherLineId: from }))
    expect([await stateOf(into), await stateOf(from), await bank()]).toEqual(['settled', 'settled', inBank - 6_000_000n])
  })

  test('a line of an account that is not ours is put aside, and comes back', async () => {
    const line = await bankLine(context, { accountNumber: '999' })
    const { decisionId } = value(await say(context, line, { kind: 'not_ours', otherLineId: null }))
    expect(await stateOf(line)).toBe('settled')
    value(await undo(decisionId))
    expect(await stateOf(line)).toBe('unknown_account')
  })
})

describe('a payment of a spend', () => {
  test('whose line is taken back waits for another line, and is not paid twice', async () => {
    const own = await makeCampaign(context, { slug: 'may-tinh', commune: 4 })
    const { code } = await makePledge(context, own.slug)
    await bankLine(context, { amountVnd: 800_000n, memo: code })
    const { spendId } = value(await approvedSpend(own.slug, 800_000n))
    const [wrong, right] = [
      await bankLine(context, { direction: 'out', amountVnd: 800_000n }),
      await bankLine(context, { direction: 'out', amountVnd: 800_000n }),
    ]
    const tooMuch = await bankLine(context, { direction: 'out', amountVnd: 800_001n })
    expect(await say(context, tooMuch, { kind: 'spend', spendId })).toMatchObject({ refusal: 'no_match' })
    const { decisionId } = value(await say(context, wrong, { kind: 'spend', spendId }))
    expect(await say(context, right, { kind: 'spend', spendId })).toMatchObject({ refusal: 'no_match' })
    value(await undo(decisionId))
    const inBank = await bank()
    value(await say(context, right, { kind: 'spend', spendId }))
    expect(await bank()).toBe(inBank)
    // The supplier gives it back.
    const back = await bankLine(context, { amountVnd: 800_000n })
    const returned = value(await say(context, back, { kind: 'supplier_refund', spendId, position: 0 }))
    expect(await stateOf(back)).toBe('settled')
    value(await undo(returned.decisionId))
    value(await say(context, back, { kind: 'supplier_refund', spendId, position: 0 }))
  })
})

describe('a line that may be told twice', () => {
  const twice = async (amountVnd: bigint, memo: string): Promise<bigint> => {
    await bankLine(context, { amountVnd, memo, reference: 'FT1' })
    const line = await bankLine(context, { amountVnd, memo, reference: null, provider: 'casso' })
    expect(await stateOf(line)).toBe('possible_duplicate')
    return line
  }

  test('is the same: it counts nowhere', async () => {
    const line = await twice(61_000n, 'x')
    const { decisionId } = value(await say(context, line, { kind: 'same' }))
    expect(await stateOf(line)).toBe('duplicate')
    value(await undo(decisionId))
    expect(await stateOf(line)).toBe('possible_duplicate')
  })

  test('is another: it is booked as if it had come just now, and once however often that is taken back', async () => {
    const { code } = await makePledge(context, campaign.slug)
    const line = await twice(62_000n, code)
    const net = await lineNet(campaign.lineId)
    const { decisionId } = value(await say(context, line, { kind: 'not_same' }))
    expect([await stateOf(line), await lineNet(campaign.lineId)]).toEqual(['placed', net + 62_000n])
    value(await undo(decisionId))
    expect([await stateOf(line), await lineNet(campaign.lineId)]).toEqual(['possible_duplicate', net])
    const again = value(await say(context, line, { kind: 'not_same' }))
    expect([await stateOf(line), await lineNet(campaign.lineId)]).toEqual(['placed', net + 62_000n])
    value(await undo(again.decisionId))
    expect(await lineNet(campaign.lineId)).toBe(net)
  })
})

describe('a decision', () => {
  const wishOf = async (lineId: bigint, decision: Decision, by: string): Promise<DecisionWish> => ({
    ...{ lineId, decision, by, seen: await seen(context, lineId), reason: '', key: `${lineId}-${by}-${decision.kind}` },
  })

  test('told twice is one', async () => {
    const line = await bankLine(context, { amountVnd: 81_000n })
    const wish = await wishOf(line, { kind: 'general' }, 'an')
    const [first, second] = [await decideLine(context, wish), await decideLine(context, wish)]
    expect(second).toEqual(first)
    await sequencePending(context.db, context.now())
    expect(await decideLine(context, { ...wish, decision: { kind: 'interest' } })).toMatchObject({ refusal: 'key_taken' })
    const standing = and(eq(donations.bankTransactionId, line), isNull(donations.pledgeId))
    expect(await context.db.$count(donations, standing)).toBe(2)
  })

  test('by two people at the same instant is the first one’s, and the other is told whose', async () => {
    const { code } = await makePledge(context, campaign.slug)
    const line = await bankLine(context, { amountVnd: 82_000n })
    const wishes = [
      await wishOf(line, { kind: 'general' }, 'an'),
      await wishOf(line, { kind: 'place', parts: [{ code, amountVnd: 82_000n }] }, 'binh'),
      await wishOf(line, { kind: 'interest' }, 'chi'),
    ]
    const results = await Promise.all(wishes.map((wish) => decideLine(context, wish)))
    await sequencePending(context.db, context.now())
    const winner = wishes[results.findIndex(({ ok }) => ok)]?.by
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await whoDecided(context, line)).toMatchObject({ by: winner })
    for (const result of results) if (!result.ok) expect(result.refusal).toBe('decided_already')
  })

  test('by two people who take it back at the same instant is taken back once', async () => {
    const line = await bankLine(context, { amountVnd: 83_000n })
    const { decisionId } = value(await say(context, line, { kind: 'general' }))
    const results = await Promise.all(['an', 'binh'].map((by) => undoDecision(context, { decisionId, reason: 'nhầm', by })))
    await sequencePending(context.db, context.now())
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.find(({ ok }) => !ok)).toMatchObject({ refusal: 'decided_already' })
  })

  test('on money that has no place yet waits a moment', async () => {
    const line = await bankLine(context, { amountVnd: 84_000n })
    const first = await decideLine(context, await wishOf(line, { kind: 'general' }, 'an'))
    // Nothing was laid since.
    expect(await undoDecision(context, { decisionId: value(first).decisionId, reason: '', by: 'an' })).toMatchObject({
      refusal: 'not_laid_yet',
    })
    await sequencePending(context.db, context.now())
    value(await undo(value(first).decisionId))
  })
})
