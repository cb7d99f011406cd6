import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { administrativeUnits, campaigns, lineTotals, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { CAMPAIGN_CATEGORIES, type SampleCategory } from '../sample/model'
import { followAllLines } from '../public-lines/follow'
import { publishLog, type Publishing } from '../public-log/publish'
import { followAllRecognition } from '../recognition/follow'
import { sequenceBatch } from '../sequencer/sequence'
import { startOfDay } from '../time/day'
import { generateGifts, type Target } from './gifts'
import { generateSpends } from './spends'

/** The sequencer's batches when it catches up: longer than those of a quiet hour. */
const CATCH_UP = 2_000
/** Gifts that are booked before they get their places: what is read of them is still at hand then. */
const STRETCH = 20_000
/** Places between two checkpoints. */
const PUBLISHED_AT_ONCE = 10_000
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
  /** How likely a person wants to be named. */
  namedShare: number
}

/** How far a history has come. */
export interface Progress {
  part: 'gifts' | 'order' | 'thanks' | 'statement' | 'log' | 'spends'
  done: number
  of: number
  /** Time that this part took so far; gifts are booked while the others go on. */
  ms: number
}

/** What a history is made with. */
export interface Making {
  /** Where the log is published; null where others see to it. */
  publishing: Publishing | null
  onProgress: (progress: Progress) => void
  /** Has the database count its tables anew; what owns them may. */
  analyze: () => Promise<void>
}

/**
 * Adds a long history to a sample: gifts of one year, booked through every table, rule and guard, put in public order,
 * followed by the statement and the log stretch by stretch, then spent. It differs from real traffic in that gifts are
 * booked hundreds at a time, none comes twice, late or by card, sums are spread evenly over the year, and each batch is
 * committed with what was pledged for it. A run that was cut off goes on where it was.
 * @returns the campaign that is paid from; refuses where none is open
 */
export async function generateHistory(context: Context, wish: HistoryWish, making: Making): Promise<string> {
  const { onProgress, analyze } = making
  if (context.installation.kind !== 'sample') throw new Error('a real installation has no invented gifts')
  const open = await listTargets(context, wish.campaignSlug)
  const [first] = open
  if (!first) throw new Error('no campaign is open, so nothing can be given')
  // The sample's own last day, so that a run that goes on later makes the gifts that were left.
  const { anchorDay } = context.installation
  const to = anchorDay === null ? context.now() : startOfDay(anchorDay)
  const gifts = { ...wish, targets: open, from: new Date(to.getTime() - YEAR_MS), to }
  const began = performance.now()
  const catchUp = catchingUp(context, wish, making)
  // What was booked gets its places while the next stretch is booked, as in real traffic.
  let behind = Promise.resolve()
  try {
    await generateGifts(context.db, gifts, async (done) => {
      onProgress({ part: 'gifts', done, of: wish.donations, ms: performance.now() - began })
      if (done % STRETCH !== 0 && !LOOK_AGAIN.has(done)) return
      await behind
      if (LOOK_AGAIN.has(done)) await analyze()
      behind = catchUp()
      // A failure is told where it is waited for.
      behind.catch(() => undefined)
    })
  } finally {
    // Nothing goes on once this has ended, however it ended.
    await behind
  }
  await catchUp()
  await analyze()
  if (wish.spends > 0) {
    const [totals] = await context.db.select().from(lineTotals).where(eq(lineTotals.lineId, first.lineId))
    // More than half of what came is spent, so that a gift may be spent, waiting, or both.
    const amountVnd = ((totals?.netVnd ?? 0n) * 6n) / 10n / BigInt(wish.spends)
    const plan = { seed: wish.seed, campaignSlug: first.slug, communeSlug: first.communeSlug, spends: wish.spends, amountVnd }
    const spending = performance.now()
    await generateSpends(context, plan, (done) => onProgress({ part: 'spends', done, of: wish.spends, ms: performance.now() - spending }))
    await catchUp()
    await analyze()
  }
  return first.slug
}

/** Gives what waits its place, and brings the statement and the log up to it, until nothing waits. */
function catchingUp({ db, now }: Context, { donations: of }: HistoryWish, { publishing, onProgress }: Making): () => Promise<void> {
  let placed = 0
  const spent = { order: 0, thanks: 0, statement: 0, log: 0 }
  const timed = async <Result>(part: keyof typeof spent, work: () => Promise<Result>): Promise<Result> => {
    const began = performance.now()
    const result = await work()
    spent[part] += performance.now() - began
    return result
  }
  const told = (part: keyof typeof spent) => onProgress({ part, done: placed, of, ms: spent[part] })
  return async () => {
    for (let isDone = false; !isDone;) {
      for (let batch = 0; batch < PUBLISHED_AT_ONCE && !isDone;) {
        const { sequenced, parked } = await timed('order', () => sequenceBatch(db, now(), CATCH_UP))
        isDone = sequenced + parked === 0
        batch += sequenced + parked
        placed += sequenced
        told('order')
      }
      await timed('thanks', () => followAllRecognition(db, now()))
      told('thanks')
      await timed('statement', () => followAllLines(db, now()))
      told('statement')
      if (!publishing) continue
      await timed('log', async () => {
        while (!(await publishLog(publishing)).isAll);
      })
      told('log')
    }
  }
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
