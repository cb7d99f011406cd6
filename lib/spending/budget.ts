import { and, asc, desc, eq, isNotNull, ne, notInArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { budgetChanges, budgetLines, campaigns, spendItems, spends } from '../../db/schema'
import type { Context } from '../context'
import { appendEvent } from '../events/append'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import type { BudgetChangeRefusal, BudgetLineUse, BudgetRefusal, DecisionRefusal } from './model'

/**
 * Every line of a campaign's budget with how much of it may be bought, and how much was asked for so far: also what waits
 * for a second person, and not what was rejected or cancelled.
 * @param replacesId a spend that does not count, since another is asked for in its place
 */
export async function listBudgetUse(db: Database, campaignId: number, replacesId: bigint | null = null): Promise<BudgetLineUse[]> {
  const lines = await db.select().from(budgetLines).where(eq(budgetLines.campaignId, campaignId)).orderBy(asc(budgetLines.position))
  const changes = await db
    .selectDistinctOn([budgetChanges.position], { position: budgetChanges.position, quantity: budgetChanges.quantity })
    .from(budgetChanges)
    .where(and(eq(budgetChanges.campaignId, campaignId), eq(budgetChanges.state, 'approved')))
    .orderBy(budgetChanges.position, desc(budgetChanges.id))
  const asked = await db
    .select({ position: spendItems.budgetPosition, units: sql`sum(${spendItems.units})`.mapWith(Number) })
    .from(spendItems)
    .innerJoin(spends, eq(spends.id, spendItems.spendId))
    .where(
      and(
        ...[eq(spends.campaignId, campaignId), notInArray(spends.state, ['rejected', 'cancelled']), isNotNull(spendItems.budgetPosition)],
        replacesId === null ? undefined : ne(spends.id, replacesId),
      ),
    )
    .groupBy(spendItems.budgetPosition)
  return lines.map(({ position, quantity, ...line }) => ({
    ...{ position, itemVi: line.itemVi, itemEn: line.itemEn, unitVi: line.unitVi, unitEn: line.unitEn },
    unitPriceVnd: line.unitPriceVnd,
    quantity: changes.find((one) => one.position === position)?.quantity ?? quantity,
    plannedQuantity: quantity,
    askedUnits: asked.find((one) => one.position === position)?.units ?? 0,
  }))
}

/** Whether a campaign's budget has room for items. The caller holds the campaign, so that two who ask at once can't both take the rest. */
export async function isWithinBudget(
  tx: Transaction,
  campaignId: number,
  items: readonly { units: number; budgetPosition?: number | null }[],
  replacesId: bigint | null,
): Promise<Result<null, BudgetRefusal>> {
  const wanted = new Map<number, number>()
  for (const { units, budgetPosition } of items)
    if (budgetPosition != null) wanted.set(budgetPosition, (wanted.get(budgetPosition) ?? 0) + units)
  if (wanted.size === 0) return ok(null)
  const lines = await listBudgetUse(tx, campaignId, replacesId)
  for (const [position, units] of wanted) {
    const line = lines.find((one) => one.position === position)
    if (!line) return refuse('unknown_line')
    if (line.askedUnits + units > line.quantity) return refuse('beyond_budget')
  }
  return ok(null)
}

/** How much of a line of its budget a campaign shall be able to buy, and why. */
export interface BudgetChangeWish {
  campaignSlug: string
  position: number
  /** In all, in the line's unit. */
  quantity: number
  /** Public. */
  reasonVi: string
  reasonEn: string
  by: string
  /** Names this wish: asked twice, it is one. */
  key: string
}

/**
 * Asks to buy more, or less, of a line of the budget than was planned. Another person decides.
 * Refuses less than was asked for already, no reason, and a second wish while one waits.
 */
export async function requestBudgetChange(
  context: Context,
  wish: BudgetChangeWish,
): Promise<Result<{ changeId: bigint }, BudgetChangeRefusal>> {
  const { campaignSlug, position, quantity, by, key: idempotencyKey } = wish
  const [reasonVi, reasonEn] = [wish.reasonVi.trim(), wish.reasonEn.trim()]
  if (reasonVi === '' || reasonEn === '') return refuse('no_reason')
  return context.db.transaction(async (tx) => {
    const [known] = await tx.select({ id: budgetChanges.id }).from(budgetChanges).where(eq(budgetChanges.idempotencyKey, idempotencyKey))
    if (known) return ok({ changeId: known.id })
    const [campaign] = await tx.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.slug, campaignSlug)).for('no key update')
    if (!campaign) return refuse('unknown_campaign')
    const line = (await listBudgetUse(tx, campaign.id)).find((one) => one.position === position)
    if (!line) return refuse('unknown_line')
    if (!Number.isInteger(quantity) || quantity < Math.max(1, line.askedUnits)) return refuse('too_few')
    const [waiting] = await tx
      .select({ id: budgetChanges.id })
      .from(budgetChanges)
      .where(and(eq(budgetChanges.campaignId, campaign.id), eq(budgetChanges.position, position), eq(budgetChanges.state, 'requested')))
    if (waiting) return refuse('one_waits')
    const [made] = await tx
      .insert(budgetChanges)
      .values({
        ...{ campaignId: campaign.id, position, quantity, reasonVi, reasonEn, state: 'requested', idempotencyKey },
        ...{ requestedBy: by, requestedAt: context.now() },
      })
      .returning({ id: budgetChanges.id })
    if (!made) throw new Error('a change of a budget was not written')
    return ok({ changeId: made.id })
  })
}

