import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countTries, FUND_RULE, isLongDay, isPageOver, judge, VISITOR_RULE, type Failure, type Rule } from './risk-rules'

const MINUTE = 60_000

let made = 0
/** A failure at a minute, of an address, a card and a page like no other unless told. */
const failure = (minute: number, more: Partial<Failure> = {}): Failure => {
  made += 1
  return { atMs: minute * MINUTE, visitor: `v${made}`, card: `c${made}`, page: BigInt(made), accepted: 0, ...more }
}
const failures = (minutes: readonly number[], more: Partial<Failure> = {}) => minutes.map((minute) => failure(minute, more))
const upTo = (count: number, more: Partial<Failure> = {}) =>
  failures(
    [...Array(count).keys()].map((index) => index / 10),
    more,
  )
const riskAt = (rule: Rule, list: readonly Failure[], minute: number, accepted = 0) => judge(rule, list, accepted, minute * MINUTE).risk

describe('tries', () => {
  test('are counted once for a card on a page, and again on another page or with another card', () => {
    expect(countTries(failures([1, 2, 3], { page: 1n, card: 'a' }), 9)).toBe(1)
    expect(countTries([failure(1, { page: 1n, card: 'a' }), failure(2, { page: 1n, card: 'b' })], 9)).toBe(2)
    expect(countTries([failure(1, { page: 1n, card: 'a' }), failure(2, { page: 2n, card: 'a' })], 9)).toBe(2)
    expect(countTries(failures([1, 2, 3], { page: 1n, card: null }), 9)).toBe(3)
  })

  test('of one address count up to a bound, those of nobody known all', () => {
    expect(countTries(failures([1, 2, 3, 4, 5], { visitor: 'one' }), 2)).toBe(2)
    expect(countTries(failures([1, 2, 3, 4, 5], { visitor: null }), 2)).toBe(5)
  })
})

describe('a fund', () => {
  test('is calm while few cards fail, asks for work above four, and closes above nine', () => {
    const risks = [...Array(12).keys()].map((count) => riskAt(FUND_RULE, upTo(count), 2))
    expect(risks).toEqual([...Array<string>(5).fill('calm'), ...Array<string>(5).fill('challenge'), 'paused', 'paused'])
  })

  test('may fail more often on a day on which many cards are accepted', () => {
    // 25 of 125 cards are not accepted: as many as on any honest day.
    expect(riskAt(FUND_RULE, upTo(25, { accepted: 100 }), 3, 100)).toBe('calm')
    expect(riskAt(FUND_RULE, upTo(40, { accepted: 100 }), 5, 100)).toBe('challenge')
    expect(riskAt(FUND_RULE, upTo(60, { accepted: 100 }), 7, 100)).toBe('paused')
  })

  test('is not closed by one address, however much it tries', () => {
    expect(riskAt(FUND_RULE, upTo(200, { visitor: 'one' }), 21)).toBe('calm')
  })

  test('opens again by itself half an hour after the last of them, and stays watched for an hour', () => {
    const list = upTo(10)
    const lastMinute = 0.9
    expect(judge(FUND_RULE, list, 0, MINUTE)).toEqual({ risk: 'paused', untilMs: (lastMinute + 30) * MINUTE })
    expect(riskAt(FUND_RULE, list, lastMinute + 29.99)).toBe('paused')
    expect(riskAt(FUND_RULE, list, lastMinute + 30)).toBe('challenge')
    expect(riskAt(FUND_RULE, list, lastMinute + 89.99)).toBe('challenge')
    expect(riskAt(FUND_RULE, list, lastMinute + 90)).toBe('calm')
  })

  test('closes again after four while it is watched, and not because of what closed it before', () => {
    const before = upTo(10)
    const again = (count: number) => failures([31, 32, 33, 34, 35].slice(0, count))
    expect(riskAt(FUND_RULE, [...before, ...again(3)], 36)).toBe('challenge')
    expect(judge(FUND_RULE, [...before, ...again(4)], 0, 36 * MINUTE)).toEqual({ risk: 'paused', untilMs: 64 * MINUTE })
    // Four as such close nothing.
    expect(riskAt(FUND_RULE, again(4), 36)).toBe('calm')
  })

  test('asks for work where much fails slowly over a day, and never closes for that', () => {
    const slow = failures([...Array(24).keys()].map((index) => index * 40))
    expect(riskAt(FUND_RULE, slow, 24 * 40)).toBe('calm')
    expect([isLongDay(slow.slice(0, 20), 0), isLongDay(slow, 0), isLongDay(slow, 40)]).toEqual([false, true, false])
  })
})

