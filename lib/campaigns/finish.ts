import { and, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaignChanges, campaigns, lineOutflows, lineTotals, spends } from '../../db/schema'
import type { Context } from '../context'
import { fundLine } from '../ledger/books'
import { availableOn, lockLines } from '../money-line/uses'
import { ok, refuse, type Result } from '../result'
import { moveBetweenLines } from '../spending/move'
import { isSaid, trimmed, type PublicReason } from './reason'
import { campaignStep, type CampaignStepRefusal, type CampaignStepWish } from './review'
import { canChangeState, isEnded, isPublicState } from './states'
import { lockCampaign, recordChange, recordTransition, setCampaign, type CampaignRow } from './transitions'

/**
 * Begins the buying and handing over of a campaign that has its money, with a public reason.
 * Refuses: no reason; a campaign whose state does not allow it.
 */
export const beginDelivering = (
  context: Context,
  { reasonVi, reasonEn, ...step }: CampaignStepWish & PublicReason,
): Promise<Result<null, CampaignStepRefusal | 'no_reason'>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (!isSaid({ reasonVi, reasonEn })) return refuse('no_reason')
    if (!canChangeState(campaign.state, 'delivering')) return refuse('wrong_state')
    const why = trimmed({ reasonVi, reasonEn })
    await setCampaign(tx, campaign.id, { state: 'delivering' })
    await recordTransition(tx, campaign, { to: 'delivering', ...why, actor: step.by }, now)
    await recordChange(tx, campaign.id, { kind: 'delivering', ...why, by: step.by, key: step.key }, now)
    return ok(null)
  })

/**
 * Completes a campaign all of whose purchases are settled, with a public reason. What is left goes where the give page
 * said beforehand; what becomes free later moves with `moveRests`.
 * Refuses: no reason; a campaign whose state does not allow it; one that bought nothing, or of which a purchase is still
 * asked for, to be paid or to be handed over.
 */
export const completeCampaign = (
  context: Context,
  { reasonVi, reasonEn, ...step }: CampaignStepWish & PublicReason,
): Promise<Result<null, CampaignStepRefusal | 'no_reason' | 'nothing_bought' | 'not_settled'>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (!isSaid({ reasonVi, reasonEn })) return refuse('no_reason')
    if (!canChangeState(campaign.state, 'complete')) return refuse('wrong_state')
    // Whoever asks for money of a line holds it: nothing is asked for between this look and the end.
    await lockLines(tx, [campaign.lineId, campaign.overflowLineId])
    const counted = await tx
      .select({ state: spends.state, total: sql<number>`count(*)::int` })
      .from(spends)
      .where(eq(spends.campaignId, campaign.id))
      .groupBy(spends.state)
    const has = (...states: (typeof counted)[number]['state'][]) => counted.some(({ state }) => states.includes(state))
    if (has('requested', 'approved', 'paid')) return refuse('not_settled')
    if (!has('settled')) return refuse('nothing_bought')
    const why = trimmed({ reasonVi, reasonEn })
    await setCampaign(tx, campaign.id, { state: 'complete' })
    await recordTransition(tx, campaign, { to: 'complete', ...why, actor: step.by }, now)
    await recordChange(tx, campaign.id, { kind: 'completed', ...why, by: step.by, key: step.key }, now)
    await moveRest({ ...context, db: tx }, tx, campaign, { ...why, by: step.by })
    return ok(null)
  })

/** Where what is left of a campaign goes. */
export type RestDestination = { to: 'general' } | { to: 'campaign'; slug: string }

/**
 * Closes a campaign before its end, with a public reason and a destination for what is left; or says where that goes of an
 * appeal whose closing day is over. What is free now moves at once; what becomes free later (a gift that is not in the
 * public order yet, a spend that is cancelled) moves with `moveRests`.
 * Refuses: no reason; a campaign whose state does not allow it; a destination that is not a campaign of the same fund
 * which still takes money.
 */
