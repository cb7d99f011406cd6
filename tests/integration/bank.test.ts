import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bankNotices, bankTransactions, donations, lines, lineTotals, pledges } from '../../db/schema'
import { keepUnreadableNotice, receiveBankNotice } from '../../lib/bank/commands'
import { changeCampaignState, closeEndedAppeals } from '../../lib/campaigns/commands'
import { proposeReceivingAccount } from '../../lib/funds/commands'
import { cancelPledge, changePledge, createPledge } from '../../lib/pledges/commands'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, giftInput, makePledge } from '../factories/giving'
import { ACCOUNTS, makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { closeAgreed } from '../factories/agreed'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context)
})
afterAll(() => closeAgreed(database, context))

/** The newest bank line, with the gift it became. */
async function lastLine() {
  const [row] = await context.db
    .select({
      state: bankTransactions.state,
      reason: bankTransactions.reason,
      amountVnd: donations.amountVnd,
      pledgeId: donations.pledgeId,
      kind: lines.kind,
    })
    .from(bankTransactions)
    .leftJoin(donations, eq(donations.bankTransactionId, bankTransactions.id))
    .leftJoin(lines, eq(lines.id, donations.lineId))
    .orderBy(desc(bankTransactions.id))
    .limit(1)
  return row
}

const pledgeState = async (code: string) =>
  (await context.db.select({ state: pledges.state }).from(pledges).where(eq(pledges.code, code)))[0]?.state
const countLines = () => context.db.$count(bankTransactions)

describe('a transfer with a code', () => {
  test('is placed on the campaign, at the amount that arrived', async () => {
    const { code } = await makePledge(context, campaign.slug)
    expect(await receiveBankNotice(context, bankNotice({ memo: `MBVCB.1.${code} chuyen tien`, amountVnd: 200_000n }))).toBe('booked')
    expect(await lastLine()).toMatchObject({ state: 'placed', kind: 'campaign', amountVnd: 200_000n })
    expect(await pledgeState(code)).toBe('received')
  })

  test('comes twice with one code: two gifts', async () => {
    const { code } = await makePledge(context, campaign.slug)
    await receiveBankNotice(context, bankNotice({ memo: code }))
    await receiveBankNotice(context, bankNotice({ memo: code }))
    const gifts = await context.db
      .select()
      .from(donations)
      .innerJoin(pledges, eq(pledges.id, donations.pledgeId))
      .where(eq(pledges.code, code))
    expect(gifts).toHaveLength(2)
  })

  test('is honoured after the pledge expired, and after it was cancelled', async () => {
    const late = await makePledge(context, campaign.slug)
    const cancelled = await makePledge(context, campaign.slug)
    await cancelPledge(context, cancelled)
    context.advance(30 * 86_400_000)
    for (const { code } of [late, cancelled]) {
      await receiveBankNotice(context, bankNotice({ memo: code, transactedAt: context.now() }))
      expect(await lastLine()).toMatchObject({ state: 'placed', kind: 'campaign' })
      expect(await pledgeState(code)).toBe('received')
    }
  })

  test('of a closed campaign goes where the give page said', async () => {
    const closing = await makeCampaign(context, { slug: 'se-dong', category: 'hoc-bong' })
    const { code } = await makePledge(context, closing.slug)
    await changeCampaignState(context, { campaignId: closing.campaignId, to: 'closed', reasonVi: 'Đủ', reasonEn: 'Enough', actor: 'binh' })
    await receiveBankNotice(context, bankNotice({ memo: code, transactedAt: context.now() }))
    expect(await lastLine()).toMatchObject({ state: 'placed', kind: 'general' })
    // What came before it was closed is told later by its bank.
    await receiveBankNotice(context, bankNotice({ memo: code, transactedAt: new Date(context.now().getTime() - 1_000) }))
    expect(await lastLine()).toMatchObject({ state: 'placed', kind: 'campaign' })
  })

  test('after the closing day of an emergency appeal is queued for return', async () => {
    context.setNow('2026-11-25T03:00:00Z')
    const appeal = await makeCampaign(context, { slug: 'khan-cap', category: 'suc-khoe', isEmergency: true, neededBy: '2026-11-30' })
    const { code } = await makePledge(context, appeal.slug)
    const waiting = await makePledge(context, appeal.slug)
    await receiveBankNotice(context, bankNotice({ memo: code, transactedAt: new Date('2026-11-30T16:59:59Z') }))
    expect(await lastLine()).toMatchObject({ state: 'placed', kind: 'campaign' })
    await receiveBankNotice(context, bankNotice({ memo: code, transactedAt: new Date('2026-11-30T17:00:00Z') }))
    expect(await lastLine()).toMatchObject({ state: 'to_return', reason: 'after_closing_day', kind: 'unplaced' })
    context.setNow('2026-11-30T17:00:00Z')
    expect(await createPledge(context, { campaignSlug: appeal.slug, locale: 'vi', input: giftInput() })).toEqual({
      ok: false,
      refusal: 'not_open',
    })
    const late = await changePledge(context, { ...waiting, input: giftInput() })
    expect(late).toEqual({ ok: false, refusal: 'not_open' })
    expect((await cancelPledge(context, waiting)).ok).toBe(true)
    expect(await closeEndedAppeals(context)).toEqual([appeal.slug])
    expect(await closeEndedAppeals(context)).toEqual([])
    // A bank tells late of what came in time.
    await receiveBankNotice(context, bankNotice({ memo: code, transactedAt: new Date('2026-11-30T16:00:00Z') }))
    expect(await lastLine()).toMatchObject({ state: 'placed', kind: 'campaign' })
    await receiveBankNotice(context, bankNotice({ memo: code, transactedAt: new Date('2026-11-30T17:00:01Z') }))
    expect(await lastLine()).toMatchObject({ state: 'to_return' })
  })
})

