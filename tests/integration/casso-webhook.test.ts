import fc from 'fast-check'
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { POST } from '../../app/api/webhooks/casso/route'
import { POST as sepayPost } from '../../app/api/webhooks/sepay/route'
import { bankNotices, bankTransactions, donations } from '../../db/schema'
import { cassoSignature } from '../../lib/payments/casso/verify'
import { makePledge } from '../factories/giving'
import { ACCOUNTS, makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { closeAgreed } from '../factories/agreed'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serve } from '../setup/server'
import vectors from '../vectors/bank-webhooks.json'

const { checksumKey, body: sample, header } = vectors.casso_v2
const TOKEN = 'a-token-of-this-test'
const KEYS = { casso: { secureToken: TOKEN, checksumKey }, sepay: { apiKey: 'key-of-this-test', webhookSecret: null } }
let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context)
  serve(context, database, KEYS)
})
afterAll(() => closeAgreed(database, context))

const call = (body: string, headers: Record<string, string>) =>
  POST(new Request('http://x/api/webhooks/casso', { method: 'POST', body, headers }))
const send = (data: object) => {
  const timestamp = String(context.now().getTime())
  const body = { error: 0, data }
  return call(JSON.stringify(body), { 'X-Casso-Signature': `t=${timestamp},v1=${cassoSignature(checksumKey, timestamp, body)}` })
}
const sendV1 = (body: string) => call(body, { 'secure-token': TOKEN })
const v2 = (id: number, more: object = {}) => ({
  ...sample.data,
  ...{ id, reference: `FT${id}`, description: 'ung ho', amount: 100_000, runningBalance: 0 },
  ...{ transactionDateTime: '2026-11-23 09:58:00', accountNumber: ACCOUNTS['ha-noi'] },
  ...more,
})
const v1 = (id: number, more: object = {}) => ({
  ...{ id, tid: `FT${id}`, description: 'ung ho', amount: 100_000, cusum_balance: 0, when: '2026-11-23 09:58:00' },
  ...{ bank_sub_acc_id: ACCOUNTS['ha-noi'], subAccId: ACCOUNTS['ha-noi'] },
  ...more,
})
const counts = async () => [await context.db.$count(bankNotices), await context.db.$count(bankTransactions)] as const
const lastNotice = async () => (await context.db.select().from(bankNotices).orderBy(desc(bankNotices.id)).limit(1))[0]

describe('webhook V2', () => {
  test('is answered with success once the line is stored, however often it is sent', async () => {
    const { code } = await makePledge(context, campaign.slug)
    const response = await send(v2(1, { description: `${code} ung ho các em` }))
    expect([response.status, await response.json()]).toEqual([200, { success: true }])
    expect(await counts()).toEqual([1, 1])
    expect((await send(v2(1, { description: `${code} ung ho các em` }))).status).toBe(200)
    expect(await counts()).toEqual([1, 1])
    const [line] = await context.db.select({ state: bankTransactions.state }).from(bankTransactions)
    expect(line?.state).toBe('placed')
  })

  test('that is tried out is acknowledged, and books nothing', async () => {
    const before = await counts()
    context.setNow(new Date(1_727_948_258_788))
    const response = await call(JSON.stringify(sample), { 'X-Casso-Signature': header.replace('X-Casso-Signature: ', '') })
    context.setNow('2026-11-23T03:00:00Z')
    expect(response.status).toBe(200)
    expect((await sendV1(JSON.stringify({ error: 0, data: [v1(0, { tid: 'MA_GIAO_DICH_THU_NGHIEM' })] }))).status).toBe(200)
    expect(await counts()).toEqual(before)
  })

  test('of money that went out is a line, and no gift', async () => {
    const gifts = await context.db.$count(donations)
    expect((await send(v2(2, { amount: -350_000, description: 'chi' }))).status).toBe(200)
    const notice = await lastNotice()
    const [line] = await context.db
      .select()
      .from(bankTransactions)
      .where(eq(bankTransactions.id, notice?.bankTransactionId ?? 0n))
    expect(line).toMatchObject({ direction: 'out', amountVnd: 350_000n, state: 'outgoing' })
    expect(await context.db.$count(donations)).toBe(gifts)
  })
})

