import { aliasedTable, and, desc, eq, inArray } from 'drizzle-orm'
import { campaignChanges, campaignTransitions, disclosures, donations, events, intervals, pledges } from '../../db/schema'
import type { Context } from '../context'
import { returnedVndOf, stands } from '../donations/returned'
import { publicName } from '../donors/public-name'
import { pick, type Locale } from '../i18n/locale'
import type { CampaignStep, GiftRow } from './model'
import { PUBLIC_STATES } from './states'

const LATEST_GIFTS = 8

/** The newest gifts of a line in the public order. Read by the line's index, however many gifts it has. */
export async function listLatestGifts({ db }: Context, lineId: number, locale: Locale): Promise<GiftRow[]> {
  const names = aliasedTable(disclosures, 'names')
  const messages = aliasedTable(disclosures, 'messages')
  const rows = await db
    .select({
      id: donations.id,
      amountVnd: donations.amountVnd,
      returnedVnd: returnedVndOf(donations.id),
      receivedAt: donations.receivedAt,
      code: pledges.code,
      isNamed: pledges.isNamed,
      name: names.text,
      nameReview: names.review,
      message: messages.text,
      messageReview: messages.review,
    })
    .from(intervals)
    // Money of a gift that came back to a line is laid anew; the gift is shown once, where it came first.
    .innerJoin(events, and(eq(events.id, intervals.eventId), eq(events.kind, 'donation')))
    .innerJoin(donations, eq(donations.id, intervals.donationId))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .leftJoin(names, and(eq(names.pledgeId, pledges.id), eq(names.field, 'name')))
    .leftJoin(messages, and(eq(messages.pledgeId, pledges.id), eq(messages.field, 'message')))
    .where(and(eq(intervals.lineId, lineId), stands(donations.id)))
    .orderBy(desc(intervals.startVnd))
    .limit(LATEST_GIFTS)
  return rows.map((row) => ({
    key: String(row.id),
    code: row.code,
    name: publicName({ isNamed: row.isNamed ?? false, text: row.name, review: row.nameReview }, locale),
    message: row.messageReview === 'shown' ? row.message : null,
    amountVnd: row.amountVnd,
    returnedVnd: row.returnedVnd,
    receivedAt: row.receivedAt,
  }))
}

/** Public steps, newest first; what happened before a campaign opened stays inside the fund. */
export async function listSteps({ db }: Context, campaignId: number, locale: Locale): Promise<CampaignStep[]> {
  const rows = await db
    .select()
    .from(campaignTransitions)
    .where(eq(campaignTransitions.campaignId, campaignId))
    .orderBy(desc(campaignTransitions.id))
  const changes = await db
    .select()
    .from(campaignChanges)
    .where(and(eq(campaignChanges.campaignId, campaignId), inArray(campaignChanges.kind, [...SHOWN_CHANGES])))
    .orderBy(desc(campaignChanges.id))
  const steps = rows.flatMap((row): CampaignStep[] => {
    const state = PUBLIC_STATES.find((known) => known === row.toState)
    return state ? [{ key: String(row.id), state, reason: pick(locale, row.reasonVi, row.reasonEn), happenedAt: row.happenedAt }] : []
  })
  const others = changes.flatMap((row): CampaignStep[] => {
    const state = SHOWN_CHANGES.find((known) => known === row.kind)
    const reason = pick(locale, row.reasonVi ?? '', row.reasonEn ?? '')
    return state ? [{ key: `change-${row.id}`, state, reason, happenedAt: row.happenedAt }] : []
  })
  return [...steps, ...others].toSorted((a, b) => b.happenedAt.getTime() - a.happenedAt.getTime())
}

/** Changes that the public is told, beside those of the state. */
const SHOWN_CHANGES = ['paused', 'resumed', 'extended'] as const
