import { desc } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { donations } from '../../db/schema'
import { requestRefund } from '../../lib/cards/refunds'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { makeCampaign, makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf, withFault } from '../setup/faults'

let database: TestDatabase
let context: TestContext
let counter: CardCounter

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  const { slug } = await makeCampaign(context, { goalVnd: 10n ** 10n })
  counter = await openCardCounter(context, database)
  const lost = await pay(slug)
  const dispute = counter.fake.openDispute(lost)
  await settle()
  counter.fake.closeDispute(dispute.id, 'lost')
  await settle()
  await counter.openPage(slug)
  counter.fake.warnOfFraud(lost)
  await settle()
  await counter.stripe.refunds.create({ charge: await pay(slug), amount: 100_000 })
  await settle()
  const [gift] = await context.db.select({ id: donations.id }).from(donations).orderBy(desc(donations.id)).limit(1)
  value(await requestRefund(context, { donationId: gift?.id ?? 0n, amountMinor: 50_000n, reason: 'other', by: 'an', key: 'one' }))
  await settle()
})
afterAll(async () => {
  await counter.close()
  await database.close()
})

const pay = async (slug: string) => {
  const { page } = await counter.openPage(slug, { amountVnd: 300_000n })
  counter.fake.pay(page, 'good')
  await settle()
  const [charge] = (await counter.stripe.charges.list({ limit: 1 })).data
  return charge?.id ?? ''
}
const settle = async () => {
  context.advance(3_000)
  counter.fake.tick()
  await counter.fake.webhooks.deliverDue()
  await sequencePending(context.db, context.now())
}

const TABLES = ['postings', 'donations', 'line_uses', 'line_holds', 'card_payments', 'card_movements', 'card_disputes', 'refunds']

/** What is found after statements of the owner, with triggers off; everything is taken back. */
const foundAfter = (statements: string[]) => withFault(database, TABLES, statements, listDiscrepancies)

test('nothing is found where nothing is wrong', async () => {
  expect(await foundAfter([])).toEqual([])
})

test.each([
  [
    'line totals that differ from what was given',
    [`update line_totals set returned_vnd = returned_vnd + 1, received_vnd = received_vnd + 1`],
  ],
  ['đồng given that their events do not tell of', [`update line_uses set end_vnd = end_vnd - 1`]],
  ['đồng given or held twice', [`update line_holds set end_vnd = end_vnd + 1`]],
  [
    'card payments that are not one donation each',
    [
      `insert into card_payments (fund_id, charge_id, payment_intent_id, currency, amount_minor, amount_vnd, charged_at, created_at)
        select fund_id, 'ch_nobody' || id, 'pi_nobody', currency, amount_minor, amount_vnd, charged_at, created_at from card_payments`,
    ],
  ],
  ['đồng held for what is over', [`update refunds set state = 'rejected', decided_by = 'binh', decided_at = now()`]],
  ['balance at Stripe that differs from what moved it', [`update card_movements set fee_vnd = fee_vnd + 1 where kind = 'charge'`]],
  ['balance at Stripe that differs from what moved it', [`update card_movements set amount_vnd = amount_vnd + 1 where kind = 'refund'`]],
  [
    'balance at Stripe that differs from what moved it',
    [`update postings set amount = amount + 1 where id = (select min(id) from postings)`],
  ],
  ['money in dispute that differs from the disputes', [`update card_disputes set state = 'open', closed_at = null`]],
  ['line totals that differ from the ledger', [`update postings set amount = amount + 1 where id = (select min(id) from postings)`]],
])('%s are found', async (name, statements) => {
  expect(await foundAfter(statements)).toEqual(expect.arrayContaining([expect.stringContaining(`${name}: `)]))
})

const DECIDED = `decided_by = 'binh', decided_at = now()`
const approve = `update refunds set state = 'approved', ${DECIDED}`
const refund = (values: string) => `insert into refunds
  (donation_id, amount_vnd, amount_minor, reason, state, idempotency_key, requested_by, decided_by, decided_at, hold_event_id, requested_at)
  select donation_id, amount_vnd, amount_minor, ${values}, hold_event_id, requested_at from refunds`
