import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'

/** What every room may refuse, by its code. */
export const refusalText = (locale: Locale, code: string): string =>
  translator(locale, 'console')(isTextOf(MESSAGES.vi.console.refused, code) ? `refused.${code}` : 'refused.busy')

/** That a form came back with what was typed; what is wrong stands beside its fields, and here of the whole. */
export function keptText(locale: Locale, whole?: string): string {
  const t = translator(locale, 'console')
  return [`${t('problems')}.`, whole, t('kept')].filter(Boolean).join(' ')
}
