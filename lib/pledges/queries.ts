import { and, asc, desc, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { isAnyOf } from '../../db/rows'
import {
  administrativeUnits,
  budgetLines,
  campaigns,
  campaignSlugs,
  cardSessions,
  chequeReturns,
  disclosures,
  events,
  funds,
  lineTotals,
  needCategories,
  officeReceipts,
  pledgeContacts,
  pledges,
  receivingAccounts,
} from '../../db/schema'
import { takesPledges } from '../campaigns/states'
import type { Context } from '../context'
import { publicName } from '../donors/public-name'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import { findArrived, listArrived, listArrivedIn } from './arrived'
import { listGiftChanges } from './changes'
import { hasCome } from './commands'
import {
  isOfOffice,
  type ArrivedGift,
  type GiftView,
  type GiveView,
  type OpenCampaign,
  type OwnGift,
  type PayeeAccount,
  type PledgedMoney,
} from './model'
import { pledgeState } from './progress'
import { receiptNumber } from './receipt'

const PUBLIC_STATES = ['open', 'funded', 'delivering', 'complete', 'closed'] as const

/** What is known of a gift by its code alone, however much came with it. */
export type GiftHead = Omit<GiftView, 'isErased' | 'gifts' | 'changes'>

/** A gift by its code, in capitals, with all that came; what everybody may see. Null where no pledge has the code. */
export async function getGift(ctx: Context, code: string, locale: Locale): Promise<GiftView | null> {
  const found = await findGift(ctx, code, locale)
  if (!found) return null
  const gifts = await listArrived(ctx, found.pledgeId, found.lines)
  const ids = gifts.map(({ donationId }) => donationId)
  return {
    ...found.head,
    isErased: !found.hasTexts && (await isErased(ctx, ids)),
    gifts,
    changes: await listGiftChanges(ctx, ids),
  }
}

/** Which of the gifts that came with a code are wanted: the one that an entry of the public log tells of, or those of a year. */
export type WantedGifts = { entry: bigint } | { year: number; most: number }

/** Some of what came with a code, oldest first, so that one of many is found without the others. Null where no pledge has the code. */
export async function getSomeGifts(
  ctx: Context,
  code: string,
  wanted: WantedGifts,
  locale: Locale,
): Promise<{ head: GiftHead; gifts: ArrivedGift[] } | null> {
  const found = await findGift(ctx, code, locale)
  if (!found) return null
  const { head, pledgeId, lines } = found
  const gifts =
    'entry' in wanted ? await findArrived(ctx, pledgeId, lines, wanted.entry) : await listArrivedIn(ctx, pledgeId, lines, wanted)
  return { head, gifts }
}

interface FoundGift {
  pledgeId: bigint
  lines: { lineId: number; overflowLineId: number } | null
  /** Its donor wrote a name or a message that was not erased. */
  hasTexts: boolean
  head: GiftHead
}

async function findGift(ctx: Context, code: string, locale: Locale): Promise<FoundGift | null> {
  const [row] = await ctx.db
    .select({
      pledge: pledges,
      campaign: campaigns,
      category: needCategories,
      unit: administrativeUnits,
      fund: funds,
      receivedVnd: lineTotals.netVnd,
      receipt: officeReceipts,
      returned: chequeReturns.reason,
    })
    .from(pledges)
    .innerJoin(funds, eq(funds.id, pledges.fundId))
    .leftJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .leftJoin(needCategories, eq(needCategories.key, campaigns.category))
    .leftJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .leftJoin(officeReceipts, eq(officeReceipts.pledgeId, pledges.id))
    .leftJoin(chequeReturns, eq(chequeReturns.receiptId, officeReceipts.id))
    .where(eq(pledges.code, code))
  const pledged = row && pledgedMoney(row.pledge)
  if (!row || !pledged || row.pledge.method === 'goods') return null
  const { pledge, campaign, category, unit, fund, receipt, returned } = row
  const [texts, account] = await Promise.all([
    ctx.db.select().from(disclosures).where(eq(disclosures.pledgeId, pledge.id)),
    isOfOffice(pledge.method) ? null : accountFor(ctx, pledge),
  ])
  const [session] = await ctx.db
    .select({ state: cardSessions.state })
    .from(cardSessions)
    .where(eq(cardSessions.pledgeId, pledge.id))
    .orderBy(desc(cardSessions.attempt))
    .limit(1)
  const name = texts.find(({ field }) => field === 'name')
  const message = texts.find(({ field }) => field === 'message')
  const head: GiftHead = {
    code: pledge.code,
    state: pledgeState(pledge.state, pledge.expiresAt, ctx.now()),
    method: row.pledge.method,
    pledged,
    card: session?.state ?? null,
    createdAt: pledge.createdAt,
    expiresAt: pledge.expiresAt,
    isCompany: pledge.donorKind === 'company',
    ...{ isNamed: pledge.isNamed, isPictured: pledge.isPictured },
    publicName: publicName({ isNamed: pledge.isNamed, text: name?.text ?? null, review: name?.review ?? null }, locale),
    isNameWaiting: pledge.isNamed && name?.review === 'waiting',
    message: message?.review === 'shown' ? message.text : null,
    isMessageWaiting: message?.review === 'waiting',
    campaign: campaign &&
      category && {
        slug: campaign.slug,
        title: pick(locale, campaign.titleVi, campaign.titleEn),
        state: campaign.state,
        category: category.key,
        categoryName: pick(locale, category.nameVi, category.nameEn),
        neededBy: campaign.neededBy,
        goalVnd: campaign.goalVnd,
        receivedVnd: row.receivedVnd ?? 0n,
        overflow: pick(locale, campaign.overflowVi, campaign.overflowEn),
        isEmergency: campaign.isEmergency,
      },
    commune: unit && { slug: unit.slug, fullName: pick(locale, unit.fullNameVi, unit.fullNameEn) },
    seed: unit ? communeOf(unit, locale).seed : fund.slug,
    fund: { slug: fund.slug, name: pick(locale, fund.nameVi, fund.nameEn) },
    receipt: receipt && { number: receiptNumber(receipt), receivedOn: receipt.receivedOn, isReturned: returned !== null },
    account,
  }
  return { pledgeId: pledge.id, lines: campaign, hasTexts: texts.length > 0, head }
}

/** Whether what was known of a gift's donor was erased: a public fact of what arrived. */
async function isErased(ctx: Context, ids: readonly bigint[]): Promise<boolean> {
  const [told] = await ctx.db
    .select({ id: events.id })
    .from(events)
    .where(and(isAnyOf(events.donationId, ids), eq(events.kind, 'erasure')))
    .limit(1)
  return told !== undefined
}

/** What a pledge promises in money; null for one of goods. */
function pledgedMoney(pledge: typeof pledges.$inferSelect): PledgedMoney | null {
  if (pledge.amountVnd !== null) return { kind: 'vnd', amountVnd: pledge.amountVnd }
  if (pledge.currency !== null && pledge.amountMinor !== null)
    return { kind: 'foreign', currency: pledge.currency, amountMinor: pledge.amountMinor }
  return null
}

/** What its donor typed, to be changed. Call it only for who holds the secret. Null where no pledge has the code. */
export async function getOwnGift(ctx: Context, code: string): Promise<OwnGift | null> {
  const [row] = await ctx.db
    .select({ pledge: pledges, contact: pledgeContacts })
    .from(pledges)
    .leftJoin(pledgeContacts, eq(pledgeContacts.pledgeId, pledges.id))
    .where(eq(pledges.code, code))
  const pledged = row && pledgedMoney(row.pledge)
  if (!row || !pledged || row.pledge.method === 'goods') return null
  const texts = await ctx.db.select().from(disclosures).where(eq(disclosures.pledgeId, row.pledge.id))
  return {
    method: row.pledge.method,
    pledged,
    donorKind: row.pledge.donorKind,
    name: texts.find(({ field }) => field === 'name')?.text ?? '',
    isNamed: row.pledge.isNamed,
    message: texts.find(({ field }) => field === 'message')?.text ?? '',
    taxCode: row.contact?.taxCode ?? null,
    email: row.contact?.email ?? null,
    isNameKept: row.pledge.state === 'open' && (await hasCome(ctx.db, row.pledge.id)),
  }
}

/** A campaign to give to, by its slug or an old one; null where there is none in public. */
export async function getGive(ctx: Context, slug: string, locale: Locale): Promise<GiveView | null> {
  const [row] = await ctx.db
    .select({ campaign: campaigns, category: needCategories, unit: administrativeUnits, fund: funds, receivedVnd: lineTotals.netVnd })
    .from(campaigns)
    .innerJoin(needCategories, eq(needCategories.key, campaigns.category))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .innerJoin(funds, eq(funds.id, campaigns.fundId))
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .where(
      or(
        eq(campaigns.slug, slug),
        sql`${campaigns.id} = (select ${campaignSlugs.campaignId} from ${campaignSlugs} where ${campaignSlugs.slug} = ${slug})`,
      ),
    )
    .orderBy(desc(eq(campaigns.slug, slug)))
    .limit(1)
  const state = PUBLIC_STATES.find((one) => one === row?.campaign.state)
  if (!row || !state) return null
  const { campaign, category, unit, fund } = row
  // An appeal whose closing day has passed takes nothing any more, also before somebody closes it; nor does what is paused.
  const isOver = state === 'open' && !takesPledges(campaign, dayOf(ctx.now()))
  const receivedVnd = row.receivedVnd ?? 0n
  const [items, account] = await Promise.all([
    ctx.db.select().from(budgetLines).where(eq(budgetLines.campaignId, campaign.id)).orderBy(asc(budgetLines.position)),
    effectiveAccount(ctx, campaign.fundId),
  ])
  return {
    slug: campaign.slug,
    title: pick(locale, campaign.titleVi, campaign.titleEn),
    state: !isOver ? state : campaign.pausedAt === null ? 'closed' : 'paused',
    category: category.key,
    categoryName: pick(locale, category.nameVi, category.nameEn),
    children: campaign.children,
    goalVnd: campaign.goalVnd,
    receivedVnd,
    missingVnd: campaign.goalVnd > receivedVnd ? campaign.goalVnd - receivedVnd : 0n,
    neededBy: campaign.neededBy,
    overflow: pick(locale, campaign.overflowVi, campaign.overflowEn),
    commune: communeOf(unit, locale),
    fund: { slug: fund.slug, name: pick(locale, fund.nameVi, fund.nameEn) },
    isEmergency: campaign.isEmergency,
    hasAccount: account !== null,
    items: items.map((line) => ({
      position: line.position,
      item: pick(locale, line.itemVi, line.itemEn),
      unit: pick(locale, line.unitVi, line.unitEn),
      unitPriceVnd: line.unitPriceVnd,
      quantity: line.quantity,
    })),
  }
}

/** Open campaigns, those that miss most first. */
export async function listOpenCampaigns(ctx: Context, locale: Locale): Promise<OpenCampaign[]> {
  const rows = await ctx.db
    .select({ campaign: campaigns, category: needCategories, unit: administrativeUnits, fund: funds, receivedVnd: lineTotals.netVnd })
    .from(campaigns)
    .innerJoin(needCategories, eq(needCategories.key, campaigns.category))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .innerJoin(funds, eq(funds.id, campaigns.fundId))
    .leftJoin(lineTotals, eq(lineTotals.lineId, campaigns.lineId))
    .where(eq(campaigns.state, 'open'))
    .orderBy(asc(campaigns.neededBy), asc(campaigns.id))
  return rows
    .filter(({ campaign }) => takesPledges(campaign, dayOf(ctx.now())))
    .map(({ campaign, category, unit, fund, receivedVnd }) => {
      const received = receivedVnd ?? 0n
      return {
        slug: campaign.slug,
        title: pick(locale, campaign.titleVi, campaign.titleEn),
        category: category.key,
        categoryName: pick(locale, category.nameVi, category.nameEn),
        communeName: pick(locale, unit.fullNameVi, unit.fullNameEn),
        fundName: pick(locale, fund.nameVi, fund.nameEn),
        seed: `${unit.code}@${unit.validFrom}`,
        children: campaign.children,
        goalVnd: campaign.goalVnd,
        receivedVnd: received,
        missingVnd: campaign.goalVnd > received ? campaign.goalVnd - received : 0n,
        neededBy: campaign.neededBy,
      }
    })
    .toSorted((a, b) => (a.missingVnd > b.missingVnd ? -1 : a.missingVnd < b.missingVnd ? 1 : 0))
}

const communeOf = (unit: typeof administrativeUnits.$inferSelect, locale: Locale): GiveView['commune'] => ({
  slug: unit.slug,
  fullName: pick(locale, unit.fullNameVi, unit.fullNameEn),
  seed: `${unit.code}@${unit.validFrom}`,
})

/** The account of the pledge while it is in effect, else the one that took its place. */
async function accountFor(ctx: Context, pledge: { fundId: number; receivingAccountId: number | null }): Promise<PayeeAccount | null> {
  return (await effectiveAccount(ctx, pledge.fundId, pledge.receivingAccountId ?? undefined)) ?? effectiveAccount(ctx, pledge.fundId)
}

/** An account that two people approved, in effect and not retired (money.md §4); the newest of the fund unless one is named. */
async function effectiveAccount(ctx: Context, fundId: number, id?: number): Promise<PayeeAccount | null> {
  const now = ctx.now()
  const [account] = await ctx.db
    .select({
      bin: receivingAccounts.bankBin,
      bankName: receivingAccounts.bankName,
      accountNumber: receivingAccounts.accountNumber,
      accountName: receivingAccounts.accountName,
    })
    .from(receivingAccounts)
    .where(
      and(
        eq(receivingAccounts.fundId, fundId),
        id === undefined ? undefined : eq(receivingAccounts.id, id),
        isNotNull(receivingAccounts.approvedBy),
        lte(receivingAccounts.effectiveFrom, now),
        or(isNull(receivingAccounts.retiredAt), gt(receivingAccounts.retiredAt, now)),
      ),
    )
    .orderBy(desc(receivingAccounts.effectiveFrom), asc(receivingAccounts.id))
    .limit(1)
  return account ?? null
}
