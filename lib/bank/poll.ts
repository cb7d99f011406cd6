import { setTimeout as pause } from 'node:timers/promises'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { bankNotices, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { parseStorableJson } from '../http/json'
import { addDays, dayOf, type Day } from '../time/day'
import { receiveBankNotices } from './commands'
import { normalizeAccountNumber, type BankNotice, type Provider } from './model'
import { arrive } from './told'

/** Webhooks are tried again for some half an hour; banks tell an aggregator of a line up to a day late. */
const LOOK_BACK_DAYS = 2
/** Who begins to poll can't know how long nobody did. */
const FIRST_LOOK_BACK_DAYS = 14
const MOST_PAGES = 20

/** An aggregator's list of bank lines. */
export interface BankFeed {
  provider: Provider
  /** Between two pages: aggregators bound how often they are asked in a second. */
  pauseMs: number
  /** @param page from 1; pages stay what they are while lines are added to the last day */
  listPage: (from: Day, to: Day, page: number, signal: AbortSignal) => Promise<{ lines: unknown[]; nextPage: number | null }>
  /** Null for what is no line. */
  parse: (line: unknown) => BankNotice | null
}

/** Where to go on. */
export interface PollPosition {
  from: Day
  page: number
}

/** What a poll found. */
export interface PollResult {
  next: PollPosition
  /** Lines that no webhook had told of. */
  missed: number
  /** Entries of the list that were not understood; they stay at the aggregator and are not kept here. */
  notUnderstood: number
}

/**
 * Books what an aggregator lists and never told of. Bounded: what is left waits for the next poll. Cut off, it begins
 * again at the same place, and what is stored already is passed over. Lines of other accounts, or of days before
 * an account of ours was published, are nobody's gift and are left alone.
 * @param position null at first
 */
export async function pollFeed(context: Context, feed: BankFeed, position: PollPosition | null, signal: AbortSignal): Promise<PollResult> {
  const to = dayOf(context.now())
  const accounts = await publishedAccounts(context)
  const { from, page } = position ?? { from: addDays(to, -FIRST_LOOK_BACK_DAYS), page: 1 }
  const found = { missed: 0, notUnderstood: 0 }
  let next: number | null = page
  for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
    if (pages > 0) await pause(feed.pauseMs, undefined, { signal })
    const listed = await feed.listPage(from, to, next, signal)
    const notices = listed.lines.map((line) => feed.parse(parseStorableJson(JSON.stringify(line)).value))
    found.notUnderstood += notices.filter((notice) => notice === null).length
    const ours = notices.filter((notice) => notice !== null).filter((notice) => isOurs(accounts, notice))
    const missed = await unknownOf(context, feed.provider, ours)
    signal.throwIfAborted()
    await receiveBankNotices(
      context,
      missed.map((notice) => arrive(notice, context.now())),
    )
    found.missed += missed.length
    next = listed.nextPage
  }
  return { ...found, next: next === null ? { from: addDays(to, -LOOK_BACK_DAYS), page: 1 } : { from, page: next } }
}

/** The day on which each account of ours was published, by its number. */
async function publishedAccounts(context: Context): Promise<Map<string, Day>> {
  const rows = await context.db
    .select({ accountNumber: receivingAccounts.accountNumber, effectiveFrom: receivingAccounts.effectiveFrom })
    .from(receivingAccounts)
    .where(isNotNull(receivingAccounts.effectiveFrom))
  return new Map(rows.flatMap(({ accountNumber, effectiveFrom }) => (effectiveFrom ? [[accountNumber, dayOf(effectiveFrom)]] : [])))
}

function isOurs(accounts: Map<string, Day>, notice: BankNotice): boolean {
  const publishedOn = accounts.get(normalizeAccountNumber(notice.accountNumber))
  return publishedOn !== undefined && publishedOn <= dayOf(notice.transactedAt)
}

/**
 * The notices whose id was never told. An id that is known is not compared with what it said: a list may write
 * a line otherwise than the webhook did, its day without the time, say.
 */
async function unknownOf(context: Context, provider: Provider, notices: BankNotice[]): Promise<BankNotice[]> {
  if (notices.length === 0) return []
  const ids = notices.map((notice) => notice.providerEventId)
  const told = await context.db
    .select({ id: bankNotices.providerEventId })
    .from(bankNotices)
    .where(and(eq(bankNotices.provider, provider), inArray(bankNotices.providerEventId, ids)))
  const known = new Set(told.map(({ id }) => id))
  return notices.filter((notice) => !known.has(notice.providerEventId))
}
