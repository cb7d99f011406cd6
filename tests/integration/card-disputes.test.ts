import { desc, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cardDisputes, cardMovements, cardWarnings, type ledgerAccounts, lineTotals } from '../../db/schema'
import { pollMovements, syncUnsettled } from '../../lib/cards/poll'
import { countCardsWaiting } from '../../lib/cards/waiting'
import { seeWarning } from '../../lib/cards/warnings'
import { getGift } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { getHealth } from '../../lib/site/health'
import { balanceOf } from '../factories/books'
import { dollars, openCardCounter, type CardCounter } from '../factories/cards'
import type { GiftWish } from '../factories/giving'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
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
afterEach(async () => {
  expect(await listDiscrepancies(context.db)).toEqual([])
})
afterAll(async () => {
  await counter.close()
  await database.close()
})

const settle = () => counter.settle()
const paid = (wish: GiftWish) => counter.pay(campaign.slug, wish)
const balance = (kind: typeof ledgerAccounts.$inferSelect.kind) => balanceOf(context, 'ha-noi', 'donation', kind)
const booksNow = async () => {
  const [line] = await context.db.select().from(lineTotals).where(eq(lineTotals.lineId, campaign.lineId))
  const [clearing, inDispute, due] = [await balance('stripe_clearing'), await balance('in_dispute'), await balance('due_from_state_budget')]
  return { line: line?.netVnd ?? 0n, clearing, inDispute, due }
}
const gifts = async (code: string) => (await getGift(context, code, 'vi'))?.gifts

test('a dispute of the whole that had been refunded in part, and is lost but for that part, takes what was left of the gift', async () => {
  const before = await booksNow()
  const { code, charge } = await paid({ amountVnd: 500_000n })
  await counter.stripe.refunds.create({ charge, amount: 100_000 })
  await settle()
  const after = await booksNow()
  const dispute = counter.fake.openDispute(charge, { amount: 500_000 })
  await settle()
  expect(await gifts(code)).toMatchObject([{ heldVnd: 400_000n, returnedVnd: 100_000n }])
  expect(await balance('in_dispute')).toBe(500_000n)
  counter.fake.closeDispute(dispute.id, 'partially won')
  await settle()
  expect(await gifts(code)).toMatchObject([{ heldVnd: 0n, returnedVnd: 500_000n }])
  // The fund lost the gift, once, and the fee of the dispute; the state budget owes the fees alone.
  expect(await booksNow()).toEqual({
    ...{ line: before.line, inDispute: 0n, due: after.due + 390_000n },
    clearing: after.clearing - 400_000n - 390_000n,
  })
})

test('a dispute of dollars that is lost but for a part gives back its share', async () => {
  counter.fake.setRates({ usd: 254.3 })
  const { code, charge } = await paid(dollars(2_000n))
  await counter.stripe.refunds.create({ charge, amount: 500 })
  await settle()
  counter.fake.setRates({ usd: 261.7 })
  const dispute = counter.fake.openDispute(charge, { amount: 2_000 })
  await settle()
  counter.fake.closeDispute(dispute.id, 'partially won')
  await settle()
  expect(await gifts(code)).toMatchObject([{ amountVnd: 508_600n, heldVnd: 0n, returnedVnd: 508_600n }])
  expect(await balance('in_dispute')).toBe(0n)
})

test('a dispute that was prevented, by giving the money back, takes it from the gift', async () => {
  const before = await booksNow()
  const { code, charge } = await paid({ amountVnd: 300_000n })
  const dispute = counter.fake.openDispute(charge)
  await settle()
  counter.fake.closeDispute(dispute.id, 'prevented')
  await settle()
  expect(await gifts(code)).toMatchObject([{ heldVnd: 0n, returnedVnd: 300_000n }])
  expect(await booksNow()).toMatchObject({ line: before.line, inDispute: 0n })
})

