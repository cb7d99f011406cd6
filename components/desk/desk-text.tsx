import { refusalText } from '@/components/console/refusal-text'
import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'

/** Why something was not written, by its code. */
export const deskRefusal = (locale: Locale, code: string): string =>
  isTextOf(MESSAGES.vi.desk.refused, code) ? translator(locale, 'desk')(`refused.${code}`) : refusalText(locale, code)

/** What is wrong, by the code in the address or of the first field; null where nothing is. */
export function deskProblem(locale: Locale, code: string | undefined, typed: { errors: Record<string, string> } | null): string | null {
  const first = code === 'o' ? Object.values(typed?.errors ?? {})[0] : code
  return first === undefined ? null : deskRefusal(locale, first)
}
