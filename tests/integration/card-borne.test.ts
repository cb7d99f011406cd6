import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ledgerAccounts, lineTakeovers, lineTotals, lines } from '../../db/schema'
import { getGift } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { balanceOf, giveToReserve } from '../factories/books'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { spend } from '../factories/spending'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let counter: CardCounter
let campaign: MadeCampaign
let reserve: { id: number; fundId: number }

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { goalVnd: 10n ** 10n, neededBy: '2099-12-31' })
  counter = await openCardCounter(context, database)
  const [line] = await context.db
    .select({ id: lines.id, fundId: lines.fundId })
    .from(lines)
    .where(and(eq(lines.kind, 'reserve'), eq(lines.fundId, 1)))
  if (!line) throw new Error('no reserve')
  reserve = line
})
afterEach(async () => {
  expect(await listDiscrepancies(context.db)).toEqual([])
})
afterAll(async () => {
  await counter.close()
  await database.close()
})

const settle = () => counter.settle()
const paid = (amountVnd: bigint) => counter.pay(campaign.slug, { amountVnd })
const balance = (kind: typeof ledgerAccounts.$inferSelect.kind) => balanceOf(context, 'ha-noi', 'donation', kind)
const booksNow = async () => {
  const rows = await context.db.select().from(lineTotals)
  const net = (id: number) => rows.find(({ lineId }) => lineId === id)?.netVnd ?? 0n
  return {
    ...{ line: net(campaign.lineId), reserve: net(reserve.id) },
    ...{ fundOwes: await balance('due_from_fund'), budgetOwes: await balance('due_from_state_budget') },
  }
}
const returned = async (code: string) => (await getGift(context, code, 'vi'))?.gifts.map(({ returnedVnd }) => returnedVnd)
const standing = () => context.db.select().from(lineTakeovers).where(isNull(lineTakeovers.endedByEventId))

test('a refund that fails after the whole charge was lost pays back the state budget, which had borne that part', async () => {
  const { code, charge } = await paid(500_000n)
  const refund = await counter.stripe.refunds.create({ charge, amount: 100_000 })
  await settle()
  const dispute = counter.fake.openDispute(charge, { amount: 500_000 })
  await settle()
  counter.fake.closeDispute(dispute.id, 'lost')
  await settle()
  const before = await booksNow()
  counter.fake.failRefund(refund.id)
  await settle()
  expect(await booksNow()).toEqual({ ...before, budgetOwes: before.budgetOwes - 100_000n })
  expect(await returned(code)).toEqual([500_000n])
})

test('of a refund that fails after a part more than the rest was lost, the line gets back what is the gift’s', async () => {
  const { code, charge } = await paid(500_000n)
  const refund = await counter.stripe.refunds.create({ charge, amount: 100_000 })
  await settle()
  const dispute = counter.fake.openDispute(charge, { amount: 450_000 })
  await settle()
  counter.fake.closeDispute(dispute.id, 'lost')
  await settle()
  const before = await booksNow()
  counter.fake.failRefund(refund.id)
  await settle()
  expect(await booksNow()).toEqual({ ...before, line: before.line + 50_000n, budgetOwes: before.budgetOwes - 50_000n })
  expect(await returned(code)).toEqual([450_000n])
})

test('a refund that fails after reserve and fund stood in fills the reserve with its own and ends what the fund owes; and again', async () => {
  // What earlier tests left on the line is spent first.
  const { line } = await booksNow()
  if (line > 0n) expect(await spend(context, campaign.slug, line)).toBe(true)
  const { code, charge } = await paid(500_000n)
  expect(await spend(context, campaign.slug, 400_000n)).toBe(true)
  await giveToReserve(context, reserve.fundId, 150_000n)
  await sequencePending(context.db, context.now())
  const before = await booksNow()
  for (let round = 0; round < 2; round++) {
    const refund = await counter.stripe.refunds.create({ charge, amount: 500_000 })
    await settle()
    expect(await booksNow()).toEqual({
      ...before,
      ...{ line: before.line - 100_000n, reserve: before.reserve - 150_000n, fundOwes: before.fundOwes + 250_000n },
    })
    expect(await returned(code)).toEqual([500_000n])
    counter.fake.failRefund(refund.id)
    await settle()
    expect(await booksNow()).toEqual(before)
    expect(await returned(code)).toEqual([0n])
    // The reserve stands in still for what it paid; for the rest nobody does.
    expect((await standing()).reduce((sum, { startVnd, endVnd }) => sum + endVnd - startVnd, 0n)).toBe(150_000n)
  }
})
