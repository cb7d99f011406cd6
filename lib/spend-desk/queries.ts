import { and, count, desc, eq, inArray, isNull, lt, lte, ne, or, sql, type SQL } from 'drizzle-orm'
import {
  budgetChanges,
  budgetLines,
  campaigns,
  papers,
  spendAdvances,
  spendItems,
  spendPayments,
  spends,
  staffMembers,
  staffRoles,
} from '../../db/schema'
import type { Context } from '../context'
import { listSpendPapers } from '../evidence/desk'
import { pick, type Locale } from '../i18n/locale'
import { maySpend } from '../spending/may-spend'
import { availableOn } from '../money-line/uses'
import { dayOf } from '../time/day'
import { listAdvances, type Advance } from '../spending/advance-list'
import { WAITS_FOR_RELEASE } from '../evidence/desk'
import { listBudgetUse } from '../spending/budget'
import type { BudgetDesk, PayingCampaign, ReplacedSpend, SpendDesk, SpendDeskRow, SpendPart, WaitingChange } from './model'
import { handedOver } from '../spending/handed-over'
import { getSpend } from '../spending/view'

const ROWS = 50

const STATES: Record<SpendPart, SQL | undefined> = {
  waiting: eq(spends.state, 'requested'),
  running: inArray(spends.state, ['approved', 'paid']),
  // Nothing is out of a spend in another state.
  advances: and(
    eq(spends.state, 'approved'),
    sql`exists (select 1 from ${spendAdvances} a where a.spend_id = ${spends.id} and advance_out(a.id) > 0)`,
  ),
  papers: sql`exists (select 1 from ${papers} where ${papers.spendId} = ${spends.id} and ${papers.deliveryId} is null and ${WAITS_FOR_RELEASE})`,
  all: undefined,
}

/** Who looks at spends, and of which communes they may: also those of which they were handed an advance, wherever they are. */
export interface SpendReader {
  staffId: string
  communeIds: 'all' | ReadonlySet<number>
}

/** Whether somebody may see a spend, for a query on `spends` joined with its `campaigns`, both under their own names. */
export const isSeenBy = ({ staffId, communeIds }: SpendReader): SQL | undefined =>
  communeIds === 'all'
    ? undefined
    : or(
        inArray(campaigns.unitId, [...communeIds]),
        sql`exists (select 1 from ${spendAdvances} a where a.spend_id = ${spends.id} and a.held_by = ${staffId} and a.dropped_at is null)`,
      )

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
  { part, beforeId, reader }: { part: SpendPart; beforeId: bigint | null; reader: SpendReader },
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
    .where(and(eq(spends.fundId, fundId), STATES[part], beforeId === null ? undefined : lt(spends.id, beforeId), isSeenBy(reader)))
    .orderBy(...(part === 'running' || part === 'advances' ? [spends.dueOn, spends.id] : [desc(spends.id)]))
    .limit(ROWS + 1)
  const shown = rows.slice(0, ROWS)
  const advances = await listAdvances(
    db,
    shown.map(({ spend }) => spend.id),
  )
  return {
    rows: shown.map(({ spend, slug, vi, en, paidVnd }) => ({
      ...{ key: String(spend.id), title: pick(locale, spend.titleVi, spend.titleEn), supplier: spend.supplier, state: spend.state },
      ...{ campaign: { slug, title: pick(locale, vi, en) }, amountVnd: spend.amountVnd, paidVnd },
      ...{ dueOn: spend.dueOn, requestedBy: spend.requestedBy, requestedOn: dayOf(spend.requestedAt) },
      out: outOf(advances.filter(({ spendId }) => spendId === spend.id)),
    })),
    nextId: rows.length > ROWS && part === 'all' ? (shown.at(-1)?.spend.id ?? null) : null,
  }
}

/** What is out of advances together, and by when the first is to be settled. */
function outOf(advances: readonly Advance[]): SpendDeskRow['out'] {
  const out = advances.filter(({ outVnd }) => outVnd > 0n)
  const [first] = out.map(({ dueOn }) => dueOn).toSorted()
  return first === undefined ? null : { vnd: out.reduce((sum, { outVnd }) => sum + outVnd, 0n), dueOn: first }
}

/** Where a spend of a fund stands; null where the fund has no such spend. */
export async function whereSpendStands({ db }: Context, fundId: number, spendId: bigint): Promise<{ communeId: number } | null> {
  const [row] = await db
    .select({ communeId: campaigns.unitId })
    .from(spends)
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .where(and(eq(spends.id, spendId), eq(spends.fundId, fundId)))
  return row ?? null
}