export const closeCampaign = (
  context: Context,
  { rest, reasonVi, reasonEn, ...step }: CampaignStepWish & PublicReason & { rest: RestDestination },
): Promise<Result<null, CampaignStepRefusal | 'no_reason' | 'unknown_destination'>> =>
  campaignStep(context, step, async (campaign, tx, now) => {
    if (!isSaid({ reasonVi, reasonEn })) return refuse('no_reason')
    const isOver = campaign.state === 'closed' && campaign.restLineId === null
    if (!isOver && !canChangeState(campaign.state, 'closed')) return refuse('wrong_state')
    const restLineId = await restLine(tx, campaign, rest)
    if (restLineId === null) return refuse('unknown_destination')
    const why = trimmed({ reasonVi, reasonEn })
    await setCampaign(tx, campaign.id, { state: 'closed', restLineId })
    if (!isOver) await recordTransition(tx, campaign, { to: 'closed', ...why, actor: step.by }, now)
    const facts = { rest: rest.to === 'general' ? 'general' : rest.slug }
    await recordChange(tx, campaign.id, { kind: 'closed', ...why, facts, by: step.by, key: step.key }, now)
    await moveRest({ ...context, db: tx }, tx, { ...campaign, restLineId }, { ...why, by: step.by })
    return ok(null)
  })

async function restLine(tx: Transaction, campaign: CampaignRow, rest: RestDestination): Promise<number | null> {
  if (rest.to === 'general') return fundLine(tx, campaign.fundId, 'general')
  // Held, so that it does not end meanwhile: of two that are closed into each other what is left would go round for ever.
  const [other] = await tx.select().from(campaigns).where(eq(campaigns.slug, rest.slug)).for('no key update')
  const takesMoney = other && isPublicState(other.state) && !isEnded(other.state)
  return takesMoney && other.fundId === campaign.fundId && other.id !== campaign.id ? other.lineId : null
}

/** Moves what is free on the line of a campaign that ended. The caller holds the campaign's lock. @returns what moved */
async function moveRest(
  context: Context,
  tx: Transaction,
  { id, lineId, restLineId, overflowLineId }: Pick<CampaignRow, 'id' | 'lineId' | 'restLineId' | 'overflowLineId'>,
  { by, ...why }: PublicReason & { by: string },
): Promise<bigint> {
  const toLineId = restLineId ?? overflowLineId
  await lockLines(tx, [lineId, toLineId])
  const amountVnd = await availableOn(tx, lineId)
  if (amountVnd <= 0n) return 0n
  const moves = await tx.$count(campaignChanges, and(eq(campaignChanges.campaignId, id), eq(campaignChanges.kind, 'rest_moved')))
  const key = `rest:${id}:${moves}`
  const moved = await moveBetweenLines(context, { fromLineId: lineId, toLineId, amountVnd, ...why, key })
  if (!moved.ok) throw new Error(`what is left of campaign ${id} was not moved: ${moved.refusal}`)
  await recordChange(tx, id, { kind: 'rest_moved', facts: { amountVnd: String(amountVnd), toLine: toLineId }, by, key }, context.now())
  return amountVnd
}

/**
 * Moves what became free of campaigns that were closed early or are complete. Run every minute; run again, or from two
 * processes at once, each đồng moves once.
 * @returns how many campaigns had something
 */
export async function moveRests(context: Context): Promise<number> {
  const out = sql`coalesce(${lineOutflows.usedVnd} + ${lineOutflows.heldVnd} + ${lineOutflows.reservedVnd}, 0)`
  const ended = await context.db
    .select({ id: campaigns.id })
    .from(campaigns)
    .innerJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .leftJoin(lineOutflows, eq(lineOutflows.lineId, campaigns.lineId))
    .where(and(or(eq(campaigns.state, 'complete'), isNotNull(campaigns.restLineId)), sql`${lineTotals.receivedVnd} > ${out}`))
    .orderBy(asc(campaigns.id))
  let moved = 0
  for (const { id } of ended) {
    const amountVnd = await context.db.transaction(async (tx) => {
      const campaign = await lockCampaign(tx, id)
      const [ending] = await tx
        .select()
        .from(campaignChanges)
        .where(and(eq(campaignChanges.campaignId, id), inArray(campaignChanges.kind, ['closed', 'completed'])))
      if (!campaign || !ending) return 0n
      const why = { reasonVi: ending.reasonVi ?? '', reasonEn: ending.reasonEn ?? '', by: 'calendar' }
      return moveRest({ ...context, db: tx }, tx, campaign, why)
    })
    if (amountVnd > 0n) moved += 1
  }
  return moved
}
