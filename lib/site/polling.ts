import { pollFeed, type BankFeed, type PollPosition } from '../bank/poll'
import type { ServerContext } from '../context'
import { describeError, log } from '../log'
import { listCassoLines } from '../payments/casso/list'
import { parseCassoLine } from '../payments/casso/parse'
import { listSepayLines, parseSepayListed } from '../payments/sepay/list'

/** Asks the aggregators whose API has a key for the bank lines that their webhooks missed. */
export interface BankPoll {
  /** Asks each of them once, unless that is under way. */
  run(): Promise<void>
  /** Breaks off what is under way and waits for it. */
  stop(): Promise<void>
}

/** Makes the poll of this installation; where it goes on is remembered in this process alone. */
export function bankPoll(context: ServerContext): BankPoll {
  const stopping = new AbortController()
  const polls = feedsOf(context.bankApis).map((feed) => ({ feed, position: null as PollPosition | null }))
  let running: Promise<void> | null = null

  const runAll = async () => {
    for (const poll of polls) {
      const { provider } = poll.feed
      try {
        const { next, missed, notUnderstood } = await pollFeed(context, poll.feed, poll.position, stopping.signal)
        poll.position = next
        if (missed + notUnderstood > 0) log.warn({ event: 'bank_polled', provider, missed, notUnderstood })
      } catch (error) {
        if (stopping.signal.aborted) return
        log.error({ event: 'bank_poll_failed', provider, error: describeError(error) })
      }
    }
  }

  return {
    run: () => {
      running ??= runAll().finally(() => {
        running = null
      })
      return running
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

function feedsOf({ sepay, casso }: ServerContext['bankApis']): BankFeed[] {
  const feeds: BankFeed[] = []
  if (sepay) {
    feeds.push({
      provider: 'sepay',
      // Two calls a second at most.
      pauseMs: 600,
      listPage: (from, to, page, signal) => listSepayLines(sepay, from, to, page, signal),
      parse: parseSepayListed,
    })
  }
  if (casso) {
    feeds.push({
      provider: 'casso',
      pauseMs: 600,
      listPage: (from, _to, page, signal) => listCassoLines(casso, from, page, signal),
      parse: parseCassoLine,
    })
  }
  return feeds
}
