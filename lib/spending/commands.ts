import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaigns, spendAdvances, spendItems, spends } from '../../db/schema'
import type { Context } from '../context'
import { appendEvent } from '../events/append'
import type { EventKind } from '../events/model'
import { availableOn, lockLines, reserve } from '../money-line/uses'
import { ok, refuse, type Result } from '../result'
import { dayOf, type Day } from '../time/day'
import { outOfSpend } from './advance-moves'
import type { DecisionRefusal, EndRefusal, RequestRefusal } from './model'
import { isWithinBudget } from './budget'
import { maySpend } from './may-spend'
import { lockSpend, type LockedSpend, type SpendRow } from './spend-row'

/** A thing to be bought, and how many of it. */
export interface WishedItem {
  itemVi: string
  itemEn: string
  unitVi: string
  unitEn: string
  units: number
  /** Of all its units together. */
  amountVnd: bigint
  /** The line of the budget it is bought under; null for what stands beside the budget. */
  budgetPosition?: number | null
}

/** What is to be bought for a campaign. */
export interface SpendWish {
  campaignSlug: string
  titleVi: string
  titleEn: string
  supplier: string
  items: WishedItem[]
  /** By when it should be handed over and proved. */
  dueOn: Day
  /** The approved spend in whose place it is asked for, as where invoices say another price; null for one of its own. */
  replacesId?: bigint | null
  by: string
  /** Names this wish: asked twice, it is one. */
  key: string
}

/**
 * Asks for money of a campaign. Nothing is promised until another person approves it (money.md §7).
 * Refuses more units of a line of the budget than it has, with all that was asked for before, unless a change of the
 * budget was approved; a key that named another wish.
 */
export async function requestSpend(context: Context, wish: SpendWish): Promise<Result<{ spendId: bigint }, RequestRefusal>> {
  const { items, key, by, campaignSlug, ...texts } = wish
  const now = context.now()
  if (items.length === 0) return refuse('no_items')
  // A unit is one đồng at least, or it would be nobody's.
  if (items.some(({ units, amountVnd }) => !Number.isInteger(units) || units < 1 || amountVnd < BigInt(units)))
    return refuse('not_an_amount')
  const amountVnd = items.reduce((sum, item) => sum + item.amountVnd, 0n)
  return context.db.transaction(async (tx) => {
    const known = await knownAs(tx, wish)
    if (known) return known
    const [campaign] = await tx
      .select({ id: campaigns.id, fundId: campaigns.fundId, lineId: campaigns.lineId })
      .from(campaigns)
      .where(and(eq(campaigns.slug, campaignSlug), maySpend))
      // Held, so that it is not complete before this is written; gifts that refer to it meanwhile do not wait.
      .for('no key update')
    if (!campaign) return refuse('unknown_campaign')
    const replacesId = wish.replacesId ?? null
    if (replacesId !== null && !(await lockReplaceable(tx, replacesId, campaign.id))) return refuse('not_replaceable')
    const within = await isWithinBudget(tx, campaign.id, items, replacesId)
    if (!within.ok) return within
    const [spend] = await tx
      .insert(spends)
      .values({
        ...{ ...texts, fundId: campaign.fundId, campaignId: campaign.id, lineId: campaign.lineId, amountVnd },
        ...{ state: 'requested', idempotencyKey: key, requestedBy: by, requestedAt: now },
      })
      .onConflictDoNothing()
      .returning()
    if (!spend) {
      const twin = await knownAs(tx, wish)
      if (!twin) throw new Error(`spend ${key} was neither written nor found`)
      return twin
    }
    await tx.insert(spendItems).values(items.map((item, position) => ({ spendId: spend.id, position, ...item })))
    await tellSpend(tx, spend, 'spend_requested', now, { items: items.length })
    return ok({ spendId: spend.id })
  })
}

