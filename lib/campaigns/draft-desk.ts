import { and, desc, eq, isNull } from 'drizzle-orm'
import {
  administrativeUnits,
  campaignDrafts,
  campaignDraftTexts,
  campaigns,
  funds,
  needCategories,
  needCoverages,
  needs,
  programmes,
} from '../../db/schema'
import { FEWEST_CHILDREN } from '../few'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { parseVnd } from '../money/vnd'
import { dayOf } from '../time/day'
import { problemsOf, readContent } from './draft-content'
import { authorsOf } from './hand-in'
import { campaignSums, fundBudget, type ApartText, type CampaignView, type DraftDesk } from './model'
import { uncoveredVnd } from './uncovered'

const draftOf = async ({ db }: Context, draftId: number) =>
  (
    await db
      .select({ draft: campaignDrafts, campaign: campaigns, need: needs, unit: administrativeUnits, category: needCategories, fund: funds })
      .from(campaignDrafts)
      .innerJoin(needs, eq(needs.id, campaignDrafts.needId))
      .innerJoin(programmes, eq(programmes.id, needs.programmeId))
      .innerJoin(funds, eq(funds.id, programmes.fundId))
      .innerJoin(administrativeUnits, eq(administrativeUnits.id, needs.unitId))
      .innerJoin(needCategories, eq(needCategories.key, needs.category))
      .leftJoin(campaigns, eq(campaigns.id, campaignDrafts.campaignId))
      .where(and(eq(campaignDrafts.id, draftId), isNull(campaignDrafts.discardedAt)))
  )[0]

/** A draft, with what one must know to write it; null where there is none. */
export async function getDraftDesk(context: Context, draftId: number, locale: Locale): Promise<DraftDesk | null> {
  const { db } = context
  const row = await draftOf(context, draftId)
  if (!row) return null
  const { draft, campaign, need, unit, category, fund } = row
  const asked = campaign?.goalVnd ?? 0n
  return {
    ...{ draftId, version: draft.version, content: readContent(draft.content), savedBy: draft.savedBy, savedAt: draft.savedAt },
    isOpen: campaign === null || campaign.state === 'draft',
    campaign: campaign && { campaignId: campaign.id, slug: campaign.slug, state: campaign.state, version: campaign.version },
    need: {
      ...{ needId: need.id, children: need.children, quantity: need.quantity, amountVnd: need.amountVnd, fundId: fund.id },
      ...{ commune: pick(locale, unit.fullNameVi, unit.fullNameEn), category: pick(locale, category.nameVi, category.nameEn) },
      unit: pick(locale, category.unitVi, category.unitEn),
    },
    // What its own campaign asks for is its own to ask.
    uncoveredVnd: (await uncoveredVnd(db, need.id)) + asked,
    beyond:
      draft.beyondVnd === null || draft.beyondReason === null || draft.beyondBy === null
        ? null
        : { vnd: draft.beyondVnd, reason: draft.beyondReason, by: draft.beyondBy },
    unitId: unit.id,
    problems: problemsOf(readContent(draft.content), dayOf(context.now())),
    apart: await apartTexts(context, draftId),
    authors: await authorsOf(db, draftId),
  }
}

/** Where a draft stands; null where there is none. */
export async function whereDraftStands({ db }: Context, draftId: number): Promise<{ fundId: number; communeId: number } | null> {
  const [row] = await db
    .select({ fundId: programmes.fundId, communeId: needs.unitId })
    .from(campaignDrafts)
    .innerJoin(needs, eq(needs.id, campaignDrafts.needId))
    .innerJoin(programmes, eq(programmes.id, needs.programmeId))
    .where(eq(campaignDrafts.id, draftId))
  return row ?? null
}

/** Texts that stand apart, of each person the newest: what they typed on holds what they typed before. */
async function apartTexts({ db }: Context, draftId: number): Promise<ApartText[]> {
  const rows = await db
    .select()
    .from(campaignDraftTexts)
    .where(and(eq(campaignDraftTexts.draftId, draftId), isNull(campaignDraftTexts.version), isNull(campaignDraftTexts.settledAt)))
    .orderBy(desc(campaignDraftTexts.id))
  const newest = rows.filter(
    (row, at) => rows.findIndex(({ savedBy, basedOn }) => savedBy === row.savedBy && basedOn === row.basedOn) === at,
  )
  return newest.map(({ id, basedOn, content, savedBy, savedAt }) => ({
    ...{ id: String(id), basedOn, content: readContent(content), savedBy, savedAt },
  }))
}

/** A draft as the public would see it, if it opened now as it is written; null where there is none. */
export async function previewDraft(context: Context, draftId: number, locale: Locale): Promise<CampaignView | null> {
  const { db } = context
  const row = await draftOf(context, draftId)
  if (!row) return null
  const { draft, need, unit, category, fund } = row
  const content = readContent(draft.content)
  const coverages = await db.select().from(needCoverages).where(eq(needCoverages.needId, need.id))
  const budget = content.budget.flatMap((line, position) => {
    const unitPriceVnd = parseVnd(line.unitPrice) ?? 0n
    const quantity = Number(line.quantity.replace(/[.,\s]/g, ''))
    if (unitPriceVnd === 0n || !Number.isInteger(quantity) || quantity <= 0) return []
    const texts = { item: pick(locale, line.itemVi, line.itemEn), unit: pick(locale, line.unitVi, line.unitEn) }
    return [{ position, ...texts, standard: pick(locale, line.standardVi, line.standardEn), unitPriceVnd, quantity }]
  })
  const goalVnd = budget.reduce((sum, { unitPriceVnd, quantity }) => sum + unitPriceVnd * BigInt(quantity), 0n)
  const children = Number(content.children.replace(/[.,\s]/g, ''))
  const today = dayOf(context.now())
  const isCountShown = need.children >= FEWEST_CHILDREN
  return {
    ...campaignSums(goalVnd > 0n ? goalVnd : 1n, 0n, 'open'),
    ...{ slug: content.slug, state: 'open', takesGifts: true, title: pick(locale, content.titleVi, content.titleEn) },
    ...{ summary: pick(locale, content.summaryVi, content.summaryEn), story: pick(locale, content.storyVi, content.storyEn) },
    overflow: pick(locale, content.overflowVi, content.overflowEn),
    category: { key: category.key, name: pick(locale, category.nameVi, category.nameEn) },
    commune: {
      ...{ slug: unit.slug, name: pick(locale, unit.nameVi, unit.nameEn), fullName: pick(locale, unit.fullNameVi, unit.fullNameEn) },
      ...{ seed: `${unit.code}@${unit.validFrom}`, province: pick(locale, unit.provinceVi, unit.provinceEn) },
    },
    fund: { slug: fund.slug, name: pick(locale, fund.nameVi, fund.nameEn) },
    children: Number.isInteger(children) && children >= FEWEST_CHILDREN ? children : null,
    ...{ neededBy: content.neededBy === '' ? today : content.neededBy, opensOn: today, isEmergency: content.isEmergency === 'yes' },
    ...{ pause: null, gifts: 0, latestGifts: [], steps: [] },
    need: {
      ...{
        schoolYear: need.schoolYear,
        quantity: isCountShown ? need.quantity : null,
        unit: pick(locale, category.unitVi, category.unitEn),
      },
      ...{ reportedOn: need.reportedOn, checkedOn: need.checkedOn },
      otherSources: isCountShown
        ? coverages.map((one) => ({ name: pick(locale, one.nameVi, one.nameEn), quantity: one.quantity, amountVnd: one.amountVnd }))
        : [],
    },
    budget: fundBudget(budget, 0n),
    budgetChanges: [],
  }
}
