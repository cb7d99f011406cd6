import type { NewCampaign } from '../campaigns/commands'
import { formatCount, formatVnd } from '../money/vnd'
import { CATEGORIES } from '../plans/categories'
import { FUNDS } from '../plans/funds'
import type { Words } from '../plans/model'
import { formatDay } from '../time/day'
import type { SizedCampaign, PlannedNeed } from './needs'
import { fill, type CategoryTexts, type SampleCategory, type TextFacts } from './model'
import { COATS, HEALTH, MEALS } from './texts/food-and-health'
import { CULTURE, LEGAL_AID, LIFE_SKILLS, PLAYGROUNDS } from './texts/play-and-skills'
import { BOOKS, EQUIPMENT, SCHOLARSHIPS, VOCATIONAL } from './texts/school'
import { COVERED, EMERGENCY, OVERFLOW, OVERFLOW_EMERGENCY, UNCOVERED } from './texts/shared'

const TEXTS: Record<SampleCategory, CategoryTexts> = {
  'bua-an': MEALS,
  'ao-am': COATS,
  'suc-khoe': HEALTH,
  'hoc-bong': SCHOLARSHIPS,
  'sach-vo': BOOKS,
  'thiet-bi': EQUIPMENT,
  'san-choi': PLAYGROUNDS,
  'van-hoa': CULTURE,
  'ky-nang': LIFE_SKILLS,
  'hoc-nghe': VOCATIONAL,
  'phap-ly': LEGAL_AID,
}

export type PlannedCampaign = SizedCampaign & { need: PlannedNeed; slug: string; draft: Omit<NewCampaign, 'needId'> }

const same = (text: string): Words => ({ vi: text, en: text })
const count = (value: number): Words => ({ vi: formatCount(value, 'vi'), en: formatCount(value, 'en') })
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The n-th shape of a text, so that campaigns of one category tell their story in turns. */
function shape(texts: Words[], turn: number): Words {
  const text = texts[turn % texts.length]
  if (!text) throw new Error('a category has no text')
  return text
}

function factsOf({ place, size, budget, schoolYear, neededBy }: SizedCampaign): TextFacts {
  const winter = Number(neededBy.slice(5, 7)) >= 7 ? neededBy.slice(0, 4) : String(Number(neededBy.slice(0, 4)) - 1)
  return {
    place: place.name,
    Place: { vi: capital(place.name.vi), en: place.name.en },
    villages: place.villages,
    children: count(size.children),
    sites: count(size.sites),
    quantity: count(budget.quantity),
    year: same(`${schoolYear}–${schoolYear + 1}`),
    season: { vi: `mùa đông ${winter}`, en: `winter ${winter}` },
    by: { vi: `trước ngày ${formatDay(neededBy)}`, en: `before ${formatDay(neededBy)}` },
    price: { vi: formatVnd(budget.unitPriceVnd, 'vi'), en: formatVnd(budget.unitPriceVnd, 'en') },
  }
}

function coverageStory(need: PlannedNeed, turn: number): Words {
  const [first] = need.coverages
  const unit = CATEGORIES.find(({ key }) => key === need.category)?.unit
  if (!first || !unit) return shape(UNCOVERED, turn)
  const counted = (value: number): Words => ({ vi: `${formatCount(value, 'vi')} ${unit.vi}`, en: `${formatCount(value, 'en')} ${unit.en}` })
  const text = fill(shape(COVERED, turn), { total: counted(need.quantity), covered: counted(first.quantity), source: first.name })
  // A source's name may open a sentence.
  const sentences = (part: string): string =>
    part.replace(/(^|\. )(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
  return { vi: sentences(text.vi), en: sentences(text.en) }
}

/** Writes the campaigns: titles, stories and budgets from the facts of their needs, no two of a category alike. */
export function planCampaigns(sized: SizedCampaign[], needs: PlannedNeed[]): PlannedCampaign[] {
  const turns = new Map<SampleCategory, number>()
  const titles = new Set<string>()
  return sized.map((campaign, index) => {
    const { listed, place, schoolYear, size, budget, opensOn, neededBy } = campaign
    const need = needs.find((one) => one.place === place && one.category === listed.category && one.schoolYear === schoolYear)
    const fund = FUNDS.find(({ slug }) => slug === place.fundSlug)
    if (!need || !fund) throw new Error(`campaign ${listed.unitCode}/${listed.category} has no need or fund`)
    const turn = turns.get(listed.category) ?? 0
    turns.set(listed.category, turn + 1)
    const texts = TEXTS[listed.category]
    const facts = factsOf(campaign)
    // A commune may ask for the same again in another year: it is not called the same.
    const title =
      [turn, turn + 1].map((at) => fill(shape(texts.titles, at), facts)).find(({ vi }) => !titles.has(vi)) ??
      fill(shape(texts.titles, turn), facts)
    titles.add(title.vi)
    const summary = fill(shape(texts.summaries, turn), facts)
    const overflow = fill(listed.isEmergency ? OVERFLOW_EMERGENCY : OVERFLOW, { fund: fund.name })
    const paragraphs = [
      fill(listed.isEmergency ? EMERGENCY : shape(texts.openings, turn), facts),
      fill(shape(texts.middles, turn), facts),
      ...(turn % 2 === 1 && texts.middles.length > 2 ? [fill(shape(texts.middles, turn + 1), facts)] : []),
      coverageStory(need, index),
    ]
    const slug = `${listed.category}-${place.slug}-${schoolYear}`
    return {
      ...campaign,
      need,
      slug,
      draft: {
        slug,
        titleVi: title.vi,
        titleEn: title.en,
        summaryVi: summary.vi,
        summaryEn: summary.en,
        storyVi: paragraphs.map(({ vi }) => vi).join('\n\n'),
        storyEn: paragraphs.map(({ en }) => en).join('\n\n'),
        overflowVi: overflow.vi,
        overflowEn: overflow.en,
        children: size.children,
        budget: budget.lines,
        opensOn,
        neededBy,
        isEmergency: listed.isEmergency === true,
        actor: 'bien-tap-mau',
      },
    }
  })
}
