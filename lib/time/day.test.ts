import { describe, expect, test } from 'vitest'
import { addDays, dayOf, daysBetween, formatBankMoment, formatDay, formatMoment, parseLocalMoment, startOfDay } from './day'

describe('midnight in Hà Nội', () => {
  test('is at five in the afternoon of the day before, UTC', () => {
    expect(dayOf(new Date('2026-11-23T16:59:59.999Z'))).toBe('2026-11-23')
    expect(dayOf(new Date('2026-11-23T17:00:00Z'))).toBe('2026-11-24')
    expect(startOfDay('2026-11-24').toISOString()).toBe('2026-11-23T17:00:00.000Z')
  })

  test('turns the year as well', () => {
    expect(dayOf(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01')
    expect(formatMoment(new Date('2026-12-31T17:00:00Z'))).toBe('00:00, 01/01/2027')
  })

  test('is the same for what a bank writes, in any zone of this machine', () => {
    const moment = parseLocalMoment('2026-11-24 00:00:00')
    expect(moment?.toISOString()).toBe('2026-11-23T17:00:00.000Z')
    expect(formatBankMoment(moment ?? new Date(0))).toBe('2026-11-24 00:00:00')
  })
})

test.each(['', 'today', '2026-02-30 10:00:00', '2026-13-01 10:00', '2026-11-23 24:00:01', '2026-11-23', '23/11/2026 10:00'])(
  '%j is no moment of a bank',
  (text) => {
    expect(parseLocalMoment(text)).toBeNull()
  },
)

test('days are counted by the calendar', () => {
  expect([addDays('2024-02-28', 1), addDays('2026-03-01', -1), addDays('2026-12-31', 1)]).toEqual([
    '2024-02-29',
    '2026-02-28',
    '2027-01-01',
  ])
  expect([daysBetween('2026-11-23', '2026-12-05'), daysBetween('2026-01-01', '2025-12-31')]).toEqual([12, -1])
  expect(formatDay('2026-11-23')).toBe('23/11/2026')
})