describe('a transfer that nobody can place for sure', () => {
  test.each<[string, () => Promise<string>, string]>([
    ['no code', async () => 'ung ho cac em', 'no_code'],
    ['a code nobody has', async () => 'TD2222222', 'unknown_code'],
    [
      'two codes',
      async () => `${(await makePledge(context, campaign.slug)).code} ${(await makePledge(context, campaign.slug)).code}`,
      'several_codes',
    ],
  ])('with %s waits on the unplaced line', async (_what, memo, reason) => {
    await receiveBankNotice(context, bankNotice({ memo: await memo() }))
    expect(await lastLine()).toMatchObject({ state: 'unplaced', reason, kind: 'unplaced', pledgeId: null })
  })

  test('with the code of another fund waits, at the fund whose account it came to', async () => {
    const { code } = await makePledge(context, campaign.slug)
    await receiveBankNotice(context, bankNotice({ memo: code, accountNumber: ACCOUNTS['ninh-thuan'] }))
    expect(await lastLine()).toMatchObject({ state: 'unplaced', reason: 'other_fund', pledgeId: null })
    expect(await pledgeState(code)).toBe('open')
  })

  test('on an account that is not ours is kept for a person, and in no total', async () => {
    await receiveBankNotice(context, bankNotice({ accountNumber: '999' }))
    expect(await lastLine()).toMatchObject({ state: 'unknown_account', amountVnd: null })
  })

  test('on an account that only one person proposed is kept for a person', async () => {
    const account = {
      fundSlug: 'ha-noi',
      bankBin: '999901',
      bankName: 'Mẫu',
      accountNumber: '777',
      accountName: 'QUY',
      alias: 'Đề nghị',
      proposedBy: 'an',
    }
    await proposeReceivingAccount(context, account)
    await receiveBankNotice(context, bankNotice({ accountNumber: '777' }))
    expect(await lastLine()).toMatchObject({ state: 'unknown_account', amountVnd: null })
  })

  test('that goes out is kept, and is no gift', async () => {
    await receiveBankNotice(context, bankNotice({ direction: 'out' }))
    expect(await lastLine()).toMatchObject({ state: 'outgoing', amountVnd: null })
  })
})

