import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeReturnedForm, encodeReturnedForm, parseGiftForm } from './draft'

const formKey = '7d9f6a52-6c3e-4e7f-9b1d-0c5a8f1e2d3c'

describe('parseGiftForm', () => {
  it('takes an offered amount', () => {
    expect(parseGiftForm({ formKey, amount: '185000', otherAmount: '' }, true)).toMatchObject({
      ok: true,
      value: { pledged: { kind: 'vnd', amountVnd: 185_000n }, donorKind: 'person', isNamed: false },
    })
  })

  it('takes a typed amount though its button was not chosen', () => {
    expect(parseGiftForm({ formKey, otherAmount: '250k' }, true)).toMatchObject({ ok: true, value: { pledged: { amountVnd: 250_000n } } })
  })

  it('asks back where two amounts are given', () => {
    const result = parseGiftForm({ formKey, amount: '185000', otherAmount: '250k' }, true)
    expect(result).toMatchObject({
      ok: false,
      refusal: { errors: { amount: 'two_amounts' }, draft: { amount: '185000', otherAmount: '250k' } },
    })
  })

  it('keeps what was typed and names what is wrong', () => {
    const result = parseGiftForm(
      {
        formKey,
        amount: 'other',
        otherAmount: 'nhiều',
        donorKind: 'company',
        name: '',
        taxCode: '123',
        email: 'ở nhà',
      },
      true,
    )
    expect(result).toMatchObject({
      ok: false,
      refusal: {
        draft: { otherAmount: 'nhiều', taxCode: '123', email: 'ở nhà' },
        errors: { email: 'not_an_email' },
      },
    })
  })

  it('reads another currency as a gift by card, whatever way to pay was chosen', () => {
    expect(parseGiftForm({ formKey, foreignAmount: '20,50', currency: 'usd', method: 'bank_transfer' }, true)).toMatchObject({
      ok: true,
      value: { method: 'card', pledged: { kind: 'foreign', currency: 'usd', amountMinor: 2_050n } },
    })
  })

  it('asks back where two fields for an amount were filled in', () => {
    const result = parseGiftForm({ formKey, otherAmount: '250k', foreignAmount: '20', currency: 'usd' }, true)
    expect(result).toMatchObject({ ok: false, refusal: { errors: { amount: 'two_amounts' } } })
  })

  it('refuses a card where the fund takes none, beside what asked for it', () => {
    expect(parseGiftForm({ formKey, amount: '185000', method: 'card' }, false)).toMatchObject({
      ok: false,
      refusal: { errors: { method: 'no_cards' }, draft: { amount: '185000', method: 'card' } },
    })
    expect(parseGiftForm({ formKey, amount: 'foreign', foreignAmount: '20', currency: 'eur' }, false)).toMatchObject({
      ok: false,
      refusal: { errors: { amount: 'no_cards' } },
    })
    expect(parseGiftForm({ formKey, amount: '185000', method: 'bank_transfer' }, false).ok).toBe(true)
  })

  it('refuses a form without its key', () => {
    expect(parseGiftForm({ amount: '185000' }, true).ok).toBe(false)
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
