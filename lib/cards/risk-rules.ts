/** The numbers of docs/operations.md, and what follows from them. Nothing here knows a clock or a table. */

const MINUTE_MS = 60_000

/** How long a card that was not accepted tells anything. Older rows are deleted. */
export const MEMORY_MS = 24 * 60 * MINUTE_MS

/** So many on one page, and the page is over: who mistypes needs fewer. */
const MOST_ON_A_PAGE = 3

/** So often in a day, on whatever page of whatever fund, and each page that the card is tried on is over at once. */
const MOST_OF_A_CARD = 5

/** Failures that mean nothing yet: so many, and one more for each `oneMorePer` cards that were accepted meanwhile. */
interface Allowance {
  failures: number
  oneMorePer: number
}

/** How those who share an address, or a fund, are judged by what failed. */
export interface Rule {
  /** What is looked back on, from each failure and from now. */
  windowMs: number
  /** Above it a card page is opened only after work, or a wait. */
  challenge: Allowance
  /** Above it no card page is opened for a while. */
  pause: Allowance
  pauseMs: number
  /** After a pause: as long as this work is asked, and the next pause comes after fewer. */
  watchMs: number
  pauseAgain: Allowance
  /** Of one address no more count, so that it can close its own door and not the fund's. */
  mostOfOneVisitor: number
}

/** Of one address, over all funds. A school or a mobile network may stand behind it. */
export const VISITOR_RULE: Rule = {
  windowMs: 60 * MINUTE_MS,
  challenge: { failures: 2, oneMorePer: 3 },
  pause: { failures: 4, oneMorePer: 3 },
  pauseMs: 30 * MINUTE_MS,
  watchMs: 60 * MINUTE_MS,
  pauseAgain: { failures: 1, oneMorePer: 3 },
  mostOfOneVisitor: Number.POSITIVE_INFINITY,
}

/** Of a fund, whoever tried. */
export const FUND_RULE: Rule = {
  windowMs: 30 * MINUTE_MS,
  challenge: { failures: 4, oneMorePer: 4 },
  pause: { failures: 9, oneMorePer: 2 },
  pauseMs: 30 * MINUTE_MS,
  watchMs: 60 * MINUTE_MS,
  pauseAgain: { failures: 3, oneMorePer: 2 },
  mostOfOneVisitor: 2,
}

/** Of a fund in a day: what is tried slowly is seen here. It asks for work and never closes. */
const FUND_DAY: Allowance = { failures: 20, oneMorePer: 4 }

/** A card that was not accepted. */
export interface Failure {
  atMs: number
  /** Keyed hashes; null where not known. */
  visitor: string | null
  card: string | null
  /** The page it was tried on; null where none of ours. */
  page: bigint | null
  /** Cards that were accepted of the same address, or fund, in the rule's window before it. */
  accepted: number
}

/** What is asked before a card page opens: nothing, work or a wait, or to come again later. */
export type Risk = 'calm' | 'challenge' | 'paused'

export interface Verdict {
  risk: Risk
  /** While paused, when it opens again by itself unless more fails. */
  untilMs: number | null
}

const allows = ({ failures, oneMorePer }: Allowance, accepted: number): number => failures + Math.floor(accepted / oneMorePer)

/**
 * How many tries these failures are. The same card again and again on one page is one: somebody who mistypes, or whose
 * bank says no. Each further card is one more, and so is each further page.
 */
export function countTries(failures: readonly Failure[], mostOfOneVisitor: number): number {
  const seen = new Set<string>()
  const ofVisitor = new Map<string, number>()
  let tries = 0
  for (const { visitor, page, card } of failures) {
    if (page !== null && card !== null) {
      const what = `${page} ${card}`
      if (seen.has(what)) continue
      seen.add(what)
    }
    if (visitor !== null) {
      const before = ofVisitor.get(visitor) ?? 0
      if (before >= mostOfOneVisitor) continue
      ofVisitor.set(visitor, before + 1)
    }
    tries += 1
  }
  return tries
}

/**
 * Reads off the failures of a day how it stands now, so that there is no state to keep: each process comes to the
 * same, and a restart forgets nothing.
 * @param failures oldest first, none later than now
 * @param accepted cards accepted in the rule's window up to now
 */
export function judge(rule: Rule, failures: readonly Failure[], accepted: number, nowMs: number): Verdict {
  const { windowMs, pauseMs, watchMs, mostOfOneVisitor } = rule
  const triesBetween = (fromMs: number, toMs: number): number =>
    countTries(
      failures.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs),
      mostOfOneVisitor,
    )
  let untilMs = Number.NEGATIVE_INFINITY
  for (const { atMs, accepted: acceptedThen } of failures) {
    const isWatched = atMs >= untilMs && atMs < untilMs + watchMs
    // What closed the door once does not close it again: after a pause only what came since counts.
    const fromMs = isWatched ? Math.max(untilMs, atMs - windowMs) : atMs - windowMs
    if (triesBetween(fromMs, atMs) > allows(isWatched ? rule.pauseAgain : rule.pause, acceptedThen)) untilMs = atMs + pauseMs
  }
  if (nowMs < untilMs) return { risk: 'paused', untilMs }
  const isRaised = nowMs < untilMs + watchMs || triesBetween(nowMs - windowMs, nowMs) > allows(rule.challenge, accepted)
  return { risk: isRaised ? 'challenge' : 'calm', untilMs: null }
}

/**
 * Whether so much failed in a day that each card page of the fund costs work.
 * @param failures of the fund in a day
 * @param accepted cards that it accepted in a day
 */
export const isLongDay = (failures: readonly Failure[], accepted: number): boolean =>
  countTries(failures, FUND_RULE.mostOfOneVisitor) > allows(FUND_DAY, accepted)

/** Whether a page has seen enough; counts are of a day and hold the failure that asks. */
export const isPageOver = (onThisPage: number, ofThisCard: number): boolean => onThisPage >= MOST_ON_A_PAGE || ofThisCard >= MOST_OF_A_CARD
