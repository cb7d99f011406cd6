import { refusalText } from '@/components/console/people-text'
import { paperError } from '@/components/delivery/handover-text'
import type { Locale } from '@/lib/i18n/locale'
import { MESSAGES, translator } from '@/lib/i18n/translator'

type Done = keyof (typeof MESSAGES)['vi']['spend-desk']['done']
type Refused = keyof (typeof MESSAGES)['vi']['spend-desk']['refused']

const isDone = (code: string): code is Done => Object.hasOwn(MESSAGES.vi['spend-desk'].done, code)
const isRefused = (code: string): code is Refused => Object.hasOwn(MESSAGES.vi['spend-desk'].refused, code)

/** What was done, by the code in the address. */
export const spendNotice = (locale: Locale, code: string | undefined): string | null =>
  code !== undefined && isDone(code) ? translator(locale, 'spend-desk')(`done.${code}`) : null

/** What is wrong, by its code. */
export const spendError = (locale: Locale, code: string): string =>
  isRefused(code) ? translator(locale, 'spend-desk')(`refused.${code}`) : (paperError(locale, code) ?? refusalText(locale, code))

/** What is wrong with a form that came back, or why nothing was done; what is wrong with fields stands beside them as well. */
export function spendProblem(locale: Locale, code: string | undefined, typed: { errors: Record<string, string> } | null): string | null {
  if (code === undefined) return null
  if (code !== 'o') return spendError(locale, code)
  const whole = typed?.errors['items']
  const t = translator(locale, 'console')
  return whole ? spendError(locale, whole) : `${t('problems')}. ${t('kept')}`
}
