import type { GiftInput } from '../pledges/schema'
import { addDays, startOfDay, type Day } from '../time/day'
import { bigAmounts, ROUND_SUMS, smallAmount } from './amounts'
import { sumOf } from './budgets'
import { momentOf, officeMoment, weightedDays } from './calendar'
import type { PlannedCampaign } from './campaigns'
import { chance, type Chance } from './chance'
import { message, organisation, person, type Donor } from './people'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How a gift goes. A pledge is shown for seven days; money that comes later is still honoured. */
export type Course = 'paid' | 'other_amount' | 'twice' | 'late' | 'never' | 'cancelled' | 'mistyped' | 'wrong_fund'

/** Money that a bank will tell of. */
export interface PlannedTransfer {
  key: string
  at: Date
  amountVnd: bigint
  sender: string
}

export interface PlannedGift {
  key: string
  campaignSlug: string
  fundSlug: string
  locale: 'vi' | 'en'
  course: Course
  pledgedAt: Date
  input: GiftInput
  transfers: PlannedTransfer[]
}

/** Gifts to each closed campaign that come after its end. */
const TOO_LATE = 3

const courseOf = (luck: Chance): Course =>
  luck.weighted<Course>([
    ['paid', 842],
    ['never', 85],
    ['other_amount', 26],
    ['twice', 13],
    ['cancelled', 12],
    ['mistyped', 11],
    ['late', 9],
    ['wrong_fund', 2],
  ])

const patience = (luck: Chance): number =>
  luck.weighted<() => number>([
    [() => luck.int(25, 900) * 1_000, 88],
    [() => luck.int(1, 9) * HOUR_MS, 9],
    [() => luck.int(20, 60) * HOUR_MS, 3],
  ])()

interface Wish {
  campaign: PlannedCampaign
  key: string
  donor: Donor
  amountVnd: bigint
  pledgedAt: Date
  course: Course
}

function giftOf({ campaign, key, donor, amountVnd, pledgedAt, course }: Wish, luck: Chance): PlannedGift {
  const transfer = (name: string, amount: bigint, afterMs: number): PlannedTransfer => ({
    key: `${key}/${name}`,
    at: new Date(pledgedAt.getTime() + afterMs),
    amountVnd: amount,
    sender: donor.bankName,
  })
  const soon = patience(luck)
  const transfers: Record<Course, () => PlannedTransfer[]> = {
    paid: () => [transfer('1', amountVnd, soon)],
    mistyped: () => [transfer('1', amountVnd, soon)],
    wrong_fund: () => [transfer('1', amountVnd, soon)],
    other_amount: () => [transfer('1', luck.is(0.5) ? amountVnd * 2n : amountVnd / 2n + 5_000n, soon)],
    twice: () => [transfer('1', amountVnd, soon), transfer('2', luck.weighted(ROUND_SUMS), soon + luck.int(1, 20) * DAY_MS)],
    late: () => [transfer('1', amountVnd, luck.int(8, 26) * DAY_MS)],
    never: () => [],
    cancelled: () => [],
  }
  return {
    key,
    campaignSlug: campaign.slug,
    fundSlug: campaign.place.fundSlug,
    locale: donor.locale,
    course,
    pledgedAt,
    input: {
      formKey: luck.uuid(),
      method: 'bank_transfer',
      pledged: { kind: 'vnd', amountVnd },
      donorKind: donor.kind,
      name: donor.name,
      isNamed: donor.isNamed,
      taxCode: donor.taxCode,
      message: message(campaign.listed.category, donor.locale, luck),
      email: donor.email,
    },
    transfers: transfers[course](),
  }
}

const arrivals = (gifts: PlannedGift[], before: Date): bigint =>
  gifts
    .filter(({ course }) => course !== 'mistyped' && course !== 'wrong_fund')
    .flatMap(({ transfers }) => transfers)
    .filter(({ at }) => at < before)
    .reduce((sum, { amountVnd }) => sum + amountVnd, 0n)

/** When the goal is reached, to the moment of the transfer that reaches it; null when it is not. */
export function fundedAt(gifts: PlannedGift[], goalVnd: bigint): Date | null {
  const counted = gifts.filter(({ course }) => course !== 'mistyped' && course !== 'wrong_fund').flatMap(({ transfers }) => transfers)
  let sum = 0n
  for (const { at, amountVnd } of counted.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    sum += amountVnd
    if (sum >= goalVnd) return at
  }
  return null
}

