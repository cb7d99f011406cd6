import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { budgetLines, goodsPledges, pledgeItems, pledges } from '../../db/schema'
import type { Context } from '../context'
import type { Locale } from '../i18n/locale'
import {
  askingCampaign,
  isStillAsked,
  ownPledge,
  rewriteDonor,
  sentBefore,
  storePledge,
  writeTexts,
  type Changed,
  type ChangeRefusal,
} from '../pledges/commands'
import { hashSecret, idempotencyKeyOf, secretOf } from '../pledges/secret'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import type { GoodsInput } from './schema'

/** How long a fund counts on goods that were promised; what comes later is still taken. */
const GOODS_DAYS = 30

export type GoodsPledgeRefusal = 'unknown_campaign' | 'not_open' | 'not_asked'

/** What one sending of the form comes down to: the same form twice is one pledge, with other contents it is another. */
const identityOf = (input: GoodsInput, campaignSlug: string): string =>
  JSON.stringify([
    input.formKey,
    campaignSlug,
    'goods',
    input.nature,
    input.items.map(({ position, units }) => `${position}:${units}`),
    input.donorKind,
    input.name,
    input.isNamed,
    input.taxCode,
    input.message,
    input.email,
    input.phone,
    input.note,
  ])

const expiryFrom = (now: Date): Date => new Date(now.getTime() + GOODS_DAYS * 86_400_000)

/**
 * Promises goods or a service to an open campaign: units of one or several of its budget lines, at most what each asks
 * for. The same form sent again gives the same pledge. Nothing is received, and nothing public changes but a count of
 * promises. Refuses: a campaign that does not exist or takes no pledges; units that it does not ask for.
 * @returns the code under which the goods are brought, and the secret of the link with which the donor may change it
 */
export async function pledgeGoods(
  context: Context,
  { campaignSlug, locale, input }: { campaignSlug: string; locale: Locale; input: GoodsInput },
): Promise<Result<{ code: string; secret: string }, GoodsPledgeRefusal>> {
  return context.db.transaction((tx) => pledgeGoodsWithin(tx, context, { campaignSlug, locale, input, isWalkIn: false }))
}

/** The same in the caller's transaction, as where goods are handed in that nobody promised. */
export async function pledgeGoodsWithin(
  tx: Transaction,
  context: Context,
  { campaignSlug, locale, input, isWalkIn }: { campaignSlug: string; locale: Locale; input: GoodsInput; isWalkIn: boolean },
): Promise<Result<{ code: string; secret: string }, GoodsPledgeRefusal>> {
  const identity = identityOf(input, campaignSlug)
  const idempotencyKey = idempotencyKeyOf(identity)
  const secret = secretOf(identity)
  const now = context.now()
  const sent = await sentBefore(tx, idempotencyKey)
  if (sent !== null) return ok({ code: sent, secret })
  const campaign = await askingCampaign(tx, campaignSlug, dayOf(now))
  if (!campaign.ok) return campaign
  const { id: campaignId, fundId } = campaign.value
  if (!(await isAsked(tx, campaignId, input))) return refuse('not_asked')
  const { id, code } = await storePledge(tx, context, {
    fundId,
    campaignId,
    method: 'goods',
    donorKind: input.donorKind,
    isNamed: input.isNamed,
    locale,
    state: 'open',
    idempotencyKey,
    secretHash: hashSecret(secret),
    createdAt: now,
    expiresAt: expiryFrom(now),
  })
  if (id !== null) {
    await tx.insert(goodsPledges).values({ pledgeId: id, campaignId, nature: input.nature, isWalkIn })
    await writeItems(tx, id, campaignId, input)
    await writeTexts(tx, context, id, input)
  }
  return ok({ code, secret })
}

/**
 * Changes a pledge of goods that is still open: what is promised, who gives, how the giver is reached. The code stays,
 * and its time begins anew. Once something came under it, money or goods, who gives stays (`rewriteDonor`).
 */
export async function changeGoodsPledge(
  context: Context,
  { code, secret, input }: { code: string; secret: string; input: GoodsInput },
): Promise<Result<Changed, ChangeRefusal | 'not_asked'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const own = await ownPledge(tx, code, secret)
    if (!own.ok) return own
    const { id } = own.value
    const [goods] = await tx.select({ campaignId: goodsPledges.campaignId }).from(goodsPledges).where(eq(goodsPledges.pledgeId, id))
    if (!goods) return refuse('not_found')
    if (!(await isStillAsked(tx, id, dayOf(now)))) return refuse('not_open')
    if (!(await isAsked(tx, goods.campaignId, input))) return refuse('not_asked')
    await tx
      .update(pledges)
      .set({ expiresAt: expiryFrom(now) })
      .where(eq(pledges.id, id))
    await tx.update(goodsPledges).set({ nature: input.nature }).where(eq(goodsPledges.pledgeId, id))
    await tx.delete(pledgeItems).where(eq(pledgeItems.pledgeId, id))
    await writeItems(tx, id, goods.campaignId, input)
    return ok(await rewriteDonor(tx, context, id, input))
  })
}

/** Whether the budget of a campaign asks for these units. */
async function isAsked(tx: Transaction, campaignId: number, { items }: GoodsInput): Promise<boolean> {
  const asked = await tx
    .select({ position: budgetLines.position, quantity: budgetLines.quantity })
    .from(budgetLines)
    .where(eq(budgetLines.campaignId, campaignId))
    .orderBy(asc(budgetLines.position))
  const left = new Map(asked.map(({ position, quantity }) => [position, BigInt(quantity)]))
  for (const { position, units } of items) left.set(position, (left.get(position) ?? 0n) - units)
  return items.length > 0 && items.every(({ position, units }) => units > 0n && (left.get(position) ?? -1n) >= 0n)
}

const writeItems = (tx: Transaction, pledgeId: bigint, campaignId: number, { items }: GoodsInput) =>
  tx.insert(pledgeItems).values(items.map(({ position, units }) => ({ pledgeId, campaignId, position, units })))
