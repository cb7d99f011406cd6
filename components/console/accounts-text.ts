import type { Locale } from '@/lib/i18n/locale'
import { MESSAGES, translator } from '@/lib/i18n/translator'
import { refusalText } from './people-text'

type Done = keyof (typeof MESSAGES)['vi']['console']['accounts']['done']
type Refused = keyof (typeof MESSAGES)['vi']['console']['accounts']['refused']

const isDone = (code: string): code is Done => Object.hasOwn(MESSAGES.vi.console.accounts.done, code)
const isRefused = (code: string): code is Refused => Object.hasOwn(MESSAGES.vi.console.accounts.refused, code)

/** What was done, by the code in the address. */
export const accountsNotice = (locale: Locale, code: string | undefined): string | null =>
  code !== undefined && isDone(code) ? translator(locale, 'console')(`accounts.done.${code}`) : null

/** What is wrong with a field, by its code. */
export const accountError = (locale: Locale, code: string): string =>
  isRefused(code) ? translator(locale, 'console')(`accounts.refused.${code}`) : refusalText(locale, code)

/** What is wrong, by the code in the address; what is wrong with fields stands beside them as well. */
export function accountsProblem(locale: Locale, code: string | undefined, typed: { errors: Record<string, string> } | null): string | null {
  if (code === undefined) return null
  if (code !== 'o') return accountError(locale, code)
  const form = typed?.errors['form']
  const t = translator(locale, 'console')
  return form ? accountError(locale, form) : `${t('problems')}. ${t('kept')}`
}
