import { eq } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { campaignDrafts, campaignDraftTexts } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import { askNeed, insertCampaign, rewriteCampaign, type AskRefusal, type Beyond } from './ask'
import { lockDraft, type DraftRow } from './draft'
import { readCampaignText, readContent } from './draft-content'
import { isChanged, lockCampaign, recordChange, recordTransition, setCampaign } from './transitions'

/** Everybody who wrote a text of a draft, also one that stood apart and was taken over or not: none of them may review it. */
export async function authorsOf(db: Database, draftId: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ by: campaignDraftTexts.savedBy })
    .from(campaignDraftTexts)
    .where(eq(campaignDraftTexts.draftId, draftId))
  return rows.map(({ by }) => by)
}

/**
 * Lets a draft ask for more than is uncovered, so much more and no further: a director's written word.
 * Refuses: an unknown draft; no reason; nothing.
 */
export const allowBeyond = (
  context: Context,
  { draftId, vnd, reason, by }: Beyond & { draftId: number },
): Promise<Result<null, 'unknown_draft' | 'no_reason' | 'not_an_amount'>> =>
  context.db.transaction(async (tx) => {
    if (reason.trim() === '') return refuse('no_reason')
    if (vnd <= 0n) return refuse('not_an_amount')
    if (!(await lockDraft(tx, draftId))) return refuse('unknown_draft')
    await tx.update(campaignDrafts).set({ beyondVnd: vnd, beyondReason: reason.trim(), beyondBy: by }).where(eq(campaignDrafts.id, draftId))
    return ok(null)
  })

const beyondOf = ({ beyondVnd, beyondReason, beyondBy }: DraftRow): Beyond | null =>
  beyondVnd === null || beyondReason === null || beyondBy === null ? null : { vnd: beyondVnd, reason: beyondReason, by: beyondBy }

export type HandInRefusal = AskRefusal | 'unknown_draft' | 'changed_meanwhile' | 'wrong_state' | 'not_whole'

/**
 * Hands a draft in for review: it becomes a campaign, or becomes its campaign's text again. What it asks for is looked at
 * under the lock of its need, so that two campaigns at once can't both take the rest.
 * Refuses: a version that is not the newest; a text that is not whole (the draft's page says what is missing); what its
 * need does not have, unless a director let it; a campaign that is past its draft.
 */
export async function handIn(
  context: Context,
  { draftId, version, by, key }: { draftId: number; version: number; by: string; key: string },
): Promise<Result<{ campaignId: number }, HandInRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId)
    if (!draft) return refuse('unknown_draft')
    const own = draft.campaignId === null ? null : await lockCampaign(tx, draft.campaignId)
    if (own && (await isChanged(tx, own.id, key))) return ok({ campaignId: own.id })
    if (draft.version !== version) return refuse('changed_meanwhile')
    if (own && own.state !== 'draft') return refuse('wrong_state')
    const text = readCampaignText(readContent(draft.content), dayOf(now))
    if (!text.ok) return refuse('not_whole')
    const asked = await askNeed(tx, { needId: draft.needId, text: text.value, own, beyond: beyondOf(draft) })
    if (!asked.ok) return asked
    const campaign = own ?? (await insertCampaign(tx, { needId: draft.needId, text: text.value, asked: asked.value, actor: by, now }))
    if (own) await rewriteCampaign(tx, own, text.value, asked.value)
    else await tx.update(campaignDrafts).set({ campaignId: campaign.id }).where(eq(campaignDrafts.id, draftId))
    await setCampaign(tx, campaign.id, { state: 'in_review', handedInBy: by })
    const why = { reasonVi: 'Gửi người khác duyệt', reasonEn: 'Handed in for review by somebody else' }
    await recordTransition(tx, { ...campaign, state: 'draft' }, { to: 'in_review', ...why, actor: by }, now)
    await recordChange(tx, campaign.id, { kind: 'handed_in', facts: { draftVersion: version }, by, key }, now)
    return ok({ campaignId: campaign.id })
  })
}
