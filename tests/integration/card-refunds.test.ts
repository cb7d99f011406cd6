import { asc, desc, eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { donations, funds, refunds } from '../../db/schema'
import { closeEndedAppeals } from '../../lib/campaigns/commands'
import { syncUnsettled } from '../../lib/cards/poll'
import { approveRefund, rejectRefund, requestRefund } from '../../lib/cards/refunds'
import { sendApprovedRefunds } from '../../lib/cards/send-refunds'
import { countCardsWaiting } from '../../lib/cards/waiting'
import { withdrawRefund } from '../../lib/cards/withdraw-refund'
import { getGift } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { giveToReserve } from '../factories/books'
import { addDays, dayOf, startOfDay } from '../../lib/time/day'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const HOUR_MS = 3_600_000

let database: TestDatabase
let context: TestContext
let counter: CardCounter
let campaign: MadeCampaign
let wishes = 0

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { goalVnd: 10n ** 10n, neededBy: '2099-12-31' })
  counter = await openCardCounter(context, database)
})
beforeEach(() => counter.fake.setRefundFunds('enough'))
afterAll(async () => {
  expect(await listDiscrepancies(context.db)).toEqual([])
  await counter.close()
  await database.close()
})

const settle = () => counter.settle()
/** A gift by card, of which a part is to go back and another person agreed. */
const approved = async (amountMinor: bigint, amountVnd = 300_000n) => {
  const { code, charge } = await counter.pay(campaign.slug, { amountVnd })
  const [gift] = await context.db.select({ id: donations.id }).from(donations).orderBy(desc(donations.id)).limit(1)
  if (!gift) throw new Error('no gift')
  const wish = { donationId: gift.id, amountMinor, reason: 'requested_by_donor' as const, by: 'an', key: `wish-${(wishes += 1)}` }
  const { refundId } = value(await requestRefund(context, wish))
  value(await approveRefund(context, { refundId, by: 'binh' }))
  return { code, charge, refundId }
}
const madeOf = async (charge: string) => (await counter.stripe.refunds.list({ charge })).data
const requestOf = async (refundId: bigint) => {
  const [row] = await context.db.select({ state: refunds.state, stripeId: refunds.stripeId }).from(refunds).where(eq(refunds.id, refundId))
  return row
}
const partsOf = async (code: string) =>
  (await getGift(context, code, 'vi'))?.gifts.map(({ heldVnd, returnedVnd }) => ({ heldVnd, returnedVnd }))

describe('a refund is sent once', () => {
  test('though it waits at Stripe for longer than Stripe remembers a key', async () => {
    const { code, charge, refundId } = await approved(100_000n)
    counter.fake.setRefundFunds('wait')
    await sendApprovedRefunds(counter.context)
    expect(await partsOf(code)).toEqual([{ heldVnd: 100_000n, returnedVnd: 0n }])
    context.advance(48 * HOUR_MS)
    await sendApprovedRefunds(counter.context)
    const [made, ...more] = await madeOf(charge)
    expect(more).toEqual([])
    expect(await requestOf(refundId)).toEqual({ state: 'sent', stripeId: made?.id })
    counter.fake.fundRefund(made?.id ?? '')
    await settle()
    expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 100_000n }])
  })

  test('though nobody was there to hear that it was made, until Stripe had forgotten its key', async () => {
    const { code, charge, refundId } = await approved(100_000n)
    // As the site sends it, in a process that is gone when the answer comes.
    const key = (await context.db.select({ key: refunds.idempotencyKey }).from(refunds).where(eq(refunds.id, refundId)))[0]?.key ?? ''
    await counter.stripe.refunds.create(
      { charge, amount: 100_000, metadata: { refund: key } },
      { idempotencyKey: `tung-dong/refund/${key}` },
    )
    for (const { event } of counter.fake.webhooks.waiting()) counter.fake.webhooks.drop(event.id)
    context.advance(25 * HOUR_MS)
    await sendApprovedRefunds(counter.context)
    expect(await madeOf(charge)).toHaveLength(1)
    await settle()
    expect(await requestOf(refundId)).toMatchObject({ state: 'sent' })
    expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 100_000n }])
  })
})

test('a refund that failed before it moved anything lets go of what was held, also where no webhook told', async () => {
  const { code, charge, refundId } = await approved(100_000n)
  counter.fake.setRefundFunds('wait')
  await sendApprovedRefunds(counter.context)
  const [made] = await madeOf(charge)
  await settle()
  counter.fake.failRefund(made?.id ?? '')
  for (const { event } of counter.fake.webhooks.waiting()) counter.fake.webhooks.drop(event.id)
  await syncUnsettled(counter.context, counter.account)
  expect(await requestOf(refundId)).toEqual({ state: 'failed', stripeId: made?.id })
  expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 0n }])
  await settle()
})

