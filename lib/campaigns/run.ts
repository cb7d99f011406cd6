import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaignChanges, campaigns, campaignSlugs } from '../../db/schema'
import type { Context } from '../context'
import { fundLine } from '../ledger/books'
import { availableOn, lockLines } from '../money-line/uses'
import { ok, refuse, type Result } from '../result'
import { moveBetweenLines } from '../spending/move'
import type { Day } from '../time/day'
import { isSlugTaken } from './ask'
import { campaignStep, type CampaignStepRefusal, type CampaignStepWish } from './review'
import { canChangeState, ENDED_STATES, isPublicState, type CampaignState } from './states'
import { lockCampaign, recordChange, recordTransition, setCampaign, tellChange, type CampaignRow } from './transitions'

/** A public reason, in both languages. */
export interface PublicReason {
  reasonVi: string
  reasonEn: string
}
const isSaid = ({ reasonVi, reasonEn }: PublicReason): boolean => reasonVi.trim() !== '' && reasonEn.trim() !== ''
const trimmed = ({ reasonVi, reasonEn }: PublicReason): PublicReason => ({ reasonVi: reasonVi.trim(), reasonEn: reasonEn.trim() })
const isEnded = (state: CampaignState): boolean => ENDED_STATES.some((ended) => ended === state)

/**
 * Pauses an open campaign, with a public reason: it takes no new pledges. Money that comes all the same is still its own.
 * Refuses: no reason; a campaign that is not open, or is paused already.
 */
export const pauseCampaign = (
  context: Context,
  { reasonVi, reasonEn, ...step }: CampaignStepWish & PublicReason,
): Promise<Result<null, CampaignStepRefusal | 'no_reason'>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (!isSaid({ reasonVi, reasonEn })) return refuse('no_reason')
    if (campaign.state !== 'open' || campaign.pausedAt !== null) return refuse('wrong_state')
    await setCampaign(tx, campaign.id, { pausedAt: now })
    const change = { kind: 'paused' as const, ...trimmed({ reasonVi, reasonEn }), by: step.by, key: step.key }
    await tellChange(tx, campaign, { changeId: await recordChange(tx, campaign.id, change, now), change: 'paused' }, now)
    return ok(null)
  })

/** Lets a paused campaign take pledges again. Refuses: a campaign that is not paused, or has ended. */
export const resumeCampaign = (context: Context, step: CampaignStepWish): Promise<Result<null, CampaignStepRefusal>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (campaign.pausedAt === null || isEnded(campaign.state)) return refuse('wrong_state')
    await setCampaign(tx, campaign.id, { pausedAt: null })
    const changeId = await recordChange(tx, campaign.id, { kind: 'resumed', by: step.by, key: step.key }, now)
    await tellChange(tx, campaign, { changeId, change: 'resumed' }, now)
    return ok(null)
  })

/**
 * Gives a campaign until a later day, with a public reason.
 * Refuses: no reason; a day that is not later; a campaign that is not public, or has ended.
 */
export const extendCampaign = (
  context: Context,
  { neededBy, reasonVi, reasonEn, ...step }: CampaignStepWish & PublicReason & { neededBy: Day },
): Promise<Result<null, CampaignStepRefusal | 'no_reason' | 'not_later'>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (!isSaid({ reasonVi, reasonEn })) return refuse('no_reason')
    if (!isPublicState(campaign.state) || isEnded(campaign.state)) return refuse('wrong_state')
    if (neededBy <= campaign.neededBy) return refuse('not_later')
    await setCampaign(tx, campaign.id, { neededBy })
    const facts = { from: campaign.neededBy, to: neededBy }
    const change = { kind: 'extended' as const, ...trimmed({ reasonVi, reasonEn }), facts, by: step.by, key: step.key }
    await tellChange(tx, campaign, { changeId: await recordChange(tx, campaign.id, change, now), change: 'extended', facts }, now)
    return ok(null)
  })

/**
 * Gives a public campaign another address. The one it had is kept and leads to it for ever.
 * Refuses: what is no slug; one that is, or ever was, another campaign's; a campaign that is not public.
 */
export const renameCampaign = (
  context: Context,
  { slug, ...step }: CampaignStepWish & { slug: string },
): Promise<Result<null, CampaignStepRefusal | 'not_a_slug' | 'slug_taken'>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) || slug.length > 80) return refuse('not_a_slug')
    if (!isPublicState(campaign.state)) return refuse('wrong_state')
    if (slug === campaign.slug) return ok(null)
    if (await isSlugTaken(tx, slug, campaign.id)) return refuse('slug_taken')
    await tx.insert(campaignSlugs).values({ slug: campaign.slug, campaignId: campaign.id }).onConflictDoNothing()
    await setCampaign(tx, campaign.id, { slug })
    const facts = { from: campaign.slug, to: slug }
    const changeId = await recordChange(tx, campaign.id, { kind: 'renamed', facts, by: step.by, key: step.key }, now)
    await tellChange(tx, campaign, { changeId, change: 'renamed', facts }, now)
    return ok(null)
  })

