import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaigns, cardSessions, funds, pledges } from '../../db/schema'
import { takesPledges } from '../campaigns/states'
import type { CardAccount, ServerContext } from '../context'
import { localePath, pick, type Locale } from '../i18n/locale'
import { describeError, log } from '../log'
import { isAnswered, stripeErrorCode, stripeOf } from '../payments/stripe/client'
import type { CardCurrency } from '../payments/stripe/model'
import { expirePage, openPage } from '../payments/stripe/page'
import { giftPath } from '../pledges/cookies'
import { isSecret } from '../pledges/secret'
import { ok, refuse, type Result } from '../result'
import { addDays, dayOf, startOfDay } from '../time/day'
import { refusalOf } from './clearance'
import type { OpenRefusal } from './model'
import { lookAtRisk } from './risk'
import { endPage } from './sync'

/** A page stays open for an hour; who comes back later gets another. Stripe asks for half an hour at least. */
const PAGE_MS = 60 * 60_000
const LEAST_PAGE_MS = 31 * 60_000
/** A page that ends sooner is neither shown nor asked for any more; one that is over never. */
const LEAST_LEFT_MS = {
  ...{ opening: LEAST_PAGE_MS, open: 5 * 60_000 },
  ...{ processing: Infinity, paid: Infinity, failed: Infinity, expired: Infinity },
}

/** Whether a fund takes gifts by card. */
export const takesCards = ({ cards }: ServerContext, fundSlug: string): boolean => cards.accounts.has(fundSlug)

interface PageAsked {
  code: string
  secret: string
  visitor: string | null
  clearance?: string
}

/** A page as it is to be asked for. */
interface Wanted {
  sessionId: bigint
  account: CardAccount
  attempt: number
  currency: CardCurrency
  amountMinor: bigint
  expiresAt: Date
  asksThreeDSecure: boolean
  title: string
  locale: Locale
  fundSlug: string
  /** Where it is, when it is open already. */
  url: string | null
  /** Stripe's ids of this pledge's other pages that are open, to be closed first. */
  outdated: string[]
}

/**
 * Opens the page of the card company on which a pledge is paid, or finds again the one that is open. Written down
 * before Stripe is asked and asked for under one key: pressed twice, cut off or tried again, it is one page.
 * @param asked.visitor who asks, as `visitorHash` names them; null where nothing is limited
 * @param asked.clearance the work or the ticket that was shown, where it was asked for
 * @returns the page's address
 */
export async function openCardPage(context: ServerContext, asked: PageAsked): Promise<Result<{ url: string }, OpenRefusal>> {
  const { code } = asked
  const wanted = await context.db.transaction((tx) => plan(context, tx, asked))
  if (!wanted.ok) return wanted
  const { account, outdated, sessionId, locale, url, ...page } = wanted.value
  const stripe = stripeOf(account)
  try {
    for (const stripeId of outdated) await endPage(context, account, stripeId)
    if (outdated.length > 0 && !(await mayBePaid(context, code))) return refuse('not_open')
    if (url !== null) return ok({ url })
    const back = `${context.origin}${localePath(locale, giftPath(code))}/the`
    const opened = await openPage(stripe, { ...page, code, locale, successUrl: `${back}/xong`, cancelUrl: `${back}/huy` })
    if (await keepOpened(context, sessionId, opened)) return ok({ url: opened.url })
    // While Stripe was asked, the pledge became one of another sum, or this very page was paid.
    await expirePage(stripe, opened.stripeId)
    return refuse((await mayBePaid(context, code)) ? 'unreachable' : 'not_open')
  } catch (error) {
    // Stripe would give the same answer to the same key for a day: the next try is another page.
    if (isAnswered(error)) await giveUp(context, sessionId)
    log.error({ event: 'card_page_failed', fund: page.fundSlug, stripe: stripeErrorCode(error), error: describeError(error) })
    return refuse('unreachable')
  }
}

/**
 * Closes the pages of a pledge that is of another sum now, paid another way or cancelled, so that nobody pays what they
 * do not mean any more. Where Stripe does not answer they end by themselves, within the hour.
 */
export async function closeOutdatedPages(context: ServerContext, code: string): Promise<void> {
  const pages = await context.db
    .select({ pledge: pledges, page: cardSessions, fundSlug: funds.slug })
    .from(cardSessions)
    .innerJoin(pledges, eq(pledges.id, cardSessions.pledgeId))
    .innerJoin(funds, eq(funds.id, cardSessions.fundId))
    .where(and(eq(pledges.code, code), eq(cardSessions.state, 'open')))
  for (const { pledge, page, fundSlug } of pages) {
    const account = context.cards.accounts.get(fundSlug)
    const sum = pledge.state === 'open' && pledge.method === 'card' ? sumOf(pledge) : null
    if (!account || page.stripeId === null || (sum && isSameSum(page, sum))) continue
    try {
      await endPage(context, account, page.stripeId)
    } catch (error) {
      log.warn({ event: 'card_page_not_closed', fund: fundSlug, stripe: stripeErrorCode(error), error: describeError(error) })
    }
  }
}

/** States of a page on which a gift was paid, or is being paid: another page could be paid a second time. */
const TAKEN = ['processing', 'paid'] as const

/** Whether a pledge still waits for its money. Foreign money that was paid is booked only once Stripe has settled it. */
async function mayBePaid({ db }: ServerContext, code: string): Promise<boolean> {
  const [row] = await db
    .select({ state: pledges.state, taken: cardSessions.id })
    .from(pledges)
    .leftJoin(cardSessions, and(eq(cardSessions.pledgeId, pledges.id), inArray(cardSessions.state, [...TAKEN])))
    .where(eq(pledges.code, code))
    .limit(1)
  return row?.state === 'open' && row.taken === null
}