/** The line of the campaign, and where its money ends. */
const LINE = `(select line_id from campaigns)`
const END = `(select max(end_vnd) from intervals where line_id = ${LINE})`
const HELD = `(select start_vnd from line_holds where ended_by_event_id is null)`
const USED = `(select max(start_vnd) from line_uses where line_id = ${LINE})`
const EVENT = `(select max(id) from events)`
const hold = (start: string, end: string) =>
  `insert into line_holds (line_id, start_vnd, end_vnd, event_id) values (${LINE}, ${start}, ${end}, ${EVENT})`
const use = (start: string, end: string) =>
  `insert into line_uses (line_id, start_vnd, end_vnd, event_id) values (${LINE}, ${start}, ${end}, ${EVENT})`
/** A gift whose đồng somebody else used, and the reserve that stands in for a stretch of them. */
const takeover = (start: string, end: string, kind = 'reserve_used', more = '') => `with gift as (
    select d.id, i.start_vnd from donations d join intervals i on i.donation_id = d.id order by d.id desc limit 1),
  spent as (insert into events (kind, idempotency_key, day, facts, created_at) values ('spend_paid', 'spent', '2026-11-23', '{}', now()) returning id),
  used as (insert into line_uses (line_id, start_vnd, end_vnd, event_id) select ${LINE}, gift.start_vnd, gift.start_vnd + 100, spent.id from gift, spent returning 1)
  insert into events (kind, idempotency_key, day, facts, created_at, donation_id)
    select '${kind}', 'stood in', '2026-11-23', '{}', now(), gift.id from gift, used;
  insert into line_takeovers (line_id, start_vnd, end_vnd, event_id)
    select ${LINE}, i.start_vnd + ${start}, i.start_vnd + ${end}, e.id from events e join intervals i on i.donation_id = e.donation_id
    where e.idempotency_key = 'stood in'; ${more}`

