import fc from 'fast-check'
import { desc } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { POST } from '../../app/api/webhooks/payos/route'
import { bankNotices, bankTransactions } from '../../db/schema'
import { payosSignature } from '../../lib/payments/payos/verify'
import { ACCOUNTS, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serve } from '../setup/server'
import vectors from '../vectors/bank-webhooks.json'

const { checksumKey, body: sample, must_reject_signature } = vectors.payos
let database: TestDatabase
let context: TestContext

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  serve(context, database, { payos: { checksumKey } })
})
afterAll(() => database.close())

const call = (body: string) => POST(new Request('http://x/api/webhooks/payos', { method: 'POST', body }))
const send = (data: Record<string, unknown>) => call(JSON.stringify({ ...sample, data, signature: payosSignature(checksumKey, data) }))
const payment = (reference: string, more: object = {}) => ({
  ...sample.data,
  ...{ orderCode: 4711, amount: 100_000, description: 'ủng hộ', accountNumber: ACCOUNTS['ha-noi'], reference },
  ...{ transactionDateTime: '2026-11-23 09:58:00' },
  ...more,
})
const counts = async () => [await context.db.$count(bankNotices), await context.db.$count(bankTransactions)] as const

describe('the webhook', () => {
  test('is answered with success once the payment is stored, and books it once', async () => {
    for (let times = 0; times < 2; times += 1) {
      const response = await send(payment('FT1'))
      expect([response.status, await response.json()]).toEqual([200, { success: true }])
      expect(await counts()).toEqual([1, 1])
    }
  })

  test('tells of a link that is paid again', async () => {
    expect((await send(payment('FT2'))).status).toBe(200)
    expect(await counts()).toEqual([2, 2])
  })

  test('that is tried out is acknowledged, and books nothing', async () => {
    const before = await counts()
    expect((await call(JSON.stringify(sample))).status).toBe(200)
    expect(await counts()).toEqual(before)
  })

  test('refuses what is not signed right, and keeps nothing', async () => {
    const before = await counts()
    const signature = payosSignature(checksumKey, payment('FT3'))
    for (const body of [
      { ...sample, signature: must_reject_signature },
      { ...sample, data: payment('FT3', { amount: 100_001 }), signature },
      { ...sample, data: payment('FT3'), signature: undefined },
    ]) {
      const response = await call(JSON.stringify(body))
      expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
    }
    expect(await counts()).toEqual(before)
  })

  test('is told to come back where no key is set', async () => {
    serve(context, database)
    expect((await call('{}')).status).toBe(503)
    serve(context, database, { payos: { checksumKey } })
  })

  test('keeps and acknowledges what is signed right and not understood', async () => {
    for (const data of [payment('FT4', { currency: 'USD' }), payment('FT5', { amount: 0.5 }), { any: 'thing\0' }]) {
      const [notices, lines] = await counts()
      expect((await send(data)).status).toBe(200)
      expect(await counts()).toEqual([notices + 1, lines])
      const [kept] = await context.db.select({ outcome: bankNotices.outcome }).from(bankNotices).orderBy(desc(bankNotices.id)).limit(1)
      expect(kept?.outcome).toBe('not_understood')
    }
  })

  test('answers every signed body without failing', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
    )
    const names = ['amount', 'description', 'accountNumber', 'reference', 'transactionDateTime', 'currency', 'paymentLinkId', 'code']
    const changes = fc.oneof(
      fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true }),
      fc.dictionary(fc.string({ unit: 'binary' }), value, { noNullPrototype: true }),
    )
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        // As it arrives: what JSON can't write is signed as it reads afterwards.
        const data = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(payment('FT9', changed))))
        expect((await send(data)).status).toBe(200)
      }),
      { numRuns: 200, seed: 5 },
    )
  })
})