describe('an address', () => {
  test('is asked for work after three cards, and closed after five', () => {
    const risks = [...Array(6).keys()].map((count) => riskAt(VISITOR_RULE, upTo(count, { visitor: 'one' }), 2))
    expect(risks).toEqual(['calm', 'calm', 'calm', 'challenge', 'challenge', 'paused'])
  })

  test('of a school stays open: a third of what it gives may fail', () => {
    expect(riskAt(VISITOR_RULE, upTo(12, { visitor: 'one', accepted: 40 }), 2, 40)).toBe('calm')
  })

  test('of somebody whose one card fails again and again on one page stays calm', () => {
    expect(riskAt(VISITOR_RULE, upTo(3, { visitor: 'one', page: 1n, card: 'own' }), 2)).toBe('calm')
  })
})

test('a page is over after three, or with a card that failed five times wherever', () => {
  expect([isPageOver(2, 2), isPageOver(3, 1), isPageOver(1, 4), isPageOver(1, 5)]).toEqual([false, true, false, true])
})

describe('whatever happened', () => {
  const anyFailures = fc
    .array(
      fc.record({
        atMs: fc.integer({ min: 0, max: 300 }).map((minute) => minute * MINUTE),
        visitor: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')),
        card: fc.option(fc.constantFrom('1', '2', '3', '4')),
        page: fc.option(fc.bigInt({ min: 1n, max: 6n })),
        accepted: fc.integer({ min: 0, max: 30 }),
      }),
      { maxLength: 60 },
    )
    .map((list) => list.toSorted((a, b) => a.atMs - b.atMs))
  const rules = fc.constantFrom(FUND_RULE, VISITOR_RULE)

  test('nothing is closed longer than a pause after the last failure, or watched longer than a watch after that', () => {
    fc.assert(
      fc.property(rules, anyFailures, (rule, list) => {
        const last = list.at(-1)?.atMs ?? 0
        expect(judge(rule, list, 0, last + rule.pauseMs).risk).not.toBe('paused')
        expect(judge(rule, list, 0, last + rule.pauseMs + rule.watchMs).risk).toBe('calm')
      }),
    )
  })

  test('nothing is closed by fewer than the rule says', () => {
    fc.assert(
      fc.property(rules, anyFailures, (rule, list) => {
        const few = list.slice(0, rule.pause.failures)
        expect(judge(rule, few, 0, few.at(-1)?.atMs ?? 0).risk).not.toBe('paused')
      }),
    )
  })

  test('a pause once begun is not ended early by what fails, or is accepted, later', () => {
    fc.assert(
      fc.property(rules, anyFailures, fc.integer({ min: 1, max: 29 }), (rule, later, minute) => {
        const closing = upTo(10, rule === VISITOR_RULE ? { visitor: 'one' } : {})
        const { untilMs } = judge(rule, closing, 0, MINUTE)
        const since = later
          .map((failure) => ({ ...failure, atMs: Math.max(failure.atMs, MINUTE) }))
          .filter(({ atMs }) => atMs <= minute * MINUTE)
        expect(judge(rule, [...closing, ...since], 1_000, minute * MINUTE).untilMs).toBeGreaterThanOrEqual(untilMs ?? Infinity)
      }),
    )
  })
})
