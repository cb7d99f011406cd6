import { describe, expect, test } from 'vitest'
import { giftFieldErrors, giftFormSchema, type GiftDraft } from './schema'

const formKey = '6f4c3a52-55a4-4d3a-9d5e-2b0f7f4f9a01'
const read = (draft: GiftDraft) => {
  const parsed = giftFormSchema.safeParse({ formKey, amount: '185000', ...draft })
  return parsed.success ? parsed.data : giftFieldErrors(parsed.error)
}

describe('the gift form', () => {
  test('takes an amount of the list, or one typed as people type', () => {
    expect(read({})).toMatchObject({
      method: 'bank_transfer',
      pledged: { kind: 'vnd', amountVnd: 185_000n },
      donorKind: 'person',
      isNamed: false,
      email: null,
    })
    for (const otherAmount of ['250000', '250.000', '250,000 ₫', '250 000đ', '250k', '0,25 triệu', '250 nghìn']) {
      expect(read({ amount: 'other', otherAmount }), otherAmount).toMatchObject({ pledged: { amountVnd: 250_000n } })
    }
  })

  test.each<[GiftDraft, Record<string, string>]>([
    [{ amount: '' }, { amount: 'required' }],
    [{ amount: 'nhiều' }, { amount: 'not_an_amount' }],
    [{ amount: '-5' }, { amount: 'not_an_amount' }],
    [{ amount: '1e9' }, { amount: 'not_an_amount' }],
    [{ amount: '9999' }, { amount: 'too_small' }],
    [{ amount: '100000000001' }, { amount: 'too_large' }],
    [{ amount: 'other', otherAmount: '12,5' }, { otherAmount: 'not_an_amount' }],
    [{ formKey: 'x' }, { formKey: 'unknown' }],
    [{ formKey: 'a'.repeat(21) }, { formKey: 'unknown' }],
    [{ formKey: `${formKey};` }, { formKey: 'unknown' }],
    [{ donorKind: 'robot' }, { donorKind: 'unknown' }],
    [{ donorKind: 'company' }, { name: 'required' }],
    [{ showName: 'yes', name: '  ' }, { name: 'required' }],
    [{ name: 'ạ'.repeat(81) }, { name: 'too_long' }],
    [{ message: 'x'.repeat(301) }, { message: 'too_long' }],
    [{ message: 'x'.repeat(5_000) }, { message: 'too_long' }],
    [{ email: 'a@b' }, { email: 'not_an_email' }],
    [{ donorKind: 'company', name: 'Công ty', taxCode: '0100109107' }, { taxCode: 'not_a_tax_code' }],
  ])('refuses %j beside the field', (draft, errors) => {
    expect(read(draft)).toEqual(errors)
  })

  test('tells every error at once', () => {
    expect(read({ amount: '', email: 'x', donorKind: 'company', taxCode: '1' })).toEqual({
      amount: 'required',
      name: 'required',
      email: 'not_an_email',
      taxCode: 'not_a_tax_code',
    })
  })

  test('keeps texts in one line, without control characters and direction marks', () => {
    expect(read({ name: ' Nguyễn\u202e Văn\n\tAn ', showName: 'yes' })).toMatchObject({ name: 'Nguyễn Văn An', isNamed: true })
  })

  test('reads a tax code with its branch', () => {
    expect(read({ donorKind: 'company', name: 'Công ty', taxCode: '0100109106001' })).toMatchObject({ taxCode: '0100109106-001' })
    expect(read({ donorKind: 'person', taxCode: '12' })).toMatchObject({ taxCode: null })
  })
})