/** A spend as its fund's people see it; null where the fund has no such spend, or who looks may not see it. */
export async function getSpendDesk(
  context: Context,
  { fundId, key, reader }: { fundId: number; key: string; reader: SpendReader },
  locale: Locale,
): Promise<SpendDesk | null> {
  const view = await getSpend(context, key, locale)
  if (!view) return null
  const [found] = await context.db
    .select({ row: spends })
    .from(spends)
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .where(and(eq(spends.id, BigInt(key)), eq(spends.fundId, fundId), isSeenBy(reader)))
  if (!found) return null
  const { row } = found
  const units = await handedOver(context.db, [row.id])
  const advances = await listAdvances(context.db, [row.id])
  const [replacedBy] = await context.db
    .select({ id: spends.id })
    .from(spends)
    .where(and(eq(spends.replacesId, row.id), ne(spends.state, 'rejected')))
  const today = dayOf(context.now())
  return {
    view,
    campaignId: row.campaignId,
    requestedBy: row.requestedBy,
    decidedBy: row.decidedBy,
    availableVnd: await context.db.transaction((tx) => availableOn(tx, row.lineId)),
    isHandedOver: units.size > 0,
    advances: advances.map(({ id, spendId: _, ...advance }) => ({
      ...{ ...advance, key: String(id), isOverdue: advance.outVnd > 0n && today > advance.dueOn },
    })),
    papers: await listSpendPapers(context, row.id),
    replacesKey: row.replacesId === null ? null : String(row.replacesId),
    replacedByKey: replacedBy ? String(replacedBy.id) : null,
    roomVnd:
      row.state === 'approved'
        ? advances.reduce((room, one) => room - (one.givenOn === null ? one.amountVnd : one.outVnd), view.amountVnd - view.paidVnd)
        : 0n,
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

/**
 * What may be asked for of a campaign: its budget, how far it is used, and what money is free.
 * @param asked.replacesKey the number of an approved spend in whose place something is asked for: it takes no room then
 */
export async function getBudgetDesk(
  context: Context,
  fundId: number,
  { slug, replacesKey = null }: { slug: string; replacesKey?: string | null },
  locale: Locale,
): Promise<BudgetDesk | null> {
  const campaign = (await listPayingCampaigns(context, fundId, locale)).find((one) => one.slug === slug)
  if (!campaign) return null
  const replaces = replacesKey === null ? null : await getReplaced(context, campaign.id, replacesKey)
  const freedVnd = replaces?.items.reduce((sum, { amountVnd }) => sum + amountVnd, 0n) ?? 0n
  return {
    ...{ campaign, replaces },
    lines: await listBudgetUse(context.db, campaign.id, replaces && BigInt(replaces.key)),
    availableVnd: (await context.db.transaction((tx) => availableOn(tx, campaign.lineId))) + freedVnd,
  }
}

/** An approved spend of a campaign of which nothing is paid, to be asked for anew; null where there is none such. */
async function getReplaced({ db }: Context, campaignId: number, key: string): Promise<ReplacedSpend | null> {
  if (!/^\d{1,9}$/.test(key)) return null
  const [row] = await db
    .select()
    .from(spends)
    .where(and(eq(spends.id, BigInt(key)), eq(spends.campaignId, campaignId), eq(spends.state, 'approved')))
  if (!row) return null
  const items = await db.select().from(spendItems).where(eq(spendItems.spendId, row.id)).orderBy(spendItems.position)
  return {
    ...{ key, titleVi: row.titleVi, titleEn: row.titleEn, supplier: row.supplier, dueOn: row.dueOn },
    items: items.flatMap(({ budgetPosition, units, amountVnd }) => (budgetPosition === null ? [] : [{ budgetPosition, units, amountVnd }])),
  }
}

/** Changes of budgets of a fund, in the communes that somebody may see, that wait for a second person. */
export async function listWaitingChanges(
  { db }: Context,
  { fundId, communeIds }: { fundId: number; communeIds: SpendReader['communeIds'] },
  locale: Locale,
): Promise<WaitingChange[]> {
  const rows = await db
    .select({ change: budgetChanges, line: budgetLines, slug: campaigns.slug, vi: campaigns.titleVi, en: campaigns.titleEn })
    .from(budgetChanges)
    .innerJoin(campaigns, eq(campaigns.id, budgetChanges.campaignId))
    .innerJoin(budgetLines, and(eq(budgetLines.campaignId, budgetChanges.campaignId), eq(budgetLines.position, budgetChanges.position)))
    .where(
      and(
        ...[eq(campaigns.fundId, fundId), eq(budgetChanges.state, 'requested')],
        communeIds === 'all' ? undefined : inArray(campaigns.unitId, [...communeIds]),
      ),
    )
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

/** Advances of a fund that should have been settled by now. */
export const countAdvancesOverdue = (context: Context, { fundId }: { fundId: number }): Promise<number> =>
  countOverdue(context, eq(spends.fundId, fundId))

/** Advances that this person holds and should have settled by now. */
export const countOwnAdvancesOverdue = (context: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> =>
  countOverdue(context, and(eq(spends.fundId, fundId), eq(spendAdvances.heldBy, staffId)))

async function countOverdue({ db, now }: Context, whose: SQL | undefined): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(spendAdvances)
    .innerJoin(spends, eq(spends.id, spendAdvances.spendId))
    .where(
      and(
        ...[whose, eq(spends.state, 'approved'), lt(spendAdvances.dueOn, dayOf(now())), isNull(spendAdvances.droppedAt)],
        sql`advance_out(${spendAdvances.id}) > 0`,
      ),
    )
  return row?.count ?? 0
}

/** Those of a fund who may be handed an advance: everybody whose role in it is in effect, other than who writes it down. */
export async function listHolders({ db, now }: Context, fundId: number, byId: string): Promise<{ id: string; name: string }[]> {
  const rows = await db
    .selectDistinct({ id: staffMembers.id, name: staffMembers.name })
    .from(staffMembers)
    .innerJoin(staffRoles, eq(staffRoles.staffId, staffMembers.id))
    .where(
      and(...[eq(staffRoles.fundId, fundId), isNull(staffRoles.endedAt), lte(staffRoles.effectiveFrom, now())], ne(staffMembers.id, byId)),
    )
    .orderBy(staffMembers.name)
  return rows.map(({ id, name }) => ({ id, name: name ?? id }))
}
