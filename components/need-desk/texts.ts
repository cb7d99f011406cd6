import { keptText, refusalText } from '@/components/console/refusal-text'
import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'
import type { NeedState, RowProblem } from '@/lib/needs/model'
import { FIGURE_ERRORS } from '@/lib/needs/schema'

const { done, refused, sources } = MESSAGES.vi['need-desk']

/** What was done, by the code in the address. */
export const needNotice = (locale: Locale, code: string | undefined): string | undefined =>
  isTextOf(done, code) ? translator(locale, 'need-desk')(`done.${code}`) : undefined

/** What was refused, by the code in the address; what is wrong with fields stands beside them. */
export function needProblem(locale: Locale, code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  if (code === 'o') return keptText(locale)
  return isTextOf(refused, code) ? translator(locale, 'need-desk')(`refused.${code}`) : refusalText(locale, code)
}

/** What is wrong with a field of a report, by its code. */
export function figureError(locale: Locale, code: string | undefined): string | undefined {
  const known = FIGURE_ERRORS.find((one) => one === code)
  return known && translator(locale, 'need-desk')(`errors.${known}`)
}

/** What is wrong with a row: "số trẻ em: Không phải số nguyên." */
export const rowProblem = (locale: Locale, { field, error }: RowProblem): string => {
  const t = translator(locale, 'need-desk')
  return `${t(`sheet.fields.${field}`)}: ${t(`errors.${error}`)}`
}

export const sourceName = (locale: Locale, source: string): string =>
  isTextOf(sources, source) ? translator(locale, 'need-desk')(`sources.${source}`) : source

/** How a state looks: settled, an editor's turn, or over. */
export const needTag = (state: NeedState): 'sure' | 'maybe' | 'none' =>
  state === 'published' ? 'sure' : state === 'reported' || state === 'checked' ? 'maybe' : 'none'
