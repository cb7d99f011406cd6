import type { Context } from '../context'
import { NotLaidYet } from '../money-line/uses'
import type { CardCharge } from '../payments/stripe/model'
import { lockCharge, type BookedGift } from './book'
import { bookDisputed, bookReinstated, closeDispute } from './book-dispute'
import { bookRefund, bookRefundFailure, dropRefund } from './book-refund'
import { sharesOf } from './model'
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
  for (const { stripeId, work } of stepsOf(charge)) {
    try {
      await context.db.transaction(async (tx) => {
        await lockCharge(tx, charge.stripeId)
        await work({ tx, gift, shareVnd: shares.get(stripeId) ?? 0n, now })
      })
    } catch (error) {
      if (!(error instanceof NotLaidYet)) throw error
      waiting = error
    }
  }
  if (waiting) throw waiting
}

interface Happening {
  stripeId: string
  at: number
  work: (step: Step) => Promise<void>
}

/** What happened, the first first. Stripe refunds no charge whose dispute is open or lost. */
function stepsOf({ refunds, disputes }: CardCharge): Happening[] {
  const steps = disputes.flatMap((dispute): Happening[] => {
    const { stripeId, state } = dispute
    const taken = dispute.movements.find(({ amountVnd }) => amountVnd < 0n)
    if (!taken) return []
    const opened = { stripeId, at: taken.happenedAt.getTime(), work: (step: Step) => bookDisputed(step, dispute, taken) }
    const back = dispute.movements
      .filter(({ amountVnd }) => amountVnd > 0n)
      .map((movement) => ({
        ...{ stripeId, at: movement.happenedAt.getTime(), work: (step: Step) => bookReinstated(step, dispute, taken, movement) },
      }))
    if (state === 'open') return [opened, ...back]
    return [
      opened,
      ...back,
      { stripeId, at: back.at(-1)?.at ?? opened.at, work: (step: Step) => closeDispute(step, dispute, taken, state) },
    ]
  })
  for (const refund of refunds) {
    const { stripeId, movement, failure, hasFailed, madeAt } = refund
    if (!movement && hasFailed) steps.push({ stripeId, at: madeAt.getTime(), work: (step) => dropRefund(step, refund) })
    if (!movement) continue
    steps.push({ stripeId, at: movement.happenedAt.getTime(), work: (step) => bookRefund(step, refund, movement) })
    if (failure)
      steps.push({ stripeId, at: failure.happenedAt.getTime(), work: (step) => bookRefundFailure(step, refund, movement, failure) })
  }
  return steps.sort((a, b) => a.at - b.at)
}
