import { and, desc, eq, sql } from 'drizzle-orm'
import { campaigns, events, lineOutflows, lineTotals } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import type { CampaignMoney, CampaignSpending } from './model'
import { potNames } from './pots'

/** Moves that a campaign's page lists; the others are in the sum. */
const MOST_MOVES = 6

/** What became of all that a campaign received: read from the totals of its line. Null where nothing came yet. */
export async function getCampaignMoney(
  { db }: Context,
  campaignSlug: string,
  { spentVnd, deliveredVnd, isPartlyTold }: Pick<CampaignSpending, 'spentVnd' | 'deliveredVnd' | 'isPartlyTold'>,
  locale: Locale,
): Promise<CampaignMoney | null> {
  const [row] = await db
    .select({ lineId: campaigns.lineId, totals: lineTotals, reservedVnd: lineOutflows.reservedVnd })
    .from(campaigns)
    .innerJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .leftJoin(lineOutflows, eq(lineOutflows.lineId, campaigns.lineId))
    .where(eq(campaigns.slug, campaignSlug))
  if (!row) return null
  const { lineId, totals } = row
  const promisedVnd = row.reservedVnd ?? 0n
  return {
    receivedVnd: totals.receivedVnd - totals.reenteredVnd,
    deliveredVnd,
    isPartlyTold,
    waitingVnd: spentVnd - deliveredVnd,
    promisedVnd,
    // A payment of this moment is in the sums of spends before it is in the totals: what is left is what is left of them.
    unspentVnd: totals.netVnd - spentVnd - promisedVnd,
    refundedVnd: totals.returnedVnd,
    movedVnd: totals.movedVnd,
    moved: totals.movedVnd === 0n ? [] : await listMoves({ db }, lineId, locale),
  }
}

async function listMoves({ db }: Pick<Context, 'db'>, lineId: number, locale: Locale): Promise<CampaignMoney['moved']> {
  const rows = await db
    .select({ id: events.id, day: events.day, amountVnd: events.amountVnd, facts: events.facts })
    .from(events)
    // Said in the statement itself, so that the index of what went out is known to have them.
    .where(and(eq(events.lineId, lineId), sql`${events.kind} = 'transfer_out'`))
    .orderBy(desc(events.id))
    .limit(MOST_MOVES)
  const nameOf = await potNames(
    db,
    rows.map(({ facts }) => Number(facts.to)),
    locale,
  )
  return rows.map(({ id, day, amountVnd, facts }) => ({
    ...{ key: String(id), to: nameOf(Number(facts.to)), amountVnd: amountVnd ?? 0n, movedOn: day },
    reason: pick(locale, String(facts.reasonVi), String(facts.reasonEn)),
  }))
}
