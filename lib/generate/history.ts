import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { administrativeUnits, campaigns, lineTotals, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { CAMPAIGN_CATEGORIES, type SampleCategory } from '../sample/model'
import { sequenceBatch } from '../sequencer/sequence'
import { generateGifts, type Target } from './gifts'
import { generateSpends } from './spends'

/** The sequencer's batches when it catches up: longer than those of a quiet hour. */
const CATCH_UP = 2_000
/** How long ago the first gift came. */
const YEAR_MS = 365 * 86_400_000
/** After so many gifts the database has to look at its tables anew, or it plans for empty ones. */
const LOOK_AGAIN = new Set([2_000, 20_000, 200_000, 2_000_000])

export interface HistoryWish {
  seed: string
  donations: number
  spends: number
  /** One campaign that gets all of it; null for all that are open. */
  campaignSlug: string | null
}

/** How far a history has come. */
export interface Progress {
  part: 'gifts' | 'order' | 'spends'
  done: number
  of: number
}

/**
 * Adds a long history to a sample: gifts of one year, booked through every table, rule and guard, then put in public
 * order, then spent. It differs from real traffic in that gifts are booked hundreds at a time, none comes twice, late or
 * by card, sums are spread evenly over the year, and each batch is committed with what was pledged for it.
 * @param analyze has the database count its tables anew; what owns them may
 * @returns the campaign that is paid from; refuses where none is open
 */
export async function generateHistory(
  context: Context,
  wish: HistoryWish,
  { onProgress, analyze }: { onProgress: (progress: Progress) => void; analyze: () => Promise<void> },
): Promise<string> {
  if (context.installation.kind !== 'sample') throw new Error('a real installation has no invented gifts')
  const open = await listTargets(context, wish.campaignSlug)
  const [first] = open
  if (!first) throw new Error('no campaign is open, so nothing can be given')
  const to = context.now()
  const gifts = { seed: wish.seed, targets: open, donations: wish.donations, from: new Date(to.getTime() - YEAR_MS), to }
  let looking: Promise<void> = Promise.resolve()
  await generateGifts(context.db, gifts, (done) => {
    onProgress({ part: 'gifts', done, of: wish.donations })
    if (LOOK_AGAIN.has(done)) looking = looking.then(analyze)
  })
  await looking
  await analyze()
  for (let done = 0; ;) {
    const { sequenced, parked } = await sequenceBatch(context.db, context.now(), CATCH_UP)
    if (sequenced + parked === 0) break
    done += sequenced
    onProgress({ part: 'order', done, of: wish.donations })
  }
  await analyze()
  if (wish.spends > 0) {
    const [totals] = await context.db.select().from(lineTotals).where(eq(lineTotals.lineId, first.lineId))
    // More than half of what came is spent, so that a gift may be spent, waiting, or both.
    const amountVnd = ((totals?.netVnd ?? 0n) * 6n) / 10n / BigInt(wish.spends)
    const plan = { seed: wish.seed, campaignSlug: first.slug, communeSlug: first.communeSlug, spends: wish.spends, amountVnd }
    await generateSpends(context, plan, (done) => onProgress({ part: 'spends', done, of: wish.spends }))
    await analyze()
  }
  return first.slug
}

/** Campaigns that take gifts, those of the highest goal first, with the newest account of their fund. */
export async function listTargets(
  { db }: Context,
  slug: string | null,
): Promise<(Target & { slug: string; communeSlug: string; lineId: number })[]> {
  const rows = await db
    .selectDistinctOn([campaigns.goalVnd, campaigns.id], {
      campaignId: campaigns.id,
      slug: campaigns.slug,
      category: campaigns.category,
      fundId: campaigns.fundId,
      lineId: campaigns.lineId,
      communeSlug: administrativeUnits.slug,
      receivingAccountId: receivingAccounts.id,
      accountNumber: receivingAccounts.accountNumber,
    })
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .innerJoin(receivingAccounts, and(eq(receivingAccounts.fundId, campaigns.fundId), isNotNull(receivingAccounts.approvedBy)))
    .where(and(eq(campaigns.isEmergency, false), slug === null ? eq(campaigns.state, 'open') : eq(campaigns.slug, slug)))
    .orderBy(desc(campaigns.goalVnd), campaigns.id, desc(receivingAccounts.effectiveFrom))
  return rows.flatMap(({ category, ...row }) => (isSampleCategory(category) ? [{ ...row, category }] : []))
}

const isSampleCategory = (category: string): category is SampleCategory => CAMPAIGN_CATEGORIES.some((known) => known === category)
