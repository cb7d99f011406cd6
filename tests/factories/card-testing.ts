import { eq } from 'drizzle-orm'
import { donations, pledges } from '../../db/schema'
import { offerClearance } from '../../lib/cards/clearance'
import { openCardPage } from '../../lib/cards/commands'
import { visitorHash } from '../../lib/cards/keys'
import { closePausedPages } from '../../lib/cards/paused-pages'
import { solve } from './card-failures'
import type { CardCounter } from './cards'
import { makePledge } from './giving'

interface Habits {
  /** Whether it does the work that is asked before a page opens. */
  works: boolean
  /** So many cards are tried before news of the first comes from Stripe. */
  newsEvery?: number
}

/** Somebody who tries stolen cards, one after another, with as many pledges as that takes. */
export class CardTester {
  /** Cards that were really tried: a bank was asked about them. */
  tried = 0
  refusals = new Map<string, number>()
  readonly #pages = new Map<string, string>()
  #spare: { code: string; secret: string } | null = null
  #untold = 0

  constructor(
    readonly counter: CardCounter,
    readonly campaignSlug: string,
    readonly habits: Habits,
  ) {}

  /** Tries a card from an address: on the page that is open there, else on a new one. */
  async try(address: string, card: string): Promise<void> {
    if (!this.#press(address, card)) {
      await this.open(address)
      if (!this.#press(address, card)) return
    }
    this.tried += 1
    this.#untold += 1
    if (this.#untold >= (this.habits.newsEvery ?? 1)) await this.hear()
  }

  /** Lets news of what failed come to the site, and the site do what it does every two seconds. */
  async hear(): Promise<void> {
    this.#untold = 0
    await this.counter.fake.webhooks.deliverDue()
    await closePausedPages(this.counter.context)
  }

  /** Opens a page, if it is let. */
  async open(address: string): Promise<void> {
    const { context } = this.counter
    const visitor = visitorHash(context, address)
    const pledge = (this.#spare ??= await makePledge(context, this.campaignSlug, { method: 'card' }))
    let opened = await openCardPage(context, { ...pledge, visitor })
    if (!opened.ok && opened.refusal === 'challenge' && this.habits.works) {
      const offer = await offerClearance(context, { code: pledge.code, visitor, held: null })
      opened = await openCardPage(context, { ...pledge, visitor, clearance: await solve(offer?.challenge ?? '') })
    }
    if (opened.ok) {
      this.#spare = null
      this.#pages.set(address, opened.value.url.split('/').at(-1) ?? '')
    } else this.refusals.set(opened.refusal, (this.refusals.get(opened.refusal) ?? 0) + 1)
  }

  #press(address: string, card: string): boolean {
    const page = this.#pages.get(address)
    if (page === undefined) return false
    try {
      this.counter.fake.pay(page, 'declined', { fingerprint: card })
      return true
    } catch {
      // The page was closed.
      this.#pages.delete(address)
      return false
    }
  }
}

/**
 * An honest donor gives by card.
 * @returns what stood in the way: nothing, work that was done, or that cards are closed
 */
export async function giveByCard(
  counter: CardCounter,
  campaignSlug: string,
  address: string,
): Promise<'at once' | 'after work' | 'paused'> {
  const { context, fake } = counter
  const visitor = visitorHash(context, address)
  const pledge = await makePledge(context, campaignSlug, { method: 'card' })
  let opened = await openCardPage(context, { ...pledge, visitor })
  const isAsked = !opened.ok && opened.refusal === 'challenge'
  if (isAsked) {
    const offer = await offerClearance(context, { code: pledge.code, visitor, held: null })
    opened = await openCardPage(context, { ...pledge, visitor, clearance: await solve(offer?.challenge ?? '') })
  }
  if (!opened.ok) {
    if (opened.refusal === 'paused') return 'paused'
    throw new Error(`an honest donor was refused: ${opened.refusal}`)
  }
  fake.pay(opened.value.url.split('/').at(-1) ?? '', 'good', { fingerprint: `own ${address}` })
  await fake.webhooks.deliverDue()
  if (!(await hasArrived(counter, pledge.code))) throw new Error('a gift by card did not arrive')
  return isAsked ? 'after work' : 'at once'
}

/** Whether money was booked for a pledge. */
export async function hasArrived({ context }: CardCounter, code: string): Promise<boolean> {
  const rows = await context.db
    .select({ id: donations.id })
    .from(donations)
    .innerJoin(pledges, eq(pledges.id, donations.pledgeId))
    .where(eq(pledges.code, code))
  return rows.length > 0
}
