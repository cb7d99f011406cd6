import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { funds } from '../../db/schema'
import { decideLine } from '../../lib/bank/decide'
import { countWaiting, getQueue, listRecentDecisions } from '../../lib/bank/queue'
import { findRule, listRules, makeRule, previewRule, retireRule, wishOf } from '../../lib/bank/rules'
import { readChoice } from '../../lib/bank/schema'
import { approveReceivingAccount, proposeReceivingAccount } from '../../lib/funds/commands'
import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankLine, say } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { spend } from '../factories/spending'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let fundId: number
const SECOND_ACCOUNT = '000055556666'

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context)
  const account = { fundSlug: 'ha-noi', bankBin: '999901', bankName: 'Ngân hàng Mẫu', accountName: 'QUY MAU', proposedBy: 'an' }
  const second = { ...account, accountNumber: SECOND_ACCOUNT, alias: 'ha-noi 02' }
  const { accountId } = value(await proposeReceivingAccount(context, second))
  value(await approveReceivingAccount(context, { accountId, approvedBy: 'binh', delayDays: 0 }))
  fundId = (await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, 'ha-noi')))[0]?.id ?? 0
})
afterAll(() => database.close())

const queue = (group: Parameters<typeof getQueue>[2]['group'] = null) => getQueue(context, fundId, { group, after: null }, 'vi')
const suggested = async (lineId: bigint) => (await queue()).lines.find(({ id }) => id === String(lineId))?.suggestions ?? []

describe('a line that waits is shown with what it may be', () => {
  test.each([
    ['wrong_symbol', (code: string) => `${code.slice(0, 4)}${code[4] === '7' ? '8' : '7'}${code.slice(5)}`],
    ['cut', (code: string) => `${code.slice(0, 5)}${code.slice(6)}`],
  ])('by a code that is nearly there: %s', async (why, spoil) => {
    const { code } = await makePledge(context, campaign.slug, { amountVnd: 410_000n })
    const line = await bankLine(context, { amountVnd: 999_000n, memo: `ung ho ${spoil(code)} cam on` })
    const found = (await suggested(line)).find((one) => one.kind === 'pledge' && one.code === code)
    expect(found).toMatchObject({ choice: `place:${code}`, campaign: 'Áo ấm' })
    // What was spoilt may be read in more than one way.
    expect(found?.why.some((one) => ['wrong_symbol', 'swapped', 'cut', 'doubled'].includes(one))).toBe(true)
    expect(why).not.toBe('')
  })

  test('by sum and time of a pledge that nobody paid, and by the name in the memo, the surer first', async () => {
    await makePledge(context, campaign.slug, { amountVnd: 374_000n })
    const named = await makePledge(context, campaign.slug, { amountVnd: 374_000n, name: 'Nguyễn Thị Hạnh', isNamed: true })
    const line = await bankLine(context, { amountVnd: 374_000n, memo: 'NGUYEN THI HANH chuyen tien' })
    const [first, second] = await suggested(line)
    expect(first).toMatchObject({ kind: 'pledge', code: named.code, why: ['amount', 'name'] })
    expect(second).toMatchObject({ kind: 'pledge', why: ['amount'] })
    expect(readChoice(first?.choice ?? '', 374_000n)).toEqual({ kind: 'place', parts: [{ code: named.code, amountVnd: 374_000n }] })
  })

  test('never by a pledge of another fund, nor one that was paid', async () => {
    const elsewhere = await makeCampaign(context, { slug: 'bac-ai', fund: 'ninh-thuan' })
    await makePledge(context, elsewhere.slug, { amountVnd: 512_000n })
    const paid = await makePledge(context, campaign.slug, { amountVnd: 512_000n })
    await bankLine(context, { amountVnd: 512_000n, memo: paid.code })
    expect(await suggested(await bankLine(context, { amountVnd: 512_000n }))).toEqual([])
  })

  test('by an approved spend of its sum, the other leg of a transfer, a fee by its words', async () => {
    const { code } = await makePledge(context, campaign.slug)
    await bankLine(context, { amountVnd: 6_000_000n, memo: code })
    await sequencePending(context.db, context.now())
    // What was paid for something else is not taken for this one's.
    expect(await spend(context, campaign.slug, 3_000_000n)).toBe(true)
    const item = { itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units: 1, amountVnd: 2_500_000n }
    const wish = { campaignSlug: campaign.slug, titleVi: 'Áo', titleEn: 'Coats', supplier: 'May Suối Cạn', items: [item], by: 'an' }
    const { spendId } = value(await requestSpend(context, { ...wish, dueOn: '2099-12-31', key: 's' }))
    value(await approveSpend(context, { spendId, by: 'binh' }))
    const paid = await bankLine(context, { direction: 'out', amountVnd: 2_500_000n, memo: 'TT HD 0012 CTY MAY SUOI CAN' })
    expect((await suggested(paid))[0]).toMatchObject({ kind: 'spend', choice: `spend:${spendId}`, why: ['amount', 'supplier'] })
    const into = await bankLine(context, { amountVnd: 4_000_000n, accountNumber: SECOND_ACCOUNT })
    const from = await bankLine(context, { amountVnd: 4_000_000n, direction: 'out' })
    expect((await suggested(into))[0]).toMatchObject({ kind: 'own_transfer', choice: `own_transfer:${from}` })
    const fee = await bankLine(context, { direction: 'out', amountVnd: 11_000n, memo: 'PHI DICH VU SMS T11' })
    expect((await suggested(fee))[0]).toMatchObject({ kind: 'fee', why: ['words'] })
  })

  test('or may be the same as another, which stands beside it', async () => {
    const first = await bankLine(context, { amountVnd: 61_000n, reference: 'FT1', memo: 'lan mot' })
    const line = await bankLine(context, { amountVnd: 61_000n, reference: null, provider: 'casso' })
    const found = (await queue('twice')).lines.find(({ id }) => id === String(line))
    expect(found).toMatchObject({ twin: { id: String(first), memo: 'lan mot' } })
    expect(found?.suggestions.map(({ kind }) => kind)).toEqual(['same', 'not_same'])
  })
})

