import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fold } from './fold'

it('takes marks off Vietnamese letters and nothing else', () => {
  expect(fold('  Đặng  Thị Mỹ-Hạnh ')).toBe('dang thi my hanh')
  expect(fold('ÔNG ƯỚC, Nguyễn Hữu Quỳnh'.normalize('NFD'))).toBe('ong uoc nguyen huu quynh')
  expect(fold('Công ty 3A & B')).toBe('cong ty 3a b')
})

it('folded twice is folded once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text))
    }),
  )
})
