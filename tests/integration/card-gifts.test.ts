import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST } from '../../app/api/webhooks/stripe/route'
import {
  cardDisputes,
  cardMovements,
  cardSessions,
  donations,
  type ledgerAccounts,
  lineTakeovers,
  lineTotals,
  refunds,
  stripeEvents,
} from '../../db/schema'
import { openCardPage } from '../../lib/cards/commands'
import { pollMovements } from '../../lib/cards/poll'
import { approveRefund, rejectRefund, requestRefund } from '../../lib/cards/refunds'
import { sendApprovedRefunds } from '../../lib/cards/send-refunds'
import { refreshCardGift } from '../../lib/cards/sync'
import { getGift } from '../../lib/pledges/queries'
import { linesAsCsv } from '../../lib/public-lines/csv'
import { followAllLines } from '../../lib/public-lines/follow'
import { NO_FILTER } from '../../lib/public-lines/model'
import { readLines } from '../../lib/public-lines/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { availableOn } from '../../lib/money-line/uses'
import { dollars, openCardCounter, type CardCounter } from '../factories/cards'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { balanceOf, giveToReserve } from '../factories/books'
import { spend } from '../factories/spending'
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
  campaign = await makeCampaign(context, { goalVnd: 10n ** 10n })
  counter = await openCardCounter(context, database)
})
afterAll(async () => {
  await counter.close()
  await database.close()
})

const settle = () => counter.settle()
const balance = (kind: typeof ledgerAccounts.$inferSelect.kind, source: 'donation' | 'state_budget' = 'donation') =>
  balanceOf(context, 'ha-noi', source, kind)
const received = async () => {
  const [row] = await context.db.select().from(lineTotals).where(eq(lineTotals.lineId, campaign.lineId))
  return row?.netVnd ?? 0n
}
const donationOf = async (code: string) => {
  const gift = await getGift(context, code, 'vi')
  const [row] = await context.db.select().from(donations).orderBy(desc(donations.id)).limit(1)
  if (!gift || !row) throw new Error('no gift')
  return row
}
/** Pledges, pays and lets everything arrive. */
const paid = async (wish: Parameters<CardCounter['pay']>[1] = {}) => {
  const { code, charge } = await counter.pay(campaign.slug, wish)
  return { code, charge, donation: await donationOf(code) }
}

