import fc from 'fast-check'
import { and, asc, eq, inArray, isNull, notLike, or, sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { cardDisputes, cardMovements, cardPayments, cardSessions, donations, events, lineHolds, pledges } from '../../db/schema'
import { processDueEvents } from '../../lib/cards/inbox'
import { pollMovements, syncUnsettled } from '../../lib/cards/poll'
import { approveRefund, requestRefund } from '../../lib/cards/refunds'
import { sendApprovedRefunds } from '../../lib/cards/send-refunds'
import { refreshCardGift } from '../../lib/cards/sync'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import type { CardName } from '../fakes/stripe/cards'
import type { Outcome } from '../fakes/stripe/disputes'
import { idOf } from '../fakes/stripe/world'
import { balanceOf, giveToReserve } from '../factories/books'
import { dollars, openCardCounter, type CardCounter } from '../factories/cards'
import { wrongOf } from '../factories/public-log'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { spend } from '../factories/spending'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const RUNS = process.env['SOAK'] ? 300 : inject('engine') === 'embedded' ? 6 : 8
/** A soak makes as many as there is time for. */
const SOAK_MS = 5 * 60_000
const DAY_S = 86_400
const RESERVE_VND = 3_000_000n

let database: TestDatabase
let context: TestContext
let counter: CardCounter
let campaign: MadeCampaign
let key = 0

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { goalVnd: 10n ** 11n, neededBy: '2099-12-31' })
  counter = await openCardCounter(context, database)
  // A reserve that is too small for all that is spent and goes back.
  await giveToReserve(context, 1, RESERVE_VND)
  await sequencePending(context.db, context.now())
})
afterAll(async () => {
  await counter.close()
  await database.close()
})

/** What may happen between a donor, a bank, Stripe and us. `at` picks one of what there is. */
type Step =
  | { does: 'pledge' | 'give'; amountVnd: number; isForeign: boolean }
  | { does: 'pay'; at: number; card: CardName }
  | { does: 'confirm'; at: number; isGood: boolean }
  | { does: 'come back'; at: number }
  | { does: 'refund at Stripe' | 'refund here'; at: number; share: number }
  | { does: 'refund fails' | 'refund is funded' | 'dispute' | 'dispute of the whole'; at: number }
  | { does: 'refund funds'; kind: 'enough' | 'wait' | 'refuse' }
  | { does: 'decide'; at: number; outcome: Outcome }
  | { does: 'reopen'; at: number }
  | { does: 'spend'; amountVnd: number }
  | { does: 'rate'; usd: number }
  | { does: 'pay out' | 'sequence' | 'due' | 'poll' | 'quiet' }
  | { does: 'wait'; seconds: number }
  | { does: 'deliver' | 'shuffle'; seed: number }
  | { does: 'drop' | 'repeat' | 'replay' | 'delay'; at: number }
  | { does: 'trouble'; kind: 'request lost' | 'answer lost' | 'too many requests' | 'server error' }

const at = fc.nat(1_000)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      does: fc.constantFrom('pledge' as const, 'give' as const),
      amountVnd: fc.integer({ min: 20, max: 900 }).map((k) => k * 1000 + 1),
      isForeign: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('pay' as const),
      at,
      card: fc.constantFrom<CardName>('good', 'good', 'good', 'declined', 'async', 'async'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('confirm' as const), at, isGood: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('come back' as const), at }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('refund at Stripe' as const, 'refund here' as const),
      at,
      share: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('refund fails' as const, 'refund is funded' as const, 'dispute' as const, 'dispute of the whole' as const),
      at,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('refund funds' as const),
      kind: fc.constantFrom('enough' as const, 'enough' as const, 'wait' as const, 'refuse' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('decide' as const),
      at,
      outcome: fc.constantFrom<Outcome>('won', 'lost', 'partially won', 'prevented'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('reopen' as const), at }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('spend' as const), amountVnd: fc.integer({ min: 10, max: 2_000 }).map((k) => k * 1000 + 7) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('rate' as const), usd: fc.integer({ min: 2400, max: 2800 }).map((tenths) => tenths / 10) }),
  },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('pay out' as const, 'sequence' as const, 'sequence' as const, 'due' as const, 'poll' as const, 'quiet' as const)
      .map((does) => ({ does })),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      seconds: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 60, max: 2 * DAY_S })),
    }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constantFrom('deliver' as const, 'shuffle' as const), seed: fc.nat() }) },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constantFrom('drop' as const, 'repeat' as const, 'replay' as const, 'delay' as const), at }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('trouble' as const),
      kind: fc.constantFrom('request lost' as const, 'answer lost' as const, 'too many requests' as const, 'server error' as const),
    }),
  },
)

