import { refusalText } from '@/components/console/refusal-text'
import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'

/** Why nothing was taken, by the code in the address; null where nothing is wrong. */
export function exportProblem(locale: Locale, code: string | undefined): string | null {
  if (code === undefined) return null
  return isTextOf(MESSAGES.vi.exports.refused, code) ? translator(locale, 'exports')(`refused.${code}`) : refusalText(locale, code)
}
