import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cardFailures, cardPayments, cardSessions } from '../../db/schema'
import { pruneCardFailures } from '../../lib/cards/forget'
import { visitorHash, type CardContext } from '../../lib/cards/keys'
import { listPagesToClose } from '../../lib/cards/paused-pages'
import { cardRisk, lookAtRisk } from '../../lib/cards/risk'
import type { CardAccount } from '../../lib/context'
import { failCard, makePage } from '../factories/card-failures'
import { makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const MINUTE = 60_000
const HANOI = 'ao-am-thu'
const NINH_THUAN = 'ao-am-khac'

let database: TestDatabase
let clock: TestContext
let context: CardContext
let fundId: number

const account = (secretKey: string): CardAccount => ({ fundSlug: 'ha-noi', secretKey, webhookSecret: 'whsec_test', apiUrl: 'http://x' })
const withKey = (secretKey: string): CardContext => ({ ...clock, cards: { accounts: new Map([['ha-noi', account(secretKey)]]) } })

beforeAll(async () => {
  database = await testDatabase()
  clock = testContext(database.handle)
  context = withKey('sk_test_one')
  await makeFunds(context)
  await makeCampaign(context, { slug: HANOI })
  await makeCampaign(context, { slug: NINH_THUAN, fund: 'ninh-thuan' })
  fundId = (await makePage(context, HANOI)).fundId
})
afterAll(() => database.close())

// Each test has a day of its own.
beforeEach(() => {
  clock.advance(25 * 60 * MINUTE)
})

const risk = (visitor: string | null = null, fund = fundId) => cardRisk(context, { fundId: fund, visitor })
/** As many failures as asked for, each with its own card and page; of the named visitor, or each of another. */
let strangers = 0
const failMany = async (count: number, visitor?: string) => {
  for (let time = 0; time < count; time++) {
    strangers += 1
    await failCard(context, await makePage(context, HANOI, { visitor: visitor ?? `stranger ${strangers}` }))
  }
}
let payments = 0
const acceptMany = async (count: number) => {
  const values = [...Array(count).keys()].map(() => {
    payments += 1
    const ids = { chargeId: `ch_paid_${payments}`, paymentIntentId: `pi_${payments}` }
    const money = { currency: 'vnd' as const, amountMinor: 185_000n, amountVnd: 185_000n, rate: null }
    return { fundId, ...ids, ...money, chargedAt: clock.now(), createdAt: clock.now() }
  })
  await context.db.insert(cardPayments).values(values)
}

describe('a card that was not accepted', () => {
  test('is remembered once, however often it is told, and without its number, its address or its fingerprint', async () => {
    const page = await makePage(context, HANOI, { visitor: visitorHash(context, '198.51.100.7') })
    for (let time = 0; time < 3; time++) {
      expect(await failCard(context, page, { card: 'FingerPrint01', charge: 'ch_same' })).toEqual({ expireSession: false })
    }
    const rows = await context.db.select().from(cardFailures).where(eq(cardFailures.sessionId, page.id))
    expect(rows).toMatchObject([{ chargeId: 'ch_same', visitor: visitorHash(context, '198.51.100.7') }])
    expect(JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
      /FingerPrint|198\.51/,
    )
  })

  test('ends its page when three failed on it, and not a page before', async () => {
    const page = await makePage(context, HANOI)
    const answers = [await failCard(context, page), await failCard(context, page), await failCard(context, page, { charge: 'ch_third' })]
    expect(answers.map(({ expireSession }) => expireSession)).toEqual([false, false, true])
    // Told again by a webhook that was sent twice, the answer is the same.
    expect(await failCard(context, page, { charge: 'ch_third' })).toEqual({ expireSession: true })
  })

  test('ends each page when it failed five times in a day, of whatever fund and address', async () => {
    const ends: boolean[] = []
    for (let time = 0; time < 6; time++) {
      const page = await makePage(context, time % 2 === 0 ? HANOI : NINH_THUAN, { visitor: `visitor ${time}` })
      ends.push((await failCard(context, page, { card: 'TestedCard' })).expireSession)
      clock.advance(2 * 60 * MINUTE)
    }
    expect(ends).toEqual([false, false, false, false, true, true])
    clock.advance(24 * 60 * MINUTE)
    expect(await failCard(context, await makePage(context, HANOI), { card: 'TestedCard' })).toEqual({ expireSession: false })
  })
})

describe('an address', () => {
  test('is asked for work after three cards, closed after five over both funds, and the fund stays calm', async () => {
    const other = await makePage(context, NINH_THUAN, { visitor: 'tester' })
    await failMany(2, 'tester')
    expect(await risk('tester')).toBe('calm')
    await failCard(context, other)
    expect([await risk('tester'), await risk('tester', other.fundId)]).toEqual(['challenge', 'challenge'])
    await failMany(2, 'tester')
    expect([await risk('tester'), await risk('tester', other.fundId)]).toEqual(['paused', 'paused'])
    expect([await risk('somebody else'), await risk()]).toEqual(['calm', 'calm'])
  })

  test('is open again half an hour later, watched for an hour, and closed by two more meanwhile', async () => {
    await failMany(5, 'returning')
    const { untilMs } = await lookAtRisk(context.db, context, { fundId, visitor: 'returning' })
    expect(untilMs).toBe(clock.now().getTime() + 30 * MINUTE)
    clock.advance(30 * MINUTE - 1)
    expect(await risk('returning')).toBe('paused')
    clock.advance(1)
    expect(await risk('returning')).toBe('challenge')
    await failMany(1, 'returning')
    expect(await risk('returning')).toBe('challenge')
    await failMany(1, 'returning')
    expect(await risk('returning')).toBe('paused')
    clock.advance(90 * MINUTE)
    expect(await risk('returning')).toBe('calm')
  })

  test('of a school on a good day stays open: its accepted cards weigh', async () => {
    for (let time = 0; time < 24; time++) await makePage(context, HANOI, { visitor: 'school', state: 'paid' })
    clock.advance(MINUTE)
    await failMany(8, 'school')
    expect(await risk('school')).toBe('calm')
  })
})

describe('a fund', () => {
  test('asks for work after five cards from anywhere, closes after ten, and the other fund stays open', async () => {
    const other = await makePage(context, NINH_THUAN)
    await failMany(4)
    expect(await risk()).toBe('calm')
    await failMany(1)
    expect(await risk('anybody')).toBe('challenge')
    await failMany(5)
    expect(await risk('anybody')).toBe('paused')
    expect(await risk('anybody', other.fundId)).toBe('calm')
  })

  test('stays open on a busy day on which one card in five is not accepted', async () => {
    await acceptMany(80)
    clock.advance(MINUTE)
    await failMany(20)
    expect(await risk()).toBe('calm')
  })

  test('opens by itself, stays watched, and closes again after four', async () => {
    await failMany(10)
    expect(await risk()).toBe('paused')
    clock.advance(30 * MINUTE)
    expect(await risk()).toBe('challenge')
    await failMany(3)
    expect(await risk()).toBe('challenge')
    await failMany(1)
    expect(await risk()).toBe('paused')
    clock.advance(90 * MINUTE)
    expect(await risk()).toBe('calm')
  })

  test('is judged alike by every process and after a restart: there is no state but the failures', async () => {
    await failMany(10)
    const elsewhere: CardContext = { ...withKey('sk_test_one'), random: () => new Uint8Array(8) }
    expect(await cardRisk(elsewhere, { fundId, visitor: null })).toBe('paused')
  })

  test('asks for work where cards fail slowly all day', async () => {
    for (let time = 0; time < 21; time++) {
      await failMany(1)
      clock.advance(40 * MINUTE)
    }
    expect(await risk()).toBe('challenge')
  })
})

describe('pages that are open', () => {
  const toClose = async () => (await listPagesToClose(context)).map(({ id }) => id)

  test('of who tries stolen cards are to be closed, and no others', async () => {
    const hoard = [await makePage(context, HANOI, { visitor: 'hoarder' }), await makePage(context, NINH_THUAN, { visitor: 'hoarder' })]
    await makePage(context, HANOI, { visitor: 'donor' })
    expect(await toClose()).toEqual([])
    await failMany(5, 'hoarder')
    const closing = await toClose()
    expect(closing).toEqual(expect.arrayContaining(hoard.map(({ id }) => id)))
    const visitors = await context.db.select({ id: cardSessions.id, visitor: cardSessions.visitor }).from(cardSessions)
    expect(new Set(visitors.filter(({ id }) => closing.includes(id)).map(({ visitor }) => visitor))).toEqual(new Set(['hoarder']))
  })

  test('of a fund that is closed are all to be closed, as long as it is', async () => {
    const page = await makePage(context, HANOI, { visitor: 'anybody' })
    const other = await makePage(context, NINH_THUAN, { visitor: 'anybody' })
    await failMany(10)
    expect(await toClose()).toContain(page.id)
    expect(await toClose()).not.toContain(other.id)
    clock.advance(30 * MINUTE)
    expect(await toClose()).toEqual([])
  })
})

describe('names of visitors', () => {
  test('are the same for one address or IPv6 network, and others with another key or on another day', () => {
    const name = visitorHash(context, '198.51.100.7')
    expect(visitorHash(context, '198.51.100.7')).toBe(name)
    expect(visitorHash(context, '198.51.100.8')).not.toBe(name)
    expect(visitorHash(context, '2001:db8:0:1::1')).toBe(visitorHash(context, '2001:db8:0:1:ffff::2'))
    expect(visitorHash(context, '2001:db8:0:2::1')).not.toBe(visitorHash(context, '2001:db8:0:1::1'))
    expect(visitorHash(withKey('sk_test_two'), '198.51.100.7')).not.toBe(name)
    expect(visitorHash({ ...context, installation: { ...context.installation, uid: 'other' } }, '198.51.100.7')).not.toBe(name)
    clock.advance(24 * 60 * MINUTE)
    expect(visitorHash(context, '198.51.100.7')).not.toBe(name)
  })
})

test('what is older than a day is forgotten in small batches: failures, and who opened a page', async () => {
  await failMany(7, 'of yesterday')
  clock.advance(24 * 60 * MINUTE + 1)
  await failMany(2, 'of today')
  expect(await pruneCardFailures(context, 3)).toBeGreaterThan(14)
  expect((await context.db.select().from(cardFailures)).map(({ visitor }) => visitor)).toEqual(['of today', 'of today'])
  const visitors = await context.db.selectDistinct({ visitor: cardSessions.visitor }).from(cardSessions)
  expect(new Set(visitors.map(({ visitor }) => visitor))).toEqual(new Set([null, 'of today']))
  expect(await pruneCardFailures(context, 3)).toBe(0)
})