test('a refund for which Stripe’s balance is too small is sent when it is large enough', async () => {
  const { code, refundId } = await approved(100_000n)
  counter.fake.setRefundFunds('refuse')
  await sendApprovedRefunds(counter.context)
  expect(await requestOf(refundId)).toMatchObject({ state: 'approved' })
  expect(await partsOf(code)).toEqual([{ heldVnd: 100_000n, returnedVnd: 0n }])
  counter.fake.setRefundFunds('enough')
  // The refusal stands under the key for a day.
  context.advance(25 * HOUR_MS)
  await sendApprovedRefunds(counter.context)
  await settle()
  expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 100_000n }])
})

describe('a refund that Stripe does not take', () => {
  test('for good fails by itself, with the reason, and holds nothing any more', async () => {
    const { code, charge, refundId } = await approved(100_000n)
    counter.fake.refuseRefundsOf(charge)
    await sendApprovedRefunds(counter.context)
    const [row] = await context.db.select().from(refunds).where(eq(refunds.id, refundId))
    expect(row).toMatchObject({ state: 'failed', refusal: 'charge_not_refundable', stripeId: null, decidedBy: 'binh' })
    expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 0n }])
    await sequencePending(context.db, context.now())
  })

  test('is withdrawn by another person than who approved it, and told of after a day', async () => {
    const { code, refundId } = await approved(100_000n)
    counter.fake.setRefundFunds('refuse')
    await sendApprovedRefunds(counter.context)
    expect(await withdrawRefund(counter.context, { refundId, by: 'binh' })).toEqual({ ok: false, refusal: 'same_person' })
    counter.fake.trouble('server error', 'server error', 'server error')
    expect(await withdrawRefund(counter.context, { refundId, by: 'chi' })).toEqual({ ok: false, refusal: 'unreachable' })
    context.advance(25 * HOUR_MS)
    expect(await countCardsWaiting(context)).toMatchObject({ refundsUnsent: 1 })
    expect(await withdrawRefund(counter.context, { refundId, by: 'chi' })).toEqual({ ok: true, value: null })
    expect(await requestOf(refundId)).toEqual({ state: 'withdrawn', stripeId: null })
    expect(await withdrawRefund(counter.context, { refundId, by: 'chi' })).toEqual({ ok: false, refusal: 'not_approved' })
    expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 0n }])
    expect(await countCardsWaiting(context)).toMatchObject({ refundsUnsent: 0 })
    await sequencePending(context.db, context.now())
  })

  test('is not withdrawn where Stripe took it and nobody heard, nor while it may be on its way', async () => {
    const { code, charge, refundId } = await approved(100_000n)
    // What is asked first is answered; the refund is made, and its answer lost, with all tries after it.
    const well = { answerAfter: Promise.resolve() }
    counter.fake.trouble(well, well, 'answer lost', 'server error', 'server error')
    await sendApprovedRefunds(counter.context)
    for (const { event } of counter.fake.webhooks.waiting()) counter.fake.webhooks.drop(event.id)
    expect(await withdrawRefund(counter.context, { refundId, by: 'chi' })).toEqual({ ok: false, refusal: 'being_sent' })
    context.advance(HOUR_MS)
    expect(await withdrawRefund(counter.context, { refundId, by: 'chi' })).toEqual({ ok: false, refusal: 'taken' })
    await sendApprovedRefunds(counter.context)
    expect(await madeOf(charge)).toHaveLength(1)
    expect(await requestOf(refundId)).toMatchObject({ state: 'sent' })
    await settle()
    expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 100_000n }])
  })

  test('is sent by one of those who would send it at once', async () => {
    const { charge, refundId } = await approved(100_000n)
    const asked = () => counter.fake.requests.filter(({ method, path }) => method === 'POST' && path === '/v1/refunds').length
    const before = asked()
    await Promise.all([sendApprovedRefunds(counter.context), sendApprovedRefunds(counter.context)])
    expect(asked()).toBe(before + 1)
    expect(await madeOf(charge)).toHaveLength(1)
    expect(await requestOf(refundId)).toMatchObject({ state: 'sent' })
    await settle()
  })
})

