import { asc, eq, inArray, sql } from 'drizzle-orm'
import {
  bankTransactions,
  budgetLines,
  campaigns,
  deliveryUnits,
  receivingAccounts,
  spendItems,
  spendPayments,
  spends,
} from '../../db/schema'
import { receiveBankNotice } from '../bank/commands'
import { decideLine } from '../bank/decide'
import { lineMark } from '../bank/model'
import type { Decision } from '../bank/schema'
import type { Context, FileContext } from '../context'
import { recordDelivery } from '../delivery/commands'
import { sequencePending } from '../sequencer/sequence'
import { planAdvance } from '../spending/advances'
import { approveSpend, requestSpend, settleSpend } from '../spending/commands'
import { dayOf, type Day } from '../time/day'
import { tellEvidence } from './evidence'
import { given } from './given'
import type { SpendingAct, SpendingStep } from './spending'

/**
 * Tells one act with a campaign's money through the product's own commands; told again after a cut, it changes nothing.
 * Where a smaller sample has too few gifts for a purchase, the purchase stays asked for, and what follows is left out.
 */
export async function tellSpending(context: FileContext, { campaign, act }: SpendingStep): Promise<void> {
  const key = `sample/${campaign.slug}/${act.spend}`
  if (act.act === 'request') return request(context, campaign.slug, key, act)
  const [spend] = await context.db.select().from(spends).where(eq(spends.idempotencyKey, key))
  if (!spend) throw new Error(`${key} was never asked for`)
  const spendId = spend.id
  switch (act.act) {
    case 'approve':
      // Only what is laid can be promised.
      await sequencePending(context.db, context.now())
      await approveSpend(context, { spendId, by: 'giam-doc-mau' })
      return
    case 'pay': {
      const paid = await paidOf(context, spendId)
      const amountVnd = act.isRest ? spend.amountVnd - paid : (spend.amountVnd * BigInt(act.percent)) / 100n
      // Where a smaller sample has too few gifts, it was not approved.
      if (spend.state !== 'approved' || amountVnd <= 0n) return
      return payFromBank(context, spend, {
        amountVnd,
        reference: `CK${spendId}P${act.percent}`,
        memo: 'TT TIEN HANG',
        key: `${key}/${act.percent}`,
      })
    }
    case 'advance':
      return advance(context, spend, key, act.dueOn)
    case 'deliver':
      return deliver(context, spend, campaign, act)
    case 'evidence':
      return tellEvidence(context, key, `${key}/${act.isRest ? 'rest' : 'first'}`, act.evidence)
    case 'settle':
      await settleSpend(context, { spendId })
  }
}

async function request(context: Context, campaignSlug: string, key: string, act: Extract<SpendingAct, { act: 'request' }>): Promise<void> {
  const lines = await context.db
    .select({ line: budgetLines })
    .from(budgetLines)
    .innerJoin(campaigns, eq(campaigns.id, budgetLines.campaignId))
    .where(eq(campaigns.slug, campaignSlug))
    .orderBy(asc(budgetLines.position))
  const chosen = act.positions.flatMap((index) => lines[index]?.line ?? [])
  const asked = await requestSpend(context, {
    ...{ campaignSlug, titleVi: act.title.vi, titleEn: act.title.en, supplier: act.supplier, dueOn: act.dueOn, by: 'ke-toan-mau', key },
    items: chosen.map(({ position, itemVi, itemEn, unitVi, unitEn, quantity, unitPriceVnd }) => ({
      ...{ itemVi, itemEn, unitVi, unitEn, units: quantity, amountVnd: unitPriceVnd * BigInt(quantity), budgetPosition: position },
    })),
  })
  if (!asked.ok) throw new Error(`the sample's ${key} was refused: ${asked.refusal}`)
}

