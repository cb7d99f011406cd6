import type { CardCharge, CardDispute, Movement } from '../payments/stripe/model'

/** Whether a fund takes cards: not at all, now, or again after a while. */
export type CardOffer = 'none' | 'open' | 'paused'

/** What the page of a gift tells of the way to the card company and back. */
export const CARD_NOTES = ['left', 'asked', 'unreachable', 'paused', 'no_cards', 'no_key'] as const
export type CardNote = (typeof CARD_NOTES)[number]

/** Why a donor can't be sent to the card company's page. In each case nothing was charged, and the pledge stands. */
export type OpenRefusal =
  /** No pledge has the code, or the key is not its own. */
  | 'not_found'
  /** It was paid, cancelled, or its campaign takes nothing any more. */
  | 'not_open'
  /** The fund takes no cards, or not this sum. */
  | 'no_cards'
  /** Cards are closed for a while, because somebody tries stolen ones. */
  | 'paused'
  /** Somebody may be trying stolen ones: work, or a wait, is asked first. */
  | 'challenge'
  /** The wait is not over. */
  | 'too_early'
  /** Work or wait was too long ago, opened a page already, or is none of this gift, this address or this site. */
  | 'out_of_date'
  /** From this address too many pages were opened of late to open another by waiting. */
  | 'too_many_waits'
  /** Stripe did not answer, or refused. */
  | 'unreachable'

const PROGRESS = { opening: 0, open: 1, processing: 2, failed: 3, expired: 3, paid: 4 } as const

/** Whether a page's state may follow another: what was read earlier never overwrites what was read later. */
export const isFurther = (from: keyof typeof PROGRESS, to: keyof typeof PROGRESS): boolean => PROGRESS[to] > PROGRESS[from]

const PAYOUT_PROGRESS = { pending: 0, in_transit: 1, paid: 2, failed: 3, canceled: 3 } as const
type PayoutState = keyof typeof PAYOUT_PROGRESS

/** States of a payout that another may follow. One that a bank took may fail all the same, days later. */
export const payoutStatesBefore = (state: PayoutState): PayoutState[] =>
  (['pending', 'in_transit', 'paid', 'failed', 'canceled'] as const).filter((other) => PAYOUT_PROGRESS[other] < PAYOUT_PROGRESS[state])

/**
 * What of a gift, as it was booked, each of its refunds and disputes comes to: its share of what the card was charged,
 * rounded so that the shares of the whole charge add up to the gift to the đồng. In the order in which they took money,
 * and of one second as Stripe lists them, so that a later one changes no earlier one: a bank may ask long before it takes.
 * @returns đồng by Stripe's id
 */
export function sharesOf(charge: Pick<CardCharge, 'amountMinor' | 'refunds' | 'disputes'>, giftVnd: bigint): Map<string, bigint> {
  const parts = [
    ...charge.refunds.map(({ stripeId, amountMinor, madeAt }) => ({ stripeId, amountMinor, at: madeAt })),
    ...charge.disputes.map(({ stripeId, amountMinor, openedAt, movements }) => ({
      ...{ stripeId, amountMinor, at: movements.find(({ amountVnd }) => amountVnd < 0n)?.happenedAt ?? openedAt },
    })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
  let minor = 0n
  return new Map(
    parts.map(({ stripeId, amountMinor }) => {
      const before = (minor * giftVnd) / charge.amountMinor
      minor += amountMinor
      return [stripeId, (minor * giftVnd) / charge.amountMinor - before]
    }),
  )
}

/** Money that a dispute took, and got back or not: a bank may take it again after the fund had won. */
export interface Round {
  /** From 1. */
  number: number
  taken: Movement
  back: Movement | null
  /** How it ended; `open` while that is not known. What was taken again had been won. */
  state: CardDispute['state']
}

/** The rounds of a dispute, the first first. Money that comes or goes in no such order is left out: a person looks at it. */
export function roundsOf({ movements, state }: Pick<CardDispute, 'movements' | 'state'>): Round[] {
  const rounds: Round[] = []
  for (const movement of movements.toSorted((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime())) {
    const last = rounds.at(-1)
    const isTaken = movement.amountVnd < 0n
    if (isTaken !== (last === undefined || last.back !== null)) break
    if (isTaken) rounds.push({ number: rounds.length + 1, taken: movement, back: null, state })
    else if (last) last.back = movement
  }
  for (const round of rounds.slice(0, -1)) round.state = 'won'
  return rounds
}

/**
 * What of the money that a round took stays away, as it was taken: nothing where it was won, all where it was lost, but
 * for a part that came back, as where a bank had asked for the whole of what was refunded in part.
 */
export function keptVndOf({ taken, back, state }: Round): bigint {
  const takenVnd = -taken.amountVnd
  if (!back) return takenVnd
  return state === 'lost' && back.amountVnd < takenVnd ? takenVnd - back.amountVnd : 0n
}

/** What of a gift a round that was lost keeps. @param shareVnd what of the gift the dispute is about */
export const keptShareOf = (round: Round, shareVnd: bigint): bigint => (shareVnd * keptVndOf(round)) / -round.taken.amountVnd

/** Why somebody asks that a gift goes back: a fixed list, for words of people would be about people. */
export const REASONS = ['requested_by_donor', 'duplicate', 'fraud_suspected', 'wrong_campaign', 'after_closing_day', 'other'] as const
/** `cheque_returned` is asked for on the page of the cheque's receipt. */
export type Reason = (typeof REASONS)[number] | 'cheque_returned'

export const isReason = (text: string): text is (typeof REASONS)[number] => REASONS.some((known) => known === text)

/** A request that a gift goes back, for whoever asks or decides. */
export interface RefundRow {
  id: string
  /** Null where nobody knows whose the gift was. */
  code: string | null
  amountVnd: bigint
  /** How it came, and so how it goes back. */
  via: 'bank' | 'card'
  reason: Reason
  state: 'requested' | 'approved' | 'rejected' | 'sent' | 'failed' | 'withdrawn'
  requestedBy: string
  requestedAt: Date
  decidedBy: string | null
}

/** A dispute that is open, and until when Stripe takes an answer. */
export interface DisputeRow {
  id: string
  code: string | null
  amountVnd: bigint
  reason: string
  openedAt: Date
  answerBy: Date | null
}

/** A gift that may go back, as it was found by its code. */
export interface GiftToReturn {
  donationId: string
  amountVnd: bigint
  leftVnd: bigint
  via: 'bank' | 'card'
  receivedAt: Date
  /** In the smallest unit of what was paid, for the whole of it. */
  wholeMinor: bigint
}