describe('a gift by card', () => {
  test('is booked gross, with the fee as a debt of the state budget', async () => {
    const before = { clearing: await balance('stripe_clearing'), due: await balance('due_from_state_budget'), line: await received() }
    const { code } = await paid({ amountVnd: 200_000n })
    expect(await getGift(context, code, 'vi')).toMatchObject({
      state: 'received',
      card: 'paid',
      gifts: [{ amountVnd: 200_000n, via: 'card', charged: null, returnedVnd: 0n, heldVnd: 0n, line: 'campaign' }],
    })
    expect(await balance('stripe_clearing')).toBe(before.clearing + 183_200n)
    expect(await balance('due_from_state_budget')).toBe(before.due + 16_800n)
    expect(await balance('admin_expense', 'state_budget')).toBe(await balance('due_from_state_budget'))
    expect(await received()).toBe(before.line + 200_000n)
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('in dollars is booked in đồng once Stripe has settled it, with what was charged beside it', async () => {
    const { code, page } = await counter.openPage(campaign.slug, dollars(2_000n))
    counter.fake.pay(page, 'good')
    await counter.fake.webhooks.deliverDue()
    expect((await getGift(context, code, 'vi'))?.gifts).toEqual([])
    await settle()
    expect(await getGift(context, code, 'en')).toMatchObject({
      state: 'received',
      pledged: { kind: 'foreign', currency: 'usd', amountMinor: 2_000n },
      gifts: [{ amountVnd: 520_000n, charged: { currency: 'usd', amountMinor: 2_000n, rate: '260' } }],
    })
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('is booked when its donor comes back, although no webhook came', async () => {
    const { code, page } = await counter.openPage(campaign.slug)
    counter.fake.pay(page, 'good')
    for (const { event } of counter.fake.webhooks.waiting()) counter.fake.webhooks.drop(event.id)
    await refreshCardGift(counter.context, code)
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'received', card: 'paid' })
    await settle()
  })

  test('is found by asking for changes of the balance, although every webhook was lost', async () => {
    const { code, page } = await counter.openPage(campaign.slug)
    counter.fake.pay(page, 'good')
    context.advance(3_000)
    counter.fake.tick()
    for (const { event } of counter.fake.webhooks.waiting()) counter.fake.webhooks.drop(event.id)
    expect((await getGift(context, code, 'vi'))?.state).toBe('open')
    const { missed, next } = await pollMovements(counter.context, counter.account, null)
    expect(missed).toBeGreaterThan(0)
    expect((await getGift(context, code, 'vi'))?.state).toBe('received')
    expect((await pollMovements(counter.context, counter.account, next)).missed).toBe(0)
    await sequencePending(context.db, context.now())
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('that was declined, or completed unpaid, is no money', async () => {
    const declined = await counter.openPage(campaign.slug)
    counter.fake.pay(declined.page, 'declined')
    const later = await counter.openPage(campaign.slug)
    counter.fake.pay(later.page, 'async')
    await settle()
    expect(await getGift(context, declined.code, 'vi')).toMatchObject({ state: 'open', card: 'open', gifts: [] })
    expect(await getGift(context, later.code, 'vi')).toMatchObject({ state: 'open', card: 'processing', gifts: [] })
    expect(await openCardPage(counter.context, { ...later, visitor: null })).toEqual({ ok: false, refusal: 'not_open' })
    counter.fake.confirmLater(later.page, 'succeeded')
    await settle()
    expect(await getGift(context, later.code, 'vi')).toMatchObject({ state: 'received', card: 'paid' })
  })

  test('fails when its bank says no, and may be tried again', async () => {
    const { code, secret, page } = await counter.openPage(campaign.slug)
    counter.fake.pay(page, 'async')
    counter.fake.confirmLater(page, 'failed')
    await settle()
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'open', card: 'failed', gifts: [] })
    const { url } = value(await openCardPage(counter.context, { code, secret, visitor: null }))
    expect(url).not.toContain(page)
  })
})

describe('a page', () => {
  test('is one, however often it is asked for, and another once it has ended', async () => {
    const { code, secret, page } = await counter.openPage(campaign.slug)
    const again = await Promise.all([1, 2, 3].map(() => openCardPage(counter.context, { code, secret, visitor: null })))
    for (const one of again) expect(value(one).url).toContain(page)
    context.advance(2 * 3_600_000)
    await settle()
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'open', card: 'expired' })
    expect(value(await openCardPage(counter.context, { code, secret, visitor: null })).url).not.toContain(page)
  })

  test('is the same one after an answer was lost on the way', async () => {
    counter.fake.trouble('answer lost', 'server error')
    const { code, page } = await counter.openPage(campaign.slug)
    const rows = await context.db.select().from(cardSessions).where(eq(cardSessions.stripeId, page))
    expect(rows).toMatchObject([{ state: 'open', attempt: 1 }])
    expect(
      (await counter.stripe.checkout.sessions.list({ limit: 100 })).data.filter((one) => one.client_reference_id === code),
    ).toHaveLength(1)
  })

  test('is not opened where Stripe does not answer: the pledge stands and may be tried again', async () => {
    const { makePledge } = await import('../factories/giving')
    const pledge = await makePledge(context, campaign.slug, { method: 'card' })
    const key = { ...pledge, visitor: null }
    counter.fake.trouble('server error', 'server error', 'server error')
    expect(await openCardPage(counter.context, key)).toEqual({ ok: false, refusal: 'unreachable' })
    expect((await getGift(context, pledge.code, 'vi'))?.state).toBe('open')
    expect((await openCardPage(counter.context, key)).ok).toBe(true)
    expect(await openCardPage(counter.context, { ...key, secret: 'no' })).toEqual({ ok: false, refusal: 'not_found' })
  })

  test('is refused where the fund takes no cards, or the pledge is not by card', async () => {
    const { makePledge } = await import('../factories/giving')
    const byTransfer = await makePledge(context, campaign.slug)
    expect(await openCardPage(counter.context, { ...byTransfer, visitor: null })).toEqual({ ok: false, refusal: 'no_cards' })
    const other = await makeCampaign(context, { fund: 'ninh-thuan', slug: 'noi-khac' })
    const pledge = await makePledge(context, other.slug, { method: 'card' })
    expect(await openCardPage(counter.context, { ...pledge, visitor: null })).toEqual({ ok: false, refusal: 'no_cards' })
  })
})

