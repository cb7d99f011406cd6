import { describe, expect, test } from 'vitest'
import type { CardDispute, CardRefund } from '../payments/stripe/model'
import { sharesOf } from './model'

const at = (second: number) => new Date(1_795_000_000_000 + second * 1_000)
const refund = (stripeId: string, amountMinor: bigint, second: number): CardRefund => ({
  ...{ stripeId, amountMinor, madeAt: at(second), requestKey: null, movement: null, hasFailed: false, failure: null },
})
const dispute = (stripeId: string, amountMinor: bigint, askedSecond: number, takenSecond: number): CardDispute => ({
  ...{ stripeId, amountMinor, reason: 'general', state: 'open', answerBy: null, openedAt: at(askedSecond) },
  movements: [{ stripeId: `txn_${stripeId}`, amountVnd: -1n, feeVnd: 0n, happenedAt: at(takenSecond) }],
})
/** A gift of $20 that came to 508,601 ₫, so that thirds of it are no whole đồng. */
const shares = (refunds: CardRefund[], disputes: CardDispute[] = []) => sharesOf({ amountMinor: 2_000n, refunds, disputes }, 508_601n)
const sum = (all: Map<string, bigint>) => [...all.values()].reduce((total, share) => total + share, 0n)

describe('shares of a gift', () => {
  const [first, second, third] = [refund('re_c', 667n, 5), refund('re_b', 667n, 5), refund('re_a', 666n, 5)]

  test('of refunds in one second add up to the gift, and a later one changes no earlier one', () => {
    const all = shares([first, second, third])
    expect(sum(all)).toBe(508_601n)
    expect(shares([first])).toEqual(new Map([['re_c', all.get('re_c')]]))
    expect(shares([first, second]).get('re_b')).toBe(all.get('re_b'))
  })

  test('stay what they were when a bank takes what it had asked about before them', () => {
    const before = shares([first])
    const after = shares([first], [dispute('du_1', 1_333n, 1, 9)])
    expect(after.get('re_c')).toBe(before.get('re_c'))
    expect(sum(after)).toBe(508_601n)
  })
})
