import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankTransactions, cardPayouts, donations, events } from '../../db/schema'
import { closeDay } from '../../lib/bank/close'
import { receiveBankNotice } from '../../lib/bank/commands'
import { matchPayouts } from '../../lib/bank/payouts'
import { undoDecision } from '../../lib/bank/undo'
import { pollMovements } from '../../lib/cards/poll'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { balanceOf } from '../factories/books'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { say } from '../factories/desk'
import { bankNotice } from '../factories/giving'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let counter: CardCounter
let campaign: MadeCampaign

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { goalVnd: 10n ** 10n, neededBy: '2099-12-31' })
  counter = await openCardCounter(context, database)
})
afterAll(async () => {
  await counter.close()
  await database.close()
})

/** A gift by card, and its payout on the way. @returns the payout's sum */
async function paidOut(): Promise<bigint> {
  const { page } = await counter.openPage(campaign.slug)
  counter.fake.pay(page, 'good')
  context.advance(9 * 86_400_000)
  counter.fake.tick()
  const payout = counter.fake.payOut()
  return BigInt(payout.amount)
}
const poll = async () => {
  await pollMovements(counter.context, counter.account, null)
  await sequencePending(context.db, context.now())
}
const tell = (amountVnd: bigint, memo: string) => receiveBankNotice(context, bankNotice({ amountVnd, memo, transactedAt: context.now() }))
const newest = async () => (await context.db.select().from(bankTransactions).orderBy(desc(bankTransactions.id)).limit(1))[0]
const bank = () => balanceOf(context, 'ha-noi', 'donation', 'bank')
const clearing = () => balanceOf(context, 'ha-noi', 'donation', 'stripe_clearing')

test('a payout is booked from Stripe to the bank when the bank tells of it, and is no gift', async () => {
  const amountVnd = await paidOut()
  await poll()
  const before = { bank: await bank(), clearing: await clearing(), gifts: await context.db.$count(donations) }
  await tell(amountVnd, 'STRIPE PAYMENTS UK LTD TDXX')
  expect(await newest()).toMatchObject({ state: 'possible_payout' })
  expect(await matchPayouts(context)).toBe(1)
  expect(await newest()).toMatchObject({ state: 'payout' })
  expect([await bank(), await clearing(), await context.db.$count(donations)]).toEqual([
    before.bank + amountVnd,
    before.clearing - amountVnd,
    before.gifts,
  ])
  expect(await matchPayouts(context)).toBe(0)
  await sequencePending(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('a line that the bank told of first waits for its payout', async () => {
  const amountVnd = await paidOut()
  await tell(amountVnd, 'Chuyen tien Stripe')
  expect(await matchPayouts(context)).toBe(0)
  await poll()
  expect(await matchPayouts(context)).toBe(1)
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('a line of a closed day that was said to be none, taken back and matched by itself, is told of as a payout', async () => {
  const day = '2026-11-20'
  const amountVnd = await paidOut()
  await tell(amountVnd, 'STRIPE')
  const { id = 0n, receivingAccountId } = (await newest()) ?? {}
  await context.db.update(bankTransactions).set({ postedOn: day }).where(eq(bankTransactions.id, id))
  const decisions = [value(await say(context, id, { kind: 'not_payout' })), value(await say(context, id, { kind: 'keep_unplaced' }))]
  value(await closeDay(context, { accountId: receivingAccountId ?? 0, day, openingVnd: 0n, closingVnd: amountVnd, by: 'ke-toan' }))
  for (const { decisionId } of decisions.toReversed()) value(await undoDecision(context, { decisionId, reason: '', by: 'ke-toan' }))
  await poll()
  expect(await matchPayouts(context)).toBe(1)
  const told = await context.db.select().from(events).where(eq(events.kind, 'line_classified')).orderBy(desc(events.id)).limit(2)
  const [matched] = await context.db.select({ payout: cardPayouts.stripeId }).from(cardPayouts).where(eq(cardPayouts.bankTransactionId, id))
  expect(told.map(({ facts }) => facts)).toMatchObject([
    { class: 'payout', corrects: day, target: matched },
    { class: 'waiting', corrects: day },
  ])
  await sequencePending(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('what could be another payout, or is of another sum, is left to a person', async () => {
  const amountVnd = await paidOut()
  await poll()
  await tell(amountVnd - 1n, 'STRIPE')
  expect(await matchPayouts(context)).toBe(0)
  await tell(amountVnd, 'STRIPE')
  await tell(amountVnd, 'STRIPE 2')
  expect(await matchPayouts(context)).toBe(0)
  expect(await context.db.$count(cardPayouts, eq(cardPayouts.amountVnd, amountVnd))).toBeGreaterThan(0)
})

test('a gift whose donor writes of stripes is a gift', async () => {
  await tell(50_000n, 'ao soc STRIPED cho be')
  expect(await newest()).toMatchObject({ state: 'unplaced' })
})
