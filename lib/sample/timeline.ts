import type { StateChange } from '../campaigns/transitions'
import { addDays, startOfDay, type Day } from '../time/day'
import { sumOf } from './budgets'
import { numberLines, looseLines, SAMPLE_ACCOUNTS, tellAgain, type NumberedLine, type PlannedLine, type SampleFund } from './bank-lines'
import { officeMoment } from './calendar'
import { planCampaigns, type PlannedCampaign } from './campaigns'
import { chance } from './chance'
import { fundedAt, planGifts, type PlannedGift } from './gifts'
import { planGoods, type PlannedGoods } from './goods'
import { planNeeds, sizeCampaigns, type PlannedNeed } from './needs'
import { places } from './places'
import type { GoodsStep } from './tell-goods'
import { planSpending, type SpendingStep } from './spending'
import { CLOSING_REASONS, REASONS } from './texts/shared'

/** One thing that happens in the sample's year. */
export type Step = { at: Date; key: string } & (
  | { kind: 'campaign'; campaign: PlannedCampaign }
  | { kind: 'state'; slug: string; change: Omit<StateChange, 'campaignId'> }
  | { kind: 'pledge'; gift: PlannedGift }
  | { kind: 'cancel'; gift: PlannedGift }
  | { kind: 'line'; line: NumberedLine }
  | { kind: 'settle' }
  | GoodsStep
  | Omit<SpendingStep, 'at' | 'key'>
)

export interface SamplePlan {
  needs: PlannedNeed[]
  campaigns: PlannedCampaign[]
  gifts: PlannedGift[]
  goods: PlannedGoods[]
  lines: NumberedLine[]
  /** In the order of time. */
  steps: Step[]
}

/** Small gifts of the whole sample, before those that don't fit are left out. */
const SMALL_GIFTS = 3_150

/**
 * The whole year of a sample: the same for the same seed and last day.
 * @param percent how many of the gifts, 1 to 100; communes, needs and campaigns are always complete
 */
export function planSample(seed: string, anchorDay: Day, percent: number): SamplePlan {
  const all = places()
  const sized = sizeCampaigns(all, seed, anchorDay)
  const needs = planNeeds(all, sized, seed, anchorDay)
  const campaigns = planCampaigns(sized, needs)
  // The last day belongs to the year.
  const end = startOfDay(addDays(anchorDay, 1))

  const weight = (campaign: PlannedCampaign) => Math.sqrt((Number(sumOf(campaign.budget)) * campaign.listed.reaches) / 100)
  const total = campaigns.reduce((sum, campaign) => sum + weight(campaign), 0)
  const giftsOf = new Map(
    campaigns.map((campaign) => [
      campaign,
      planGifts(campaign, Math.ceil((SMALL_GIFTS * percent * weight(campaign)) / total / 100), seed, anchorDay),
    ]),
  )
  const gifts = [...giftsOf.values()].flat()
  const goods = planGoods(campaigns, seed)
  const lines = numberLines(
    [...gifts.flatMap((gift) => giftLines(gift, seed)), ...looseLines(seed, anchorDay, percent)].filter((line) => line.at < end),
  )

  const steps: Step[] = [
    ...campaigns.flatMap((campaign) => lifeOf(campaign, giftsOf.get(campaign) ?? [], seed, anchorDay)),
    ...gifts.flatMap((gift): Step[] => {
      const pledge: Step = { at: gift.pledgedAt, key: `pledge/${gift.key}`, kind: 'pledge', gift }
      const cancelledAt = new Date(gift.pledgedAt.getTime() + 3_600_000)
      return gift.course === 'cancelled' ? [pledge, { at: cancelledAt, key: `cancel/${gift.key}`, kind: 'cancel', gift }] : [pledge]
    }),
    ...lines.map((line): Step => ({ at: line.at, key: `line/${line.key}`, kind: 'line', line })),
    ...goods.flatMap(stepsOfGoods),
  ]
  const inTime = steps.filter(({ at }) => at < end)
  return {
    needs,
    campaigns,
    gifts,
    goods,
    lines,
    steps: inTime.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1)),
  }
}

