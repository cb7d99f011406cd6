import { describe, expect, test } from 'vitest'
import { isTooClose, readDelivery } from './schema'

const TYPED = {
  key: '0123456789abcdef',
  deliveredOn: '2026-11-23',
  place: ' Trường  mầm non Ba Vì ',
  children: '1.250',
  'units-0': '1.000',
  'units-2': '0',
}

describe('the form of a delivery', () => {
  test('says what was handed over, with numbers as people write them', () => {
    expect(readDelivery(TYPED, '2026-11-23')).toEqual({
      ok: true,
      value: {
        ...{ key: TYPED.key, deliveredOn: '2026-11-23', placeVi: 'Trường mầm non Ba Vì', placeEn: 'Trường mầm non Ba Vì', children: 1_250 },
        ...{ noteVi: '', noteEn: '', items: [{ position: 0, units: 1_000 }] },
      },
    })
  })

  test.each([
    [{ key: 'short' }, { key: 'Invalid' }],
    [{ place: ' ' }, { place: 'blank' }],
    [{ deliveredOn: '' }, { deliveredOn: 'not_a_day' }],
    [{ deliveredOn: '0026-11-23' }, { deliveredOn: 'not_a_day' }],
    [{ deliveredOn: '2026-11-24' }, { deliveredOn: 'not_yet' }],
    [{ children: 'mười' }, { children: 'not_a_count' }],
    [{ 'units-0': 'x' }, { 'units-0': 'not_a_count' }],
    [{ 'units-0': '' }, { units: 'no_units' }],
  ])('refuses %j', (typed, errors) => {
    const read = readDelivery({ ...TYPED, ...typed }, '2026-11-23')
    expect(read).toMatchObject({
      ok: false,
      refusal: Object.fromEntries(Object.entries(errors).map(([name, code]) => [name, expect.stringContaining(code)])),
    })
  })
})

describe('a text that points closer than at a school', () => {
  test.each(['Lớp 4B', 'lớp mầm', 'Nhà em Sùng', 'gia đình bà Mai', 'hộ ông Páo', 'Class 4'])('is seen: %s', (text) =>
    expect(isTooClose(text)).toBe(true),
  )
  test.each(['Trường tiểu học Ba Vì', 'Điểm trường Suối Nhà', 'Nhà văn hóa thôn Yên Sơn', 'Trạm y tế xã', 'Mái lớp học đã lợp lại'])(
    'is let be: %s',
    (text) => expect(isTooClose(text)).toBe(false),
  )
})