/**
 * The gifts of one campaign, in order of their pledges: many small ones on the days people give, and organisations for
 * what is left of what the campaign reaches.
 * @param count of small gifts
 */
export function planGifts(campaign: PlannedCampaign, count: number, seed: string, anchorDay: Day): PlannedGift[] {
  const { listed, opensOn, budget, slug } = campaign
  if (listed.reaches === 0) return []
  const goalVnd = sumOf(budget)
  const targetVnd = (goalVnd * BigInt(Math.round(listed.reaches * 10))) / 1000n
  const lastDay = listed.state === 'open' ? anchorDay : addDays(opensOn, listed.windowDays - 1)
  const end = startOfDay(addDays(lastDay, 1))
  const days = weightedDays(opensOn, lastDay, opensOn)
  const opens = startOfDay(opensOn).getTime() + 9 * HOUR_MS
  const reaches = listed.reaches >= 100

  const small = Array.from({ length: count }, (_, index) => {
    const luck = chance(seed, `gift/${slug}/${index}`)
    // Some pledge in the last days of what then closes, and pay too late.
    const isTooLate = listed.state === 'closed' && index < TOO_LATE
    const day = isTooLate ? addDays(lastDay, -index) : luck.weighted(days)
    const pledgedAt = new Date(Math.max(momentOf(day, luck).getTime(), opens + luck.int(1, 50) * MINUTE_MS))
    const donor = luck.is(0.03) ? organisation(luck) : person(luck)
    const wish = {
      campaign,
      key: `${slug}/${index}`,
      donor,
      amountVnd: smallAmount(budget.unitPriceVnd, luck),
      pledgedAt,
      course: isTooLate ? 'late' : courseOf(luck),
    }
    return giftOf(wish, luck)
  })
  const kept: PlannedGift[] = []
  for (const gift of small) {
    // People alone may not carry an appeal past what it is to reach.
    if (arrivals([...kept, gift], new Date(8.64e15)) <= (targetVnd * 92n) / 100n) kept.push(gift)
  }
  const luck = chance(seed, `big/${slug}`)
  const missing = targetVnd - arrivals(kept, new Date(8.64e15))
  const big = bigAmounts(reaches ? (missing * 8n) / 10n : missing, luck).map((amountVnd, index) => {
    const pledgedAt = officeMoment(luck.weighted(days), luck)
    const wish = {
      campaign,
      key: `${slug}/big-${index}`,
      donor: organisation(luck),
      amountVnd,
      pledgedAt: new Date(Math.max(pledgedAt.getTime(), opens + HOUR_MS)),
    }
    return giftOf({ ...wish, course: 'paid' }, luck)
  })
  const gifts = [...kept, ...big].sort((a, b) => a.pledgedAt.getTime() - b.pledgedAt.getTime())
  return reaches ? reachGoal(gifts, campaign, { goalVnd, targetVnd, end }, luck) : gifts
}

/** Adds the gift that reaches the goal on the last evening; nobody can pledge after it, though some pledged before pay later. */
function reachGoal(
  gifts: PlannedGift[],
  campaign: PlannedCampaign,
  { goalVnd, targetVnd, end }: { goalVnd: bigint; targetVnd: bigint; end: Date },
  luck: Chance,
): PlannedGift[] {
  const pledgedAt = new Date(end.getTime() - luck.int(3, 6) * HOUR_MS)
  const inTime = arrivals(gifts, pledgedAt)
  const all = [...gifts]
  if (inTime < goalVnd) {
    const amountVnd = ((targetVnd - inTime + 99_999n) / 100_000n) * 100_000n
    const donor = amountVnd > 3_000_000n ? organisation(luck) : person(luck)
    const last = giftOf({ campaign, key: `${campaign.slug}/last`, donor, amountVnd, pledgedAt, course: 'paid' }, luck)
    all.push({ ...last, transfers: last.transfers.map((transfer) => ({ ...transfer, at: new Date(pledgedAt.getTime() + 7 * MINUTE_MS) })) })
  }
  const reached = fundedAt(all, goalVnd)
  if (!reached) throw new Error(`${campaign.slug} does not reach its goal`)
  return all.filter((gift) => gift.pledgedAt < reached).sort((a, b) => a.pledgedAt.getTime() - b.pledgedAt.getTime())
}
