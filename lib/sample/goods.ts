import type { Receipt } from '../goods/receive'
import type { GoodsRefusalReason } from '../goods/model'
import type { GoodsInput } from '../goods/schema'
import { addDays, dayOf, type Day } from '../time/day'
import { officeMoment } from './calendar'
import type { PlannedCampaign } from './campaigns'
import { chance, type Chance } from './chance'
import { GOODS_LIST, type ListedGoods } from './goods-list'
import { message, person, type Donor } from './people'

/** A promise of goods or a service, and what becomes of it. */
export interface PlannedGoods {
  key: string
  campaignSlug: string
  locale: 'vi' | 'en'
  promisedAt: Date
  input: GoodsInput
  receipts: { key: string; at: Date; receipt: Omit<Receipt, 'code'> }[]
  end: { key: string; at: Date; how: 'cancelled' | GoodsRefusalReason } | null
}

/** The year's gifts in kind, the same however many gifts of money a sample has. */
export function planGoods(campaigns: readonly PlannedCampaign[], seed: string): PlannedGoods[] {
  return GOODS_LIST.map((listed, index) => {
    const campaign = campaigns.find(
      ({ listed: one }) => one.unitCode === listed.unitCode && one.category === listed.category && one.opensDaysAgo === listed.opensDaysAgo,
    )
    if (!campaign) throw new Error(`no campaign ${listed.unitCode}/${listed.category} takes goods`)
    return goodsOf(campaign, listed, `goods/${campaign.slug}/${index}`, seed)
  })
}

function goodsOf(campaign: PlannedCampaign, listed: ListedGoods, key: string, seed: string): PlannedGoods {
  const luck = chance(seed, key)
  const donor = giverOf(listed, luck)
  const items = listed.items.map(([position, percent]) => {
    const line = campaign.budget.lines[position]
    if (!line) throw new Error(`${campaign.slug} has no budget line ${position}`)
    return { position, units: share(BigInt(line.quantity), percent), unitPriceVnd: line.unitPriceVnd }
  })
  const promisedOn = addDays(campaign.opensOn, listed.promisedAfter)
  return {
    key,
    campaignSlug: campaign.slug,
    locale: donor.locale,
    promisedAt: officeMoment(promisedOn, luck),
    input: {
      formKey: luck.uuid(),
      nature: listed.nature,
      items: items.map(({ position, units }) => ({ position, units })),
      donorKind: donor.kind,
      name: donor.name,
      isNamed: donor.isNamed,
      taxCode: donor.taxCode,
      message: message(listed.category, donor.locale, luck),
      email: `kho.hang.${luck.int(1, 99)}@example.com`,
      phone: null,
      note: listed.note,
    },
    receipts: listed.comes.map(([after, percent], part) => {
      const before = listed.comes.slice(0, part).reduce((sum, [, earlier]) => sum + earlier, 0)
      // Parts that make a whole leave nothing over.
      const came = items.map((item) => ({ ...item, units: upTo(item.units, before + percent) - upTo(item.units, before) }))
      const brought = came.filter(({ units }) => units > 0n)
      return { key: `${key}/receipt-${part}`, ...receiptOf(brought, listed, addDays(promisedOn, after), luck) }
    }),
    end: listed.end ? { key: `${key}/end`, at: officeMoment(addDays(promisedOn, listed.end.after), luck), how: listed.end.how } : null,
  }
}

/** Some percent of so many, whole units. */
const upTo = (units: bigint, percent: number): bigint => (units * BigInt(percent)) / 100n

/** The same, but one at least. */
const share = (units: bigint, percent: number): bigint => upTo(units, percent) || 1n

const giverOf = ({ giver }: ListedGoods, luck: Chance): Donor =>
  giver === null ? person(luck) : { kind: 'company', name: giver, isNamed: true, taxCode: null, email: null, locale: 'vi', bankName: '' }

function receiptOf(
  items: { position: number; units: bigint; unitPriceVnd: bigint }[],
  listed: ListedGoods,
  receivedOn: Day,
  luck: Chance,
): { at: Date; receipt: Omit<Receipt, 'code'> } {
  const at = officeMoment(receivedOn, luck)
  const condition = listed.nature === 'service' ? null : listed.isUsed ? 'used' : 'new'
  return {
    at,
    receipt: {
      formKey: luck.uuid(),
      lines: items.map(({ position, units, unitPriceVnd }) => ({
        ...{ position, units, condition },
        // Givers round what they say a thing is worth.
        statedValueVnd: luck.is(0.7) ? ((unitPriceVnd * units) / 100_000n + 1n) * 100_000n : null,
      })),
      meetsStandard: true,
      documentReference: `${luck.int(3, 96)}/BB-QBTTE`,
      receivedOn: dayOf(at),
      actor: 'thu-kho-mau',
    },
  }
}