/** What was asked for under a wish's key; null where nothing was. */
async function knownAs(tx: Transaction, { key, items, ...wish }: SpendWish): Promise<Result<{ spendId: bigint }, 'form_used'> | null> {
  const [known] = await tx
    .select({ spend: spends, slug: campaigns.slug })
    .from(spends)
    .innerJoin(campaigns, eq(campaigns.id, spends.campaignId))
    .where(eq(spends.idempotencyKey, key))
  if (!known) return null
  const { spend, slug } = known
  const rows = await tx.select().from(spendItems).where(eq(spendItems.spendId, spend.id)).orderBy(asc(spendItems.position))
  const isSame =
    slug === wish.campaignSlug &&
    [spend.titleVi, spend.titleEn, spend.supplier, spend.dueOn].join('\n') ===
      [wish.titleVi, wish.titleEn, wish.supplier, wish.dueOn].join('\n') &&
    spend.replacesId === (wish.replacesId ?? null) &&
    rows.map(boughtAs).join('\n') === items.map(boughtAs).join('\n')
  return isSame ? ok({ spendId: spend.id }) : refuse('form_used')
}

const boughtAs = ({ itemVi, units, amountVnd, budgetPosition }: WishedItem): string =>
  `${itemVi} ${units} ${amountVnd} ${budgetPosition ?? ''}`

/** Approves a spend, by another person than the one who asked: its sum is reserved. */
export const approveSpend = (context: Context, { spendId, by }: { spendId: bigint; by: string }): Promise<Result<null, DecisionRefusal>> =>
  decide(context, spendId, by, async (tx, { spend }) => {
    const replaced = spend.replacesId === null ? null : await lockReplaceable(tx, spend.replacesId, spend.campaignId)
    if (spend.replacesId !== null && !replaced) return refuse('not_replaceable')
    // What is out stays covered by the promise; who holds more brings the rest back first.
    if (replaced && (await outOfSpend(tx, replaced.spend.id)) > spend.amountVnd) return refuse('advance_larger')
    await lockLines(tx, [spend.lineId])
    const freedVnd = replaced?.spend.amountVnd ?? 0n
    // Only money that is laid, and that nobody else was promised (money.md §3).
    if ((await availableOn(tx, spend.lineId)) + freedVnd < spend.amountVnd) return refuse('not_available')
    await reserve(tx, spend.lineId, spend.amountVnd - freedVnd)
    await tx.update(spends).set({ state: 'approved', decidedBy: by, decidedAt: context.now() }).where(eq(spends.id, spend.id))
    await tellSpend(tx, spend, 'spend_approved', context.now(), replaced ? { replaces: String(replaced.spend.id) } : {})
    if (replaced) await endReplaced(tx, replaced.spend, spend.id, context.now())
    return ok(null)
  })

/** A spend that may be replaced, locked: approved for the same campaign, and nothing of it paid yet. Null where it may not. */
async function lockReplaceable(tx: Transaction, spendId: bigint, campaignId: number): Promise<LockedSpend | null> {
  const found = await lockSpend(tx, spendId)
  const isSo = found?.spend.campaignId === campaignId && found.spend.state === 'approved' && found.paidVnd === 0n
  return isSo ? found : null
}

/** Ends a spend in whose place another was approved: what buyers hold of it is from now on held for that one. */
async function endReplaced(tx: Transaction, spend: SpendRow, byId: bigint, now: Date): Promise<void> {
  await tx
    .update(spendAdvances)
    .set({ spendId: byId })
    .where(and(eq(spendAdvances.spendId, spend.id), isNull(spendAdvances.droppedAt)))
  const why = { reasonVi: `Thay bằng khoản chi ${byId}, theo hóa đơn`, reasonEn: `Replaced by spend ${byId}, as invoiced` }
  await tx
    .update(spends)
    .set({ state: 'cancelled', ...why })
    .where(eq(spends.id, spend.id))
  await tellSpend(tx, spend, 'spend_cancelled', now, { replacedBy: String(byId) })
}

/** Refuses a spend, with a public reason. */
export const rejectSpend = (
  context: Context,
  { spendId, by, reasonVi, reasonEn }: { spendId: bigint; by: string; reasonVi: string; reasonEn: string },
): Promise<Result<null, DecisionRefusal>> =>
  decide(context, spendId, by, async (tx, { spend }) => {
    const decided = { decidedBy: by, decidedAt: context.now() }
    await tx
      .update(spends)
      .set({ state: 'rejected', reasonVi, reasonEn, ...decided })
      .where(eq(spends.id, spend.id))
    await tellSpend(tx, spend, 'spend_rejected', context.now(), {})
    return ok(null)
  })

