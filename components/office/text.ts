import { refusalText } from '@/components/console/people-text'
import type { Locale } from '@/lib/i18n/locale'
import { MESSAGES, translator } from '@/lib/i18n/translator'

type Done = keyof (typeof MESSAGES)['vi']['office']['done']
type Refused = keyof (typeof MESSAGES)['vi']['office']['refused']

const isDone = (code: string): code is Done => Object.hasOwn(MESSAGES.vi.office.done, code)
const isRefused = (code: string): code is Refused => Object.hasOwn(MESSAGES.vi.office.refused, code)

/** What was done, by the code in the address. */
export const officeNotice = (locale: Locale, code: string | undefined): string | null =>
  code !== undefined && isDone(code) ? translator(locale, 'office')(`done.${code}`) : null

/** What is wrong, by its code. */
export const officeError = (locale: Locale, code: string): string =>
  isRefused(code) ? translator(locale, 'office')(`refused.${code}`) : refusalText(locale, code)

/** Why nothing was done, or that a form came back: what is wrong with its fields stands beside them. */
export function officeProblem(locale: Locale, code: string | undefined): string | null {
  if (code === undefined) return null
  const t = translator(locale, 'console')
  return code === 'o' ? `${t('problems')}. ${t('kept')}` : officeError(locale, code)
}
