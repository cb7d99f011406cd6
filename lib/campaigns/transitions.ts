import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { administrativeUnits, campaignChanges, campaigns, campaignTransitions, needs } from '../../db/schema'
import { appendEvent } from '../events/append'
import { dayOf } from '../time/day'
import { isPublicState, type CampaignState } from './states'

export type CampaignRow = typeof campaigns.$inferSelect

export interface StateChange {
  campaignId: number
  to: CampaignState
  /** Public. */
  reasonVi: string
  reasonEn: string
  actor: string
}

/** Keeps the step, and tells the public where the campaign now stands before its eyes, and whose need it is for. The reason's words stay out of the fact. */
export async function recordTransition(
  tx: Transaction,
  campaign: Pick<CampaignRow, 'id' | 'slug' | 'fundId' | 'lineId' | 'state'>,
  change: Omit<StateChange, 'campaignId'>,
  now: Date,
): Promise<void> {
  const { to, reasonVi, reasonEn, actor } = change
  const [step] = await tx
    .insert(campaignTransitions)
    .values({ campaignId: campaign.id, fromState: campaign.state, toState: to, reasonVi, reasonEn, actor, happenedAt: now })
    .returning({ id: campaignTransitions.id })
  if (!step) throw new Error('a change of state was not kept')
  if (!isPublicState(to)) return
  const [place] = await tx
    .select({
      ...{ commune: administrativeUnits.slug, category: campaigns.category },
      ...{ schoolYear: needs.schoolYear, opensOn: campaigns.opensOn },
    })
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .innerJoin(needs, eq(needs.id, campaigns.needId))
    .where(eq(campaigns.id, campaign.id))
  if (!place) throw new Error('a campaign has no place')
  await appendEvent(tx, {
    kind: 'campaign_state',
    idempotencyKey: `campaign_state:${step.id}`,
    fundId: campaign.fundId,
    lineId: campaign.lineId,
    day: dayOf(now),
    facts: { campaign: campaign.slug, from: isPublicState(campaign.state) ? campaign.state : null, to, ...place },
    createdAt: now,
  })
}

export async function lockCampaign(tx: Transaction, campaignId: number): Promise<CampaignRow | null> {
  const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for('update')
  return campaign ?? null
}

/** Sets columns of a locked campaign; its version grows. */
export const setCampaign = async (tx: Transaction, campaignId: number, set: Partial<typeof campaigns.$inferInsert>): Promise<void> => {
  await tx
    .update(campaigns)
    .set({ ...set, version: sql`${campaigns.version} + 1` })
    .where(eq(campaigns.id, campaignId))
}

export interface ChangeWish {
  kind: (typeof campaignChanges.$inferInsert)['kind']
  reasonVi?: string | null
  reasonEn?: string | null
  facts?: Record<string, string | number | null>
  by: string
  key: string
}

/** Writes down what happened to a campaign besides its state. @returns its number */
export async function recordChange(
  tx: Transaction,
  campaignId: number,
  { kind, reasonVi = null, reasonEn = null, facts = {}, by, key }: ChangeWish,
  now: Date,
): Promise<bigint> {
  const [made] = await tx
    .insert(campaignChanges)
    .values({ campaignId, kind, reasonVi, reasonEn, facts, by, idempotencyKey: key, happenedAt: now })
    .returning({ id: campaignChanges.id })
  if (!made) throw new Error('a change of a campaign was not kept')
  return made.id
}

/** Whether a change was made under a key before. */
export async function isChanged(tx: Transaction, campaignId: number, key: string): Promise<boolean> {
  const [known] = await tx
    .select({ id: campaignChanges.id })
    .from(campaignChanges)
    .where(and(eq(campaignChanges.campaignId, campaignId), eq(campaignChanges.idempotencyKey, key)))
  return known !== undefined
}

/** Tells the public what changed of a campaign that it sees. Reasons' words stay out of the fact. */
export const tellChange = (
  tx: Transaction,
  campaign: CampaignRow,
  {
    changeId,
    change,
    facts = {},
  }: { changeId: bigint; change: 'paused' | 'resumed' | 'extended' | 'renamed'; facts?: Record<string, string> },
  now: Date,
) =>
  appendEvent(tx, {
    ...{ kind: 'campaign_changed', idempotencyKey: `campaign_changed:${changeId}`, fundId: campaign.fundId, lineId: campaign.lineId },
    ...{ day: dayOf(now), facts: { campaign: campaign.slug, change, ...facts }, createdAt: now },
  })