async function paidOf({ db }: Context, spendId: bigint): Promise<bigint> {
  const [row] = await db
    .select({ vnd: sql`coalesce(max(${spendPayments.toVnd}), 0)::bigint`.mapWith(BigInt) })
    .from(spendPayments)
    .where(eq(spendPayments.spendId, spendId))
  return row?.vnd ?? 0n
}

/** Writes an advance of a whole spend down, and lets the bank hand it out. */
async function advance(context: Context, spend: typeof spends.$inferSelect, key: string, dueOn: Day): Promise<void> {
  const { id: spendId, amountVnd } = spend
  const planned = await planAdvance(context, { spendId, amountVnd, heldBy: 'can-bo-xa-mau', dueOn, by: 'ke-toan-mau', key })
  // Where a smaller sample has too few gifts for the purchase, nothing is handed out.
  if (!planned.ok) return
  const { advanceId } = planned.value
  const paid = { amountVnd, reference: `TU${spendId}`, memo: 'TAM UNG MUA HANG', key: `${key}/advance` }
  await payFromBank(context, spend, paid, { kind: 'advance', advanceId })
}

/** Money leaves the fund's account, and its accountant says what for. */
async function payFromBank(
  context: Context,
  { id: spendId, fundId }: typeof spends.$inferSelect,
  { amountVnd, reference, memo, key }: { amountVnd: bigint; reference: string; memo: string; key: string },
  decision: Decision = { kind: 'spend', spendId },
): Promise<void> {
  const { db, now } = context
  const [account] = await db.select().from(receivingAccounts).where(eq(receivingAccounts.fundId, fundId)).orderBy(asc(receivingAccounts.id))
  if (!account) throw new Error('the sample has no account')
  await receiveBankNotice(context, {
    ...{ provider: 'sepay', providerEventId: reference, accountNumber: account.accountNumber, direction: 'out', amountVnd },
    ...{ reference, memo, transactedAt: now(), runningBalanceVnd: null, body: { sample: key } },
  })
  const [line] = await db.select().from(bankTransactions).where(eq(bankTransactions.reference, reference))
  if (!line) throw new Error(`the line of ${key} was not kept`)
  const wish = { lineId: line.id, decision, seen: lineMark('outgoing', null), reason: '', by: 'ke-toan-mau', key }
  given(await decideLine(context, wish), key)
}

/** Hands over half of what is paid of each item, or all that is left. */
async function deliver(
  context: Context,
  spend: typeof spends.$inferSelect,
  campaign: SpendingStep['campaign'],
  act: Extract<SpendingAct, { act: 'deliver' }>,
): Promise<void> {
  const items = await context.db.select().from(spendItems).where(eq(spendItems.spendId, spend.id)).orderBy(asc(spendItems.position))
  const given = await context.db
    .select({ position: deliveryUnits.position, units: sql`max(${deliveryUnits.toUnit})`.mapWith(Number) })
    .from(deliveryUnits)
    .where(inArray(deliveryUnits.spendId, [spend.id]))
    .groupBy(deliveryUnits.position)
  const paid = await paidOf(context, spend.id)
  let before = 0n
  const handed = items.flatMap(({ position, units, amountVnd }) => {
    const left = units - (given.find((one) => one.position === position)?.units ?? 0)
    const isPaid = before + amountVnd <= paid
    before += amountVnd
    const now = act.isRest ? left : Math.floor(left / 2)
    return isPaid && now > 0 ? [{ position, units: now }] : []
  })
  if (handed.length === 0) return
  await recordDelivery(context, {
    ...{
      spendId: spend.id,
      items: handed,
      communeSlug: campaign.place.slug,
      placeVi: act.place.vi,
      placeEn: act.place.en,
      deliveredOn: dayOf(context.now()),
    },
    children: Math.max(5, act.isRest ? Math.ceil(campaign.size.children / 2) : Math.floor(campaign.size.children / 2)),
    noteVi: '',
    noteEn: '',
    by: 'can-bo-xa-mau',
    key: `sample/${campaign.slug}/${act.spend}/${act.isRest ? 'rest' : 'first'}`,
  })
}