describe('a refund that was approved before a dispute', () => {
  test('is sent when the dispute was won', async () => {
    const { code, charge, refundId } = await approved(100_000n)
    const dispute = counter.fake.openDispute(charge)
    await sendApprovedRefunds(counter.context)
    await settle()
    await sendApprovedRefunds(counter.context)
    expect(await requestOf(refundId)).toMatchObject({ state: 'approved' })
    counter.fake.closeDispute(dispute.id, 'won')
    await settle()
    await sendApprovedRefunds(counter.context)
    await settle()
    expect(await requestOf(refundId)).toMatchObject({ state: 'sent' })
    expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 100_000n }])
  })

  test('comes to nothing when it was lost', async () => {
    const { code, charge, refundId } = await approved(100_000n)
    const dispute = counter.fake.openDispute(charge)
    await settle()
    counter.fake.closeDispute(dispute.id, 'lost')
    await settle()
    await sendApprovedRefunds(counter.context)
    await sequencePending(context.db, context.now())
    expect(await requestOf(refundId)).toMatchObject({ state: 'failed' })
    expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 300_000n }])
  })
})

test('of what came after an emergency appeal, what did not go back by Stripe’s own hand is asked for', async () => {
  const appeal = await makeCampaign(context, { slug: 'khan-cap', category: 'suc-khoe', isEmergency: true, neededBy: dayOf(context.now()) })
  const midnight = startOfDay(addDays(dayOf(context.now()), 1)).getTime()
  context.setNow(new Date(midnight - 10 * 60_000))
  const { code, page } = await counter.openPage(appeal.slug)
  context.setNow(new Date(midnight))
  counter.fake.pay(page, 'good')
  const [charge] = (await counter.stripe.charges.list({ limit: 1 })).data
  await counter.stripe.refunds.create({ charge: charge?.id ?? '', amount: 85_000 })
  await settle()
  await settle()
  expect(await partsOf(code)).toEqual([{ heldVnd: 100_000n, returnedVnd: 85_000n }])
  const requests = async () =>
    (
      await context.db
        .select({ id: refunds.id, key: refunds.idempotencyKey, state: refunds.state, amountMinor: refunds.amountMinor })
        .from(refunds)
        .where(like(refunds.idempotencyKey, `return/${charge?.id}%`))
        .orderBy(asc(refunds.id))
    ).map(({ key, ...row }) => ({ ...row, key: key.replace(charge?.id ?? '', 'ch') }))
  const last = async () => (await requests()).at(-1)?.id ?? 0n
  // It may not be kept: what is rejected is asked for again, and so is what failed.
  value(await rejectRefund(context, { refundId: await last(), by: 'binh' }))
  await settle()
  await syncUnsettled(counter.context, counter.account)
  value(await approveRefund(context, { refundId: await last(), by: 'binh' }))
  await sendApprovedRefunds(counter.context)
  await settle()
  await syncUnsettled(counter.context, counter.account)
  expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 185_000n }])
  counter.fake.failRefund((await madeOf(charge?.id ?? ''))[0]?.id ?? '')
  await settle()
  await syncUnsettled(counter.context, counter.account)
  await syncUnsettled(counter.context, counter.account)
  expect(await requests()).toMatchObject([
    { key: 'return/ch', state: 'rejected', amountMinor: 100_000n },
    { key: 'return/ch/2', state: 'failed', amountMinor: 100_000n },
    { key: 'return/ch/3', state: 'requested', amountMinor: 100_000n },
  ])
  expect(await partsOf(code)).toEqual([{ heldVnd: 100_000n, returnedVnd: 85_000n }])
})

test('a gift to an emergency appeal that was charged in time is the appeal’s, though it is booked when that is closed', async () => {
  const today = dayOf(context.now())
  const appeal = await makeCampaign(context, { slug: 'khan-cap-2', category: 'sach-vo', isEmergency: true, neededBy: today })
  const midnight = startOfDay(addDays(today, 1)).getTime()
  context.setNow(new Date(midnight - 10 * 60_000))
  const { code, page } = await counter.openPage(appeal.slug)
  counter.fake.pay(page, 'good')
  context.setNow(new Date(midnight + 60_000))
  expect(await closeEndedAppeals(context)).toContain(appeal.slug)
  await settle()
  expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ line: 'campaign', heldVnd: 0n }])
})

test('refunds of a fund that takes no cards any more hold nobody else’s up', async () => {
  const [fund] = await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, 'ninh-thuan'))
  await giveToReserve(context, fund?.id ?? 0, 1_000_000n)
  await sequencePending(context.db, context.now())
  const [old] = await context.db
    .select()
    .from(donations)
    .where(eq(donations.fundId, fund?.id ?? 0))
    .orderBy(asc(donations.id))
  for (let index = 0; index < 25; index++) {
    const wish = { donationId: old?.id ?? 0n, amountMinor: 1_000n, reason: 'other' as const, by: 'an', key: `old-${index}` }
    value(await approveRefund(context, { refundId: value(await requestRefund(context, wish)).refundId, by: 'binh' }))
  }
  const { refundId } = await approved(100_000n)
  await sendApprovedRefunds(counter.context)
  expect(await requestOf(refundId)).toMatchObject({ state: 'sent' })
  await settle()
})
