import { pruneCardFailures, pruneStripeEvents } from '../cards/forget'
import { processDueEvents } from '../cards/inbox'
import { closePausedPages } from '../cards/paused-pages'
import { matchPayouts } from '../bank/payouts'
import { pollMovements, syncUnsettled, type PollPosition } from '../cards/poll'
import { sendApprovedRefunds } from '../cards/send-refunds'
import type { ServerContext } from '../context'
import { describeError, log } from '../log'

/** A refund is sent as soon as it is approved; what fails then is tried again with each poll, for it fails alike for a while. */
const AT_ONCE_MS = 30_000

/** What is done about gifts by card besides answering Stripe. */
export interface CardWork {
  /** What is due: events to be looked at again, pages to be closed, refunds to be sent. */
  runDue(): Promise<void>
  /** Asks Stripe what no webhook told, and forgets which cards failed a day ago and what it told a month ago. */
  poll(): Promise<void>
  /** Breaks off what is under way, between one question to Stripe and the next, and waits for it. */
  stop(): Promise<void>
}

/** Makes the card work of this installation; from when to ask is remembered in this process alone. */
export function cardWork(context: ServerContext): CardWork {
  const positions = new Map<string, PollPosition>()
  const running = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  const { signal } = stopping

  /** One of each kind at a time; nothing where no fund takes cards. */
  const alone = (name: string, work: () => Promise<void>): Promise<void> => {
    const known = running.get(name)
    if (known || context.cards.accounts.size === 0) return known ?? Promise.resolve()
    const under = work()
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ event: 'card_work_failed', work: name, error: describeError(error) })
      })
      .finally(() => running.delete(name))
    running.set(name, under)
    return under
  }

  const pollAll = async () => {
    await pruneCardFailures(context)
    await pruneStripeEvents(context)
    for (const account of context.cards.accounts.values()) {
      const { fundSlug } = account
      try {
        const { next, missed } = await pollMovements(context, account, positions.get(fundSlug) ?? null, signal)
        positions.set(fundSlug, next)
        if (missed > 0) log.warn({ event: 'cards_polled', fund: fundSlug, missed })
        await syncUnsettled(context, account, signal)
      } catch (error) {
        if (signal.aborted) return
        log.error({ event: 'card_poll_failed', fund: fundSlug, error: describeError(error) })
      }
    }
  }

  return {
    async runDue() {
      const due = alone('due', async () => {
        await processDueEvents(context, signal)
        await matchPayouts(context)
        await sendApprovedRefunds(context, new Date(context.now().getTime() - AT_ONCE_MS), signal)
      })
      await Promise.all([due, alone('pages', async () => void (await closePausedPages(context)))])
    },
    poll: () =>
      alone('poll', async () => {
        await sendApprovedRefunds(context, undefined, signal)
        await pollAll()
      }),
    stop: async () => {
      stopping.abort()
      await Promise.all(running.values())
    },
  }
}