/** What the reserve was given never was there. */
const isAtStripe = notLike(cardPayments.chargeId, 'ch_reserve%')

/** One of what there is, or nothing. */
const pick = <T>(all: readonly T[], index: number): T | undefined => (all.length === 0 ? undefined : all[index % all.length])

/** What may fail because there is nothing of the kind, as people and Stripe refuse it: it changes nothing. */
async function attempt(work: () => unknown): Promise<void> {
  try {
    await work()
  } catch {
    // Refused: a charge that is refunded already, a dispute that is closed, trouble on the way.
  }
}

async function take(one: Step, pages: { code: string; page: string }[]): Promise<void> {
  const { fake, stripe } = counter
  const charges = async () => (await stripe.charges.list({ limit: 100 })).data.filter(({ status }) => status === 'succeeded')
  switch (one.does) {
    case 'pledge':
    case 'give':
      await attempt(async () =>
        pages.push(
          await counter.openPage(
            campaign.slug,
            one.isForeign ? dollars(BigInt(one.amountVnd % 5_000) + 100n) : { amountVnd: BigInt(one.amountVnd) },
          ),
        ),
      )
      if (one.does === 'give') await attempt(() => fake.pay(pages.at(-1)?.page ?? '', 'good'))
      return
    case 'pay':
      return attempt(() => fake.pay(pick(pages, one.at)?.page ?? '', one.card))
    case 'confirm':
      // The first of those that wait for their bank, from the one picked on.
      for (let next = 0; next < pages.length; next++) {
        await attempt(() => {
          fake.confirmLater(pick(pages, one.at + next)?.page ?? '', one.isGood ? 'succeeded' : 'failed')
          next = pages.length
        })
      }
      return
    case 'come back':
      return refreshCardGift(counter.context, pick(pages, one.at)?.code ?? '')
    case 'refund at Stripe':
      return attempt(async () => {
        const charge = pick(await charges(), one.at)
        if (charge) await stripe.refunds.create({ charge: charge.id, amount: Math.max(1, Math.floor(charge.amount / one.share)) })
      })
    case 'refund here': {
      const rows = await context.db
        .select({ donation: donations, payment: cardPayments })
        .from(donations)
        .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
        .where(isAtStripe)
        .orderBy(asc(donations.id))
      const gift = pick(rows, one.at)
      if (!gift) return
      const wish = {
        donationId: gift.donation.id,
        amountMinor: gift.payment.amountMinor / BigInt(one.share),
        reason: 'other' as const,
        by: 'an',
        key: `life-${(key += 1)}`,
      }
      const asked = await requestRefund(context, wish)
      if (asked.ok) await approveRefund(context, { refundId: asked.value.refundId, by: 'binh' })
      return
    }
    case 'refund fails':
      return attempt(async () => {
        const refund = pick((await stripe.refunds.list({ limit: 100 })).data, one.at)
        if (refund) fake.failRefund(refund.id)
      })
    case 'refund is funded':
      return attempt(async () => {
        const refund = pick((await stripe.refunds.list({ limit: 100 })).data, one.at)
        if (refund) fake.fundRefund(refund.id)
      })
    case 'refund funds':
      return fake.setRefundFunds(one.kind)
    case 'dispute':
    case 'dispute of the whole':
      return attempt(async () => {
        const charge = pick(await charges(), one.at)
        if (charge) fake.openDispute(charge.id, one.does === 'dispute' ? {} : { amount: charge.amount })
      })
    case 'decide':
      return attempt(async () => {
        const dispute = pick((await stripe.disputes.list({ limit: 100 })).data, one.at)
        if (!dispute) return
        const charge = await stripe.charges.retrieve(idOf(dispute.charge))
        // A part comes back where it had been refunded before.
        const isPart = dispute.amount === charge.amount && charge.amount_refunded > 0 && !charge.refunded
        fake.closeDispute(dispute.id, one.outcome === 'partially won' && !isPart ? 'lost' : one.outcome)
      })
    case 'reopen':
      return attempt(async () => {
        const won = (await stripe.disputes.list({ limit: 100 })).data.filter(({ status }) => status === 'won')
        const dispute = pick(won, one.at)
        if (dispute) fake.reopenDispute(dispute.id)
      })
    case 'spend':
      await spend(context, campaign.slug, BigInt(one.amountVnd))
      return
    case 'rate':
      return fake.setRates({ usd: one.usd })
    case 'pay out':
      return attempt(() => fake.payOut())
    case 'sequence':
      await sequencePending(context.db, context.now())
      return
    case 'due':
      await processDueEvents(counter.context)
      await sendApprovedRefunds(counter.context)
      return
    case 'poll':
      return attempt(() => pollMovements(counter.context, counter.account, null))
    case 'quiet':
      return attempt(() => syncUnsettled(counter.context, counter.account))
    case 'wait':
      context.advance(one.seconds * 1000)
      return fake.tick()
    case 'deliver':
      await fake.webhooks.deliverDue()
      return
    case 'shuffle': {
      let seed = one.seed
      const next = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648)
      fake.webhooks.reorder((waiting) =>
        waiting
          .map((delivery) => ({ delivery, rank: next() }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ delivery }) => delivery),
      )
      return
    }
    case 'drop':
    case 'repeat':
    case 'delay': {
      const event = pick(fake.webhooks.waiting(), one.at)?.event.id
      if (event === undefined) return
      if (one.does === 'drop') fake.webhooks.drop(event)
      else if (one.does === 'repeat') fake.webhooks.duplicate(event, 2)
      else fake.webhooks.delay(event, 3_600)
      return
    }
    case 'replay': {
      const event = pick(fake.webhooks.deliveries, one.at)?.event.id
      if (event !== undefined) fake.webhooks.replay(event)
      return
    }
    case 'trouble':
      return fake.trouble(one.kind)
  }
}

