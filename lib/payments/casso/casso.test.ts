import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../tests/vectors/bank-webhooks.json'
import { parseCassoBody, parseCassoLine } from './parse'
import { cassoSignature, isFromCasso, type CassoKeys } from './verify'

const { checksumKey, body: sample, header } = vectors.casso_v2
const [sampleSignature = ''] = header.split(': ').slice(1)
const SIGNED_AT = 1_727_948_258_788

const keys: CassoKeys = { checksumKey, secureToken: 'token-for-this-test' }
const from = (headers: Record<string, string>, body: string | Buffer, nowMs = SIGNED_AT, given = keys) =>
  isFromCasso(given, (name) => headers[name] ?? null, Buffer.from(body), new Date(nowMs))
const signed = (body: string, timestamp = String(SIGNED_AT), key = checksumKey) => ({
  'x-casso-signature': `t=${timestamp},v1=${cassoSignature(key, timestamp, JSON.parse(body))}`,
})

/** A transfer as webhook V2 tells it. */
const v2 = { ...sample.data, id: 5789, reference: 'TF2104152395814062', description: 'UNG HO TD2345678' }
/** The same as V1 tells it. */
const v1 = {
  id: 5789,
  tid: 'TF2104152395814062',
  description: 'UNG HO TD2345678',
  amount: 599000,
  cusum_balance: 25000000,
  when: '2024-10-03 15:06:37',
  bank_sub_acc_id: '88888888',
  subAccId: '88888888',
}
const notice = {
  provider: 'casso',
  providerEventId: '5789',
  accountNumber: '88888888',
  direction: 'in',
  amountVnd: 599_000n,
  reference: 'TF2104152395814062',
  memo: 'UNG HO TD2345678',
  transactedAt: new Date('2024-10-03T08:06:37Z'),
  runningBalanceVnd: 25_000_000n,
}

describe('the signature', () => {
  test('of the published sample is right', () => {
    const headers = { 'x-casso-signature': sampleSignature }
    expect(from(headers, JSON.stringify(sample))).toBe(true)
    expect(from(headers, JSON.stringify(sample, null, 2))).toBe(true)
    expect(from(headers, JSON.stringify({ data: sample.data, error: 0 }))).toBe(true)
    expect(from(headers, JSON.stringify({ ...sample, data: { ...sample.data, amount: 599001 } }))).toBe(false)
  })

  test('sorts keys at every level, and writes Vietnamese as it is', () => {
    const one = { error: 0, data: { b: [{ y: 'ấm', x: [1, { d: null, c: 1.5 }] }], a: 'Thành công / "x"' } }
    const other = { data: { a: 'Thành công / "x"', b: [{ x: [1, { c: 1.5, d: null }], y: 'ấm' }] }, error: 0 }
    expect(cassoSignature(checksumKey, '1', one)).toBe(cassoSignature(checksumKey, '1', other))
    expect(cassoSignature(checksumKey, '1', one)).not.toBe(cassoSignature(checksumKey, '1', { ...one, error: 1 }))
  })

  test('is right for an hour, since a call that is tried again may carry its first one', () => {
    const body = JSON.stringify(sample)
    const at = (ms: number) => from(signed(body), body, SIGNED_AT + ms)
    expect([at(3_600_000), at(3_600_001), at(-300_000), at(-300_001)]).toEqual([true, false, true, false])
  })

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['another key', signed('{}', String(SIGNED_AT), 'another')],
    ['another body', signed('{"error":0}')],
    ['another time', { 'x-casso-signature': sampleSignature.replace('788', '789') }],
    ['half of it', { 'x-casso-signature': sampleSignature.slice(0, 60) }],
    ['another token', { 'secure-token': 'another' }],
    ['a wrong signature beside a right token', { ...signed('{"error":0}'), 'secure-token': 'token-for-this-test' }],
  ])('with %s is not Casso’s', (_what, headers) => {
    expect(from(headers, '{}')).toBe(false)
  })

  test('can’t be made over what is no JSON', () => {
    for (const body of ['', 'no', `${'['.repeat(50_000)}${']'.repeat(50_000)}`]) {
      expect(from({ 'x-casso-signature': sampleSignature }, body)).toBe(false)
    }
  })

  test('is nobody’s where no key is set', () => {
    const none = { checksumKey: null, secureToken: null }
    expect(from({ ...signed('{}'), 'secure-token': 'null' }, '{}', SIGNED_AT, none)).toBe(false)
  })

  test('of any body is right, and wrong once what it says is another', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (body, place, change) => {
        const headers = signed(body)
        expect(from(headers, body)).toBe(true)
        const bytes = Buffer.from(body)
        const index = place % bytes.length
        bytes[index] = (bytes[index] ?? 0) ^ change
        expect(from(headers, bytes)).toBe(saysTheSame(bytes.toString('utf8'), body))
      }),
      { numRuns: 500, seed: 7 },
    )
  })
})

/** A blank, an escape or the last digit of a fraction may be written in two ways. */
function saysTheSame(changed: string, body: string): boolean {
  try {
    return JSON.stringify(JSON.parse(changed)) === JSON.stringify(JSON.parse(body))
  } catch {
    return false
  }
}

describe('the body', () => {
  test('of either version tells the same line', () => {
    expect(parseCassoBody({ error: 0, data: v2 })).toEqual([{ ...notice, body: v2 }])
    expect(parseCassoBody({ error: 0, data: [v1] })).toEqual([{ ...notice, body: v1 }])
  })

  test('of a webhook that is tried out tells none', () => {
    expect(parseCassoBody(sample)).toEqual([])
    expect(parseCassoBody({ error: 0, data: [{ ...v1, id: 0, tid: 'MA_GIAO_DICH_THU_NGHIEM' }] })).toEqual([])
  })

  test('of V1 may hold several lines, out as well, and what is none', () => {
    const lines = parseCassoBody({ error: 0, data: [v1, { ...v1, id: 5790, amount: -350000, cusum_balance: 0 }, { id: 1 }, null] })
    expect(lines).toMatchObject([
      { direction: 'in' },
      { providerEventId: '5790', direction: 'out', amountVnd: 350_000n, runningBalanceVnd: null },
      null,
      null,
    ])
  })

  test('of the list names some things otherwise, and may know the day alone', () => {
    const listed = { ...v1, cusum_balance: undefined, bank_sub_acc_id: undefined, subAccId: undefined }
    expect(parseCassoLine({ ...listed, cusumBalance: 25000000, bankSubAccId: '88888888', when: '2024-10-03' })).toMatchObject({
      accountNumber: '88888888',
      runningBalanceVnd: 25_000_000n,
      transactedAt: new Date('2024-10-02T17:00:00Z'),
    })
  })

  test.each([
    null,
    [],
    {},
    { error: 1, data: v2 },
    { error: 0 },
    { error: 0, data: null },
    { error: 0, data: { ...v2, id: 0 } },
    { error: 0, data: { ...v2, amount: 0 } },
    { error: 0, data: { ...v2, amount: 0.5 } },
    { error: 0, data: { ...v2, amount: '599000' } },
    { error: 0, data: { ...v2, transactionDateTime: '2024-02-30 10:00:00' } },
    { error: 0, data: { ...v2, accountNumber: '' } },
  ])('%j is not understood', (body) => {
    expect(parseCassoBody(body)).toEqual([null])
  })
})