const stepsOfGoods = (goods: PlannedGoods): Step[] => [
  { at: goods.promisedAt, key: goods.key, kind: 'goods', goods },
  ...goods.receipts.map((receipt): Step => ({ at: receipt.at, key: receipt.key, kind: 'goods_receipt', goods, receipt })),
  ...(goods.end ? [{ at: goods.end.at, key: goods.end.key, kind: 'goods_end' as const, goods, end: goods.end }] : []),
]

function giftLines(gift: PlannedGift, seed: string): PlannedLine[] {
  const own: SampleFund = gift.fundSlug === 'ha-noi' ? 'ha-noi' : 'ninh-thuan'
  const other: SampleFund = own === 'ha-noi' ? 'ninh-thuan' : 'ha-noi'
  return gift.transfers.map(({ key, at, amountVnd }) => ({
    key,
    at,
    amountVnd,
    direction: 'in',
    accountNumber: SAMPLE_ACCOUNTS[gift.course === 'wrong_fund' ? other : own].accountNumber,
    memo: null,
    giftKey: gift.key,
    isMistyped: gift.course === 'mistyped',
    again: tellAgain(key, seed),
  }))
}

/** From draft to where the list says it stands. */
function lifeOf(campaign: PlannedCampaign, gifts: PlannedGift[], seed: string, anchorDay: Day): Step[] {
  const { listed, slug, opensOn } = campaign
  const luck = chance(seed, `life/${slug}`)
  const isHidden = listed.state === 'draft' || listed.state === 'in_review'
  // What is not open yet was written in the last days.
  const draftedOn = isHidden ? addDays(anchorDay, -luck.int(5, 9)) : addDays(opensOn, -luck.int(9, 14))
  const steps: Step[] = [{ at: officeMoment(draftedOn, luck), key: `campaign/${slug}`, kind: 'campaign', campaign }]
  const change = (to: StateChange['to'], at: Date, reason: { vi: string; en: string }, actor: string) =>
    steps.push({ at, key: `state/${slug}/${to}`, kind: 'state', slug, change: { to, reasonVi: reason.vi, reasonEn: reason.en, actor } })

  if (listed.state === 'draft') return steps
  change('in_review', officeMoment(addDays(draftedOn, 2), luck), REASONS.in_review, 'bien-tap-mau')
  if (listed.state === 'in_review') return steps
  change('open', new Date(startOfDay(opensOn).getTime() + 8 * 3_600_000), REASONS.open, 'giam-doc-mau')
  if (listed.state === 'open') return steps
  if (listed.state === 'closed') {
    const reason = CLOSING_REASONS[listed.closing ?? 0]
    if (!reason) throw new Error(`${slug} closes without a reason`)
    // An appeal is open to the end of its last day.
    change('closed', officeMoment(addDays(opensOn, listed.windowDays + 1), luck), reason, 'giam-doc-mau')
    return steps
  }
  const reached = fundedAt(gifts, sumOf(campaign.budget))
  if (!reached) throw new Error(`${slug} is to be funded and is not`)
  steps.push({ at: new Date(reached.getTime() + 2_000), key: `settle/${slug}`, kind: 'settle' })
  if (listed.state === 'funded') return steps
  const days = (count: number) => officeMoment(addDays(opensOn, listed.windowDays + count), luck)
  change('delivering', days(luck.int(6, 12)), REASONS.delivering, 'giam-doc-mau')
  if (listed.state === 'complete') change('complete', days(luck.int(40, 75)), REASONS.complete, 'giam-doc-mau')
  const changes = steps.flatMap((step) => (step.kind === 'state' ? [{ to: step.change.to, at: step.at }] : []))
  return [...steps, ...planSpending(campaign, changes, seed)]
}
