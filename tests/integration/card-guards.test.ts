import { desc, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { donations } from '../../db/schema'
import { requestRefund } from '../../lib/cards/refunds'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { makeCampaign, makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let counter: CardCounter

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  const { slug } = await makeCampaign(context, { goalVnd: 10n ** 10n })
  counter = await openCardCounter(context, database)
  const { page } = await counter.openPage(slug, { amountVnd: 300_000n })
  counter.fake.pay(page, 'good')
  await settle()
  const [charge] = (await counter.stripe.charges.list({ limit: 1 })).data
  await counter.stripe.refunds.create({ charge: charge?.id ?? '', amount: 100_000 })
  await settle()
  const [gift] = await context.db.select({ id: donations.id }).from(donations).orderBy(desc(donations.id)).limit(1)
  value(await requestRefund(context, { donationId: gift?.id ?? 0n, amountMinor: 50_000n, reason: '', by: 'an', key: 'one' }))
  await settle()
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

class Undo extends Error {}

/** What is found after statements of the owner, with triggers off; everything is taken back. */
async function foundAfter(statements: string[]): Promise<string[]> {
  let found: string[] = []
  const { db } = database.owner ?? database.handle
  await db
    .transaction(async (tx) => {
      for (const table of ['postings', 'donations', 'line_uses', 'line_holds', 'card_payments', 'card_movements'])
        await tx.execute(sql.raw(`alter table ${table} disable trigger user`))
      for (const statement of statements) await tx.execute(sql.raw(statement))
      found = await listDiscrepancies(tx)
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return found
}

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
        select fund_id, 'ch_nobody', 'pi_nobody', currency, amount_minor, amount_vnd, charged_at, created_at from card_payments`,
    ],
  ],
  ['đồng held for what is over', [`update refunds set state = 'rejected', decided_by = 'binh', decided_at = now()`]],
  ['balance at Stripe that differs from what moved it', [`update card_movements set fee_vnd = fee_vnd + 1 where kind = 'charge'`]],
  ['balance at Stripe that differs from what moved it', [`update card_movements set amount_vnd = amount_vnd + 1 where kind = 'refund'`]],
  [
    'balance at Stripe that differs from what moved it',
    [`update postings set amount = amount + 1 where id = (select min(id) from postings)`],
  ],
  ['line totals that differ from the ledger', [`update postings set amount = amount + 1 where id = (select min(id) from postings)`]],
])('%s are found', async (name, statements) => {
  expect(await foundAfter(statements)).toEqual(expect.arrayContaining([expect.stringContaining(`${name}: `)]))
})
