import { campaignSlugs } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import type { Day } from '../time/day'
import { isSlugTaken } from './ask'
import { isSaid, trimmed, type PublicReason } from './reason'
import { campaignStep, type CampaignStepRefusal, type CampaignStepWish } from './review'
import { isEnded, isPublicState } from './states'
import { recordChange, setCampaign, tellChange } from './transitions'

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