describe('the same line told again', () => {
  test('by the same notice changes nothing', async () => {
    const notice = bankNotice()
    expect(await receiveBankNotice(context, notice)).toBe('booked')
    const before = await countLines()
    expect(await receiveBankNotice(context, notice)).toBe('replayed')
    expect(await countLines()).toBe(before)
  })

  test('by another provider with the same reference, memo and second changed, merges', async () => {
    const notice = bankNotice({ reference: 'MBVCB.3278907687' })
    await receiveBankNotice(context, notice)
    const before = await countLines()
    const again = {
      ...notice,
      provider: 'statement' as const,
      providerEventId: 'x1',
      reference: 'mbvcb 3278907687',
      memo: 'cut',
      transactedAt: new Date('2026-11-23T17:00:00Z'),
    }
    expect(await receiveBankNotice(context, again)).toBe('merged')
    expect(await receiveBankNotice(context, again)).toBe('replayed')
    expect(await countLines()).toBe(before)
  })

  test('without a common reference merges by an equal running balance alone', async () => {
    const notice = bankNotice({ amountVnd: 777_000n, reference: null, runningBalanceVnd: 5_000_000n })
    await receiveBankNotice(context, notice)
    expect(await receiveBankNotice(context, { ...notice, provider: 'statement', providerEventId: 'x2', reference: 'F1' })).toBe('merged')
  })

  test('a gift that finds the balance of an earlier one again is a gift of its own, or waits for a person', async () => {
    const gift = { amountVnd: 999_000n, reference: null, runningBalanceVnd: 1_500_000n }
    await receiveBankNotice(context, bankNotice({ ...gift, memo: 'lan mot', transactedAt: new Date('2026-11-22T02:00:00Z') }))
    expect(await receiveBankNotice(context, bankNotice({ ...gift, memo: 'lan hai', transactedAt: new Date('2026-11-23T02:00:00Z') }))).toBe(
      'booked',
    )
    expect(await lastLine()).toMatchObject({ state: 'possible_duplicate' })
    // Another provider that tells both merges the first alone.
    const file = { ...gift, provider: 'statement' as const, transactedAt: new Date('2026-11-22T17:00:00Z') }
    expect(await receiveBankNotice(context, bankNotice({ ...file, providerEventId: 'e1', reference: 'E1' }))).toBe('merged')
    expect(await receiveBankNotice(context, bankNotice({ ...file, providerEventId: 'e2', reference: 'E2' }))).toBe('merged')
    expect(await receiveBankNotice(context, bankNotice({ ...file, providerEventId: 'e3', reference: 'E3' }))).toBe('booked')
    expect(await lastLine()).toMatchObject({ state: 'possible_duplicate' })
  })

  test('a reference that banks write where they have none joins nothing', async () => {
    for (const [index, reference] of ['N/A', 'n/a', '0', '', 'null'].entries()) {
      await receiveBankNotice(context, bankNotice({ amountVnd: 51_000n, reference, memo: `lan ${index}` }))
      expect(await lastLine()).toMatchObject({ state: 'unplaced', amountVnd: 51_000n })
    }
  })

  test('a reference used again on another day, or beside another balance, waits for a person', async () => {
    const first = { amountVnd: 52_000n, reference: 'AGAIN', runningBalanceVnd: 9_000_000n }
    await receiveBankNotice(context, bankNotice(first))
    await receiveBankNotice(context, bankNotice({ ...first, runningBalanceVnd: 9_052_000n }))
    expect(await lastLine()).toMatchObject({ state: 'possible_duplicate' })
    await receiveBankNotice(context, bankNotice({ ...first, transactedAt: new Date('2026-12-01T03:00:00Z') }))
    expect(await lastLine()).toMatchObject({ state: 'possible_duplicate' })
  })

  test('and not surely the same waits for a person, in no total', async () => {
    const notice = bankNotice({ amountVnd: 888_000n })
    await receiveBankNotice(context, notice)
    expect(await receiveBankNotice(context, { ...notice, provider: 'statement', providerEventId: 'x3', reference: 'OTHER' })).toBe('booked')
    expect(await lastLine()).toMatchObject({ state: 'possible_duplicate', amountVnd: null })
  })

  test('with the same id and other facts contradicts itself, and is kept for a person', async () => {
    const notice = bankNotice()
    await receiveBankNotice(context, notice)
    const before = await countLines()
    const other = { ...notice, amountVnd: notice.amountVnd + 1n }
    expect(await receiveBankNotice(context, other)).toBe('contradiction')
    expect(await receiveBankNotice(context, other)).toBe('replayed')
    expect(await countLines()).toBe(before)
    const kept = await context.db.select().from(bankNotices).where(eq(bankNotices.providerEventId, notice.providerEventId))
    expect(kept.map((row) => row.outcome).sort()).toEqual(['booked', 'contradiction'])
  })

  test('many gifts of one amount with references of their own stay apart', async () => {
    const before = await countLines()
    for (let i = 0; i < 5; i++) await receiveBankNotice(context, bankNotice({ amountVnd: 50_000n }))
    expect(await countLines()).toBe(before + 5)
    expect(await lastLine()).toMatchObject({ state: 'unplaced' })
  })

  test('by many at once is booked once', async () => {
    const notice = bankNotice({ amountVnd: 123_456n })
    const copies = Array.from({ length: 12 }, (_, copy) =>
      receiveBankNotice(
        context,
        copy % 2 === 0 ? notice : { ...notice, provider: 'statement', providerEventId: `many${copy}`, memo: `copy ${copy}` },
      ),
    )
    const outcomes = await Promise.all(copies)
    expect(outcomes.filter((outcome) => outcome === 'booked')).toHaveLength(1)
    expect(await context.db.$count(bankTransactions, eq(bankTransactions.amountVnd, 123_456n))).toBe(1)
  })
})

test('a message that was not understood is kept once', async () => {
  const message = { provider: 'sepay' as const, providerEventId: 'unread:1', body: { strange: true } }
  await keepUnreadableNotice(context, message)
  await keepUnreadableNotice(context, message)
  expect(await context.db.$count(bankNotices, eq(bankNotices.outcome, 'not_understood'))).toBe(1)
})

test('nothing is in a total before the sequencer laid it', async () => {
  await sequencePending(context.db, context.now())
  const read = async () => (await context.db.select().from(lineTotals).where(eq(lineTotals.lineId, campaign.lineId)))[0]?.receivedVnd ?? 0n
  const before = await read()
  const { code } = await makePledge(context, campaign.slug)
  await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 300_000n }))
  expect(await read()).toBe(before)
  await sequencePending(context.db, context.now())
  expect(await read()).toBe(before + 300_000n)
})
