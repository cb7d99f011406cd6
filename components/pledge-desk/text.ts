import { refusalText } from '@/components/console/refusal-text'
import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'

const { done, refused } = MESSAGES.vi['pledge-desk']

/** What was done, by the code in the address. */
export const pledgeNotice = (locale: Locale, code: string | undefined): string | null =>
  isTextOf(done, code) ? translator(locale, 'pledge-desk')(`done.${code}`) : null

/** Why nothing was done, by the code in the address. */
export function pledgeProblem(locale: Locale, code: string | undefined): string | null {
  if (code === undefined) return null
  return isTextOf(refused, code) ? translator(locale, 'pledge-desk')(`refused.${code}`) : refusalText(locale, code)
}