/** Where what is left of a campaign goes. */
export type RestDestination = { to: 'general' } | { to: 'campaign'; slug: string }

/**
 * Closes a campaign before its end, with a public reason and a destination for what is left. What is free now moves at
 * once; what becomes free later (a gift that is not in the public order yet, a spend that is cancelled) moves with
 * `moveRests`.
 * Refuses: no reason; a campaign whose state does not allow it; a destination that is not a campaign of the same fund
 * which still takes money.
 */
export const closeCampaign = (
  context: Context,
  { rest, reasonVi, reasonEn, ...step }: CampaignStepWish & PublicReason & { rest: RestDestination },
): Promise<Result<null, CampaignStepRefusal | 'no_reason' | 'unknown_destination'>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (!isSaid({ reasonVi, reasonEn })) return refuse('no_reason')
    if (!canChangeState(campaign.state, 'closed')) return refuse('wrong_state')
    const restLineId = await restLine(tx, campaign, rest)
    if (restLineId === null) return refuse('unknown_destination')
    const why = trimmed({ reasonVi, reasonEn })
    await setCampaign(tx, campaign.id, { state: 'closed', restLineId })
    await recordTransition(tx, campaign, { to: 'closed', ...why, actor: step.by }, now)
    const facts = { rest: rest.to === 'general' ? 'general' : rest.slug }
    await recordChange(tx, campaign.id, { kind: 'closed', ...why, facts, by: step.by, key: step.key }, now)
    await moveRest({ ...context, db: tx }, tx, { ...campaign, restLineId }, { ...why, by: step.by })
    return ok(null)
  })

async function restLine(tx: Transaction, campaign: CampaignRow, rest: RestDestination): Promise<number | null> {
  if (rest.to === 'general') return fundLine(tx, campaign.fundId, 'general')
  const [other] = await tx.select().from(campaigns).where(eq(campaigns.slug, rest.slug))
  const takesMoney = other && isPublicState(other.state) && !isEnded(other.state)
  return takesMoney && other.fundId === campaign.fundId && other.id !== campaign.id ? other.lineId : null
}

/** Moves what is free on a closed campaign's line. The caller holds the campaign's lock. @returns what moved */
async function moveRest(
  context: Context,
  tx: Transaction,
  { id, lineId, restLineId }: Pick<CampaignRow, 'id' | 'lineId' | 'restLineId'>,
  { by, ...why }: PublicReason & { by: string },
): Promise<bigint> {
  if (restLineId === null) return 0n
  await lockLines(tx, [lineId, restLineId])
  const amountVnd = await availableOn(tx, lineId)
  if (amountVnd <= 0n) return 0n
  const moves = await tx.$count(campaignChanges, and(eq(campaignChanges.campaignId, id), eq(campaignChanges.kind, 'rest_moved')))
  const key = `rest:${id}:${moves}`
  const moved = await moveBetweenLines(context, { fromLineId: lineId, toLineId: restLineId, amountVnd, ...why, key })
  if (!moved.ok) throw new Error(`what is left of campaign ${id} was not moved: ${moved.refusal}`)
  await recordChange(tx, id, { kind: 'rest_moved', facts: { amountVnd: String(amountVnd), toLine: restLineId }, by, key }, context.now())
  return amountVnd
}

/**
 * Moves what became free of campaigns that were closed early. Run every minute; run again, or from two processes at once,
 * each đồng moves once.
 * @returns how many campaigns had something
 */
export async function moveRests(context: Context): Promise<number> {
  const closed = await context.db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.state, 'closed'), isNotNull(campaigns.restLineId)))
    .orderBy(asc(campaigns.id))
  let moved = 0
  for (const { id } of closed) {
    const amountVnd = await context.db.transaction(async (tx) => {
      const campaign = await lockCampaign(tx, id)
      const [closing] = await tx
        .select()
        .from(campaignChanges)
        .where(and(eq(campaignChanges.campaignId, id), eq(campaignChanges.kind, 'closed')))
      if (!campaign || !closing) return 0n
      const why = { reasonVi: closing.reasonVi ?? '', reasonEn: closing.reasonEn ?? '', by: 'calendar' }
      return moveRest({ ...context, db: tx }, tx, campaign, why)
    })
    if (amountVnd > 0n) moved += 1
  }
  return moved
}
