import type { Context } from '../context'
import { NotLaidYet } from '../money-line/uses'
import type { CardCharge } from '../payments/stripe/model'
import { lockCharge, type BookedGift } from './book'
import { bookDisputed, bookReinstated, closeDispute } from './book-dispute'
import { bookRefund, bookRefundFailure, dropRefund } from './book-refund'
import { roundsOf, sharesOf } from './model'
import type { Step } from './step'

/**
 * Books what went back of a gift by card, and what came back again: refunds, refunds that a bank sent back, disputes.
 * Each in a transaction of its own, each once, in the order in which it happened. What can't be booked yet, because
 * money it needs has no place on its line or is held by something else, is left out; throws `NotLaidYet` after the
 * rest, so that it is tried again.
 */
export async function bookReturns(context: Context, gift: BookedGift, charge: CardCharge): Promise<void> {
  const shares = sharesOf(charge, gift.amountVnd)
  const now = context.now()
  let waiting: NotLaidYet | null = null
  for (const { work } of stepsOf(charge)) {
    try {
      await context.db.transaction(async (tx) => {
        await lockCharge(tx, charge.stripeId)
        await work({ tx, gift, charge, shares, now })
      })
    } catch (error) {
      if (!(error instanceof NotLaidYet)) throw error
      waiting = error
    }
  }
  if (waiting) throw waiting
}

interface Happening {
  at: number
  work: (step: Step) => Promise<void>
}

/** What happened, the first first. Stripe refunds no charge whose dispute is open or lost. */
function stepsOf({ refunds, disputes }: CardCharge): Happening[] {
  const steps: Happening[] = []
  for (const dispute of disputes) {
    for (const round of roundsOf(dispute)) {
      const { taken, back } = round
      steps.push({ at: taken.happenedAt.getTime(), work: (step) => bookDisputed(step, dispute, round) })
      if (back) steps.push({ at: back.happenedAt.getTime(), work: (step) => bookReinstated(step, dispute, round, back) })
      if (round.state !== 'open')
        steps.push({ at: (back ?? taken).happenedAt.getTime(), work: (step) => closeDispute(step, dispute, round) })
    }
  }
  for (const refund of refunds) {
    const { movement, failure, hasFailed, madeAt } = refund
    if (!movement && hasFailed) steps.push({ at: madeAt.getTime(), work: (step) => dropRefund(step, refund) })
    if (!movement) continue
    steps.push({ at: movement.happenedAt.getTime(), work: (step) => bookRefund(step, refund, movement) })
    if (failure) steps.push({ at: failure.happenedAt.getTime(), work: (step) => bookRefundFailure(step, refund, movement, failure) })
  }
  return steps.sort((a, b) => a.at - b.at)
}
