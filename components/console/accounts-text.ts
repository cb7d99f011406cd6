import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'
import { keptText, refusalText } from './refusal-text'

const { done, refused } = MESSAGES.vi.console.accounts

/** What was done, by the code in the address. */
export const accountsNotice = (locale: Locale, code: string | undefined): string | null =>
  isTextOf(done, code) ? translator(locale, 'console')(`accounts.done.${code}`) : null

/** What is wrong with a field, by its code. */
export const accountError = (locale: Locale, code: string): string =>
  isTextOf(refused, code) ? translator(locale, 'console')(`accounts.refused.${code}`) : refusalText(locale, code)

/** What is wrong, by the code in the address; what is wrong with fields stands beside them as well. */
export function accountsProblem(locale: Locale, code: string | undefined, typed: { errors: Record<string, string> } | null): string | null {
  if (code === undefined) return null
  if (code !== 'o') return accountError(locale, code)
  const form = typed?.errors['form']
  return form ? accountError(locale, form) : keptText(locale)
}
