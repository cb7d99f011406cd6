import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { administrativeUnits, budgetLines, campaignDrafts, campaigns, campaignDraftTexts, needCategories, needs } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { readContent } from './draft-content'
import type { DraftContent } from './model'
import { lockCampaign } from './transitions'

/**
 * Begins a campaign for a published need, with what the need says already filled in. The same key is the same draft.
 * Refuses: an unknown or unpublished need; a category in which a unit is a child (money.md §8).
 */
export async function startDraft(
  context: Context,
  { needId, by, key }: { needId: number; by: string; key: string },
): Promise<Result<{ draftId: number }, 'unknown_need' | 'need_not_published' | 'per_child_category'>> {
  const [row] = await context.db
    .select({ need: needs, category: needCategories, unit: administrativeUnits })
    .from(needs)
    .innerJoin(needCategories, eq(needCategories.key, needs.category))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, needs.unitId))
    .where(eq(needs.id, needId))
  if (!row) return refuse('unknown_need')
  const { need, category, unit } = row
  if (need.state !== 'published') return refuse('need_not_published')
  if (category.isPerChild) return refuse('per_child_category')
  return ok(
    await makeDraft(context, {
      ...{ needId, campaignId: null, by, key },
      content: {
        ...EMPTY,
        slug: `${category.key}-${unit.slug}-${need.schoolYear}`,
        titleVi: `${category.nameVi} cho trẻ em ${unit.fullNameVi.toLowerCase().startsWith('xã ') ? `xã ${unit.nameVi}` : unit.fullNameVi}`,
        titleEn: `${category.nameEn} for the children of ${unit.nameEn}`,
        children: String(need.children),
        budget: [
          {
            ...{ itemVi: category.nameVi, itemEn: category.nameEn, unitVi: category.unitVi, unitEn: category.unitEn },
            ...{ standardVi: category.standardVi, standardEn: category.standardEn, unitPrice: '', quantity: String(need.quantity) },
          },
        ],
      },
    }),
  )
}

const EMPTY: DraftContent = {
  ...{ slug: '', titleVi: '', titleEn: '', summaryVi: '', summaryEn: '', storyVi: '', storyEn: '' },
  ...{ overflowVi: '', overflowEn: '', children: '', neededBy: '', isEmergency: '', budget: [] },
}

/** The draft of a campaign that is there already; made from what it says where it has none. Null where there is no such campaign. */
export async function draftOfCampaign(context: Context, { campaignId, by }: { campaignId: number; by: string }): Promise<number | null> {
  const [campaign] = await context.db.select().from(campaigns).where(eq(campaigns.id, campaignId))
  if (!campaign) return null
  const lines = await context.db.select().from(budgetLines).where(eq(budgetLines.campaignId, campaignId)).orderBy(asc(budgetLines.position))
  const { slug, titleVi, titleEn, summaryVi, summaryEn, storyVi, storyEn, overflowVi, overflowEn, neededBy } = campaign
  const made = await makeDraft(context, {
    ...{ needId: campaign.needId, campaignId, by, key: `campaign:${campaignId}` },
    content: {
      ...{ slug, titleVi, titleEn, summaryVi, summaryEn, storyVi, storyEn, overflowVi, overflowEn, neededBy },
      ...{ children: String(campaign.children), isEmergency: campaign.isEmergency ? 'yes' : '' },
      budget: lines.map(({ itemVi, itemEn, unitVi, unitEn, standardVi, standardEn, unitPriceVnd, quantity }) => ({
        ...{ itemVi, itemEn, unitVi, unitEn, standardVi, standardEn, unitPrice: String(unitPriceVnd), quantity: String(quantity) },
      })),
    },
  })
  return made.draftId
}

async function makeDraft(
  context: Context,
  { needId, campaignId, by, key, content }: { needId: number; campaignId: number | null; by: string; key: string; content: DraftContent },
): Promise<{ draftId: number }> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [made] = await tx
      .insert(campaignDrafts)
      .values({
        ...{ needId, campaignId, content: { ...content }, idempotencyKey: key },
        ...{ createdBy: by, createdAt: now, savedBy: by, savedAt: now },
      })
      .onConflictDoNothing()
      .returning({ id: campaignDrafts.id })
    if (!made) {
      const known = campaignId === null ? eq(campaignDrafts.idempotencyKey, key) : eq(campaignDrafts.campaignId, campaignId)
      const [twin] = await tx.select({ id: campaignDrafts.id }).from(campaignDrafts).where(known)
      if (!twin) throw new Error(`draft ${key} was neither written nor found`)
      return { draftId: twin.id }
    }
    // What a machine wrote has no author: whoever saves first is one.
    return { draftId: made.id }
  })
}

