import { refusalText } from '@/components/console/people-text'
import type { Locale } from '@/lib/i18n/locale'
import { MESSAGES, translator } from '@/lib/i18n/translator'

type Done = keyof (typeof MESSAGES)['vi']['pledge-desk']['done']
type Refused = keyof (typeof MESSAGES)['vi']['pledge-desk']['refused']

const isDone = (code: string): code is Done => Object.hasOwn(MESSAGES.vi['pledge-desk'].done, code)
const isRefused = (code: string): code is Refused => Object.hasOwn(MESSAGES.vi['pledge-desk'].refused, code)

/** What was done, by the code in the address. */
export const pledgeNotice = (locale: Locale, code: string | undefined): string | null =>
  code !== undefined && isDone(code) ? translator(locale, 'pledge-desk')(`done.${code}`) : null

/** Why nothing was done, by the code in the address. */
export function pledgeProblem(locale: Locale, code: string | undefined): string | null {
  if (code === undefined) return null
  return isRefused(code) ? translator(locale, 'pledge-desk')(`refused.${code}`) : refusalText(locale, code)
}
