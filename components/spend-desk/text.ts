import { keptText, refusalText } from '@/components/console/refusal-text'
import { paperError } from '@/components/delivery/handover-text'
import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'

const { done, refused } = MESSAGES.vi['spend-desk']

/** What was done, by the code in the address. */
export const spendNotice = (locale: Locale, code: string | undefined): string | null =>
  isTextOf(done, code) ? translator(locale, 'spend-desk')(`done.${code}`) : null

/** What is wrong, by its code. */
export const spendError = (locale: Locale, code: string): string =>
  isTextOf(refused, code) ? translator(locale, 'spend-desk')(`refused.${code}`) : (paperError(locale, code) ?? refusalText(locale, code))

/** What is wrong with a form that came back, or why nothing was done; what is wrong with fields stands beside them as well. */
export function spendProblem(locale: Locale, code: string | undefined, typed: { errors: Record<string, string> } | null): string | null {
  if (code === undefined) return null
  if (code !== 'o') return spendError(locale, code)
  const whole = typed?.errors['items']
  return whole ? spendError(locale, whole) : keptText(locale)
}