/** Days pass, in which everything that works by itself does its work. */
async function comeToRest(): Promise<void> {
  counter.fake.setRefundFunds('enough')
  for (let round = 0; round < 6; round++) {
    // Beyond the day for which Stripe remembers a key, and what it refused under it.
    context.advance(5 * 3_600_000)
    counter.fake.tick()
    await attempt(async () => {
      for await (const refund of counter.stripe.refunds.list({ limit: 100 }))
        if (refund.status === 'pending') counter.fake.fundRefund(refund.id)
    })
    await counter.fake.webhooks.deliverDue()
    await sequencePending(context.db, context.now())
    await processDueEvents(counter.context)
    await sendApprovedRefunds(counter.context)
    await attempt(() => syncUnsettled(counter.context, counter.account))
    await attempt(() => pollMovements(counter.context, counter.account, null))
    await sequencePending(context.db, context.now())
  }
}

const snapshot = async () => [
  await context.db.$count(donations),
  await context.db.$count(events),
  await context.db.$count(cardMovements),
  await context.db.$count(lineHolds),
  await balanceOf(context, 'ha-noi', 'donation', 'stripe_clearing'),
]

async function agrees(): Promise<void> {
  const { stripe } = counter
  expect(await listDiscrepancies(context.db)).toEqual([])
  const list = async <T>(all: AsyncIterable<T>): Promise<T[]> => {
    const found: T[] = []
    for await (const one of all) found.push(one)
    return found
  }
  const charges = await list(stripe.charges.list({ limit: 100 }))
  const refunds = await list(stripe.refunds.list({ limit: 100 }))
  const disputes = await list(stripe.disputes.list({ limit: 100 }))
  const entries = await list(stripe.balanceTransactions.list({ limit: 100 }))

  // Each charge that succeeded is one gift, at what it was settled at.
  const gross = new Map(entries.map((entry) => [entry.id, BigInt(entry.amount)]))
  const wanted = charges
    .filter(({ status }) => status === 'succeeded')
    .map((charge) => [charge.id, gross.get(idOf(charge.balance_transaction))] as const)
  const booked = await context.db
    .select({ charge: cardPayments.chargeId, amountVnd: donations.amountVnd })
    .from(donations)
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .where(isAtStripe)
  expect(new Map(booked.map(({ charge, amountVnd }) => [charge, amountVnd]))).toEqual(new Map(wanted))

  // The books hold what is at Stripe, and what it has paid out without the bank having told of it yet.
  const moved = entries.filter(({ type }) => type !== 'payout' && type !== 'payout_failure')
  expect(await balanceOf(context, 'ha-noi', 'donation', 'stripe_clearing')).toBe(
    moved.reduce((sum, { net }) => sum + BigInt(net), RESERVE_VND),
  )
  expect(await context.db.$count(cardMovements)).toBe(entries.length)
  expect(await context.db.$count(cardMovements, eq(cardMovements.kind, 'not_understood'))).toBe(0)

  // Disputes are as the banks decided, and what they still keep is in dispute.
  const rows = await context.db.select().from(cardDisputes)
  const stateOf = (status: string) => (status === 'prevented' ? 'lost' : status === 'won' || status === 'lost' ? status : 'open')
  expect(new Map(rows.map(({ stripeId, state }) => [stripeId, state]))).toEqual(
    new Map(disputes.map(({ id, status }) => [id, stateOf(status)])),
  )
  // One that was won and taken again is about what was taken last.
  const last = ({ balance_transactions: moved }: Stripe.Dispute) => {
    const at = moved.findLastIndex(({ amount }) => amount < 0)
    return { taken: moved[at]?.amount ?? -1, back: moved[at + 1]?.amount ?? 0 }
  }
  const open = disputes.filter(({ status }) => stateOf(status) === 'open')
  expect(await balanceOf(context, 'ha-noi', 'donation', 'in_dispute')).toBe(open.reduce((sum, one) => sum - BigInt(last(one).taken), 0n))

  // What went back of each gift is what Stripe sent back of its charge: all of it, or its share.
  const gone = await context.db
    .select({ charge: cardPayments.chargeId, currency: cardPayments.currency, amountVnd: donations.amountVnd, returned: returnedSum })
    .from(donations)
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
  for (const { charge, currency, amountVnd, returned } of gone) {
    const of = charges.find(({ id }) => id === charge)
    const refunded = refunds
      .filter((refund) => refund.charge === charge && refund.status === 'succeeded')
      .reduce((sum, { amount }) => sum + BigInt(amount), 0n)
    const shareOf = (minor: bigint) => (minor * amountVnd) / BigInt(of?.amount ?? 1)
    // Of what a dispute took, what came back of it stays; and nothing goes back of a gift that it did not have.
    const lost = disputes
      .filter((dispute) => dispute.charge === charge && stateOf(dispute.status) === 'lost')
      .reduce((sum, dispute) => {
        const { taken, back } = last(dispute)
        return sum + (shareOf(BigInt(dispute.amount)) * BigInt(-taken - back)) / BigInt(-taken)
      }, 0n)
    const all = shareOf(refunded) + lost
    const exact = all < amountVnd ? all : amountVnd
    if (currency === 'vnd') expect(returned, charge).toBe(exact)
    else expect(returned >= exact - 3n && returned <= exact + 3n, `${charge}: ${returned} of ${exact}`).toBe(true)
  }

  // The fund owes what it stands in for now, and no more.
  const [owed] = await context.db
    .select({
      vnd: sql`coalesce(sum(case when ${events.kind} = 'refund_failed' then -${events.amountVnd}
        else (${events.facts}->>'owedByFundVnd')::bigint end), 0)::bigint`.mapWith(BigInt),
    })
    .from(events)
    .where(or(eq(events.kind, 'reserve_used'), and(eq(events.kind, 'refund_failed'), isNull(events.lineId))))
  expect(await balanceOf(context, 'ha-noi', 'donation', 'due_from_fund')).toBe(owed?.vnd)

  // A pledge is received by money alone; a page is what Stripe says of it.
  const paid = new Set(charges.filter(({ status }) => status === 'succeeded').map(({ metadata }) => metadata.pledge))
  for (const { code, state } of await context.db.select({ code: pledges.code, state: pledges.state }).from(pledges))
    expect(state, code).toBe(paid.has(code) ? 'received' : 'open')
  for (const session of await context.db
    .select()
    .from(cardSessions)
    .where(inArray(cardSessions.state, ['open', 'processing', 'paid', 'failed', 'expired']))) {
    if (session.stripeId === null) continue
    const there = await stripe.checkout.sessions.retrieve(session.stripeId, { expand: ['payment_intent'] })
    const failed = typeof there.payment_intent === 'object' && there.payment_intent?.status === 'requires_payment_method'
    const state =
      there.status === 'expired'
        ? 'expired'
        : there.status === 'open'
          ? 'open'
          : there.payment_status === 'paid'
            ? 'paid'
            : failed
              ? 'failed'
              : 'processing'
    expect(session.state, session.stripeId).toBe(state)
  }
}

