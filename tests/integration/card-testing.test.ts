import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { receiveBankNotice } from '../../lib/bank/commands'
import { setLogLevel } from '../../lib/log'
import { CardTester, giveByCard, hasArrived } from '../factories/card-testing'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { bankNotice, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

/** Attempts of each pattern, half a second apart. */
const ATTEMPTS = 1_000
const SECOND = 1_000
const CAMPAIGN = 'ao-am-thu'

let database: TestDatabase
let clock: TestContext
let counter: CardCounter

beforeAll(async () => {
  database = await testDatabase()
  clock = testContext(database.handle)
  await makeFunds(clock)
  await makeCampaign(clock, { slug: CAMPAIGN, goalVnd: 10n ** 11n, neededBy: '2027-12-31' })
  counter = await openCardCounter(clock, database)
})
afterAll(async () => {
  await counter.close()
  await database.close()
})
// Each pattern has two days of its own.
beforeEach(() => {
  clock.advance(48 * 3_600 * SECOND)
})
