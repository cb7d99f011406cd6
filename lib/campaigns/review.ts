import { and, asc, eq, isNotNull, lte } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaignDrafts, campaigns } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import { authorsOf } from './hand-in'
import { isChanged, lockCampaign, recordChange, recordTransition, setCampaign, type CampaignRow } from './transitions'

/** One person's step of a campaign. */
export interface CampaignStepWish {
  campaignId: number
  /** The version it was decided on. */
  version: number
  by: string
  /** Names this step: sent twice, it is taken once. */
  key: string
}
export type CampaignStepRefusal = 'unknown_campaign' | 'changed_meanwhile' | 'wrong_state'

/**
 * Takes a step of a campaign under its lock. Refuses: an unknown campaign; a version that is not the newest; what `take`
 * refuses. A step whose key is known was taken before.
 */
export const campaignStep = <Refusal = never>(
  context: Context,
  { campaignId, version, key }: CampaignStepWish,
  take: (campaign: CampaignRow, tx: Transaction, now: Date) => Promise<Result<null, Refusal>>,
): Promise<Result<null, Refusal | 'unknown_campaign' | 'changed_meanwhile'>> =>
  context.db.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId)
    if (!campaign) return refuse('unknown_campaign')
    if (await isChanged(tx, campaignId, key)) return ok(null)
    if (campaign.version !== version) return refuse('changed_meanwhile')
    return take(campaign, tx, context.now())
  })

/** Who wrote a campaign, or handed it in. */
async function authorsOfCampaign(tx: Transaction, campaign: CampaignRow): Promise<string[]> {
  const [draft] = await tx.select({ id: campaignDrafts.id }).from(campaignDrafts).where(eq(campaignDrafts.campaignId, campaign.id))
  const wrote = draft ? await authorsOf(tx, draft.id) : []
  return campaign.handedInBy === null ? wrote : [...new Set([...wrote, campaign.handedInBy])]
}

/**
 * Approves a campaign that waits for review, by somebody who wrote nothing of it. It opens now, or at the moment named.
 * Refuses: whoever wrote or handed it in; a campaign that does not wait, or is approved already; a moment after which it
 * would be needed no more.
 */
export const approveCampaign = (
  context: Context,
  { opensAt, ...step }: CampaignStepWish & { opensAt: Date | null },
): Promise<Result<null, CampaignStepRefusal | 'same_person' | 'opens_too_late'>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (campaign.state !== 'in_review' || campaign.approvedBy !== null) return refuse('wrong_state')
    if ((await authorsOfCampaign(tx, campaign)).includes(step.by)) return refuse('same_person')
    const at = opensAt !== null && opensAt > now ? opensAt : now
    if (dayOf(at) > campaign.neededBy) return refuse('opens_too_late')
    await setCampaign(tx, campaign.id, { approvedBy: step.by, approvedAt: now, opensAt: at, opensOn: dayOf(at) })
    await recordChange(tx, campaign.id, { kind: 'approved', facts: { opensAt: at.toISOString() }, by: step.by, key: step.key }, now)
    if (at.getTime() === now.getTime()) await open(tx, campaign, step.by, now)
    return ok(null)
  })

/**
 * Hands a campaign back to those who write it, with what is to be done; one that is approved and not open yet, too.
 * Refuses: no reason; a campaign that does not wait for review.
 */
export const returnCampaign = (
  context: Context,
  { reason, ...step }: CampaignStepWish & { reason: string },
): Promise<Result<null, CampaignStepRefusal | 'no_reason'>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (reason.trim() === '') return refuse('no_reason')
    if (campaign.state !== 'in_review') return refuse('wrong_state')
    const back = { state: 'draft', handedInBy: null, approvedBy: null, approvedAt: null, opensAt: null } as const
    await setCampaign(tx, campaign.id, back)
    const why = { reasonVi: reason.trim(), reasonEn: reason.trim() }
    await recordTransition(tx, campaign, { to: 'draft', ...why, actor: step.by }, now)
    await recordChange(tx, campaign.id, { kind: 'returned', ...why, by: step.by, key: step.key }, now)
    return ok(null)
  })

/**
 * Opens campaigns that were approved and whose moment has come. Run every minute; running it again, or from two processes
 * at once, opens each once.
 * @returns slugs of the campaigns that were opened
 */
export async function openDueCampaigns(context: Context): Promise<string[]> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(campaigns)
      .where(and(eq(campaigns.state, 'in_review'), isNotNull(campaigns.approvedBy), lte(campaigns.opensAt, now)))
      .orderBy(asc(campaigns.id))
      .for('update', { skipLocked: true })
    for (const campaign of due) await open(tx, campaign, 'calendar', now)
    return due.map(({ slug }) => slug)
  })
}

async function open(tx: Transaction, campaign: CampaignRow, actor: string, now: Date): Promise<void> {
  await setCampaign(tx, campaign.id, { state: 'open' })
  const why = { reasonVi: 'Đã được người thứ hai duyệt', reasonEn: 'Reviewed by a second person' }
  await recordTransition(tx, campaign, { to: 'open', ...why, actor }, now)
}
