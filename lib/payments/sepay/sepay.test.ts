import { describe, expect, test } from 'vitest'
import { parseSepayBody } from './parse'
import { isFromSepay, sepaySignature, type SepayKeys } from './verify'

/** The example of SePay's documentation. */
const example = {
  id: 92704,
  gateway: 'Vietcombank',
  transactionDate: '2023-03-25 14:02:37',
  accountNumber: '0123499999',
  code: null,
  content: 'chuyen tien mua iphone',
  transferType: 'in',
  transferAmount: 2277000,
  accumulated: 19077000,
  subAccount: null,
  referenceCode: 'MBVCB.3278907687',
  description: '',
}

describe('the body', () => {
  test('of the documentation is read, in the time of Việt Nam', () => {
    expect(parseSepayBody(example)).toEqual({
      provider: 'sepay',
      providerEventId: '92704',
      accountNumber: '0123499999',
      direction: 'in',
      amountVnd: 2_277_000n,
      reference: 'MBVCB.3278907687',
      memo: 'chuyen tien mua iphone',
      transactedAt: new Date('2023-03-25T07:02:37Z'),
      runningBalanceVnd: 19_077_000n,
      body: example,
    })
  })

  test('without a balance, a reference or words is read too', () => {
    expect(parseSepayBody({ ...example, accumulated: 0, referenceCode: null, content: '', description: 'SMS' })).toMatchObject({
      runningBalanceVnd: null,
      reference: null,
      memo: 'SMS',
    })
  })

  test.each([
    null,
    [],
    'text',
    {},
    { ...example, id: undefined },
    { ...example, transferAmount: 0 },
    { ...example, transferAmount: -5 },
    { ...example, transferAmount: 1.5 },
    { ...example, transferAmount: '2277000' },
    { ...example, transferAmount: 2 ** 60 },
    { ...example, transferType: 'sideways' },
    { ...example, transactionDate: '2023-02-30 14:02:37' },
    { ...example, transactionDate: 'yesterday' },
    { ...example, accountNumber: '' },
  ])('%j is not understood', (body) => {
    expect(parseSepayBody(body)).toBeNull()
  })
})

describe('a call', () => {
  const now = new Date('2026-11-23T03:00:00Z')
  const seconds = now.getTime() / 1000
  const secret = 'whsec-for-this-test'
  const body = JSON.stringify(example)
  const keys: SepayKeys = { apiKey: 'key-for-this-test', webhookSecret: secret }
  const from = (headers: Record<string, string>, given = keys) =>
    isFromSepay(given, (name) => headers[name] ?? null, Buffer.from(body), now)
  const signed = (timestamp: number, text = body, key = secret) => ({
    'x-sepay-timestamp': String(timestamp),
    'x-sepay-signature': sepaySignature(key, String(timestamp), text),
  })

  test('with the right key or signature is SePay’s', () => {
    expect(from({ authorization: 'Apikey key-for-this-test' })).toBe(true)
    expect(from(signed(seconds))).toBe(true)
    expect(from(signed(seconds - 300))).toBe(true)
    expect(from(signed(seconds + 300))).toBe(true)
  })

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['another key', { authorization: 'Apikey another' }],
    ['the key as a bearer', { authorization: 'Bearer key-for-this-test' }],
    ['an old timestamp', signed(seconds - 301)],
    ['a timestamp to come', signed(seconds + 301)],
    ['another body signed', signed(seconds, '{}')],
    ['another secret', signed(seconds, body, 'another')],
    ['a signature without its timestamp', { 'x-sepay-signature': sepaySignature(secret, String(seconds), body) }],
    ['a timestamp that is no number', { ...signed(seconds), 'x-sepay-timestamp': 'now' }],
    ['a wrong signature beside a right key', { ...signed(seconds, '{}'), authorization: 'Apikey key-for-this-test' }],
  ])('with %s is not', (_what, headers) => {
    expect(from(headers)).toBe(false)
  })

  test('is nobody’s where no key is set', () => {
    expect(from({ authorization: 'Apikey null', ...signed(seconds, body, 'null') }, { apiKey: null, webhookSecret: null })).toBe(false)
  })
})