const refusal = async (statements: string) => {
  let said = 'accepted'
  class Undo extends Error {}
  await context.db
    .transaction(async (tx) => {
      for (const statement of statements.split(/;\s*/).filter(Boolean)) {
        said = await refusalOf(tx, statement)
        if (said !== 'accepted') break
      }
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return said
}

describe('the tables refuse', () => {
  test.each([
    ['a refund of another amount', `update refunds set amount_vnd = amount_vnd + 1`, /stays what was asked for/],
    ['a refund of another gift', `update refunds set donation_id = donation_id - 1`, /stays what was asked for/],
    ['another who asked', `update refunds set requested_by = 'ai'`, /stays what was asked for/],
    ['a refund that begins approved', refund(`reason, 'approved', 'x', 'an', 'binh', now()`), /begins as a request/],
    ['a reason in somebody’s words', refund(`'của chị Lan', 'requested', 'x', 'an', null, null`), /refunds_reason/],
    [
      'a refund that is sent before it is approved',
      `update refunds set state = 'sent', stripe_id = 're_1', ${DECIDED}`,
      /does not go from requested to sent/,
    ],
    ['a refund that was decided, decided by another', `${approve}; update refunds set decided_by = 'chi'`, /stays what was asked for/],
    ['a refund that was approved, rejected', `${approve}; update refunds set state = 'rejected'`, /does not go from approved to rejected/],
    [
      'a refund that was rejected, approved',
      `update refunds set state = 'rejected', ${DECIDED}; update refunds set state = 'approved'`,
      /does not go from rejected to approved/,
    ],
    [
      'a refund that Stripe took, under another id',
      `${approve}; update refunds set state = 'sent', stripe_id = 're_1'; update refunds set state = 'failed', stripe_id = 're_2'`,
      /stays what was asked for/,
    ],
    ['a refund that failed for no reason', `${approve}; update refunds set state = 'failed'`, /refunds_refusal/],
    [
      'a refund that who approved it withdraws',
      `${approve}; update refunds set state = 'withdrawn', withdrawn_by = 'binh'`,
      /refunds_withdrawn/,
    ],
    ['a refund less', `delete from refunds`, /refused|permission denied/],
    ['a dispute over another sum', `update card_disputes set amount_vnd = 1`, /stays as it was told/],
    ['a dispute that was lost, won', `update card_disputes set state = 'won'`, /does not go from lost to won/],
    ['a dispute that was lost, open', `update card_disputes set state = 'open', closed_at = null`, /does not go from lost to open/],
    ['a dispute less', `delete from card_disputes`, /refused|permission denied/],
    ['a page of another sum', `update card_sessions set amount_minor = 1`, /stays as it was opened/],
    ['a page at another address', `update card_sessions set url = 'https://example.com' where state = 'open'`, /stays as it was opened/],
    ['a page under another id', `update card_sessions set stripe_id = 'cs_1' || id where state = 'open'`, /stays as it was opened/],
    ['a page that was paid, open again', `update card_sessions set state = 'open' where state = 'paid'`, /does not go from paid to open/],
    ['a page less', `delete from card_sessions`, /refused|permission denied/],
    ['a warning of another kind', `update card_warnings set fraud_type = 'misc'`, /stays as it was told/],
    [
      'a warning that was looked at by another',
      `update card_warnings set seen_by = 'an', seen_at = now(); update card_warnings set seen_by = 'binh'`,
      /stays as it was told/,
    ],
    ['a warning less', `delete from card_warnings`, /refused|permission denied/],
    ['news that waits, forgotten', `update stripe_events set state = 'waiting'; delete from stripe_events`, /refused/],
    ['a hold on what is held', hold(HELD, `${HELD} + 1`), /are held already/],
    ['a hold on what is given', hold(USED, `${USED} + 1`), /are given already/],
    ['a hold on what has not come', hold(END, `${END} + 1`), /has not received/],
    [
      'a hold that begins ended',
      `insert into line_holds select line_id, 1, 2, event_id, event_id from line_holds limit 1`,
      /laid before it ends/,
    ],
    ['a use of what is held', use(HELD, `${HELD} + 1`), /are held/],
    ['a use of what begins before what is held', use(`${HELD} - 1`, `${HELD} + 1`), /are held/],
    ['a takeover of what nobody spent', takeover('99', '101'), /no spent đồng of the gift/],
    ['a takeover of what went back to the donor', takeover('0', '100', 'reserve_used', takeoverOfReturned()), /no spent đồng of the gift/],
    ['a takeover by something else', takeover('0', '100', 'refund'), /no spent đồng of the gift/],
    [
      'a takeover of what is taken over',
      `${takeover('0', '100')} insert into line_takeovers select line_id, start_vnd + 1, end_vnd, event_id from line_takeovers`,
      /taken over already/,
    ],
    ['another takeover', `${takeover('0', '100')} update line_takeovers set end_vnd = end_vnd - 1`, /stays as it was laid/],
  ])('%s', async (_, statements, name) => {
    expect(await refusal(statements)).toMatch(name)
  })

  test('nothing that is allowed', async () => {
    expect(
      await refusal(`${approve}; update refunds set claimed_until = now(); update refunds set state = 'sent', stripe_id = 're_1'`),
    ).toBe('accepted')
    expect(await refusal(`${approve}; update refunds set state = 'withdrawn', withdrawn_by = 'an'`)).toBe('accepted')
    expect(await refusal(takeover('0', '100', 'reserve_used', `update line_takeovers set ended_by_event_id = event_id`))).toBe('accepted')
    expect(await refusal(`delete from stripe_events where state <> 'waiting'`)).toBe('accepted')
    expect(await refusal(`update card_sessions set state = 'paid' where state = 'open'`)).toBe('accepted')
  })
})

/** A stretch that the gift's own refund took. */
function takeoverOfReturned(): string {
  return `insert into line_takeovers (line_id, start_vnd, end_vnd, event_id)
    select ${LINE}, u.start_vnd, u.end_vnd, e.id from events e join line_uses u on u.start_vnd = ${USED} where e.idempotency_key = 'stood in'`
}
