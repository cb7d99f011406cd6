import type { Coverage } from '../needs/coverage'
import type { Words } from '../plans/model'
import { addDays, type Day } from '../time/day'
import { budgetOf, sumOf, type Budget } from './budgets'
import { schoolYearOf } from './calendar'
import { CAMPAIGN_LIST, type Listed } from './campaign-list'
import { chance, type Chance } from './chance'
import { CAMPAIGN_CATEGORIES, type SampleCategory } from './model'
import type { Place } from './places'
import type { Size } from './price-list'

export interface PlannedCoverage extends Coverage {
  name: Words
}

export interface PlannedNeed {
  place: Place
  category: SampleCategory
  schoolYear: number
  children: number
  quantity: number
  amountVnd: bigint
  reportedOn: Day
  /** How far it got; only what is published shows. */
  state: 'reported' | 'checked' | 'published'
  coverages: PlannedCoverage[]
}

/** A campaign of the list, placed in the calendar and in its need. */
export interface SizedCampaign {
  listed: Listed
  place: Place
  schoolYear: number
  opensOn: Day
  neededBy: Day
  size: Size
  budget: Budget
}

/** How many children one campaign helps, at least and at most. */
const CHILDREN: Record<SampleCategory, [number, number]> = {
  'bua-an': [80, 230],
  'ao-am': [130, 395],
  'suc-khoe': [170, 390],
  'hoc-bong': [24, 58],
  'sach-vo': [95, 290],
  'thiet-bi': [110, 380],
  'san-choi': [70, 170],
  'van-hoa': [80, 190],
  'ky-nang': [95, 230],
  'hoc-nghe': [16, 34],
  'phap-ly': [120, 360],
}

/** What costs so much that a commune reports it with a campaign in sight. */
const LARGE = new Set<SampleCategory>(['bua-an', 'san-choi', 'hoc-nghe'])

/** What is asked for everywhere. */
const USUAL = new Set<SampleCategory>(['sach-vo', 'suc-khoe'])

const sitesFor = (children: number): number => Math.min(6, Math.max(2, Math.round(children / 62)))

const sizeFor = (category: SampleCategory, hardship: number, luck: Chance): Size => {
  const [low, high] = CHILDREN[category]
  const children = Math.round(low + (high - low) * Math.min(1, luck.unit() * 0.6 + (hardship - 1) * 0.22))
  // A playground is for whoever comes: its count is a round one.
  return { children: category === 'san-choi' ? Math.round(children / 10) * 10 : children, sites: sitesFor(children) }
}

/** When a listed campaign opens and by when its help is needed. */
export function sizeCampaigns(all: Place[], seed: string, anchorDay: Day): SizedCampaign[] {
  const sized = CAMPAIGN_LIST.map((listed) => {
    const place = all.find(({ code }) => code === listed.unitCode)
    if (!place) throw new Error(`no place has code ${listed.unitCode}`)
    const luck = chance(seed, `campaign/${listed.unitCode}/${listed.category}/${listed.opensDaysAgo}`)
    const opensOn = addDays(anchorDay, -listed.opensDaysAgo)
    const isOver = listed.state !== 'open' && listed.opensDaysAgo > 0
    const neededBy = listed.isEmergency
      ? addDays(opensOn, 30)
      : isOver
        ? addDays(opensOn, listed.windowDays + luck.int(14, 32))
        : addDays(anchorDay, luck.int(12, listed.category === 'ao-am' ? 32 : 96) - Math.min(0, listed.opensDaysAgo))
    const schoolYear = schoolYearOf(neededBy)
    const size = sizeFor(listed.category, place.hardship, luck)
    return { listed, place, schoolYear, opensOn, neededBy, size, budget: budgetOf(listed.category, size, schoolYear) }
  })
  // What a commune asked for twice it asked for in two school years, also where the sample's year ends between them:
  // a need, and the address of its campaign, are named by the year.
  return sized.map((one) => {
    const { listed, place, schoolYear, size, opensOn } = one
    const isAskedAgain = sized.some(
      (other) =>
        other.place === place && other.listed.category === listed.category && other.schoolYear === schoolYear && other.opensOn > opensOn,
    )
    return isAskedAgain ? { ...one, schoolYear: schoolYear - 1, budget: budgetOf(listed.category, size, schoolYear - 1) } : one
  })
}

