import type { Locale } from '@/lib/i18n/locale'
import { MESSAGES, translator } from '@/lib/i18n/translator'
import type { NeedState, RowProblem } from '@/lib/needs/model'
import { FIGURE_ERRORS } from '@/lib/needs/schema'

const words = MESSAGES.vi['need-desk']
const isDone = (code: string): code is keyof typeof words.done => Object.hasOwn(words.done, code)
const isRefused = (code: string): code is keyof typeof words.refused => Object.hasOwn(words.refused, code)
const isShared = (code: string): code is keyof (typeof MESSAGES)['vi']['console']['refused'] =>
  Object.hasOwn(MESSAGES.vi.console.refused, code)
const isSource = (code: string): code is keyof typeof words.sources => Object.hasOwn(words.sources, code)

/** What was done, by the code in the address. */
export const needNotice = (locale: Locale, code: string | undefined): string | undefined =>
  code !== undefined && isDone(code) ? translator(locale, 'need-desk')(`done.${code}`) : undefined

/** What was refused, by the code in the address; what is wrong with fields stands beside them. */
export function needProblem(locale: Locale, code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  const shared = translator(locale, 'console')
  if (code === 'o') return `${shared('problems')}. ${shared('kept')}`
  if (isRefused(code)) return translator(locale, 'need-desk')(`refused.${code}`)
  return shared(isShared(code) ? `refused.${code}` : 'refused.busy')
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
  isSource(source) ? translator(locale, 'need-desk')(`sources.${source}`) : source

/** How a state looks: settled, an editor's turn, or over. */
export const needTag = (state: NeedState): 'sure' | 'maybe' | 'none' =>
  state === 'published' ? 'sure' : state === 'reported' || state === 'checked' ? 'maybe' : 'none'
