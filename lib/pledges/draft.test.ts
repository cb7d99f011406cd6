import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeReturnedForm, encodeReturnedForm, parseGiftForm } from './draft'

const formKey = '7d9f6a52-6c3e-4e7f-9b1d-0c5a8f1e2d3c'

describe('parseGiftForm', () => {
  it('takes an offered amount', () => {
    expect(parseGiftForm({ formKey, amount: '185000', otherAmount: '' })).toMatchObject({
      ok: true,
      value: { pledged: { kind: 'vnd', amountVnd: 185_000n }, donorKind: 'person', isNamed: false },
    })
  })

  it('takes a typed amount though its button was not chosen', () => {
    expect(parseGiftForm({ formKey, otherAmount: '250k' })).toMatchObject({ ok: true, value: { pledged: { amountVnd: 250_000n } } })
  })

  it('asks back where two amounts are given', () => {
    const result = parseGiftForm({ formKey, amount: '185000', otherAmount: '250k' })
    expect(result).toMatchObject({
      ok: false,
      refusal: { errors: { amount: 'two_amounts' }, draft: { amount: '185000', otherAmount: '250k' } },
    })
  })

  it('keeps what was typed and names what is wrong', () => {
    const result = parseGiftForm({
      formKey,
      amount: 'other',
      otherAmount: 'nhiều',
      donorKind: 'company',
      name: '',
      taxCode: '123',
      email: 'ở nhà',
    })
    expect(result).toMatchObject({
      ok: false,
      refusal: {
        draft: { otherAmount: 'nhiều', taxCode: '123', email: 'ở nhà' },
        errors: { email: 'not_an_email' },
      },
    })
  })

  it('refuses a form without its key', () => {
    expect(parseGiftForm({ amount: '185000' }).ok).toBe(false)
  })
})

describe('a returned form in a cookie', () => {
  it('comes back as it was', () => {
    const form = { draft: { name: 'Nguyễn Thị Ánh', message: 'Chúc các em ấm' }, errors: { amount: 'required' as const } }
    expect(decodeReturnedForm(encodeReturnedForm(form))).toEqual(form)
  })

  it('always fits, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6_000, unit: 'binary' }), fc.string({ maxLength: 6_000, unit: 'grapheme' }), (name, message) => {
        const value = encodeReturnedForm({ draft: { name, message }, errors: {} })
        expect(value.length).toBeLessThanOrEqual(3_500)
        expect(decodeReturnedForm(value)).not.toBeNull()
      }),
    )
  })

  it('reads nothing else', () => {
    expect(decodeReturnedForm(undefined)).toBeNull()
    expect(decodeReturnedForm('%%%')).toBeNull()
    expect(decodeReturnedForm(Buffer.from('{"draft":{"x":1},"errors":{}}').toString('base64url'))).toBeNull()
  })
})
