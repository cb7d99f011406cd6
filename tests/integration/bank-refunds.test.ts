import { desc, eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bankTransactions, donations, events, refunds } from '../../db/schema'
import { closeDay } from '../../lib/bank/close'
import { getQueue } from '../../lib/bank/queue'
import { undoDecision } from '../../lib/bank/undo'
import { approveRefund, requestRefund, withdrawTransferRefund } from '../../lib/cards/refunds'
import { getGift } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { balanceOf } from '../factories/books'
import { bankLine, say } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
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
afterAll(() => database.close())
afterEach(async () => {
  await sequencePending(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
})

/** A transfer that was placed by its code. */
async function given(amountVnd: bigint, memo?: string) {
  const { code } = await makePledge(context, campaign.slug)
  const line = await bankLine(context, { amountVnd, memo: memo ?? code })
  const [gift] = await context.db.select().from(donations).orderBy(desc(donations.id)).limit(1)
  if (!gift) throw new Error('no gift')
  return { code, line, gift }
}
const ask = (donationId: bigint, amountMinor: bigint, key: string) =>
  requestRefund(context, { donationId, amountMinor, reason: 'requested_by_donor', by: 'thu', key })
const stateOf = async (id: bigint) => (await context.db.select().from(refunds).where(eq(refunds.id, id)))[0]?.state

test('a transfer goes back by two people and a line of the bank, and comes back where the donor’s bank refuses it', async () => {
  const { code, gift } = await given(640_000n)
  const { refundId } = value(await ask(gift.id, 240_000n, 'a'))
  expect(await getGift(context, code, 'vi')).toMatchObject({ gifts: [{ heldVnd: 240_000n }] })
  const out = await bankLine(context, { direction: 'out', amountVnd: 240_000n })
  expect(await say(context, out, { kind: 'refund_paid', refundId })).toMatchObject({ refusal: 'no_match' })
  expect(await approveRefund(context, { refundId, by: 'thu' })).toMatchObject({ refusal: 'same_person' })
  value(await approveRefund(context, { refundId, by: 'giam-doc' }))
  const { lines } = await getQueue(context, gift.fundId, { group: 'out', after: null }, 'vi')
  expect(lines[0]?.suggestions).toMatchObject([{ choice: `refund_paid:${refundId}`, kind: 'refund', code }])
  const inBank = await balanceOf(context, 'ha-noi', 'donation', 'bank')
  const paid = value(await say(context, out, { kind: 'refund_paid', refundId }))
  expect([await stateOf(refundId), await balanceOf(context, 'ha-noi', 'donation', 'bank')]).toEqual(['sent', inBank - 240_000n])
  expect(await getGift(context, code, 'vi')).toMatchObject({ gifts: [{ returnedVnd: 240_000n, heldVnd: 0n }] })
  // Matched with the wrong line: the refund stays paid, and waits for another.
  value(await undoDecision(context, { decisionId: paid.decisionId, reason: '', by: 'an' }))
  const right = await bankLine(context, { direction: 'out', amountVnd: 240_000n })
  value(await say(context, right, { kind: 'refund_paid', refundId }))
  expect(await say(context, out, { kind: 'refund_paid', refundId })).toMatchObject({ refusal: 'no_match' })
  const back = await bankLine(context, { amountVnd: 240_000n, memo: 'HOAN TRA' })
  const returned = value(await say(context, back, { kind: 'refund_returned', refundId }))
  expect(await stateOf(refundId)).toBe('failed')
  expect(await getGift(context, code, 'vi')).toMatchObject({ gifts: [{ returnedVnd: 0n }] })
  expect(await undoDecision(context, { decisionId: returned.decisionId, reason: '', by: 'an' })).toMatchObject({ refusal: 'stays' })
})

test('more than was transferred, or than is left, is refused', async () => {
  const { gift } = await given(100_000n)
  expect(await ask(gift.id, 100_001n, 'b1')).toMatchObject({ refusal: 'not_an_amount' })
  value(await ask(gift.id, 60_000n, 'b2'))
  expect(await ask(gift.id, 60_000n, 'b3')).toMatchObject({ refusal: 'not_available' })
})

test('an approved one that nobody paid is ended by another person than who approved it', async () => {
  const { code, gift } = await given(110_000n)
  const { refundId } = value(await ask(gift.id, 110_000n, 'c'))
  expect(await withdrawTransferRefund(context, { refundId, by: 'x' })).toMatchObject({ refusal: 'not_approved' })
  value(await approveRefund(context, { refundId, by: 'giam-doc' }))
  expect(await withdrawTransferRefund(context, { refundId, by: 'giam-doc' })).toMatchObject({ refusal: 'same_person' })
  value(await withdrawTransferRefund(context, { refundId, by: 'thu' }))
  expect(await getGift(context, code, 'vi')).toMatchObject({ gifts: [{ heldVnd: 0n, returnedVnd: 0n }] })
})

test('money that nobody placed waits no longer once it went back, and a closed day says so', async () => {
  const { line, gift } = await given(120_000n, 'nham so')
  const [day, accountId] = ['2026-11-20', 1]
  await context.db.update(bankTransactions).set({ postedOn: day }).where(eq(bankTransactions.id, line))
  const { decisionId } = value(await say(context, line, { kind: 'keep_unplaced' }))
  value(await closeDay(context, { accountId, day, openingVnd: 0n, closingVnd: 120_000n, by: 'ke-toan' }))
  value(await undoDecision(context, { decisionId, reason: '', by: 'ke-toan' }))
  const waits = async () =>
    (await getQueue(context, gift.fundId, { group: null, after: null }, 'vi')).lines.some(({ id }) => id === String(line))
  expect(await waits()).toBe(true)
  const { refundId } = value(await ask(gift.id, 120_000n, 'd'))
  value(await approveRefund(context, { refundId, by: 'giam-doc' }))
  expect(await say(context, line, { kind: 'general' })).toMatchObject({ refusal: 'not_free' })
  const out = await bankLine(context, { direction: 'out', amountVnd: 120_000n })
  value(await say(context, out, { kind: 'refund_paid', refundId }))
  expect(await waits()).toBe(false)
  const told = await context.db
    .select({ facts: events.facts })
    .from(events)
    .where(sql`${events.facts}->>'line' = ${String(line)}`)
    .orderBy(events.id)
  expect(told.map(({ facts }) => [facts.class, facts.corrects])).toEqual([
    ...[
      ['unplaced', undefined],
      ['waiting', day],
      ['unplaced', day],
    ],
  ])
})
