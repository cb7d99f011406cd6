import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'
import { refusalText } from './refusal-text'

const { done, refused } = MESSAGES.vi.console.people

/** What was done, by the code in the address. */
export const peopleNotice = (locale: Locale, code: string | undefined): string | null =>
  isTextOf(done, code) ? translator(locale, 'console')(`people.done.${code}`) : null

/** What is wrong, by the code in the address or of the first field; null where nothing is. */
export function peopleProblem(locale: Locale, code: string | undefined, typed: { errors: Record<string, string> } | null): string | null {
  const first = code === 'o' ? Object.values(typed?.errors ?? {})[0] : code
  if (first === undefined) return null
  return isTextOf(refused, first) ? translator(locale, 'console')(`people.refused.${first}`) : refusalText(locale, first)
}