test('what was kept for a reason is set apart, and what was decided can be taken back while nothing builds on it', async () => {
  const line = await bankLine(context, { amountVnd: 51_000n })
  const before = await countWaiting(context, fundId)
  value(await say(context, line, { kind: 'keep_unplaced' }, 'thu'))
  expect(await countWaiting(context, fundId)).toBe(before - 1)
  expect((await queue('kept')).lines.map(({ id }) => id)).toEqual([String(line)])
  expect((await listRecentDecisions(context, fundId))[0]).toMatchObject({
    kind: 'keep_unplaced',
    by: 'thu',
    isLast: true,
    lines: [{ amountVnd: 51_000n }],
  })
  value(await say(context, line, { kind: 'general' }, 'thu'))
  expect((await listRecentDecisions(context, fundId)).slice(0, 2).map(({ isLast }) => isLast)).toEqual([true, false])
})

describe('a rule', () => {
  const pattern = { words: 'PHÍ  quản lý', direction: 'out' as const, leastVnd: 1_000n, mostVnd: 50_000n, decision: 'fee' as const }

  test('shows what it would do, and then does just that', async () => {
    const lines = [
      await bankLine(context, { direction: 'out', amountVnd: 22_000n, memo: 'PHI QUAN LY TK T11' }),
      await bankLine(context, { direction: 'out', amountVnd: 33_000n, memo: 'Quan ly phi' }),
    ]
    await bankLine(context, { direction: 'out', amountVnd: 60_000n, memo: 'PHI QUAN LY' })
    await bankLine(context, { direction: 'out', amountVnd: 22_000n, memo: 'PHI KHAC' })
    await bankLine(context, { direction: 'in', amountVnd: 22_000n, memo: 'PHI QUAN LY' })
    const wish = { ...pattern, fundId, by: 'an', key: 'r1' }
    const { ruleId } = value(await makeRule(context, wish))
    expect(await makeRule(context, wish)).toEqual({ ok: true, value: { ruleId } })
    expect(await makeRule(context, { ...wish, words: 'khac' })).toMatchObject({ refusal: 'key_taken' })
    const rule = await findRule(context, ruleId)
    if (!rule) throw new Error('no rule')
    const cases = await previewRule(context, fundId, rule)
    expect(cases.map(({ line }) => line.id)).toEqual(lines)
    expect((await suggested(lines[0] ?? 0n))[0]).toMatchObject({ choice: 'fee', why: ['rule'] })
    for (const found of cases) {
      const made = wishOf(rule, found, 'an', 'run-1')
      if (made) value(await decideLine(context, made))
    }
    expect(await previewRule(context, fundId, rule)).toEqual([])
    value(await retireRule(context, { ruleId, by: 'binh' }))
    value(await retireRule(context, { ruleId, by: 'binh' }))
    expect(await listRules(context, fundId)).toEqual([])
  })

  test('for transfers decides where there is just one other leg', async () => {
    const rule = { words: 'dieu chuyen', direction: 'out' as const, leastVnd: 1n, mostVnd: 10n ** 12n, decision: 'own_transfer' as const }
    const [sure, unsure] = [
      await bankLine(context, { direction: 'out', amountVnd: 8_100_000n, memo: 'DIEU CHUYEN' }),
      await bankLine(context, { direction: 'out', amountVnd: 8_200_000n, memo: 'DIEU CHUYEN' }),
    ]
    const into = await bankLine(context, { amountVnd: 8_100_000n, accountNumber: SECOND_ACCOUNT })
    for (let twice = 0; twice < 2; twice++) await bankLine(context, { amountVnd: 8_200_000n, accountNumber: SECOND_ACCOUNT })
    expect((await previewRule(context, fundId, rule)).map(({ line, decision }) => [line.id, decision])).toEqual([
      [sure, { kind: 'own_transfer', otherLineId: into }],
      [unsure, null],
    ])
  })

  test.each([
    [{ words: ' . ' }, 'no_words'],
    [{ leastVnd: 0n }, 'not_an_amount'],
    [{ mostVnd: 1n }, 'not_an_amount'],
    [{ direction: 'in' as const }, 'wrong_way'],
  ])('that says nothing is refused: %o', async (wrong, refusal) => {
    expect(await makeRule(context, { ...pattern, ...wrong, fundId, by: 'an', key: refusal })).toMatchObject({ refusal })
  })
})
