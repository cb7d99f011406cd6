import { describe, expect, test } from 'vitest'
import { readAmount } from './amount'
import { readDate } from './day'
import type { Cell } from './model'

const text = (value: string): Cell => ({ kind: 'text', text: value })
const number = (value: number): Cell => ({ kind: 'number', value })

describe('an amount', () => {
  test.each<[Cell, bigint | null]>([
    [text('50.000'), 50_000n],
    [text('50,000'), 50_000n],
    [text('500,000.00'), 500_000n],
    [text('1.234.567,00'), 1_234_567n],
    [text('1.234.567'), 1_234_567n],
    [text('12,345,678'), 12_345_678n],
    [text('1 234 567'), 1_234_567n],
    [text('50000'), 50_000n],
    [text('50000.00'), 50_000n],
    [text('-500,000'), -500_000n],
    [text('− 1.000'), -1_000n],
    [text('(1.000)'), -1_000n],
    [text('+1.000 VND'), 1_000n],
    [text('200.000 đ'), 200_000n],
    [text('1,000.000'), 1_000n],
    [text('0.00'), 0n],
    [text(''), null],
    [text(' - '), null],
    [null, null],
    [number(500_000), 500_000n],
    [number(-7), -7n],
  ])('%j is %s', (cell, amount) => {
    expect(readAmount(cell)).toEqual({ ok: true, value: amount })
  })

  test.each<[Cell, string]>([
    [text('1,5'), 'not_whole'],
    [text('500,000.50'), 'not_whole'],
    [text('1.234,567'), 'not_whole'],
    [number(0.5), 'not_whole'],
    [text('1.00.000'), 'amount'],
    [text('1.234.56'), 'amount'],
    [text('12a'), 'amount'],
    [text('1.234,567.890'), 'amount'],
    [text('9'.repeat(16)), 'amount'],
    [number(2 ** 60), 'amount'],
    [number(10 ** 15), 'amount'],
    [number(Number.NaN), 'amount'],
    [{ kind: 'formula' }, 'formula'],
    [{ kind: 'date', day: '2026-11-23', time: null }, 'amount'],
  ])('%j is refused: %s', (cell, refusal) => {
    expect(readAmount(cell)).toEqual({ ok: false, refusal })
  })
})

describe('a date', () => {
  test.each<[string, string, string | null, string]>([
    ['23/11/2026', '2026-11-23', null, ''],
    ['3-1-26', '2026-01-03', null, ''],
    ['2026-11-23', '2026-11-23', null, ''],
    ['23/11/2026 14:02:37', '2026-11-23', '2026-11-23T07:02:37.000Z', ''],
    ['14:02 23.11.2026', '2026-11-23', '2026-11-23T07:02:00.000Z', ''],
    ['23/11/2026 02:02:37 PM', '2026-11-23', '2026-11-23T07:02:37.000Z', ''],
    ['2026-11-23T00:30:00', '2026-11-23', '2026-11-22T17:30:00.000Z', ''],
    ['23/11/2026\n5091 - 12345', '2026-11-23', null, '5091 - 12345'],
  ])('%j is %s', (written, day, at, rest) => {
    expect(readDate(text(written))).toEqual({ day, at: at === null ? null : new Date(at), rest })
  })

  test.each(['11/23/2026', '31/02/2026', '23/11/1999', 'Ngày in: 23/11/2026', '23/11', '', '45000'])('%j is none', (written) => {
    expect(readDate(text(written))).toBeNull()
  })
})
