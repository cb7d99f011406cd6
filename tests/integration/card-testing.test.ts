import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { receiveBankNotice } from '../../lib/bank/commands'
import { log } from '../../lib/log'
import { CardTester, giveByCard, hasArrived } from '../factories/card-testing'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { bankNotice, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const CAMPAIGN = 'ao-am-thu'

/** All are stopped within the first twenty: sixty attempts show it, and a soak makes them all. */
const isSoak = process.env['SOAK'] === '1'
const ATTEMPTS = isSoak ? 1_000 : 60
const HOURS_OF_PATIENCE = isSoak ? 24 : 2

let database: TestDatabase
let clock: TestContext
let counter: CardCounter
const usualLevel = log.level

beforeAll(async () => {
  log.level = 'error'
  database = await testDatabase()
  clock = testContext(database.handle)
  await makeFunds(clock)
  await makeCampaign(clock, { slug: CAMPAIGN, goalVnd: 10n ** 11n, neededBy: '2027-12-31' })
  counter = await openCardCounter(clock, database)
})
afterAll(async () => {
  log.level = usualLevel
  await counter.close()
  await database.close()
})
// Each pattern has two days of its own.
beforeEach(() => {
  clock.advance(48 * HOUR)
})

interface Pattern {
  addresses: number
  cards: number
  works: boolean
  newsEvery?: number
  attempts?: number
  pauseMs?: number
}

/** Attempts half a second apart, unless told otherwise. */
async function attack({ addresses, cards, works, newsEvery = 1, attempts = ATTEMPTS, pauseMs = SECOND / 2 }: Pattern): Promise<CardTester> {
  const tester = new CardTester(counter, CAMPAIGN, { works, newsEvery })
  for (let attempt = 0; attempt < attempts; attempt++) {
    const address = `10.${Math.floor((attempt % addresses) / 250)}.0.${(attempt % addresses) % 250}`
    await tester.try(address, `card ${attempt % cards}`)
    clock.advance(pauseMs)
  }
  await tester.hear()
  return tester
}

/** An honest donor, at the same moment, from an address of their own: by transfer, whatever happens, and by card. */
async function serveHonestDonor() {
  const { code } = await makePledge(clock, CAMPAIGN)
  await receiveBankNotice(clock, bankNotice({ memo: `ung ho ${code}` }))
  expect(await hasArrived(counter, code), 'the transfer arrived').toBe(true)
  return giveByCard(counter, CAMPAIGN, '192.0.2.77')
}

describe('a thousand stolen cards are stopped', () => {
  test('from one address: after three, or after five where the work is done; all others give by card at once', async () => {
    expect((await attack({ addresses: 1, cards: 1_000, works: false })).tried).toBe(3)
    expect(await serveHonestDonor()).toBe('at once')
    clock.advance(48 * HOUR)
    expect((await attack({ addresses: 1, cards: 1_000, works: true })).tried).toBe(5)
    expect(await serveHonestDonor()).toBe('at once')
  })

  test('from three addresses: after nine, or fifteen; the others give by card after work', async () => {
    expect((await attack({ addresses: 3, cards: 1_000, works: false })).tried).toBe(9)
    expect(await serveHonestDonor()).toBe('after work')
    clock.advance(48 * HOUR)
    expect((await attack({ addresses: 3, cards: 1_000, works: true })).tried).toBe(15)
    expect(await serveHonestDonor()).toBe('after work')
  })

  test('from a thousand addresses: after five, and the others give by card after work', async () => {
    expect((await attack({ addresses: 1_000, cards: 1_000, works: false })).tried).toBe(5)
    expect(await serveHonestDonor()).toBe('after work')
  })

  test('from a thousand addresses that do the work: after ten, and transfers go on', async () => {
    expect((await attack({ addresses: 1_000, cards: 1_000, works: true })).tried).toBe(10)
    expect(await serveHonestDonor()).toBe('paused')
    clock.advance(HOUR / 2)
    expect(await serveHonestDonor()).toBe('after work')
  })

  test('on pages that were opened before the first failed: after ten, for then all are closed', async () => {
    const hoarder = new CardTester(counter, CAMPAIGN, { works: false })
    const addresses = [...Array(60).keys()].map((host) => `10.9.0.${host}`)
    for (const address of addresses) await hoarder.open(address)
    for (const [index, address] of addresses.entries()) await hoarder.try(address, `hoarded ${index}`)
    expect(hoarder.tried).toBe(10)
    expect(await serveHonestDonor()).toBe('paused')
  })
})

describe('one card tried a thousand times is stopped', () => {
  test('from one address: after six, or eight where the work is done; the others give by card at once', async () => {
    expect((await attack({ addresses: 1, cards: 1, works: false })).tried).toBe(6)
    expect(await serveHonestDonor()).toBe('at once')
    clock.advance(48 * HOUR)
    expect((await attack({ addresses: 1, cards: 1, works: true })).tried).toBe(8)
    expect(await serveHonestDonor()).toBe('at once')
  })

  test('from a thousand addresses: after five, or ten where the work is done', async () => {
    expect((await attack({ addresses: 1_000, cards: 1, works: false })).tried).toBe(5)
    expect(await serveHonestDonor()).toBe('after work')
    clock.advance(48 * HOUR)
    expect((await attack({ addresses: 1_000, cards: 1, works: true })).tried).toBe(10)
    expect(await serveHonestDonor()).toBe('paused')
  })
})

test('news that comes late lets through what was tried meanwhile, and no more', async () => {
  expect((await attack({ addresses: 1_000, cards: 1_000, works: true, newsEvery: 8 })).tried).toBeLessThanOrEqual(16)
  expect(await serveHonestDonor()).toBe('paused')
})

test('who goes on for hours, with a new address and a new card every three minutes and all the work done, tries six an hour', async () => {
  const attempts = HOURS_OF_PATIENCE * 20
  const { tried } = await attack({ addresses: attempts, cards: attempts, works: true, attempts, pauseMs: 180 * SECOND })
  // Ten before the first pause, and four before each later one.
  expect(tried).toBeLessThanOrEqual(10 + 6 * HOURS_OF_PATIENCE)
  expect(tried).toBeGreaterThan(10)
}, 600_000)
