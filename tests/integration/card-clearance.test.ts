import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cardFailures, cardSessions } from '../../db/schema'
import { offerClearance, refusalOf, type ClearanceOffer } from '../../lib/cards/clearance'
import { openCardPage } from '../../lib/cards/commands'
import type { OpenRefusal } from '../../lib/cards/model'
import type { ServerContext } from '../../lib/context'
import { openPostgres } from '../../db/postgres'
import { failCard, makePage, solve } from '../factories/card-failures'
import { openCardCounter, type CardCounter } from '../factories/cards'
import { makePledge } from '../factories/giving'
import { makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const MINUTE = 60_000
const CAMPAIGN = 'ao-am-thu'

let database: TestDatabase
let clock: TestContext
let counter: CardCounter
let context: ServerContext

beforeAll(async () => {
  database = await testDatabase()
  clock = testContext(database.handle)
  await makeFunds(clock)
  await makeCampaign(clock, { slug: CAMPAIGN, neededBy: '2027-12-31' })
  counter = await openCardCounter(clock, database)
  context = counter.context
})
afterAll(async () => {
  await counter.close()
  await database.close()
})

// Each test has a day of its own, on which five cards failed a moment ago.
beforeEach(async () => {
  clock.advance(25 * 60 * MINUTE)
  for (let time = 0; time < 5; time++) await failCard(context, await makePage(context, CAMPAIGN, { visitor: `stranger ${time}` }))
})

const pledge = () => makePledge(clock, CAMPAIGN, { method: 'card' })
const offer = async (code: string, visitor = 'donor', held: string | null = null): Promise<ClearanceOffer> => {
  const made = await offerClearance(context, { code, visitor, held })
  if (!made) throw new Error('nothing was offered')
  return made
}
type Asked = Omit<Parameters<typeof openCardPage>[1], 'visitor'> & { visitor?: string }
const open = async (asked: Asked, by = context): Promise<OpenRefusal | 'opened'> => {
  const { code, secret, visitor = 'donor', clearance } = asked
  const opened = await openCardPage(by, { code, secret, visitor, ...(clearance === undefined ? {} : { clearance }) })
  return opened.ok ? 'opened' : opened.refusal
}
const pagesOf = (visitor: string) => context.db.select().from(cardSessions).where(eq(cardSessions.visitor, visitor))
/** Ends the open page of a gift, as Stripe would tell. */
const endPages = (visitor: string) => context.db.update(cardSessions).set({ state: 'expired' }).where(eq(cardSessions.visitor, visitor))

const payload = z.object({
  challenge: z.object({ parameters: z.looseObject({ data: z.looseObject({}) }), signature: z.string() }),
  solution: z.looseObject({ derivedKey: z.string() }),
})
/** A solution with something in it changed. */
const forge = (solution: string, change: (read: z.output<typeof payload>) => void): string => {
  const read = payload.parse(JSON.parse(Buffer.from(solution, 'base64').toString()))
  change(read)
  return Buffer.from(JSON.stringify(read)).toString('base64')
}

describe('work', () => {
  test('is asked for, and opens one page of one gift, once', async () => {
    const gift = await pledge()
    expect(await open(gift)).toBe('challenge')
    const solution = await solve((await offer(gift.code)).challenge)
    expect(await open({ ...gift, clearance: solution })).toBe('opened')
    // Pressed again it is the same page, for which nothing more is asked.
    expect(await open({ ...gift, clearance: solution })).toBe('opened')
    expect(await open(gift)).toBe('opened')
    expect(await pagesOf('donor')).toHaveLength(1)
    await endPages('donor')
    expect(await open({ ...gift, clearance: solution })).toBe('out_of_date')
    expect(await open({ ...gift, clearance: await solve((await offer(gift.code)).challenge) })).toBe('opened')
  })

  test('opens a page on which the bank asks who pays, the same one when it is asked for again in calm', async () => {
    const asksOf = async () => (await counter.stripe.checkout.sessions.list({ limit: 1 })).data[0]?.payment_method_options
    const gift = await pledge()
    const solution = await solve((await offer(gift.code)).challenge)
    // Stripe made the page, and nobody heard of it.
    counter.fake.trouble('answer lost', 'request lost', 'request lost')
    expect(await open({ ...gift, clearance: solution })).toBe('unreachable')
    const made = counter.fake.requests.length
    await context.db.delete(cardFailures)
    expect(await open(gift)).toBe('opened')
    expect(counter.fake.requests.slice(made)).toMatchObject([{ replayed: true, status: 200 }])
    expect(await asksOf()).toEqual({ card: { request_three_d_secure: 'any' } })
    expect(await open(await pledge())).toBe('opened')
    expect(await asksOf()).toEqual({ card: { request_three_d_secure: 'automatic' } })
  })

  test('of one gift opens no other, and moves with its donor to another address', async () => {
    const [gift, other] = [await pledge(), await pledge()]
    const solution = await solve((await offer(gift.code)).challenge)
    expect(await open({ ...other, clearance: solution })).toBe('out_of_date')
    expect(await open({ ...gift, clearance: solution, visitor: 'on the bus' })).toBe('opened')
  })

  test('is good for ten minutes', async () => {
    const gift = await pledge()
    const solution = await solve((await offer(gift.code)).challenge)
    clock.advance(10 * MINUTE)
    expect(await open({ ...gift, clearance: solution })).toBe('out_of_date')
  })

  test('that was not done, or was made easier, opens nothing', async () => {
    const gift = await pledge()
    const { challenge } = await offer(gift.code)
    const solution = await solve(challenge)
    const keyPrefix = z.object({ parameters: z.object({ keyPrefix: z.string() }) }).parse(JSON.parse(challenge)).parameters.keyPrefix
    const forged = [
      '',
      'x',
      Buffer.from('null').toString('base64'),
      'A'.repeat(100_000),
      forge(solution, ({ solution: found }) => (found.derivedKey = keyPrefix.padEnd(64, '0'))),
      forge(solution, ({ challenge: asked }) => (asked.parameters.data.until = 9_999_999_999)),
      forge(solution, ({ challenge: asked }) => (asked.parameters.keyPrefix = '00')),
      forge(solution, ({ challenge: asked }) => (asked.parameters.cost = 1)),
      forge(solution, ({ challenge: asked }) => delete asked.parameters.keySignature),
      forge(solution, ({ challenge: asked }) => (asked.signature = asked.signature.replace(/./, (sign) => (sign === '0' ? '1' : '0')))),
    ]
    for (const clearance of forged) expect(await open({ ...gift, clearance }), clearance.slice(0, 40)).toBe('out_of_date')
    expect(await open({ ...gift, clearance: solution })).toBe('opened')
  })

  test('solved once and sent many times at once opens one page', async () => {
    const gift = await pledge()
    const clearance = await solve((await offer(gift.code)).challenge)
    // Another process has connections of its own, and shares nothing but the database.
    const elsewhere = database.url === undefined ? null : openPostgres(database.url, { maxConnections: 2 })
    const other: ServerContext = elsewhere ? { ...context, db: elsewhere.db, handle: elsewhere } : context
    const answers = await Promise.all([context, other, context, other].map((by) => open({ ...gift, clearance, visitor: 'hasty' }, by)))
    await elsewhere?.close()
    expect(new Set(answers)).toEqual(new Set(['opened']))
    expect(await pagesOf('hasty')).toHaveLength(1)
  })

  test('is not asked for in calm, and of no use while cards are closed', async () => {
    const gift = await pledge()
    const clearance = await solve((await offer(gift.code)).challenge)
    for (let time = 5; time < 10; time++) await failCard(context, await makePage(context, CAMPAIGN, { visitor: `stranger ${time}` }))
    expect(await open({ ...gift, clearance })).toBe('paused')
    clock.advance(90 * MINUTE)
    expect(await open(gift)).toBe('opened')
  })
})

describe('a wait', () => {
  test('is good after a minute, for ten, once', async () => {
    const gift = await pledge()
    const { ticket, waitSeconds } = await offer(gift.code)
    expect(waitSeconds).toBe(60)
    expect(await open({ ...gift, clearance: ticket })).toBe('too_early')
    clock.advance(MINUTE - 1_000)
    expect(await open({ ...gift, clearance: ticket })).toBe('too_early')
    clock.advance(1_000)
    expect(await open({ ...gift, clearance: ticket })).toBe('opened')
    await endPages('donor')
    expect(await open({ ...gift, clearance: ticket })).toBe('out_of_date')
    const late = await offer(gift.code)
    clock.advance(11 * MINUTE)
    expect(await open({ ...gift, clearance: late.ticket })).toBe('out_of_date')
  })

  test('goes on when the page is asked for again, and begins anew only when it is over', async () => {
    const gift = await pledge()
    const first = await offer(gift.code)
    clock.advance(20_000)
    expect(await offer(gift.code, 'donor', first.ticket)).toMatchObject({ ticket: first.ticket, waitSeconds: 40 })
    clock.advance(5 * MINUTE)
    expect(await offer(gift.code, 'donor', first.ticket)).toMatchObject({ ticket: first.ticket, waitSeconds: 0 })
    clock.advance(6 * MINUTE)
    expect(await offer(gift.code, 'donor', first.ticket)).toMatchObject({ waitSeconds: 60 })
    expect(await offer(gift.code, 'donor', 'w1.x.y')).toMatchObject({ waitSeconds: 60 })
  })

  test('is of its gift and its address', async () => {
    const [gift, other] = [await pledge(), await pledge()]
    const { ticket } = await offer(gift.code)
    clock.advance(MINUTE)
    expect(await open({ ...other, clearance: ticket })).toBe('out_of_date')
    expect(await open({ ...gift, clearance: ticket, visitor: 'somebody else' })).toBe('out_of_date')
    for (const at of [10, -9]) {
      const sign = ticket.at(at) === 'x' ? 'y' : 'x'
      const forged = ticket.slice(0, at) + sign + ticket.slice(at).slice(1)
      expect(await open({ ...gift, clearance: forged })).toBe('out_of_date')
    }
    const subject = { code: gift.code, fundId: 1, attempt: 1, visitor: 'donor' }
    const stranger: ServerContext = { ...context, cards: { accounts: new Map() } }
    expect(await refusalOf(context.db, stranger, subject, ticket)).toBe('out_of_date')
  })

  test('opens three pages from one address in ten minutes; work opens more', async () => {
    const gifts = [await pledge(), await pledge(), await pledge(), await pledge()]
    const tickets = await Promise.all(gifts.map(async ({ code }) => (await offer(code, 'school')).ticket))
    clock.advance(MINUTE)
    const answers: string[] = []
    for (const [index, gift] of gifts.entries()) answers.push(await open({ ...gift, clearance: tickets[index] ?? '', visitor: 'school' }))
    expect(answers).toEqual(['opened', 'opened', 'opened', 'too_many_waits'])
    const last = gifts.at(-1) ?? gifts[0]
    if (!last) throw new Error('no gift')
    expect(await open({ ...last, clearance: await solve((await offer(last.code)).challenge), visitor: 'school' })).toBe('opened')
  })
})

test('nothing is offered for a code that no gift has', async () => {
  expect(await offerClearance(context, { code: 'TD2222222', visitor: null, held: null })).toBeNull()
})