/** Writes down where a page is. @returns false where it is no more the page that was planned, or is over already */
async function keepOpened({ db }: ServerContext, sessionId: bigint, opened: { stripeId: string; url: string }): Promise<boolean> {
  const own = eq(cardSessions.id, sessionId)
  await db
    .update(cardSessions)
    .set({ ...opened, state: 'open' })
    .where(and(own, eq(cardSessions.state, 'opening')))
  const [page] = await db.select({ state: cardSessions.state, stripeId: cardSessions.stripeId }).from(cardSessions).where(own)
  return page?.state === 'open' && page.stripeId === opened.stripeId
}

async function giveUp({ db }: ServerContext, sessionId: bigint): Promise<void> {
  await db
    .update(cardSessions)
    .set({ state: 'expired' })
    .where(and(eq(cardSessions.id, sessionId), eq(cardSessions.state, 'opening')))
}

/** Decides, under the pledge's lock, which page it is: one that is open, or a new one that is written down here. */
async function plan(
  context: ServerContext,
  tx: Transaction,
  { code, secret, visitor, clearance }: PageAsked,
): Promise<Result<Wanted, OpenRefusal>> {
  const now = context.now()
  const [row] = await tx
    .select({ pledge: pledges, campaign: campaigns, fundSlug: funds.slug })
    .from(pledges)
    .innerJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .innerJoin(funds, eq(funds.id, pledges.fundId))
    .where(eq(pledges.code, code))
    .for('update', { of: pledges })
  if (!row || !isSecret(secret, row.pledge.secretHash)) return refuse('not_found')
  const { pledge, campaign, fundSlug } = row
  if (pledge.state !== 'open' || !takesPledges(campaign, dayOf(now))) return refuse('not_open')
  const account = context.cards.accounts.get(fundSlug)
  const sum = sumOf(pledge)
  if (!account || pledge.method !== 'card' || !sum) return refuse('no_cards')

  const { risk } = await lookAtRisk(tx, context, { fundId: pledge.fundId, visitor })
  if (risk === 'paused') return refuse('paused')

  const pages = await tx.select().from(cardSessions).where(eq(cardSessions.pledgeId, pledge.id)).orderBy(desc(cardSessions.attempt))
  // Paid twice would be given twice.
  if (pages.some(({ state }) => TAKEN.some((taken) => taken === state))) return refuse('not_open')
  const [last] = pages
  const page = { account, ...sum, title: pick(pledge.locale, campaign.titleVi, campaign.titleEn), locale: pledge.locale, fundSlug }
  // Not the last alone: a page whose closing failed may still be open behind it.
  const openBeside = (id?: bigint) =>
    pages.flatMap(({ id: other, state, stripeId }) => (state === 'open' && stripeId !== null && other !== id ? [stripeId] : []))
  if (last && isSameSum(last, sum) && last.expiresAt.getTime() - now.getTime() > LEAST_LEFT_MS[last.state]) {
    const { id, attempt, expiresAt, asksThreeDSecure, url } = last
    return ok({ ...page, sessionId: id, attempt, expiresAt, asksThreeDSecure, url, outdated: openBeside(id) })
  }
  const attempt = (last?.attempt ?? 0) + 1
  if (risk === 'challenge') {
    if (clearance === undefined) return refuse('challenge')
    const refusal = await refusalOf(tx, context, { code, fundId: pledge.fundId, attempt, visitor }, clearance)
    if (refusal !== null) return refuse(refusal)
  }
  if (last?.state === 'opening') await tx.update(cardSessions).set({ state: 'expired' }).where(eq(cardSessions.id, last.id))
  const expiresAt = endOf(now, campaign)
  // Kept with the page: asked for again under its key, it must be asked for alike.
  const asksThreeDSecure = risk === 'challenge'
  const [made] = await tx
    .insert(cardSessions)
    .values({
      fundId: pledge.fundId,
      pledgeId: pledge.id,
      attempt,
      ...sum,
      state: 'opening',
      visitor,
      asksThreeDSecure,
      createdAt: now,
      expiresAt,
    })
    .returning({ id: cardSessions.id })
  if (!made) throw new Error('a card page was not written down')
  return ok({ ...page, sessionId: made.id, attempt, expiresAt, asksThreeDSecure, url: null, outdated: openBeside() })
}

const isSameSum = (page: { currency: string; amountMinor: bigint }, sum: { currency: string; amountMinor: bigint }): boolean =>
  page.currency === sum.currency && page.amountMinor === sum.amountMinor

function sumOf({ amountVnd, currency, amountMinor }: typeof pledges.$inferSelect): { currency: CardCurrency; amountMinor: bigint } | null {
  if (amountVnd !== null) return { currency: 'vnd', amountMinor: amountVnd }
  return currency !== null && amountMinor !== null ? { currency, amountMinor } : null
}

/** When a page ends: with the closing day of an emergency appeal at the latest, as far as Stripe lets it. */
function endOf(now: Date, { isEmergency, neededBy }: { isEmergency: boolean; neededBy: string }): Date {
  const usual = now.getTime() + PAGE_MS
  if (!isEmergency) return new Date(usual)
  const closing = startOfDay(addDays(neededBy, 1)).getTime()
  return new Date(Math.max(now.getTime() + LEAST_PAGE_MS + 60_000, Math.min(usual, closing)))
}