export interface DraftSave {
  draftId: number
  /** The version that was written on. */
  basedOn: number
  content: DraftContent
  by: string
  /** Names this save: sent twice, it is one. */
  key: string
  /** A text that stood apart and is in this one now. */
  settles?: bigint | null
}

/**
 * `saved`: it is the draft's text now. `apart`: somebody saved another one meanwhile, or the draft waits for review;
 * this text is kept beside it, and nothing of either is lost.
 */
export type DraftSaved = { kind: 'saved'; version: number } | { kind: 'apart'; version: number; textId: bigint }

/** Saves a draft, whole or not. The same text again changes nothing. Refuses: an unknown draft, or one that was thrown away. */
export const saveDraft = (
  context: Context,
  { draftId, basedOn, content, by, key, settles = null }: DraftSave,
): Promise<Result<DraftSaved, 'unknown_draft'>> =>
  context.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId)
    if (!draft) return refuse('unknown_draft')
    const now = context.now()
    const [known] = await tx
      .select()
      .from(campaignDraftTexts)
      .where(and(eq(campaignDraftTexts.draftId, draftId), eq(campaignDraftTexts.idempotencyKey, key)))
    if (known)
      return ok(
        known.version === null ? { kind: 'apart', version: draft.version, textId: known.id } : { kind: 'saved', version: known.version },
      )
    const isSame = JSON.stringify(readContent(draft.content)) === JSON.stringify(content)
    if (settles !== null && basedOn === draft.version) await settle(tx, { draftId, textId: settles, by, now })
    if (isSame) return ok({ kind: 'saved', version: draft.version })
    const text = { draftId, basedOn, content: { ...content }, idempotencyKey: key, savedBy: by, savedAt: now }
    if (basedOn !== draft.version || !(await isOpenToWrite(tx, draft))) {
      const [apart] = await tx.insert(campaignDraftTexts).values(text).returning({ id: campaignDraftTexts.id })
      if (!apart) throw new Error('a text was not kept')
      return ok({ kind: 'apart', version: draft.version, textId: apart.id })
    }
    const version = draft.version + 1
    await tx.insert(campaignDraftTexts).values({ ...text, version })
    await tx
      .update(campaignDrafts)
      .set({ content: { ...content }, version, savedBy: by, savedAt: now })
      .where(eq(campaignDrafts.id, draftId))
    return ok({ kind: 'saved', version })
  })

const settle = (tx: Transaction, { draftId, textId, by, now }: { draftId: number; textId: bigint; by: string; now: Date }) =>
  tx
    .update(campaignDraftTexts)
    .set({ settledBy: by, settledAt: now })
    .where(
      and(
        ...[eq(campaignDraftTexts.id, textId), eq(campaignDraftTexts.draftId, draftId)],
        ...[isNull(campaignDraftTexts.version), isNull(campaignDraftTexts.settledAt)],
      ),
    )

/** Puts a text that stood apart away, without taking it over: it stays kept. */
export const settleText = (
  context: Context,
  { draftId, textId, by }: { draftId: number; textId: bigint; by: string },
): Promise<Result<null, 'unknown_draft'>> =>
  context.db.transaction(async (tx) => {
    if (!(await lockDraft(tx, draftId))) return refuse('unknown_draft')
    await settle(tx, { draftId, textId, by, now: context.now() })
    return ok(null)
  })

export type DraftRow = typeof campaignDrafts.$inferSelect

export async function lockDraft(tx: Transaction, draftId: number): Promise<DraftRow | null> {
  const [draft] = await tx
    .select()
    .from(campaignDrafts)
    .where(and(eq(campaignDrafts.id, draftId), isNull(campaignDrafts.discardedAt)))
    .for('update')
  return draft ?? null
}

/** A draft may be written until it is handed in, and again when it comes back. */
async function isOpenToWrite(tx: Transaction, { campaignId }: DraftRow): Promise<boolean> {
  if (campaignId === null) return true
  return (await lockCampaign(tx, campaignId))?.state === 'draft'
}

/** Throws a draft away that became no campaign. Its texts stay kept. Refuses: one that is a campaign. */
export const discardDraft = (
  context: Context,
  { draftId, by }: { draftId: number; by: string },
): Promise<Result<null, 'unknown_draft' | 'is_a_campaign'>> =>
  context.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId)
    if (!draft) return refuse('unknown_draft')
    if (draft.campaignId !== null) return refuse('is_a_campaign')
    const now = context.now()
    await tx.update(campaignDrafts).set({ discardedAt: now, savedBy: by, savedAt: now }).where(eq(campaignDrafts.id, draftId))
    return ok(null)
  })
