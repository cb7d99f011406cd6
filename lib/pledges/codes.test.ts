import { getTableConfig, PgDialect } from 'drizzle-orm/pg-core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pledges } from '../../db/schema'
import { seededRandom } from '../../tests/setup/context'
import { CODE_ALPHABET, createPaymentCode, findNearCodes, findPaymentCodes, isPaymentCode, normalizeCode } from './codes'

const symbol = fc.constantFrom(...CODE_ALPHABET)
const code = fc.string({ minLength: 1 }).map((seed) => createPaymentCode(seededRandom(seed)))

describe('a payment code', () => {
  test('has nine characters without 0, O, 1, I and L, and a right checksum', () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(made).toMatch(/^TD[2-9A-HJKMNP-Z]{7}$/)
        expect(isPaymentCode(made)).toBe(true)
      }),
    )
  })

  test('has for the database the symbols that it has here', () => {
    const rule = getTableConfig(pledges).checks.find(({ name }) => name === 'pledges_code')
    expect(rule && new PgDialect().sqlToQuery(rule.value).sql).toContain(`'^TD[${CODE_ALPHABET}]{7}$'`)
  })

  test('draws every symbol about equally often', () => {
    const random = seededRandom('spread')
    const counts = new Map<string, number>()
    for (let i = 0; i < 5_000; i++)
      for (const drawn of createPaymentCode(random).slice(2, 8)) counts.set(drawn, (counts.get(drawn) ?? 0) + 1)
    expect(counts.size).toBe(31)
    const expected = (5_000 * 6) / 31
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.2)
  })

  test('shows every single wrong symbol', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 2, max: 8 }), symbol, (made, at, other) => {
        fc.pre(made[at] !== other)
        expect(isPaymentCode(made.slice(0, at) + other + made.slice(at + 1))).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  test('shows every swap of two neighbours', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 2, max: 7 }), (made, at) => {
        fc.pre(made[at] !== made[at + 1])
        expect(isPaymentCode(made.slice(0, at) + (made[at + 1] ?? '') + (made[at] ?? '') + made.slice(at + 2))).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is read as people type it', () => {
    expect(normalizeCode(' td7k-4mx 9q.')).toBe('TD7K4MX9Q')
  })
})

describe('codes in a memo', () => {
  test('are found across spaces and line breaks, and once each', () => {
    const made = createPaymentCode(seededRandom('memo'))
    const spaced = [...made].join(' \n')
    expect(findPaymentCodes(`x ${spaced} y ${made}`)).toEqual([made])
  })

  test('are found when one begins inside the other', () => {
    expect(findPaymentCodes('')).toEqual([])
    fc.assert(
      fc.property(code, code, (a, b) => {
        expect(findPaymentCodes(a + b)).toEqual(expect.arrayContaining([a, b]))
      }),
    )
  })
})

describe('a code that people or banks got wrong', () => {
  const place = fc.nat(6)
  const memoOf = (symbols: string) => `MBVCB.12 ung ho TD${symbols}.`
  const faults: [string, (symbols: string, at: number, other: string) => string][] = [
    ['by one symbol', (symbols, at, other) => symbols.slice(0, at) + other + symbols.slice(at + 1)],
    [
      'by two neighbours that changed places',
      (symbols, at) => symbols.slice(0, at) + (symbols[at + 1] ?? '') + (symbols[at] ?? '') + symbols.slice(at + 2),
    ],
    ['by one symbol that is missing', (symbols, at) => symbols.slice(0, at) + symbols.slice(at + 1)],
    ['by one symbol too many', (symbols, at, other) => symbols.slice(0, at) + other + symbols.slice(at)],
  ]

  test.each(faults)('%s is among those it may have meant', (_name, spoil) => {
    fc.assert(
      fc.property(code, place, fc.oneof(symbol, fc.constantFrom('0', 'O', '1', 'I', 'L')), (made, at, other) => {
        const memo = memoOf(spoil(made.slice(2), at, other))
        // Spoilt by chance into itself, or into another code, it is exact.
        if (findPaymentCodes(memo).length === 0) expect([...findNearCodes(memo).keys()]).toContain(made)
      }),
    )
  })

  test('means nothing where nothing is near', () => {
    expect(findNearCodes('ung ho cac em vung cao').size).toBe(0)
    expect(findNearCodes(memoOf('')).size).toBeLessThan(40)
  })
})
