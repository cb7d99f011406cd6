import { desc, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaigns, cardSessions, funds, pledges } from '../../db/schema'
import type { CardAccount, ServerContext } from '../context'
import { localePath, pick, type Locale } from '../i18n/locale'
import { describeError, log } from '../log'
import { stripeErrorCode, stripeOf } from '../payments/stripe/client'
import type { CardCurrency } from '../payments/stripe/model'
import { expirePage, openPage } from '../payments/stripe/page'
import { giftPath } from '../pledges/cookies'
import { takesPledges } from '../pledges/model'
import { isSecret } from '../pledges/secret'
import { ok, refuse, type Result } from '../result'
import { addDays, dayOf, startOfDay } from '../time/day'
import { refusalOf } from './clearance'
import type { OpenRefusal } from './model'
import { lookAtRisk } from './risk'
import { syncSession } from './sync'

/** A page stays open for an hour; who comes back later gets another. Stripe asks for half an hour at least. */
const PAGE_MS = 60 * 60_000
const LEAST_PAGE_MS = 31 * 60_000
/** A page that ends sooner is not shown any more. */
const LEAST_LEFT_MS = 5 * 60_000

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
  title: string
  locale: Locale
  fundSlug: string
  /** A page for another sum, to be closed first. */
  outdated: string | null
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
  if ('url' in wanted.value) return ok({ url: wanted.value.url })
  const { account, outdated, sessionId, locale, ...page } = wanted.value
  const stripe = stripeOf(account)
  try {
    if (outdated !== null && !(await expirePage(stripe, outdated))) {
      // It could not be closed: it was paid meanwhile, perhaps, and this tells.
      await syncSession(context, account, outdated)
      if (!(await isStillOpen(context, code))) return refuse('not_open')
    }
    const back = `${context.origin}${localePath(locale, giftPath(code))}/the`
    const opened = await openPage(stripe, { ...page, code, locale, successUrl: `${back}/xong`, cancelUrl: `${back}/huy` })
    await context.db
      .update(cardSessions)
      .set({ stripeId: opened.stripeId, url: opened.url, state: 'open' })
      .where(eq(cardSessions.id, sessionId))
    return ok({ url: opened.url })
  } catch (error) {
    log.error({ event: 'card_page_failed', fund: page.fundSlug, stripe: stripeErrorCode(error), error: describeError(error) })
    return refuse('unreachable')
  }
}

async function isStillOpen({ db }: ServerContext, code: string): Promise<boolean> {
  const [pledge] = await db.select({ state: pledges.state }).from(pledges).where(eq(pledges.code, code))
  return pledge?.state === 'open'
}

/** Decides, under the pledge's lock, which page it is: one that is open, or a new one that is written down here. */
async function plan(
  context: ServerContext,
  tx: Transaction,
  { code, secret, visitor, clearance }: PageAsked,
): Promise<Result<Wanted | { url: string }, OpenRefusal>> {
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

  const [last] = await tx
    .select()
    .from(cardSessions)
    .where(eq(cardSessions.pledgeId, pledge.id))
    .orderBy(desc(cardSessions.attempt))
    .limit(1)
  const isSame = last?.currency === sum.currency && last.amountMinor === sum.amountMinor
  // A bank is being asked about the one before it: paid twice would be given twice.
  if (last?.state === 'processing') return refuse('not_open')
  if (last?.state === 'open' && isSame && last.url !== null && last.expiresAt.getTime() - now.getTime() > LEAST_LEFT_MS)
    return ok({ url: last.url })
  const page = { account, ...sum, title: pick(pledge.locale, campaign.titleVi, campaign.titleEn), locale: pledge.locale, fundSlug }
  if (last?.state === 'opening' && isSame && last.expiresAt.getTime() - now.getTime() > LEAST_PAGE_MS) {
    return ok({ ...page, sessionId: last.id, attempt: last.attempt, expiresAt: last.expiresAt, outdated: null })
  }
  const attempt = (last?.attempt ?? 0) + 1
  if (risk === 'challenge') {
    if (clearance === undefined) return refuse('challenge')
    const refusal = await refusalOf(tx, context, { code, fundId: pledge.fundId, attempt, visitor }, clearance)
    if (refusal !== null) return refuse(refusal)
  }
  if (last?.state === 'opening') await tx.update(cardSessions).set({ state: 'expired' }).where(eq(cardSessions.id, last.id))
  const expiresAt = endOf(now, campaign)
  const [made] = await tx
    .insert(cardSessions)
    .values({ fundId: pledge.fundId, pledgeId: pledge.id, attempt, ...sum, state: 'opening', visitor, createdAt: now, expiresAt })
    .returning({ id: cardSessions.id })
  if (!made) throw new Error('a card page was not written down')
  return ok({ ...page, sessionId: made.id, attempt, expiresAt, outdated: last?.state === 'open' ? last.stripeId : null })
}

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
