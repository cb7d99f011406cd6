import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCount } from '../money/vnd'
import { encodeReturnedForm } from '../pledges/draft'
import { decodeReturnedGoods, goodsDraftOf, parseGoodsForm } from './draft'
import { parseUnits } from './schema'

const ASKED = [
  { position: 0, quantity: 100 },
  { position: 1, quantity: 40 },
]
const form = (fields: Record<string, string> = {}) => ({ formKey: randomUUID(), 'units-0': '30', phone: '0912345678', ...fields })
const parse = (fields: Record<string, string> = {}) => parseGoodsForm(form(fields), ASKED)
const errors = (fields: Record<string, string>) => {
  const parsed = parse(fields)
  return parsed.ok ? {} : parsed.refusal.errors
}

describe('units', () => {
  test.each<[string, bigint]>([
    ['30', 30n],
    [' 1.000 ', 1_000n],
    ['1,000', 1_000n],
    ['12 000', 12_000n],
    ['0', 0n],
  ])('%j are read', (typed, units) => {
    expect(parseUnits(typed)).toBe(units)
  })

  test.each(['', '-1', '1.5', '3k', 'ba mươi', '1e3', '1.00', '١٢', '1'.repeat(10)])('%j are none', (typed) => {
    expect(parseUnits(typed)).toBeNull()
  })

  test('are read again as they are written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999n }), fc.constantFrom('vi', 'en'), (units, locale) => {
        expect(parseUnits(formatCount(units, locale))).toBe(units)
      }),
    )
  })
})

describe('the form', () => {
  test('is understood with one line, a phone number and nothing else', () => {
    const parsed = parse({ phone: '091.234 5678' })
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        ...{ nature: 'goods', items: [{ position: 0, units: 30n }], donorKind: 'person', name: '', isNamed: false },
        ...{ email: null, phone: '0912345678', note: null },
      },
    })
  })

  test('takes several lines, a service, a company with its tax code, an e-mail instead of a phone, and a note on one line', () => {
    const parsed = parse({
      ...{ 'units-1': '40', nature: 'service', donorKind: 'company', name: 'Công ty Mẫu', showName: 'yes', taxCode: '0100109106' },
      ...{ phone: '', email: 'lan@example.vn', note: 'Sáng thứ bảy,\r\n\u202e xe tải nhỏ' },
    })
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        ...{ nature: 'service', donorKind: 'company', isNamed: true, taxCode: '0100109106', email: 'lan@example.vn', phone: null },
        items: [
          { position: 0, units: 30n },
          { position: 1, units: 40n },
        ],
        note: 'Sáng thứ bảy, xe tải nhỏ',
      },
    })
  })

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['nothing promised', { 'units-0': '', 'units-1': '0' }, { 'units-0': 'required' }],
    ['more than a line asks for', { 'units-1': '41' }, { 'units-1': 'too_many' }],
    ['no number', { 'units-1': 'nhiều' }, { 'units-1': 'not_units' }],
    ['nobody to reach', { phone: '' }, { phone: 'no_contact' }],
    ['a phone that is none', { phone: '12' }, { phone: 'not_a_phone' }],
    ['an e-mail that is none', { email: 'x@' }, { email: 'not_an_email' }],
    ['a company without a name', { donorKind: 'company' }, { name: 'required' }],
    ['a tax code that is none', { donorKind: 'company', name: 'A', taxCode: '123' }, { taxCode: 'not_a_tax_code' }],
    ['a note without end', { note: 'x'.repeat(501) }, { note: 'too_long' }],
    ['a nature of its own', { nature: 'money' }, { nature: 'unknown' }],
    ['a key of its own', { formKey: '1' }, { formKey: 'unknown' }],
  ])('with %s comes back', (_what, fields, wrong) => {
    expect(errors(fields)).toEqual(wrong)
  })

  test('tells all that is wrong at once, and keeps what was typed, but not its key', () => {
    const parsed = parse({ 'units-0': 'x', phone: '1', message: 'm'.repeat(301), strange: 'y', 'units-100': '3' })
    if (parsed.ok) throw new Error('understood')
    expect(parsed.refusal).toEqual({
      draft: { 'units-0': 'x', phone: '1', message: 'm'.repeat(301) },
      errors: { 'units-0': 'not_units', phone: 'not_a_phone', message: 'too_long' },
    })
  })

  test('ignores lines that the campaign does not ask for', () => {
    expect(parse({ 'units-7': '5' })).toMatchObject({ ok: true, value: { items: [{ position: 0, units: 30n }] } })
  })
})

test('a returned form survives its cookie, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const parsed = parse({ 'units-1': 'x', name: text, note: text })
      if (parsed.ok) throw new Error('understood')
      const back = decodeReturnedGoods(encodeReturnedForm(parsed.refusal))
      expect(back?.errors).toEqual(parsed.refusal.errors)
      expect(back?.draft.note).toBe(text.toWellFormed())
    }),
  )
  for (const value of [undefined, '', 'x', Buffer.from('{"draft":1,"errors":{}}').toString('base64url')])
    expect(decodeReturnedGoods(value)).toBeNull()
})

test('a pledge is shown as the form its donor sent', () => {
  const parsed = parse({ 'units-1': '2', name: 'Nguyễn Thị Mai', showName: 'yes', note: 'Sáng thứ bảy', email: 'lan@example.vn' })
  if (!parsed.ok) throw new Error('not understood')
  const again = parseGoodsForm({ formKey: randomUUID(), ...goodsDraftOf(parsed.value) }, ASKED)
  expect(again).toEqual({ ok: true, value: { ...parsed.value, formKey: again.ok ? again.value.formKey : '' } })
})
