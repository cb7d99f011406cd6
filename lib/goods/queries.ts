import { and, asc, eq, sql } from 'drizzle-orm'
import {
  administrativeUnits,
  budgetLines,
  campaigns,
  disclosures,
  donations,
  eventPositions,
  events,
  funds,
  goodsIntervals,
  goodsLines,
  goodsPledges,
  goodsReceipts,
  goodsRefusals,
  goodsReversals,
  needCategories,
  pledgeContacts,
  pledgeItems,
  pledges,
} from '../../db/schema'
import type { Context } from '../context'
import { stands } from '../donations/returned'
import { publicName } from '../donors/public-name'
import { pick, type Locale } from '../i18n/locale'
import { hasCome } from '../pledges/commands'
import { pledgeState } from '../pledges/progress'
import type { GoodsGift, OwnGoods, ReceivedVisit, TakenBackGoods } from './model'

/** A pledge of goods by its code, in capitals; what everybody may see. Null where no pledge of goods has the code. */
export async function getGoodsGift(ctx: Context, code: string, locale: Locale): Promise<GoodsGift | null> {
  const [row] = await ctx.db
    .select({
      pledge: pledges,
      nature: goodsPledges.nature,
      refusal: goodsRefusals.reason,
      campaign: campaigns,
      categoryVi: needCategories.nameVi,
      categoryEn: needCategories.nameEn,
      unit: administrativeUnits,
      fund: funds,
    })
    .from(pledges)
    .innerJoin(goodsPledges, eq(goodsPledges.pledgeId, pledges.id))
    .innerJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .innerJoin(needCategories, eq(needCategories.key, campaigns.category))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .innerJoin(funds, eq(funds.id, pledges.fundId))
    .leftJoin(goodsRefusals, eq(goodsRefusals.pledgeId, pledges.id))
    .where(eq(pledges.code, code))
  if (!row) return null
  const { pledge, nature, refusal, campaign, unit, fund } = row
  const [texts, budget, items, all, money] = await Promise.all([
    ctx.db.select().from(disclosures).where(eq(disclosures.pledgeId, pledge.id)),
    ctx.db.select().from(budgetLines).where(eq(budgetLines.campaignId, campaign.id)).orderBy(asc(budgetLines.position)),
    listItems(ctx, pledge.id),
    listReceipts(ctx, pledge.id),
    ctx.db
      .select()
      .from(donations)
      .where(and(eq(donations.pledgeId, pledge.id), stands(donations.id)))
      .orderBy(asc(donations.id)),
  ])
  const receipts = all.filter(({ reversal }) => reversal === null)
  const name = texts.find(({ field }) => field === 'name')
  const message = texts.find(({ field }) => field === 'message')
  const said = budget.map(({ position, ...line }) => ({
    position,
    item: pick(locale, line.itemVi, line.itemEn),
    unit: pick(locale, line.unitVi, line.unitEn),
    standard: pick(locale, line.standardVi, line.standardEn),
    promised: items.find((one) => one.position === position)?.units ?? 0n,
    received: receipts.reduce((sum, one) => (one.position === position ? sum + one.receipt.units : sum), 0n),
  }))
  return {
    code: pledge.code,
    state: pledge.state === 'cancelled' && refusal !== null ? 'refused' : pledgeState(pledge.state, pledge.expiresAt, ctx.now()),
    nature,
    createdAt: pledge.createdAt,
    expiresAt: pledge.expiresAt,
    isCompany: pledge.donorKind === 'company',
    publicName: publicName({ isNamed: pledge.isNamed, text: name?.text ?? null, review: name?.review ?? null }, locale),
    isNameWaiting: pledge.isNamed && name?.review === 'waiting',
    message: message?.review === 'shown' ? message.text : null,
    isMessageWaiting: message?.review === 'waiting',
    campaign: {
      slug: campaign.slug,
      title: pick(locale, campaign.titleVi, campaign.titleEn),
      state: campaign.state,
      categoryName: pick(locale, row.categoryVi, row.categoryEn),
      neededBy: campaign.neededBy,
      isEmergency: campaign.isEmergency,
    },
    commune: { slug: unit.slug, fullName: pick(locale, unit.fullNameVi, unit.fullNameEn), seed: `${unit.code}@${unit.validFrom}` },
    fund: { slug: fund.slug, name: pick(locale, fund.nameVi, fund.nameEn) },
    lines: said.filter(({ promised, received }) => promised + received > 0n),
    visits: [...Map.groupBy(receipts, ({ receipt }) => receipt.formKey)].flatMap(([key, own]): ReceivedVisit[] => {
      const [first] = own
      if (!first) return []
      const { receivedOn, documentReference, createdAt } = first.receipt
      const goods = own.flatMap(({ position, receipt: { id, units, condition }, startUnit, endUnit, entry }) => {
        const line = said.find((one) => one.position === position)
        const interval = startUnit !== null && endUnit !== null ? { startUnit, endUnit } : null
        return line ? [{ key: String(id), entry, position, item: line.item, unit: line.unit, units, condition, interval }] : []
      })
      return [{ key, receivedOn, documentReference, recordedAt: createdAt, goods }]
    }),
    takenBack: all
      .flatMap(({ position, receipt: { id, receivedOn, units }, reversal }): TakenBackGoods[] => {
        const line = budget.find((one) => one.position === position)
        if (!line || reversal === null) return []
        const { reason, reversedAt } = reversal
        const [item, unit] = [pick(locale, line.itemVi, line.itemEn), pick(locale, line.unitVi, line.unitEn)]
        return [{ key: String(id), receivedOn, item, unit, units, reason, takenBackAt: reversedAt }]
      })
      .toSorted((a, b) => a.takenBackAt.getTime() - b.takenBackAt.getTime()),
    isErased: texts.length === 0 && all.some(({ isErased }) => isErased),
    refusal,
    money: money.map(({ id, amountVnd, receivedAt }) => ({ key: String(id), amountVnd, receivedAt })),
  }
}

