import { sql } from 'drizzle-orm'
import { expect, inject, test } from 'vitest'
import { donations, eventPositions, pendingEvents } from '../../db/schema'
import { generateHistory } from '../../lib/generate/history'
import { logSize } from '../../lib/public-log/hashes'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { publishingOf } from '../factories/public-log'
import { rebuildOf } from '../factories/rebuild'
import { makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { memoryVault } from '../setup/vault'

const GIFTS = 1_050

/** What came of a history, without the numbers that depend on which half was booked first. */
async function told({ db }: TestContext): Promise<string | undefined> {
  const [row] = await db.select({
    gifts: sql<string>`md5(string_agg(concat_ws(' ', b.reference, b.memo, b.amount_vnd, b.transacted_at, p.code, t.text), '|' order by b.reference))`,
  }).from(sql`bank_transactions b join donations d on d.bank_transaction_id = b.id left join pledges p on p.id = d.pledge_id
      left join disclosures t on t.pledge_id = p.id and t.field = 'name'`)
  return row?.gifts
}

/** Made on PostgreSQL alone, as the command is. */
test.runIf(inject('engine') === 'postgres')('a history that was cut off goes on, later, and ends as one that was not', async () => {
  const made: TestDatabase[] = []
  const site = async () => {
    const database = await testDatabase()
    made.push(database)
    const context = testContext(database.handle)
    await makeFunds(context)
    await makeCampaign(context, { goalVnd: 10n ** 11n })
    const vault = memoryVault()
    const generate = (onProgress: () => void = () => undefined) =>
      generateHistory(
        context,
        { seed: 'history', donations: GIFTS, spends: 1, campaignSlug: null, namedShare: 0.46 },
        { publishing: publishingOf(context, vault), onProgress, analyze: () => Promise.resolve() },
      )
    return { context, vault, generate }
  }
  const [whole, cut] = [await site(), await site()]
  await whole.generate()
  const killed = () => {
    throw new Error('killed')
  }
  await expect(cut.generate(killed)).rejects.toThrow('killed')
  expect(await cut.context.db.$count(donations)).toBe(1_000)
  cut.context.advance(86_400_000)
  await cut.generate()
  await cut.generate()
  const { db } = cut.context
  expect([await db.$count(donations), await db.$count(pendingEvents)]).toEqual([GIFTS, 0])
  expect(await logSize(db)).toBe(await db.$count(eventPositions))
  expect(await told(cut.context)).toBe(await told(whole.context))
  expect(await listDiscrepancies(db)).toEqual([])
  expect(await rebuildOf(db, cut.vault)).toMatchObject({ kind: 'same' })
  await Promise.all(made.map((database) => database.close()))
})
