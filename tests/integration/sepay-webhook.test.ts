import fc from 'fast-check'
import { desc } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST } from '../../app/api/webhooks/sepay/route'
import { bankNotices, bankTransactions } from '../../db/schema'
import { sepaySignature } from '../../lib/payments/sepay/verify'
import { ACCOUNTS, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serve } from '../setup/server'

const SECRET = 'a-secret-of-this-test'
let database: TestDatabase
let context: TestContext

const KEYS = { apiKey: 'key-of-this-test', webhookSecret: SECRET }

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  serve(context, database, { sepay: KEYS })
})
afterAll(() => database.close())

const send = (body: string, headers?: Record<string, string>) => {
  const timestamp = String(context.now().getTime() / 1000)
  const signed = { 'X-SePay-Timestamp': timestamp, 'X-SePay-Signature': sepaySignature(SECRET, timestamp, body) }
  return POST(new Request('http://x/api/webhooks/sepay', { method: 'POST', body, headers: headers ?? signed }))
}
const notice = (id: number, more: object = {}) =>
  JSON.stringify({
    ...{
      id,
      gateway: 'Vietcombank',
      transactionDate: '2026-11-23 09:58:00',
      accountNumber: ACCOUNTS['ha-noi'],
      code: null,
      content: 'ung ho',
    },
    ...{ transferType: 'in', transferAmount: 100000, accumulated: 0, subAccount: null, referenceCode: `R${id}`, description: '' },
    ...more,
  })
const counts = async () => [await context.db.$count(bankNotices), await context.db.$count(bankTransactions)]

describe('the webhook', () => {
  test('is answered with success once the line is stored', async () => {
    const response = await send(notice(1))
    expect([response.status, await response.json()]).toEqual([200, { success: true }])
    expect(await counts()).toEqual([1, 1])
    expect((await send(notice(1))).status).toBe(200)
    expect(await counts()).toEqual([1, 1])
  })

  test('takes the key too', async () => {
    expect((await send(notice(2), { Authorization: 'Apikey key-of-this-test' })).status).toBe(200)
  })

  test('refuses what is not signed right, and keeps nothing', async () => {
    const before = await counts()
    for (const headers of [{}, { Authorization: 'Apikey wrong' }, { 'X-SePay-Timestamp': '1', 'X-SePay-Signature': 'sha256=00' }]) {
      const response = await send(notice(3), headers)
      expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
    }
    expect(await counts()).toEqual(before)
  })

  test('refuses what is too large', async () => {
    expect((await send(notice(4, { content: 'x'.repeat(300_000) }))).status).toBe(413)
  })

  test('says so where no key is set', async () => {
    serve(context, database)
    expect((await send(notice(5))).status).toBe(503)
    serve(context, database, { sepay: KEYS })
  })

  test('keeps and acknowledges what is signed right and not understood', async () => {
    for (const body of [
      'not json',
      '[]',
      '{"ping":true}',
      notice(6, { transferAmount: 0.5 }),
      notice(7, { content: 'a\u0000b', transferAmount: null }),
    ]) {
      const [notices, lines] = await counts()
      expect((await send(body)).status).toBe(200)
      expect(await counts()).toEqual([(notices ?? 0) + 1, lines])
      const [kept] = await context.db.select({ outcome: bankNotices.outcome }).from(bankNotices).orderBy(desc(bankNotices.id)).limit(1)
      expect(kept?.outcome).toBe('not_understood')
    }
  })

  test('answers every signed body without failing', async () => {
    const odd = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.json(), fc.constant('\\u0000'), fc.constant('\ud800'))
    const fields = fc.record(
      {
        id: fc.anything(),
        transferAmount: fc.anything(),
        transactionDate: fc.anything(),
        content: fc.anything(),
        accountNumber: fc.string({ unit: 'binary' }),
      },
      { requiredKeys: [] },
    )
    const body = fc.oneof(
      odd,
      fields.map((changed) => notice(8, changed)),
    )
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        expect((await send(text)).status).toBe(200)
      }),
      { numRuns: 300, seed: 5 },
    )
  })
})