const listItems = ({ db }: Context, pledgeId: bigint) =>
  db
    .select({ position: pledgeItems.position, units: pledgeItems.units })
    .from(pledgeItems)
    .where(eq(pledgeItems.pledgeId, pledgeId))
    .orderBy(asc(pledgeItems.position))

const listReceipts = ({ db }: Context, pledgeId: bigint) =>
  db
    .select({
      receipt: goodsReceipts,
      position: goodsLines.position,
      startUnit: goodsIntervals.startUnit,
      endUnit: goodsIntervals.endUnit,
      entry: eventPositions.position,
      reversal: goodsReversals,
      isErased: sql<boolean>`exists (select 1 from events e where e.goods_receipt_id = ${goodsReceipts.id} and e.kind = 'erasure' and e.facts->'commitments' <> '[]')`,
    })
    .from(goodsReceipts)
    .innerJoin(goodsLines, eq(goodsLines.lineId, goodsReceipts.lineId))
    .leftJoin(goodsReversals, eq(goodsReversals.receiptId, goodsReceipts.id))
    .leftJoin(goodsIntervals, eq(goodsIntervals.receiptId, goodsReceipts.id))
    .leftJoin(events, and(eq(events.goodsReceiptId, goodsReceipts.id), eq(events.kind, 'goods_received')))
    .leftJoin(eventPositions, eq(eventPositions.eventId, events.id))
    .where(eq(goodsReceipts.pledgeId, pledgeId))
    .orderBy(asc(goodsReceipts.id))

/** What its donor typed, to be changed. Call it only for who holds the secret. Null where no pledge of goods has the code. */
export async function getOwnGoods(ctx: Context, code: string): Promise<OwnGoods | null> {
  const [row] = await ctx.db
    .select({ pledge: pledges, nature: goodsPledges.nature, contact: pledgeContacts })
    .from(pledges)
    .innerJoin(goodsPledges, eq(goodsPledges.pledgeId, pledges.id))
    .leftJoin(pledgeContacts, eq(pledgeContacts.pledgeId, pledges.id))
    .where(eq(pledges.code, code))
  if (!row) return null
  const { pledge, nature, contact } = row
  const texts = await ctx.db.select().from(disclosures).where(eq(disclosures.pledgeId, pledge.id))
  return {
    nature,
    donorKind: pledge.donorKind,
    name: texts.find(({ field }) => field === 'name')?.text ?? '',
    isNamed: pledge.isNamed,
    message: texts.find(({ field }) => field === 'message')?.text ?? '',
    taxCode: contact?.taxCode ?? null,
    email: contact?.email ?? null,
    phone: contact?.phone ?? null,
    note: contact?.note ?? null,
    isNameKept: pledge.state === 'open' && (await hasCome(ctx.db, pledge.id)),
    items: await listItems(ctx, pledge.id),
  }
}
