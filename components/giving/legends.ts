import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/**
 * The numbered heads of the gift form.
 * @param isMethodAsked whether how to pay is one of its questions
 */
export function legendsOf(locale: Locale, isMethodAsked: boolean): Record<'amount' | 'how' | 'who' | 'contact', string> {
  const t = translator(locale, 'giving')
  const more = isMethodAsked ? 1 : 0
  return {
    amount: `1. ${t('form.amount')}`,
    how: `2. ${translator(locale, 'card')('form.how')}`,
    who: `${2 + more}. ${t('form.who')}`,
    contact: `${3 + more}. ${t('form.contact')}`,
  }
}