/** Approves or rejects a change of a budget, by another person than the one who asked. An approved one is public at once. */
export async function decideBudgetChange(
  context: Context,
  { changeId, verdict, by }: { changeId: bigint; verdict: 'approved' | 'rejected'; by: string },
): Promise<Result<null, DecisionRefusal | 'too_few'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [found] = await tx.select({ campaignId: budgetChanges.campaignId }).from(budgetChanges).where(eq(budgetChanges.id, changeId))
    if (!found) return refuse('not_found')
    await tx.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.id, found.campaignId)).for('no key update')
    const [change] = await tx.select().from(budgetChanges).where(eq(budgetChanges.id, changeId)).for('update')
    if (!change) return refuse('not_found')
    if (change.state !== 'requested') return refuse('decided_already')
    if (change.requestedBy === by) return refuse('same_person')
    // More may have been asked for since.
    const line = (await listBudgetUse(tx, change.campaignId)).find(({ position }) => position === change.position)
    if (verdict === 'approved' && (line?.askedUnits ?? 0) > change.quantity) return refuse('too_few')
    const eventId = verdict === 'approved' ? await tellChange(tx, change, now) : null
    await tx.update(budgetChanges).set({ state: verdict, decidedBy: by, decidedAt: now, eventId }).where(eq(budgetChanges.id, changeId))
    return ok(null)
  })
}

async function tellChange(tx: Transaction, change: typeof budgetChanges.$inferSelect, now: Date): Promise<bigint> {
  const { id, campaignId, position, quantity, reasonVi, reasonEn } = change
  const [campaign] = await tx
    .select({ slug: campaigns.slug, fundId: campaigns.fundId, lineId: campaigns.lineId })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId))
  if (!campaign) throw new Error(`campaign ${campaignId} is gone`)
  const { slug, fundId, lineId } = campaign
  const eventId = await appendEvent(tx, {
    ...{ kind: 'budget_changed', idempotencyKey: `budget_changed:${id}`, fundId, lineId, day: dayOf(now), createdAt: now },
    facts: { campaign: slug, line: position, quantity, reasonVi, reasonEn },
  })
  if (eventId === null) throw new Error(`change ${id} of a budget was told before`)
  return eventId
}
