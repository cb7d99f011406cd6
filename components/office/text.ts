import { keptText, refusalText } from '@/components/console/refusal-text'
import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'

const { done, refused } = MESSAGES.vi.office

/** What was done, by the code in the address. */
export const officeNotice = (locale: Locale, code: string | undefined): string | null =>
  isTextOf(done, code) ? translator(locale, 'office')(`done.${code}`) : null

/** What is wrong, by its code. */
export const officeError = (locale: Locale, code: string): string =>
  isTextOf(refused, code) ? translator(locale, 'office')(`refused.${code}`) : refusalText(locale, code)

/** Why nothing was done, or that a form came back: what is wrong with its fields stands beside them. */
export function officeProblem(locale: Locale, code: string | undefined): string | null {
  if (code === undefined) return null
  return code === 'o' ? keptText(locale) : officeError(locale, code)
}