test('what comes back of a dispute that was lost long ago is left for a person', async () => {
  const { code, charge } = await paid({ amountVnd: 300_000n })
  const dispute = counter.fake.openDispute(charge)
  await settle()
  counter.fake.closeDispute(dispute.id, 'lost')
  await settle()
  const lost = await booksNow()
  counter.fake.overturnDispute(dispute.id)
  await settle()
  context.advance(2 * 86_400_000)
  await pollMovements(counter.context, counter.account, null)
  expect(await booksNow()).toEqual(lost)
  expect(await gifts(code)).toMatchObject([{ returnedVnd: 300_000n }])
  const [last] = await context.db.select().from(cardMovements).orderBy(desc(cardMovements.happenedAt)).limit(1)
  expect(last).toMatchObject({ kind: 'not_understood', sourceId: dispute.id, amountVnd: 300_000n, entryId: null })
})

describe('a gift whose bank fears that the card was stolen', () => {
  const warnings = async () => (await countCardsWaiting(context)).warnings
  const warned = async () => {
    const { charge } = await paid({ amountVnd: 300_000n })
    const { id } = counter.fake.warnOfFraud(charge)
    return { charge, id }
  }

  test('waits for a person who says that it was looked at', async () => {
    const { id } = await warned()
    await settle()
    expect(await warnings()).toBe(1)
    expect(await context.db.select().from(cardWarnings)).toMatchObject([{ stripeId: id, fraudType: 'made_with_stolen_card' }])
    expect((await getHealth(counter.context)).problems).toContain('1 gifts may have been made with stolen cards and wait for a person')
    expect(await seeWarning(context, { stripeId: id, by: 'an' })).toEqual({ ok: true, value: null })
    expect(await seeWarning(context, { stripeId: id, by: 'binh' })).toEqual({ ok: false, refusal: 'not_found_or_seen' })
    expect(await warnings()).toBe(0)
  })

  test('waits though no webhook told, and no more once it goes back', async () => {
    const { charge } = await warned()
    for (const { event } of counter.fake.webhooks.waiting()) counter.fake.webhooks.drop(event.id)
    await syncUnsettled(counter.context, counter.account)
    await syncUnsettled(counter.context, counter.account)
    expect(await warnings()).toBe(1)
    await counter.stripe.refunds.create({ charge })
    await settle()
    expect(await warnings()).toBe(0)
  })
})

test.each([
  ['told of each time', true],
  ['told of as a whole', false],
])('a dispute that was won and is lost after all, %s', async (_, isToldEach) => {
  const before = await booksNow()
  const { code, charge } = await paid({ amountVnd: 300_000n })
  const told = async () => (isToldEach ? settle() : context.advance(60_000))
  const fees = (await booksNow()).due
  const dispute = counter.fake.openDispute(charge)
  await told()
  counter.fake.closeDispute(dispute.id, 'won')
  await told()
  if (isToldEach) expect(await gifts(code)).toMatchObject([{ heldVnd: 0n, returnedVnd: 0n }])
  counter.fake.reopenDispute(dispute.id)
  await settle()
  expect(await gifts(code)).toMatchObject([{ heldVnd: 300_000n, returnedVnd: 0n }])
  expect(await balance('in_dispute')).toBe(300_000n)
  const rows = () => context.db.select({ state: cardDisputes.state }).from(cardDisputes).where(eq(cardDisputes.stripeId, dispute.id))
  expect(await rows()).toEqual([{ state: 'open' }])
  counter.fake.closeDispute(dispute.id, 'lost')
  await settle()
  expect(await rows()).toEqual([{ state: 'lost' }])
  expect(await gifts(code)).toMatchObject([{ heldVnd: 0n, returnedVnd: 300_000n }])
  expect(await booksNow()).toMatchObject({ line: before.line, inDispute: 0n, due: fees + 390_000n })
  expect(await context.db.$count(cardMovements, eq(cardMovements.sourceId, dispute.id))).toBe(3)
})