describe('the webhook', () => {
  const send = (body: string, signature: string | null) =>
    POST(
      new Request('http://x/api/webhooks/stripe', {
        method: 'POST',
        body,
        headers: signature === null ? {} : { 'stripe-signature': signature },
      }),
    )
  const signed = async (event: object, secret = counter.account.webhookSecret, at = context.now()) => {
    const payload = JSON.stringify(event)
    const { default: Stripe } = await import('stripe')
    const timestamp = Math.floor(at.getTime() / 1000)
    return send(payload, Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }))
  }
  const unknown = {
    id: 'evt_unknown',
    object: 'event',
    type: 'customer.created',
    data: { object: { id: 'cus_1', email: 'lan@example.org' } },
  }

  test('refuses what is not signed, signed by another or signed long ago, and keeps nothing', async () => {
    const before = await context.db.$count(stripeEvents)
    expect((await send(JSON.stringify(unknown), null)).status).toBe(401)
    expect((await signed(unknown, 'whsec_anotherSecret')).status).toBe(401)
    expect((await signed(unknown, undefined, new Date(context.now().getTime() - 301_000))).status).toBe(401)
    expect(await context.db.$count(stripeEvents)).toBe(before)
  })

  test('keeps and acknowledges what it does not know, without what it says of people', async () => {
    expect((await signed(unknown)).status).toBe(200)
    expect((await signed(unknown)).status).toBe(200)
    const rows = await context.db.select().from(stripeEvents).where(eq(stripeEvents.stripeId, 'evt_unknown'))
    expect(rows).toMatchObject([{ type: 'customer.created', state: 'unknown', objectId: 'cus_1' }])
    expect(JSON.stringify(rows)).not.toContain('lan@')
  })

  test('believes nothing of what it is told: the object is asked for anew', async () => {
    const { code, page } = await counter.openPage(campaign.slug)
    const told = { id: page, status: 'complete', payment_status: 'paid', payment_intent: 'pi_none', metadata: { pledge: code } }
    expect((await signed({ id: 'evt_lie', object: 'event', type: 'checkout.session.completed', data: { object: told } })).status).toBe(200)
    expect(await getGift(context, code, 'vi')).toMatchObject({ state: 'open', card: 'open', gifts: [] })
  })
})

