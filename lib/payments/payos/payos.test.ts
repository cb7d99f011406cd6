import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../tests/vectors/bank-webhooks.json'
import { parsePayosBody } from './parse'
import { isFromPayos, payosSignature } from './verify'

const { checksumKey, body: sample, must_reject_signature } = vectors.payos
const isAuthentic = (body: unknown) => isFromPayos({ checksumKey }, Buffer.from(JSON.stringify(body)))
const signed = (data: Record<string, unknown>) => ({ ...sample, data, signature: payosSignature(checksumKey, data) })

describe('the signature', () => {
  test('of the published sample is right, and the other one is not', () => {
    expect(isAuthentic(sample)).toBe(true)
    expect(isAuthentic({ ...sample, signature: must_reject_signature })).toBe(false)
  })

  test('is made of sorted keys, of nothing for null, and of lists as JSON', () => {
    const other = { b: null, a: 'Thành công', d: [{ y: 1, x: 'ấm' }], c: 'undefined' }
    const same = { d: [{ x: 'ấm', y: 1 }], a: 'Thành công', b: '', c: undefined }
    expect(payosSignature(checksumKey, other)).toBe(payosSignature(checksumKey, same))
    // printf 'a=Thành công&b=&c=&d=[{"x":"ấm","y":1}]' | openssl dgst -sha256 -hmac …
    expect(payosSignature(checksumKey, other)).toBe('ef425e1ccdf32af7a42a9e0a189278d49f4f69acb062dbb6ac41bda88087faa7')
  })

  test.each([{}, null, [], { ...sample, data: null }, { ...sample, signature: undefined }, { ...sample, signature: '' }])(
    'is missing from %j',
    (body) => {
      expect(isAuthentic(body)).toBe(false)
    },
  )

  test('can’t be made over what is no JSON, and is nobody’s where no key is set', () => {
    expect(isFromPayos({ checksumKey }, Buffer.from('no'))).toBe(false)
    expect(isFromPayos({ checksumKey: null }, Buffer.from(JSON.stringify(sample)))).toBe(false)
  })

  test('of any data is right, and wrong once a byte of what it signs is another', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.constant(null),
      fc.array(fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true })),
    )
    const data = fc.dictionary(fc.string({ minLength: 1 }), value, { minKeys: 1, noNullPrototype: true })
    fc.assert(
      fc.property(data, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, place, change) => {
        const { signature } = signed(given)
        const text = JSON.stringify(given)
        const call = (json: Buffer) =>
          isFromPayos({ checksumKey }, Buffer.concat([Buffer.from('{"data":'), json, Buffer.from(`,"signature":"${signature}"}`)]))
        expect(call(Buffer.from(text))).toBe(true)
        const bytes = Buffer.from(text)
        const index = place % bytes.length
        bytes[index] = (bytes[index] ?? 0) ^ change
        expect(call(bytes)).toBe(saysTheSame(bytes.toString('utf8'), text))
      }),
      { numRuns: 500, seed: 7 },
    )
  })
})

/** An escape may be written in two ways. */
function saysTheSame(changed: string, data: string): boolean {
  try {
    return JSON.stringify(JSON.parse(changed)) === JSON.stringify(JSON.parse(data))
  } catch {
    return false
  }
}

describe('the body', () => {
  const data = { ...sample.data, orderCode: 4711, description: 'TD2345678', reference: 'FT24001' }

  test('tells of a payment, in the time of Việt Nam', () => {
    expect(parsePayosBody({ ...sample, data })).toEqual([
      {
        provider: 'payos',
        providerEventId: '124c33293c43417ab7879e14c8d9eb18:FT24001',
        accountNumber: '12345678',
        direction: 'in',
        amountVnd: 3_000n,
        reference: 'FT24001',
        memo: 'TD2345678',
        transactedAt: new Date('2023-02-04T11:25:00Z'),
        runningBalanceVnd: null,
        body: { ...sample, data },
      },
    ])
  })

  test('of a webhook that is tried out tells of none', () => {
    expect(parsePayosBody(sample)).toEqual([])
  })

  test.each([
    null,
    [],
    {},
    { ...sample, data: { ...data, amount: '3000' } },
    { ...sample, data: { ...data, amount: 0 } },
    { ...sample, data: { ...data, amount: -1 } },
    { ...sample, data: { ...data, currency: 'USD' } },
    { ...sample, data: { ...data, code: '01' } },
    { ...sample, data: { ...data, transactionDateTime: '' } },
    { ...sample, data: { ...data, paymentLinkId: { $: 1 } } },
  ])('%j is not understood', (body) => {
    expect(parsePayosBody(body)).toEqual([null])
  })
})

test('while the key is changed the one before it is good as well, and no third', () => {
  const keys = { checksumKey: 'the new key', formerChecksumKey: checksumKey }
  expect(isFromPayos(keys, Buffer.from(JSON.stringify(sample)))).toBe(true)
  const renewed = { ...sample, signature: payosSignature('the new key', sample.data) }
  expect(isFromPayos(keys, Buffer.from(JSON.stringify(renewed)))).toBe(true)
  expect(isFromPayos({ checksumKey: 'the new key' }, Buffer.from(JSON.stringify(sample)))).toBe(false)
  expect(isFromPayos({ checksumKey: null, formerChecksumKey: checksumKey }, Buffer.from(JSON.stringify(sample)))).toBe(false)
})