const returnedSum = sql`coalesce((select sum(case e.kind when 'refund_failed' then -e.amount_vnd
    when 'reserve_used' then (e.facts->>'coversVnd')::bigint else e.amount_vnd end) from events e
  where e.donation_id = ${donations.id} and e.kind in ('refund', 'refund_failed', 'dispute_lost', 'reserve_used')), 0)::bigint`.mapWith(
  BigInt,
)

test('the life of gifts by card ends right, in whatever order it is told, repeated, lost and cut off', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 110 }), async (steps) => {
      const pages: { code: string; page: string }[] = []
      for (const one of steps) await take(one, pages)
      await comeToRest()
      await agrees()
      // Told everything once more, nothing changes.
      const before = await snapshot()
      for (const { event } of [...counter.fake.webhooks.deliveries].slice(-60)) counter.fake.webhooks.replay(event.id)
      counter.fake.webhooks.reorder((waiting) => [...waiting].reverse())
      await comeToRest()
      expect(await snapshot()).toEqual(before)
    }),
    // The same histories in every run of the tests, others in each soak.
    { numRuns: RUNS, endOnFailure: true, ...(process.env['SOAK'] ? { interruptAfterTimeLimit: SOAK_MS } : { seed: 20_261_123 }) },
  )
  expect(await wrongOf(context, database)).toEqual([])
  // The histories went everywhere.
  const kinds = await context.db.selectDistinct({ kind: events.kind }).from(events)
  expect(kinds.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'donation',
      'spend_paid',
      'refund_requested',
      'refund',
      'refund_failed',
      'dispute_opened',
      'dispute_won',
      'dispute_lost',
      'reserve_used',
    ]),
  )
  const movements = await context.db.selectDistinct({ kind: cardMovements.kind }).from(cardMovements)
  expect(movements.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['charge', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'payout']),
  )
  const states = await context.db.selectDistinct({ state: cardSessions.state }).from(cardSessions)
  expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(['paid', 'expired', 'processing', 'failed']))
})
