import { and, count, desc, eq, inArray, lt, ne, sql, type SQL } from 'drizzle-orm'
import { budgetChanges, budgetLines, campaigns, spendPayments, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { maySpend } from '../spending/may-spend'
import { availableOn } from '../money-line/uses'
import { dayOf } from '../time/day'
import { listBudgetUse } from '../spending/budget'
import type { BudgetDesk, PayingCampaign, SpendDesk, SpendDeskRow, SpendPart, WaitingChange } from './model'
import { handedOver } from '../spending/handed-over'
import { getSpend } from '../spending/view'

const ROWS = 50

const STATES: Record<SpendPart, SQL | undefined> = {
  waiting: eq(spends.state, 'requested'),
  running: inArray(spends.state, ['approved', 'paid']),
  all: undefined,
}

/** Which spends stand in a part of the list, for a query on `spends` under its own name. */
export const inSpendPart = (part: SpendPart): SQL | undefined => STATES[part]

/**
 * Spends of a fund for its own people, newest first; of what runs, the earliest due first and all of it, so that what is
 * overdue stands on top.
 * @param beforeId a list of all goes on after this one
 */
export async function listSpends(
  { db }: Context,
  fundId: number,
  { part, beforeId }: { part: SpendPart; beforeId: bigint | null },
  locale: Locale,
): Promise<{ rows: SpendDeskRow[]; nextId: bigint | null }> {
  const paid = db
    .select({ spendId: spendPayments.spendId, vnd: sql`max(${spendPayments.toVnd})`.mapWith(BigInt).as('vnd') })
    .from(spendPayments)
    .where(eq(spendPayments.spendId, spends.id))
    .groupBy(spendPayments.spendId)
    .as('paid')
  const rows = await db
    .select({
      spend: spends,
      slug: campaigns.slug,
      vi: campaigns.titleVi,
      en: campaigns.titleEn,
      paidVnd: sql`coalesce(${paid.vnd}, 0)`.mapWith(BigInt),
    })
    .from(spends)
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .leftJoinLateral(paid, sql`true`)
    .where(and(eq(spends.fundId, fundId), STATES[part], beforeId === null ? undefined : lt(spends.id, beforeId)))
    .orderBy(...(part === 'running' ? [spends.dueOn, spends.id] : [desc(spends.id)]))
    .limit(ROWS + 1)
  const shown = rows.slice(0, ROWS)
  return {
    rows: shown.map(({ spend, slug, vi, en, paidVnd }) => ({
      ...{ key: String(spend.id), title: pick(locale, spend.titleVi, spend.titleEn), supplier: spend.supplier, state: spend.state },
      ...{ campaign: { slug, title: pick(locale, vi, en) }, amountVnd: spend.amountVnd, paidVnd },
      ...{ dueOn: spend.dueOn, requestedBy: spend.requestedBy, requestedOn: dayOf(spend.requestedAt) },
    })),
    nextId: rows.length > ROWS && part === 'all' ? (shown.at(-1)?.spend.id ?? null) : null,
  }
}

/** A spend as its fund's people see it; null where the fund has no such spend. */
export async function getSpendDesk(context: Context, fundId: number, key: string, locale: Locale): Promise<SpendDesk | null> {
  const view = await getSpend(context, key, locale)
  if (!view) return null
  const [row] = await context.db
    .select()
    .from(spends)
    .where(and(eq(spends.id, BigInt(key)), eq(spends.fundId, fundId)))
  if (!row) return null
  const units = await handedOver(context.db, [row.id])
  return {
    view,
    campaignId: row.campaignId,
    requestedBy: row.requestedBy,
    decidedBy: row.decidedBy,
    availableVnd: await context.db.transaction((tx) => availableOn(tx, row.lineId)),
    isHandedOver: units.size > 0,
  }
}

/** Campaigns of a fund that may pay for something, with what is free of their money. */
export async function listPayingCampaigns({ db }: Context, fundId: number, locale: Locale): Promise<PayingCampaign[]> {
  const rows = await db
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.fundId, fundId), maySpend))
    .orderBy(desc(campaigns.id))
  return rows.map(({ id, slug, titleVi, titleEn, lineId }) => ({ id, slug, title: pick(locale, titleVi, titleEn), lineId }))
}

/** What may be asked for of a campaign: its budget, how far it is used, and what money is free. */
export async function getBudgetDesk(context: Context, fundId: number, slug: string, locale: Locale): Promise<BudgetDesk | null> {
  const campaign = (await listPayingCampaigns(context, fundId, locale)).find((one) => one.slug === slug)
  if (!campaign) return null
  return {
    campaign,
    lines: await listBudgetUse(context.db, campaign.id),
    availableVnd: await context.db.transaction((tx) => availableOn(tx, campaign.lineId)),
  }
}

/** Changes of budgets of a fund that wait for a second person. */
export async function listWaitingChanges({ db }: Context, fundId: number, locale: Locale): Promise<WaitingChange[]> {
  const rows = await db
    .select({ change: budgetChanges, line: budgetLines, slug: campaigns.slug, vi: campaigns.titleVi, en: campaigns.titleEn })
    .from(budgetChanges)
    .innerJoin(campaigns, eq(campaigns.id, budgetChanges.campaignId))
    .innerJoin(budgetLines, and(eq(budgetLines.campaignId, budgetChanges.campaignId), eq(budgetLines.position, budgetChanges.position)))
    .where(and(eq(campaigns.fundId, fundId), eq(budgetChanges.state, 'requested')))
    .orderBy(budgetChanges.id)
  return rows.map(({ change, line, slug, vi, en }) => ({
    ...{ key: String(change.id), campaign: { slug, title: pick(locale, vi, en) }, item: pick(locale, line.itemVi, line.itemEn) },
    ...{ unit: pick(locale, line.unitVi, line.unitEn), plannedQuantity: line.quantity, quantity: change.quantity },
    ...{ reason: pick(locale, change.reasonVi, change.reasonEn), requestedBy: change.requestedBy },
  }))
}

/** Spends that wait for this person's decision: somebody else asked for them. */
export async function countSpendsToDecide({ db }: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(spends)
    .where(and(eq(spends.fundId, fundId), eq(spends.state, 'requested'), ne(spends.requestedBy, staffId)))
  return row?.count ?? 0
}

/** Changes of budgets that wait for this person's decision. */
export async function countChangesToDecide({ db }: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(budgetChanges)
    .innerJoin(campaigns, eq(campaigns.id, budgetChanges.campaignId))
    .where(and(eq(campaigns.fundId, fundId), eq(budgetChanges.state, 'requested'), ne(budgetChanges.requestedBy, staffId)))
  return row?.count ?? 0
}