describe('what goes back', () => {
  test('is held when it is asked for, and leaves the line when two people agreed and Stripe sent it', async () => {
    const { code, donation } = await paid({ amountVnd: 300_000n })
    const before = await received()
    const wish = { donationId: donation.id, amountMinor: 100_000n, reason: 'requested_by_donor' as const, by: 'an', key: 'mot' }
    const { refundId } = value(await requestRefund(context, wish))
    expect(value(await requestRefund(context, wish)).refundId).toBe(refundId)
    expect(await requestRefund(context, { ...wish, amountMinor: 90_000n })).toEqual({ ok: false, refusal: 'key_taken' })
    expect(await requestRefund(context, { ...wish, donationId: donation.id - 1n })).toEqual({ ok: false, refusal: 'key_taken' })
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ heldVnd: 100_000n, returnedVnd: 0n }])
    expect(await approveRefund(context, { refundId, by: 'an' })).toEqual({ ok: false, refusal: 'same_person' })
    expect(await requestRefund(context, { ...wish, key: 'hai', amountMinor: 250_000n })).toEqual({ ok: false, refusal: 'not_available' })
    value(await approveRefund(context, { refundId, by: 'binh' }))
    await sequencePending(context.db, context.now())
    await sendApprovedRefunds(counter.context)
    await settle()
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ amountVnd: 300_000n, heldVnd: 0n, returnedVnd: 100_000n }])
    expect(await received()).toBe(before - 100_000n)
    expect(await rejectRefund(context, { refundId, by: 'binh' })).toEqual({ ok: false, refusal: 'decided_already' })
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('after the closing day of an emergency appeal is asked for by itself, and approved by a person', async () => {
    const appeal = await makeCampaign(context, { slug: 'khan-cap', category: 'suc-khoe', isEmergency: true, neededBy: '2026-12-01' })
    // Ten minutes before midnight in Hà Nội; Stripe keeps a page open for half an hour at least.
    context.setNow('2026-12-01T16:50:00Z')
    const { code, page } = await counter.openPage(appeal.slug)
    context.setNow('2026-12-01T17:10:00Z')
    counter.fake.pay(page, 'good')
    await settle()
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ line: 'to_return', amountVnd: 185_000n, heldVnd: 185_000n }])
    const [asked] = await context.db.select().from(refunds).orderBy(desc(refunds.id)).limit(1)
    expect(asked).toMatchObject({ state: 'requested', amountVnd: 185_000n, requestedBy: 'closing-day' })
    await followAllLines(context.db, context.now())
    const asCsv = { sort: 'newest', locale: 'vi' } as const
    const [, told] = parse(await buffer(linesAsCsv(context, { ...NO_FILTER, code }, asCsv)), { bom: true })
    expect([told?.[6], told?.at(-1)]).toEqual(['Đến sau khi đợt kêu gọi khép lại, phải trả lại', 'không có dòng riêng'])
    const line = async () => (await readLines(context.db, [BigInt(told?.[0] ?? 0)], 'vi'))[0]
    expect(await line()).toMatchObject({ class: 'to_return', isReturned: false, isStated: null })
    value(await approveRefund(context, { refundId: asked?.id ?? 0n, by: 'binh' }))
    await sendApprovedRefunds(counter.context)
    await settle()
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ heldVnd: 0n, returnedVnd: 185_000n }])
    expect(await line()).toMatchObject({ isReturned: true })
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('is let go when another person says no', async () => {
    const { code, donation } = await paid()
    const { refundId } = value(
      await requestRefund(context, { donationId: donation.id, amountMinor: 185_000n, reason: 'other', by: 'an', key: 'ba' }),
    )
    value(await rejectRefund(context, { refundId, by: 'binh' }))
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ heldVnd: 0n, returnedVnd: 0n }])
  })

  test('by Stripe’s own hand is booked too, and enters the line again when the bank sends it back', async () => {
    const { code, charge } = await paid()
    const before = await received()
    const refund = await counter.stripe.refunds.create({ charge })
    await settle()
    expect(await received()).toBe(before - 185_000n)
    counter.fake.failRefund(refund.id)
    await settle()
    expect(await received()).toBe(before)
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ amountVnd: 185_000n, returnedVnd: 0n }])
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('of dollars takes the gift’s own đồng; what the rate made of it is the state budget’s', async () => {
    counter.fake.setRates({ usd: 254.3 })
    const { code, charge } = await paid(dollars(2_000n))
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ amountVnd: 508_600n }])
    const before = { line: await received(), due: await balance('due_from_state_budget') }
    counter.fake.setRates({ usd: 260 })
    for (const amount of [667, 667, 666]) await counter.stripe.refunds.create({ charge, amount })
    await settle()
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ returnedVnd: 508_600n }])
    expect(await received()).toBe(before.line - 508_600n)
    expect(await balance('due_from_state_budget')).toBe(before.due + 520_000n - 508_600n)
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('waits for the end of a dispute, and is the children’s again where it was won', async () => {
    const { code, charge } = await paid()
    const before = { line: await received(), clearing: await balance('stripe_clearing'), due: await balance('due_from_state_budget') }
    const dispute = counter.fake.openDispute(charge)
    await settle()
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ heldVnd: 185_000n, returnedVnd: 0n }])
    expect(await balance('in_dispute')).toBe(185_000n)
    expect(await balance('stripe_clearing')).toBe(before.clearing - 185_000n - 390_000n)
    counter.fake.closeDispute(dispute.id, 'won')
    await settle()
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ heldVnd: 0n, returnedVnd: 0n }])
    expect([
      await balance('in_dispute'),
      await balance('stripe_clearing'),
      await balance('due_from_state_budget'),
      await received(),
    ]).toEqual([0n, before.clearing, before.due, before.line])
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('leaves the line where a dispute was lost; for what was spent the reserve stands in, and then the fund', async () => {
    const { code, charge, donation } = await paid({ amountVnd: 500_000n })
    // A spend has taken the first 300.000 ₫ of the gift.
    const gift = await getGift(context, code, 'vi')
    const startVnd = gift?.gifts[0]?.interval?.startVnd ?? 0n
    // It was the last to come: all that is free before it is spent as well.
    const freeVnd = await context.db.transaction((tx) => availableOn(tx, campaign.lineId))
    expect(await spend(context, campaign.slug, freeVnd - 200_000n)).toBe(true)
    await sequencePending(context.db, context.now())
    await giveToReserve(context, donation.fundId, 100_000n)
    await sequencePending(context.db, context.now())
    const before = { line: await received(), owed: await balance('due_from_fund') }
    const dispute = counter.fake.openDispute(charge)
    await settle()
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ heldVnd: 200_000n }])
    counter.fake.closeDispute(dispute.id, 'lost')
    await settle()
    expect((await getGift(context, code, 'vi'))?.gifts).toMatchObject([{ heldVnd: 0n, returnedVnd: 500_000n }])
    expect(await received()).toBe(before.line - 200_000n)
    expect(await balance('due_from_fund')).toBe(before.owed + 200_000n)
    expect(await balance('in_dispute')).toBe(0n)
    expect(await context.db.select().from(cardDisputes).where(eq(cardDisputes.stripeId, dispute.id))).toMatchObject([{ state: 'lost' }])
    // The reserve stands in for the last of what was spent; the fund owes the rest of it.
    const takenOver = await context.db.select().from(lineTakeovers)
    expect(takenOver).toMatchObject([{ lineId: campaign.lineId, startVnd, endVnd: startVnd + 300_000n }])
  })
})

test('each change of the balance at Stripe is written down once, and the books have the same balance', async () => {
  await settle()
  await pollMovements(counter.context, counter.account, null)
  const movements = await context.db.select().from(cardMovements)
  const { available, pending } = await counter.stripe.balance.retrieve()
  const atStripe = [...available, ...pending].reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  expect(movements.reduce((sum, { amountVnd, feeVnd }) => sum + amountVnd - feeVnd, 0n)).toBe(atStripe)
  // What the reserve was given in this file never was at Stripe.
  expect(await balance('stripe_clearing')).toBe(atStripe + 100_000n)
})
