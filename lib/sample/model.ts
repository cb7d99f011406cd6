import type { Words } from '../plans/model'

/** Need categories that have campaigns: all but those in which a unit is a child. */
export const CAMPAIGN_CATEGORIES = [
  'bua-an',
  'ao-am',
  'suc-khoe',
  'hoc-bong',
  'sach-vo',
  'thiet-bi',
  'san-choi',
  'van-hoa',
  'ky-nang',
  'hoc-nghe',
  'phap-ly',
] as const
export type SampleCategory = (typeof CAMPAIGN_CATEGORIES)[number]

/** Shapes of the texts of one category. Words in braces are filled from the need. */
export interface CategoryTexts {
  titles: Words[]
  summaries: Words[]
  openings: Words[]
  middles: Words[]
}

/** What the texts of a campaign may speak of. */
export const TEXT_FACTS = ['place', 'Place', 'villages', 'children', 'sites', 'quantity', 'year', 'season', 'by', 'price'] as const
export type TextFacts = Record<(typeof TEXT_FACTS)[number], Words>

/** Fills the words in braces. Throws where a text asks for a fact that nobody has. */
export const fill = (text: Words, facts: Record<string, Words>): Words => ({
  vi: fillIn(text.vi, 'vi', facts),
  en: fillIn(text.en, 'en', facts),
})

const fillIn = (text: string, locale: 'vi' | 'en', facts: Record<string, Words>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name]
    if (!fact) throw new Error(`no fact "${name}" for: ${text}`)
    return fact[locale]
  })