describe('webhook V1', () => {
  test('books each of several lines once', async () => {
    const [notices, lines] = await counts()
    const body = JSON.stringify({ error: 0, data: [v1(11), v1(12, { amount: -5_000 }), v1(13, { amount: 200_000 })] })
    for (let times = 0; times < 2; times += 1) {
      expect((await sendV1(body)).status).toBe(200)
      expect(await counts()).toEqual([notices + 3, lines + 3])
    }
  })

  test('is acknowledged only when all lines are stored, and goes on where it was cut off', async () => {
    const [notices, lines] = await counts()
    const body = JSON.stringify({ error: 0, data: [v1(21), v1(22), v1(23)] })
    // The batch is cut off as a whole, and of its lines, then booked one by one, only the first gets through.
    let asked = 0
    const transaction = context.db.transaction.bind(context.db)
    const cutOff = vi.spyOn(context.db, 'transaction').mockImplementation((work, ...options) =>
      transaction(
        async (tx) => {
          asked += 1
          const isThrough = asked === 2
          const done = await work(tx)
          if (!isThrough) throw new Error('the database is gone')
          return done
        },
        ...options,
      ),
    )
    const response = await sendV1(body)
    cutOff.mockRestore()
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await counts()).toEqual([notices + 1, lines + 1])
    expect((await sendV1(body)).status).toBe(200)
    expect(await counts()).toEqual([notices + 3, lines + 3])
  })

  test('books what it understands, and keeps the rest for a person', async () => {
    const [notices, lines] = await counts()
    const body = JSON.stringify({ error: 0, data: [v1(31), { id: 32, amount: 'a lot' }] })
    for (let times = 0; times < 2; times += 1) {
      expect((await sendV1(body)).status).toBe(200)
      expect(await counts()).toEqual([notices + 2, lines + 1])
    }
    expect(await lastNotice()).toMatchObject({ outcome: 'not_understood', provider: 'casso' })
  })
})

describe('a transfer that SePay and Casso tell of', () => {
  const tellSepay = (id: number, referenceCode: string, transferAmount: number) =>
    sepayPost(
      new Request('http://x/api/webhooks/sepay', {
        method: 'POST',
        headers: { Authorization: 'Apikey key-of-this-test' },
        body: JSON.stringify({
          ...{ id, transactionDate: '2026-11-23 09:57:41', accountNumber: ACCOUNTS['ha-noi'], content: 'MBVCB.123.ung ho' },
          ...{ transferType: 'in', transferAmount, accumulated: 0, referenceCode },
        }),
      }),
    )

  test.each([
    ['SePay first', 501, async () => [await tellSepay(501, 'FT.501', 77_000), await send(v2(501, { amount: 77_000 }))]],
    ['Casso first', 502, async () => [await send(v2(502, { amount: 78_000 })), await tellSepay(502, 'FT.502', 78_000)]],
    ['both at once', 503, () => Promise.all([send(v2(503, { amount: 79_000 })), tellSepay(503, 'FT-503', 79_000)])],
  ])('with the same reference is one line and one gift, %s', async (_order, id, tell) => {
    const gifts = await context.db.$count(donations)
    const [notices, lines] = await counts()
    expect((await tell()).map(({ status }) => status)).toEqual([200, 200])
    expect(await counts()).toEqual([notices + 2, lines + 1])
    expect(await context.db.$count(donations)).toBe(gifts + 1)
    const told = await context.db
      .select({ provider: bankNotices.provider, line: bankNotices.bankTransactionId })
      .from(bankNotices)
      .where(eq(bankNotices.providerEventId, String(id)))
    expect(new Set(told.map(({ provider }) => provider))).toEqual(new Set(['casso', 'sepay']))
    expect(new Set(told.map(({ line }) => line)).size).toBe(1)
  })
})

describe('a call', () => {
  test('that is not signed right is refused, and nothing is kept', async () => {
    const before = await counts()
    const body = JSON.stringify({ error: 0, data: v2(90) })
    const refused = [
      {},
      { 'secure-token': 'wrong' },
      { 'X-Casso-Signature': 't=1,v1=00' },
      { 'X-Casso-Signature': 'x', 'secure-token': TOKEN },
    ]
    for (const headers of refused) {
      const response = await call(body, headers)
      expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
    }
    expect(await counts()).toEqual(before)
  })

  test('is told to come back where no key is set', async () => {
    serve(context, database)
    expect((await sendV1('{}')).status).toBe(503)
    serve(context, database, KEYS)
  })

  test('that is authentic never fails', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.json(),
      fc.constant('{"error":0,"data":[]}'),
      fc.constant('\ud800'),
    )
    const fields = fc.record(
      {
        id: fc.anything(),
        tid: fc.oneof(fc.anything(), fc.string({ unit: 'binary' })),
        amount: fc.anything(),
        when: fc.anything(),
        description: fc.oneof(fc.anything(), fc.string({ unit: 'binary' })),
        cusum_balance: fc.anything(),
        bank_sub_acc_id: fc.string({ unit: 'binary' }),
      },
      { requiredKeys: [] },
    )
    const body = fc.oneof(
      odd,
      fc
        .array(fc.oneof(fields, fc.anything()), { maxLength: 4 })
        .map((changed) => safeJson({ error: 0, data: changed.map((more) => (typeof more === 'object' ? v1(70, { ...more }) : more)) })),
    )
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        expect((await sendV1(text)).status).toBe(200)
      }),
      { numRuns: 200, seed: 5 },
    )
    await fc.assert(
      fc.asyncProperty(fields, async ({ tid: reference, when: transactionDateTime, ...more }) => {
        // As it arrives: what JSON can't write is signed as it reads afterwards.
        const data = z.record(z.string(), z.unknown()).parse(JSON.parse(safeJson(v2(71, { ...more, reference, transactionDateTime }))))
        expect((await send(data)).status).toBe(200)
      }),
      { numRuns: 100, seed: 5 },
    )
  })
})

/** JSON of anything; bigints have none. */
const safeJson = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item))
