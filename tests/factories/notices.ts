import fc from 'fast-check'
import type { BankNotice, Provider } from '../../lib/bank/model'
import { ACCOUNTS } from './site'

/** An account that only one person proposed. */
export const PROPOSED_ACCOUNT = '777'
/** The day on which the emergency appeal of a stream ends. */
export const LAST_DAY = '2026-11-23'
const BEGIN = new Date('2026-11-23T03:00:00Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** The payment codes that memos of a stream name. */
export type Codes = Record<'first' | 'second' | 'closed' | 'emergency', string>

const MEMOS: ((codes: Codes) => string)[] = [
  () => 'ung ho cac em',
  () => 'CT DEN TD2222222 ung ho',
  ({ first }) => first,
  ({ first }) => `MBVCB.1.${first.toLowerCase()}.CT tu 0185`,
  ({ second }) => `ung ho ${second}`,
  ({ first, second }) => `${first} ${second}`,
  ({ first, emergency }) => `${emergency}${first}`,
  ({ closed }) => closed,
  ({ emergency }) => `khan cap ${emergency}`,
]

/** A notice of a stream, whose ids and sums are those of no other stream. */
export type StreamNotice = (stream: number, codes: Codes) => BankNotice

/** Streams in one database are told apart by their sums. */
export const firstSumOf = (stream: number): bigint => BigInt(20_000 + stream * 10)

const oneOf = <Value>(...choices: Value[]): fc.Arbitrary<Value> => fc.constantFrom(...choices)
/** The first, or now and then the second. */
const seldom = <Value>(often: fc.Arbitrary<Value>, percent: number, rarely: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 100 - percent, arbitrary: often }, { weight: percent, arbitrary: rarely })

const notice = (refused: number): fc.Arbitrary<StreamNotice> =>
  fc
    .record({
      provider: oneOf<Provider>('casso', 'payos', 'sepay'),
      id: fc.integer({ min: 1, max: 30 }),
      accountNumber: seldom(oneOf<string>(ACCOUNTS['ha-noi']), 8, oneOf(ACCOUNTS['ninh-thuan'], PROPOSED_ACCOUNT, '0000 99')),
      direction: seldom(oneOf<'in' | 'out'>('in'), 8, oneOf<'in' | 'out'>('out')),
      sum: seldom(oneOf(0), 20, oneOf(1, 2)),
      reference: seldom(oneOf<string | null>('FT.1', 'ft1', 'FT2', 'FT3'), 60, oneOf(null, 'n/a')),
      balance: seldom(oneOf<bigint | null>(1_000_000n, 2_000_000n, 3_000_000n), 40, oneOf(null)),
      afterMs: seldom(oneOf(0, 5 * MINUTE, 9 * MINUTE, 15 * MINUTE), 15, oneOf(DAY, 2 * DAY, 4 * DAY, 31 * DAY)),
      // Neither engine keeps a text with NUL in it.
      memo: seldom(
        oneOf(...MEMOS),
        refused,
        oneOf(() => 'a\0b'),
      ),
    })
    .map(({ provider, id, sum, balance, afterMs, memo, ...told }) => (stream, codes) => ({
      ...told,
      provider,
      providerEventId: `${stream}/${id}`,
      amountVnd: firstSumOf(stream) + BigInt(sum),
      runningBalanceVnd: balance,
      memo: memo(codes),
      transactedAt: new Date(BEGIN.getTime() + afterMs),
      body: { told: id },
    }))

/**
 * What several aggregators tell of a few sums: much of it again, contradicting, or hard to tell apart.
 * @param refused how many of a hundred the database refuses
 */
export const noticeStream = ({ refused = 0 } = {}): fc.Arbitrary<StreamNotice[]> =>
  fc
    .array(fc.record({ own: notice(refused), again: seldom(oneOf<number | null>(null), 20, fc.nat(30)) }), { minLength: 2, maxLength: 30 })
    .map((told) => told.map(({ own, again }, index) => (again === null ? own : (told[again % (index + 1)]?.own ?? own))))