async function decide(
  context: Context,
  spendId: bigint,
  by: string,
  work: (tx: Transaction, found: LockedSpend) => Promise<Result<null, DecisionRefusal>>,
): Promise<Result<null, DecisionRefusal>> {
  return context.db.transaction(async (tx) => {
    const found = await lockSpend(tx, spendId)
    if (!found) return refuse('not_found')
    if (found.spend.state !== 'requested') return refuse('decided_already')
    if (found.spend.requestedBy === by) return refuse('same_person')
    return work(tx, found)
  })
}

/** Ends a spend of which every đồng that was paid is handed over or came back; what was promised beyond is free again. */
export async function settleSpend(context: Context, { spendId }: { spendId: bigint }): Promise<Result<null, EndRefusal>> {
  return context.db.transaction(async (tx) => {
    const found = await lockSpend(tx, spendId)
    if (!found) return refuse('not_found')
    if (found.spend.state !== 'approved' && found.spend.state !== 'paid') return refuse('not_approved')
    if ((await outOfSpend(tx, spendId)) > 0n) return refuse('advance_out')
    if (found.paidVnd === 0n || accountedFor(found) < found.paidVnd) return refuse('not_accounted_for')
    await release(tx, found)
    await tx.update(spends).set({ state: 'settled' }).where(eq(spends.id, spendId))
    await tellSpend(tx, found.spend, 'spend_settled', context.now(), { paidVnd: String(found.paidVnd) })
    return ok(null)
  })
}

/** Cancels an approved spend, with a public reason. What was paid of it must have come back first. */
export async function cancelSpend(
  context: Context,
  { spendId, reasonVi, reasonEn }: { spendId: bigint; reasonVi: string; reasonEn: string },
): Promise<Result<null, EndRefusal>> {
  return context.db.transaction(async (tx) => {
    const found = await lockSpend(tx, spendId)
    if (!found) return refuse('not_found')
    if (found.spend.state !== 'approved' && found.spend.state !== 'paid') return refuse('not_approved')
    if ((await outOfSpend(tx, spendId)) > 0n) return refuse('advance_out')
    if (returnedVnd(found) < found.paidVnd) return refuse('not_accounted_for')
    await release(tx, found)
    await tx.update(spends).set({ state: 'cancelled', reasonVi, reasonEn }).where(eq(spends.id, spendId))
    await tellSpend(tx, found.spend, 'spend_cancelled', context.now(), {})
    return ok(null)
  })
}

const returnedVnd = ({ returned }: LockedSpend): bigint => returned.reduce((sum, { fromVnd, toVnd }) => sum + toVnd - fromVnd, 0n)

/** What of a spend's paid đồng is handed over or came back. */
function accountedFor(found: LockedSpend): bigint {
  const delivered = found.items.reduce(
    (sum, { deliveredUnits, units, amountVnd }) => sum + (BigInt(deliveredUnits) * amountVnd) / BigInt(units),
    0n,
  )
  return delivered + returnedVnd(found)
}

/** Frees what was promised and never paid. */
async function release(tx: Transaction, { spend, paidVnd }: LockedSpend): Promise<void> {
  if (paidVnd === spend.amountVnd) return
  await lockLines(tx, [spend.lineId])
  await reserve(tx, spend.lineId, paidVnd - spend.amountVnd)
}

/** Makes a step of a spend public. @returns the event's id */
export async function tellSpend(
  tx: Transaction,
  spend: Pick<SpendRow, 'id' | 'fundId' | 'lineId' | 'amountVnd'>,
  kind: EventKind,
  now: Date,
  facts: Record<string, unknown>,
  { suffix = '', amountVnd = spend.amountVnd, day = dayOf(now) } = {},
): Promise<bigint> {
  const eventId = await appendEvent(tx, {
    ...{ kind, idempotencyKey: `${kind}:${spend.id}${suffix}`, fundId: spend.fundId, lineId: spend.lineId, day, amountVnd },
    ...{ facts: { spend: String(spend.id), ...facts }, createdAt: now },
  })
  if (eventId === null) throw new Error(`${kind} of spend ${spend.id} was told before`)
  return eventId
}