const SOURCES: { source: Coverage['source']; name: Words; weight: number }[] = [
  { source: 'state_budget', name: { vi: 'ngân sách nhà nước', en: 'the state budget' }, weight: 5 },
  {
    source: 'fatherland_front',
    name: { vi: 'Quỹ Vì người nghèo của Mặt trận Tổ quốc', en: 'the Fund for the Poor of the Fatherland Front' },
    weight: 5,
  },
  {
    source: 'oda',
    name: { vi: 'một dự án vốn hỗ trợ phát triển chính thức (ODA)', en: 'a project of official development assistance (ODA)' },
    weight: 2,
  },
  { source: 'foreign_ngo', name: { vi: 'một tổ chức phi chính phủ nước ngoài', en: 'a foreign non-governmental organisation' }, weight: 3 },
  { source: 'other', name: { vi: 'hội phụ huynh và đoàn thể trong xã', en: 'parents and associations of the commune' }, weight: 2 },
]

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Splits what is left for others among up to two sources, never more than there is. */
function coveragesOf(left: { quantity: number; amountVnd: bigint }, luck: Chance): PlannedCoverage[] {
  const count =
    left.quantity < 8 || left.amountVnd < 1_000_000n
      ? 0
      : luck.weighted([
          [0, 1],
          [1, 3],
          [2, 8],
        ] as const)
  const sources = luck.shuffled(SOURCES.flatMap((entry) => Array.from({ length: entry.weight }, () => entry)))
  const chosen = [...new Set(sources)].slice(0, count)
  return chosen.flatMap(({ source, name }) => {
    const percent = luck.int(30, 49)
    const quantity = Math.floor((left.quantity * percent) / 100)
    const amountVnd = ((left.amountVnd * BigInt(percent)) / 100n / 1000n) * 1000n
    if (quantity < 2 || amountVnd < 1n) return []
    return [{ source, name, nameVi: capital(name.vi), nameEn: capital(name.en), quantity, amountVnd }]
  })
}

/**
 * What every commune reports for the last two school years: needs of the campaigns, and others that no campaign asks
 * for yet. A need is always as large as its campaign and what other sources meet of it together.
 */
export function planNeeds(all: Place[], campaigns: SizedCampaign[], seed: string, anchorDay: Day): PlannedNeed[] {
  const latest = schoolYearOf(anchorDay)
  const years = [...new Set([latest - 1, latest, ...campaigns.map(({ schoolYear }) => schoolYear)])].sort()
  return all.flatMap((place) =>
    years.flatMap((schoolYear) => {
      const isLatest = schoolYear === latest
      const asks = CAMPAIGN_CATEGORIES.map((category) => {
        const luck = chance(seed, `need/${place.code}/${category}/${schoolYear}`)
        const campaign = campaigns.find((one) => one.place === place && one.listed.category === category && one.schoolYear === schoolYear)
        const likelihood = LARGE.has(category) ? 0 : isLatest ? 0.1 + place.hardship * 0.06 : schoolYear === latest - 1 ? 0.2 : 0
        return { category, campaign, luck, isAsked: campaign !== undefined || luck.is(likelihood) }
      })
      // A commune that asks for one thing alone asks for books as well, as every one of them would.
      const isBare = isLatest && asks.filter(({ isAsked }) => isAsked).length < 2
      return asks
        .filter(({ category, isAsked }) => isAsked || (isBare && USUAL.has(category)))
        .map(({ category, campaign, luck }) => planNeed({ place, category, schoolYear, anchorDay, isLatest }, campaign, luck))
    }),
  )
}

function planNeed(
  {
    place,
    category,
    schoolYear,
    anchorDay,
    isLatest,
  }: { place: Place; category: SampleCategory; schoolYear: number; anchorDay: Day; isLatest: boolean },
  campaign: SizedCampaign | undefined,
  luck: Chance,
): PlannedNeed {
  const own = campaign?.size ?? sizeFor(category, place.hardship, luck)
  const children = Math.ceil(own.children * (1.1 + luck.unit() * 0.8))
  const whole = budgetOf(category, { children, sites: Math.max(own.sites, sitesFor(children)) }, schoolYear)
  // A commune asks for one, two or three whole playgrounds.
  const times = category === 'san-choi' ? luck.int(1, place.hardship) : 1
  const amountVnd = sumOf(whole) * BigInt(times)
  const quantity = whole.quantity * times
  const asked = campaign ? { quantity: campaign.budget.quantity, amountVnd: sumOf(campaign.budget) } : { quantity: 0, amountVnd: 0n }
  const usual = addDays(`${schoolYear}-07-01`, luck.int(0, 80))
  const before = campaign ? addDays(campaign.opensOn, -luck.int(24, 45)) : addDays(anchorDay, -luck.int(8, 60))
  return {
    place,
    category,
    schoolYear,
    children,
    quantity,
    amountVnd,
    reportedOn: [usual, before, addDays(anchorDay, -12)].sort()[0] ?? usual,
    state:
      campaign || !isLatest
        ? 'published'
        : luck.weighted([
            ['published', 90],
            ['checked', 5],
            ['reported', 5],
          ] as const),
    coverages: coveragesOf({ quantity: quantity - asked.quantity, amountVnd: amountVnd - asked.amountVnd }, luck),
  }
}
