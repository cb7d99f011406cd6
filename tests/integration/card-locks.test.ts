import { desc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { donations, refunds } from '../../db/schema'
import { pollMovements } from '../../lib/cards/poll'
import { approveRefund, requestRefund } from '../../lib/cards/refunds'
import { sendApprovedRefunds } from '../../lib/cards/send-refunds'
import { syncCharge } from '../../lib/cards/sync'
import { fundLine } from '../../lib/ledger/books'
import { availableOn, lockLines } from '../../lib/money-line/uses'
import { getGift } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { giveToReserve } from '../factories/books'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { spend } from '../factories/spending'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

// Several at once meet on PostgreSQL alone: the embedded engine has one connection.
describe.runIf(inject('engine') === 'postgres')('at once', () => {
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

  const settle = async () => {
    context.advance(3_000)
    counter.fake.tick()
    await counter.fake.webhooks.deliverDue()
    await sequencePending(context.db, context.now())
  }
  const paid = async (amountVnd = 300_000n) => {
    const { code, page } = await counter.openPage(campaign.slug, { amountVnd })
    counter.fake.pay(page, 'good')
    await settle()
    const [charge] = (await counter.stripe.charges.list({ limit: 1 })).data
    const [gift] = await context.db.select().from(donations).orderBy(desc(donations.id)).limit(1)
    if (!charge || !gift) throw new Error('no gift')
    return { code, charge: charge.id, gift }
  }
  const partsOf = async (code: string) =>
    (await getGift(context, code, 'vi'))?.gifts.map(({ heldVnd, returnedVnd }) => ({ heldVnd, returnedVnd }))

  test('a charge that five servers look at, with refunds and a lost dispute, is booked once', async () => {
    const { code, page } = await counter.openPage(campaign.slug, { amountVnd: 300_000n })
    counter.fake.pay(page, 'good')
    context.advance(3_000)
    counter.fake.tick()
    for (const { event } of counter.fake.webhooks.waiting()) counter.fake.webhooks.drop(event.id)
    const [charge] = (await counter.stripe.charges.list({ limit: 1 })).data
    const lookAt = () => Promise.all([1, 2, 3, 4, 5].map(() => syncCharge(counter.context, counter.account, charge?.id ?? '')))
    await lookAt()
    await sequencePending(context.db, context.now())
    for (const amount of [50_000, 70_000]) await counter.stripe.refunds.create({ charge: charge?.id ?? '', amount })
    await lookAt()
    const dispute = counter.fake.openDispute(charge?.id ?? '')
    await lookAt()
    counter.fake.closeDispute(dispute.id, 'lost')
    await Promise.all([
      lookAt(),
      pollMovements(counter.context, counter.account, null),
      pollMovements(counter.context, counter.account, null),
    ])
    await sequencePending(context.db, context.now())
    expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: 300_000n }])
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('requests, refunds by Stripe’s hand, what is sent and what is sequenced come out right, and nothing waits for ever', async () => {
    const given = [await paid(), await paid(), await paid()]
    await settle()
    for (let round = 0; round < 4; round++) {
      const wishes = given.map(({ gift }, index) =>
        requestRefund(context, { donationId: gift.id, amountMinor: 20_000n, reason: 'other', by: 'an', key: `at-once-${round}-${index}` }),
      )
      const byHand = given.map(async ({ charge }) => {
        await counter.stripe.refunds.create({ charge, amount: 15_000 })
        await syncCharge(counter.context, counter.account, charge)
      })
      await Promise.allSettled([...wishes, ...byHand, sequencePending(context.db, context.now()), sendApprovedRefunds(counter.context)])
      for (const { id } of await context.db.select({ id: refunds.id }).from(refunds).where(eq(refunds.state, 'requested')))
        await approveRefund(context, { refundId: id, by: 'binh' })
      await Promise.allSettled([1, 2].map(() => sendApprovedRefunds(counter.context)))
      await settle()
    }
    await sendApprovedRefunds(counter.context)
    await settle()
    for (const { charge } of given) await syncCharge(counter.context, counter.account, charge)
    await settle()
    for (const { code, charge } of given) {
      const { amount_refunded: back } = await counter.stripe.charges.retrieve(charge)
      expect(await partsOf(code)).toEqual([{ heldVnd: 0n, returnedVnd: BigInt(back) }])
    }
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('no đồng of a line is held without its lock, also where it came to the gift while a lock was waited for', async () => {
    const { charge, gift } = await paid()
    // All of it was spent, the reserve stood in for a refund, and that comes back: the đồng are on their way to the reserve.
    await giveToReserve(context, gift.fundId, 300_000n)
    expect(await spend(context, campaign.slug, await context.db.transaction((tx) => availableOn(tx, campaign.lineId)))).toBe(true)
    await settle()
    const refund = await counter.stripe.refunds.create({ charge })
    await settle()
    counter.fake.failRefund(refund.id)
    await counter.fake.webhooks.deliverDue()

    const release = await Promise.all([campaign.lineId, await fundLine(context.db, gift.fundId, 'reserve')].map(heldLine))
    const asking = requestRefund(context, { donationId: gift.id, amountMinor: 300_000n, reason: 'other', by: 'an', key: 'meanwhile' })
    for (let tries = 0; tries < 500 && (await waiting()) === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 10))
    await sequencePending(context.db, context.now())
    await release[0]?.()
    // The reserve is still locked by somebody else: nobody may hold a đồng of it.
    expect(await asking).toEqual({ ok: false, refusal: 'not_found' })
    await release[1]?.()
    expect(
      await requestRefund(context, { donationId: gift.id, amountMinor: 300_000n, reason: 'other', by: 'an', key: 'later' }),
    ).toMatchObject({
      ok: true,
    })
  })

  /** Holds a line's lock on a connection of its own. @returns what lets go of it */
  async function heldLine(lineId: number): Promise<() => Promise<void>> {
    let letGo: () => void = () => undefined
    const until = new Promise<void>((resolve) => (letGo = resolve))
    const holding = Promise.withResolvers<void>()
    const done = context.db.transaction(async (tx) => {
      await lockLines(tx, [lineId])
      holding.resolve()
      await until
    })
    await holding.promise
    return async () => {
      letGo()
      await done
    }
  }
  const waiting = async (): Promise<number> => {
    const [row] = await context.db.select({ count: sql<number>`count(*)::int` })
      .from(sql`pg_locks l join pg_database d on d.oid = l.database
        where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`)
    return row?.count ?? 0
  }
})
